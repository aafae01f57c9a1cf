"""Every sentence she says about her name is true: each is checked against the book, the letters, her taste."""

from __future__ import annotations

import re

import numpy as np
import pytest

from becoming.persona.brings import themes
from becoming.persona.lines import sentences
from becoming.persona.naming import choose
from becoming.persona.reasons import more
from becoming.persona.sound import beats
from becoming.persona.taste import draw
from becoming.persona.traits import first_traits

PEOPLE = ["Theo", "Anna", "Marcus", "Priya", "", "Catherine", "Wolfgang"]
REASONS = [
    "",
    "I'm lonely",
    "help me with work",
    "I read many books",
    "I'm curious",
    "some fun",
    "not sad, no job",
]
HARD = set("bcdgkpqtxjz")


@pytest.fixture(scope="module")
def told(book):
    """(sentence, page, taste, person, brings) of every sentence of many births."""
    found = []
    for seed in range(210):
        person, brings = PEOPLE[seed % 7], REASONS[seed // 7 % 7]
        traits = first_traits(seed, brings)
        choice = choose(book, seed, traits, person, brings, ["female", "male"][seed % 2])
        taste = draw(seed, traits, themes(brings), person)
        page = book.page(book.find(choice.name))
        found += [(sentence, page, taste, person, brings) for sentence in sentences(choice.why)]
    return found


def gentle(page, taste, *_):
    return not set(page.name.lower()) & HARD


def few(page, number):
    return page.total < int(number.replace(",", ""))


CLAIMS = [
    # what was said: the word is the person's, and the name is as she says
    (
        r"(?:You said|When you said) (\w+), .*(?:gentle|no edges)",
        lambda p, t, who, said, w: w in said and gentle(p, t),
    ),
    (r"You said (\w+), .*spring in it", lambda p, t, who, said, w: w in said and p.name[0] in "BDKPT"),
    (r"You said (\w+), .*quickly said", lambda p, t, who, said, w: w in said and len(p.name) <= 5),
    (
        r"You said (\w+), .*(?:older pages|before the war)",
        lambda p, t, who, said, w: w in said and p.peak_year < 1939,
    ),
    (
        r"You said (\w+), .*(?:few people|everybody has)",
        lambda p, t, who, said, w: w in said and p.total < 20_000,
    ),
    # letters and sounds: there, and to her liking
    (
        r"It keeps a letter of yours, (.+): the (.)\.",
        lambda p, t, who, said, n, x: n == who and both(p, who, x),
    ),
    (r"I wanted something of your name .* your (.)\.", lambda p, t, who, said, x: both(p, who, x)),
    (
        r"There isn't one hard sound|You can say it without knocking|I like that nothing in it is hard",
        lambda p, t, *_: gentle(p, t) and t.soft > 0,
    ),
    (
        r"I like how clearly the (.) opens|It starts with a good firm (.)\.",
        lambda p, t, who, said, *x: p.name[0] in x and p.name[0] in "BDKPT" and t.crisp > 0,
    ),
    (
        r"like a door somebody left ajar|stays open at the end",
        lambda p, t, *_: p.name[-1] in "aoi" and t.open_end > 0,
    ),
    (r"It ends on an (.), and", lambda p, t, who, said, x: p.name[-1] == x.lower() and t.open_end > 0),
    (r"It closes properly", lambda p, t, *_: p.name[-1] not in "aeiouhwy" and t.open_end < 0),
    (r"I like how the (.) settles it", lambda p, t, who, said, x: p.name[-1] == x.lower() and t.open_end < 0),
    (r"It's (three|four) letters", lambda p, t, who, said, n: len(p.name) == {"three": 3, "four": 4}[n]),
    (r"It's small, and easy", lambda p, *_: len(p.name) <= 4),
    (r"reads the same from both ends", lambda p, *_: p.name.lower() == p.name.lower()[::-1]),
    (r"It's one beat", lambda p, *_: beats(p.name) == 1),
    (r"two easy beats|the two beats", lambda p, *_: beats(p.name) == 2),
    (r"three beats", lambda p, *_: beats(p.name) == 3),
    (
        r"It has an? (.) in it",
        lambda p, t, who, said, x: x.lower() in p.name.lower() and x.lower() == t.letter,
    ),
    (
        r"weakness for the letter (.)\.",
        lambda p, t, who, said, x: x.lower() in p.name.lower() and x.lower() == t.letter,
    ),
    # its life in the book
    (
        r"It had its best year in (\d+); by the end|since its great year, (\d+);",
        lambda p, t, who, said, *y: str(p.peak_year) in y and p.recent < 0.03 * p.total,
    ),
    (r"It first turns up in (\d+)|Before (\d+) the book", lambda p, t, who, said, *y: str(p.first_year) in y),
    (r"as often as on the last pages", lambda p, *_: p.peak_year > 2012),
    (r"The book ends in 2017, and this one was still on its way up", lambda p, *_: p.peak_year == 2017),
    (
        r"every single year since (\d+)|It came in (\d+) and never missed",
        lambda p, t, who, said, *y: str(p.first_year) in y and p.years == 2018 - p.first_year,
    ),
    (
        r"Its best year was (\d+)|given? it in (\d+)|got it in (\d+) than",
        lambda p, t, who, said, *y: str(p.peak_year) in y,
    ),
    (
        r"Fewer than ([\d,]+) children|fewer than ([\d,]+) children",
        lambda p, t, who, said, *n: few(p, n[0] or n[1]),
    ),
    (r"A great many people|Plenty of people", lambda p, *_: p.total > 100_000),
    (r"Girls and boys have both had it", lambda p, *_: 0.15 < p.share_female < 0.85),
]


def both(page, person, letter):
    return letter.lower() in page.name.lower() and letter.lower() in person.lower()


def checked(sentence, page, taste, person, brings):
    """Whether the sentence is one of the claims known here, and true."""
    for pattern, true in CLAIMS:
        found = re.search(pattern, sentence)
        if found:
            return bool(true(page, taste, person, brings, *found.groups()))
    return None


def test_every_sentence_is_a_claim_that_can_be_checked_and_is_true(told):
    for sentence, page, taste, person, brings in told:
        assert checked(sentence, page, taste, person, brings) is True, (sentence, page)


def test_the_check_can_fail(told):
    wrong = [checked(sentence, told[i - 1][1], *told[i - 1][2:]) for i, (sentence, *_) in enumerate(told)]
    assert wrong.count(False) > 50


def test_her_ways_of_saying_it_vary(told):
    shapes = {
        re.sub(r"\d[\d,]*|(?<=[a-z] )[A-Z]\b|You said \w+|yours, \w+|you said \w+", "#", told_[0])
        for told_ in told
    }
    assert len(shapes) >= 40


def test_each_line_is_short_and_plain_enough_for_the_ear(told):
    for sentence, *_ in told:
        assert len(sentence.split()) < 20
        assert sentence[-1] == "."
        assert not re.search(r"[*_#`\[\](){}%]", sentence)


def test_a_denied_word_is_no_reason(told):
    assert not any("You said sad" in sentence or "You said job" in sentence for sentence, *_ in told)


def test_asked_further_she_tells_a_true_year(book):
    for row in np.random.default_rng(1).choice(len(book.names), 200, replace=False):
        page = book.page(int(row))
        assert checked(more(page, book.last_year, 3), page, None, "", "") is True, page
