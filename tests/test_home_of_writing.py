"""Mail in a whole home, spoken: real ears hear real speech, a real server has the mail in the end. And what is kept of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soxr

from becoming.conversation.hands.pace import Pace
from becoming.events import ReplyEnded, SpeechEvent, TurnEnded
from becoming.speech.audio import EAR_RATE, VOICE_RATE, Samples
from becoming.speech.tts import HibariTts
from becoming.testing import play
from becoming.tools.mail import outbox
from tests.e2e.house import furnish
from tests.store.computers import DesktopKeyring, keyring_is
from tests.test_home_of_care import opened, said
from tests.test_home_of_mail import rows
from tests.tools.mail.dovecot import PASSWORD
from tests.tools.mail.writing import mail, words

pytestmark = pytest.mark.slow

ANNA = mail(
    "Anna Weber <anna@example.org>",
    "Re: Saturday?",
    "Hi Theo,\n\ncan you come on Saturday?\n\nAnna",
    Message_ID="<saturday@example.org>",
)


@pytest.fixture(autouse=True)
def desktop() -> Iterator[DesktopKeyring]:
    desktop = DesktopKeyring()
    with keyring_is(desktop):
        yield desktop


class Room:
    """Somebody in a room with her: what they say reaches her ears at the pace of the clock, and they wait for her answer."""

    def __init__(self, home) -> None:
        self.home, self.events = home, list[SpeechEvent]()
        self.voice, self.ended = HibariTts("heart"), asyncio.Event()
        self.engine = home.engine_for(self._take)

    def _take(self, event: SpeechEvent) -> None:
        self.events.append(event)
        if isinstance(event, ReplyEnded):
            self.ended.set()

    async def say(self, text: str) -> str:
        """Her answer, as far as it was heard."""
        spoken = soxr.resample(self.voice(text), VOICE_RATE, EAR_RATE)
        self.ended.clear()
        await self._heard(np.concatenate((np.zeros(EAR_RATE // 3), spoken)))
        async with asyncio.timeout(60):
            while not self.ended.is_set():
                await self._heard(np.zeros(EAR_RATE // 5))
        return next(event.text for event in reversed(self.events) if isinstance(event, ReplyEnded))

    async def _heard(self, audio: Samples) -> None:
        hiss = np.random.default_rng(0).standard_normal(len(audio)) * 1e-4
        await play((audio + hiss).astype(np.float32), self.engine.hear)

    @property
    def heard(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, TurnEnded)]


async def test_spoken_from_anything_new_to_the_mail_that_has_arrived(
    tmp_path: Path, dovecot, smtp, monkeypatch
):
    monkeypatch.setattr(outbox, "UNDO_S", 2.0)
    furnish(tmp_path)
    dovecot.deliver(ANNA)
    async with opened(tmp_path) as home:
        home.able.post.accounts.add(smtp.of(dovecot.account), PASSWORD)
        room = Room(home)
        assert await room.say("Anything new?") == "One new: Anna Weber asks about Saturday."
        assert (
            await room.say("Read it to me.") == "Anna Weber writes: Hi Theo, can you come on Saturday? Anna."
        )
        told = await room.say("Tell her I would love to come.")
        assert told.startswith("To Anna Weber at example.org: Hi Anna,"), (told, room.heard)
        assert told.endswith("Theo Shall I send it?")
        assert smtp.post.taken == []
        assert await room.say("Yes, please.") == "It goes out in a minute. Until then you can take it back."
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(dovecot.mails, address="anna@example.org"):
                await asyncio.sleep(0.1)
        [it] = await asyncio.to_thread(dovecot.mails, address="anna@example.org")
        assert words(it).lower().replace("i'd", "i would") == "hi anna,\n\ni would love to come.\n\ntheo", (
            room.heard
        )
        assert it["In-Reply-To"] == "<saturday@example.org>"
        async with asyncio.timeout(30):
            while home.able.outbox.rows():
                await asyncio.sleep(0.1)
        await room.engine.close()
    assert len(smtp.post.taken) == 1
    kept = rows(tmp_path)
    assert "can you come" not in kept  # what the mail said is nowhere; what was done is written down
    assert "send a mail" in kept


async def test_a_tap_allows_what_waits_and_a_stale_one_nothing(tmp_path, dovecot, smtp):
    furnish(tmp_path)
    dovecot.deliver(ANNA)
    async with opened(tmp_path) as home:
        home.able.post.accounts.add(smtp.of(dovecot.account), PASSWORD)
        await said(home, "Anything new?")
        approvals = home.hands.approvals
        assert approvals.card() is None
        await said(home, "Reply: see you at eight.")
        card = approvals.card()
        assert card is not None
        assert card["words"] == "Re: Saturday?\n\nHi Anna,\n\nSee you at eight.\n\nTheo"
        assert not approvals.tapped(card["number"] - 1, "yes")
        assert approvals.tapped(card["number"], "yes")
        assert approvals.card()["done"]
    assert len(smtp.post.taken) == 1  # it was allowed, and she was closed within the minute
    assert len(dovecot.mails("Sent Items")) == 1


async def test_who_leaves_for_good_within_the_minute_has_it_sent_and_nothing_kept(
    tmp_path, dovecot, smtp, monkeypatch
):
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    (tmp_path / "person").mkdir()
    furnish(tmp_path)
    dovecot.deliver(ANNA)
    async with opened(tmp_path) as home:
        home.able.post.accounts.add(smtp.of(dovecot.account), PASSWORD)
        await said(home, "Anything new?")
        await said(home, "Reply: see you at eight.")
        await said(home, "Yes.")
        await said(home, "Reply: and I'll bring cake.")
        left = await home.leave()
        assert left.left == ()
        assert "See you at eight." in (left.folder / "deeds.md").read_text("utf-8")
    assert [words(it) for it in dovecot.mails(address="anna@example.org")] == [
        "Hi Anna,\n\nSee you at eight.\n\nTheo"
    ]
    assert len(dovecot.mails("Drafts")) == 1


async def test_what_is_forgotten_is_out_of_her_hands_too(tmp_path, dovecot, smtp):
    furnish(tmp_path)
    dovecot.deliver(ANNA)
    async with opened(tmp_path) as home:
        home.able.post.accounts.add(smtp.of(dovecot.account), PASSWORD)
        await said(home, "Anything new?")
        await said(home, "Reply: see you at eight.")
        await home.forget(home.life.plan_forgetting("everything about Anna"))
        assert home.hands.approvals.card() is None
        assert home.able.outbox.rows() == []
    assert smtp.post.taken == []
    assert "eight" not in rows(tmp_path)


async def test_slower_is_slower_from_the_next_words_on_and_after_a_restart(tmp_path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        before = len(home.senses.tts("The boat is red and the sea is calm today."))
        assert await said(home, "Could you speak a bit slower, please?") == "All right, more slowly."
        slower = len(home.senses.tts("The boat is red and the sea is calm today."))
        assert slower > before * 1.08
    async with opened(tmp_path) as home:
        assert len(home.senses.tts("The boat is red and the sea is calm today.")) > before * 1.08
        await said(home, "Normal speed.")
        assert len(home.senses.tts("The boat is red and the sea is calm today.")) < before * 1.05


def test_there_is_a_slowest_and_a_fastest():
    notes: dict[str, object] = {}
    set_to = list[float]()
    pace = Pace(notes.get, notes.__setitem__, set_to.append)
    for said_ in ("slower", "faster"):
        for _ in range(9):
            done = pace.hear(said_, said_)
            pace.settle(done, done.lines[0])
    assert 0.65 <= min(set_to) < 0.8
    assert 1.3 < max(set_to) <= 1.5
    assert pace.hear("the train was slower than ever", "") is None
