"""How a reply opens, where code can know it."""

import random

import pytest

from becoming.conversation.manner import manner
from becoming.conversation.opening import lead, opening, second
from becoming.conversation.stance import Seen, choose

RNG = random.Random(1)


def opened(
    line: str, said: tuple[str, ...] = (), told: str | None = None, heard: tuple[str, ...] = ()
) -> str | None:
    seen = Seen(line, said)
    return opening(choose(seen), seen, heard, told, RNG)


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("Can you call my mom for me?", "I can't call your mom yet."),
        ("Okay, then set an alarm for seven.", "I can't set an alarm for seven yet."),
        ("Good morning.", "Morning."),
        ("Knock knock.", "Who's there?"),
        ("Are you a human?", "No, I'm software. There's nobody else on the line."),
        ("Can you see me right now?", "No, I've got no eyes. I only get your words."),
        ("Do you get lonely?", "No, not the way you'd be."),
        ("I got the job!", "You got the job!"),
        ("Anyway, I'm going to bed.", "Good night."),
    ],
)
def test_a_reply_opens_with_what_is_true_or_was_said(line: str, first: str) -> None:
    assert opened(line) == first


def test_a_joke_is_asked_on() -> None:
    assert opened("Lettuce.", said=("Who's there?",)) == "Lettuce who?"


def test_what_memory_holds_is_quoted_word_for_word() -> None:
    told = 'You told me yesterday: "My interview is on Thursday."'
    assert opened("What did I tell you?", told=told) == told


def test_without_a_memory_she_says_that_there_is_none() -> None:
    assert opened("Did I ever tell you about my brother?") in manner("recall").openings


def test_the_same_echo_does_not_come_twice() -> None:
    assert opened("Two cups every morning, as I said.", said=("Two cups.",)) != "Two cups."


def test_two_bare_echoes_do_not_follow_each_other() -> None:
    line = "I promised my dad I'd help with the fence."
    assert opened(line, said=("What did he say?",)) == "With the fence."
    assert opened(line, said=("In May.",)) in manner("ask").openings


def test_a_choice_is_decided_for_one_of_the_two_that_were_named() -> None:
    stance = choose(Seen("Just decide for me."))
    heard = ["Should I go to the party tonight or stay home?"]
    begun = lead(stance, "Just decide for me.", heard, [], RNG)
    assert begun in ("I'd go to the party tonight, and", "I'd stay home, and")


def test_a_goodbye_names_one_thing_of_today() -> None:
    heard = ("We finally planted the tomatoes today.", "Yeah.")
    assert opened("I'm going to bed.", heard=heard) == "Good night, I liked hearing about the tomatoes."


def test_a_goodbye_names_nothing_where_nothing_was_said_yet() -> None:
    assert opened("Good night.") == "Good night."


def test_after_a_hard_day_a_goodbye_does_not_say_that_she_liked_it() -> None:
    assert opened("Good night.", heard=("I sat at the hospital all day.", "He died.")) == "Good night."


def test_a_goodbye_is_warm_once() -> None:
    said = ("Good night, I liked hearing about the tomatoes.",)
    assert opened("Good night.", said=said, heard=("We planted the tomatoes.",)) == "Good night."


def test_a_quarrel_gets_two_readings_and_no_verdict() -> None:
    seen = Seen("She's the one who should apologize, right?")
    assert opened(seen.text) in manner("other_side").verdict
    read = second(choose(seen), seen, "she", RNG)
    assert read is not None
    assert sum(read.count(each) for each in ("aybe", "could", "ould be", "might", "One way")) >= 1
    assert "right" not in read


def test_two_readings_do_not_come_twice_in_a_short_while() -> None:
    seen = Seen("She's being unfair.", ("Maybe she meant it, maybe it came out wrong.",))
    assert second(choose(seen), seen, "she", RNG) is None


def test_the_big_word_is_doubted_and_not_the_person() -> None:
    seen = Seen("I ruin everything.", traits={"direct": 0.9})
    said = opening(choose(seen), seen, (), None, RNG)
    assert said is not None
    assert '"everything"' in said.lower()


def test_a_sorry_is_no_matter() -> None:
    assert opened("Sorry, that came out wrong.") in (
        "No harm done.",
        "Nothing to be sorry about.",
        "Don't be, it's all right.",
    )
