"""The composition root: the only place that names concrete engines and joins the rooms."""

from becoming.app.home import Home
from becoming.app.parts import brain_at_night, night_of

__all__ = ["Home", "brain_at_night", "night_of"]
