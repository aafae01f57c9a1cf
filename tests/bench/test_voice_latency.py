"""The instrument itself: what the client measures of servers whose delay is known, and the figures."""

import asyncio
import base64
import json
from contextlib import asynccontextmanager

import numpy as np
import pytest
from websockets.asyncio.server import serve

from bench import voice_latency
from bench.voice import client
from bench.voice.client import PACKET, Exchange, Loudspeaker, Person
from bench.voice.utterances import UTTERANCES, Utterance
from tests.audio.voice import pcm16, voiced_end

YES = Utterance("Yes.")
BEEP = np.full(2400, 0.3, np.float32)  # 0.1 s at 24 kHz
SILENCE = np.zeros(2400, np.float32)


def delta(*sounds):
    audio = base64.b64encode(pcm16(np.concatenate(sounds))).decode()
    return json.dumps({"type": "response.output_audio.delta", "delta": audio, "item_id": "item_her_1"})


@asynccontextmanager
async def server(answer):
    """A Realtime server that calls `answer(socket, packets since speech began)` at each packet."""
    got = []

    async def talk(socket):
        await socket.send(json.dumps({"type": "session.created"}))
        began = None
        count = 0
        async for message in socket:
            event = json.loads(message)
            got.append(event)
            if event["type"] != "input_audio_buffer.append":
                continue
            count += 1
            pcm = np.frombuffer(base64.b64decode(event["audio"]), "<i2").astype(np.float32) / 32768
            if began is None and np.abs(pcm).max() > 0.02:
                began = count
            if began is not None:
                await answer(socket, count - began)

    async with serve(talk, "127.0.0.1", 0) as listening:
        yield f"ws://127.0.0.1:{listening.sockets[0].getsockname()[1]}", got


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr(client, "QUIET", 0.05)
    monkeypatch.setattr(client, "LISTENS", 0.05)
    monkeypatch.setattr(client, "PATIENCE", 1.5)


def packets(utterance):
    return round(voiced_end(utterance.audio()) / 16_000 / PACKET)


async def test_the_wait_runs_from_the_last_voiced_sample_to_the_first_audible_one():
    async def after_400_ms(socket, packet):
        if packet == packets(YES) + 20:
            await socket.send(delta(SILENCE, SILENCE, BEEP))

    async with server(after_400_ms) as (url, got), Person.at(url) as person:
        exchange = await person.say(YES)
    # 400 ms until the server answers, and 200 ms of silence in front of its beep
    assert 560 < exchange.voice_to_voice_ms < 900
    assert exchange.leading_silence_ms == pytest.approx(200, abs=2)
    assert not exchange.cut_off
    assert {event["item_id"] for event in got if event["type"] == "becoming.played"} == {"item_her_1"}
    assert "response.cancel" in {event["type"] for event in got}  # it was never over: enough is enough


async def test_a_sound_in_a_thinking_pause_is_a_cut_off_and_not_a_quick_answer():
    hesitant = Utterance("Well <1.2 s> it is complicated.", rate=140)

    async def in_the_pause(socket, packet):
        if packet == 40:
            await socket.send(json.dumps({"type": "input_audio_buffer.committed"}))
            await socket.send(delta(BEEP))

    async with server(in_the_pause) as (url, _), Person.at(url) as person:
        exchange = await person.say(hesitant)
    assert exchange.cut_off
    assert exchange.premature
    assert exchange.voice_to_voice_ms is None


async def test_no_answer_is_no_answer():
    async def never(socket, packet):
        pass

    async with server(never) as (url, _), Person.at(url) as person:
        exchange = await person.say(YES)
    assert exchange.voice_to_voice_ms is None
    assert not exchange.cut_off


def test_a_loudspeaker_plays_one_chunk_after_the_other_and_forgets_what_was_stopped():
    speaker = Loudspeaker()
    speaker.play(pcm16(SILENCE), "a", now=10.0)
    speaker.play(pcm16(BEEP), "a", now=10.02)
    assert speaker.first_after(10.0) == pytest.approx(10.1)
    assert speaker.free_at == pytest.approx(10.2)
    assert speaker.progress(10.15) == ("a", 150)
    speaker.stop(10.05)
    assert speaker.first_after(10.0) is None
    assert speaker.free_at == 10.05


def test_figures_count_who_was_left_waiting_and_set_those_cut_off_aside():
    def exchange(ms, *, cut_off=False, premature=False, stages=()):
        return Exchange(YES, ms, 10.0, cut_off, premature, "", "", dict(stages))

    ours = [
        exchange(500.0, stages=[("llm", 120.0)]),
        exchange(700.0),
        exchange(None, cut_off=True, premature=True),
    ]
    theirs = [
        exchange(2000.0, stages=[("endpointing_wait", 200.0), ("turn_detection", 30.0)]),
        exchange(1400.0),
        exchange(None),
    ]
    figures = voice_latency._figures({"ours": ours, "pipecat": theirs, "no_prefill": ours})
    assert figures["p50_ms"] == 600
    assert figures["llm_ms"] == 120
    assert figures["cut_off_share"] == pytest.approx(1 / 3)
    assert figures["pipecat_p50_ms"] == 2000
    assert figures["pipecat_p95_ms"] > 9000  # nobody answered: the person waited until they gave up
    assert figures["pipecat_late_share"] == pytest.approx(2 / 3)
    assert figures["pipecat_endpoint_ms"] == 230
    assert figures["ratio_to_pipecat"] == pytest.approx(0.3)


def test_there_are_forty_different_utterances_a_third_of_them_hesitant_and_all_are_recorded():
    assert len({utterance.words for utterance in UTTERANCES}) >= 40
    pauses = [pause for utterance in UTTERANCES for pause in utterance.pauses]
    assert len([utterance for utterance in UTTERANCES if utterance.pauses]) >= 12
    assert all(0.7 <= pause <= 1.6 for pause in pauses)
    assert all(utterance.audio().size > 4000 for utterance in UTTERANCES)


def test_every_arm_hears_every_block_and_none_is_always_first():
    turns = list(voice_latency._turns(["a", "b", "c"], UTTERANCES, 6))
    assert [arm for arm, _ in turns[:6]] == ["a", "b", "c", "b", "c", "a"]
    for arm in "abc":
        heard = [utterance for voice, part in turns if voice == arm for utterance in part]
        assert heard == list(UTTERANCES)


def test_the_quick_run_has_eight_utterances_three_of_them_hesitant():
    short = voice_latency._short()
    assert len(short) == 8
    assert sum(bool(utterance.pauses) for utterance in short) == 3


def test_a_child_that_does_not_start_is_reported_with_its_last_words(tmp_path):
    from bench.contract import CannotRun
    from bench.voice.child import Child

    command = ["python3", "-c", "raise SystemExit('no such model')"]
    with pytest.raises(CannotRun, match="no such model"):
        asyncio.run(Child.start(command, tmp_path / "log"))


def test_a_child_gives_its_address_and_goes_when_it_is_stopped(tmp_path):
    from bench.voice.child import Child

    async def life():
        child = await Child.start(
            ["python3", "-c", "import sys; print('ws://here', flush=True); sys.stdin.read()"],
            tmp_path / "log",
        )
        await child.stop()
        return child.address, child._process.returncode

    assert asyncio.run(life()) == ("ws://here", 0)
