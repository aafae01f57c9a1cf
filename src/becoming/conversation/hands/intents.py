"""What is asked of her hands, where no pattern knows the words: one linear layer over their meaning and the words.

Softmax regression over [vector of the sentence, hashed words, pairs of words and runs of letters], trained by `scripts/train_intents.py`
on lines written for it; the vector is the one by which danger is heard: its layers were trained for both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from becoming.care.hearing.head import softmax, spoken_form
from becoming.care.hearing.words import plain
from becoming.conversation import files
from becoming.conversation.hands.kept import as_said
from becoming.feelings.head import buckets
from becoming.memory.beliefs.dates import upcoming
from becoming.tools.browsing import meant
from becoming.tools.calendar.when import when

Floats = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

FILE = Path(__file__).with_name("intents.npz")
BUCKETS = 1 << 13
NONE, LEAST = "none", 0.15
"""What asks for nothing; and from this share of the rest on an intent may be the one that is meant."""
PLACES = ("", "mail", "done", "draft")
"""Where an intent may be meant: anywhere, after mails were told or read, where something can be undone, after one was read back."""
_TABLE = "hands/intents.toml"


def places(text: str) -> list[int]:
    """Where a text's words, pairs of words, and runs of three and four letters stand in the table."""
    letters = " ".join(["", *re.findall(r"[\w']+", text.lower()), ""])
    runs = {letters[at : at + length] for length in (3, 4) for at in range(len(letters) - length + 1)}
    return sorted({place % BUCKETS for place in (*buckets(text), *(crc32(run.encode()) for run in runs))})


def heard_as(embed: Embed, texts: Sequence[str]) -> Floats:
    """(n, 384): what is made of texts as the hearing reads them."""
    return embed([spoken_form(plain(text)) for text in texts])


def reworded(intent: str, text: str) -> Iterator[str]:
    """What was meant, in each way that the patterns of the hands may know it; none where its words must be there to be taken."""
    text = " ".join(text.replace("’", "'").strip(" .?!").split())
    said, found = meant(text), files.table(_TABLE).get(intent, {})
    asked = when(said, datetime.now(), upcoming)
    left = Counter(asked.rest.split())
    left.subtract(said.split())
    times = " ".join(word for word in said.split() if left[word] < 0)
    rest = re.sub(found.get("drop", "^$"), " ", asked.rest)
    known = {"times": times, "week": times or "this week", "words": ""} | ({"when": times} if times else {})
    if rest.strip():
        known["rest"] = as_said(" ".join(rest.split()), text)
    for sought, *ways in found.get("ways", ()):
        if it := _way(sought).search(text):
            named = {key.rpartition("_")[0] or key: words for key, words in it.groupdict().items() if words}
            for way in ways:
                with suppress(KeyError):  # what would be said is not there
                    yield " ".join(way.format_map(known | named).split())


def asked_back(intent: str, text: str) -> tuple[str, str] | None:
    """What to ask where no name or address of an intent was found in its words: what that is called, and the question."""
    why, question, about = files.table(_TABLE).get(intent, {}).get("asks", ("", "", ""))
    found = why and _way(about).search(text) and not next(reworded(intent, text), None)
    return (why, question) if found else None


@cache
def _way(sought: str) -> re.Pattern[str]:
    for name, part in files.table(_TABLE)["parts"].items():
        sought = sought.replace(name, part)
    return re.compile(sought, re.IGNORECASE)


def fitting(names: Sequence[str], places: Collection[str]) -> npt.NDArray[np.bool_]:
    """(names,): which of them may be meant where these `places` are; the others are not to be thought of."""
    where = (files.table(_TABLE).get(name, {}).get("where") for name in names)
    return np.array([each is None or not set(places).isdisjoint(each) for each in where])


class Intents:
    """Which intent a line has. Any thread may call it."""

    def __init__(self, embed: Embed, file: Path = FILE) -> None:
        """`embed` gives (n, 384) rows of unit length, by the hearing's encoder."""
        self._embed, self._file = embed, file

    def __call__(self, text: str) -> str:
        """The surest intent of a line, or NONE where it is not sure enough that something is asked for."""
        return next(iter(self.among(text, PLACES)), NONE)

    def among(self, text: str, where: Collection[str]) -> list[str]:
        """What a line may ask for in these places, whose first says how sure it must be; the surest first."""
        chances = np.where(fitting(self.names, where), self.chances(text), 0)
        asks = 1 - chances[self.names.index(NONE)] / chances.sum()
        if asks < self._weights["bounds"][PLACES.index(next(iter(where), ""))]:
            return []
        order = sorted(zip(chances, self.names, strict=True), reverse=True)
        return [name for chance, name in order if name != NONE and chance >= LEAST * asks][:2]

    def chances(self, text: str) -> Floats:
        """(intents,), in the order of `names`; they sum to one."""
        weights, found = self._weights, places(text)
        words = weights["words"][found].sum(axis=0, dtype=np.int32) * weights["scale"]
        sense = heard_as(self._embed, [text])[0] @ weights["sense"]
        return softmax(sense + words / np.sqrt(max(len(found), 1)) + weights["bias"])

    @cached_property
    def names(self) -> list[str]:
        """What it tells apart; NONE is among them."""
        return [str(name) for name in self._weights["names"]]

    @cached_property
    def _weights(self) -> dict[str, npt.NDArray[np.generic]]:
        with np.load(self._file) as kept:
            return {**kept, "sense": kept["sense"].astype(np.float32)}
