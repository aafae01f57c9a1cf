"""The child process of `embedded.py`: llama.cpp's server on a loopback port, until stdin closes.

It speaks with its parent in two lines: a JSON object with the fields of `Orders` comes in on stdin,
`{"url": …}` goes out on stdout once the model is loaded and the server answers. Everything the
library prints goes to stderr, which the parent has pointed at a log file.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO


@dataclass(frozen=True, slots=True)
class Orders:
    """What the parent wants served. By stdin, as arguments and environment can be read by others."""

    model: str
    adapter: str
    name: str
    slots: str
    threads: int
    api_key: str
    parent: int


NICENESS = 5
SLOTS = 2  # one is the talk's
CONTEXT = 4096  # tokens of a slot; 28 kB of memory a token with the packaged 1.5B


def main() -> None:
    """Serve until the parent closes stdin or dies."""
    answer = _own_stdout()
    orders = Orders(**json.loads(sys.stdin.readline()))
    _die_with(orders.parent)
    threading.Thread(target=_exit_at_eof, name="watch the parent", daemon=True).start()
    server = _serve(orders)
    _after_ears_and_mouth()
    print(json.dumps({"url": server.listening_address}), file=answer, flush=True)
    threading.Event().wait()


def _own_stdout() -> TextIO:
    """The real stdout for our one line; whatever the library writes to file 1 lands in the log."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answer


def _die_with(parent: int) -> None:
    """On Linux the kernel ends this process with its parent, even while the model is loading."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def _after_ears_and_mouth() -> None:
    """Thinking yields to hearing: on few cores the last words must be known before an answer to them is.

    Once it is loaded, as until then everybody waits for it. On Linux each thread has a niceness of its own.
    """
    if sys.platform == "linux":
        for thread in Path("/proc/self/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), NICENESS)
    elif hasattr(os, "nice"):
        os.nice(NICENESS)


def _exit_at_eof() -> None:
    while sys.stdin.readline():
        pass
    os._exit(0)


def _serve(orders: Orders) -> Any:  # the library ships no types
    """Start the server. Figures: measured on 2 cores (AMD EPYC, AVX2) with Qwen2.5-1.5B Q4_K_M."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = orders.model
    if orders.adapter:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(orders.adapter)]
    params.model_alias = {orders.name}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [orders.api_key]
    params.ui = False
    params.verbosity = 2  # warnings; what is said never reaches the log
    params.slot_save_path = orders.slots + os.sep
    params.n_ctx = CONTEXT * SLOTS
    params.n_parallel = SLOTS
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = orders.threads
    # A request is given up only between batches: 64 tokens are about one second here, and cost no more
    # per token than 512 (15.4 and 15.2 ms; batches of 32 cost 21.0 ms).
    params.n_batch = params.n_ubatch = 64
    # Weights repacked at load: 0.7 s more to start (1.5 s), but the few words of a partial transcript cost
    # 26 ms a token instead of 35 (4 tokens), 28 instead of 42 (8 tokens).
    params.no_extra_bufts = False
    # Measured and left as they are: flash attention (no difference), KV cache in Q8_0 (slower: 20.9 ms
    # a token for 64 instead of 16.6), speculation by n-grams (in a talk not one draft came up).
    params.warmup = False  # the primed prefix is the warm-up
    params.fit_params = False  # sizes are ours to choose; probing them costs a second load
    params.cache_ram_mib = 0  # prompts stay in their slot; no second copy of private words
    params.cache_idle_slots = False
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
