"""Words for feelings, and what they mean: `words.toml`, read once.

What the person says they felt becomes a `Feeling` of their own; what they ask about becomes a kind of feeling
that a reading is, or is not, plainly of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from becoming.events import Feeling

SURE = PLAIN = 0.7
"""From this confidence, and this intensity of an emotion, on a reading may be told; below it, nothing is claimed.

Of 2,500 GoEmotions development comments a fifth are so plain; in 85 % of these people had named the same
emotion, in 95 % one of the same sign. The person's own word is plain however little they felt.
"""

PLEASANT = 0.3
"""From this valence on a moment was pleasant at all, below its negative unpleasant."""

CALM = 0.3
"""Up to this arousal a pleasant moment was calm."""

NOT_SO = Feeling(0.0, 0.3, 0.0, (), "person")
"""The person's word that what was perceived was not so, and nothing more."""

_SOME, _MUCH = 0.5, 1.0
_DEGREES = (
    (re.compile(r"\b(?:a (?:little|bit)|slightly|somewhat|kind of|sort of|mildly|a touch)\b"), _SOME),
    (re.compile(r"\b(?:very|so|really|extremely|incredibly|deeply|terribly|completely|just so)\b"), _MUCH),
)
_USUAL = 0.8
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|no|without|less|hardly|stop(?:ped)? being)|n't)(?: \w+){0,2} $"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of feeling; the file says what each part means."""

    name: str
    says: str
    words: tuple[str, ...]
    counts: frozenset[str]
    valence: float
    arousal: float
    region: str

    @property
    def sign(self) -> int:
        """1 for a pleasant kind, -1 for an unpleasant one, 0 for what is neither."""
        return 0 if abs(self.valence) < 0.2 else 1 if self.valence > 0 else -1


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of feeling, by its name."""
    file = resources.files("becoming.memory.feelings") / "words.toml"
    made = {}
    for name, table in tomllib.loads(file.read_text("utf-8")).items():
        valence, arousal = table["felt"]
        counts, region = frozenset([name, *table["counts"]]), table.get("any", "")
        made[name] = Kind(name, table["says"], tuple(table["words"]), counts, valence, arousal, region)
    return made


@cache
def _by_word() -> dict[str, Kind]:
    return {word: kind for kind in kinds().values() for word in kind.words}


@cache
def alternatives() -> str:
    """All words for feelings, the longest first, as part of a pattern."""
    return "|".join(re.escape(word) for word in sorted(_by_word(), key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{alternatives()})(?![\w'-])")


def kind_of(word: str) -> Kind | None:
    """The kind of feeling a word means; None for a word that is none."""
    return _by_word().get(word.lower())


def of(kind: Kind) -> list[str]:
    """All words that mean this kind, or one that counts as it."""
    return [word for each in kinds().values() if each.name in kind.counts for word in each.words]


def named(text: str) -> list[Kind]:
    """The kinds of feeling that `text` names, in its order; a denied one is not among them."""
    return [kind for kind, _ in _named(text)]


def _named(text: str) -> Iterator[tuple[Kind, str]]:
    """The same, each with the words in front of it."""
    line = plainly(text)
    for match in _pattern().finditer(line):
        before = line[: match.start()]
        if not _NEGATED.search(before):
            yield _by_word()[match[0]], before


def plainly(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(text.replace("’", "'").lower().split())


def says(emotion: str) -> str:
    """A kept emotion as a word fit for "you sounded …"."""
    kind = kinds().get(emotion)
    return kind.says if kind else emotion


def own_word(text: str) -> Feeling | None:
    """What the person says they felt, as a feeling: "a bit tired, and worried"; None if no feeling is named."""
    felt = [(kind, _degree(before)) for kind, before in _named(text)]
    if not felt:
        return None
    intensities: dict[str, float] = {}
    for kind, degree in felt:
        intensities[kind.name] = max(degree, intensities.get(kind.name, 0.0))
    total = sum(degree for _, degree in felt)
    emotions = sorted(intensities.items(), key=lambda each: -each[1])
    return Feeling(
        valence=round(sum(kind.valence * degree for kind, degree in felt) / total, 3),
        arousal=round(sum(kind.arousal * degree for kind, degree in felt) / total, 3),
        confidence=1.0,
        emotions=tuple(emotions),
        source="person",
    )


def _degree(before: str) -> float:
    """How strongly it is said: by the words right in front of it."""
    close = " ".join(before.split()[-3:])
    return next((degree for pattern, degree in _DEGREES if pattern.search(close)), _USUAL)


def is_plainly(feeling: Feeling, kind: Kind) -> bool:
    """Whether a reading is so plainly of this kind that it may be said."""
    if feeling.confidence < SURE:
        return False
    if any(name in kind.counts for name in _plain(feeling)):
        return True
    match kind.region:
        case "pleasant":
            return feeling.valence >= PLEASANT
        case "unpleasant":
            return feeling.valence <= -PLEASANT
        case "calm":
            return feeling.valence >= PLEASANT and feeling.arousal <= CALM and not _plain(feeling)
    return False


def says_so(text: str, feeling: Feeling | None, kind: Kind) -> bool:
    """Whether the person says in so many words that they feel this: "I'm so tired", and no reading speaks against it."""
    if feeling and feeling.confidence >= SURE and kind.sign * feeling.valence < 0:
        return False
    line = plainly(text)
    return any(
        _by_word()[match["word"]].name in kind.counts and not _NEGATED.search(line[: match.start("word")])
        for match in _reports().finditer(line)
    )


def of_another(text: str, sign: int) -> bool:
    """Whether the feeling of this sign that is named is somebody else's alone: "he said he was sorry"."""
    line = plainly(text)
    found = [match for match in _pattern().finditer(line) if _by_word()[match[0]].sign == sign]
    return bool(found) and all(_ANOTHERS.search(line[: match.start()]) for match in found)


_ANOTHERS = re.compile(
    r"\b(?:he|she|they|it|you|everybody|everyone|(?:my|his|her|their|the) \w+)(?:'s|'re| is| are| was| were| felt| feels| looked| seemed| sounded| got)"
    r"(?: \w+){0,2} $"
)


@cache
def _reports() -> re.Pattern[str]:
    state = r"(?:'m| am| was|'ve been| have been| feel| felt| got| get| sound| seem)"
    return re.compile(rf"\bi{state}(?: [\w']+){{0,3}}? (?P<word>{alternatives()})(?![\w'-])")


def strongest(feeling: Feeling) -> str:
    """The word for what is plainest in a reading; empty where nothing is."""
    plain = _plain(feeling) if feeling.confidence >= SURE else []
    return says(plain[0]) if plain else ""


def _plain(feeling: Feeling) -> list[str]:
    least = 0.0 if feeling.source == "person" else PLAIN
    return [name for name, intensity in feeling.emotions if intensity >= least]
