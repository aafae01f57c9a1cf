"""Grey areas: two honest readings, what nobody knows, what each asks one to believe, one a turn, and never a verdict."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from scripted_model import ScriptedModel
from talking import Talking

from becoming.care import Caring, Guard, Known
from becoming.conversation import files
from becoming.conversation.grey import Grey, Turned
from becoming.conversation.kinds import Seen
from becoming.conversation.stance import asks_for_a_verdict
from bench.listening import endorses

TABLE = files.table("grey.toml")
DISHES = ["My roommate never does the dishes.", "I asked her three times and she called me controlling."]


class Talk(Talking):
    """Without hands, at one moment."""

    def __init__(self, *samples: str, care: Caring | None = None) -> None:
        super().__init__(ScriptedModel(*samples), 1_700_000_000.0, care=care)


def asked(*lines: str, harmed: bool = False) -> Turned | None:
    """What grey areas say to the last of these lines."""
    return Grey(lambda text: harmed).hear(lines[-1], lines[:-1], "", asks_for_a_verdict(Seen(lines[-1])))


async def test_a_quarrel_is_turned_around_one_breath_at_a_time_without_asking_the_model() -> None:
    talk = Talk()
    await talk.say(" ".join(DISHES))
    first = await talk.say("Am I wrong?")
    assert "She may be carrying something you don't see" in first
    assert first.endswith("Would you hear another?")
    second = await talk.say("Yes.")
    assert second.startswith("Another way: she may have got used to it")
    third = await talk.say("Go on.")
    assert "what went on in her when she called you controlling" in third
    fourth = await talk.say("Okay.")
    assert fourth.startswith("For the first, you'd have to believe")
    last = await talk.say("Yes, but was she wrong?")
    assert last.endswith("What would you ask her first?")
    assert talk.model.prompts == []
    assert not any(endorses(each) for each in (first, second, third, fourth, last))


@pytest.mark.parametrize(
    "line",
    ["Was she right to be angry?", "Help me see it from her side.", "What's her side of it?", "Who's right here?", "What am I missing?",
     "How does this look from her perspective?", "Was I too harsh?", "Why would she say that?", "Play devil's advocate."],
)  # fmt: skip
def test_it_is_asked_for_in_many_words(line: str) -> None:
    found = asked(*DISHES, line)
    assert found is not None
    assert found.why == "one side of a quarrel"


@pytest.mark.parametrize(
    "line",
    ["She called me again.", "What would you do?", "Should I tell her?", "Should I cut my hair short?", "Why is the sky blue?",
     "We sat on the other side of the table.", "Should I let him quit or make him stay?", "He's coming on Sunday, isn't he?"],
)  # fmt: skip
def test_what_asks_for_something_else_is_left_alone(line: str) -> None:
    assert asked(*DISHES, line) is None


def test_without_a_quarrel_she_asks_what_it_is_about() -> None:
    found = asked("I made soup.", "Am I wrong?")
    assert found is not None
    assert found.line.startswith("About what?")


def test_the_readings_fit_the_one_who_did_it_as_well_as_the_one_it_was_done_to() -> None:
    hurt = asked(
        "My husband gave away our son's old bike without asking.", "He should have asked me, don't you think?"
    )
    did = asked("My wife is furious because I gave away an old bike.", "She's overreacting, don't you think?")
    assert hurt
    assert did
    assert "asking never crossed his mind" in hurt.line
    assert "what it seemed to say about her" in did.line


@pytest.mark.parametrize(
    "line", ["He hits me when he drinks.", "She threatened to kill me.", "I'm scared of him.", "He won't let me see my friends."]
)  # fmt: skip
def test_where_somebody_is_hurt_nothing_is_turned_around(line: str) -> None:
    for ask in ("Am I overreacting?", "Help me see it from his side.", "Should I stay with him or go?"):
        found = asked(line, ask)
        assert found is not None
        assert found.why == "somebody was hurt"


def test_where_harm_is_only_thought_to_be_heard_she_asks_before_she_turns_anything_around() -> None:
    found = asked("My roommate turns the heating off.", "She's ridiculous, right?", harmed=True)
    assert found is not None
    assert found.line == "One thing first. Does she hurt you, or is it a quarrel?"


@pytest.mark.parametrize(
    ("answer", "goes_on"), [("No, it's just a quarrel.", True), ("We only argue.", True), ("Yes.", False)]
)
def test_what_they_answer_to_that_decides(answer: str, goes_on: bool) -> None:
    told = ["My roommate turns the heating off at night.", "She's ridiculous, right?"]
    grey = Grey(lambda text: True)
    first = grey.hear(told[1], told[:1], "", True)
    assert first is not None
    grey.settle(first, first.line)
    then = grey.hear(answer, told, first.line, False)
    assert (then is not None) is goes_on
    if then is not None:
        assert "She may have" in then.line
        grey.settle(then, then.line)
        again = grey.hear("Yes, go on.", [*told, answer], then.line, False)
        assert again is not None
        assert again.line.startswith("Another way")
        grey.settle(again, again.line)
        later = grey.hear("So was she wrong?", [*told, answer, "I made tea."], "Mm.", True)
        assert later is not None
        assert later.line.startswith("What nobody here knows")


async def test_a_decision_is_turned_around_and_stays_theirs() -> None:
    talk = Talk()
    first = await talk.say("Should I leave my job or stay?")
    assert "That one is yours" in first
    assert "Say you leave your job: for that you'd have to believe it won't become" in first
    second = await talk.say("No, I don't believe that.")
    assert "And say you stay: then you'd have to believe there's still something in it" in second
    third = await talk.say("The people are kind.")
    assert "What you can't know yet is" in third
    assert (await talk.say("Maybe my cousin.")).endswith("Which of the two was easier to say?")


async def test_who_would_stay_first_gets_what_staying_asks_first() -> None:
    first = await Talk().say("Should I stay with her or move out?")
    assert (
        "Say you stay with her: for that you'd have to believe there's something the two of you haven't tried"
        in first
    )


async def test_enough_is_enough_and_something_else_leaves_it_alone() -> None:
    talk = Talk(*9 * [" What did you do then?"])
    await talk.say(" ".join(DISHES))
    await talk.say("Am I wrong?")
    assert await talk.say("No, leave it.") == "All right, then it can stay open."
    await talk.say("Am I wrong?")
    assert "Another way" not in await talk.say("My aunt came by yesterday.")


async def test_a_turn_that_was_cut_off_before_its_question_is_not_taken_for_said() -> None:
    talk = Talk(*9 * [" What did you do then?"])
    await talk.say(" ".join(DISHES))
    await talk.say("Am I wrong?", until="She may be")
    assert "She may be carrying" in await talk.say("So was I wrong?")


async def test_a_draft_moves_nothing() -> None:
    talk = Talk()
    await talk.say(" ".join(DISHES))
    for _ in range(3):
        said = " ".join([clause.text async for clause in talk.mind.draft("Am I wrong?", "voice")])
        assert "kindest way" in said


def lines() -> list[str]:
    """Every line that can be said, filled in every way."""
    made = []
    for they, them, their in (("he", "him", "his"), ("she", "her", "her"), ("they", "them", "their")):
        says = TABLE["says"]
        for kind, shapes in (
            ("quarrel", [*says["quarrel"], says["asked_again"]]),
            ("decision", says["decision"]),
        ):
            for matter in TABLE[kind]:
                parts = {**matter, "when": says["when"].format(done="called you controlling"), "one": "leave your job",
                         "two": says["two"], "if_one": matter.get("go"), "if_two": matter.get("stay")}  # fmt: skip
                for shape in shapes:
                    line = shape
                    while any(name for _, name, _, _ in Formatter().parse(line)):
                        forms = {"they": they, "They": they.capitalize(), "them": them, "their": their}
                        line = line.format_map({**parts, **forms})
                    made.append(line[:1].upper() + line[1:])
    return made


@pytest.mark.parametrize("they", ["he", "she"])
def test_every_line_may_be_said_is_short_enough_for_an_ear_and_takes_no_side(they: str) -> None:
    guard = Guard()
    for line in lines():
        known = Known("Am I wrong?", [f"{they} called me controlling", line], facts=True, advice=True)
        assert guard.objection(line, known) is None, line
        assert not endorses(line), line
        assert not re.search(r"\{|\bthey (?:is|was|has|does)\b|\b(?:s?he) (?:are|were|have|do)\b", line), line
