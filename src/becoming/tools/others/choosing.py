"""Which tool is meant: by the meaning of the words, beside what each tool is called and said to do.

No language model is needed for it; bounds are set so that it would rather find none. A description can claim one thing only: what
is compared is its first sentence, so that a server cannot lay hold of all that is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from becoming.tools.others.servers import Server, Tool

LIKELY, SURELY, APART = 0.42, 0.2, 0.03
"""How near a tool must be; how near where its server was named; and how much nearer than the next."""

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
Meant = tuple[Server, Tool]
Native = Callable[[str, Sequence[Tool]], tuple[str, dict[str, Any]] | None]
"""A language model's own choice of a tool and what to give it, for the words; None where it wants none, or cannot choose."""

_BEST, _SHARED, _MOST_SHARED = 3, 0.08, 0.24
_SMALL = frozenset(
    "the a an of to in on or and for from with by its it is get into at another one me my".split()
)
_READING = frozenset("get list search read find show look fetch query check lookup".split())


@dataclass
class Choosing:
    """The tools, and how near words are to each. `encode` gives vectors of unit length."""

    encode: Encode
    _vectors: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)

    def meant(self, said: str, servers: Sequence[Server], *, surely: bool = False) -> list[Meant]:
        """The tool that is meant, or two where it could be either; nothing where none is near."""
        tools = [(server, tool) for server in servers for tool in server.tools]
        scored = sorted(((self._near(said, tool), n) for n, (_, tool) in enumerate(tools)), reverse=True)
        best = [(near, tools[n]) for near, n in scored[:2] if near >= (SURELY if surely else LIKELY)]
        return [it for near, it in best if best[0][0] - near < APART]

    def _near(self, said: str, tool: Tool) -> float:
        """Cosine to the nearest ways to put it, and a little for each word they share."""
        if tool.mark not in self._vectors:
            self._vectors[tool.mark] = self.encode(_ways(tool))
        found = np.sort(self._vectors[tool.mark] @ self.encode([said])[0])[-_BEST:]
        shared = len(_stems(said) & _stems(f"{tool.title} {tool.about}"))
        return float(found.mean()) + min(_MOST_SHARED, _SHARED * shared)


def _ways(tool: Tool) -> list[str]:
    """How one might ask for it."""
    name, (verb, *rest) = tool.title, tool.title.split() or ["tool"]
    asked = f"What's the {' '.join(rest) or verb}?" if verb in _READING else name
    return [name, tool.about or name, f"{name}: {tool.about}", asked, f"Can you {name}?"]


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", text.lower().replace("to-do", "todo"))
    return {re.sub(r"(?<=\w\w\w)(?:ing|es|s|e)$", "", word) for word in words if word not in _SMALL}
