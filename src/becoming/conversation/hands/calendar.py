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
from becoming.tools.calendar.when import PARTS, Upcoming, When, when

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


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance: what was meant, how it was said, what it says of days and times, and the time it is."""

    said: str
    text: str
    asked: When
    now: datetime


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
        if not self.diary.accounts.all():
            explicit = meant and _SAID["explicit"].fullmatch(said)
            return Told("asks for the calendar", (NO_ACCOUNT,)) if explicit else None
        heard = Heard(said, text, asked, now)
        for kind, found in meant.items():
            if done := getattr(self, f"_{kind}")(found, heard):
                return done  # type: ignore[no-any-return]
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
            if not my and not _SAID["explicit"].fullmatch(heard.said):
                return None
            days = {"week": "this week", "weekend": "this weekend"}.get(my, "today")
            part = my if my in PARTS else ""
            asked = replace(when(days, now, self.upcoming), part=part)
        elif not it[0]:  # a day alone means it only after other talk of it
            if not self._held or self.last.title:
                return None
            if done := self._further(heard):
                return done
        if not asked.clock:
            return self._told(asked, now)
        found = self.diary.found()
        there = [each for each in aloud.within(found.entries, asked.begins, asked.begins + timedelta(minutes=1)) if not each.all_day]  # fmt: skip
        lines = [f"{aloud.label(each, now)}{_at(each)}." for each in there[:2]]
        on = f"{aloud.day(asked.first, now)} at {aloud.clock(asked.begins)}"
        return _with(
            found, Told("asks for an hour", tuple(lines or [f"Nothing {on}."]), entries=tuple(there), at=0)
        )

    def _told(self, asked: When, now: datetime) -> Told:
        found = self.diary.found()
        lines, entries = aloud.agenda(found.entries, asked, now)
        return _with(found, Told("asks for the day", tuple(lines), entries=tuple(entries)), asked)

    def _free(self, it: re.Match[str], heard: Heard) -> Told | None:
        asked, now = heard.asked, heard.now
        if not (asked.said or asked.clock):
            if not (asked.part or it["which"] or "when" in it[0] or "find" in it[0]):
                return None
            asked = replace(when("this week", now, self.upcoming), part=asked.part, rest="")
        found = self.diary.found()
        if asked.days > 1 and re.search(r"\b(?:hour|time|slot|moment)\b", it[0]):
            days = [
                replace(asked, first=asked.first + timedelta(n), days=1, kind="") for n in range(asked.days)
            ]
            asked = next(
                (each for each in days if not aloud.free(found.entries, each, now)[0].startswith("No")), asked
            )
        lines = aloud.free(found.entries, asked, now)
        if it["busy"] or it["full"]:
            lines[0] = capital(re.sub("^(?:Yes|No), ", "", lines[0]))
        return _with(found, Told("asks when they are free", tuple(lines)), asked)

    def _next(self, it: re.Match[str], heard: Heard) -> Told | None:
        found, now = self.diary.found(), heard.now
        ahead = [each for each in found.entries if each.begins >= now and not each.all_day][:1]
        line = f"{aloud.label(ahead[0], now, with_day=True)}." if ahead else "Nothing that I can see."
        return _with(found, Told("asks what is next", (line,), entries=tuple(ahead), at=0))

    def _find(self, it: re.Match[str], heard: Heard) -> Told | None:
        found = self.diary.found()
        if not (entry := self._one(found, it["what"], heard.now)):
            return None  # what they ask of may lie in the memory
        line = f"{aloud.label(entry, heard.now, with_day=True)}{_at(entry)}."
        return Told("asks when something is", (line,), entries=(entry,), at=0)

    def _one(self, found: Found, what: str, now: datetime) -> Entry | None:
        """The next one that these words may mean, on the day and at the time that they name."""
        asked = when(re.sub(r"(?<=day|row)'s(?= )", "", what), now, self.upcoming)
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
            known = self._held and self.last.at >= 0 and words in ("it", "that", "this", "")
            last = self.last.entries[self.last.at] if known and self.last.entries else None
            return entries[0] if entries and (asked.said or asked.clock) else last
        at = next(
            (at for each in (words, which) if (at := browsing.find(f"the one about {each}")) is not None),
            None,
        )
        return None if at is None else entries[at]

    def _add(self, it: re.Match[str], heard: Heard) -> Told | None:
        words = next(each for each in it.groups() if each) + (f" {it['more']}" if it["more"] else "")
        words = re.sub(
            r"^(?:in |for )*(?:an? |the )?(?:new )?|(?: (?:on|at|for|from|in|please))+$", "", words
        )
        if not (title := _as_said(words, heard.text)):
            return None
        if heard.asked.said or heard.asked.clock:
            return self._putting(title, heard.asked, heard.now)
        sure = _SAID["explicit"].fullmatch(heard.said)
        return Told("asks when", (f"{title}. When shall that be?",), title=title) if sure else None

    def _putting(self, title: str, asked: When, now: datetime) -> Told:
        if asked.clock and not asked.said and asked.begins <= now:
            later = asked.begins + timedelta(hours=12)
            soon = not asked.sure and now < later and later.date() == now.date()
            asked = (
                replace(asked, clock=later.time())
                if soon
                else replace(asked, first=asked.first + timedelta(days=1))
            )
        all_day, begins, ends = not (asked.clock or asked.part), asked.begins, asked.ends
        if begins < now and not (all_day and begins.date() == now.date()):
            raise CalendarError("That would be in the past.")
        others = [] if all_day else aloud.busy(self.diary.found().entries, begins, ends)
        return self._proposed(changing.putting(self.diary, title, begins, ends, all_day, now), others, now)

    def _move(self, it: re.Match[str], heard: Heard) -> Told | None:
        now, what = heard.now, it["what"] or it["which"] or it["it"]
        to = when(it["to"] or it["there"] or "", now, self.upcoming)
        left = re.sub("^(?:to|until|till|for)$", "", to.rest)
        if not it["by"] and (left or not (to.said or to.clock) or (to.days > 1 and to.kind != "week")):
            return None
        found = self.diary.found()
        if not (entry := self._one(found, what, now)):
            return self._none(heard)
        if it["by"]:
            by = when(f"for {it['by'].replace('a week', '7 days')}", now, self.upcoming).length or timedelta()
            begins = entry.begins + (by if it["way"] in ("later", "back") else -by)
        else:
            begins = _moved(entry, to)
        if entry.all_day and begins.time() != entry.begins.time():
            raise CalendarError(f"{entry.title} is for the whole day; it has no hour to move.")
        if begins < now and not entry.all_day:
            raise CalendarError("That would be in the past.")
        ends, every = begins + (entry.ends - entry.begins), bool(_SAID["every"].search(what))
        proposal = changing.moving(self.diary, entry, begins, every, now)
        others = [each for each in aloud.busy(found.entries, begins, ends) if each.uid != entry.uid]
        return self._proposed(proposal, [] if entry.all_day else others, now)

    def _cancel(self, it: re.Match[str], heard: Heard) -> Told | None:
        if not (entry := self._one(self.diary.found(), it["what"], heard.now)):
            return self._none(heard)
        every = bool(_SAID["every"].search(it["what"]))
        return self._proposed(changing.cancelling(self.diary, entry, every, heard.now), [], heard.now)

    def _none(self, heard: Heard) -> Told | None:
        """Where it can be meant for the calendar alone, that there is nothing like it; else it is about something else."""
        sure = _SAID["explicit"].fullmatch(heard.said)
        return Told("asks for what is not there", ("I don't see that in your calendar.",)) if sure else None

    def _proposed(self, it: Proposal, others: Sequence[Entry], now: datetime) -> Told:
        clash = (f"{aloud.label(others[0], now)} is at the same time.",) if others else ()
        return Told(
            "would change the calendar", (f"{it.words}.", *clash, it.ask), "I asked about your calendar.", it
        )

    def _contact(self, it: re.Match[str], heard: Heard) -> Told | None:
        who, said = it["who"] or it["lives"] or it["reached"] or it["of"], it["field"] or it["kind"] or ""
        asked = "address" if it["lives"] else "number"
        asked = next((each for each in ("birthday", "mail", "address") if each in said), asked)
        asked = "mail" if re.search("e-?mail address", heard.said) else asked
        contacts = self.diary.found().contacts
        if (at := Browsing([Item(each.name) for each in contacts]).find(f"the one called {who}")) is None:
            return None
        line = aloud.contact(contacts[at], asked, heard.now)
        return Told("asks of a contact", (line,), "I looked it up for you.") if line else None

    def _further(self, heard: Heard) -> Told | None:
        """What goes on from what was told: when it shall be, the rest of the list, one of it."""
        asked, title = heard.asked, self.last.title
        if title and (asked.said or asked.clock) and not asked.rest:
            return self._putting(title, asked, heard.now)
        step = self._list(heard.now).hear(heard.said) if self.last.entries else None
        if not step or (step.kind == "none" and step.at < 0):
            return None
        return replace(
            self.last, why="goes through the calendar", lines=(step.said,), at=step.at, proposal=None
        )

    def _list(self, now: datetime) -> Browsing:
        labels = [aloud.label(each, now, with_day=True) + _at(each) for each in self.last.entries]
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


def _at(it: Entry) -> str:
    return f", {it.where}" if it.where else ""


def _moved(it: Entry, to: When) -> datetime:
    """When it is then: what was not said stays, and "at eight" is the one of both that is nearer to when it was."""
    begins = datetime.combine(it.begins, to.clock) if to.clock else it.begins
    if to.clock and not to.sure:
        other = begins.replace(hour=(begins.hour + 12) % 24)
        latest = 23 if it.begins.hour >= 18 else 21
        begins = min(begins, other, key=lambda each: (not 7 <= each.hour <= latest, abs(each - it.begins)))
    if to.kind == "week":
        return begins + timedelta(7)
    return datetime.combine(to.first, begins.time()) if to.said else begins
