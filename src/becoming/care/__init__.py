"""Guarantees outside the model: what she never says, what is done when somebody is in danger, and the notice."""

from becoming.care.caring import Caring, Led
from becoming.care.guard import Guard
from becoming.care.known import Known

__all__ = ["Caring", "Guard", "Known", "Led"]
