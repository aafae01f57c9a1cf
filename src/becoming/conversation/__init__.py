"""The day: one talk, turn by turn."""

from becoming.conversation.turn import Conversation

__all__ = ["Conversation"]
