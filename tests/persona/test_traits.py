"""First traits, and the character text that stands first in the prompt."""

from __future__ import annotations

import itertools
import json
import urllib.request
from dataclasses import replace
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becoming.config import settings
from becoming.events import Being, Person
from becoming.persona.traits import TRAITS, character, first_traits


def being(seed: int, brings: str = "", name: str = "Iris") -> Being:
    return Being(name=name, why="", voice="heart", born=float(seed), traits=first_traits(seed, brings))


@given(st.integers(), st.text(max_size=80))
def test_traits_are_six_shares_and_warmth_never_starts_below_the_middle(seed, brings):
    traits = first_traits(seed, brings)
    assert tuple(traits) == TRAITS
    assert all(0.05 <= value <= 0.95 for value in traits.values())
    assert traits["warm"] >= 0.5


def test_traits_are_her_own_and_repeatable():
    drawn = [tuple(first_traits(seed, "").values()) for seed in range(200)]
    assert len(set(drawn)) == 200
    assert first_traits(7, "") == first_traits(7, "")
    assert all(max(column) - min(column) > 0.35 for column in zip(*drawn, strict=True))


def test_what_brings_the_person_leans_on_them():
    def average(trait, brings):
        return mean(first_traits(seed, brings)[trait] for seed in range(300))

    assert (
        average("playful", "I'm so tired and sad") < average("playful", "") < average("playful", "just fun")
    )
    assert average("direct", "help me at work") > average("direct", "")
    assert average("curious", "I wonder about space") > average("curious", "")
    assert average("playful", "I'm not sad") == average("playful", "")


def test_two_beings_read_differently_and_one_always_the_same():
    texts = [character(being(seed), Person("Theo")) for seed in range(100)]
    assert len(set(texts)) >= 95
    assert texts[3] == character(being(3), Person("Theo"))


def test_the_character_is_spoken_to_directly_and_names_both():
    text = character(being(1, name="Odile"), Person("Theo"))
    assert text.startswith("You are Odile, a mind made of software. You are talking with Theo. ")
    assert "Theo" not in character(being(1), Person(""))
    assert all(not sentence.startswith(("I ", "She ")) for sentence in text.split(". "))


def test_the_strongest_traits_are_the_ones_heard():
    quiet = replace(
        being(1), traits={**dict.fromkeys(TRAITS, 0.5), "wordy": 0.05, "playful": 0.95, "direct": 0.9}
    )
    loud = replace(quiet, traits={**quiet.traits, "wordy": 0.95})
    assert character(quiet, Person("")) != character(loud, Person(""))
    assert any(
        words in character(quiet, Person("")) for words in ("few, short words", "One sentence is often")
    )


@pytest.mark.slow
def test_every_character_fits_ninety_tokens_of_the_real_tokenizer():
    import xllamacpp

    model = settings().model_folder / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    if not model.exists():
        pytest.skip("the packaged model has not been fetched here")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.n_ctx, parameters.port, parameters.warmup = 256, 0, False
    server = xllamacpp.Server(parameters)
    person = Person("Bartholomew Featherstonehaugh")
    longest = max((character(being(seed, name="Gwendolyn"), person) for seed in range(2_000)), key=len)
    for text in itertools.chain([longest], (character(being(seed), Person("Theo")) for seed in range(40))):
        request = urllib.request.Request(
            f"{server.listening_address}/tokenize",
            data=json.dumps({"content": text}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            assert len(json.load(answer)["tokens"]) <= 90, text
