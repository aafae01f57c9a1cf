"""What is kept of rehearsals, shown: the person's words by their moments, and all of it gone once it is let go."""

from __future__ import annotations

from pathlib import Path

from becoming.events import Reply
from becoming.practice.rehearsed import NOTE, plan, rehearsed
from tests.practice.rehearsing import DAY, Rehearsal, rehearsal, told

ASKS, WORKED = "Can I practise asking for a raise?", "I'd like to talk about my salary."
WENT, LEARNED = "She said she would look at it in spring.", "That figures helped more than feelings."


async def practise(it: Rehearsal, *after: str) -> None:
    await it.begins(ASKS, WORKED, "Stop.", *after)


async def talk_really(it: Rehearsal, *answers: str) -> None:
    """Days later she asks, and is answered."""
    it.now += 3 * DAY - 8 * 3600
    it.life.moments.begin_session(it.now)
    hello = told([clause async for clause in it.practice.greet()])
    assert "How did it go?" in hello
    await it.practice.greeted(Reply(hello, it.now))
    it.now += 20
    it.model.rests = (" was ready for it.",)
    for line in answers:
        await it.says(line)


async def test_where_nothing_was_practised_there_is_nothing(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        assert rehearsed(it.life) == []
        assert plan(it.life, 1.0).nothing


async def test_what_was_said_is_shown_only_where_it_was_to_be_kept(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await practise(it, "I don't know yet.")
        [bare] = rehearsed(it.life)
        assert (bare["title"], bare["whom"]) == ("Asking for a raise", "a talk with your boss")
        assert bare["try"].startswith("say what it does to you")
        assert not any(bare[key] for key in ("worked", "plan", "went", "learned"))
        await practise(it, "Keep that.")
        assert [each["worked"] for each in rehearsed(it.life)] == [WORKED, ""], "the newest first"


async def test_who_is_in_the_title_is_not_told_twice(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await it.begins(
            "Can I practise telling my brother that I'm not coming?",
            "He gets loud.",
            "I'm not coming.",
            "Stop.",
        )
        [one] = rehearsed(it.life)
        assert (one["title"], one["whom"]) == ("Telling your brother that you're not coming", "")


async def test_the_real_talk_stands_with_the_rehearsal_that_was_asked_after(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await practise(it, "On Thursday morning.")
        await it.begins(
            "Can I practise saying no to a colleague?", "I can't take your shift.", "Stop.", "No idea."
        )
        await talk_really(it, WENT, LEARNED)
        other, one = rehearsed(it.life)
        assert (one["went"], one["learned"]) == (WENT, LEARNED)
        assert one["plan"] > one["at"]
        assert (other["plan"], other["went"], other["learned"]) == (None, "", "")


async def test_what_is_dark_or_a_question_is_not_how_it_went(tmp_path: Path):
    for line in ("I want to kill myself.", "How did what go?"):
        with rehearsal(tmp_path / line[:3]) as it:
            await practise(it, "On Thursday morning.")
            await talk_really(it, line)
            assert rehearsed(it.life)[0]["went"] == ""


async def test_of_what_nothing_is_to_be_kept_nothing_is_shown(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await practise(it, "On Thursday morning.")
        it.life.learn(it.life.record("person", "Please don't keep anything about my work.", it.now), "")
        await talk_really(it, "My boss said no, work is work.")
        assert rehearsed(it.life)[0]["went"] == ""
    with rehearsal(tmp_path / "before") as it:
        it.life.learn(it.life.record("person", "Please don't keep anything about my work.", it.now - DAY), "")
        await practise(it, "On Thursday morning.")
        assert rehearsed(it.life) == []
        assert it.life.checkins.ahead() == []


async def test_a_moment_that_is_forgotten_elsewhere_is_gone_here(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await practise(it, "On Thursday morning.")
        await talk_really(it, WENT, LEARNED)
        it.life.forget(it.life.forgetting.plan([each.id for each in it.life.moments.recent(99)], it.now))
        [one] = rehearsed(it.life)
        assert (one["went"], one["learned"]) == ("", "")


async def test_what_is_let_go_is_gone_from_the_store_with_every_line_it_was_talked_of(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await practise(it, "Keep that.", "On Thursday morning.")
        await practise(it, "I don't know yet.")  # called the same, and stays as it is
        await it.says("My sister Iris called today.")
        stays, goes = rehearsed(it.life)
        await talk_really(it, WENT, LEARNED)
        assert rehearsed(it.life)[1]["went"] == WENT
        loss = plan(it.life, goes["at"])
        receipt = it.life.forget(loss)
        assert (receipt.left, receipt.notes) == ((), 1)
        assert rehearsed(it.life) == [stays]
        whole = str([it.kept(), it.life.moments.get(NOTE), it.life.checkins.ahead()])
        for gone in (WORKED, WENT, LEARNED, "On Thursday", "How did it go?"):
            assert gone not in whole, gone
        assert "My sister Iris called today." in it.kept()
        assert plan(it.life, goes["at"]).nothing


async def test_a_day_that_was_named_is_not_asked_after_once_the_rehearsal_is_gone(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        await practise(it, "On Thursday morning.")
        assert it.life.checkins.ahead()
        it.life.forget(plan(it.life, rehearsed(it.life)[0]["at"]))
        assert it.life.checkins.ahead() == []
        assert rehearsed(it.life) == []


async def test_who_is_forgotten_is_not_named_by_a_rehearsal(tmp_path: Path):
    with rehearsal(tmp_path) as it:
        it.life.learn(it.life.record("person", "My brother is called Emil.", it.now - DAY), "")
        await it.begins("Can I practise saying that I'm not coming?", "Emil, he gets loud and says so.")
        await it.begins("I'm not coming.", "Stop.")
        assert rehearsed(it.life)[0]["whom"] == "a talk with Emil"
        it.life.forget(it.life.plan_forgetting("everything about Emil"))
        assert "Emil" not in str(it.life.moments.get(NOTE))
        [one] = rehearsed(it.life)
        assert (one["title"], one["whom"]) == ("Saying that you're not coming", "")
