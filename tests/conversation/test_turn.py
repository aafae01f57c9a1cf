"""One turn with a scripted model: guarded words out, only what was heard into memory."""

import asyncio
import random
from collections.abc import Callable
from contextlib import aclosing

import pytest
from calm import calm
from listed_past import LastTalk, Past
from scripted_model import ScriptedModel

from becoming.care import Guard
from becoming.conversation import Conversation, speaking, telling
from becoming.events import Being, Feeling, ModelAway, Moment, Person, Reply, Utterance

Make = Callable[..., tuple[Conversation, ScriptedModel, Past]]


@pytest.fixture
def make() -> Make:
    def build(*samples: str, away: int | None = None, recalled: tuple[str, ...] = ()) -> tuple:
        model, past = ScriptedModel(*samples, away=away), Past(recalled=recalled)
        talk = Conversation(
            model,
            Being("Mira", "", "heart", 0.0),
            Person("Jonas"),
            "You are Mira.",
            past,
            guard=Guard(),
            care=calm(),
            clock=lambda: 1_700_000_000.0,
            rng=random.Random(3),
            perceive=lambda text, earlier: Feeling(0.5 if "oak" in text else 0.0, 0.4, 0.9),
        )
        return talk, model, past

    return build


async def reply(talk: Conversation, text: str) -> list[str]:
    return [clause.text async for clause in talk.draft(text, "voice")]


async def test_a_reply_opens_with_the_persons_words_before_the_model_is_asked(make: Make) -> None:
    talk, model, _ = make()
    stream = talk.draft("My boss tore it apart in front of the whole team.", "voice")
    assert (await anext(stream)).text == "In front of the whole team."
    assert model.prompts == []
    await stream.aclose()


async def test_the_model_continues_what_was_opened(make: Make) -> None:
    talk, model, _ = make(*3 * [" What did you plant in the garden then?"])
    said = await reply(talk, "We planted it all behind the old garden shed.")
    assert said == ["Behind the old garden shed.", "What did you plant in the garden then?"]
    assert model.prompts[0][-1] == {"role": "assistant", "content": "Behind the old garden shed."}


async def test_a_feeling_that_is_named_is_enough_and_the_model_is_not_asked(make: Make) -> None:
    talk, model, _ = make()
    said = await reply(talk, "My boss tore it apart in front of the whole team.")
    assert said[0] == "In front of the whole team."
    assert "embarrass" in said[1]
    assert model.prompts == []


async def test_an_assistants_phrase_is_never_heard_and_another_sample_is_taken(make: Make) -> None:
    talk, _model, _ = make(" How can I help you with the boat?", *2 * [" Who taught you about boats?"])
    said = await reply(talk, "I want to build a boat of oak.")
    assert said[-1] == "Who taught you about boats?"


async def test_a_model_that_always_misbehaves_leaves_her_short_and_honest(make: Make) -> None:
    bad = " I'm here for you, what can I do to help you?"
    talk, _, _ = make(bad, bad, bad)
    said = await reply(talk, "I want to build a boat.")
    assert said
    assert len(" ".join(said).split()) <= 6
    assert "help" not in " ".join(said)


async def test_a_goodbye_is_one_thing_of_today_and_asks_the_model_nothing(make: Make) -> None:
    talk, model, _ = make()
    await talk.settle(Utterance("We planted the tomatoes.", 1.0), Reply("The tomatoes.", 2.0))
    assert await reply(talk, "I'm going to bed.") == ["Good night, I liked hearing about the tomatoes."]
    assert model.prompts == []
    await talk.close()


async def test_asked_whether_she_is_human_she_says_the_truth_without_the_model(make: Make) -> None:
    talk, model, _ = make()
    said = " ".join(await reply(talk, "Are you a human?"))
    assert "software" in said
    assert model.prompts == []


async def test_what_somebody_was_never_told_is_not_claimed(make: Make) -> None:
    claim = " You told me about the red bicycle last week."
    talk, _, _ = make(claim, claim, claim)
    said = " ".join(await reply(talk, "Do whales sleep?"))
    assert "bicycle" not in said


async def test_a_draft_changes_nothing_and_can_be_thrown_away(make: Make) -> None:
    talk, model, past = make(*3 * [" What did he say to that?"])
    stream = talk.draft("My uncle sold the boat last week.", "voice")
    await anext(stream)
    await stream.aclose()
    await reply(talk, "My uncle sold the boat last week.")
    assert past.moments == []
    assert model.prefilled == []


async def test_closing_a_draft_stops_the_model(make: Make) -> None:
    talk, model, _ = make("A long answer. And another one. And a third one.")
    stream = talk.draft("How deep is the sea?", "voice")
    await anext(stream)
    await stream.aclose()
    assert model.closed == 1


async def test_only_what_was_really_heard_is_remembered(make: Make) -> None:
    talk, _, past = make()
    said = Reply("In front of the", 2.0, intended="In front of the whole team. And then?", interrupted=True)
    await talk.settle(Utterance("He tore it apart.", 1.0), said)
    assert [(each.role, each.text, each.interrupted) for each in past.moments] == [
        ("person", "He tore it apart.", False),
        ("her", "In front of the", True),
    ]
    await talk.close()


@pytest.mark.parametrize("cut", ["And then...", "And then…", "And then —", "And then -"])
async def test_the_mark_of_an_interruption_never_reaches_memory(make: Make, cut: str) -> None:
    talk, _, past = make()
    await talk.settle(Utterance("Yes.", 1.0), Reply(cut, 2.0, interrupted=True))
    assert past.moments[-1].text == "And then"
    await talk.close()


async def test_the_persons_turn_is_kept_when_the_model_is_away(make: Make) -> None:
    talk, _, past = make("What was it", away=1)
    with pytest.raises(ModelAway):
        await reply(talk, "How deep is the sea?")
    await talk.settle(Utterance("How deep is the sea?", 1.0), None)
    assert [each.text for each in past.moments] == ["How deep is the sea?"]
    await talk.close()


async def test_after_a_turn_the_history_is_read_in_the_silence(make: Make) -> None:
    talk, model, _ = make()
    await talk.settle(Utterance("Hi.", 1.0), Reply("Hi.", 2.0))
    await asyncio.sleep(0)
    assert [each["content"] for each in model.prefilled[-1][-2:]] == ["Hi.", "Hi."]
    await talk.close()


async def test_a_partial_is_read_along_and_the_final_prompt_begins_with_it(make: Make) -> None:
    talk, model, _ = make("About eleven kilometers.")
    await talk.partial("How deep is")
    await reply(talk, "How deep is the sea?")
    read, asked = model.prefilled[0], model.prompts[0]
    assert asked[: len(read) - 1] == read[:-1]
    assert asked[-1]["content"].startswith(read[-1]["content"])


async def test_the_frozen_prefix_is_read_once_and_then_restored(make: Make) -> None:
    talk, model, _ = make()
    await talk.wake()
    await talk.close()
    read = len(model.prefilled)
    await talk.wake()
    await talk.close()
    assert model.kept
    assert all(each != model.prefilled[0] for each in model.prefilled[read:])


async def test_asked_what_she_remembers_she_quotes_it(make: Make) -> None:
    talk, _, _ = make(*3 * [" How did the interview end?"], recalled=("My interview is on Thursday.",))
    said = await reply(talk, "Do you remember my interview?")
    assert said == ['You told me in January 1970: "My interview is on Thursday."']


async def test_she_does_not_ask_three_times_in_a_row(make: Make) -> None:
    talk, _, _ = make(*3 * [" he had no use for it."])
    for at, line in enumerate(("Where was that?", "Who was there?")):
        await talk.settle(Utterance("By the lake.", at), Reply(line, at))
    said = await reply(talk, "My uncle sold the boat to a dentist.")
    assert not any(clause.endswith("?") for clause in said)
    await talk.close()


async def test_a_greeting_asks_on_about_the_last_talk_and_is_remembered(make: Make) -> None:
    talk, _model, past = make(*3 * [" How did the interview end?"])
    past.moments.append(Moment(1, "person", "My interview at the library is on Thursday.", 1.0))
    past.last = LastTalk(1_700_000_000.0 - 24 * 3600, list(past.moments))
    said = [clause.text async for clause in talk.greet()]
    assert "your interview at the library" in said[0]
    assert said[1] == "How did the interview end?"
    await talk.greeted(Reply(" ".join(said), 2.0))
    assert past.moments[-1].role == "her"
    await talk.close()


async def test_a_greeting_stands_without_the_model_behaving(make: Make) -> None:
    talk, _, _ = make(*3 * [" How can I help you?"])
    said = [clause.text async for clause in talk.greet()]
    assert "Jonas" in said[0]
    assert not any("help" in clause for clause in said)


async def test_what_may_be_felt_is_kept_with_what_was_said(make: Make) -> None:
    talk, _model, past = make()
    await talk.settle(Utterance("I want to build a boat of oak.", 1.0), Reply("Of oak.", 2.0))
    assert past.felt == {1: Feeling(0.5, 0.4, 0.9)}


async def test_a_disputed_fact_is_looked_up_again_without_the_talk_and_held(make: Make) -> None:
    talk, model, _ = make("Canberra.", "Canberra")
    said = " ".join(await reply(talk, "What's the capital of Australia?"))
    await talk.settle(Utterance("What's the capital of Australia?", 1.0), Reply(said, 2.0))
    said = " ".join(await reply(talk, "No, it's Sydney."))
    assert "Canberra" in said
    assert "Sydney" not in str(model.prompts[-1])
    await talk.settle(Utterance("No, it's Sydney.", 3.0), Reply(said, 4.0))
    assert [each.kind for each in talk.today.taken] == ["inform", "hold"]
    await talk.close()


async def test_what_each_reply_did_is_kept_with_its_reason_while_the_talk_runs(make: Make) -> None:
    talk, _, _ = make()
    said = " ".join(await reply(talk, "Good night."))
    assert talk.today.taken == []
    await talk.settle(Utterance("Good night.", 1.0), Reply(said, 2.0))
    assert [(each.kind, each.reason) for each in talk.today.taken] == [("goodbye", "says goodbye")]
    await talk.reread()
    assert talk.today.taken == []
    await talk.close()


@pytest.mark.parametrize("question", ["Do you remember my name?", "What's my name?", "What am I called?"])
async def test_asked_for_their_name_she_says_it_and_asks_no_model(make: Make, question: str) -> None:
    talk, model, _ = make()
    assert await reply(talk, question) == ["Jonas."]
    assert model.prompts == []


@pytest.mark.parametrize(
    "question", ["Who has a motorbike?", "Who broke my window?", "And who lent me the ladder?"]
)
async def test_who_of_the_people_around_them_is_not_looked_up_in_the_world(make: Make, question: str) -> None:
    talk, model, _ = make()
    await reply(talk, question)
    assert talk._chosen[1].kind == "recall"
    assert model.prompts == []


@pytest.mark.parametrize(
    "question",
    ["Who wrote Moby Dick?", "Who was the first person on the moon?", "Who invented the telephone?"],
)
def test_who_of_the_world_is_not_asked_of_memory(question: str) -> None:
    assert not telling.asks_who(question)


async def test_a_name_that_was_only_asked_about_is_none_of_this_life(make: Make) -> None:
    talk, model, _ = make("Paris is the capital.", recalled=("What is the capital of France,",))
    assert await reply(talk, "What is the capital of France?") == ["Paris is the capital."]
    assert model.prompts


class SlowModel(ScriptedModel):
    """It finds its first word only after a while, as a small model on two busy cores does."""

    async def stream(self, *args, **kwargs):
        await asyncio.sleep(speaking.LATE_S + 0.2)
        async with aclosing(super().stream(*args, **kwargs)) as deltas:
            async for delta in deltas:
                yield delta


async def test_what_only_the_model_can_find_is_not_awaited_in_silence(make: Make) -> None:
    talk, _, _ = make()
    talk._speaker._model = SlowModel("The air scatters blue light.", "The air scatters blue light.")
    said = await reply(talk, "Why is the sky blue?")
    assert said[0] in speaking.A_MOMENT
    assert "scatters" in said[1]
    written = [clause.text async for clause in talk.draft("Why is the sky blue?", "text")]
    assert not set(written) & set(speaking.A_MOMENT)


async def test_a_reply_that_is_thrown_away_while_the_model_looks_stops_the_model(make: Make) -> None:
    talk, _, _ = make()
    talk._speaker._model = model = SlowModel("The air scatters blue light.")
    stream = talk.draft("Why is the sky blue?", "voice")
    assert (await anext(stream)).text in speaking.A_MOMENT
    await stream.aclose()
    await asyncio.sleep(speaking.LATE_S)
    assert model.prompts == []


async def test_a_joke_is_told_with_its_question_first(make: Make) -> None:
    talk, _, _ = make(" tomato turn red? Because it saw the salad dressing.")
    said = await reply(talk, "Tell me a joke.")
    assert len(said) == 2
    assert said[0].endswith("tomato turn red?")
    assert said[1] == "Because it saw the salad dressing."


async def test_who_said_that_she_looks_and_found_nothing_says_so(make: Make) -> None:
    talk, _, _ = make()
    talk._speaker._model = SlowModel(*3 * ["As an AI language model, I can't help."])
    said = await reply(talk, "Why is the sky blue?")
    assert said[0] in speaking.A_MOMENT
    assert len(said) > 1


async def test_a_number_with_a_space_in_it_is_said_as_one_number(make: Make) -> None:
    talk, _, _ = make("It's about 1, 200 kilometers by rail.")
    assert await reply(talk, "How far is it to Oslo by train?") == ["It's about 1,200 kilometers by rail."]
