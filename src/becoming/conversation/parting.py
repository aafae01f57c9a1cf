"""What of a talk may be given back at a parting."""

from __future__ import annotations

from becoming.care.caring import Hear
from becoming.conversation.kinds import Seen
from becoming.conversation.stance import choose

_DARK = ("hard", "other_side", "challenge", "leans", "decline", "suggest", "corrected")


def fits(text: str, hear: Hear) -> bool:
    """Whether a line of the person's is no word of a dark hour, no request, nothing to be taken wrong in a letter."""
    return hear(text, ()).tier == "none" and choose(Seen(text)).kind not in _DARK
