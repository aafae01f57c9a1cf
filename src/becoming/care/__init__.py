"""Guarantees outside the model: what she never says, and the notice that she is software."""

from becoming.care.guard import Guard, Objection
from becoming.care.known import Known

__all__ = ["Guard", "Known", "Objection"]
