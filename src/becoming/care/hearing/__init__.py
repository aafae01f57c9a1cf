"""The crisis hearing: whether somebody is in danger, heard from this line and those before it.

`Hearing(embed).hear(utterance, earlier)` returns a `Danger`. What one line says is heard in two stages. A filter of
wide tables (`tables.toml`) decides which sentences of a long utterance are looked at singly; a trained head over the
sentence embedding and readable features (`head.py`) weighs those and the whole. Plain statements ("I want to
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
from collections.abc import Callable, Sequence

from becoming.care.hearing.building import WINDOW, Heard, built_up
from becoming.care.hearing.head import Floats, Head, spoken_form
from becoming.care.hearing.plainly import stated
from becoming.care.hearing.tables import net, of_somebody
from becoming.care.hearing.words import parts, plain
from becoming.events import Danger

__all__ = ["Hearing"]

Embed = Callable[[Sequence[str]], Floats]
"""(n, 384), rows of unit length: the sentences' embedding that recall uses."""

_LATIN = re.compile("[a-z]")

MOST_PARTS = 12
"""Sentences of one utterance that are heard singly; of more, the last."""

LONGEST_WHOLE = 60
"""Words up to which an utterance is heard as a whole, too."""

KEPT = 256
"""Lines whose hearing is kept, so that those before need not be heard again. No words are kept, only a digest."""


class Hearing:
    """Hears danger. Any thread may call it."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._head = Head()
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
        singly = [piece for piece in parts(line) if piece != line and net(piece)]
        # The meaning of a long story is a mean of everything in it: its telling sentences speak for it.
        heard_whole = len(line.split()) <= LONGEST_WHOLE and (net(line) or of_somebody(line))
        pieces = [*([line] if heard_whole else []), *singly[-MOST_PARTS:]]
        if not pieces:
            return stated(line)
        vectors = self._embed([spoken_form(piece) for piece in pieces])
        weighed = [self._head(vector, piece) for vector, piece in zip(vectors, pieces, strict=True)]
        return max([stated(line), *weighed], key=lambda heard: heard.rank)
