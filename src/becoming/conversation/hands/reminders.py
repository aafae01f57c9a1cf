"""Reminders, timers and alarms by voice: read back in a breath and kept at once; told, put off, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial

from becoming.conversation import files
from becoming.conversation.echo import turned
from becoming.conversation.fluent import capital
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.kept import Keeping, Kept, as_said, bare, ids_of
from becoming.events import InputError
from becoming.tools import lengths, reminders
from becoming.tools.browsing import Browsing, Item, number
from becoming.tools.calendar.when import Upcoming, When, when
from becoming.tools.reminders import Reminder, Reminders
from becoming.tools.rows import Undo

LATELY_S = 900.0
"""So long after it rang, "in ten minutes" and "done" mean it."""

CHANGED_S, NEAR = 60.0, timedelta(hours=4)
_HOUR = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|half past|quarter)\b"
_HOURS = {"morning": 9, "afternoon": 15, "evening": 19, "night": 21}
_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
_SAID = files.patterns("hands/reminders.toml")
_JOINED = re.compile(rf"(?:^|(?<=\s)){_SAID['joins'].pattern}(?=\s)")
NOTED = "I minded your reminders."


@dataclass(frozen=True, slots=True)
class Minded(Kept):
    """With the reminder whose time is still to be said, or which was just kept."""

    noted: str = NOTED
    wanting: Reminder | None = None
    added: Reminder | None = None


@dataclass
class RemindersByEar(Keeping):
    """The hand. `reminders` and `upcoming` are its own; for the rest see `Keeping`."""

    reminders: Reminders = field(kw_only=True)
    upcoming: Upcoming = field(kw_only=True)

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        plain = bare(text)
        for kind in (self._led, self._cancel, self._rang, self._wake, self._remind, self._asked, self._timer):
            if done := kind(plain, text):
                return done
        return self._changed(plain) or self.further(said)

    # ── to be kept ──────────────────────────────────────────────────────────────────────────

    def _led(self, plain: str, text: str) -> Minded | None:
        """When it is to be, said first; it is said once more behind what is to be done."""
        if not (it := _SAID["led"].fullmatch(plain)):
            return None
        then = bare(it["then"])
        lead = re.sub(r"^when (?:it's|it is) (?:at )?", "at ", it["lead"])
        if re.match("(?:wake|get) (?:me|us)", then):
            return self._kept("", text, lead, "alarm")
        head = re.match(r"(?:\w+ ){1,5}?(?:me|us)\b(?: (?:up|please|a \w+))*", then)
        return self._kept(then[head.end() :], text, lead) if head else None

    def _remind(self, plain: str, text: str) -> Minded | None:
        if it := _SAID["add"].fullmatch(plain):
            said = next(each for each in it.groups() if each)
            if it["what"]:
                said = _SAID["must"].sub("", said)
            asks = not it["rest"] or bool(re.match(r"(?:to|that|about|in|at)\b", said))
            return self._kept(said, text, asks=asks)
        tell = _SAID["tell"].fullmatch(plain)
        return self._kept(tell["rest"] or tell["shout"], text) if tell else None

    def _wake(self, plain: str, text: str) -> Minded | None:
        if not (it := _SAID["wake"].fullmatch(plain)):
            return None
        return self._kept(it["rest"] or it["set"] or it["up"] or "", text, kind="alarm", asks=True)

    def _timer(self, plain: str, text: str) -> Minded | None:
        if not (it := _SAID["timer"].fullmatch(plain)):
            return None
        said = " ".join(each for each in (it["length"], it["rest"], it["count"]) if each)
        length = lengths.LENGTH.search(said)
        if not length:
            sure = not it["count"] and re.match(r"set|start|put|make|a? ?timer|new", plain) and not said
            new = Reminder("", 0.0, "timer")
            return Minded("asks for a timer", ("For how long?",), wanting=new) if sure else None
        rest = " ".join((said[: length.start()] + said[length.end() :]).split())
        what = re.sub(r"^(?:for|of|to|on|the)(?: for)?$|^(?:for|of) (?=for )", "", rest)
        return self._adding(Reminder(turned(as_said(what, text)), 0.0, "timer", lengths.seconds(length[0])))

    def _kept(
        self, said: str, text: str, lead: str = "", kind: str = "reminder", asks: bool = False
    ) -> Minded | None:
        """What these words ask to be reminded of, and when; asked for where that is not said."""
        head, what = (lead, said) if lead else _split(said, self._time)
        it = self._time(head, kind)[0] if head else None
        day_alone = head and (it is None or self._day_alone(head)) and "that " not in said[: len(head) + 6]
        if day_alone or not head:
            found, left = self._time(f"{head} {what}".strip() if head else said, kind)
            it, what = (found, left) if not it or (found and found.due != it.due) else (it, what)
        words = turned(as_said(_trimmed(what), text))
        if kind == "alarm" or (it and re.fullmatch("wake (?:me|us|you)(?: up)?", words)):
            words, kind = "", "alarm"
        elif not words and not (asks and it):
            return None
        if it:
            return self._adding(replace(it, words=words, kind=kind))
        line = f"When shall I {'wake' if kind == 'alarm' else 'remind'} you?"
        return Minded("asks to be reminded", (line,), wanting=Reminder(words, 0.0, kind)) if asks else None

    def _day_alone(self, said: str) -> bool:
        """Whether a day was named, but no time of it."""
        asked = self._when(said)
        return not (asked.clock or asked.part or lengths.soon(said) or _SAID["every"].search(said))

    def _when(self, said: str) -> When:
        said = re.sub(rf"^(?:for )?(?={_HOUR})|\bwhen (?:it's|it is) (?:at )?", "at ", said)
        return when(said, datetime.fromtimestamp(self.clock()), self.upcoming)

    def _adding(self, it: Reminder) -> Minded:
        """Read back; kept once that was said. What is in so many minutes counts from now."""
        now = self.clock()
        if it.length:
            it = replace(it, due=now + it.length)
            line = capital(lengths.told(it.length)) if it.kind == "timer" else f"In {lengths.told(it.length)}"
        else:
            line = capital(reminders.when(it, now))
        if it.due <= now:
            raise InputError("That is over already.")
        timer = f"{it.words and f', {it.words}'}, from now"
        plainly = f": {capital(it.words)}" if it.words else ", I will ring"
        what = {"timer": timer, "alarm": ", I'll wake you"}.get(it.kind, plainly)
        act = partial(self.reminders.added, it)
        return Minded("is to be reminded", (f"{line}{what}.",), act=act, added=it)

    def _changed(self, plain: str) -> Minded | None:
        """The time that was asked for, or another one than was kept right before."""
        last = self.last if isinstance(self.last, Minded) else Minded("", ())
        lately = self.clock() - self.at < CHANGED_S
        old = last.wanting or (last.added if lately else None)
        said = _SAID["change"].fullmatch(plain)
        if not (self.held and old and said):
            return None
        if old.kind == "timer" and lengths.LENGTH.fullmatch(it := said["when"].removeprefix("for ")):
            new = replace(old, length=lengths.seconds(it))
        else:
            for words in (said["when"], f"at {said['when']}"):
                found, rest = self._time(words, old.kind)
                if found and not _trimmed(rest):
                    break
            else:
                return None
            new = replace(found, words=old.words, kind=old.kind)
        done = self._adding(new)
        if last.wanting:
            return done

        def act() -> Undo:
            same = [it.id for it in self.reminders.ahead() if (it.words, it.kind) == (old.words, old.kind)]
            back, undo = self.reminders.dropped(*same[-1:]), self.reminders.added(done.added or new)
            return lambda: (undo(), back())

        return replace(done, act=act)

    def _time(self, said: str, kind: str = "reminder") -> tuple[Reminder | None, str]:
        """When these words say that it is to ring (as a reminder without words), and the words left over."""
        clock = self.clock()
        if found := lengths.soon(said):
            return Reminder("", clock + found[0], length=found[0]), found[1]
        now, every = datetime.fromtimestamp(clock), _SAID["every"].search(said)
        asked = self._when(f"{said[: every.start()]} {said[every.end() :]}".strip() if every else said)
        if every:
            days, part = _days(every), every["which"] or ""
            if not days:
                raise InputError("I can ring every day, or on certain weekdays. Nothing else yet.")
            hour = asked.clock or time(_HOURS.get(part, _HOURS.get(asked.part, 9)))
            hour = _half(hour, part or asked.part or kind, asked.sure)
            due = reminders.following(days, hour.isoformat("minutes"), clock)
            return Reminder("", due, days=days, at=hour.isoformat("minutes")), asked.rest
        if asked.clock is None:
            if not (asked.part or (asked.said and asked.first > now.date())):
                return None, said
            hours = (_HOURS.get(asked.part, 9), 21, 22, 23)
            begins = [datetime.combine(asked.first, time(hour)) for hour in hours]
            return Reminder("", next((it for it in begins if it > now), begins[0]).timestamp()), asked.rest
        return Reminder("", self._sensible(asked, now, kind).timestamp()), asked.rest

    def _sensible(self, asked: When, now: datetime, kind: str) -> datetime:
        """Which of the times that "at six" may mean: the next one that is to come; never one that is over."""
        hour = _half(asked.begins.time(), asked.part or kind, asked.sure)
        begins = datetime.combine(asked.first, hour)
        sure = asked.sure or asked.part or kind == "alarm"
        if asked.said and (asked.first > now.date() or sure):
            return begins
        other = begins.replace(hour=(begins.hour + 12) % 24)
        today = [it for it in sorted((begins, *(() if sure else (other,)))) if it > now]
        nearly = [it + timedelta(days=1) for it in (begins, other) if it + timedelta(days=1) - now < NEAR]
        return next(iter([*today, *([] if sure else nearly)]), begins + timedelta(days=1))

    # ── to be told, to be let go ────────────────────────────────────────────────────────────

    def _asked(self, plain: str, text: str) -> Minded | None:
        now, ahead = self.clock(), self.reminders.ahead
        if _SAID["left"].fullmatch(plain):
            timers = [it for it in ahead() if it.kind == "timer"] or [it for it in ahead() if it.length]
            told = f"{capital(lengths.told(timers[0].due - now))} left." if timers else "There is no timer."
            return Minded("asks what is left", (told,))
        if not (it := _SAID["asks"].fullmatch(plain)):
            return None
        about = it["rest"].strip()
        asked = self._when(about)
        if _bare(asked.rest):
            found = self._found(about, ahead())
            lines = tuple(f"{capital(reminders.label(each, now))}." for each in found[:2])
            none = ("No, I have none like that.",)
            return Minded("asks of a reminder", lines or none, ids=ids_of(found))
        begins, ends = asked.begins.timestamp(), asked.ends.timestamp()
        here = [each for each in ahead() if not asked.said or begins <= each.due < ends]
        if "timer" in plain or "alarm" in plain:
            here = [each for each in here if each.kind in plain]
        return self._list(here, "asks for the reminders", "Nothing.")

    def _list(self, here: Sequence[Reminder], why: str, none: str, before: str = "") -> Minded:
        browsing = Browsing([Item(reminders.label(it, self.clock())) for it in here])
        step = browsing.hear("more")
        if not (step and here):
            return Minded(why, (none,))
        many = f"{before or f'{number(len(here))}.'} " if len(here) > 1 else ""
        at = replace(browsing, at=step.at)
        return Minded(why, (f"{many}{capital(step.said)}",), ids=ids_of(here), browsing=at)

    def _cancel(self, plain: str, text: str) -> Minded | None:
        if it := _SAID["one"].fullmatch(plain):
            return self._dropping(self._one(it["which"]))
        if not (it := _SAID["cancel"].fullmatch(plain)):
            return None
        kind = it["kind"] or it["needed"] or it["first"] or ("alarm" if it["wake"] else "reminder")
        said = ("before", "which", "what", "up", "thing", "needless", "of")
        which, many = " ".join(it[each].strip() for each in said if it[each]), bool(it["all"] or it["many"])
        asked, ahead = self._when(which), self.reminders.ahead()
        which = which if asked.said or asked.clock or _bare(asked.rest) else ""
        here = [each for each in ahead if each.kind == kind] or (ahead if kind == "reminder" else [])
        if kind == "timer":
            here = here or [each for each in ahead if each.length]
        found = self._found(which, ahead if kind == "reminder" else here) if which else here
        found = found or (here if kind == "timer" and len(here) == 1 else [])
        if len(found) > 1 and not (many or which):
            return self._list(found, "lets reminders go", "", "Which one?")
        none = f"There is no {kind}{' like that' if which else ''}."
        return self._dropping(found if many else found[:1]) or Minded("lets a reminder go", (none,))

    def _one(self, which: str) -> list[Reminder]:
        """The one of the list that was told, or else of all; or the whole list."""
        ahead, told = self.reminders.ahead(), self.last.ids if self.held else ()
        if which in ("them all", "all of them"):
            return [each for each in ahead if each.id in told]
        if which in ("it", "that", "that one", "this one"):
            return [each for each in ahead if (each.id,) == told]
        of_it, words = self.which(which), re.sub("^(?:the|that) | one$", "", which)
        return [it for it in ahead if it.id == of_it] or self._found(words, ahead)[:1]

    def _dropping(self, those: Sequence[Reminder]) -> Minded | None:
        if not those:
            return None
        one = {"timer": "All right, the timer is off.", "alarm": "All right, I won't wake you."}
        line = one.get(those[0].kind, f"All right, I won't remind you: {those[0].words}.")
        if len(those) > 1:
            line = f"All right, all {number(len(those)).lower()} are gone."
        return Minded("lets a reminder go", (line,), act=partial(self.reminders.dropped, *ids_of(those)))

    def _rang(self, plain: str, text: str) -> Minded | None:
        """What is said to one that rang: that it is done, or later."""
        did, asked = _SAID["done"].fullmatch(plain), _SAID["later"].fullmatch(plain)
        # Every partial comes by here: the memory is asked only where it may be meant.
        here = self.reminders.open() if did or asked else []
        lately = [it for it in here if self.clock() - it.rang < LATELY_S]
        it = max(lately, key=lambda each: each.rang, default=None)
        if it is None or it.rang <= self.other:
            return None
        if did:
            return Minded("did it", ("Good.",), act=partial(self.reminders.dropped, it.id))
        assert asked
        said = f"{asked['more']} minutes" if asked["more"] else next(filter(None, asked.groups()), "")
        said = re.sub("^(?:in|for|by|another) ", "", said)
        if said and not lengths.LENGTH.fullmatch(said):
            found, rest = self._time(said, it.kind)
            if not found or _trimmed(rest):
                return None
            length = found.due - self.clock()
        else:
            length = lengths.seconds(said) or reminders.SNOOZE_S

        def later() -> Undo:
            self.reminders.later(it.id, length)
            return lambda: self.reminders.mark(it.id, due=it.due, rang=it.rang, heard=True)

        return Minded("puts it off", (f"In {lengths.told(length)}, then.",), act=later)

    def _found(self, words: str, here: Sequence[Reminder]) -> list[Reminder]:
        """Which of them these words mean: by its time, by what it is about, by its place."""
        asked = self._when(re.sub(r"\b(?:o'clock|reminder|alarm|timer|ones?|thing)\b", " ", words).strip())
        if asked.clock:
            hours = {asked.clock.hour, *(() if asked.sure else ((asked.clock.hour + 12) % 24,))}
            here = [it for it in here if (at := datetime.fromtimestamp(it.due)).hour in hours and at.minute == asked.clock.minute]  # fmt: skip
        if asked.said:
            ends = asked.first + timedelta(days=asked.days)
            here = [it for it in here if asked.first <= datetime.fromtimestamp(it.due).date() < ends]
        rest = _trimmed(asked.rest)
        if not rest:
            return list(here) if asked.clock or asked.said else []
        items = ((it, Item(f"{it.words} {it.kind} {lengths.told(it.length)}")) for it in here)
        return [it for it, item in items if Browsing([item]).find(f"the one about {rest}") == 0]


def _split(said: str, time_of: Callable[[str], tuple[Reminder | None, str]]) -> tuple[str, str]:
    """What says when, where that stands before "to", and what is to be done; nothing before where it is in one."""
    for joint in _JOINED.finditer(said):
        head = said[: joint.start()].strip()
        if not head:
            return "", said[joint.end() :].strip() if joint[0] in ("to", "that", "about", "of") else said
        try:
            found, rest = time_of(head)
        except InputError:
            return "", said
        named = found or re.fullmatch("today|this .+|later|tomorrow|on .+", head)
        if named and not (found and _trimmed(rest)):
            return head, said[joint.end() :].strip()
        break
    return "", said


def _bare(words: str) -> str:
    """Without all that tells nothing."""
    return " ".join(_SAID["noise"].sub(" ", words).split())


def _trimmed(words: str) -> str:
    """Without the small words that hung on a time."""
    while (shorter := _SAID["hanging"].sub(" ", words).strip()) != words:
        words = shorter
    return words


def _half(hour: time, part: str, sure: bool) -> time:
    """The half of the day that a part of it, or being woken, means."""
    if sure:
        return hour
    early = part in ("morning", "alarm") and hour.hour >= 12
    late = part in ("afternoon", "evening", "night") and hour.hour < 12
    return hour.replace(hour=(hour.hour + 12) % 24) if early or late else hour


def _days(it: re.Match[str]) -> tuple[int, ...]:
    """The weekdays that "every …" names; none where it is not by the day."""
    said = it["which"] or it["daily"] or it["days"] or ""
    if it["day"] or (it["on"] and said != "week"):
        return ()
    named = tuple(at for at, day in enumerate(_WEEK) if day in f"{said} {it['on'] or ''}")
    if named:
        return named
    if said.replace(" ", "") in ("weekday", "workday", "weekdays"):
        return (0, 1, 2, 3, 4)
    if said == "weekend":
        return (5, 6)
    return tuple(range(7)) if said in ("single day", "day", "daily", *_HOURS) else ()
