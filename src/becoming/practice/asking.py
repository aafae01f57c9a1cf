"""What is asked of a rehearsal: to begin one, with whom and about what, and everything that steers it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from becoming.conversation.echo import turned
from becoming.memory.people import GENDER, KIN
from becoming.practice.scenes import Scene, table

ASKED = {key: re.compile(said, re.IGNORECASE) for key, said in table("asked.toml").items()}
_COMMANDS = (
    "stop", "over", "again", "harsher", "kinder", "swap", "back", "coach", "keep", "no", "yes", "unplanned", "list", "progress",
)  # fmt: skip
_LED, _ENDS = ASKED["led"].pattern, ASKED["ends"].pattern
_WHOLE = {
    key: re.compile(f"{'' if key in ('yes', 'no', 'unplanned') else _LED}(?:{ASKED[key].pattern}){_ENDS}")
    for key in _COMMANDS
}
_MEN = frozenset("he him his man guy boss".split())
_SAID_OF = re.compile(r"\b(he|him|his|she|her|they|them)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to practise: `goal` as they said it, with whom, and what is known of them after a yes."""

    goal: str
    who: str = ""
    name: str = ""
    kin: str = ""
    they: Literal["he", "she", "they"] = "they"
    how: str = ""
    knows: tuple[str, ...] = ()
    ready: Scene | None = None
    harmful: bool = False
    free: Scene | None = None

    @property
    def them(self) -> str:
        """ "him", "her" or "them"."""
        return {"he": "him", "she": "her", "they": "them"}[self.they]

    def scene(self, how: str) -> Scene:
        """A scene of their own, where they said `how` the other one is."""
        assert self.free is not None
        called = next((it.rpartition(" called ")[2] for it in self.knows if " is called " in it), "")
        calls = turned(self.who) if not self.name else f"your {self.kin}" if self.kin else ""
        name = self.name or called or calls.rpartition(" ")[2].capitalize()
        of = (
            f"{name} is {{you}}'s {self.kin or calls.removeprefix('your ').removeprefix('a ')}."
            if calls
            else ""
        )
        known = " ".join(f"{it}." for it in self.knows).replace("your ", "{you}'s ")
        goal = (
            _seen(re.sub(rf"\b{re.escape(self.who)}\b", name, self.goal) if self.who else self.goal)
            or "a hard talk"
        )
        about = (
            f"{of} {known} {{you}} has come for this: {goal}. {name} wants it otherwise, is hurt by it, and does not make it "
            f'easy for {{you}}. {{you}} says of {name}: "{how}"'
        )
        voice: Literal["female", "male"] = "female" if self.they == "she" else "male"
        title = self.goal or f"talking with {name}"
        new = {
            "title": title,
            "name": name,
            "calls": calls or name,
            "voice": voice,
            "about": " ".join(about.split()),
        }
        return replace(self.free, key="own", **new)  # type: ignore[arg-type]


def _seen(goal: str) -> str:
    """What somebody means to say, told by somebody else: "that I'm not coming" is "that {you} is not coming"."""
    for mine, theirs in (
        ("I'm|I am", "{you} is"),
        ("I've|I have", "{you} has"),
        ("I'll", "{you} will"),
        ("I", "{you}"),
        ("my", "{you}'s"),
        ("me", "{you}"),
    ):
        goal = re.sub(rf"\b(?:{mine})\b", theirs, goal)
    return goal


def bare(text: str) -> str:
    """In lower case, without punctuation."""
    return " ".join(re.sub(r"[^\w' -]", " ", text.lower().replace("’", "'")).split())


def commands(text: str) -> set[str]:
    """What of the things that steer a rehearsal the whole of these words may mean."""
    said = bare(text)
    return {key for key, pattern in _WHOLE.items() if pattern.fullmatch(said)}


def asked_for(text: str, ready: Mapping[str, Scene], *, always: bool = False) -> Asked | None:
    """What these words ask to practise; None where they ask for nothing of the kind. `always`: it is being asked for."""
    said = text.strip().rstrip(".?!").replace("’", "'")
    found = ASKED["open"].search(said)
    if not found or not (always or ASKED["asks"].search(said)):
        return None
    what = re.sub(r"^[ ,:]*(?:how (?:to|i(?:'d| would| could| can|'ll| will)?) )?", "", found["what"]).strip()
    vague = not what or re.fullmatch(
        r"(?:something|a|an|one|some|with you|hard|difficult|talk|talks|conversations?|together|\s)+", what
    )
    scene = next((each for each in ready.values() if each.asked.search(what.lower())), None)
    if ASKED["harm"].search(what):
        return replace(_whom(what), goal=what, harmful=True)
    if not (always or vague or scene or ASKED["talk"].search(what)):
        return None  # the piano
    asked = replace(_whom(what, plain=always), goal="" if vague else what, free=ready["free"])
    somebody = asked.who.lower().startswith(("a ", "an ", "the ")) and not asked.name
    fitting = scene and (not asked.who or (somebody and scene.calls.endswith(asked.who.rpartition(" ")[2])))
    return replace(asked, ready=scene) if fitting else asked


def _whom(what: str, plain: bool = False) -> Asked:
    """Who is spoken of: "my brother Emil", "Anna", "the landlord"; with `plain` they need only be named."""
    named = re.finditer(r"\b(?P<who>(?i:my|our|the) [a-z-]+|[A-Z]\w+)\b", what) if plain else ()
    found = next((it for it in (*ASKED["who"].finditer(what), *named) if _is_somebody(it["who"])), None)
    who = found["who"] if found else ""
    last, lone = who.rpartition(" ")[2].lower(), " " not in who
    kin = KIN.get(last, "" if lone else last)
    after = re.match(r" ([A-Z]\w+)", what[found.end("who") :]) if found else None
    name = who if lone and last not in KIN else after[1] if after else ""
    said = GENDER.get(kin) or next((each.lower() for each in _SAID_OF.findall(what)), "they")
    they: Literal["he", "she", "they"] = "he" if said in _MEN else "she" if said in ("she", "her") else "they"
    return Asked(what, who=f"my {last}" if lone and last in KIN else who, name=name, kin=kin, they=they)


def _is_somebody(who: str) -> bool:
    """Whether it may be somebody: a kinship, a name with its capital, "the landlord"; not "a talk", "it", "how"."""
    last = who.rpartition(" ")[2].lower()
    if re.fullmatch(ASKED["nobody"].pattern, last):
        return False
    return " " in who or last in KIN or who[:1].isupper()
