"""A fact under pressure: she looks again without the pressure, and says what she finds.

Told that it is wrong, a language model gives way (sycophancy; Sharma et al. 2023, arXiv 2310.13548), because the
pressure stands in its prompt. So the question is put to it once more, alone: no talk before it, no other
answer in sight, no chance in the sampling. If what comes is what the person says, they were right and are told
so; if it is what she said before, she stays with it, politely; if it is neither, she does not know.
What somebody says of their own life is not a fact to be held against them: that is the stance *corrected*.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from becoming.care.known import SMALL_NUMBERS, content
from becoming.conversation import files
from becoming.language import Message

ALONE = 1
"""The server's slot for it: the talk's own keeps what it has read."""

TOKENS = 16
SHORT = 4
"""An answer of so many words is said again as it was."""

_SYSTEM = "You answer questions about the world in a few words, correctly."
_STEADY = (
    "It still comes out as {fact}. I could be wrong, but I can't agree yet.",
    "As far as I know it's {fact}, even so.",
    "I keep getting {fact}. You can look it up, I can't.",
)
_ASKED = ("As sure as I can be: {fact}.", "I thought again, and it's still {fact}.")
_GIVEN = ("You're right, I had it wrong.", "True, it's {claim}. My mistake.")
_SAME = ("Yes, {claim}. That's what I have, too.",)
_LOST = ("Now I get something else again, so I don't know. Better looked up than taken from me.",)

_SAYS = files.patterns("holding.toml")
_LONGEST = 8  # words in which a fact is denied

_DIGITS = dict(enumerate(SMALL_NUMBERS))
_COMMON = frozenset((*SMALL_NUMBERS, *"the a an about it's yes no around carbon".split()))


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question about the world, her answer to it (empty: none yet), and what the person says instead."""

    question: str
    answer: str
    claim: str

    @property
    def messages(self) -> list[Message]:
        """The question alone."""
        return [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": self.question}]


def disputed(text: str, question: str, answer: str) -> Dispute | None:
    """The dispute that `text` opens about her `answer` to a `question` about the world; None if it opens none."""
    line = text.lower().replace("’", "'").strip()
    denied = _SAYS["denies"].match(line)
    denies = denied and len(denied["rest"].split()) <= _LONGEST and not _SAYS["beside"].search(denied["rest"])
    if not denies and not _SAYS["disputes"].search(line):
        return None
    rest = _SAYS["led"].sub("", text.replace("’", "'").strip()).strip(" .!?")
    claim = "" if _SAYS["sure"].search(line) else rest
    claim = re.split(r",? (?:not|and not|instead of)\b|[,;.!] ", claim)[0]
    return Dispute(question, answer, claim if set(content(claim)) - set(content(question)) else "")


def supposed(text: str) -> Dispute | None:
    """ "Sydney is the capital of Australia, right?" as a question with a claim; None for anything else."""
    found = _SAYS["tagged"].match(text.replace("’", "'").strip())
    if not found:
        return None
    one, other = found["one"], found["other"]
    described, claim = (one, other) if _SAYS["described"].match(one) else (other, one)
    if not _SAYS["described"].match(described) or re.search(
        r"\b(?:my|your|our|his|her|i|you|we)\b", text, re.IGNORECASE
    ):
        return None
    asks = "Who" if _SAYS["who"].search(described) else "What"
    return Dispute(f"{asks} {found['verb'].lower()} {described[0].lower()}{described[1:]}?", "", claim)


def found(dispute: Dispute, fresh: str, said: Sequence[str], rng: random.Random) -> str:
    """What she says after looking again: `fresh` is the answer that came without the pressure, `said` her lines so far."""
    now, hers, theirs = _stems(fresh), _stems(dispute.answer), _stems(dispute.claim)
    before = re.split(r"(?<=[.!?])\s+", dispute.answer)[0]
    fact = _inside(before if 0 < len(before.split()) <= SHORT and hers & now else fresh)
    if theirs and theirs <= now:
        lines: Sequence[str] = _SAME if not hers or theirs <= hers else _GIVEN
    elif not now or (hers and not now & hers):
        lines = _LOST
    else:
        lines = _STEADY if theirs else _ASKED
    new = [each for each in lines if not any(each.split("{")[0] in line for line in said[-6:])]
    return rng.choice(new or lines).format(fact=fact, claim=dispute.claim)


def _stems(text: str) -> set[str]:
    """What a short answer is about, numbers as words."""
    line = re.sub(r"\b\d{1,2}\b", lambda digits: _DIGITS.get(int(digits.group()), digits.group()), text)
    return set(content(line)) or set(line.lower().strip(" .!").split())


def _inside(answer: str) -> str:
    """A short answer as a part of a sentence."""
    answer = answer.strip(" .!")
    common = answer.split(" ")[0].lower() in _COMMON
    return f"{answer[:1].lower()}{answer[1:]}" if common else answer
