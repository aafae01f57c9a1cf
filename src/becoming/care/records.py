"""What care keeps of one person: the safety plan, somebody they trust, the country, flags, a log, monthly counts.

A few notes in the person's own encrypted store, part of every export and erasure; held in working memory too, so
that a danger is answered also when the store cannot be read or written.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Protocol

from becoming.care import breaks, lines, notice, plan
from becoming.care.lines import Place
from becoming.events import BecomingError, InputError

log = logging.getLogger(__name__)

_NOTES: Final = (
    "care",
    "safety_plan",
    "trusted",
    "country",
    "flags",
    "care_counts",
    "notices",
    "notice_log",
    "breaks",
)
_LONG = 500
"""Entries of a log that are kept."""


class Notes(Protocol):
    """Where settled facts are kept by a key; `memory.moments.Memory` is one. Raises events.StoreError."""

    def get(self, key: str) -> Any:
        """What is kept; None if nothing is."""

    def put(self, key: str, value: Any) -> None:
        """Keep it."""


class Records:
    """The notes of care."""

    def __init__(self, notes: Notes, clock: Callable[[], float], country: str = "") -> None:
        """`country` is the one of the settings (ISO 3166 alpha-2); it wins over what was said or guessed."""
        self._notes, self._clock = notes, clock
        self.country = country.upper()
        """Of the settings; empty: none."""
        self._guess = lines.guessed()
        self._kept: dict[str, Any] = {}
        self.reread()

    def reread(self) -> None:
        """Take the notes from the store anew: something was forgotten elsewhere."""
        for key in _NOTES:
            try:
                self._kept[key] = self._notes.get(key)
            except BecomingError as error:
                log.warning("%s", error)

    def keep(self, key: str, value: Any) -> None:
        """In working memory at once, and in the store; care goes on also where that cannot be written."""
        self._kept[key] = value
        try:
            self._notes.put(key, value)
        except BecomingError as error:
            log.warning("%s", error)

    # ── where an episode stands ─────────────────────────────────────────────────────────────

    @property
    def standing(self) -> dict[str, Any]:
        """The crisis protocol's state, and the step of the plan that is open."""
        return dict(self._kept.get("care") or {})

    # ── the person's own ────────────────────────────────────────────────────────────────────

    @property
    def place(self) -> Place:
        """Where the person is, as far as is known: the settings, what they said, what the computer seems to say."""
        if said := self.country or self._kept.get("country"):
            known = lines.place(said)
            return known if known.country else replace(lines.UNKNOWN, sure=True)
        return lines.place(self._guess, sure=False)

    def live_in(self, country: str) -> None:
        """Say which country they are in; empty: not said. Raises InputError for no country code."""
        if country and not re.fullmatch(r"[A-Z]{2}", country):
            raise InputError("A country is two capital letters, such as IE.")
        self.keep("country", country or None)

    @property
    def plan(self) -> dict[str, list[str]]:
        """The safety plan; a step nobody filled is missing or empty."""
        return plan.kept(self._kept.get("safety_plan"))

    def write_plan(self, given: dict[str, Any]) -> None:
        """The person writes their plan. Raises InputError where it is none."""
        self.keep("safety_plan", plan.checked(given))

    @property
    def trusted(self) -> dict[str, Any] | None:
        """Somebody they trust: name, how to reach them, and whether they turned out to be unsafe."""
        found: dict[str, Any] | None = self._kept.get("trusted")
        return found if found and found.get("name") else None

    def trust(self, name: str, reach: str) -> None:
        """Name somebody to be suggested in a hard hour; with an empty name nobody is.

        Named again with nothing on how to reach them, that stays as it was.
        """
        called, before = plan.tidy(name)[:80] if name.strip() else "", self.trusted
        if not reach.strip() and before and before["name"] == called:
            reach = before["reach"]
        self.keep("trusted", {"name": called, "reach": " ".join(reach.split())[:120]})

    @property
    def to_suggest(self) -> str:
        """The name of whom she may suggest; empty where there is nobody, or they are not safe."""
        trusted = self.trusted
        return "" if trusted is None or trusted.get("unsafe") else str(trusted["name"])

    def unsafe(self, text: str) -> None:
        """Somebody does harm, in these words: whoever is named in them is not suggested any more."""
        if trusted := self.trusted:
            name = trusted["name"].split()[0]
            if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
                self.keep("trusted", {**trusted, "unsafe": True})

    # ── flags, the log, the counts ──────────────────────────────────────────────────────────

    def flag(self, said: str) -> None:
        """Mark a reply of hers as not all right. It stays here."""
        flags = [*(self._kept.get("flags") or []), {"at": self._clock(), "said": said[:2000]}]
        self.keep("flags", flags[-_LONG:])
        self.count("replies flagged")

    @property
    def flagged(self) -> list[dict[str, Any]]:
        """Replies that were flagged, with their time; without those that were forgotten since."""
        return [each for each in self._kept.get("flags") or [] if each.get("said")]

    @property
    def log(self) -> list[dict[str, Any]]:
        """The notices and nudges given, oldest first."""
        return [each for each in self._kept.get("notice_log") or [] if each.get("words")]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How often what happened, by month; no words, no names, nothing of a single turn."""
        return dict(self._kept.get("care_counts") or {})

    def count(self, what: str) -> None:
        """One more of it this month."""
        month = time.strftime("%Y-%m", time.localtime(self._clock()))
        counts = self.counts
        counted = counts.get(month, {})
        self.keep("care_counts", {**counts, month: {**counted, what: counted.get(what, 0) + 1}})

    # ── notices and breaks ──────────────────────────────────────────────────────────────────

    @property
    def notices(self) -> list[float]:
        """When the notice was given."""
        return list(self._kept.get("notices") or [])

    @property
    def nudged(self) -> tuple[list[float], float]:
        """When a break was suggested this week, and when one was last put off."""
        noted = self._kept.get("breaks") or {}
        return noted.get("nudged", []), noted.get("snoozed", 0.0)

    def gave_notice(self, words: str) -> None:
        """The notice was heard to its end."""
        self.keep("notices", [*self.notices[-50:], self._clock()])
        self._log(words)
        self.count("notices given")

    def gave_nudge(self, words: str) -> None:
        """A break was suggested."""
        now = self._clock()
        nudged, snoozed = self.nudged
        lately = [at for at in nudged if now - at < breaks.WEEK]
        self.keep("breaks", {"nudged": [*lately, now], "snoozed": snoozed})
        self._log(words)
        self.count("breaks suggested")

    def snooze(self) -> None:
        """The nudge is put off."""
        self.keep("breaks", {"nudged": self.nudged[0], "snoozed": self._clock()})

    def due(self, talked: list[float], *, calm: bool) -> str | None:
        """The notice that she is software, or where all is `calm` a nudge to take a break, when it is time."""
        now = self._clock()
        if words := notice.due(self.notices, talked, now):
            return words
        return breaks.due(*self.nudged, talked, now) if calm else None

    def _log(self, words: str) -> None:
        self.keep("notice_log", [*self.log, {"at": self._clock(), "words": words}][-_LONG:])
