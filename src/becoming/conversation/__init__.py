"""The day: one talk, turn by turn."""

from becoming.conversation.kinds import Stance
from becoming.conversation.turn import Conversation

__all__ = ["Conversation", "Stance"]
