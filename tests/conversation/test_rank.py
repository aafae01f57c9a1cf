"""Which of several sentences says more."""

from becoming.care.known import Known
from becoming.conversation.rank import WORTH_SAYING, score

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
