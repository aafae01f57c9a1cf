"""The people of a life: how things stand rests on moments, what is marked holds, and steps are offered with care."""

from __future__ import annotations

from datetime import datetime

import pytest

from becoming.events import Feeling, InputError
from becoming.memory import contacts
from becoming.memory.bridges import FULL
from becoming.memory.company import DAY_S

WARM, HEAVY = Feeling(0.8, 0.5, 0.95, (("joy", 0.9),)), Feeling(-0.8, 0.4, 0.95, (("sadness", 0.9),))


def told(life, clock, text, feeling=None, ago=0.0):
    now, clock.now = clock.now, clock.now - ago * DAY_S
    moment = life.record("person", text, clock.now)
    if feeling:
        life.feel(moment, feeling)
    life.learn(moment, "")
    clock.now = now
    return moment


def one(life, name):
    return next(each for each in life.company.all() if each.name == name)


@pytest.fixture
def anna(life, clock):
    told(life, clock, "I have a friend called Anna.", ago=60)
    for ago in (50, 40, 30):
        told(life, clock, "Anna made me laugh.", WARM, ago)
    return one(life, "Anna")


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("I had coffee with Anna yesterday.", ["Anna"]),
        ("I rang my mum.", ["mother"]),
        ("Tom came over for dinner.", ["Tom"]),
        ("We went for a long walk with my sister Iris.", ["Iris"]),
        ("I called her last night.", [""]),
        ("I had dinner with some friends.", [""]),
        ("I talked with my neighbours.", [""]),
        ("Anna and I talked for hours.", ["Anna"]),
        ("I should call Anna.", []),
        ("I didn't talk to Anna.", []),
        ("I want to have coffee with Anna.", []),
        ("I'm having lunch with Sam tomorrow.", []),
        ("If I talked to Anna she'd laugh.", []),
        ("I dreamt I had coffee with Anna.", []),
        ("Did I tell you I had lunch with Sam?", []),
        ("She said she had coffee with Anna.", []),
        ("Anna called me a liar.", []),
    ],
)
def test_only_what_really_was_is_a_real_conversation(line, who):
    assert [met.who for met in contacts.told(line)] == who


def test_how_things_stand_rests_on_the_moments_that_show_it(life, clock, anna):
    assert anna.tone == "warm"
    assert "as far as words tell" in anna.stands.text
    assert {each.text for each in anna.stands.moments} == {"Anna made me laugh."}
    assert anna.first.text == "I have a friend called Anna."
    told(life, clock, "Anna cried and so did I.", HEAVY)
    told(life, clock, "Anna is ill and I lie awake.", HEAVY)
    assert one(life, "Anna").tone == "mixed"


def test_nothing_is_claimed_of_somebody_who_was_only_named(life, clock):
    told(life, clock, "My brother is called Tom.")
    assert (one(life, "Tom").tone, one(life, "Tom").stands.moments) == ("", ())


def test_somebody_met_who_was_never_named_before_is_somebody_now(life, clock):
    told(life, clock, "I spent the evening with Leo.")
    told(life, clock, "I saw Titanic.")
    assert [each.name for each in life.company.all()] == ["Leo"]


def test_what_is_open_is_a_promise_a_birthday_a_silence(life, clock, anna):
    soon = datetime.fromtimestamp(clock.now + 6 * DAY_S)
    told(life, clock, f"Anna's birthday is {soon.day} {soon:%B}.", ago=48)
    told(life, clock, "Please remind me to call Anna.", ago=47)
    texts = " / ".join(line.text for line in one(life, "Anna").open)
    assert "birthday" in texts
    assert "call Anna" in texts
    clock.now += 60 * DAY_S
    assert any("silence" in line.text for line in one(life, "Anna").open)


def test_weeks_count_people_and_time_with_her_apart(life, clock):
    for text in ("I rang my mum.", "I rang my mum again.", "I had coffee with Anna.", "It rained."):
        clock.now += 60
        told(life, clock, text)
    monday, hours, met = life.company.weeks(4)[-1]
    assert met == 2, "the same person on the same day is one"
    assert hours == pytest.approx(3 / 60)
    assert datetime.fromtimestamp(monday).weekday() == 0


def test_a_new_name_is_theirs_and_the_old_one_still_means_them(life, clock, anna):
    told(life, clock, "Anna lives in Denver.")
    life.company.rename(anna.id, "Hannah")
    told(life, clock, "Hannah wrote, and Anna is still what I call her.")
    hannah = one(life, "Hannah")
    assert (hannah.id, hannah.kin, hannah.times) == (anna.id, "friend", anna.times + 2)
    assert "Hannah lives in Denver" in [each.text for each in hannah.facts]
    assert "your friend is called Hannah" in [each.text for each in life.beliefs.current()]
    told(life, clock, "My brother is called Tom.")
    with pytest.raises(InputError, match="knows a Tom already"):
        life.company.rename(hannah.id, "Tom")


def test_the_neighbour_who_was_taken_for_a_cousin_is_put_right_by_voice(life, clock):
    told(life, clock, "My cousin is called Tom.")
    clock.now += 5
    told(life, clock, "No, he's not my cousin, he's my neighbour.")
    told(life, clock, "Tom isn't my cousin, he is my neighbour.")
    assert one(life, "Tom").kin == "neighbour"


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def test_a_step_goes_towards_somebody_warm(life, anna):
    assert life.bridges.towards().id == anna.id


@pytest.mark.parametrize(
    "line",
    [
        "I don't feel safe with Anna.",
        "Anna was so cruel to me.",
        "I had a fight with Anna.",
        "Anna died.",
        "Please don't mention Anna again.",
    ],
)
def test_no_step_goes_towards_somebody_unsafe_hurtful_dead_or_not_to_be_mentioned(life, clock, anna, line):
    told(life, clock, line)
    assert life.bridges.towards() is None


def test_somebody_hurtful_may_be_named_again_after_two_weeks(life, clock, anna):
    told(life, clock, "I had a fight with Anna.")
    clock.now += 15 * DAY_S
    assert life.bridges.towards().id == anna.id


def test_who_does_harm_in_what_care_heard_is_marked_and_can_be_marked_safe_again(life, clock, anna):
    life.harmed(told(life, clock, "Anna locks me in and hits me."))
    assert one(life, "Anna").unsafe
    life.mark(anna.id, "unsafe", False)
    clock.now += 20 * DAY_S
    assert life.bridges.towards().id == anna.id


def test_a_step_that_was_declined_is_dropped_and_not_offered_again_soon(life, clock, anna):
    life.bridges.offered(anna.id)
    life.bridges.declined(anna.id)
    for _ in range(13):
        clock.now += DAY_S
        assert life.bridges.towards() is None
    clock.now += 2 * DAY_S
    assert life.bridges.towards().id == anna.id


@pytest.mark.parametrize("hours", [0, 3])
def test_the_fuller_the_week_and_the_more_she_is_used_the_longer_until_the_next_step(
    life, clock, anna, hours
):
    told(life, clock, "My brother is called Tom.")
    waited = []
    for met in range(FULL):
        life.bridges.offered(one(life, "Tom").id)
        began = clock.now
        for each in range(met):
            told(life, clock, "I had lunch with some friends.", ago=-each / 50)
        for minute in range(60 * hours):
            life.record("her", "Mm.", clock.now + 60 * minute)
        while life.bridges.towards() is None:
            clock.now += DAY_S / 8
        waited.append(clock.now - began)
        clock.now += 30 * DAY_S
        told(life, clock, "Anna made me laugh.", WARM)
    assert waited == sorted(waited)
    assert waited[0] < waited[-1]
    assert waited[0] >= (0.75 + hours / 2 - 0.2) * DAY_S


def test_a_full_week_needs_no_step_of_hers(life, clock, anna):
    for each in range(FULL):
        told(life, clock, "I had lunch with some friends.", ago=each / 10)
    assert life.bridges.towards() is None
    clock.now += 8 * DAY_S
    assert life.bridges.towards().id == anna.id


def test_a_step_towards_somebody_marked_unsafe_since_is_not_asked_about(life, clock, anna):
    moment = told(life, clock, "Yes, on Sunday.")
    life.bridges.agreed(
        anna.id, moment, "You were going to ring Anna. How was it?", clock.now, clock.now + 3600
    )
    assert [each.asks for each in life.checkins.ahead()] == ["You were going to ring Anna. How was it?"]
    life.mark(anna.id, "unsafe", True)
    assert life.checkins.ahead() == []


def test_a_step_that_was_told_of_is_not_asked_about(life, clock, anna):
    moment = told(life, clock, "Yes.")
    life.bridges.agreed(
        anna.id, moment, "You were going to ring Anna. How was it?", clock.now, clock.now + DAY_S
    )
    clock.now += 3600
    told(life, clock, "Anna has a new coat.")
    assert len(life.checkins.ahead()) == 1
    told(life, clock, "I talked with Anna for an hour.")
    assert life.checkins.ahead() == []


def test_what_is_known_of_steps_goes_with_the_person_it_is_about(life, clock, anna):
    life.bridges.offered(anna.id)
    life.forget(life.plan_forgetting("everything about Anna"))
    assert life.company.all() == []
    told(life, clock, "My brother is called Tom.")
    told(life, clock, "Tom made me laugh.", WARM)
    assert life.bridges.towards().name == "Tom"


def test_what_she_said_she_would_ask_comes_before_other_plans_and_stands_two_weeks(life, clock, anna):
    told(life, clock, "My exam is tomorrow.")
    moment = told(life, clock, "Yes, on Friday.")
    life.bridges.agreed(
        anna.id, moment, "You were going to ring Anna. How was it?", clock.now, clock.now + 2 * DAY_S
    )
    clock.now += 4 * DAY_S - 6 * 3600
    assert life.brings().asks == "You were going to ring Anna. How was it?"
    clock.now += 9 * DAY_S
    assert life.brings().asks == "You were going to ring Anna. How was it?"
    clock.now += 7 * DAY_S
    assert life.brings() is None


def test_a_step_nobody_was_asked_about_stands_in_the_way_of_none(life, clock, anna):
    told(life, clock, "My brother is called Tom.")
    for name in ("Anna", "Tom"):
        moment = told(life, clock, f"Yes, {name}.")
        life.bridges.agreed(
            one(life, name).id, moment, f"How was it with {name}?", clock.now, clock.now + DAY_S
        )
        clock.now += 5
    clock.now += 5 * DAY_S
    assert life.bridges.towards() is None, "two steps are under way"
    clock.now += 12 * DAY_S
    assert life.bridges.towards() is not None
