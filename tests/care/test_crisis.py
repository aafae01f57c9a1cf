"""The crisis protocol, turn by turn, over a detector that says what the test wrote down."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from becoming.care import crisis
from becoming.care.crisis import Heard, State, move
from becoming.care.guard import Guard
from becoming.care.lines import UNKNOWN, Place, place
from becoming.events import Danger, DangerKind, Tier

NONE = Danger("none")
ASK, CONCERN, EMERGENCY = (Danger(tier, "suicide") for tier in ("ask", "concern", "emergency"))
US = place("US")
Turn = tuple[str, Danger]


class Talk:
    """Says a line and hears the step, as Caring does."""

    def __init__(self, where: Place = US, person: str = "", planned: bool = False) -> None:
        self.state, self.where, self.person, self.planned, self.at = State(), where, person, planned, 1000.0
        self.said: list[str] = []

    def __call__(self, text: str, danger: Danger = NONE, *, cut: bool = False) -> str:
        self.at += 20
        heard = Heard(text, danger, self.where, self.at, self.person, self.planned)
        moved = move(self.state, heard)
        if moved is None:
            self.state = self.state.over
            return ""
        self.state = crisis.after(moved, self.state, not cut)
        self.said.append(moved.words or moved.stay)
        return moved.step

    @property
    def last(self) -> str:
        return self.said[-1]


def test_without_danger_nothing_is_said():
    assert Talk()("I baked bread.") == ""


def test_it_asks_once_directly_and_hears_a_yes():
    talk = Talk()
    assert talk("I'm done with everything.", ASK) == "ask"
    assert re.search(r"ending your life|suicide|killing yourself|not being alive", talk.last)
    assert talk("Sometimes, yes.") == "line"
    assert "988" in talk.last


def test_a_no_is_believed_the_line_named_once_and_it_is_not_asked_again():
    talk = Talk()
    talk("I'm so tired of it all.", ASK)
    assert talk("No, not like that.") == "no"
    assert "988" in talk.last
    assert talk("It's only work, I can't do this any more.", ASK) == ""
    assert talk("I thought about how I'd do it.", CONCERN) == "line"


def test_no_doctors_is_no_no():
    talk = Talk()
    talk("I'm so tired of it all.", ASK)
    assert talk("No doctors. No police.") == "unsure"
    assert "doctor" in talk.last


def test_tonight_is_an_emergency_even_a_turn_after_the_question():
    talk = Talk()
    talk("I'm so tired of it all.", ASK)
    talk("Whatever.")
    assert talk("Yes. Tonight.") == "emergency"


def test_a_concern_after_an_open_answer_asks_whether_it_is_for_today():
    talk = Talk()
    talk("I'm so tired of it all.", ASK)
    assert talk("Whatever.") == "unsure"
    assert talk("I want to die.", CONCERN) == "line"
    assert talk("Tonight.") == "emergency"


def test_no_answer_is_no_reason_to_ask_again():
    talk = Talk()
    talk("I'm so tired of it all.", ASK)
    assert talk("Whatever.") == "unsure"
    assert "988" in talk.last
    steps = [talk("I don't know what to say.", ASK) for _ in range(4)]
    assert "ask" not in steps


def test_concern_goes_line_people_plan_and_then_stays():
    talk = Talk()
    steps = [talk("I want to die.", CONCERN)] + [talk("Mm, my brother.") for _ in range(4)]
    assert steps == ["line", "people", "plan", "stay", "stay"]
    everything = " ".join(talk.said)
    assert "doctor" in everything
    assert "safety plan" in everything.lower() or "small plan" in everything


def test_whether_it_is_for_today_is_asked_and_a_yes_is_an_emergency_with_the_number_first():
    talk = Talk()
    talk("I want to die.", CONCERN)
    assert talk("Yes, tonight.") == "emergency"
    assert talk.last.startswith("Please call 911 now")
    assert talk.state.tier == "emergency"


@pytest.mark.parametrize(
    "answer",
    [
        "No, not today.",
        "Sometimes, not tonight.",
        "It's just the thought.",
        "Not really, it's been there for years.",
    ],
)
def test_what_is_not_for_today_is_no_emergency(answer: str):
    talk = Talk()
    talk("I want to die.", CONCERN)
    assert talk(answer) == "people"


def test_an_emergency_goes_number_means_hurdles_and_on_until_somebody_is_there():
    talk = Talk()
    steps = [talk("I have the pills in my hand.", EMERGENCY)] + [talk("I don't know.") for _ in range(5)]
    assert steps[:3] == ["emergency", "away", "hurdles"]
    assert set(steps[3:]) == {"emergency_on"}
    assert talk("My neighbour is here with me now.") == "safer"
    assert talk.state.tier == "concern"


def test_nobody_is_here_is_not_somebody():
    talk = Talk()
    talk("I'm going to do it now.", EMERGENCY)
    assert talk("Nobody is here.") != "safer"
    assert talk("My sister is not here.") != "safer"


def test_a_danger_that_grows_begins_at_once_with_the_higher_step():
    talk = Talk()
    talk("I want to die.", CONCERN)
    assert talk("I've got the rope.", EMERGENCY) == "emergency"


def test_asked_for_a_method_she_refuses_and_still_asks_what_it_is():
    talk = Talk()
    assert talk("How many pills would it take?", CONCERN) == "refuse"
    assert talk("Just curious.") == "ask"
    assert talk("Yes.") == "people"


def test_whoever_refuses_a_call_is_not_pushed_and_hears_of_something_smaller():
    talk = Talk()
    talk("I want to die.", CONCERN)
    assert talk("No police, no doctors, I won't call anyone.") == "refuses"
    emergency = Talk()
    emergency("I'm going to do it tonight.", EMERGENCY)
    assert emergency("I can't call anyone.") == "hurdles"


def test_asked_to_tell_nobody_she_says_the_truth_and_keeps_to_people():
    talk = Talk()
    talk("I want to die.", CONCERN)
    assert talk("You won't tell anyone, right?") == "secret"
    assert "one person" in talk.last or "alone" in talk.last


def test_they_leave_and_are_let_go_with_the_line_once():
    talk = Talk()
    talk("I want to die.", CONCERN)
    assert talk("I have to go now.") == "parting"
    assert "988" in talk.last
    assert "?" not in talk.last
    assert talk("Bye.") == ""


def test_the_one_they_trust_is_named_and_a_plan_that_is_there_is_offered_to_be_read():
    talk = Talk(person="Sam", planned=True)
    steps = [talk("I want to die.", CONCERN)] + [talk("Hm.") for _ in range(3)]
    assert steps == ["line", "people", "person", "have_plan"]
    assert "Sam" in talk.said[2]


def test_a_no_to_the_plan_is_taken_and_it_is_not_offered_again():
    talk = Talk()
    steps = [talk("I want to die.", CONCERN), talk("Hm."), talk("Hm."), talk("No, not now.")]
    assert steps[-2:] == ["plan", "no_plan"]
    assert "plan" not in [talk("Hm, and so on.") for _ in range(4)]


def test_a_step_that_was_cut_off_comes_again():
    talk = Talk()
    talk("I want to die.", CONCERN, cut=True)
    assert talk("Sorry, what?") == "line"


def test_an_episode_ends_after_quiet_turns_and_after_half_a_day():
    talk = Talk()
    for text in ("I want to die.", "Hm.", "Hm.", "No."):
        talk(text, CONCERN if "die" in text else NONE)
    steps = [talk("We talked about the garden.") for _ in range(10)]
    assert steps[0] == "stay"
    assert steps[-1] == ""
    later = Talk()
    later("I want to die.", CONCERN)
    later.at += 13 * 3600
    assert later("Good morning.") == ""


def test_a_safety_plan_is_for_the_ones_it_was_made_for():
    for kind, about in (("eating", "self"), ("harmed_by_others", "self"), ("suicide", "other")):
        talk = Talk()
        steps = [talk("It.", Danger("concern", kind, about))] + [talk("Hm.") for _ in range(4)]  # type: ignore[arg-type]
        assert "plan" not in steps


KINDS: tuple[DangerKind, ...] = ("suicide", "self_harm", "harm_to_others", "harmed_by_others", "eating")


@pytest.mark.parametrize(
    ("kind", "about", "where"), list(itertools.product(KINDS, ("self", "other"), ("US", "DE", "", "KE")))
)
def test_every_kind_of_danger_is_answered_everywhere(kind: DangerKind, about: str, where: str):
    talk = Talk(place(where) if where else UNKNOWN)
    for tier in ("ask", "concern", "emergency"):
        assert talk("It.", Danger(tier, kind, about))  # type: ignore[arg-type]
        assert "{" not in talk.last
    if where != "DE":
        assert "911" in talk.last or "emergency number" in talk.last
    assert len(talk.last.split()) <= 45


def test_a_guessed_country_is_named_with_its_number():
    talk = Talk(place("DE", sure=False))
    talk("I want to die.", CONCERN)
    assert "In Germany you can call 0800 111 0 111" in talk.last
    talk("I'll do it tonight.", EMERGENCY)
    assert "in Germany that's 112" in talk.last


TURNS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "Hm.",
                "Yes.",
                "No.",
                "Tonight.",
                "I can't call.",
                "Bye.",
                "My sister is here.",
                "How many pills?",
            ]
        ),
        st.sampled_from([NONE, NONE, ASK, CONCERN, EMERGENCY]),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(TURNS, st.sampled_from(KINDS))
def test_whatever_is_said_no_line_comes_twice_within_twelve_turns_unless_there_is_no_other(
    turns: list[Turn], kind: DangerKind
):
    talk, table = Talk(), crisis.wordings()
    lately: list[tuple[str, str]] = []
    for text, danger in turns:
        step = talk(text, Danger(danger.tier, kind if danger.kind else None))
        if not step:
            continue
        words = talk.last
        count = len(table.get(f"{talk.state.kind}.self.{step}") or table.get(f"any.{step}", ()))
        window = [said for named, said in lately if named == step][-min(12, count - 1) :] if count > 1 else []
        assert words not in window, (step, words)
        lately.append((step, words))


@settings(max_examples=100, deadline=None)
@given(TURNS)
def test_whatever_is_said_a_concern_has_a_line_and_an_emergency_the_number_at_once(turns: list[Turn]):
    talk, highest = Talk(), "none"
    for at, (text, danger) in enumerate(turns):
        step = talk(text, danger)
        if danger.tier == "emergency" and highest != "emergency":
            assert "911" in talk.last or "988" in talk.last, (at, step)
        if step:
            highest = talk.state.tier
        if danger.tier == "concern" and step:
            assert any("988" in said or "911" in said for said in talk.said), step


def test_none_of_its_sentences_breaks_a_duty():
    guard, known_rules = Guard(), set()
    for name, wordings in crisis.wordings().items():
        for words in wordings:
            for sentence in re.split(r"(?<=[.?!]) ", re.sub(r"\{\w+\}", "You can call 988", words)):
                for rule, table in guard._tables.items():
                    if rule in ("speaks like an assistant", "worn comfort"):
                        continue
                    found = table.search(sentence.lower())
                    if found:
                        known_rules.add((name, rule, found.group()))
    assert known_rules == set()


def test_every_step_of_every_tier_has_at_least_two_wordings():
    assert all(len(words) >= 1 for words in crisis.wordings().values())
    assert all(len(words) >= 2 for name, words in crisis.wordings().items() if name.startswith("any."))


def test_a_state_that_cannot_be_read_is_a_new_one():
    assert State.load({"tier": "concern", "nonsense": 1}) == State()
    assert State.load(None) == State()
    kept = State(tier="concern", done=("line",))
    assert State.load({"tier": "concern", "done": ["line"]}) == kept


def test_the_tiers_are_in_order():
    tiers: list[Tier] = ["none", "ask", "concern", "emergency"]
    assert sorted(tiers, key=crisis.RANK.__getitem__) == tiers


def test_a_method_asked_about_in_the_middle_of_it_is_refused():
    talk = Talk()
    talk("I'm so tired of it all.", ASK)
    talk("Whatever.")
    assert talk("How common is it to survive a crash at sixty?") == "refuse"


def test_a_yes_with_tonight_to_a_plan_is_an_emergency_and_not_a_yes_to_the_plan():
    talk = Talk()
    steps = [talk("I want to die.", CONCERN), talk("Hm."), talk("Hm.")]
    assert steps[-1] == "plan"
    assert talk("Yes. Tonight.") == "emergency"


def test_an_emergency_that_is_not_for_today_goes_back_to_people():
    talk = Talk()
    talk("I've got it all planned.", EMERGENCY)
    assert talk("Not today, but that could change.") == "people"
    assert talk.state.tier == "concern"


def test_their_own_danger_comes_before_somebody_elses():
    talk = Talk()
    talk("My son might kill himself.", Danger("concern", "suicide", "other"))
    assert talk("Sometimes I wish I didn't wake up.", ASK) == "ask"
    assert talk.state.about == "self"
