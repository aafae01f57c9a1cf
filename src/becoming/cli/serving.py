"""Where her page is found: plain on this computer, and over HTTPS for a phone when one is let in."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import psutil

from becoming.cli.asking import console
from becoming.config import Settings
from becoming.events import BecomingError

if TYPE_CHECKING:
    from uvicorn import Server

    from becoming.app import Home

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_EVERYWHERE = ("0.0.0.0", "::")
_NOT_A_NETWORK = ("lo", "docker", "br-", "veth", "virbr")


@asynccontextmanager
async def serving(chosen: Settings, home: Home) -> AsyncIterator[asyncio.Task[None]]:
    """The page and the wire, open within the block.

    This computer is always served plainly on loopback. Other devices, where the settings let them in,
    are served on the next port, over HTTPS with a certificate of this installation.
    """
    from becoming.web.door import Door, pairing_token
    from becoming.web.server import make_app, server_for

    token = pairing_token(chosen.home)
    app = make_app(home, Door(token))
    others = chosen.host not in _LOOPBACK
    async with AsyncExitStack() as stack:
        listening = _bind("127.0.0.1" if others else chosen.host, chosen.port)
        host, port = listening.getsockname()[:2]
        task = await stack.enter_async_context(_running(server_for(app, host, port), listening))
        console.print(f"Her page: http://localhost:{port}", highlight=False)
        if others:
            from becoming.web.certificate import certificate

            addresses = _addresses(chosen.host)
            made = certificate(chosen.home, addresses)
            listening = _bind(chosen.host, chosen.port and chosen.port + 1)
            host, port = listening.getsockname()[:2]
            await stack.enter_async_context(_running(server_for(app, host, port, made), listening))
            _invite(
                [f"https://{_in_url(each)}:{port}/?token={token}" for each in addresses], made.fingerprint
            )
        yield task


@asynccontextmanager
async def _running(server: Server, listening: socket.socket) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(server.serve(sockets=[listening]), name="server")
    try:
        yield task
    finally:
        server.should_exit = True
        await task


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # who opens the page before the server runs waits instead of being refused
    except OSError as error:
        listening.close()
        raise BecomingError(
            f"The page cannot listen on {host}:{port} ({os.strerror(error.errno or 0)}). If she is already "
            "running, open her page there; otherwise choose another port with --port."
        ) from error
    return listening


def _addresses(host: str) -> list[str]:
    """Where other devices find this computer, the likeliest first: the address that was chosen, or all."""
    if host not in _EVERYWHERE:
        return [host]
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        each.address
        for name, here in psutil.net_if_addrs().items()
        if name in up and not name.startswith(_NOT_A_NETWORK)
        for each in here
        if each.family == socket.AF_INET
    ]
    return sorted(found, key=lambda address: not address.startswith("192.168."))


def _in_url(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _invite(links: list[str], fingerprint: str) -> None:
    """How a phone comes in, and what its browser will say of it."""
    if not links:
        console.print("This computer is in no network, so no other device can come in.")
        return
    import segno

    console.print("\nFor a phone or another device of yours in this network, once:", highlight=False)
    for link in links:
        console.print(f"  {link}", highlight=False, soft_wrap=True)
    if console.is_terminal:
        segno.make(links[0], error="l").terminal(compact=True)
    console.print(
        "Its browser will warn that the connection is not private, as nobody but this computer vouches for "
        "the certificate. That is expected: choose Advanced, then Proceed (Safari: Show Details, then visit "
        "this website). To be sure that it is her, compare the certificate's SHA-256 fingerprint first:",
        highlight=False,
    )
    console.print(f"  {fingerprint[:48]}\n  {fingerprint[48:]}", highlight=False)
