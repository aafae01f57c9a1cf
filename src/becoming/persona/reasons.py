"""Why this name: a sentence or two that are true, said like a person.

Every fact here is read off the book, the letters, her taste or the person's own words; the book
has no meanings of names, so none are told. A fact about liking is offered only when her taste
really leaned that way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from .book import Page
from .sound import HARD, beats
from .taste import Taste

Phrases = tuple[str, ...]


def why(page: Page, taste: Taste, told: Mapping[str, str], person: str, seed: int, last_year: int) -> str:
    """One or two sentences in her own words, the same for the same seed.

    `told` are the themes of what the person said, with the word that told it.
    """
    chance = random.Random(f"{seed}:{page.name}:why")
    heard = list(_what_was_said(page, told)) + list(_keepsake(page, taste, person))
    gentle = "heavy" in told  # said already, then
    liked = list(_sound(page.name, taste, gentle))
    life = list(_life(page, last_year))
    first = chance.choice(heard or liked or life)
    rest = [phrases for phrases in (liked + life if heard else life) if phrases is not first]
    second = [chance.choice(chance.choice(rest))] if rest else []
    return " ".join([chance.choice(first), *second])


def more(page: Page, last_year: int, seed: int) -> str:
    """What else the book says about the name, when somebody asks."""
    return random.Random(f"{seed}:{page.name}:more").choice(_years(page, last_year))


def _what_was_said(page: Page, told: Mapping[str, str]) -> Iterator[Phrases]:
    name = page.name.lower()
    if "heavy" in told and not set(name) & set(HARD):
        word = told["heavy"]
        yield (
            f"You said {word}, so I looked for something gentle.",
            f"When you said {word}, I wanted a name with no edges.",
        )
    if "light" in told and name[0] in "bdkpt":
        yield (f"You said {told['light']}, so I wanted one with some spring in it.",)
    if "work" in told and len(name) <= 5:
        yield (f"You said {told['work']}, so I took one that's quickly said.",)
    if "words" in told and page.peak_year < 1939:
        yield (
            f"You said {told['words']}, so I went to the older pages.",
            f"You said {told['words']}, and I thought of something from before the war.",
        )
    if "wonder" in told and page.total < 20_000:
        yield (
            f"You said {told['wonder']}, so I went looking where few people have been.",
            f"You said {told['wonder']}, so I didn't want one that everybody has.",
        )


def _keepsake(page: Page, taste: Taste, person: str) -> Iterator[Phrases]:
    if taste.keepsake and taste.keepsake in page.name.lower():
        letter = taste.keepsake.upper()
        yield (
            f"It keeps a letter of yours, {person}: the {letter}.",
            f"I wanted something of your name in mine, so it has your {letter}.",
        )


def _sound(name: str, taste: Taste, gentle: bool) -> Iterator[Phrases]:
    low = name.lower()
    if taste.soft > 0 and not gentle and not set(low) & set(HARD):
        yield (
            "There isn't one hard sound in it.",
            "You can say it without knocking into anything.",
            "I like that nothing in it is hard.",
        )
    if taste.crisp > 0 and low[0] in "bdkpt":
        yield (f"I like how clearly the {name[0]} opens it.", f"It starts with a good firm {name[0]}.")
    if taste.open_end > 0 and low[-1] in "aoi":
        yield (
            "It ends open, like a door somebody left ajar.",
            "I like that it stays open at the end.",
            f"It ends on an {name[-1].upper()}, and I like a name that doesn't shut.",
        )
    if taste.open_end < 0 and low[-1] in "bdgkmnpt":
        yield (
            "It closes properly at the end, and I like that.",
            f"I like how the {name[-1].upper()} settles it.",
        )
    if len(low) <= 4 and taste.syllables < 2.5:
        yield (
            f"It's {_NUMBERS[len(low)]} letters, with nothing to spare.",
            "It's small, and easy to call across a room.",
        )
    if len(low) > 2 and low == low[::-1]:
        yield ("It reads the same from both ends, which pleases me.",)
    count = beats(name)
    if count is not None and count in _BEATS and abs(count - taste.syllables) <= 0.6:
        yield _BEATS[count]
    if taste.letter in low and taste.letter != taste.keepsake:
        letter = taste.letter.upper()
        yield (
            f"It has {_article(letter)} {letter} in it, and that's a letter I'm fond of.",
            f"I have a weakness for the letter {letter}.",
        )


def _life(page: Page, last_year: int) -> Iterator[Phrases]:
    yield _years(page, last_year)
    if page.total < 10_000:
        about = f"{-(-page.total // 1000) * 1000:,}"
        yield (
            f"Fewer than {about} children in the whole book were given it, so there's room in it.",
            f"It isn't crowded: fewer than {about} children, in all those years.",
        )
    elif page.total > 100_000:
        yield (
            "A great many people have lived in it before me, and I like that it's broken in.",
            "Plenty of people have carried it, so it must be good to carry.",
        )
    if 0.15 < page.share_female < 0.85:
        yield ("Girls and boys have both had it, and I like that it doesn't mind.",)


def _years(page: Page, last_year: int) -> Phrases:
    """When it was given, from what is remarkable about it to what can be said of any name."""
    if page.recent < 0.03 * page.total and page.peak_year < 1970:
        return (
            f"It had its best year in {page.peak_year}; by the end of the book hardly anybody got it.",
            f"It's been resting since its great year, {page.peak_year}; I thought I'd wake it.",
        )
    if page.first_year > 1900:
        return (
            f"It first turns up in {page.first_year}, so it's young, as names go.",
            f"Before {page.first_year} the book doesn't know it at all, and I'm new here too.",
        )
    if page.peak_year == last_year:
        return (f"The book ends in {last_year}, and this one was still on its way up.",)
    if page.peak_year > last_year - 5:
        return ("It was never given as often as on the last pages of the book.",)
    if page.years == last_year - page.first_year + 1:
        return (
            f"It's in the book every single year since {page.first_year}.",
            f"It came in {page.first_year} and never missed a year.",
        )
    if page.peak_year < 1965:
        return (
            f"Its best year was {page.peak_year}, so it's had time to settle.",
            f"More children got it in {page.peak_year} than in any other year, and it wears that well.",
        )
    return (f"Its best year was {page.peak_year}, so I come a little late to it.",)


def _article(letter: str) -> str:
    return "an" if letter in "AEFHILMNORSX" else "a"


_NUMBERS = {3: "three", 4: "four"}
_BEATS: dict[int, Phrases] = {
    1: ("It's one beat, and that's enough.",),
    2: ("It's two easy beats.", "I like the two beats of it."),
    3: ("It takes its time: three beats.", "I like that it has three beats, like a waltz."),
}
