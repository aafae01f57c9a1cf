"""What the person says of themselves, now: the rest of a text is not their feeling.

"I'm not sad" holds the word, "she was furious" and "I used to be afraid of dogs" hold another's feeling and an
old one. Such clauses are taken out before a text is read, so that neither its words nor its meaning
carry them. Patterns, not a parser: what they miss is read as the person's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GLAD = (
    "happy|glad|excited|thrilled|pleased|proud|relieved|delighted|joyful|cheerful|hopeful|grateful|thankful|"
    "content|overjoyed|ecstatic|in love|in a good mood|having fun|looking forward"
)
LOW = (
    "sad|unhappy|depressed|miserable|down|upset|hurt|heartbroken|devastated|lonely|ashamed|guilty|embarrassed|"
    "sorry|disappointed|angry|mad|furious|annoyed|irritated|livid|pissed(?: off)?|resentful|bitter|jealous|disgusted|"
    "afraid|scared|terrified|frightened|anxious|nervous|worried|stressed(?: out)?|panicking|overwhelmed|crying|sulking|"
    "in a (?:bad|foul) mood"
)
GLAD_IF_DENIED = f"{GLAD}|good|great|well|okay|ok|fine|alright|all right"
LOW_IF_DENIED = f"{LOW}|bad|tired"
_FEELS = rf"(?:{GLAD}|{LOW})"
_DEGREE = (
    r"(?:(?:so|very|really|pretty|quite|just|that|too|all|always|still|also|extremely|incredibly|super|a (?:bit|"
    r"little)|kind of|sort of|even|at all|exactly|particularly|feeling|being|getting|clearly|obviously|absolutely) )*"
)
_IS = (
    r"(?:'s|'re| is| are| was| were| has been| have been| seems?| seemed| looks?| looked| feels?| felt| got| gets|"
    r" sounds?| sounded)"
)
_THEY = r"(?:he|she|they|everyone|everybody|you|people|(?:my|our|his|her|their|the) (?:\w+ ){0,2}?\w+|[A-Z][a-z]+)"

_NOT = re.compile(
    r"(?:\bnot|n't|\bnever|\bno longer|\bhardly) (?:feel |felt |be |been )?"
    rf"{_DEGREE}(?P<what>{GLAD_IF_DENIED}|{LOW_IF_DENIED})\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    rf"(?:^|\b(?:that|because|and|but|when|while|how|why|if|so) |[\"'] ?){_THEY}{_IS} {_DEGREE}{_FEELS}\b"
)
_ASKED = re.compile(
    rf"\b(?:are|were|was|is|do|did|does) (?:you|he|she|they|\w+) (?:ever |often |still )?(?:feel |get |be )?{_DEGREE}{_FEELS}\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\bused to (?:be|feel|get|hate|love|cry|worry|panic|dread)\b|"
    r"\b(?:back then|in those days|years ago|as a (?:kid|child|boy|girl|teenager)|when i was (?:a (?:kid|child|boy|girl|student|teenager)|little|young|small|"
    r"\w+teen|six|seven|eight|nine|ten|at school))\b(?=.*\bi (?:was|felt|got|hated|loved)\b)|"
    r"\bi (?:was|felt|got|hated|loved)\b(?=.*\b(?:back then|in those days|years ago|as a (?:kid|child|boy|girl|teenager)|"
    r"when i was (?:a (?:kid|child|boy|girl|student|teenager)|little|young|small|\w+teen|six|seven|eight|nine|ten))\b)",
    re.IGNORECASE,
)
_IF = re.compile(rf"\b(?:i|you|he|she|they)(?:'d| would) (?:be|feel|get) {_DEGREE}{_FEELS}\b", re.IGNORECASE)
_ME = re.compile(r"\b(?:me|us|i|i'm|i've|i'll)\b", re.IGNORECASE)
_BELONGS = re.compile(r"(?:when|because|while)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_CLAUSE = re.compile(r"(?<=[,;:])\s+|\s+(?=(?:but|and|because|though|although|while|when)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Own:
    """`text` is what is left of the words, `denied` what was said not to be felt: -1 for something low, 1 for glad."""

    text: str
    denied: int = 0


def own(text: str) -> Own:
    """The person's own and present part of `text`; all of it, untouched, where nothing says otherwise."""
    kept, left_out, denied = list[str](), False, 0
    for sentence in _SENTENCE.split(text.replace("’", "'").strip()):
        if _ONCE.search(sentence):
            left_out = True
            continue
        gone = False
        for clause in _CLAUSE.split(sentence):
            if found := _NOT.search(clause):
                denied = 1 if re.fullmatch(GLAD_IF_DENIED, found["what"], re.IGNORECASE) else -1
            gone = bool(found) or _of_others(clause) or (gone and bool(_BELONGS.match(clause)))
            left_out |= gone
            kept += [] if gone else [clause]
    return Own(" ".join(kept) if left_out else text, denied)


def _of_others(clause: str) -> bool:
    if _IF.search(clause) or _ASKED.search(clause):
        return True
    theirs = _THEIRS.search(clause[:1].lower() + clause[1:]) or _THEIRS.search(clause)
    return bool(theirs) and not _ME.search(clause)
