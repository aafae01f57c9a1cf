"""The few words she gives back."""

import pytest

from becoming.conversation.echo import echo, topic, turned, whole


@pytest.mark.parametrize(
    ("utterance", "given_back"),
    [
        ("My boss tore my presentation apart in front of the whole team.", "In front of the whole team."),
        ("He shut off the hot water again. Third time this month.", "Third time this month."),
        ("I keep setting out two cups in the morning.", "Two cups."),
        ("Leek and potato. It's my aunt's recipe.", "Your aunt's recipe."),
        ("I just stood there. I didn't say a word.", "Not a word."),
        ("I guess I'm afraid she has a whole new life now.", "A whole new life."),
        ("She used to hum while she cooked.", "While she cooked."),
        ("I've been there nine years.", "Nine years."),
        ("And the worst part is, he was kind of right.", "Kind of right."),
        ("She's taking the kids to Lisbon next week.", "The kids to Lisbon."),
    ],
)
def test_she_gives_back_the_words_that_carry_the_weight(utterance: str, given_back: str) -> None:
    found = echo(utterance)
    assert found is not None
    assert found.text == given_back


@pytest.mark.parametrize(
    "utterance",
    [
        "Today was awful.",
        "Yeah.",
        "...",
        "",
        "How far away is the moon?",
        "It was okay, I guess.",
        "He's an asshole.",
    ],
)
def test_where_nothing_tells_more_than_the_rest_she_does_not_parrot(utterance: str) -> None:
    assert echo(utterance) is None


def test_what_was_mine_becomes_yours() -> None:
    assert turned("I told my sister I was tired of us") == "you told your sister you were tired of you"


def test_good_news_are_given_back_whole() -> None:
    found = whole("I got the job! The one at the observatory.")
    assert found is not None
    assert found.text == "You got the job."


def test_swear_words_and_words_about_herself_are_not_given_back() -> None:
    assert whole("This fucking landlord") is None
    assert echo("You never listen to me.") is None


@pytest.mark.parametrize(
    ("line", "thing"),
    [
        ("My sister is called Ida.", "your sister"),
        ("My boss is leaving.", "your boss"),
        ("I finally finished the roof.", "the roof"),
        ("The boat leaks again.", None),
        ("My old dog died.", None),
        ("Where does my sister live?", None),
    ],
)
def test_what_a_talk_was_about_is_a_thing_and_no_sentence(line: str, thing: str | None) -> None:
    assert topic([line]) == thing
