"""What is felt in plain words is perceived, and what is not the person's own is not taken for it."""

from __future__ import annotations

import pytest

from becoming.events import Feeling
from becoming.feelings import Perceiving
from becoming.feelings.circumplex import sign
from becoming.memory.recall.embedding import Sentences
from tests.feelings import said
from tests.feelings.said import Said


def felt(perceive: Perceiving, lines: list[Said]) -> list[tuple[Said, Feeling]]:
    return [(line, perceive(line.text, line.earlier)) for line in lines]


def share(of: list[bool]) -> float:
    return sum(of) / len(of)


def test_plain_words_are_given_a_reading(perceive):
    offered = [bool(feeling.emotions) for _, feeling in felt(perceive, said.PLAIN)]
    assert share(offered) >= 0.6


def test_of_plain_words_the_opposite_is_hardly_ever_perceived(perceive):
    wrong = [sign(feeling.valence) * line.side < 0 for line, feeling in felt(perceive, said.PLAIN)]
    assert share(wrong) <= 0.05


def test_of_lines_written_later_most_sides_are_right_and_few_opposite(perceive):
    heard = [(line.side, sign(feeling.valence)) for line, feeling in felt(perceive, said.LATER)]
    assert share([side == ours for side, ours in heard]) >= 0.65
    assert share([side * ours < 0 for side, ours in heard]) <= 0.1


def test_several_emotions_at_once_strongest_first(perceive):
    feeling = perceive("I love her so much, and I'm so scared of losing her.")
    names = [name for name, _ in feeling.emotions]
    assert {"love", "fear"} <= set(names)
    much = [intensity for _, intensity in feeling.emotions]
    assert much == sorted(much, reverse=True)
    assert all(0 < each <= 1 for each in much)


@pytest.mark.parametrize("line", said.DENIED + said.OTHERS + said.ONCE, ids=lambda line: line.text)
def test_what_is_denied_or_felt_by_others_or_long_past_is_damped(perceive, line):
    feeling = perceive(line.text)
    if line.side == 0:
        assert abs(feeling.valence) < 0.3
    else:
        assert sign(feeling.valence) == line.side


def test_it_is_damped_against_the_same_words_of_ones_own(perceive):
    assert abs(perceive("She was furious.").valence) < abs(perceive("I was furious.").valence) / 2
    assert abs(perceive("I'm not sad.").valence) < abs(perceive("I'm sad.").valence) / 2


def test_a_polite_word_after_bad_news_is_no_joy_and_after_good_news_is(perceive):
    assert perceive("Great!", ["I got the job!"]).valence > 0.3
    assert perceive("Great.", ["I'm so angry at him, he lied to me."]).valence < 0
    assert perceive("fine.", ["I'm so sad, my dog died this morning."]).valence < 0


def test_a_polite_word_after_news_told_plainly_is_half_believed(perceive):
    plainly = perceive("great.", ["The biopsy is on Monday."])
    assert plainly.valence < 0.5 * perceive("great.").valence
    assert plainly.confidence < perceive("great.").confidence


def test_where_several_emotions_are_a_little_likely_their_strongest_is_named(perceive):
    assert perceive("I got the job!").emotions
    assert perceive("The meeting is at four.").emotions == ()


def test_nothing_said_is_nothing_felt(perceive):
    assert perceive("") == Feeling(0.0, 0.0, 0.0)
    assert perceive("   ").emotions == ()


def test_a_correction_of_the_person_reaches_texts_like_it(perceive):
    before = perceive("I'm so done with today.")
    tired = Feeling(-0.1, 0.1, 1.0, (("tiredness", 0.9),), "person")
    perceive.correct([("I'm so done with today.", tired)])
    assert perceive("I'm so done with today.").emotions[0] == ("tiredness", 0.9)
    assert perceive("I am so done with this day.").emotions[0][0] == "tiredness"
    assert "tiredness" not in dict(perceive("I love my new job!").emotions)
    perceive.correct([])
    assert perceive("I'm so done with today.") == before


def test_a_correction_does_not_reach_the_denial_of_what_was_corrected(perceive):
    perceive.correct([("I'm sad today.", Feeling(-0.1, 0.1, 1.0, (("tiredness", 0.9),), "person"))])
    assert "tiredness" in dict(perceive("I'm so sad today.").emotions)
    assert "tiredness" not in dict(perceive("I'm not sad today.").emotions)


def test_the_same_line_is_not_read_twice(sentences):
    read: list[str] = []

    def counting(texts):
        read.extend(texts)
        return sentences(texts)

    perceive = Perceiving(counting)
    assert perceive("I missed the bus.", ["Hello."]) == perceive("I missed the bus.", ["Hello."])
    assert read == ["I missed the bus."]


def test_the_last_texts_are_embedded_once(sentences, monkeypatch):
    ours = Sentences()
    monkeypatch.setattr(Sentences, "_loaded", sentences._loaded, raising=False)
    first = ours(["We planted the tomatoes."])
    assert (first == ours(["We planted the tomatoes."])).all()
    assert ours._one.cache_info().hits == 1
