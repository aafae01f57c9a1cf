"""A share of cases, with the interval in which the true one may lie."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """`hits` of `cases`."""

    hits: int
    cases: int

    @property
    def value(self) -> float:
        """The share; not a number where there are no cases."""
        return self.hits / self.cases if self.cases else math.nan

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (Wilson 1927), which holds for small numbers and shares near 0 or 1."""
        if not self.cases:
            return 0.0, 1.0
        z, n, p = 1.959964, self.cases, self.value
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.hits}/{self.cases} = {self.value:.3f} (95 % {low:.3f} to {high:.3f})"


def share(found: list[bool]) -> Share:
    """How many of these are so."""
    return Share(sum(found), len(found))
