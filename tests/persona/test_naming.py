"""She chooses her own name: hers, fitting this person, and never one to avoid."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from becoming.events import InputError
from becoming.persona import naming
from becoming.persona.naming import choose, given, never, pool, respelled
from becoming.persona.sound import clashes, key
from becoming.persona.traits import first_traits

PEOPLE = ["Theo", "Anna", "Marcus", "Priya", "", "Jo", "Catherine", "Wei", "Olga", "Sam"]
REASONS = [
    "",
    "I'm tired and a bit lonely since Miriam left",
    "help me with work and email",
    "I read a lot of books",
    "just curious about the technology",
    "someone to talk to, my sister Vera says I should",
    "I want some fun",
]
GENDERS = ["female", "male", None]


def birth(book, seed, **changes):
    person, brings = PEOPLE[seed % len(PEOPLE)], REASONS[seed % len(REASONS)]
    asked = {"person": person, "brings": brings, "gender": GENDERS[seed % 3]} | changes
    return choose(book, seed, first_traits(seed, asked["brings"]), **asked)


@pytest.fixture(scope="module")
def births(book):
    return [birth(book, seed) for seed in range(200)]


def test_two_hundred_births_have_at_least_one_hundred_and_fifty_names(births):
    assert len({choice.name for choice in births}) >= 150


def test_one_hundred_people_who_say_the_same_still_meet_different_beings(book):
    same = {birth(book, seed, person="Theo", brings="", gender="female").name for seed in range(100)}
    assert len(same) >= 70


def test_the_same_seed_and_answers_give_the_same_name_and_reason(book):
    one, two = birth(book, 11), birth(book, 11)
    assert (one.name, one.why) == (two.name, two.why)


def test_no_name_to_avoid_is_ever_chosen(book, births):
    lists = tomllib.loads((files("becoming.persona") / "avoid.toml").read_text())
    avoided = {name for listed in lists.values() for name in listed}
    assert {"samantha", "alexa", "siri", "cortana", "king", "messiah", "adolf"} <= avoided
    for choice in births:
        assert choice.name.lower() not in avoided
        assert key(choice.name) not in {key(name) for name in lists["never"]}


def test_her_name_goes_with_the_persons(births):
    for seed, choice in enumerate(births):
        person = PEOPLE[seed % len(PEOPLE)]
        assert not person or not clashes(choice.name, person), (choice.name, person)


def test_she_takes_no_name_of_somebody_who_was_mentioned(book):
    for seed in range(20):
        first = birth(book, seed, person="Theo", brings="")
        again = birth(
            book, seed, person="Theo", brings=f"my sister {first.name.lower()} thinks I should try this"
        )
        assert again.name != first.name
        assert key(again.name) != key(first.name)


def test_her_name_fits_her_voice(book, births):
    for seed, choice in enumerate(births):
        share, gender = book.page(book.find(choice.name)).share_female, GENDERS[seed % 3]
        assert gender is None or (share if gender == "female" else 1 - share) >= 0.3


def test_a_name_given_to_both_is_open_to_every_voice(book):
    both = {book.names[row].decode() for row in pool(book, "female")} & {
        book.names[row].decode() for row in pool(book, "male")
    }
    assert {"Quinn", "Avery", "Rowan"} <= both
    assert "Odette" not in both


def test_variant_spellings_are_left_to_others(book):
    usual = naming.Spellings(book).usual
    assert usual("Henry")
    assert usual("Nora")
    assert usual("Cora")
    assert not usual("Henery")
    assert not usual("Jerimiah")
    assert not usual("Kandy")


def test_another_name_is_the_next_of_her_own_and_not_like_the_refused_one(book):
    refused = []
    for _ in range(25):
        choice = birth(book, 4, refused=tuple(refused))
        assert choice.name not in refused
        assert choice.why
        refused.append(choice.name)
    assert len({name[:3] for name in refused}) == 25


def test_when_every_name_was_refused_she_asks_for_one(book):
    hers = [book.names[row].decode() for row in pool(book)]
    prefixes = list({name[:3]: name for name in hers}.values())
    with pytest.raises(InputError, match="give me one yourself"):
        birth(book, 4, refused=prefixes)


def test_a_wish_moves_her_taste(book):
    def mean_length(wishes):
        return sum(len(birth(book, seed, wishes=wishes).name) for seed in range(12)) / 12

    def mean_peak(wishes):
        pages = [book.page(book.find(birth(book, seed, wishes=wishes).name)) for seed in range(12)]
        return sum(page.peak_year for page in pages) / 12

    assert mean_length("something shorter please") + 1 < mean_length("a longer one")
    assert mean_peak("an old one") + 40 < mean_peak("more modern")


def test_the_time_told_includes_the_reading_and_the_choosing(book, births):
    assert all(choice.seconds > book.seconds and choice.read == 97_310 for choice in births)


def test_a_name_the_person_gives_her_is_accepted_and_said_so_truthfully(book):
    nora, unheard = given(book, "Nora", 1), given(book, "Zzyra", 1)
    assert nora.name == "Nora"
    assert nora.why.startswith("You gave it to me, and I said yes. ")
    assert unheard.why == "You gave it to me, and I said yes. The book doesn't have it at all."


@pytest.mark.parametrize("name", ["Adolf", "adolf", "Satan", "Adolf Junior"])
def test_a_hateful_name_is_declined(book, name):
    assert never(name)
    with pytest.raises(InputError, match="rather not"):
        given(book, name, 1)


@pytest.mark.parametrize(
    ("name", "letters", "present", "spelling"),
    [
        ("Teo", "th", True, "Theo"),
        ("Cathryn", "k", True, "Kathryn"),
        ("Sarah", "h", False, "Sara"),
        ("Philip", "ll", True, "Phillip"),
        ("Xqzt", "th", True, "Xqzt"),
    ],
)
def test_a_spelling_hint_is_looked_up_in_the_book(book, name, letters, present, spelling):
    assert respelled(book, name, letters, present) == spelling
