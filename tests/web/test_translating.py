"""What the wire makes of her events, without a server."""

from __future__ import annotations

from becoming.events import ReplyStarted, ReplyText
from becoming.web.wire import Wire


def test_whom_she_plays_is_told_with_each_of_their_clauses():
    wire = Wire("one")
    list(wire.translate(ReplyStarted(1, 1, 0.0)))
    (hers,) = wire.translate(ReplyText(1, "Again from there.", 0.0))
    (theirs,) = wire.translate(ReplyText(1, "Hey.", 0.1, "Emil"))
    assert (hers["speaker"], theirs["speaker"]) == ("", "Emil")
    assert theirs["delta"] == " Hey."
