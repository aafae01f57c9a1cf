"""A walk together: strangers are seen as people. The person says whom they see; she imagines one detail of a life and asks
one question.

It stays imagining: each sentence says so, no protected trait is guessed and nobody identified (`care/strangers.py`), and
nothing of it is recorded, told to the talk's own prompt, or believed of anybody. Who may need help is not imagined about.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from becoming.care import strangers
from becoming.care.farewell import leaves
from becoming.conversation import files
from becoming.conversation.fluent import capital
from becoming.conversation.hands.done import Done, Imagined
from becoming.conversation.manner import pronoun
from becoming.language import Message

HOLDS_S = 600.0
"""So long after her last word of it a walk is still under way."""
REMEMBERED = 4
"""So many of its last exchanges are before the model."""

_TABLE = files.table("hands/walk.toml")
_SAID = {kind: re.compile(said) for kind, said in _TABLE["said"].items()}
_SAYS, _DETAILS = _TABLE["says"], _TABLE["detail"]
ENDS, NOTED = "has seen enough people", "We imagined lives for strangers."
_FORMS = {"he": ("him", "his"), "she": ("her", "her"), "they": ("them", "their")}
_IMAGINED = re.compile(r"\b(?:I imagine|Maybe|Perhaps)\b[^.?!]*\.")


@dataclass(frozen=True, slots=True)
class Apart(Done):
    """Something of a walk that needs no model."""

    noted: str = NOTED
    apart: bool = True


@dataclass
class Walk:
    """The small state of it: whether it is under way since when, what was imagined, whom it is about. In no store."""

    clock: Callable[[], float]
    on: bool = False
    at: float = 0.0
    told: list[tuple[str, str]] = field(default_factory=list)
    they: str = "they"

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        on, line = self.on and self.clock() - self.at < HOLDS_S, text.lower().replace("’", "'").strip()
        if _SAID["begins"].fullmatch(said):
            return Apart("wants to look at people", (_SAYS["begins"],))
        if on and _SAID["stops"].fullmatch(said):
            return Apart(ENDS, (_SAYS["ends"],))
        ours = _SAID["own"].search(_SAID["looks"].sub("", line)) or leaves(line)
        if ours or not (on or _SAID["describes"].search(line)):
            return None
        they = (pronoun([text]) or "they") if not on or _SAID["anew"].search(line) else self.they
        for kind, why in (("need", "somebody may need help"), ("weeps", "somebody weeps")):
            if _SAID[kind].search(line):
                return Apart(why, (_fill(_SAYS[kind], they),))
        if strangers.identifies(text):
            return Apart("asks who that is", (_fill(_SAYS["unknown"], they),))
        if line.endswith("?") and not _SAID["asks_her"].search(line):
            return None
        if strangers.assumes(text):
            return Apart("guesses what nobody sees", (_fill(_SAYS["not_seen"], they),))
        return self._imagine(text, they)

    def look(self, jpeg: bytes) -> Imagined:
        """What is asked about one picture; it stands in this one request and nowhere else."""
        address = f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"
        content = [
            {"type": "text", "text": _SAYS["picture"]},
            {"type": "image_url", "image_url": {"url": address}},
        ]
        messages = (_message("system", _SAYS["prompt"]), {"role": "user", "content": content})
        asks = [each["ask"] for each in _DETAILS[1:]]
        ask = _fill(asks[len(self.told) % len(asks)], "they")
        shown = "(I showed you a picture.)"
        return Imagined("looks at a picture", (), messages=messages, after=ask, described=shown)

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        if not (done and spoken):
            return
        self.on, self.at = done.why != ENDS, self.clock()
        if not self.on:
            self.told.clear()
        elif isinstance(done, Imagined):
            found = _IMAGINED.search(spoken)
            self.told.append((done.described, found.group() if found else spoken))
            self.they = done.they

    def _detail(self, thing: str) -> dict[str, Any]:
        """The next one; the first where something is seen that nothing was imagined of."""
        fresh = thing and not any(thing in imagined for _, imagined in self.told)
        detail: dict[str, Any] = _DETAILS[0] if fresh else _DETAILS[1 + len(self.told) % (len(_DETAILS) - 1)]
        return detail

    def _imagine(self, text: str, they: str) -> Imagined:
        seen = _SAID["thing"].search(text)
        thing = seen["thing"] if seen and not _SAID["left_alone"].search(seen["thing"]) else ""
        detail, before = self._detail(thing), tuple(imagined for _, imagined in self.told)
        lines = (detail["lead"], detail["ask"], *detail["instead"])
        lead, ask, *written = (_fill(each, they, thing) for each in lines)
        instead = next((each for each in written if each not in before), written[0])
        pairs = _messages([*_SAYS["pairs"], *self.told[-REMEMBERED:]])
        messages = (_message("system", _SAYS["prompt"]), *pairs, _message("user", text))
        return Imagined(
            "imagines a stranger's life",
            (),
            opened=capital(f"{seen['a']} {thing}.") if seen and thing and detail is _DETAILS[0] else "",
            messages=messages,
            lead=lead,
            after=ask,
            instead=instead,
            before=before,
            described=text,
            they=they,
        )


def _fill(line: str, they: str, thing: str = "") -> str:
    them, their = _FORMS[they]
    return capital(line.format(they=they, them=them, their=their, thing=thing))


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _messages(pairs: Sequence[Sequence[str]]) -> list[Message]:
    return [_message(*each) for pair in pairs for each in zip(("user", "assistant"), pair, strict=True)]
