"""What happened between the two, in their own words, and how it comes back to mind."""

from becoming.memory.life import Life
from becoming.memory.moments import LastTalk, Memory

__all__ = ["LastTalk", "Life", "Memory"]
