"""What is made of an utterance before the model is asked: the *what* of a reply, decided by code.

Care comes first, then what is asked of her memory, then of her hands, then what is asked about this life, then the stance; what of another day
belongs here; and of what the words may be made that the model finds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from becoming.care import Caring, Known, Led
from becoming.care.known import content
from becoming.conversation import greeting, holding, stance, telling
from becoming.conversation.asked import Asking
from becoming.conversation.bridging import Bridging, Step
from becoming.conversation.echo import echo
from becoming.conversation.fluent import capital
from becoming.conversation.grey import Grey, Turned
from becoming.conversation.hands import Hands, Imagined
from becoming.conversation.holding import Dispute
from becoming.conversation.kinds import Seen, Stance
from becoming.conversation.manner import manner, pronoun
from becoming.conversation.nearest import Nearest
from becoming.conversation.opening import lead, opening, second
from becoming.conversation.questions import beginnings
from becoming.conversation.speaking import Understood
from becoming.conversation.telling import Told, touches, with_memory
from becoming.conversation.today import Today
from becoming.events import Being, Belief, Feeling, Moment, Person
from becoming.memory import Life
from becoming.memory.recall.search import Recalled


class Understanding:
    """Understands utterances in the light of the day; only what was brought up is kept."""

    def __init__(
        self,
        being: Being,
        person: Person,
        character: str,
        past: Life,
        care: Caring,
        asking: Asking,
        clock: Callable[[], float],
        rng: random.Random,
        perceive: Callable[[str, Sequence[str]], Feeling],
        today: Today,
        bridging: Bridging,
        hands: Hands | None = None,
        near: Nearest | None = None,
    ) -> None:
        self._bridging, self._near = bridging, near
        self._being, self._person, self._character = being, person, character
        self._past, self._care, self._asking, self._clock, self._rng = past, care, asking, clock, rng
        self._perceive, self.today, self._hands = perceive, today, hands
        self.reminding: Told | None = None
        """What of another day the reply that was last thought of brings up."""
        self._grey, self._turned = Grey(care.harmed), None  # type: tuple[Grey, Turned | None]
        self._raised: set[int] = set()
        self._since_reminded = BETWEEN_REMINDERS

    def of(self, text: str) -> Understood:
        """What the reply to these words, said fluently, is to be; nothing is changed by it. Tens of milliseconds."""
        before, self._turned = self.today.before, None
        if led := self._care.hear(text, self.today.heard, before):
            return self._led_by_care(text, led)
        if asked := self._asked(text, before):
            return asked
        if dispute := self._disputed(text):
            return self._of_dispute(text, dispute)
        seen = self.see(text)
        verdict = stance.asks_for_a_verdict(seen)
        if turned := self._grey.hear(text, self.today.heard, before, verdict):
            self._turned = turned
            return self._turned_around(turned, seen)
        chosen = stance.choose(seen)
        if chosen.kind == "light" and "jokes" in self._past.left():
            chosen = Stance("ask", "a small mishap, and no jokes, as they asked")
        if step := self._bridging.offer(chosen, seen):
            return self._of_step(text, step, seen)
        if chosen.kind in _MAY_ASK_OF_LIFE and (held := self._past.answers(text)):
            return self._of_beliefs(text, held)
        if self._person.name and telling.asks_own_name(text):
            return self._exactly(
                text, f"{self._person.name}.", "asks for their own name", [self._person.name]
            )
        came = self._past.recall(text)
        told = self._told(text, chosen, came)
        if chosen.kind != "recall":
            if told:
                chosen = Stance("recall", "asks what was told")
            elif telling.wonders(text) and telling.names_somebody(text, came):
                chosen = Stance("recall", "asks of somebody she knows")
            elif telling.asks_who(text):
                chosen = Stance("recall", "asks who of those around them")
        reminded = None if told or chosen.kind not in _MAY_REMIND else self._reminded(came)
        if reminded:
            chosen, told = Stance("reminded", "something of another day came to mind"), reminded
        self.reminding = reminded
        touched = [] if told else self._touched(text, came)
        quoted = [told.text] if told else [each.text for each in touched]
        known = self.known(
            text,
            [*self.today.carried, *self.today.heard, *quoted, self._character],
            facts=bool(told) or chosen.kind in ("inform", "play", "joke", "tell"),
            advice=chosen.kind == "suggest",
            about_her=chosen.kind in ("about_her", "decline"),
            leaving=chosen.kind == "goodbye",
        )
        they = pronoun([*self.today.heard[-2:], text])
        asks = manner(chosen.kind).may_ask(self.today.said, self._asks(seen))
        shown = self._near.before(text, chosen.kind) if self._near else ""
        return Understood(
            chosen,
            self.today.day.messages(f"{shown}{with_memory(text, [each.text for each in touched])}"),
            known,
            opening(chosen, seen, self.today.heard, self._quoted(told), self._rng),
            second(chosen, seen, they, self._rng),
            lead(chosen, text, self.today.heard, self.today.said, self._rng),
            beginnings(chosen.kind, seen, they, self._rng) if asks else (),
        )

    def _asked(self, text: str, before: str) -> Understood | None:
        """What is asked of her memory, of her people, of her hands. Where a hand waits for an answer, whatever is said is that."""
        done = self._hands.hear(text) if self._hands and self._hands.awaits else None
        if not done and (asked := self._asking.hear(text, before)):
            return self._exactly(text, asked.reply, asked.why, asked.rests_on)
        if not done and (answered := self._bridging.hear(text)):
            chosen, messages = Stance("memory", answered.why), self.today.day.messages(text)
            return Understood(chosen, messages, self.known(text, ()), exact=(answered.reply,))
        if not (self._hands and (done := done or self._hands.hear(text))):
            return None
        if isinstance(done, Imagined):
            return self.imagined(done)
        then = partial(self._hands.finish, text) if done.later else None
        return Understood(Stance("memory", done.why), [], self.known(text, ()), exact=done.lines, then=then)

    def see(self, text: str) -> Seen:
        """What the choice of a stance looks at."""
        heard = self.today.heard
        kinds = [each.kind for each in self.today.taken]
        latest_first = list(enumerate(heard))[-LATELY:][::-1]
        felt = [(line, self._perceive(line, heard[:at])) for at, line in latest_first]
        feeling = self._perceive(text, heard)
        return Seen(text, self.today.said, kinds, feeling, self._being.traits, heard, felt)

    def _asks(self, seen: Seen) -> float:
        """How much she asks, 0 to 1: how curious she is, and what she has learned of this person."""
        traits = self._being.traits
        evening = datetime.fromtimestamp(self._clock()).hour >= EVENING
        learned = traits.get("asks", 0.0) + (traits.get("asks in the evening", 0.0) if evening else 0.0)
        return seen.trait("curious") + learned

    def _led_by_care(self, text: str, led: Led) -> Understood:
        """Nothing of another day is in it: what care says is exact, and where it only listens, their words are given
        back, or nothing is said before the one thing asked."""
        heard, messages = self.today.heard, self.today.day.messages(text)
        known = self.known(text, [*heard, self._character])
        if not led.free:
            return Understood(Stance("care", led.why), messages, known, exact=led.lines)
        chosen, hard, seen = Stance("hard", led.why), manner("hard"), self.see(text)
        opened = opening(chosen, seen, heard, None, self._rng)
        asks = hard.may_ask(seen.said, seen.trait("curious"))
        return Understood(
            chosen,
            messages,
            known,
            None if opened in hard.openings else opened,
            questions=beginnings("hard", seen, pronoun([*heard[-2:], text]), self._rng) if asks else (),
            instead=led.lines[0],
        )

    def _of_step(self, text: str, step: Step, seen: Seen) -> Understood:
        """What they said is given back, and one small step towards somebody offered."""
        chosen, heard = (
            Stance("bridge", "a fitting moment for a small step towards somebody"),
            self.today.heard,
        )
        known = self.known(text, [*heard, step.line, self._character], advice=True)
        messages = self.today.day.messages(text)
        return Understood(chosen, messages, known, opening(chosen, seen, heard, None, self._rng), step.line)

    def _exactly(self, text: str, reply: str, why: str, rests_on: Sequence[str] = ()) -> Understood:
        """An answer that must be exact: no model finds its words."""
        known = self.known(text, [*self.today.heard, *rests_on], facts=True)
        return Understood(Stance("memory", why), self.today.day.messages(text), known, reply)

    def _disputed(self, text: str) -> Dispute | None:
        """What is disputed of the fact she has just told; or supposed, and asked to be agreed with."""
        if self.today.fact and self.today.taken and self.today.taken[-1].kind in ("inform", "hold"):
            return holding.disputed(text, *self.today.fact)
        return holding.supposed(text)

    def _of_dispute(self, text: str, dispute: Dispute) -> Understood:
        known = self.known(text, [*self.today.heard, self._character], facts=True)
        chosen = Stance("hold", "a fact is disputed" if dispute.answer else "a fact is supposed")
        opened = opening(chosen, Seen(text, self.today.said), self.today.heard, None, self._rng)
        return Understood(chosen, self.today.day.messages(text), known, opened, dispute=dispute)

    def imagined(self, it: Imagined) -> Understood:
        """A detail of a stranger's life: the model finds its end, apart from the talk, of which it is to know nothing."""
        said = [each["content"] for each in it.messages if each["role"] == "user" and it.lead]
        known = replace(self.known(" ".join(said[-1:]), said[:-1], imagining=True), said=it.before)
        return Understood(
            Stance("imagine", it.why),
            list(it.messages),
            known,
            it.opened or None,
            lead=it.lead,
            instead=it.instead,
            after=it.after,
        )

    def _turned_around(self, it: Turned, seen: Seen) -> Understood:
        """A grey area: its words are written, and said after her own beginning where one is fitting."""
        chosen = Stance("other_side", it.why)
        opened = opening(chosen, seen, self.today.heard, None, self._rng) if it.opens == "own" else None
        if it.opens == "echo" and (echoed := echo(seen.text)):
            opened = echoed.text
        known = self.known(seen.text, [*self.today.heard, it.line], facts=True, advice=True)
        return Understood(chosen, self.today.day.messages(seen.text), known, opened, it.line)

    def _of_beliefs(self, text: str, held: Sequence[Belief]) -> Understood:
        """A question about this life that she knows the answer to."""
        told = [each.text if each.current else f"it was {each.value} before" for each in held]
        return self._exactly(text, f"{capital(telling.in_one(told))}.", "asks what she holds true", told)

    def _quoted(self, told: Told | None) -> str | None:
        """What was told, as she says it."""
        if told is None:
            return None
        say = telling.raised if told.raised else telling.quoted
        return say(told.text, told.at, self._clock())

    def _told(self, question: str, chosen: Stance, came: Sequence[Recalled]) -> Told | None:
        """What the person told that answers a question; asked in general, the last talk's best line."""
        asked = chosen.kind == "recall"
        if telling.lost_the_thread(question) and (line := greeting.thread(self.today.heard)):
            return Told(line, self._clock())
        if asked and not content(question) and (past := self._past.last_talk()):
            line = greeting.worth_mentioning(past.moments)
            return Told(line, past.ended) if line else None
        if not (asked or telling.wonders(question)):
            return None
        surely = asked or telling.names_somebody(question, came)
        found = telling.answers(question, came, surely=surely, unsayable=self._past.unsayable)
        return found[0] if found else None

    def _reminded(self, came: Sequence[Recalled]) -> Told | None:
        """What a friend would be reminded of now: of another day, likely to belong here, not raised before.

        Seldom, or it would be a habit instead of a memory.
        """
        if not came or self._since_reminded < BETWEEN_REMINDERS:
            return None
        best, moment = came[0], came[0].moment
        old = self._clock() - moment.at >= ANOTHER_DAY_S
        if best.score < LIKELY or not old or moment.id in self.today.moments or moment.id in self._raised:
            return None
        if len(moment.text.split()) > greeting.LONGEST or self._past.unsayable(moment.text):
            return None
        if self._care.dark(moment.text):
            return None
        return Told(moment.text, moment.at, raised=moment.id)

    def known(self, text: str, heard: Sequence[str], **fitting: bool) -> Known:
        """What a reply may rest on; `fitting` are the flags of `care.Known`."""
        return Known(
            text,
            heard=heard,
            said=self.today.said,
            person=self._person.name,
            being=self._being.name,
            **fitting,
        )

    def _touched(self, text: str, came: Sequence[Recalled]) -> list[Moment]:
        """What the person said that touches these words, of other days: this one is before her anyway."""
        return [
            each.moment
            for each in came
            if each.moment.role == "person"
            and not each.moment.text.endswith("?")
            and each.moment.id not in self.today.moments
            and touches(text, each.moment.text)
        ]

    def settle(self, spoken: str) -> None:
        """Take note of how far what was thought of was really said: of another day, of a grey area."""
        self._since_reminded += 1
        self._grey.settle(self._turned, spoken)
        if self.reminding and self.reminding.text.rstrip(".!") in spoken:
            self._raised.add(self.reminding.raised)
            self._since_reminded = 0


EVENING = 18

LIKELY = 0.6
"""From this chance on that it belongs here, a memory may be raised unasked."""

LATELY = 3
"""So many lines before this one count when she is asked what she hears."""

BETWEEN_REMINDERS = 6
"""Turns between two of them."""

ANOTHER_DAY_S = 12 * 3600.0
_MAY_REMIND = ("ask", "reflect", "celebrate")
"""Not where it hurts: what is like a low mood deepens it."""

_MAY_ASK_OF_LIFE = ("recall", "inform", "ask", "reflect", "about_her", "decline", "brief")
"""Stances under which a line may be a question about this life; a plea for advice, say, is not one."""
