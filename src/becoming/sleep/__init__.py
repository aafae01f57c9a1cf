"""The night: `plan` thinks and writes nothing, `apply` commits all of it in one transaction or nothing.

replay → extract → resolve → tidy → reflect → grow → dream → fade → apply. She grows at night and shows it by day.
"""

from becoming.sleep.apply import apply
from becoming.sleep.night import Night
from becoming.sleep.plan import Sleeping, plan

__all__ = ["Night", "Sleeping", "apply", "plan"]
