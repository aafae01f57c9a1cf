"""Fade to black by word: the lights off and on again, off the record where that is wished."""

from __future__ import annotations

import pytest
from listed_past import Past
from test_asked import Talk


@pytest.mark.parametrize(
    "words",
    ["Fade to black.", "Lights off.", "Dark, please.", "Turn the lights out.", "turn off the lights", "Can you turn the light off, please?", "Go dark now.",
     "Let's go dark.", "okay, lights out", "Screen off."],
)  # fmt: skip
async def test_the_lights_go_off_by_word(words: str) -> None:
    talk = Talk(Past())
    assert (await talk.say(words)).startswith("Dark it is")
    assert talk.mind._asking.lights.off
    assert talk.past.moments == []


@pytest.mark.parametrize(
    "words", ["It got dark early.", "The lights went out at work.", "I turn off the lights when I leave.", "I'm in a dark place.", "He faded to black in the film."]
)  # fmt: skip
async def test_telling_of_the_dark_is_not_asking_for_it(words: str) -> None:
    talk = Talk(Past(), *9 * [" What did you do then?"])
    await talk.say(words)
    assert not talk.mind._asking.lights.off


@pytest.mark.parametrize(
    "words", ["Lights on.", "Light, please.", "Wake up.", "Turn the lights back on.", "screen on"]
)
async def test_and_on_again(words: str) -> None:
    talk = Talk(Past(), *9 * [" What did you do then?"])
    await talk.say("Lights off.")
    assert await talk.say(words) == "There's the light again."
    assert not talk.mind._asking.lights.off
    assert await talk.say(words) != "There's the light again."


async def test_a_draft_puts_no_light_out() -> None:
    talk = Talk(Past())
    assert [clause.text async for clause in talk.mind.draft("Lights off.", "voice")]
    assert not talk.mind._asking.lights.off


async def test_off_the_record_goes_with_it_where_it_is_wished_and_stays_until_they_say_so() -> None:
    talk = Talk(Past())
    assert await talk.say("Lights off, off the record.") == "Dark, and off the record."
    assert talk.past.off
    assert await talk.say("Lights on.") == "There's the light again. We're still off the record."
    assert talk.past.off


async def test_how_to_be_off_the_record_is_said_once() -> None:
    talk = Talk(Past())
    assert "off the record" in await talk.say("Lights off.")
    assert not talk.past.off
    await talk.say("Lights on.")
    assert await talk.say("Lights off.") == "Dark it is, I'm only a voice now."
