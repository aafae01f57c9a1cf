"""Sound in and out of the page, to the sample. The wire is spoken by the test."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.audio.voice import speak, write_wav
from tests.e2e.conftest import Visiting
from tests.e2e.page_browser import microphone_args
from tests.e2e.page_visit import Visit
from tests.e2e.page_wire import tone

pytestmark = pytest.mark.slow

RATE = 24_000


def sent(ms: int) -> NDArray[np.int16]:
    """What `ScriptedWire.begins` sends for a reply of this length."""
    chunks = [tone(min(100, ms - at)) for at in range(0, ms, 100)]
    return np.frombuffer(base64.b64decode("".join(chunks)), np.int16)


def same(heard: NDArray[np.int16], wanted: NDArray[np.int16]) -> bool:
    """Whether they are the same sound, give or take the last bit of the conversion to float."""
    return len(heard) == len(wanted) and int(np.abs(heard.astype(int) - wanted).max()) <= 1


async def played(there: Visit, item: str, ms: int) -> None:
    """Waits until the page has reported this much of the item."""
    await there.wire.waits_for(
        "becoming.played", lambda event: event["item_id"] == item and event["audio_ms"] >= ms
    )


async def test_her_voice_leaves_the_page_as_it_came(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    await there.record()
    item = there.wire.begins("Hello.", 1000)
    there.wire.ends(item, "Hello.")
    await played(there, item, 1000)
    recording = await there.recorded()
    assert same(recording.sounding[:23999], np.trim_zeros(sent(1000)))
    assert len(recording.sounding) < 24_300, "it is let go of within a few milliseconds"


async def test_a_recording_asked_for_before_she_wakes_holds_her_first_word(visit: Visiting) -> None:
    there = await visit()
    await there.record()
    await there.wake()
    item = there.wire.begins("Hello.", 500)
    await played(there, item, 500)
    recording = await there.recorded()
    assert same(recording.sounding[:11999], np.trim_zeros(sent(500)))
    assert recording.ms_of("response.created") >= 0


async def test_what_was_played_is_counted_exactly_and_told_every_200_ms(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    item = there.wire.begins("Hello.", 1250)
    there.wire.ends(item, "Hello.")
    await played(there, item, 1250)
    told = [event["audio_ms"] for event in there.wire.of("becoming.played")]
    assert told == [200, 400, 600, 800, 1000, 1200, 1250]
    await there.until(mood="listening")


async def test_of_two_replies_each_is_counted_by_itself(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    first = there.wire.begins("One.", 300)
    there.wire.ends(first, "One.")
    second = there.wire.begins("Two.", 300)
    there.wire.ends(second, "Two.")
    await played(there, second, 300)
    await played(there, first, 300)
    assert max(event["audio_ms"] for event in there.wire.of("becoming.played")) == 300


async def test_she_speaks_more_quietly_while_ducked_and_loses_nothing(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    await there.record()
    item = there.wire.begins("A long sentence.", 2000)
    await played(there, item, 400)
    there.wire.send({"type": "becoming.duck", "item_id": item, "gain": 0.25})
    await played(there, item, 1000)
    there.wire.send({"type": "becoming.resume", "item_id": item, "reason": "cough"})
    there.wire.ends(item, "A long sentence.")
    await played(there, item, 2000)
    recording = await there.recorded()
    wanted = np.trim_zeros(sent(2000)).astype(float)
    heard = recording.sounding.astype(float)
    assert 0 <= len(heard) - len(wanted) < RATE // 100
    step = RATE // 50
    gains = np.array(
        [
            np.abs(heard[i : i + step]).max() / np.abs(wanted[i : i + step]).max()
            for i in range(0, 47000, step)
        ]
    )
    down = int(np.argmax(gains < 0.9))
    assert gains[down + 2] == pytest.approx(0.25, abs=0.02), "the ramp takes 30 ms"
    assert gains[down + 2 : down + 12] == pytest.approx(0.25, abs=0.02)
    assert gains[-5:] == pytest.approx(1.0, abs=0.01)


async def test_ducked_to_nothing_she_waits_and_goes_on_at_the_same_sample(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    await there.record()
    item = there.wire.begins("A long sentence.", 1000)
    await played(there, item, 400)
    there.wire.send({"type": "becoming.duck", "item_id": item, "gain": 0})
    await there.until(mood="ducked")
    told = len(there.wire.of("becoming.played"))
    await asyncio.wait_for(there.page.evaluate("new Promise(done => setTimeout(done, 600))"), 5)
    assert len(there.wire.of("becoming.played")) <= told + 1, "she must not go on meanwhile"
    there.wire.send({"type": "becoming.resume", "item_id": item, "reason": "backchannel"})
    there.wire.ends(item, "A long sentence.")
    await played(there, item, 1000)
    recording = await there.recorded()
    told_ms = [event["audio_ms"] for event in there.wire.of("becoming.played")]
    assert told_ms[-1] == 1000
    assert len(recording.sounding) > RATE * 1.4, "the pause is in the recording"


async def test_when_the_person_speaks_the_queue_is_dropped_at_once(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    await there.record()
    item = there.wire.begins("I would like to tell you everything.", 5000)
    await played(there, item, 600)
    there.wire.hears("wait")
    await there.until(mood="hearing")
    late = {"type": "response.output_audio.delta", "item_id": item, "delta": tone(400)}
    there.wire.send(late)
    there.wire.ends(item, "I would", status="cancelled")
    there.wire.understands("wait")
    answer = there.wire.begins("Yes?", 200)
    await played(there, answer, 200)
    recording = await there.recorded()
    cut_ms = there.wire.of("becoming.played")
    heard_ms = max(event["audio_ms"] for event in cut_ms if event["item_id"] == item)
    assert 600 <= heard_ms < 1500
    # What was told is what was heard: the tone up to there, 5 ms of fading, silence, and the answer.
    voice = recording.sounding
    assert same(
        voice[: RATE * heard_ms // 1000 - 48], np.trim_zeros(sent(5000))[: RATE * heard_ms // 1000 - 48]
    )
    started = recording.ms_of("input_audio_buffer.speech_started")
    stop = RATE * (started + 60) // 1000
    begin = RATE * recording.ms_of("input_audio_buffer.committed") // 1000
    assert not recording.voice[stop:begin].any(), "60 ms after the word she is silent"


async def test_a_touch_stops_her_and_tells_how_far_she_was_heard(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    item = there.wire.begins("I would like to tell you everything.", 5000)
    await played(there, item, 400)
    await there.page.click("#shape")
    await there.wire.waits_for("response.cancel")
    truncated = await there.wire.waits_for("conversation.item.truncate")
    last = there.wire.of("becoming.played")[-1]
    assert truncated["item_id"] == item
    assert truncated["content_index"] == 0
    assert truncated["audio_end_ms"] == last["audio_ms"] < 5000
    await there.until(mood="listening")


async def test_escape_stops_her_too(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    item = there.wire.begins("I would like to tell you everything.", 5000)
    await played(there, item, 200)
    await there.page.keyboard.press("Escape")
    await there.wire.waits_for("conversation.item.truncate")
    await there.until(mood="listening")


async def test_her_small_sounds_are_heard_and_never_counted(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    await there.record()
    there.wire.send({"type": "becoming.backchannel", "delta": tone(300, level=0.1)})
    item = there.wire.begins("Yes.", 600)
    await played(there, item, 600)
    recording = await there.recorded()
    assert recording.sounding.size > 0
    assert {event["item_id"] for event in there.wire.of("becoming.played")} == {item}


async def test_the_microphone_arrives_as_40_ms_packets_of_what_was_said(
    visit: Visiting, tmp_path: Path
) -> None:
    said = speak("The harbour lies quiet this morning.")
    # The device plays from the moment it is opened: half a second in which nobody speaks, as a person would.
    before, after = np.zeros(8_000, np.float32), np.zeros(16_000, np.float32)
    wav = write_wav(tmp_path / "said.wav", np.concatenate([before, said, after]))
    there = await visit(args=microphone_args(wav))
    await there.record()
    await there.wake()
    enough = 25 * (len(said) // 16_000 + 2)
    await there.wire.waits_for(
        "input_audio_buffer.append", lambda _: len(there.wire.of("input_audio_buffer.append")) >= enough
    )
    packets = [base64.b64decode(event["audio"]) for event in there.wire.of("input_audio_buffer.append")]
    assert {len(packet) for packet in packets} == {960 * 2}
    recording = await there.recorded()
    assert recording.microphone is not None
    heard = np.abs(recording.microphone.astype(float) / 32768)
    # The shape of the loudness is that of the sentence, whatever the browser's filters did to it.
    want = envelope(np.abs(said[: len(said) // 1]), 16_000)
    have = envelope(heard, RATE)
    assert best_match(have, want) > 0.7


def envelope(sound: NDArray[np.floating], rate: int) -> NDArray[np.floating]:
    """Loudness in steps of 50 ms."""
    step = rate // 20
    return sound[: len(sound) // step * step].reshape(-1, step).mean(axis=1)


def best_match(have: NDArray[np.floating], want: NDArray[np.floating]) -> float:
    """The best correlation of `want` with any stretch of `have`."""
    places = range(max(1, len(have) - len(want)))
    return max(
        float(np.corrcoef(have[i : i + len(want)], want)[0, 1])
        for i in places
        if have[i : i + len(want)].std()
    )


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
async def test_a_microphone_of_any_rate_becomes_24_khz(visit: Visiting, rate: int) -> None:
    there = await visit()
    heard = await there.page.evaluate(
        """async rate => {
            const context = new OfflineAudioContext(1, rate, rate);
            await context.audioWorklet.addModule('/static/worklets/capture-worklet.js');
            const tone = new OscillatorNode(context, {frequency: 440});
            const node = new AudioWorkletNode(context, 'capture');
            const packets = [];
            node.port.onmessage = ({data}) => packets.push(...new Int16Array(data.pcm));
            tone.connect(node).connect(context.destination);
            tone.start();
            await context.startRendering();
            while (packets.length < 22000) await new Promise(done => setTimeout(done, 10));
            return packets;
        }""",
        rate,
    )
    sound = np.array(heard[2400:21600], float) / 32768
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    peak = int(spectrum.argmax())
    assert peak * RATE / len(sound) == pytest.approx(440, abs=1.5)
    rest = spectrum.sum() - spectrum[peak - 4 : peak + 5].sum()
    assert 10 * np.log10(spectrum[peak - 4 : peak + 5].sum() / rest) > 45, "the tone is clean"
