"""What a reply does is decided by code, line by line, with a reason."""

import pytest

from becoming.conversation.stance import Seen, choose


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Hey, good morning.", "hello"),
        ("...", "company"),
        ("Um.", "company"),
        ("I don't really feel like talking.", "company"),
        ("Good night.", "goodbye"),
        ("Anyway, I'm going to bed.", "goodbye"),
        ("Okay, I have to go now.", "goodbye"),
        ("I have to go to the dentist tomorrow.", "ask"),
        ("Thanks. That helped.", "thanks"),
        ("Are you a human?", "about_her"),
        ("Can you see me right now?", "about_her"),
        ("It's weird, talking to a computer.", "about_her"),
        ("You're kind of the only one I talk to these days.", "leans"),
        ("Can you call my mom for me?", "decline"),
        ("Set an alarm for seven.", "decline"),
        ("What's the weather like tomorrow?", "decline"),
        ("How far away is the moon?", "inform"),
        ("And who was the first person to walk on it?", "inform"),
        ("Should I go to the party or stay home?", "suggest"),
        ("What would you actually say to him?", "suggest"),
        ("Do you remember what I told you last time?", "recall"),
        ("Did I ever tell you about my brother?", "recall"),
        ("She's the one who should apologize, right?", "other_side"),
        ("My sister is being impossible.", "other_side"),
        ("No, not by plane. She's driving.", "corrected"),
        ("I got the job!", "celebrate"),
        ("Today was awful.", "hard"),
        ("She moved out on Sunday.", "hard"),
        ("Tell me a joke.", "joke"),
        ("Knock knock.", "play"),
        ("Dunno.", "brief"),
        ("I'm making soup now.", "ask"),
    ],
)
def test_a_line_has_its_stance(line: str, kind: str) -> None:
    assert choose(Seen(line)).kind == kind


def test_every_stance_says_why() -> None:
    assert choose(Seen("Good night.")).reason == "says goodbye"


def test_after_a_question_of_hers_she_reflects_rather_than_asks() -> None:
    assert choose(Seen("The blue one, in the end.", said=("Which one did you take?",))).kind == "reflect"


def test_a_goodbye_with_a_question_in_it_is_not_yet_one() -> None:
    assert choose(Seen("Before I go to bed, what's the tallest tree?")).kind != "goodbye"


def test_a_joke_that_is_under_way_is_played_along() -> None:
    assert choose(Seen("Lettuce.", said=("Who's there?",))).kind == "play"
    assert choose(Seen("Lettuce.")).kind == "ask"
