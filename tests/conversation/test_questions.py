"""How a question begins follows what is felt."""

import random
import tomllib
from importlib import resources

import pytest

from becoming.care import Guard, Known
from becoming.conversation.manner import spoken
from becoming.conversation.questions import beginnings
from becoming.conversation.stance import Seen
from becoming.events import Feeling

RNG = random.Random(4)
AFRAID = Feeling(-0.6, 0.8, 0.9, (("fear", 0.7),))


def begun(text: str, they: str = "", feeling: Feeling | None = None, said: tuple[str, ...] = ()) -> set[str]:
    return {
        each for _ in range(40) for each in beginnings("hard", Seen(text, said, feeling=feeling), they, RNG)
    }


def test_fear_is_asked_about_as_fear() -> None:
    assert "What are you most afraid" in begun("It's the knee.", feeling=AFRAID)
    assert "What do you miss" not in begun("It's the knee.", feeling=AFRAID)


def test_where_nothing_is_perceived_the_words_decide() -> None:
    assert "What do you miss" in begun("She died in March.", "she")
    assert "What are you most afraid" in begun(
        "I'm scared of it.", feeling=Feeling(-0.2, 0.4, 0.3, (("joy", 0.2),))
    )


def test_nobody_is_asked_about_a_him_or_her_nobody_spoke_of() -> None:
    assert not any("him" in each or "they" in each for each in begun("It's all gone."))
    assert "What would you tell her" in begun("She's gone.", "she")


def test_a_beginning_does_not_come_again_soon() -> None:
    said = ("What do you miss about it?", "When do you notice it most?")
    assert not {"What do you miss", "When do you notice it"} & begun("It's gone.", said=said)


def test_a_few_are_offered_and_never_none() -> None:
    many = tuple(f"{each} it?" for each in begun("It's gone."))
    assert 1 <= len(beginnings("hard", Seen("It's gone.", many), "", RNG)) <= 4


FILE = resources.files("becoming.conversation") / "questions.toml"
ALL = [each for group in tomllib.loads(FILE.read_text()).values() for each in group["questions"]]


@pytest.mark.parametrize("beginning", ALL)
def test_every_beginning_passes_the_guard(beginning: str) -> None:
    known = Known("My sister did it.", heard=["They were there."])
    line = spoken(beginning.replace("{who}", "your sister"), "she")
    assert Guard().objection(f"{line} that?", known) is None


@pytest.mark.parametrize(
    "line",
    [
        "My dad started drinking again.",
        "I told my mom I quit.",
        "My sister's boyfriend moved to Rome.",
        "My mother got a cancer diagnosis.",
    ],
)
def test_bad_news_and_another_ones_are_not_asked_about_as_good_ones(line: str) -> None:
    begins = shaped(line)
    assert not any(each.startswith(("How does", "How long has")) for each in begins)


def shaped(text: str, they: str = "") -> set[str]:
    return {each for _ in range(40) for each in beginnings("ask", Seen(text), they, RNG)}


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("I start in March.", "What are you looking forward"),
        ("I like it when it rains.", "What do you like about"),
        ("As a kid I had a red kite.", "What was it like"),
        ("I'm making soup from an old recipe.", "Who taught you"),
        ("We walked home over the bridge.", "How did it end"),
        ("My friend Ines is a baker.", "What's Ines like"),
        ("My sister Ida moved to Bergen.", "How does Ida like"),
        ("My sister-in-law is a baker.", "What's your sister-in-law like"),
        ("The bell is blue.", "What's it like"),
        ("Work.", "What about it"),
    ],
)
def test_what_is_told_without_a_feeling_is_asked_about_by_its_shape(line: str, begins: str) -> None:
    assert begins in shaped(line)


def test_a_word_for_anger_in_a_plain_line_asks_about_no_anger() -> None:
    assert not {"What did you want to say", "When did it start"} & shaped("It's raining again.")


def test_nobody_unnamed_is_asked_after() -> None:
    assert not any("{" in each for each in shaped("My own word."))


def test_a_word_that_sounds_like_winning_is_not_asked_about_as_joy() -> None:
    assert "What's the best part" not in begun("I was wondering about the best way to tell them.")
