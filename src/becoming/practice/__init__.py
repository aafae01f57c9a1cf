"""Rehearsal: a hard talk is practised with somebody she plays, and leads back to the real one."""

from becoming.practice.playing import Playing
from becoming.practice.practice import Practice

__all__ = ["Playing", "Practice"]
