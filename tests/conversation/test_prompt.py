"""The prompt of a day only grows, and its frozen part has a name of its own."""

from becoming.conversation.prompt import CONTEXT, Day, prefix
from becoming.events import Person


def day(character: str = "You are Mira.") -> Day:
    return Day(prefix(Person("Jonas"), character))


def test_each_prompt_begins_with_the_one_before() -> None:
    today = day()
    first = today.messages("Hi.")
    today.add("Hi.", "Hi. How was the day?")
    assert today.messages("Fine.")[: len(first)] == first


def test_the_utterance_is_the_last_thing_in_the_prompt() -> None:
    assert day().messages("How was it?")[-1] == {"role": "user", "content": "How was it?"}


def test_the_frozen_part_names_the_person_and_holds_the_character() -> None:
    system = day().frozen[0]["content"]
    assert system.startswith("You are Mira.")
    assert "Jonas" in system
    assert "{" not in system


def test_another_character_has_another_name_on_disk() -> None:
    assert day().name == day().name
    assert day().name != day("You are Ada.").name


def test_the_frozen_part_stays_within_its_tokens() -> None:
    characters = sum(len(each["content"]) for each in day("x" * 400).frozen)
    assert characters / 4 + 5 * len(day().frozen) < 520


def test_when_the_context_is_nearly_full_the_older_half_goes_at_once() -> None:
    today = day()
    for turn in range(200):
        today.add(f"{turn}: " + "something that takes a while to say " * 3, "And then?")
    prompt = today.messages("Now.")
    assert sum(len(each["content"]) for each in prompt) * 0.3 < CONTEXT
    assert prompt[: len(today.frozen)] == today.frozen
    assert prompt[len(today.frozen)]["role"] == "user"
    assert prompt[-2]["content"] == "And then?"
