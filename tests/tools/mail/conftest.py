from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.mail.dovecot import Dovecot


@pytest.fixture(scope="session")
def running() -> Iterator[Dovecot]:
    server = Dovecot.start()
    yield server
    server.stop()


@pytest.fixture
def dovecot(running: Dovecot) -> Dovecot:
    """The server, with an empty inbox."""
    running.empty()
    return running
