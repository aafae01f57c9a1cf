import numpy as np
import pytest

from tests.audio.voice import (
    RATE,
    cough,
    in_room,
    join,
    mm_hm,
    pcm16,
    read_wav,
    resampled,
    room,
    silence,
    speak,
    stereo,
    voiced_end,
    voiced_start,
    write_wav,
)


def test_a_spoken_sentence_is_mono_float_at_16_khz_and_begins_and_ends_with_voice():
    audio = speak("How was your day?")
    assert audio.dtype == np.float32
    assert audio.ndim == 1
    assert 0.8 < audio.size / RATE < 2.5
    assert np.abs(audio).max() == pytest.approx(0.5, abs=1e-3)
    assert voiced_start(audio) == 0
    assert voiced_end(audio) == audio.size


def test_a_thinking_pause_is_exactly_as_long_as_it_is_marked():
    audio = speak("I just… <1.2 s> I don't know…")
    quiet = np.abs(audio) < 1e-6
    longest = max(len(run) for run in "".join("x" if q else " " for q in quiet).split())
    assert longest / RATE == pytest.approx(1.2, abs=0.02)


def test_the_same_words_in_another_voice_or_at_another_rate_are_another_sound():
    assert speak("Good morning.").size != speak("Good morning.", rate=190).size
    assert not np.array_equal(speak("Good morning."), speak("Good morning.", voice="en-gb+m3"))


def test_a_missing_espeak_is_said_with_the_command_that_installs_it(monkeypatch, tmp_path):
    monkeypatch.setattr("tests.audio.voice.CACHE", tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(RuntimeError, match="apt-get install espeak-ng"):
        speak("Nobody can say this.")


def test_voiced_end_is_the_last_frame_above_minus_40_db_of_the_loudest():
    tone = (0.5 * np.sin(2 * np.pi * 220 * np.arange(RATE) / RATE)).astype(np.float32)
    audio = join(silence(0.5), tone, tone * 0.009, silence(1.0))
    assert voiced_start(audio) == RATE // 2
    assert voiced_end(audio) == RATE // 2 + RATE
    assert voiced_end(join(tone, tone * 0.02)) == 2 * RATE
    assert voiced_end(silence(1.0)) == 0


def test_room_noise_has_the_level_it_was_asked_for():
    quiet = room(2.0, dbfs=-70)
    assert 20 * np.log10(np.sqrt(np.mean(quiet**2))) == pytest.approx(-70, abs=0.1)
    spoken = speak("It is loud in here.")
    noise = in_room(spoken, snr=10) - spoken
    voice = spoken[np.abs(spoken) > 0.005]
    ratio = 20 * np.log10(np.sqrt(np.mean(voice**2)) / np.sqrt(np.mean(noise**2)))
    assert ratio == pytest.approx(10, abs=2.5)


def test_a_cough_is_short_and_loud():
    audio = cough()
    assert 0.3 < audio.size / RATE < 0.6
    assert np.abs(audio).max() == pytest.approx(0.5, abs=1e-3)


def test_variants_for_a_telephone_and_two_ears_survive_a_file(tmp_path):
    audio = speak("Can you hear me?")
    heard, rate = read_wav(write_wav(tmp_path / "phone.wav", resampled(audio, 8000), 8000))
    assert rate == 8000
    assert heard.size == pytest.approx(audio.size / 2, abs=2)
    both, rate = read_wav(write_wav(tmp_path / "ears.wav", stereo(audio)))
    assert (both.size, rate) == (audio.size, RATE)
    assert len(pcm16(stereo(audio))) == audio.size * 4


def test_a_recorded_voice_says_what_was_recorded_and_names_what_was_not():
    audio = speak("Could you, um <1.3 s> could you remind me what we talked about?", voice="bella", rate=145)
    assert 3.0 < audio.size / RATE < 6.0
    assert voiced_end(audio) == audio.size
    with pytest.raises(RuntimeError, match=r"bella never said 'Nobody recorded this\.'"):
        speak("Nobody recorded this.", voice="bella")


@pytest.mark.slow
def test_the_ears_understand_this_voice_and_hear_no_word_in_a_cough():
    from moonshine_voice import ModelArch, Transcriber, get_assets_path

    ears = Transcriber(get_assets_path() / "tiny-en", ModelArch.TINY, options={"vad_threshold": "0.0"})

    def heard(audio):
        return " ".join(line.text for line in ears.transcribe_without_streaming(audio.tolist()).lines).lower()

    assert "how was your day" in heard(speak("How was your day?"))
    assert "how was your day" in heard(speak("How was your day?", voice="bella"))
    assert "mm-hm" in heard(mm_hm())
    assert len(heard(cough()).split()) <= 1
