"""What the person asks of her memory: to forget, to stop writing, to say where she has something from or how they felt.

`hear` only understands and finds the words; what is to happen happens in `settle`, when the answer was
really given. Nothing is forgotten without a yes, and the yes counts for the very next thing said only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from becoming.conversation import company, files, how_you_were, telling
from becoming.conversation.fluent import capital
from becoming.events import Belief, Lesson, Loss, Receipt
from becoming.memory import Life

_SAYS = files.patterns("asked.toml")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of her memory, and her answer. `keep`: whether the exchange itself is recorded."""

    kind: str
    reply: str
    why: str
    keep: bool = True
    rests_on: tuple[str, ...] = ()
    """Words of the person's that the answer quotes."""


@dataclass
class Lights:
    """Of the page: `off`, and there is her voice alone; `told` says that she has said how to be off the record then."""

    off: bool = False
    told: bool = False


PRIVATE = ("what I keep away from", "what I noticed")
"""Parts of what she holds that are not told unasked."""


@dataclass
class Asking:
    """The small state of it: what she offered to forget, and what she last said she knew."""

    past: Life
    clock: Callable[[], float]
    listen: Callable[[bool], None] | None
    """Keeps whether she may listen to how the person sounds; None where she has no ear for it."""
    lights: Lights
    offered: Loss | None = None
    claimed: list[Belief] = field(default_factory=list)
    gone: str = ""
    """What is to be told of the last forgetting, once."""

    def hear(self, text: str, before: str) -> Asked | None:
        """Understand; nothing changes. `before` is her last line."""
        if self.offered and _SAYS["yes"].search(text):
            return Asked("forget", "Then I'm letting it go now.", "said yes to forgetting", keep=False)
        if self.offered and re.match(r"(?:no|nope|don't|wait|stop)\b", text, re.IGNORECASE):
            return Asked("keep", "Then I'll keep it.", "said no to forgetting", keep=False)
        if _SAYS["on"].search(text):
            return Asked("on", "All right, I'll remember again from here.", "back on the record")
        if _SAYS["off"].search(text) and not _SAYS["dark"].search(text):
            return Asked("off", "Off the record, until you tell me otherwise.", "off the record", keep=False)
        if _SAYS["dark"].search(text):
            return self._lights(text)
        if self.lights.off and _SAYS["light"].search(text):
            still = " We're still off the record." if self.past.unwritten else ""
            return Asked("light", f"There's the light again.{still}", "wants the lights on", keep=False)
        if _SAYS["deaf"].search(text):
            return Asked("deaf", "All right, only to your words.", "not to be listened to for how they sound")
        if _SAYS["listen"].search(text):
            return self._may_listen()
        if asked := _SAYS["forget"].search(text):
            return self._offer(asked["what"])
        if self.claimed and _SAYS["how_known"].search(text):
            return self._source(self.claimed[0])
        if right := self.past.otherwise(text, before):
            return Asked("felt", how_you_were.put_right(right), "puts right how they felt")
        if looked := self.past.looked_back(text):
            answer = how_you_were.told(looked, self.clock(), self.past.unsayable)
            words = tuple(each.moment.text for each in looked.found)
            return Asked("looked back", answer, "asks how they felt", rests_on=words)
        if _SAYS["noticed"].search(text):
            return self._noticed()
        if _SAYS["of_me"].search(text):
            return self._of_me()
        if told := company.asked(text, self.past, self.clock()):
            return Asked("people", told.reply, "asks about their people", rests_on=told.rests_on)
        if _SAYS["boundaries"].search(text):
            return self._boundaries()
        lessons = self.past.lessons(text, before)
        return next((said for lesson in lessons if (said := _noted(lesson))), None)

    def settle(self, asked: Asked, text: str) -> None:
        """What was asked happens, now that it was answered. Raises events.StoreError."""
        offered, self.offered = self.offered, None
        match asked.kind:
            case "forget" if offered:
                self.gone = _gone(self.past.forget(offered))
            case "offer" if found := _SAYS["forget"].search(text):
                self.offered = self.past.plan_forgetting(found["what"])
            case "noticed":
                self.claimed = self.past.noticed()[:1]
            case "off":
                self.past.off_the_record(True)
            case "on":
                self.past.off_the_record(False)
            case "dark" | "dark off":
                self.lights.off, self.lights.told = True, True
                if asked.kind == "dark off":
                    self.past.off_the_record(True)
            case "light":
                self.lights.off = False
            case "listen" | "deaf" if self.listen:
                self.listen(asked.kind == "listen")

    def pass_by(self) -> None:
        """Something else was said: an offer to forget stands no longer."""
        self.offered = None

    def _lights(self, text: str) -> Asked:
        """Off with them; off the record, too, where that is wished."""
        if self.past.unwritten or _SAYS["off"].search(text):
            return Asked(
                "dark off", "Dark, and off the record.", "wants the lights off, off the record", keep=False
            )
        how = "" if self.lights.told else ' If nothing shall be kept of it, say "off the record".'
        return Asked("dark", f"Dark it is, I'm only a voice now.{how}", "wants the lights off", keep=False)

    def _may_listen(self) -> Asked:
        if self.listen is None:
            return Asked("words only", "I can't, I only go by your words.", "has no ear for how they sound")
        reply = "All right, I'll mind how you sound, too, for how stirred you are. Tell me to stop whenever you like."
        return Asked("listen", reply, "may listen to how they sound")

    def _offer(self, what: str) -> Asked:
        loss = self.past.plan_forgetting(what)
        if loss.nothing:
            return Asked("none", "I find nothing of that kind that I keep.", "nothing to forget", keep=False)
        return Asked(
            "offer", f"{_told(loss)} Gone for good, if you say yes.", "asks her to forget", keep=False
        )

    def _noticed(self) -> Asked:
        """The latest pattern, with its figures and its doubt; it can be called wrong like anything she holds."""
        found = self.past.noticed()[:1]
        told = f"{capital(found[0].text)}." if found else "Nothing that is more than chance so far."
        return Asked("noticed", told, "asks what she noticed", rests_on=tuple(each.text for each in found))

    def _of_me(self) -> Asked:
        """One thing of each part of their life, and where the rest can be read."""
        parts: dict[str, str] = {}
        for line in self.past.portrait():
            if line.part not in PRIVATE and self.past.unsayable(line.text) is None:
                parts.setdefault(line.part, line.text)
        told = list(parts.values())[:3]
        reply = (
            f"{' '.join(f'{capital(each)}.' for each in told)} The rest is on the page of my memory."
            if told
            else "Not much yet. What you tell me, I keep, and you can read all of it."
        )
        return Asked("of me", reply, "asks what she knows of them", rests_on=tuple(told))

    def _boundaries(self) -> Asked:
        """What she keeps to, at their wish, the latest first."""
        held = [each.text for each in reversed(self.past.beliefs.current(kind="rule"))]
        kept = [each for each in held if each.startswith("you asked") and self.past.unsayable(each) is None]
        more = f" And {len(held) - 3} more, on the page of your people." if len(held) > 3 else ""
        told = (
            f"{capital('; '.join(kept[:3]))}.{more}"
            if kept
            else "Nothing so far. Tell me what to keep away from, and I will."
        )
        return Asked("boundaries", told, "asks what she keeps to", rests_on=tuple(kept))

    def _source(self, belief: Belief) -> Asked | None:
        evidence = [each for each in self.past.how_known(belief.id) if not each.against]
        if not evidence:
            return None
        first = evidence[-1]
        told = telling.quoted(first.quote, first.moment.at, self.clock())
        return Asked("source", told, "asks how she knows", rests_on=(first.moment.text,))


def _told(loss: Loss) -> str:
    """What would go, in a breath."""
    if loss.everything:
        return "That is all of it: every talk, everything I know of you."
    counted = (
        (len(loss.moments), "one line of talk", "{} lines of talk"),
        (len(loss.beliefs), "one thing I took from it", "{} things I took from it"),
        (len(loss.books), "one thing I read", "{} things I read"),
    )
    parts = [one if count == 1 else many.format(count) for count, one, many in counted if count]
    return f"That's {' and '.join(parts) or 'what you had me write down'}."


def _gone(receipt: Receipt) -> str:
    """Whether it is gone, and from where she cannot tell."""
    if receipt.left:
        return f"It's still in {receipt.left[0]}, I couldn't reach it there."
    if receipt.beyond:
        return f"It's gone from my memory, I looked. What I can't reach is {receipt.beyond[0]}."
    return "It's gone, from the backups too. I looked."


def _noted(lesson: Lesson) -> Asked | None:
    """What deserves a word of its own when it is learned; the rest is simply known from now on."""
    if lesson.over and lesson.kind == "rule":
        return Asked("noted", "All right, from now on.", "takes back what she was to keep to")
    if lesson.relation == "name" and lesson.about == "you":
        return Asked("noted", f"{lesson.value}, then.", "says what to be called")
    return _NOTED.get(lesson.relation)


_NOTED = {
    "never_mention": Asked("noted", "I won't bring it up again.", "asks her never to mention something"),
    "never_call": Asked("noted", "I won't call you that.", "asks her not to use a name"),
    "keep_nothing_about": Asked(
        "noted", "Then I keep nothing of that.", "asks her to keep nothing of a kind"
    ),
    "not_then": Asked("noted", "All right, not then.", "asks her to leave something at some hours"),
    "without": Asked("noted", "All right, I'll leave that.", "asks her to leave a manner"),
    "unsafe": Asked("noted", "I won't send you their way.", "says that somebody is not safe"),
}
