"""Voice activity: is this frame speech? Silero VAD v5 (MIT) on onnxruntime, 0.2 ms a frame here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort

from becoming.speech.audio import EAR_RATE, FRAME, Samples

_CONTEXT = 64
_CALM_FRAMES = 60


class Vad:
    """One stream's voice activity. Keeps recurrent state, so make one for each microphone."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session
        self._rate = np.array(EAR_RATE, dtype=np.int64)
        self._calm = 0
        self.reset()

    @staticmethod
    def load(path: Path) -> ort.InferenceSession:
        """The model, to be shared by all streams."""
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def reset(self) -> None:
        """Forget what was heard."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._context = np.zeros((1, _CONTEXT), np.float32)

    def __call__(self, frame: Samples) -> float:
        """Probability of speech in FRAME samples at EAR_RATE."""
        assert frame.shape == (FRAME,)
        data = np.concatenate((self._context, frame[None]), axis=1)
        out, self._state = self._session.run(None, {"input": data, "state": self._state, "sr": self._rate})
        self._context = data[:, -_CONTEXT:]
        p = float(out[0, 0])
        # Long silence or noise shifts the recurrent state until speech is under-reported; a reset
        # in clear silence costs nothing.
        self._calm = self._calm + 1 if p < 0.1 else 0
        if self._calm >= _CALM_FRAMES:
            self._calm = 0
            self.reset()
        return p
