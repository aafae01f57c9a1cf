"""What is forgotten elsewhere is out of the talk that is going on."""

from __future__ import annotations

import random

from calm import calm
from listed_past import Past
from scripted_model import ScriptedModel

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.events import Being, Belief, Feeling, Loss, Moment, Person, Reply, Utterance

CALLED = Moment(1, "person", "My sister Iris called.", 100.0)
CAR = Moment(3, "person", "I sold the car.", 200.0)


def talking(past: Past) -> tuple[Conversation, ScriptedModel]:
    model = ScriptedModel()
    talk = Conversation(
        model,
        Being("Mira", "", "heart", 0.0),
        Person("Jonas"),
        "You are Mira.",
        past,
        guard=Guard(),
        care=calm(),
        clock=lambda: 300.0,
        rng=random.Random(3),
        perceive=lambda text, earlier: Feeling(0.0, 0.0, 0.0),
    )
    return talk, model


async def test_after_a_rereading_only_what_is_left_is_before_her_and_before_the_model() -> None:
    past = Past(moments=[CALLED, CAR])
    talk, model = talking(past)
    await talk.partial("So")
    assert "Iris" in str(model.prefilled[-1])
    past.moments.remove(CALLED)
    await talk.reread()
    await talk.close()
    await talk.partial("So")
    assert "Iris" not in str(model.prefilled[-1])
    assert "I sold the car." in str(model.prefilled[-1])


async def test_after_a_rereading_the_model_reads_the_shorter_history_at_once() -> None:
    past = Past(moments=[CALLED, CAR])
    talk, model = talking(past)
    past.moments.remove(CALLED)
    await talk.reread()
    assert talk._priming is not None
    await talk._priming
    assert "Iris" not in str(model.prefilled)
    assert "I sold the car." in str(model.prefilled[-1])


async def test_an_offer_to_forget_and_what_she_last_claimed_stand_no_longer() -> None:
    lives = Belief(1, "Iris", "fact", "lives_in", "Denver", "Iris lives in Denver", None, 0.9, 100.0)
    past = Past(moments=[CALLED], held=(lives,), loss=Loss("the car", moments=(CAR,)))
    talk, _ = talking(past)
    await talk.settle(Utterance("Where does Iris live?", 290.0), Reply("Iris lives in Denver.", 291.0))
    await talk.settle(Utterance("Forget the car.", 292.0), Reply("Gone for good, if you say yes.", 293.0))
    await talk.reread()
    assert talk._asking.offered is None
    assert talk._asking.claimed == []
    await talk.close()
