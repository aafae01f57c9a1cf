"""A stock llama.cpp server for the Pipecat arm: started as its documentation starts it, nothing tuned.

Run as a child process (`python -m bench.voice.llama MODEL`): prints its address on the first line
and stops when its standard input closes, so it never outlives the benchmark.
"""

from __future__ import annotations

import os
import sys

import xllamacpp

THREADS = os.cpu_count() or 2


def serve(model: str) -> None:
    """Serve `model` on a free port of the loopback until standard input closes."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = THREADS
    parameters.cpuparams_batch.n_threads = THREADS
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(sys.argv[1])
