"""Which of several sentences says more, and is more like her."""

import json
import re
from pathlib import Path
from statistics import mean

from becoming.care.known import Known
from becoming.conversation.examples import Situation, book
from becoming.conversation.rank import WORTH_SAYING, like_hers, score

INSTEAD = Path(__file__).parent.parent.parent / "scripts/voice/instead.jsonl"

KNOWN = Known("The landlord shut off the hot water again, the asshole.", said=["What did you do?"])


def points(sentence: str) -> float:
    return score(sentence, "Again.", KNOWN)


def test_a_question_near_to_what_was_said_beats_one_from_anywhere() -> None:
    assert points("Who pays for the hot water?") > points("Who is the president of Mars?")


def test_a_vague_question_is_worse_than_a_plain_one() -> None:
    assert points("What does that mean?") < WORTH_SAYING < points("Where was the landlord?")


def test_a_short_question_without_a_word_of_its_own_may_be_asked() -> None:
    assert points("Who was there?") >= WORTH_SAYING


def test_a_statement_must_rest_on_the_persons_words() -> None:
    assert points("So you shut off the water.") > WORTH_SAYING > points("So you passed the exam in Rome.")


def test_a_question_shaped_like_the_last_one_is_worse() -> None:
    assert points("What did the landlord say?") < points("When did the landlord say it?")


def test_swear_words_are_the_persons_not_hers() -> None:
    assert points("Who was the asshole?") < WORTH_SAYING


def test_a_sentence_that_breaks_off_is_not_worth_saying() -> None:
    assert score("Is it the way she's?", "", KNOWN) < WORTH_SAYING


def test_what_is_like_her_lines_is_put_before_what_the_packaged_model_says_in_their_place() -> None:
    """On situations of the book that no training has read."""
    said = {each["of"]: each["said"] for each in map(json.loads, INSTEAD.read_text("utf-8").splitlines())}
    apart = [it for it in book() if it.apart]
    first = [_like_hers(it.exchanges[-1].said) > _like_hers(said[_key(it)]) for it in apart]
    assert sum(first) >= 0.75 * len(apart) > 75


def test_a_question_that_fits_everything_is_not_like_her() -> None:
    assert like_hers("What did you think?") < like_hers("Who pays for the hot water?")
    assert points("What did you want to say?") < points("Who wanted to say it?")


def _like_hers(line: str) -> float:
    return mean(like_hers(each) for each in re.split(r"(?<=[.?!])\s+", line)) if line else -1.0


def _key(it: Situation) -> str:
    return " / ".join([it.title, it.exchanges[-1].heard])
