"""A birth from the notice to her name: every step, every kind of answer, and a crash in the middle."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becoming.events import Being, InputError, Person, Voice
from becoming.persona import lines
from becoming.persona.birth import Birth
from becoming.persona.naming import choose
from becoming.persona.traits import first_traits

HEART, MICHAEL = Voice("heart", "Heart", "female"), Voice("michael", "Michael", "male")
NOW = 1_790_000_000.0


@pytest.fixture
def begin(book):
    """A birth over the real book, read once."""

    def begin(voices=(HEART, MICHAEL), seed=1):
        return Birth(voices, seed, clock=lambda: NOW, read=lambda: book)

    return begin


def through(birth, *answers):
    """Give the answers one after the other; what she said to the last."""
    said = [birth.step.text]
    for answer in answers:
        said = birth.answer(answer)
        assert said[-1] == birth.step.text
    return said


def test_the_first_words_are_the_notice_that_she_is_software(begin):
    question = begin().step
    assert question.key == "notice"
    assert re.match(r"Hello\. .*I'm software", question.text)


def test_a_whole_birth_by_voice_in_lower_case(begin, book):
    birth = begin()
    steps = [birth.step.key]
    for answer in (
        "yes i'm thirty four",
        "you can call me theo",
        "a woman's voice",
        "i'm tired and lonely",
        "i like it",
    ):
        birth.answer(answer)
        steps.append(birth.step.key)
    assert steps == ["notice", "call", "voice", "brings", "naming", "born"]
    being, person = birth.result
    expected = choose(
        book, 1, first_traits(1, "i'm tired and lonely"), "Theo", "i'm tired and lonely", "female"
    )
    assert person == Person("Theo", "i'm tired and lonely")
    assert being == Being(expected.name, expected.why, "heart", NOW, first_traits(1, "i'm tired and lonely"))
    assert birth.over


def test_she_says_how_many_names_she_read_and_how_long_it_really_took(begin):
    birth = begin()
    said = through(birth, "yes", "Theo", "Heart", "just curious")
    took = birth.dump()["choice"]["seconds"]
    assert f"I've read all 97,310 names in it; it took {lines.spoken(took)}." in said
    assert any(line.startswith(f"I'd like to be {birth.dump()['choice']['name']}. ") for line in said)


def test_the_voice_is_not_asked_for_when_there_is_only_one(begin):
    birth = begin(voices=[HEART])
    through(birth, "yes", "Theo")
    assert birth.step.key == "brings"
    through(birth, "nothing", "yes")
    assert birth.result[0].voice == "heart"


def test_without_any_voice_there_is_no_birth(begin):
    with pytest.raises(InputError, match="voice"):
        begin(voices=[])


def test_her_name_fits_the_voice_that_was_chosen(begin, book):
    for voice, seed in [("Heart", 3), ("Michael", 3), ("Michael", 9)]:
        birth = begin(seed=seed)
        through(birth, "yes", "Theo", voice, "", "yes")
        share = book.page(book.find(birth.result[0].name)).share_female
        assert (share if voice == "Heart" else 1 - share) >= 0.3


# ── age ─────────────────────────────────────────────────────────────────────────────────────


def test_somebody_under_eighteen_is_turned_away_kindly_and_it_stays_so(begin):
    birth = begin()
    said = through(birth, "I'm 15")
    assert said == list(lines.TURNED_AWAY)
    assert "adults only" in said[0]
    assert birth.over
    for later in ("I'm 20", "yes", "Theo"):
        assert birth.answer(later) == list(lines.TURNED_AWAY)
    again = Birth.load(json.loads(json.dumps(birth.dump())))
    assert (again.step.key, again.answer("I am 45")) == ("turned_away", list(lines.TURNED_AWAY))
    with pytest.raises(InputError, match="not born"):
        _ = again.result


def test_an_unclear_age_is_asked_again_and_again(begin):
    birth = begin()
    for answer in ("", "what?", "🙂", "purple"):
        assert through(birth, answer) == [lines.AGE_AGAIN]
    assert birth.step.key == "age"
    through(birth, "I'm 41")
    assert birth.step.key == "call"


# ── the person's name ───────────────────────────────────────────────────────────────────────


def test_she_confirms_the_name_by_using_it(begin):
    assert through(begin(), "yes", "I'm Theodore but everybody says Theo")[0] == "Hello, Theo."


def test_somebody_who_will_not_say_a_name_goes_on_without_one(begin):
    birth = begin()
    said = through(birth, "yes", "none of your business")
    assert said[0] == lines.NO_NAME
    said = through(birth, "heart", "skip", "yes")
    assert birth.result[1] == Person("", "")
    assert said[-1].endswith("I'm glad to meet you.")


def test_a_name_that_was_not_heard_is_asked_for_once_more_and_then_let_be(begin):
    birth = begin()
    assert through(birth, "yes", "")[-1] == lines.CALL_AGAIN
    assert through(birth, "🙂🙂")[0] == lines.NO_NAME
    assert birth.step.key == "voice"


def test_a_misheard_name_is_put_right_with_a_spelling_hint(begin):
    birth = begin()
    said = through(birth, "yes", "Teo", "no, it's Teo with T-H")
    assert said[0] == "Theo. Sorry about that."
    assert birth.step.key == "voice"
    through(birth, "heart", "fun", "yes")
    assert birth.result[1].name == "Theo"


def test_a_name_that_no_book_knows_is_greeted_with_a_way_to_put_it_right(begin):
    birth = begin(voices=[HEART])
    assert through(birth, "yes", "Heel.")[0] == lines.HELLO_UNSURE.format(name="Heel")
    assert through(birth, "T. H. E. O.")[0] == "Theo. Sorry about that."
    assert birth.step.key == "brings"


@pytest.mark.parametrize("text", ["P.T.S.D.", "A D H D", "It's P.T.S.D."])
def test_what_somebody_has_is_not_taken_for_their_name(begin, text):
    birth = begin(voices=[HEART])
    through(birth, "yes", "Theo", text)
    assert (birth.dump()["name"], birth.dump()["brings"]) == ("Theo", text)


def test_a_name_that_is_only_said_to_be_wrong_is_asked_for_and_the_birth_goes_on_where_it_was(begin):
    birth = begin()
    through(birth, "yes", "Cleo", "heart")
    assert through(birth, "that's not my name") == [lines.SORRY, lines.CALL_AGAIN]
    assert through(birth, "Theo") == ["Hello, Theo.", "What brings you here, Theo?"]


def test_a_name_put_right_after_she_chose_hers_makes_her_choose_again(begin):
    birth = begin()
    through(birth, "yes", "Cleo", "heart", "curious")
    said = through(birth, "no, my name is Theo")
    assert said[:2] == ["Theo. Sorry about that.", lines.LOOK_AGAIN]
    assert birth.step.key == "naming"
    assert "Cleo" not in " ".join(said)


def test_what_somebody_feels_is_not_taken_for_a_correction_of_their_name(begin):
    birth = begin()
    through(birth, "yes", "Theo", "heart", "I'm lonely")
    assert birth.dump()["name"] == "Theo"
    assert birth.dump()["brings"] == "I'm lonely"


# ── what brings them ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", ["nothing works any more", "I don't know, I feel lost", "no reason to go on"]
)
def test_something_heavy_is_never_waved_away_as_no_reason(begin, text):
    birth = begin()
    said = through(birth, "yes", "Theo", "heart", text)
    assert lines.NOT_TOLD not in said
    assert birth.dump()["brings"] == text


def test_somebody_with_a_heavy_heart_is_thanked_not_cheered(begin):
    assert through(begin(), "yes", "Theo", "heart", "My father died in March")[0] == lines.HEAVY


@pytest.mark.parametrize("text", ["", "nothing", "Nothing special.", "I don't know", "rather not say", "🙂"])
def test_nobody_needs_a_reason(begin, text):
    birth = begin()
    assert through(birth, "yes", "Theo", "heart", text)[0] == lines.NOT_TOLD
    assert birth.dump()["brings"] == ""


# ── her name ────────────────────────────────────────────────────────────────────────────────


def named(birth):
    return birth.dump()["choice"]["name"]


@pytest.fixture
def naming(begin):
    birth = begin()
    through(birth, "yes", "Theo", "heart", "I read a lot")
    return birth


def test_another_name_is_another_of_hers_with_its_own_reason(naming):
    first = naming.dump()["choice"]
    said = through(naming, "another name")
    second = naming.dump()["choice"]
    assert said[0] == lines.ANOTHER_COMES
    assert first["name"] != second["name"]
    assert second["why"].split(". ")[0] in " ".join(said)
    through(naming, "hmm no")
    assert len({first["name"], second["name"], named(naming)}) == 3


def test_a_name_the_person_insists_on_is_taken_and_said_truthfully(naming):
    said = through(naming, "please be called Nora")
    assert said[0].startswith("Nora. Thank you")
    through(naming, "yes")
    being, _ = naming.result
    assert being.name == "Nora"
    assert being.why.startswith("You gave it to me, and I said yes.")


def test_a_name_given_to_her_that_was_misheard_can_be_put_right_before_it_is_for_life(naming):
    own = named(naming)
    assert through(naming, "Moran.")[-1] == lines.IS_IT.format(name="Moran")
    assert through(naming, "no, Nora")[-1] == lines.IS_IT.format(name="Nora")
    assert through(naming, "no") == [lines.GIVEN_WRONG, lines.MAY_I.format(name=own)]
    through(naming, "N O R A", "that's right")
    assert naming.result[0].name == "Nora"


def test_a_hateful_name_is_declined_and_the_question_stays(naming):
    before = named(naming)
    said = through(naming, "your name is Adolf")
    assert "rather not" in said[0]
    assert (naming.step.key, named(naming)) == ("naming", before)


def test_asked_why_she_tells_and_asked_for_a_meaning_she_invents_none(naming):
    why = naming.dump()["choice"]["why"]
    assert all(sentence in through(naming, "why?") for sentence in lines.sentences(why))
    assert through(naming, "what does it mean?")[0] == lines.NO_MEANINGS
    assert naming.step.key == "naming"


def test_an_unclear_answer_is_asked_about_once_and_then_she_keeps_her_name(naming):
    hers = named(naming)
    through(naming, "hmm")
    assert naming.step.key == "naming"
    through(naming, "well")
    assert naming.result[0].name == hers


# ── keeping it, and anything at all ─────────────────────────────────────────────────────────


def test_a_crash_after_any_answer_resumes_with_the_same_question_and_the_same_end(begin, book):
    answers = ("yes", "Theo", "Michael", "some fun", "another one", "why?", "yes")
    whole, broken = begin(), begin()
    for answer in answers:
        through(whole, answer)
        kept = json.dumps(broken.dump())
        broken = Birth.load(json.loads(kept), clock=lambda: NOW, read=lambda: book)
        assert json.dumps(broken.dump()) == kept
        through(broken, answer)
        assert broken.step == whole.step
    assert broken.result == whole.result


@pytest.mark.parametrize(
    "kept",
    [{}, {"version": 0}, {"version": 1}, {"version": 1, "seed": 1, "voices": [], "step": "call"}],
)
def test_what_is_not_a_kept_birth_is_refused(kept):
    with pytest.raises(InputError, match=r"begin a new one|voice"):
        Birth.load(kept)


def test_an_unknown_step_is_refused_when_it_is_loaded(begin):
    with pytest.raises(InputError, match="begin a new one"):
        Birth.load({**begin().dump(), "step": "reborn"})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.lists(
        st.text(max_size=60) | st.sampled_from(["yes", "no", "Theo", "another", "why?"]), max_size=12
    )
)
def test_any_answers_lead_on_and_every_line_is_for_the_ear(begin, answers):
    birth = begin()
    for answer in answers:
        said = birth.answer(answer)
        assert said
        assert said[-1] == birth.step.text
        for line in said:
            assert line == lines.NOTICE or len(line.split()) < 25, line
        Birth.load(json.loads(json.dumps(birth.dump())))


def test_ten_thousand_letters_at_every_step_are_answered(begin):
    birth = begin()
    for start in ("yes, I am 40. ", "call me Theo ", "Heart ", "I am tired ", "yes "):
        through(birth, start + "blah " * 2_000)
    assert birth.step.key == "born"
    assert len(json.dumps(birth.dump())) < 4_000
    assert birth.result[1].name == "Theo"
