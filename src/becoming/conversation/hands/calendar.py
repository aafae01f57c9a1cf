"""The calendar by ear: what there is, when one is free, when something is; and what changes it, which waits for a yes.

What others wrote into it is told, given to no model and kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import cast

from becoming.conversation import files
from becoming.conversation.echo import turned
from becoming.conversation.fluent import capital
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.kept import as_said
from becoming.tools.approval import Proposal
from becoming.tools.browsing import Browsing, Item
from becoming.tools.calendar import aloud, changing
from becoming.tools.calendar.accounts import CalendarError
from becoming.tools.calendar.diary import Diary
from becoming.tools.calendar.entries import Entry, Found
from becoming.tools.calendar.when import PARTS, Upcoming, When, when

HOLDS_S = 300.0
"""So long "and tomorrow?" still means the calendar."""
NO_ACCOUNT = (
    'I know no calendar of yours. Close me, type "becoming calendar add" and where it is, and start me again.'
)
WHICH = 'Which one, and to when? Begin with "move".'
_SAID = files.patterns("hands/calendar.toml")


@dataclass(frozen=True, slots=True)
class Told(Done):
    """With the list that was told, the place in it, and what is to be put in once its time is said."""

    noted: str = "I told you about your calendar."
    entries: tuple[Entry, ...] = ()
    at: int = -1
    title: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance: what was meant, as it was transcribed, what it says of days and times; the calendar, and the time;
    whether it can be about a calendar only."""

    said: str
    text: str
    asked: When
    found: Found
    now: datetime
    explicit: bool


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
        now = datetime.fromtimestamp(self.clock())
        asked = when(said, now, self.upcoming)
        rest = _SAID["hanging"].sub("", asked.rest)
        others = dict.fromkeys(("next", "move", "cancel", "contact", "find"), said)
        ways = {"agenda": rest, "free": rest, "add": asked.rest, **others}
        meant = {kind: it for kind, words in ways.items() if (it := _SAID[kind].fullmatch(words))}
        if not meant and not self._held:
            return None
        # What may be asked for is looked at first: the accounts lie in the memory, and every partial comes by here.
        explicit = bool(_SAID["explicit"].fullmatch(said))
        if not self.diary.accounts.all():
            return Told("asks for the calendar", (NO_ACCOUNT,)) if meant and explicit else None
        try:
            heard = Heard(said, text, asked, self.diary.found(), now, explicit)
        except CalendarError:
            if explicit or meant.keys() & {"agenda", "free", "add", "next", "move", "cancel"}:
                raise
            return None  # what they ask of may be known otherwise
        for kind, found in meant.items():
            if done := getattr(self, f"_{kind}")(found, heard):
                return cast(Told, done)
        return self._further(heard) if self._held else None

    @property
    def _held(self) -> bool:
        return not self.apart and self.clock() - self.at < HOLDS_S

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        self.apart = not isinstance(done, Told)
        if isinstance(done, Told) and spoken:
            self.last, self.at = done, self.clock()

    def _agenda(self, it: re.Match[str], heard: Heard) -> Told | None:
        my, asked, now = it["my"] or "", heard.asked, heard.now
        if not (asked.said or asked.part or asked.clock):
            if not my and not heard.explicit:
                return None
            days = f"this {my}" if my in ("week", "weekend") else "today"
            asked = replace(when(days, now, self.upcoming), part=my if my in PARTS else "")
        elif not it[0]:  # a day alone means it only after other talk of it
            if not self._held or self.last.title:
                return None
            if done := self._further(heard):
                return done
        if not asked.clock:
            lines, entries = aloud.agenda(heard.found.entries, asked, now)
            return _told("asks for the day", lines, heard, entries, asked=asked)
        there = aloud.within(heard.found.entries, asked.begins, asked.begins + timedelta(minutes=1))
        there = [each for each in there if not each.all_day]
        none = f"Nothing {aloud.day(asked.first, now)} at {aloud.clock(asked.begins)}."
        return _told("asks for an hour", [_line(each, now) for each in there[:2]] or [none], heard, there, 0)

    def _free(self, it: re.Match[str], heard: Heard) -> Told | None:
        asked, now, entries = heard.asked, heard.now, heard.found.entries
        if not (asked.said or asked.clock):
            if not (asked.part or it["which"] or "when" in it[0] or "find" in it[0]):
                return None
            asked = replace(when("this week", now, self.upcoming), part=asked.part)
        if asked.days > 1 and re.search(r"\b(?:hour|time|slot|moment)\b", it[0]):
            firsts = (asked.first + timedelta(n) for n in range(asked.days))
            days = (replace(asked, first=first, days=1, kind="") for first in firsts)
            asked = next((it for it in days if not aloud.free(entries, it, now)[0].startswith("No")), asked)
        lines = aloud.free(entries, asked, now)
        if it["busy"] or it["full"]:
            lines[0] = capital(re.sub("^(?:Yes|No), ", "", lines[0]))
        return _told("asks when they are free", lines, heard, asked=asked)

    def _next(self, it: re.Match[str], heard: Heard) -> Told | None:
        ahead = [each for each in heard.found.entries if each.begins >= heard.now and not each.all_day][:1]
        lines = [_line(each, heard.now, with_day=True) for each in ahead] or ["Nothing that I can see."]
        return _told("asks what is next", lines, heard, ahead, 0)

    def _find(self, it: re.Match[str], heard: Heard) -> Told | None:
        entry = self._one(it["what"], heard)  # without one: what they ask of may lie in the memory
        line = [_line(entry, heard.now, with_day=True)] if entry else []
        return _told("asks when something is", line, heard, [entry], 0) if entry else None

    def _one(self, what: str, heard: Heard) -> Entry | None:
        """The next one that these words may mean, on the day and at the time that they name."""
        asked, now = when(re.sub(r"(?<=day|row)'s(?= )", "", what), heard.now, self.upcoming), heard.now
        entries = [each for each in heard.found.entries if each.ends > now or each.begins >= now]
        if asked.said:
            whole = replace(asked, clock=None)
            entries = aloud.within(entries, whole.begins, whole.ends)
        if at := asked.clock:
            hours = {at.hour} if asked.sure else {at.hour, (at.hour + 12) % 24}
            entries = [it for it in entries if it.begins.hour in hours and it.begins.minute == at.minute]
        words = " ".join(_SAID["every"].sub(" ", asked.rest).split())
        if not (which := " ".join(_SAID["kind"].sub(" ", words).split())):
            known = self.last.entries if self._held and self.last.at >= 0 and not (asked.said or at) else ()
            return known[self.last.at] if known else entries[0] if entries and (asked.said or at) else None
        browsing = Browsing([Item(each.title, words=each.host) for each in entries])
        found = [browsing.find(f"the one about {each}") for each in (words, which)]
        return next((entries[each] for each in found if each is not None), None)

    def _add(self, it: re.Match[str], heard: Heard) -> Told | None:
        words = next(each for each in it.groups() if each) + (f" {it['more']}" if it["more"] else "")
        small = r"^(?:in |for )*(?:an? |the )?(?:new )?|(?: (?:on|at|for|from|in|please))+$"
        words = re.sub(small, "", words)
        if not (title := capital(as_said(words, heard.text))):
            return None
        if heard.asked.said or heard.asked.clock:
            return self._putting(title, heard)
        asks = Told("asks when", (f"{title}. When shall that be?",), title=title)
        return asks if heard.explicit else None

    def _putting(self, title: str, heard: Heard) -> Told:
        asked, now = heard.asked, heard.now
        if asked.clock and not asked.said and asked.begins <= now:  # "at eight", and it is nine
            later = asked.begins + timedelta(hours=12)
            soon = not asked.sure and now < later and later.date() == now.date()
            days = timedelta(days=0 if soon else 1)
            asked = replace(asked, clock=later.time() if soon else asked.clock, first=asked.first + days)
        new = Entry(title, asked.begins, asked.ends, all_day=not (asked.clock or asked.part))
        return self._proposed(changing.putting(self.diary, new, now), new, heard)

    def _move(self, it: re.Match[str], heard: Heard) -> Told | None:
        if it["some"]:
            return Told("would change the calendar", (WHICH,))
        now, what = heard.now, it["what"] or it["which"] or it["it"]
        to = when(it["to"] or it["there"] or "", now, self.upcoming)
        left = re.sub("^(?:to|until|till|for)$", "", to.rest)
        if not it["by"] and (left or not (to.said or to.clock) or (to.days > 1 and to.kind != "week")):
            return None
        if not (entry := self._one(what, heard)):
            return _none(heard)
        begins = _moved(entry, to)
        if it["by"]:
            by = when(f"for {it['by'].replace('a week', '7 days')}", now, self.upcoming).length or timedelta()
            begins = entry.begins + (by if it["way"] in ("later", "back") else -by)
        if entry.all_day and begins.time() != entry.begins.time():
            raise CalendarError(f"{entry.title} is for the whole day; it has no hour to move.")
        proposal = changing.moving(self.diary, entry, begins, bool(_SAID["every"].search(what)), now)
        moved = replace(entry, begins=begins, ends=begins + (entry.ends - entry.begins))
        return self._proposed(proposal, moved, heard)

    def _cancel(self, it: re.Match[str], heard: Heard) -> Told | None:
        if not (entry := self._one(it["what"], heard)):
            return _none(heard)
        every = bool(_SAID["every"].search(it["what"]))
        return self._proposed(changing.cancelling(self.diary, entry, every, heard.now), None, heard)

    def _proposed(self, it: Proposal, new: Entry | None, heard: Heard) -> Told:
        """Asked for, with what else there is at the time."""
        if new and new.begins < (datetime.combine(heard.now, time()) if new.all_day else heard.now):
            raise CalendarError("That would be in the past.")
        there = aloud.busy(heard.found.entries, new.begins, new.ends) if new and not new.all_day else []
        others = [each for each in there if new and each.uid != new.uid]
        clash = [f"{aloud.label(each, heard.now)} is at the same time." for each in others[:1]]
        lines = (f"{it.words}.", *clash, it.ask)
        return Told("would change the calendar", lines, "I asked about your calendar.", proposal=it)

    def _contact(self, it: re.Match[str], heard: Heard) -> Told | None:
        who, said = it["who"] or it["lives"] or it["reached"] or it["of"], it["field"] or it["kind"] or ""
        asked = "address" if it["lives"] else "number"
        asked = next((each for each in ("birthday", "mail", "address") if each in said), asked)
        asked = "mail" if re.search("e-?mail address", heard.said) else asked
        contacts = heard.found.contacts
        at = Browsing([Item(each.name) for each in contacts]).find(f"the one called {who}")
        line = "" if at is None else aloud.contact(contacts[at], asked)
        if not line and heard.said.endswith(" in my contacts"):
            line = f"I find none of {turned(who)} in your contacts."
        return Told("asks of a contact", (line,), "I looked it up for you.") if line else None

    def _further(self, heard: Heard) -> Told | None:
        """What goes on from what was told: when it shall be, the rest of the list, one of it."""
        asked, last = heard.asked, self.last
        if last.title and (asked.said or asked.clock) and not asked.rest:
            return self._putting(last.title, heard)
        items = [Item(_line(each, heard.now, with_day=True).rstrip(".")) for each in last.entries]
        step = Browsing(items, last.at).hear(heard.said) if items else None
        if not step or (step.kind == "none" and step.at < 0):
            return None
        return replace(last, why="goes through the calendar", lines=(step.said,), at=step.at, proposal=None)


def _told(why: str, lines: Sequence[str], heard: Heard, entries: Sequence[Entry] = (), at: int = -1, asked: When | None = None) -> Told:  # fmt: skip
    """With what is wrong, or not known so far ahead."""
    until, wrong = heard.found.until, [heard.found.wrong] if heard.found.wrong else []
    if asked and asked.first >= until:
        lines = [f"I know your calendar until {until.day} {until:%B} only."]
    return Told(why, (*lines, *wrong), entries=tuple(entries), at=at)


def _none(heard: Heard) -> Told | None:
    """Where it can be meant for the calendar alone, that there is nothing like it; else it is about something else."""
    told = Told("asks for what is not there", ("I don't see that in your calendar.",))
    return told if heard.explicit else None


def _line(it: Entry, now: datetime, *, with_day: bool = False) -> str:
    return f"{aloud.label(it, now, with_day=with_day)}{f', {it.where}' if it.where else ''}."


def _moved(it: Entry, to: When) -> datetime:
    """When it is then: what was not said stays, and "at eight" is the one of both that is nearer to when it was."""
    begins = datetime.combine(it.begins, to.clock) if to.clock else it.begins
    if to.clock and not to.sure:
        other, latest = begins.replace(hour=(begins.hour + 12) % 24), 23 if it.begins.hour >= 18 else 21
        begins = min(begins, other, key=lambda each: (not 7 <= each.hour <= latest, abs(each - it.begins)))
    if to.kind == "week":
        return begins + timedelta(7)
    return datetime.combine(to.first, begins.time()) if to.said else begins
