"""Servers of the benchmark, each a child process that cannot outlive it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from bench.contract import CannotRun

STARTS_WITHIN = 120.0
STOPS_WITHIN = 15.0


class Child:
    """A process that prints its address on its first line and stops when its standard input closes."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self._process = process
        self.address = address

    @classmethod
    async def start(cls, command: Sequence[str], log: Path) -> Self:
        """Start `command` and wait for its address; what it complains about goes to `log`.

        Raises:
            CannotRun: it ended, or said nothing for `STARTS_WITHIN` seconds; its last words are told.
        """
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors
            )
        assert process.stdout is not None
        address = b""
        with suppress(TimeoutError):
            async with asyncio.timeout(STARTS_WITHIN):
                address = await process.stdout.readline()
        if not address:
            await cls(process, "").stop()
            raise CannotRun(f"{' '.join(command[:4])} … did not start. Its last words:\n{_last(log)}")
        return cls(process, address.decode().strip())

    async def stop(self) -> None:
        """Close its standard input and wait; killed when it does not go by itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


def _last(log: Path) -> str:
    return log.read_text(errors="replace")[-800:]
