"""Grey areas: a quarrel or a decision is turned around in a few breaths, and never judged.

Told by one side, a language model takes it (sycophancy), and a small one calls the other lazy. So *what* is said is
written by hand in `grey.toml` and chosen by code: the kindest reading of the other, another one, what nobody here knows,
what would have to be believed for each. One of them a turn, and she asks before she goes on. Where somebody was hurt,
nothing is turned around.

`hear` only understands; the place moves in `settle`, once it was really said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from becoming.care.farewell import leaves
from becoming.conversation import files
from becoming.conversation.echo import turned
from becoming.conversation.fluent import capital
from becoming.conversation.manner import pronoun, spoken

LATELY = 8
"""So many of the person's lines are looked at for what it is about, and whether somebody was hurt."""
DOUBT = "doubt"
HEAVY = 3
"""So much more a cue counts that says what they are to each other."""
LONGEST = 9
"""Words of the other's deed that are said back."""

_FORMS = {"he": ("him", "his"), "she": ("her", "her"), "they": ("them", "their")}
_OTHER = r"(?:he|she|they|(?:my|our) (?:[\w-]+ )?[\w-]+)"
_LOADED = re.compile(
    r"\b(?:betray|ruin|destroy|humiliat|abus|attack|want|need|looked|seem|used)\w*", re.IGNORECASE
)
_DEED = re.compile(
    rf"\b{_OTHER} ((?:\w+ed|called|said|told|gave|sold|took|threw|put|left|forgot|made|went|hung|kept|lied|hid|paid|got|read)\b [^,.;!?]+)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s(?:and|but|because|so|that|as|when|while|like|if|which)\s.*", re.IGNORECASE)


Opens = Literal["", "own", "echo"]


@dataclass(frozen=True, slots=True)
class Open:
    """What is being turned around: its lines, and how many of them were said; `last` is what she said last of it,
    `sure` whether they said that nobody is hurt."""

    kind: str
    lines: tuple[str, ...]
    they: str
    at: int = 0
    last: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """What she says next, what is open after it, and what belongs before it: a beginning of her own, or their words back."""

    line: str
    why: str
    after: Open | None
    opens: Opens = ""


class Grey:
    """The small state of it. `harmed` says whether words may tell of somebody who is done harm; it errs, so she asks."""

    def __init__(self, harmed: Callable[[str], bool]) -> None:
        self._harmed = harmed
        self.open: Open | None = None

    def hear(self, text: str, heard: Sequence[str], before: str, verdict: bool) -> Turned | None:
        """What is to be said, or None. `heard` are the person's lines before, `before` is her last, `verdict` says
        whether they want to be told who is right."""
        line, it = text.lower().replace("’", "'").strip(), self.open
        no_harm = it is not None and it.sure
        if it and it.kind == DOUBT and before.endswith(it.last):
            if not _asks("quarrel").search(line):
                return None
            no_harm, verdict = True, True
        side = verdict or bool(_asks("side").search(line))
        decision = _asks("decision").search(line)
        if (
            it
            and it.kind != DOUBT
            and it.last
            and before.endswith(it.last)
            and not decision
            and not leaves(line)
        ):
            answers = it.kind == "decision" and not line.endswith("?")
            if _asks("stop").search(line) or (not (answers or verdict) and _asks("no").search(line)):
                return Turned(_says("left"), "leaves it open", None)
            if side or answers or (it.at < len(it.lines) and _asks("more").search(line)):
                return self._on(it, "echo" if answers else "")
        if not (side or decision):
            return None
        lately = [*heard[-LATELY:], text]
        if any(_asks("hurt").search(each.lower()) for each in lately):
            return Turned(_says("hurt"), "somebody was hurt", None)
        if not no_harm and any(map(self._harmed, lately)):
            they = pronoun(lately) or "they"
            return Turned(_fill(spoken(_says("doubt"), they), they), "may be hurt", Open(DOUBT, (), they))
        if decision:
            return self._on(_decision(decision, lately))
        if it and it.kind == "quarrel":
            return self._on(it)
        if it and it.kind == DOUBT and no_harm:  # this very line was only the answer to that
            lately = lately[:-1]
        told = lately if verdict else lately[:-1]
        if not pronoun(lately[:-1]) and not _matter("quarrel", told)["cues"]:
            return Turned(_says("of_what"), "has not said what about", None)
        return self._on(replace(_quarrel(told, pronoun(lately) or "they"), sure=no_harm), "own")

    def settle(self, it: Turned | None, spoken: str) -> None:
        """`it` was the turn, None if another was taken; `spoken` is what was heard."""
        if it and it.line.split(". ")[-1].rstrip("?!.") in spoken:
            self.open = it.after and replace(it.after, last=it.line.split(". ")[-1])

    @staticmethod
    def _on(it: Open, opens: Opens = "") -> Turned | None:
        """The next line of it; a quarrel that was turned around goes back to whoever was there."""
        if it.at < len(it.lines):
            why = "one side of a quarrel" if it.kind == "quarrel" else "a decision"
            return Turned(it.lines[it.at], why, replace(it, at=it.at + 1), opens)
        if it.kind == "quarrel":
            return Turned(_fill(_says("asked_again"), it.they), "no verdict", it)
        return None


def _quarrel(lately: Sequence[str], they: str) -> Open:
    matter = _matter("quarrel", lately)
    done = next((deed for each in reversed(lately) if (deed := _deed(each))), "")
    parts = {**matter, "when": _says("when").format(done=done) if done else ""}
    lines = (each.format_map(_Parts(parts)) for each in _table()["says"]["quarrel"])
    return Open("quarrel", tuple(_fill(each, they) for each in lines), they)


def _decision(asked: re.Match[str], lately: Sequence[str]) -> Open:
    matter = _matter("decision", [asked.group()])
    if not matter["cues"]:
        matter = _matter("decision", lately)
    one, two = turned(asked["one"].strip(" ,")), turned((asked["two"] or _says("two")).strip(" ,"))
    stays = re.match(rf"(?:{_says('stays')})\b", one)
    beliefs = (matter["stay"], matter["go"]) if stays else (matter["go"], matter["stay"])
    parts = {**matter, "one": one, "two": two, "if_one": beliefs[0], "if_two": beliefs[1]}
    they = pronoun(lately) or "they"
    lines = (each.format_map(_Parts(parts)) for each in _table()["says"]["decision"])
    return Open("decision", tuple(_fill(each, they) for each in lines), they)


def _deed(line: str) -> str:
    """What the other did, as it was told, from her side: "called you controlling"."""
    found = None if line.rstrip().endswith("?") else _DEED.search(line)
    done = _CUT.sub("", found[1]).strip() if found else ""
    return turned(done) if 1 < len(done.split()) <= LONGEST and not _LOADED.match(done) else ""


def _matter(kind: str, lines: Sequence[str]) -> dict[str, Any]:
    """What it is about; the last of the table where no cue is found."""
    told = (
        "\n".join(sentence for each in lines for sentence in re.split(r"(?<=[.?!]) ", each))
        .lower()
        .replace("’", "'")
    )
    *matters, plain = _table()[kind]
    if kind == "quarrel" and any(_asks("angry").search(each.lower()) for each in lines):
        return dict(matters[0])
    found = [
        len(re.findall(rf"(?<!\w)(?:{each['cues']})\b", told)) * (HEAVY if "heavy" in each else 1)
        for each in matters
    ]
    best: dict[str, Any] = matters[found.index(max(found))] if max(found) else plain
    return best


def _fill(line: str, they: str) -> str:
    them, their = _FORMS[they]
    return capital(line.format(they=they, They=capital(they), them=them, their=their))


class _Parts(dict[str, str]):
    """What is not among the parts stays to be filled in."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _says(name: str) -> str:
    return str(_table()["says"][name])


def _table() -> dict[str, Any]:
    return files.table("grey.toml")


@cache
def _asks(name: str) -> re.Pattern[str]:
    return re.compile(_table()["asks"][name])
