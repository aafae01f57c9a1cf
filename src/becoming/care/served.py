"""What the page shows of care, as plain data: the plan, the numbers with what they rest on, the log, the counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from becoming.care import lines, plan, protocol
from becoming.care.caring import Caring
from becoming.care.lines import Place


def page(care: Caring) -> dict[str, Any]:
    """All that the care page shows."""
    records = care.records
    return {
        "steps": [{"key": step.key, "title": step.title} for step in plan.steps()],
        "plan": records.plan,
        "trusted": records.trusted,
        "country": records.place.country if records.place.sure else "",
        "fixed": bool(records.country),
        "countries": lines.countries(),
        "numbers": numbers(records.place),
        "log": records.log[::-1],
        "counts": records.counts,
        "flags": records.flagged[::-1],
        "protocol": protocol.digest(),
    }


def numbers(place: Place) -> dict[str, Any]:
    """The line and the emergency number, each as a person taps it and reads it."""
    line = place.line
    return {
        "country": place.name,
        "sure": place.sure,
        "line": asdict(line) if line else None,
        "emergency": place.emergency,
        "emergency_how": place.emergency_how,
        "finder": f"https://{lines.FINDER}",
    }


def card(care: Caring) -> dict[str, Any] | None:
    """What can be tapped beside the talk while somebody is in danger; None when nobody is."""
    if not care.state.open or "line" not in care.state.done:
        return None
    trusted = care.records.trusted
    return {
        "tier": care.state.tier,
        "numbers": numbers(care.records.place),
        "trusted": trusted if trusted and care.records.to_suggest else None,
        "plan": not plan.empty(care.records.plan),
    }
