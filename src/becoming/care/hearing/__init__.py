"""The crisis hearing: whether somebody is in danger, heard from this line and those before it.

`Hearing(embed).hear(utterance, earlier)` returns a `Danger`. What one line says is heard in two stages. A filter of
wide tables (`tables.toml`) decides which sentences of a long utterance are looked at singly; a trained head over a
sentence's embedding and readable features (`head.py`) weighs those and the whole. The embedding is that of recall with its
layers trained for this (`UPPER`): what is meant, and not only what it is about. Plain statements ("I want to
kill myself") have rules, which only ever raise the tier. Then the turns before are counted in: signs that mean nothing
alone add up (`building.py`), and nothing before can lower what this line says, however warm it was.

Tiers follow the levels of the Columbia scale (C-SSRS, Posner et al. 2011): ask = a passive wish, something left open, or
long over; concern = thoughts of killing oneself, hurting oneself, being hurt; emergency = intent, plan, means, or now.
No promise to detect: see `docs/models/hearing.md`.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Sequence

from becoming.care.hearing.building import WINDOW, Heard, built_up
from becoming.care.hearing.head import UPPER, Embed, Head, spoken_form
from becoming.care.hearing.plainly import stated
from becoming.care.hearing.tables import net, of_somebody
from becoming.care.hearing.words import parts, plain
from becoming.events import Danger

__all__ = ["UPPER", "Hearing"]

_LATIN = re.compile("[a-z]")

MOST_PARTS = 12
"""Sentences of one utterance that are heard singly; of more, the last."""

LONGEST_WHOLE = 60
"""Words up to which an utterance is heard as a whole, too."""

KEPT = 256
"""Lines whose hearing is kept, so that those before need not be heard again. No words are kept, only a digest."""


def pieces(line: str) -> list[str]:
    """What of a plain line is heard by itself: the whole of it, and its telling sentences."""
    singly = [piece for piece in parts(line) if piece != line and net(piece)]
    # The meaning of a long story is a mean of everything in it: its telling sentences speak for it.
    whole = len(line.split()) <= LONGEST_WHOLE and (net(line) or of_somebody(line))
    return [*([line] if whole else []), *singly[-MOST_PARTS:]]


class Hearing:
    """Hears danger. Any thread may call it."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._head = Head(embed)
        self._kept: OrderedDict[bytes, Heard] = OrderedDict()
        self._lock = threading.Lock()

    def hear(self, utterance: str, earlier: Sequence[str]) -> Danger:
        """What `utterance` says of danger after the person's lines before it, oldest first."""
        return built_up(self._line(utterance), [self._line(line) for line in earlier[-WINDOW:]])

    def _line(self, text: str) -> Heard:
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return self._kept[digest]
        heard = self._listen(plain(text))
        with self._lock:
            self._kept[digest] = heard
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return heard

    def _listen(self, line: str) -> Heard:
        if not _LATIN.search(line):
            return Heard()  # the head knows English; of other scripts it would only guess
        heard = pieces(line)
        vectors = self._embed([spoken_form(piece) for piece in heard])
        weighed = [self._head(vector, piece) for vector, piece in zip(vectors, heard, strict=True)]
        return max([stated(line), *weighed], key=lambda heard: heard.rank)
