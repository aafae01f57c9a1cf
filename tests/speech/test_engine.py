"""The floor: real VAD, endpointing, STT and TTS in real time; only what she says is scripted."""

from __future__ import annotations

import numpy as np
import pytest

from becoming.events import (
    Backchannel,
    Ducked,
    Fault,
    Partial,
    ReplyEnded,
    ReplyStarted,
    ReplyText,
    Resumed,
    SpeechStarted,
    Stage,
    TurnEnded,
)
from becoming.speech.audio import EAR_RATE, Samples
from tests.audio.hum import hum
from tests.audio.voice import cough, join, silence, speak

pytestmark = pytest.mark.slow

STORY = [
    "Mm, a story.",
    "There was a house with a blue door at the end of a long and quiet road,",
    "and every evening somebody put a lamp into the window.",
]


async def test_a_question_is_answered_at_once_and_remembered(talk):
    t = talk(["Paris, of course."])
    await t.hear(join(silence(0.5), speak("What is the capital city of France?"), silence(2.5)))
    ended = t.of(TurnEnded)[0]
    assert "capital" in ended.text.lower()
    assert ended.why in ("a question", "complete words")  # the latter where the melody came late
    assert [e.text for e in t.of(ReplyEnded)] == ["Paris, of course."]
    heard, said = t.mind.settled[0]
    assert heard.text == ended.text
    assert said is not None
    assert said.text == "Paris, of course."
    assert not said.interrupted


async def test_she_reads_along_while_the_person_is_still_speaking(talk):
    t = talk(["Yes."])
    await t.hear(
        join(silence(0.4), speak("I walked down to the harbour this morning before work."), silence(2))
    )
    assert len(t.of(Partial)) >= 2
    assert len(t.mind.partials) >= 2
    assert t.of(Partial)[0].t < t.of(TurnEnded)[0].t - 1.0


async def test_a_thinking_pause_is_waited_through(talk):
    t = talk(["Mm."])
    await t.hear(
        join(silence(0.4), speak("I just,"), silence(1.3), speak("I don't know what to say."), silence(3))
    )
    turns = [e.text for e in t.of(TurnEnded)]
    assert len(turns) == 1, turns
    assert "know" in turns[0]


async def test_barge_in_stops_her_and_remembers_only_what_was_heard(talk):
    t = talk(STORY, ["Yes?"])
    await t.hear(
        join(
            silence(0.4),
            speak("Tell me a story."),
            silence(3.5),
            speak("Wait, stop, I have a question for you."),
            silence(3),
        )
    )
    first = t.of(ReplyEnded)[0]
    assert first.interrupted
    assert first.text
    assert "lamp" not in first.text
    assert " ".join(STORY).startswith(first.text)
    _, said = t.mind.settled[0]
    assert said is not None
    assert said.text == first.text
    assert said.interrupted
    assert "question" in t.mind.settled[1][0].text


async def test_she_ducks_within_150_ms_of_the_onset(talk):
    t = talk(STORY, ["Yes?"])
    lead = join(silence(0.4), speak("Tell me a story."), silence(3.5))
    began = None

    def clock(event):
        return event.t

    import asyncio

    began = asyncio.get_running_loop().time()
    await t.hear(join(lead, speak("Wait, stop, I have a question."), silence(2.5)))
    onset = began + len(lead) / EAR_RATE
    assert clock(t.of(Ducked)[0]) - onset < 0.15 + _lead_in("Wait, stop, I have a question.")


def _lead_in(text: str) -> float:
    """Seconds of near-silence before the first voiced sample of the synthetic voice."""
    from tests.audio.voice import voiced_start

    return voiced_start(speak(text)) / EAR_RATE


@pytest.mark.parametrize(("name", "sound"), [("mm-hm", hum()), ("cough", cough())])
async def test_a_nod_or_a_cough_lets_her_go_on_to_the_end(talk, name: str, sound: Samples):
    t = talk(STORY)
    await t.hear(join(silence(0.4), speak("Tell me a story."), silence(3.5), sound, silence(8.5)))
    assert [e.text for e in t.of(ReplyEnded)] == [" ".join(STORY)]
    assert not t.of(ReplyEnded)[0].interrupted
    assert len(t.of(Ducked)) == len(t.of(Resumed))
    assert len(t.mind.settled) == 1


async def test_her_own_voice_from_a_loudspeaker_does_not_interrupt_her(talk):
    t = talk(STORY)
    question = join(silence(0.4), speak("Tell me a story."), silence(13))
    await t.hear_with_echo(question, delay_s=0.12, gain=0.25)
    assert [e.text for e in t.of(ReplyEnded)] == [" ".join(STORY)]
    assert len(t.of(SpeechStarted)) == 1
    assert all(e.why in ("echo", "noise") for e in t.of(Resumed))
    assert len(t.of(Ducked)) <= 2  # once it is known that this room echoes, she does not flutter


async def test_somebody_who_goes_on_before_she_was_heard_has_not_finished(talk):
    t = talk(["Oh."], ["Oh."], ["Oh."])
    await t.hear(
        join(
            silence(0.4),
            speak("I went to the market."),
            silence(0.55),
            speak("And then I saw my old teacher."),
            silence(3),
        )
    )
    last, _ = t.mind.settled[-1]
    assert "teacher" in last.text
    texts = " ".join(h.text for h, _ in t.mind.settled)
    assert texts.lower().count("market") == 1  # nothing lost, nothing twice


async def test_silence_and_noise_are_not_speech(talk):
    t = talk(["never"])
    rng = np.random.default_rng(1)
    await t.hear((rng.standard_normal(EAR_RATE * 4) * 0.05).astype(np.float32))
    await t.hear(silence(2))
    assert not t.of(ReplyStarted)
    assert not t.mind.settled


async def test_a_model_that_dies_is_owned_up_to_and_the_turn_is_kept(talk):
    t = talk(["Well, I think", "this is never said."], away_after=1)
    await t.hear(join(silence(0.4), speak("What do you think about rain?"), silence(8)))
    assert t.of(Fault)[0].kind == "ModelAway"
    assert any("lost my words" in e.text for e in t.of(ReplyText))
    heard, said = t.mind.settled[0]
    assert "rain" in heard.text.lower()
    assert said is not None
    assert said.text == "Well, I think"


async def test_she_nods_in_the_pauses_of_somebody_who_speaks_at_length(talk):
    t = talk(["Mm."], backchannels=True)
    long = join(
        speak(
            "I was walking home from work yesterday in the rain and I was thinking about the house because,"
        ),
        silence(2.1),  # a busy machine needs as long to understand that the sentence breaks off
        speak("my brother wants to sell it."),
    )
    await t.hear(join(silence(0.4), long, silence(3)))
    assert len(t.of(Backchannel)) == 1
    assert len(t.of(TurnEnded)) == 1


async def test_every_stage_of_a_turn_is_measured(talk):
    t = talk(["Yes."])
    await t.hear(join(silence(0.4), speak("Do you like the sea?"), silence(2)))
    assert {e.name for e in t.of(Stage)} == {"stt", "endpoint", "llm", "tts", "voice_to_voice"}


async def test_a_typed_turn_stops_her_and_is_answered(talk):
    t = talk(STORY, ["Of course."])
    await t.engine.typed("Tell me a story")
    await t.hear(silence(2.0))
    await t.engine.typed("actually, be quiet")
    await t.hear(silence(2.0))
    assert [e.interrupted for e in t.of(ReplyEnded)] == [True, False]
    assert t.mind.settled[1][0].via == "text"


async def test_how_an_utterance_sounds_goes_with_it_where_it_may_be_listened_for(talk):
    seconds: list[float] = []

    def stirred(samples: Samples) -> float:
        seconds.append(len(samples) / EAR_RATE)
        return 0.7

    t = talk(["Paris."], stirred=stirred)
    await t.hear(join(silence(0.5), speak("What is the capital city of France?"), silence(2.5)))
    heard, _ = t.mind.settled[0]
    assert heard.arousal == 0.7
    assert 1.0 < seconds[0] < 4.0
