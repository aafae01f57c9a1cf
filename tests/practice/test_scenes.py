"""The scene files: all can be played, each is found by what people call it, and a broken one is named by its line."""

from __future__ import annotations

import pytest

from becoming.care import Guard, Known
from becoming.practice.asking import asked_for
from becoming.practice.scenes import FOLDER, SceneError, parse, scenes

READY = {
    "a first date": "date",
    "an apology": "apology",
    "apologising to a friend": "apology",
    "asking for a raise": "raise",
    "saying no": "no",
    "breaking up": "breaking_up",
    "telling bad news": "bad_news",
    "meeting an ex": "ex",
    "coming out": "coming_out",
    "small talk with a stranger": "small_talk",
    "setting a boundary": "boundary",
}
GOOD = FOLDER.joinpath("scenes/apology.txt").read_text("utf-8")


@pytest.mark.parametrize(("wish", "key"), READY.items())
def test_a_ready_scene_is_found_by_what_people_call_it(wish: str, key: str):
    asked = asked_for(f"Can I practise {wish}?", scenes())
    assert asked
    assert asked.ready
    assert asked.ready.key == key


def test_every_line_of_every_scene_may_be_said_by_somebody_who_is_played():
    guard = Guard()
    for scene in scenes().values():
        for line in [scene.opens, *(text for who, _, text in scene.lines if who == "they")]:
            assert guard.objection(line, Known("", in_role=True)) is None, (scene.key, line)


@pytest.mark.parametrize(
    ("broken", "line", "says"),
    [
        (GOOD.replace("voice: female", "voice: low"), 3, "female or male"),
        (GOOD.replace("who: Robin, your friend\n", ""), 6, "'who:'"),
        (GOOD.replace("for: apolog", "for: (apolog"), 4, "no pattern"),
        (GOOD.replace("holds: The dinner.", "shrugs: The dinner."), 10, "an answer is"),
        (
            GOOD.replace("holds: The dinner. You mean the one where I ordered alone?\n", ""),
            10,
            "has no answer",
        ),
        (GOOD.replace("+ holds: ", "+ hold: "), 18, "holds, stung, firm"),
        (GOOD.partition("\n> I had")[0], 10, "needs 3 lines"),
    ],
)
def test_a_broken_scene_is_named_by_file_and_line(broken: str, line: int, says: str):
    with pytest.raises(SceneError) as error:
        parse("mine.txt", broken)
    assert f"mine.txt, line {line}: " in str(error.value)
    assert says in error.value.spoken


@pytest.mark.parametrize(
    "line",
    [
        "I practise piano every day.",
        "Can I practise my Spanish?",
        "Can we practise the piano tomorrow?",
        "My sister has to rehearse a play.",
        "He told me to practise more.",
        "I practised telling him yesterday.",
        "How was the rehearsal?",
    ],
)
def test_other_practising_is_no_rehearsal(line: str):
    assert asked_for(line, scenes()) is None


@pytest.mark.parametrize(
    ("line", "who", "name"),
    [
        ("Can I practise telling my brother that I'm not coming at Christmas?", "my brother", ""),
        ("I'd like to practise a talk with Anna about the money.", "Anna", "Anna"),
        ("Let's rehearse what I'll say to my sister Iris.", "my sister", "Iris"),
        ("Help me practise how to tell my landlord that I'm moving out.", "my landlord", ""),
        ("Could we role-play a conversation with my new boss?", "my new boss", ""),
        ("I need to rehearse breaking up with my boyfriend.", "my boyfriend", ""),
    ],
)
def test_with_whom_is_understood(line: str, who: str, name: str):
    asked = asked_for(line, scenes())
    assert asked
    assert (asked.who, asked.name, asked.ready) == (who, name, None)
