"""What a reply does is decided by code, line by line, with a reason."""

import random

import pytest

from becoming.conversation.opening import opening
from becoming.conversation.stance import Seen, choose
from becoming.events import Feeling


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Hey, good morning.", "hello"),
        ("...", "company"),
        ("Um.", "company"),
        ("I don't really feel like talking.", "company"),
        ("Did you get all that, or should I say it again?", "company"),
        ("Should I go on?", "company"),
        ("Should I tell him again that I'm sorry, or let it rest?", "suggest"),
        ("Should I write to my sister again?", "suggest"),
        ("Should I start smoking again?", "suggest"),
        ("You got all that, yes? Should I go on?", "company"),
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


def test_whether_to_leave_is_no_question_of_going_on() -> None:
    line = "Ten years together and I don't love her. Should I go on?"
    assert choose(Seen(line)).reason != "asks whether to go on"
    heard = Seen("I don't need advice, but should I leave him?")
    assert opening(choose(heard), heard, [], None, random.Random(1)) == "No advice, then. Go ahead."


def test_every_stance_says_why() -> None:
    assert choose(Seen("Good night.")).reason == "says goodbye"


def test_after_a_question_of_hers_she_reflects_rather_than_asks() -> None:
    assert choose(Seen("The blue one, in the end.", said=("Which one did you take?",))).kind == "reflect"


def test_a_goodbye_with_a_question_in_it_is_not_yet_one() -> None:
    assert choose(Seen("Before I go to bed, what's the tallest tree?")).kind != "goodbye"


def test_a_joke_that_is_under_way_is_played_along() -> None:
    assert choose(Seen("Lettuce.", said=("Who's there?",))).kind == "play"
    assert choose(Seen("Lettuce.")).kind == "ask"


RUINS = "I ruin everything."
SAD = Feeling(-0.6, 0.3, 0.9, (("sadness", 0.7),))
GLAD = Feeling(0.8, 0.6, 0.9, (("joy", 0.9),))


def test_a_feeling_that_no_word_shows_is_heard() -> None:
    line = "I put his chair by the window."
    assert choose(Seen(line)).kind == "ask"
    assert choose(Seen(line, feeling=SAD)).kind == "hard"
    assert choose(Seen(line, feeling=GLAD)).kind == "celebrate"


def test_a_confident_feeling_is_believed_against_the_words() -> None:
    assert choose(Seen("I lost five kilos, and the doctor danced.")).kind == "hard"
    assert choose(Seen("I lost five kilos, and the doctor danced.", feeling=GLAD)).kind != "hard"
    assert choose(Seen("She said yes.")).kind == "celebrate"
    assert choose(Seen("She said yes.", feeling=SAD)).kind == "hard"


def test_an_unsure_feeling_decides_nothing() -> None:
    unsure = Feeling(-0.6, 0.3, 0.4, (("sadness", 0.7),))
    assert choose(Seen("I put his chair by the window.", feeling=unsure)).kind == "ask"


def test_the_reason_says_what_was_heard() -> None:
    assert "sadness 0.7" in choose(Seen("I put his chair by the window.", feeling=SAD)).reason


def test_gladness_with_something_beside_it_is_not_celebrated() -> None:
    assert choose(Seen("I'm happy for her, but I thought it would be me.", feeling=GLAD)).kind != "celebrate"


def test_never_is_a_reproach_only_where_something_displeases() -> None:
    recipe = "She never wrote anything down, I had to guess half of it."
    assert choose(Seen(recipe, feeling=Feeling(0.1, 0.3, 0.5))).kind != "other_side"
    assert choose(Seen(recipe, feeling=Feeling(-0.2, 0.3, 0.5))).kind == "other_side"
    assert choose(Seen("She's being so unfair.", feeling=Feeling(0.1, 0.3, 0.5))).kind == "other_side"


def test_good_news_is_not_turned_into_a_hurt_by_a_mere_hint() -> None:
    hint = "I haven't told my parents yet, you're the first."
    assert choose(Seen(hint)).kind == "hard"
    assert choose(Seen(hint, taken=("celebrate",))).kind != "hard"
    assert choose(Seen("My aunt died, though.", taken=("celebrate",))).kind == "hard"


def test_a_hard_word_about_themselves_is_heard_out_first_and_doubted_the_second_time() -> None:
    assert choose(Seen(RUINS)).kind != "challenge"
    assert choose(Seen(RUINS, said=("Oh.",), taken=("hard",))).kind == "challenge"


def test_a_direct_being_doubts_at_once_and_none_doubts_twice_in_a_short_while() -> None:
    assert choose(Seen(RUINS, traits={"direct": 0.8})).kind == "challenge"
    assert choose(Seen(RUINS, taken=("challenge", "hard"), traits={"direct": 0.8})).kind != "challenge"


def test_a_playful_being_takes_a_mishap_lightly_and_an_earnest_one_asks() -> None:
    line = "I made lasagna and it collapsed."
    assert choose(Seen(line, traits={"playful": 0.8})).kind == "light"
    assert choose(Seen(line, traits={"playful": 0.1})).kind == "ask"


def test_a_situation_that_hurts_is_hard_though_no_feeling_is_named() -> None:
    assert choose(Seen("He forgot my birthday.")).kind == "hard"


@pytest.mark.parametrize(
    "line",
    [
        "I did nothing wrong, did I?",
        "She has no right to say that, does she?",
        "I shouldn't have to forgive that, should I?",
    ],
)
def test_who_wants_to_be_told_who_is_right_gets_the_other_side(line: str) -> None:
    assert choose(Seen(line)).kind == "other_side"


@pytest.mark.parametrize("line", ["He's coming on Sunday, isn't he?", "It's cold, right?"])
def test_a_plain_question_with_a_tag_is_no_quarrel(line: str) -> None:
    assert choose(Seen(line)).kind != "other_side"


def test_asked_what_she_hears_she_says_it() -> None:
    assert choose(Seen("How do I sound to you?")).kind == "reading"


def test_after_something_hard_what_is_told_plainly_is_given_back() -> None:
    assert choose(Seen("We put the boxes in the hall.", said=("Oh.",), taken=("hard",))).kind == "reflect"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("What if I'm not good enough?", "hard"),
        ("What am I supposed to say to them?", "suggest"),
        ("I don't want advice, I just want to talk.", "company"),
        ("Can I talk to you?", "company"),
        ("Hi, I am really sad today.", "hard"),
        ("Hey! Doing well here.", "hello"),
        ("He thinks it's funny that I get jealous.", "hard"),
        ("Sorry, that came out wrong.", "thanks"),
        ("I just stood there. I didn't say a word.", "ask"),
    ],
)
def test_what_looks_alike_is_told_apart(line: str, kind: str) -> None:
    assert choose(Seen(line)).kind == kind
