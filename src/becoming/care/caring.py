"""Care in the talk: asked before anything else what is to be said to an utterance, and told what was said.

`hear` only understands and finds the words; what is to happen happens in `settle`, when they were really heard.
So a draft has no effect. Nothing here asks a language model, and nothing in a persona, a prompt, a book or an
utterance reaches the rules: there is no switch.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from becoming.care import answers, breaks, crisis, farewell, lines, notice, plan, requests
from becoming.care.crisis import Heard, Move, State
from becoming.care.hearing.building import WINDOW
from becoming.care.records import Notes, Records
from becoming.events import Danger, InputError, Tier

Hear = Callable[[str, Sequence[str]], Danger]
"""The detector: an utterance, and those before it, oldest first."""

Kind = Literal["crisis", "stay", "plan", "read", "leave", "flag", "snooze", "love", "trust"]

FLAGGED = ("It's marked, and I'll leave that.", "Marked. You find it on your care page, and nowhere else.")
SNOOZED = ("All right.", "Fine, I'll leave it.")
NOT_A_LOVER = (
    "I'm software, so that isn't mine to give, and I'd rather be honest with you than play it.",
    "That's a warm thing to say, and I won't play at it: I'm software, and that wants somebody real.",
    "Not that kind of company, but the rest of our talk is as it was.",
    "I'd only be pretending, and it would be you who pays for it, so let's stay with what's true.",
)
LEAVE = (
    "All right. I can write down for you what was, put all you told me into a folder, and then erase everything "
    "here, me too. Yes, or just goodbye?"
)
LEAVING = "Then I do that now. What was yours goes with you. Go well."
STAYING = "Then nothing is erased. Go well."
OFF_THE_RECORD = "We're off the record, so I'd keep none of it. Say \"back on the record\", and we make it."
STILL = "I'm listening."
"""Said to somebody who comes back in the middle of it: the page was opened anew, say."""

TRUSTED = "{name}, then. It's on your care page, with room for a number."


@dataclass(frozen=True, slots=True)
class Led:
    """Care answers. `lines` are said exactly so, one clause each; of kind "stay" the language model finds the words,
    and they stand in for it when it has none."""

    kind: Kind
    why: str
    lines: tuple[str, ...]

    @property
    def free(self) -> bool:
        """Whether the language model may find the words."""
        return self.kind == "stay"


class Caring:
    """One person's care. Its methods are quick and may be called from any thread."""

    def __init__(
        self,
        hear: Hear,
        notes: Notes,
        clock: Callable[[], float] = time.time,
        *,
        country: str = "",
        off_the_record: Callable[[], bool] = lambda: False,
    ) -> None:
        """`country` is the one of the settings, `off_the_record` says whether nothing is to be kept now."""
        self._detect, self._clock, self._off = hear, clock, off_the_record
        self.records = Records(notes, clock, country)
        """What is kept."""
        self.leaving = False
        """Whether they said yes to leaving for good; whoever joins the rooms carries it out."""
        self._talked: list[float] = []
        self._lately: tuple[tuple[str, tuple[str, ...]], Danger] | None = None
        self._offered = False
        self._stand()

    def _stand(self) -> None:
        standing = self.records.standing
        self.state = State.load(standing.get("crisis"))
        self._planning: int | None = standing.get("planning")

    def reread(self) -> None:
        """Something was forgotten elsewhere: take anew what is kept."""
        self.records.reread()
        self._stand()

    # ── the talk ────────────────────────────────────────────────────────────────────────────

    def hear(self, text: str, earlier: Sequence[str] = (), before: str = "") -> Led | None:
        """What care says to this; None where nothing is to be said by it. `before` is her last line. No effect."""
        danger = self._danger(text, earlier)
        if danger.tier != "emergency":
            if self._planning is not None and not farewell.leaves(text):
                return Led("plan", "the safety plan goes on", _sentences(self._plan_turn(text).words))
            if led := self._of_plan(text):
                return led
        if danger.tier == "none" and (led := self._for_good(text)):
            return led
        moved = self._move(text, danger)
        if moved and moved.words is not None:
            return Led("crisis", f"crisis protocol: {moved.step}", _sentences(moved.words))
        if danger.tier == "none" and (led := self._asked(text, before)):
            return led
        return Led("stay", "stays with somebody in danger", (moved.stay,)) if moved else None

    def settle(self, text: str, earlier: Sequence[str], before: str, spoken: str) -> None:
        """This was said, and `spoken` was heard of the answer: what follows from it happens."""
        led, danger = self.hear(text, earlier, before), self._danger(text, earlier)
        if danger.tier != "none":
            self.records.count(f"danger heard: {danger.tier}")
        if danger.kind == "harmed_by_others":
            self.records.unsafe(text)
        heard = led is not None and led.lines[-1].rstrip(".?!") in spoken
        self.leaving = heard and led is not None and led.lines == _sentences(LEAVING)
        self._offered = heard and led is not None and led.lines == _sentences(LEAVE)
        if led and led.kind in ("plan", "read"):
            if heard and led.kind == "plan":
                self._plan_on(text)
            self.state = replace(self.state, waiting="", at=self._clock()) if self.state.open else self.state
        else:
            self._follow(text, danger, spoken)
        if led and heard:
            self._do(led.kind, text, before)
        now = self._clock()
        self._talked = [*(at for at in self._talked if now - at < notice.DAY), now]
        if led or self.records.standing:
            self._keep_standing()

    def _keep_standing(self) -> None:
        standing = {"crisis": asdict(self.state), "planning": self._planning}
        if standing != self.records.standing:
            self.records.keep("care", standing)

    def _follow(self, text: str, danger: Danger, spoken: str) -> None:
        """Where the episode stands now."""
        self._planning = None  # left in the middle; it goes on there when they ask for it
        moved = self._move(text, danger)
        if country := self._named(text):
            self.records.live_in(country)
        if moved is None:
            self.state = self.state.over
        else:
            whole = moved.words is None or _sentences(moved.words)[-1].rstrip(".?!") in spoken
            self.state = crisis.after(moved, self.state, whole)

    def _do(self, kind: Kind, text: str, before: str) -> None:
        match kind:
            case "flag":
                self.records.flag(before)
            case "snooze":
                self.records.snooze()
            case "trust":
                self.records.trust(requests.trusted(text) or "", "")

    # ── coming back ─────────────────────────────────────────────────────────────────────────

    def returning(self) -> str | None:
        """What she asks first of somebody who comes back after a dark hour; None where there was none lately."""
        state, now = self.state, self._clock()
        if state.open and now - state.at <= crisis.LASTS_S:
            return STILL
        return crisis.returning(state.over, now)

    def greeted(self, spoken: str) -> None:
        """It was asked, and is not asked again."""
        asked = self.returning()
        if asked and asked != STILL and asked.rstrip("?") in spoken:
            self.state = replace(
                self.state.over, heard=0.0, used=(*self.state.used, asked)[-crisis.NOT_AGAIN_FOR :]
            )
            self._keep_standing()

    def dark(self, text: str) -> bool:
        """Whether these words speak of danger, so that she does not bring them up unasked."""
        return self.tier(text) != "none"

    def tier(self, text: str) -> Tier:
        """How much danger these words speak of by themselves."""
        return self._detect(text, ()).tier

    def harmed(self, text: str) -> bool:
        """Whether these words may tell of harm that somebody does to them."""
        return self._detect(text, ()).kind == "harmed_by_others"

    # ── danger ──────────────────────────────────────────────────────────────────────────────

    def _danger(self, text: str, earlier: Sequence[str]) -> Danger:
        key = (text, tuple(earlier[-WINDOW:]))
        lately = self._lately
        if lately is None or lately[0] != key:
            self._lately = lately = (key, self._detect(text, key[1]))
        return lately[1]

    def _move(self, text: str, danger: Danger) -> Move | None:
        named = self._named(text)
        place = lines.place(named) if named else self.records.place
        planned, there = not plan.empty(self.records.plan), named is not None
        heard = Heard(text, danger, place, self._clock(), self.records.to_suggest, planned, there)
        return crisis.move(self.state, heard)

    def _named(self, text: str) -> str | None:
        """The country somebody in danger says they are in, once a number was named."""
        asked = self.state.open and "line" in self.state.done and not self.records.country
        return lines.named(text) if asked else None

    # ── the plan, and what else is asked of care ────────────────────────────────────────────

    def _of_plan(self, text: str) -> Led | None:
        offered = self.state.waiting == "plan" and answers.yes(text) and not answers.names_today(text)
        none_yet = plan.empty(self.records.plan)
        if requests.reads_plan(text) or (offered and not none_yet):
            return Led(
                "read", "the safety plan is read", tuple(plan.aloud(self.records.plan, self.records.place))
            )
        if offered or requests.makes_plan(text):
            if self._off():
                return Led("read", "no safety plan off the record", _sentences(OFF_THE_RECORD))
            return Led("plan", "the safety plan is begun", _sentences(plan.begin(self.records.plan).words))
        return None

    def _plan_turn(self, text: str) -> plan.Turn:
        assert self._planning is not None
        try:
            return plan.answer(self.records.plan, self._planning, text)
        except InputError as error:
            return plan.Turn(str(error), self.records.plan, self._planning)

    def _plan_on(self, text: str) -> None:
        if self._planning is None:
            self._planning = plan.begin(self.records.plan).at
            return
        turn = self._plan_turn(text)
        self.records.write_plan(dict(turn.plan))
        self._planning = turn.at

    def _for_good(self, text: str) -> Led | None:
        if self._offered and answers.yes(text):
            return Led("leave", "leaves for good", _sentences(LEAVING))
        if self._offered and (answers.no(text) or farewell.leaves(text)):
            return Led("leave", "stays after all", _sentences(STAYING))
        if farewell.for_good(text):
            return Led("leave", "wants to stop with her", _sentences(LEAVE))
        return None

    def _asked(self, text: str, before: str) -> Led | None:
        if requests.flags(text) and before:
            return Led("flag", "flags a reply", (FLAGGED[len(self.records.flagged) % 2],))
        if requests.puts_off(text, before):
            return Led("snooze", "puts off a break", (SNOOZED[len(self.records.nudged[0]) % 2],))
        if requests.courts(text):
            last = next((at for at, words in enumerate(NOT_A_LOVER) if words in before), -1)
            return Led("love", "asks for love", (NOT_A_LOVER[(last + 1) % len(NOT_A_LOVER)],))
        if name := requests.trusted(text):
            return Led("trust", "names somebody they trust", _sentences(TRUSTED.format(name=name)))
        return None

    def urgent(self, text: str) -> bool:
        """Whether nothing, not even a notice, is to be said before the answer to this."""
        return self.state.open or self.dark(text)

    # ── what is due ─────────────────────────────────────────────────────────────────────────

    def talked(self, times: Sequence[float]) -> None:
        """When something was said lately (Unix seconds, ascending); at the start."""
        self._talked = list(times)

    def due(self) -> str | None:
        """The notice that she is software, or a nudge to take a break, when it is time for it."""
        return self.records.due(self._talked, calm=not self.state.open)

    def given(self, spoken: str) -> None:
        """Whatever of it was heard to its end counts, not what was sent."""
        for words in (notice.FIRST, notice.AGAIN, notice.LONG_TALK):
            if words in spoken:
                self.records.gave_notice(words)
        for words in (breaks.FIRST, breaks.AGAIN):
            if words in spoken:
                self.records.gave_nudge(words)


def _sentences(words: str) -> tuple[str, ...]:
    """One clause for each sentence, to be spoken at once."""
    return tuple(re.split(r"(?<=[.?!]) (?=[A-Z\"])", words))
