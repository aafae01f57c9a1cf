"""How each stance speaks: read from `manners.toml`, with the grammars that hold the model to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from becoming.care.claims import HE, SHE, THEY
from becoming.care.known import STOP, words
from becoming.conversation.files import table
from becoming.conversation.kinds import Kind

Asks = Literal["often", "sometimes", "seldom", "never"]
PATIENCE: dict[Asks, int] = {"often": 2, "sometimes": 2, "seldom": 1, "never": 0}
LATELY = 6
"""So many of her last lines are looked at when questions are weighed against what she gave back."""


@dataclass(frozen=True, slots=True)
class Manner:
    """The make of a reply; see `manners.toml` for what each part means."""

    echo: bool
    openings: tuple[str, ...]
    leads: tuple[str, ...]
    questions: tuple[str, ...]
    asks: Asks
    last: tuple[str, ...]
    direct: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()

    def may_ask(self, said: Sequence[str], curious: float) -> bool:
        """Whether a question is fitting now, after the lines she has `said`; a curious being asks more."""
        in_a_row = next((at for at, line in enumerate(reversed(said)) if not line.endswith("?")), len(said))
        patience = PATIENCE[self.asks]
        if self.asks == "sometimes" and curious < INCURIOUS:
            patience = 1
        lately = said[-LATELY:]
        asked = sum(line.endswith("?") for line in lately)
        gave_back = sum(_gives_back(line) for line in lately)
        return bool(self.questions) and in_a_row < patience and asked <= gave_back + (curious >= CURIOUS)


INCURIOUS, CURIOUS = 0.35, 0.65


def _gives_back(line: str) -> bool:
    """Whether a line of hers says more than a sound before it asks, or does not ask."""
    told = [each for each in re.split(r"(?<=[.?!])\s+", line) if not each.endswith("?")]
    return any(set(words(each)) - STOP - _SOUNDS for each in told)


_SOUNDS = frozenset("mm mm-hm hm huh ha hi hey bye".split())


@cache
def manner(kind: Kind) -> Manner:
    """The manner of a stance."""
    parts = table("manners.toml")[kind]
    lists = {name: tuple(value) for name, value in parts.items() if isinstance(value, list)}
    return Manner(echo=parts["echo"], asks=parts["asks"], **lists)


def question(beginnings: Sequence[str], after: str) -> str:
    """GBNF: one question that begins in one of these ways and goes on in a few plain lower-case words."""
    starts = " | ".join(f'"{each}"' for each in beginnings)
    return f'root ::= {_gap(after)}({starts}) (" " [a-z\'-]+ ","?){{0,8}} "?"\n'


def spoken(beginning: str, they: str) -> str:
    """A beginning as it is said: of whom, and in the right form of the verb ("does they" is "do they")."""
    line = beginning.replace("{they}", they).replace("{them}", {"he": "him", "she": "her"}.get(they, "them"))
    for one, many in (("oes", "o"), ("as", "ave"), ("was", "were")):
        line = re.sub(rf"(?<=\b[dDhH]){one} they\b|\b{one} they\b", f"{many} they", line)
    return line


REST_OF_SENTENCE = "root ::= [ ,] [A-Za-z0-9 ,'-]{2,90} [.]\n"
"""GBNF: the end of a sentence that was begun."""

REST_OF_QUOTATION = 'root ::= [A-Za-z0-9 ,\'-]{8,100} [.?!] "\\""\n'
"""GBNF: the end of a sentence in quotation marks that was begun."""

REST_OF_RIDDLE = "root ::= [ ] [A-Za-z ,'-]{6,70} [?] [ ] [A-Z] [A-Za-z ,'-]{4,90} [.!]\n"
"""GBNF: the end of a question that was begun, and its answer."""

_PART = "[A-Za-z ,'-]{20,90} [.]"
STORY = f'root ::= [ ] {_PART} " " [A-Z] {_PART} " " [A-Z] {_PART}\n'
"""GBNF: the end of a sentence that was begun, and two more."""


def sentences(marks: str, after: str) -> str:
    """GBNF: one to three sentences in plain words that end with one of these marks."""
    within = '([A-Za-z0-9 ,\'"-] | "." [0-9])'  # "5.4 million" is no end of a sentence
    sentence = f'[A-Z"] {within}{{1,120}} [{marks}] "\\""?'
    return f'root ::= {_gap(after)}sentence (" " sentence){{0,2}}\nsentence ::= {sentence}\n'


def _gap(after: str) -> str:
    return '" " ' if after else ""


def pronoun(lines: Sequence[str]) -> str:
    """The "he", "she" or "they" the latest of these lines speak of; empty where nobody else is spoken of."""
    spoken = [word for line in lines for word in words(line)]
    last = next((word for word in reversed(spoken) if word in HE | SHE | THEY), "")
    return "he" if last in HE else "she" if last in SHE else "they" if last else ""
