"""The calendar by ear: what there is, when one is free, when something is; and what changes it, which waits for a yes.

What others wrote into it is told, given to no model and kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from becoming.conversation import files
from becoming.conversation.fluent import capital
from becoming.conversation.hands.done import Done
from becoming.tools.approval import Proposal
from becoming.tools.browsing import Browsing, Item
from becoming.tools.calendar import aloud, changing
from becoming.tools.calendar.accounts import CalendarError
from becoming.tools.calendar.diary import Diary, Found
from becoming.tools.calendar.entries import Entry
from becoming.tools.calendar.when import Upcoming, When, when

HOLDS_S = 300.0
"""So long "and tomorrow?" still means the calendar."""
NO_ACCOUNT = (
    'I know no calendar of yours. Close me, type "becoming calendar add" and where it is, and start me again.'
)
_SAID = files.patterns("hands/calendar.toml")


@dataclass(frozen=True, slots=True)
class Told(Done):
    """With the list that was told, the place in it, and what is to be put in once its time is said."""

    noted: str = "I told you about your calendar."
    entries: tuple[Entry, ...] = ()
    at: int = -1
    title: str = ""


@dataclass
class CalendarByEar:
    """The small state of it: what was told last, and when; and whether they talk apart from it."""

    diary: Diary
    upcoming: Upcoming
    clock: Callable[[], float]
    last: Told = Told("", ())
    at: float = 0.0
    apart: bool = True

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        kinds = ("agenda", "free", "next", "add", "move", "cancel", "contact", "find")
        asked = {kind: it for kind in kinds if (it := _SAID[kind].fullmatch(said))}
        held = not self.apart and self.clock() - self.at < HOLDS_S
        if not asked and not held:
            return None
        # What may be asked for is looked at first: the accounts lie in the memory, and every partial comes by here.
        if not self.diary.accounts.all():
            explicit = asked and _SAID["explicit"].fullmatch(said)
            return Told("asks for the calendar", (NO_ACCOUNT,)) if explicit else None
        now = datetime.fromtimestamp(self.clock())
        for kind, found in asked.items():
            if done := getattr(self, f"_{kind}")(found, said, text, now):
                return done  # type: ignore[no-any-return]
        return self._further(said, text, now) if held else None

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        self.apart = not isinstance(done, Told)
        if isinstance(done, Told) and spoken:
            self.last, self.at = done, self.clock()

    def _when(self, said: str, now: datetime) -> When:
        return when(said, now, self.upcoming)

    def _agenda(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        my = it["my"] or ""
        days = {"week": "this week", "weekend": "this weekend"}.get(my, f"this {my}" if my in ("morning", "afternoon", "evening") else "today")  # fmt: skip
        asked = self._when(it["when"] or days, now)
        loose = not it["when"] and not my and not _SAID["explicit"].fullmatch(said)
        return None if loose or asked.rest or asked.clock or not asked.said else self._told(asked, now)

    def _told(self, asked: When, now: datetime) -> Told:
        found = self.diary.found()
        lines, entries = aloud.agenda(found.entries, asked, now)
        return _with(found, Told("asks for the day", tuple(lines), entries=tuple(entries)), asked)

    def _free(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        asked = self._when(it["when"] or "this week" if it["part"] else it["when"] or "today", now)
        if asked.rest or not (asked.said or asked.clock):
            return None
        found, part = self.diary.found(), it["part"]
        lines = aloud.free(
            found.entries, replace(asked, part="" if part == "day" else part) if part else asked, now
        )
        if it["busy"] or it["full"]:
            lines[0] = capital(re.sub("^(?:Yes|No), ", "", lines[0]))
        return _with(found, Told("asks when they are free", tuple(lines)), asked)

    def _next(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        found = self.diary.found()
        ahead = [each for each in found.entries if each.begins >= now and not each.all_day][:1]
        line = f"{aloud.label(ahead[0], now, with_day=True)}." if ahead else "Nothing that I can see."
        return _with(found, Told("asks what is next", (line,), entries=tuple(ahead), at=0))

    def _find(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        found = self.diary.found()
        if not (entry := self._one(found, it["what"], now)):
            return None  # what they ask of may lie in the memory
        place = f", {entry.where}" if entry.where else ""
        line = f"{aloud.label(entry, now, with_day=True)}{place}."
        return Told("asks when something is", (line,), entries=(entry,), at=0)

    def _one(self, found: Found, what: str, now: datetime) -> Entry | None:
        """The next one that these words may mean, on the day and at the time that they name."""
        asked = self._when(re.sub(r"'s(?= )", "", what), now)
        entries = [each for each in found.entries if each.ends > now or each.begins >= now]
        if asked.said:
            entries = aloud.within(entries, asked.begins if asked.part else replace(asked, clock=None).begins, replace(asked, clock=None).ends)  # fmt: skip
        if asked.clock:
            hours = {asked.clock.hour} if asked.sure else {asked.clock.hour, (asked.clock.hour + 12) % 24}
            entries = [it for it in entries if not it.all_day and it.begins.hour in hours and it.begins.minute == asked.clock.minute]  # fmt: skip
        words = " ".join(_SAID["every"].sub(" ", asked.rest).split())
        which = " ".join(_SAID["kind"].sub(" ", words).split())
        browsing = Browsing([Item(each.title, words=each.host) for each in entries])
        if not which:
            known = not self.apart and self.last.at >= 0 and words in ("it", "that", "this", "")
            last = self.last.entries[self.last.at] if known and self.last.entries else None
            return entries[0] if entries and (asked.said or asked.clock) else last
        at = next(
            (at for each in (words, which) if (at := browsing.find(f"the one about {each}")) is not None),
            None,
        )
        return None if at is None else entries[at]

    def _add(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        words = it["that"] or f"{it['what']} {it['more'] or ''}"
        asked = self._when(words.strip(), now)
        title = _as_said(re.sub(r"^(?:an? |the )|(?: (?:on|at|for|from|in))+$", "", asked.rest), text)
        if not title:
            return None
        if not (asked.said or asked.clock):
            return Told("asks when", (f"{title}. When shall that be?",), title=title) if it["what"] else None
        return self._putting(title, asked, now)

    def _putting(self, title: str, asked: When, now: datetime) -> Told:
        if asked.clock and not asked.said and asked.begins <= now:
            later = asked.begins + timedelta(hours=12)
            soon = not asked.sure and now < later and later.date() == now.date()
            asked = (
                replace(asked, clock=later.time())
                if soon
                else replace(asked, first=asked.first + timedelta(days=1))
            )
        all_day, begins = not (asked.clock or asked.part), asked.begins
        ends = begins + (asked.length or timedelta(hours=2)) if not all_day else asked.ends
        if asked.clock:
            ends = asked.ends
        if begins < now and not (all_day and begins.date() == now.date()):
            raise CalendarError("That would be in the past.")
        others = [] if all_day else aloud.busy(self.diary.found().entries, begins, ends)
        return self._proposed(changing.putting(self.diary, title, begins, ends, all_day, now), others, now)

    def _move(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        to = self._when(re.sub("^(?:to|until|till|for) ", "", it["to"]), now)
        if to.rest or not (to.said or to.clock) or to.days > 1:
            return None
        found = self.diary.found()
        if not (entry := self._one(found, it["what"], now)):
            return self._none(said)
        begins = entry.begins if not to.clock else datetime.combine(entry.begins, to.clock)
        if to.clock and not to.sure:  # "at eight" is the one of both that is nearer to when it was
            begins = min(
                (begins, begins.replace(hour=(begins.hour + 12) % 24)),
                key=lambda each: abs(each - entry.begins),
            )
        if to.said:
            begins = datetime.combine(to.first, begins.time())
        if entry.all_day and to.clock:
            raise CalendarError(f"{entry.title} is for the whole day; it has no hour to move.")
        if begins < now and not entry.all_day:
            raise CalendarError("That would be in the past.")
        ends, every = begins + (entry.ends - entry.begins), bool(_SAID["every"].search(it["what"]))
        proposal = changing.moving(self.diary, entry, begins, every, now)
        others = [each for each in aloud.busy(found.entries, begins, ends) if each.uid != entry.uid]
        return self._proposed(proposal, [] if entry.all_day else others, now)

    def _cancel(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        if not (entry := self._one(self.diary.found(), it["what"], now)):
            return self._none(said)
        every = bool(_SAID["every"].search(it["what"]))
        return self._proposed(changing.cancelling(self.diary, entry, every, now), [], now)

    def _none(self, said: str) -> Told | None:
        """Where it can be meant for the calendar alone, that there is nothing like it; else it is about something else."""
        sure = _SAID["explicit"].fullmatch(said)
        return Told("asks for what is not there", ("I don't see that in your calendar.",)) if sure else None

    def _proposed(self, it: Proposal, others: Sequence[Entry], now: datetime) -> Told:
        clash = (f"{aloud.label(others[0], now)} is at the same time.",) if others else ()
        return Told(
            "would change the calendar", (f"{it.words}.", *clash, it.ask), "I asked about your calendar.", it
        )

    def _contact(self, it: re.Match[str], said: str, text: str, now: datetime) -> Told | None:
        who = it["who"] or it["lives"] or it["reached"]
        field = "address" if it["lives"] else "number" if it["reached"] else it["field"].replace("-", "")
        asked = {"phone": "number", "mobile": "number", "cell": "number", "email": "mail"}.get(field, field)
        asked = "mail" if asked == "address" and re.search(r"e-?mail address", said) else asked
        contacts = self.diary.found().contacts
        if (at := Browsing([Item(each.name) for each in contacts]).find(f"the one called {who}")) is None:
            return None
        line = aloud.contact(contacts[at], asked, now)
        return Told("asks of a contact", (line,), "I looked it up for you.") if line else None

    def _further(self, said: str, text: str, now: datetime) -> Told | None:
        """What goes on from what was told: another day, the rest of the list, one of it, when it shall be."""
        asked = self._when(said, now)
        if (asked.said or (self.last.title and asked.clock)) and not asked.rest:
            return self._putting(self.last.title, asked, now) if self.last.title else self._told(asked, now)
        if (
            not self.last.entries
            or not (step := self._list(now).hear(said))
            or (step.kind == "none" and step.at < 0)
        ):
            return None
        return replace(
            self.last, why="goes through the calendar", lines=(step.said,), at=step.at, proposal=None
        )

    def _list(self, now: datetime) -> Browsing:
        labels = [aloud.label(each, now, with_day=True) + (f", {each.where}" if each.where else "") for each in self.last.entries]  # fmt: skip
        return Browsing([Item(label) for label in labels], self.last.at)


def _with(found: Found, it: Told, asked: When | None = None) -> Told:
    """And what is wrong, or not known so far ahead."""
    far = asked is not None and asked.first >= found.until
    beyond = (f"I know your calendar until {found.until.day} {found.until:%B} only.",) if far else ()
    return replace(it, lines=beyond or (*it.lines, *([found.wrong] if found.wrong else [])))


def _as_said(words: str, text: str) -> str:
    """These words with the capitals they were said with."""
    found = re.search(r"\W+".join(map(re.escape, words.split())), text, re.IGNORECASE) if words else None
    return capital(" ".join((found[0] if found else words).split()))
