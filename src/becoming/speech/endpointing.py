"""Is the person done? Three witnesses: the words, the melody and the silence.

The melody is judged by smart-turn v3.2 (Daily, BSD-2; a Whisper-tiny encoder with a classifier on
the last 8 s of audio). The words are judged by how English sentences break off: nobody ends a turn
on "and", "because my" or "um". Either alone errs; how much silence is waited for depends on both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from numpy.lib.stride_tricks import sliding_window_view

from becoming.speech.audio import EAR_RATE, Samples

_WINDOW = 8 * EAR_RATE


# ── the words ───────────────────────────────────────────────────────────────────────────────

# Nobody ends a turn on these,
_HANGING = frozenset(
    """a an the and or but because cause if my your his her our their its um uh er hmm erm i'm you're we're
    they're he's she's it's that's there's i've i'd i'll very just really quite gonna whose although i he
    she we they every of than from into until unless is are was were am be been being would could should will
    can do does did have has had wanted""".split()
)
# and few on these: the melody of the voice decides.
_LOOSE = frozenset(
    """so to for with without at by in on about like as that which who this these those maybe also even not
    don't didn't can't won't couldn't wasn't isn't aren't going want some any another kind sort between after
    before since where why how while when""".split()
)
# Short answers that end on such a word and are whole all the same.
_WHOLE = re.compile(
    r"\b(?:(?:i|you|we|they) (?:do|did|have|can|can't|don't|didn't|will|won't|couldn't|wouldn't|should)|"
    r"(?:yes|no|yeah|oh) \w+ \w+|(?:it|that|he|she) (?:is|was|does|did|isn't|wasn't)|i'm not|i am|so am i|"
    r"i (?:have|want) to|i was|i wasn't|"
    r"(?:what|who|which) (?:\w+ ){1,5}(?:about|for|with|at|to|like)|"
    r"(?:love|loved|loves|miss|missed|call|called|tell|told|see|saw|ask|asked|know|knew|met|hate|like|leave|left|help) her|"
    r"not really|used to|what for|like (?:this|that)|just this|not this|(?:come|go|move) (?:in|on)|so)$"
)
_OPENERS = re.compile(
    r"^(?:(?:and|but|so|well|um|uh|yeah|no|oh)[ ,]+)*(?:because|when|if|although|while|after|before|since|"
    r"as soon as|every time|whenever)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:oh |and |yeah |no )*(?:hello|hi|hey|okay|oh|listen|look|right|good (?:morning|evening|afternoon)|"
    r"hey there|hi there|sorry|yes|yeah|no)"
)
_HESITATING = re.compile(
    r"(?:oh |okay |and |but |yeah |no |yes )*(?:well|so|maybe|perhaps|actually|anyway|i mean|you know|i guess|i think|"
    r"i don't know|like|let me think|let me see|it's just|the thing is|i was thinking)"
)
_FILLERS = frozenset("um uh er erm hmm".split())
_WORD = re.compile(r"[a-z']+")
_SHORT_ENDING = 6


def completeness(text: str) -> float:
    """How finished the words are: 0 nobody ends there, 0.2 few do, 1 nothing is missing. Microseconds."""
    text = text.strip()
    sentence = re.split(r"[.!?]\s+", text)[-1]
    words = _WORD.findall(sentence.lower().replace("’", "'"))
    if not words:
        return 0.0
    while len(words) > 1 and words[0] in _FILLERS:
        words = words[1:]
    line = " ".join(words)
    if text.endswith("?"):
        return 0.3 if words[-1] in {"um", "uh", "and", "or", "because"} else 1.0
    if words[-1] in _HANGING | _LOOSE and not _WHOLE.search(line) and not _HESITATING.fullmatch(line):
        return 0.0 if words[-1] in _HANGING or text.endswith(",") else 0.2
    if text.endswith(("...", "…", "—", "-")):
        return 0.1
    if _OPENERS.match(sentence) and "," not in sentence[:-1]:
        if sentence.endswith(","):
            return 0.1  # "if I read you a poem,"
        if len(words) < _SHORT_ENDING:
            return 0.2  # "because my mother" — the main clause is still to come
    if _HESITATING.fullmatch(line):
        return 0.3  # somebody who looks for the beginning
    if _OPENING.fullmatch(line) and not text.endswith((".", "!")):
        return 0.5  # "hello" is a whole turn, and the beginning of many
    if words[-2:] in (["i", "mean"], ["you", "know"], ["i", "guess"], ["i", "think"]):
        return 0.4
    # A small recogniser writes a comma wherever it hears no long silence, so it says little.
    return 1.0 if text.endswith((".", "!")) else 0.8


# ── the melody ──────────────────────────────────────────────────────────────────────────────


def _mel_filters() -> npt.NDArray[np.float64]:
    """Slaney mel filters, shape (80, 201), for 400-sample windows at 16 kHz (Slaney 1998)."""
    step = np.log(6.4) / 27.0

    def to_mel(hz: float) -> float:
        return 3.0 * hz / 200.0 if hz < 1000.0 else 15.0 + float(np.log(hz / 1000.0)) / step

    mels = np.linspace(0.0, to_mel(EAR_RATE / 2), 82)
    hz = np.where(mels < 15.0, 200.0 * mels / 3.0, 1000.0 * np.exp(step * (mels - 15.0)))
    slopes = hz[:, None] - np.linspace(0, EAR_RATE // 2, 201)[None]
    width = np.diff(hz)
    rising, falling = -slopes[:-2] / width[:-1, None], slopes[2:] / width[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (hz[2:] - hz[:-2]))[:, None])


_FILTERS = _mel_filters()
_HANN = np.hanning(401)[:-1]


def log_mel(samples: Samples) -> npt.NDArray[np.float32]:
    """Whisper's log-mel features of exactly 8 s, shape (80, 800) (Radford et al. 2022)."""
    x = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
    padded = np.pad(x.astype(np.float64), (200, 200), mode="reflect")
    power = np.abs(np.fft.rfft(sliding_window_view(padded, 400)[::160] * _HANN, axis=-1)) ** 2
    log = np.log10(np.maximum(1e-10, _FILTERS @ power.T))[:, :-1]
    log = np.maximum(log, log.max() - 8.0)
    return np.asarray((log + 4.0) / 4.0, dtype=np.float32)


class SmartTurn:
    """Probability, from the sound alone, that the turn is over: 70 ms a call on one core here."""

    def __init__(self, path: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def __call__(self, samples: Samples) -> float:
        """Blocking. `samples` at EAR_RATE, any length; the last 8 s count."""
        tail = samples[-_WINDOW:]
        tail = np.pad(tail, (_WINDOW - len(tail), 0))
        out = self._session.run(None, {"input_features": log_mel(tail)[None]})
        return float(np.asarray(out[0]).reshape(-1)[0])


# ── the silence ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Verdict:
    """How long to wait in all (ms of silence) before the turn is hers, and why."""

    wait_ms: float
    why: str


def verdict(text: str, melody: float | None) -> Verdict:
    """Weigh the witnesses. `melody` is smart-turn's probability, None while it is not known yet.

    People leave about 200 ms between turns (Stivers et al. 2009, PNAS) but pause for over a second
    inside a thought; a wrong early answer costs more than a late one. Statements wait 0.4 s and commas
    0.56 s since, with 0.31 and 0.38, 7 of 42 recorded utterances were ended at a breath inside them, now 2.
    """
    words = completeness(text)
    if not text.strip():
        return Verdict(900.0, "no words")
    if words >= 0.8:
        asked = text.rstrip().endswith("?")
        if melody is None:
            return Verdict(420.0, "complete words")
        if text.rstrip().endswith(","):
            return Verdict(560.0 if melody >= 0.5 else 900.0, "complete words, a comma")
        if melody >= 0.5:
            return Verdict(260.0 if asked else 400.0, "a question" if asked else "complete words and melody")
        return Verdict(340.0 if asked else 560.0, "complete words, open melody")
    if words >= 0.5:
        return Verdict(480.0, "a word to begin with")
    if words >= 0.4:
        return Verdict(900.0 if (melody or 0) >= 0.5 else 1500.0, "half a sentence")
    if words >= 0.3:
        return Verdict(1500.0, "looks for the beginning")
    if words >= 0.2 and (melody or 0) >= 0.5:
        return Verdict(900.0, "may break off")
    return Verdict(2400.0, "breaks off")
