"""What is this sound over her voice? A cough, a nod, her own echo, or somebody who wants the floor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

import numpy as np

from becoming.speech.audio import EAR_RATE, VOICE_RATE, Samples, envelope

Kind = Literal["words", "nod", "echo", "noise", "unclear"]

_WORD = re.compile(r"[a-z']+")
_NODS = frozenset(
    """mm mmm mhm hm hmm hmmm mmhmm mm-hmm uh huh uhhuh yeah yes yep yup right okay ok sure oh ah aha wow
    aw nice i see really true exactly totally cool good great same no way m h you the a hum em""".split()
)
_FLOOR = frozenset(
    """stop wait hold pause no shush quiet enough sorry hey listen actually but what hang""".split()
)
_NOT_ALONE = frozenset("""no i see way good great same you the a right but what""".split())
_LONGER_THAN_A_NOD_MS = 600
_HOP_MS = 10
_LONGEST_DELAY_MS = 900


def words_of(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return _WORD.findall(text.lower().replace("’", "'").replace("-", " "))


def is_nod(text: str) -> bool:
    """Whether these words only say "I am listening": they never take the floor."""
    words = words_of(text)
    return bool(words) and len(words) <= 4 and all(w in _NODS for w in words)


def is_echo(text: str, hers: str) -> bool:
    """Whether these words are (mostly) runs of words that she has just been saying."""
    words, own = words_of(text), words_of(hers)
    if len(words) < 2:
        return bool(words) and words[0] in own and words[0] not in _NODS | _FLOOR
    blocks = SequenceMatcher(None, own, words, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks if b.size >= 2) >= 0.6 * len(words)


def echo_likeness(mic: Samples, voice: Samples) -> float:
    """How much the microphone's loudness follows her own, -1..1, at the best delay.

    `mic` at EAR_RATE is the last stretch heard; `voice` at VOICE_RATE is what was sent and ends
    now. Loudness contours survive rooms and cheap loudspeakers where samples do not.
    """
    a = np.log(envelope(mic, EAR_RATE * _HOP_MS // 1000) + 1e-4)
    b = np.log(envelope(voice, VOICE_RATE * _HOP_MS // 1000) + 1e-4)
    if len(a) < 20 or len(b) < len(a):
        return 0.0
    a = (a - a.mean()) / (a.std() + 1e-6)
    best = -1.0
    for lag in range(0, min(_LONGEST_DELAY_MS // _HOP_MS, len(b) - len(a)) + 1):
        piece = b[len(b) - len(a) - lag : len(b) - lag]
        best = max(best, float(np.mean(a * (piece - piece.mean()) / (piece.std() + 1e-6))))
    return best


def judge(
    text: str, *, hers: str, voiced_ms: float, ended: bool, likeness: float, names: Sequence[str] = ()
) -> Kind:
    """Decide from what is known so far; "unclear" asks for more sound.

    `text` is the transcript of the overlap, `hers` what she said lately, `voiced_ms` how long there
    was voice, `ended` whether it has stopped, `likeness` from `echo_likeness`, `names` words that
    always take the floor (her own name).
    """
    words = words_of(text)
    if words and is_echo(text, hers):
        return "echo" if ended or len(words) >= 2 or likeness > 0.5 else "unclear"
    if likeness > 0.75:
        return "echo" if ended or (likeness > 0.85 and voiced_ms >= 400) else "unclear"
    if any(w in _FLOOR for w in words[:3]) and (len(words) > 1 or words[0] not in _NOT_ALONE):
        return "words"
    if any(w in {n.lower() for n in names} for w in words):
        return "words"
    fresh = [w for w in words if w not in _NODS and len(w) > 1]
    long_enough = _LONGER_THAN_A_NOD_MS * (1.25 if len(fresh) == 2 else 0.85)
    if len(fresh) >= 2 and voiced_ms >= long_enough and likeness < 0.6:
        return "words"
    if not ended:
        return "unclear"
    if not words or voiced_ms < 150:
        return "noise"
    if is_nod(text) or (voiced_ms < _LONGER_THAN_A_NOD_MS and 2 * len(fresh) <= len(words)):
        return "nod"
    # A short word over her voice is more often a hum misheard than a wish for the floor, and who
    # wants the floor goes on speaking.
    return "words" if voiced_ms >= 1.5 * _LONGER_THAN_A_NOD_MS and likeness < 0.6 else "nod"
