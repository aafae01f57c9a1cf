"""What many tests share: the real ears and mouth, a real PostgreSQL, mail and calendar server, each begun once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import settings

from becoming.speech.endpointing import SmartTurn
from becoming.speech.engine import Senses
from becoming.speech.stt import MoonshineStt
from becoming.speech.tts import HibariTts
from becoming.speech.vad import Vad
from tests.models import model_file
from tests.postgresql import Server
from tests.tools.calendar.radicale import Radicale
from tests.tools.mail.dovecot import Dovecot
from tests.tools.mail.provider import Provider
from tests.tools.mail.smtp import Smtp

# A property is about what comes out, not how soon: a noisy machine must not fail it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def senses() -> Iterator[Senses]:
    vad = Vad.load(model_file("silero_vad.onnx"))
    melody = SmartTurn(model_file("smart-turn-v3.2-cpu.onnx"))
    with ThreadPoolExecutor(1) as ear, ThreadPoolExecutor(2) as mouth:
        tts = HibariTts()
        tts("Mm.")
        yield Senses(lambda: Vad(vad), MoonshineStt(), melody, tts, ear, mouth)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Dovecot]:
    server = Dovecot.start()
    yield server
    server.stop()


@pytest.fixture
def dovecot(mail_server: Dovecot) -> Dovecot:
    """A real mail server, with an empty inbox."""
    mail_server.empty()
    return mail_server


@pytest.fixture
def smtp(dovecot: Dovecot) -> Iterator[Smtp]:
    """A real server to send by, which delivers to the mailboxes of that one."""
    server = Smtp(dovecot)
    yield server
    server.stop()


@pytest.fixture
def provider(smtp: Smtp) -> Iterator[Provider]:
    """A real provider of identities, whose tokens both servers take."""
    provider = Provider(smtp.post.dovecot.identities_port)
    smtp.post.tokens = provider.known.access
    yield provider
    provider.stop()


@pytest.fixture(scope="session")
def calendar_server() -> Iterator[Radicale]:
    server = Radicale.start()
    yield server
    server.stop()


@pytest.fixture
def radicale(calendar_server: Radicale) -> Radicale:
    """A real calendar server, with an empty calendar and an empty address book."""
    calendar_server.empty()
    return calendar_server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first; those in real time, with a model or a browser, may try again on a noisy machine."""
    for item in items:
        if _slow(item):
            item.add_marker(pytest.mark.flaky(reruns=2))
    items.sort(key=_slow)


def _slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None or "e2e" in str(item.path)
