"""For a model that has room: what she said at the moments of the book that are most like this one, read before it answers.

A large model takes a manner from examples better than from rules, and from near ones best (Liu et al. 2022, "What Makes Good
In-Context Examples for GPT-3?"). The packaged model has no time for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from becoming.conversation.examples import Situation, book
from becoming.conversation.kinds import Kind

SHOWN = 5
SAME_STANCE = 0.15
"""So much nearer is a situation that asks for the same stance."""


class Nearest:
    """The book by its meaning. `embed`: texts to rows of length 1, (n, dim)."""

    def __init__(self, embed: Callable[[Sequence[str]], npt.NDArray[np.float32]]) -> None:
        self._embed = embed
        self._able: list[Situation] = []
        self._meaning: npt.NDArray[np.float32] | None = None

    def warm(self) -> None:
        """Read the book; seconds. Until then nothing is shown."""
        self._able = [each for each in book() if not each.remembered]
        self._meaning = self._embed([each.exchanges[0].heard for each in self._able])

    def before(self, text: str, kind: Kind) -> str:
        """What the model reads before this utterance; empty where the book was not read yet."""
        if self._meaning is None:
            return ""
        near = self._meaning @ self._embed([text])[0]
        near += SAME_STANCE * np.array([each.stance == kind for each in self._able])
        shown = [self._able[at].exchanges[0] for at in np.argsort(near)[-SHOWN:]]
        told = "\n".join(f'To "{each.heard}" you once said: "{each.said}"' for each in shown)
        return f"({told})\n"
