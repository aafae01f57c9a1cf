"""Notes and lists by voice: written down as they were said, read back, crossed out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from becoming.conversation import files
from becoming.conversation.echo import turned
from becoming.conversation.fluent import capital
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.kept import Keeping, Kept, as_said, bare, ids_of
from becoming.tools.browsing import Browsing, Item, number
from becoming.tools.calendar.aloud import spoken
from becoming.tools.calendar.when import Upcoming, when
from becoming.tools.notebook import Notebook, Written
from becoming.tools.rows import Undo

_SAID = files.patterns("hands/notes.toml")
_SAME = {"grocery": "shopping", "groceries": "shopping", "to do": "to-do", "todo": "to-do"}
IN_A_BREATH = 7
"""Things of a list that are read at once; they are a word each."""


@dataclass(frozen=True, slots=True)
class Noted(Kept):
    """With the list it was about; empty: notes."""

    noted: str = "I minded your notes."
    apart: bool = True
    list: str = ""


@dataclass
class NotesByEar(Keeping):
    """The hand. `notebook` and `upcoming` are its own; for the rest see `Keeping`."""

    notebook: Notebook = field(kw_only=True)
    upcoming: Upcoming = field(kw_only=True)

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        plain = bare(text)
        if _SAID["elsewhere"].fullmatch(plain):
            return None
        lists = (self._cleared, self._shown, self._listed, self._crossed)
        for kind in (*lists, self._dropped, self._read, self._written):
            if done := kind(plain, text):
                return done
        return self.further(said)

    # ── lists ───────────────────────────────────────────────────────────────────────────────

    def _listed(self, plain: str, text: str) -> Noted | None:
        if not (it := _SAID["lists"].fullmatch(plain)):
            return None
        name = self._name(it["list"] or it["on"] or it["to"] or it["of"] or it["for"] or "")
        words = as_said(it["what"] or it["bare"] or it["these"] or it["those"] or it["out"], text)
        things = [re.sub(r"^(?:some|an?) ", "", each, flags=re.I) for each in _each(words)]
        line = f"{capital(spoken(things))}, on your {name} list."
        return Noted("puts it on a list", (line,), list=name, act=lambda: self._write(name, *things))

    def _shown(self, plain: str, text: str) -> Noted | None:
        if it := _SAID["on"].fullmatch(plain):
            name = self._name(it["list"])
            there = _one(self.notebook.all(name), it["what"])
            told = f"Yes, {there.words}." if there else f"No, it isn't on your {name} list."
            return Noted("asks for a list", (told,), list=name, ids=ids_of([there] if there else []))
        if not (it := _SAID["shown"].fullmatch(plain)):
            return None
        name = "shopping" if it["buy"] else self._name(it["list"] or it["mine"] or "")
        here = self.notebook.all(name)
        if it["buy"] and not here:
            return None  # that may be asked of anything
        told = capital(spoken([each.words for each in here[:IN_A_BREATH]])) or f"Your {name} list is empty"
        more = f", and {number(len(here) - IN_A_BREATH).lower()} more" if len(here) > IN_A_BREATH else ""
        at = Browsing([Item(each.words) for each in here], min(len(here), IN_A_BREATH) - 1)
        return Noted("asks for a list", (f"{told}{more}.",), list=name, ids=ids_of(here), browsing=at)

    def _crossed(self, plain: str, text: str) -> Noted | None:
        """Crossed out, where there is such a thing on the list that is meant."""
        if not (it := _SAID["crossed"].fullmatch(plain)):
            return None
        lists = [self._name(it["list"])] if it["from"] else self.notebook.lists()
        known = re.sub(r"^(?:the|that|my|some) ", "", it["what"])
        here = [each for name in lists for each in self.notebook.all(name)]
        found = [hit for word in _each(known) if (hit := _one(here, word))]
        if not found:
            none = f"There is no {known} on your {lists[0]} list." if it["from"] else ""
            return Noted("crosses out", (none,)) if none else None
        line = f"{capital(spoken([each.words for each in found]))}, crossed out."
        return self._dropping("crosses out", found, line)

    def _cleared(self, plain: str, text: str) -> Noted | None:
        if not (it := _SAID["cleared"].fullmatch(plain)):
            return None
        name = self._name(it["list"])
        here = self.notebook.all(name)
        line = f"Your {name} list is empty {'now' if here else 'already'}."
        return self._dropping("clears a list", here, line)

    def _name(self, said: str) -> str:
        """Which list is meant: the one of that name, the one that was talked about, the only one, the one for shopping."""
        held = self.last.list if self.held and isinstance(self.last, Noted) else ""
        name = said.strip()
        return _SAME.get(name, name) or held or next(iter(self.notebook.lists()), "shopping")

    # ── notes ───────────────────────────────────────────────────────────────────────────────

    def _written(self, plain: str, text: str) -> Noted | None:
        if not (it := _SAID["write"].fullmatch(plain)):
            return None
        words = " ".join(each for each in (it["words"] or it["what"], it["that"], it["then"], it["before"], it["more"]) if each)  # fmt: skip
        words = capital(as_said(_SAID["idea"].sub("", words), text))
        line = f"Noted: {capital(turned(words))}."
        return Noted("has something noted", (line,), act=lambda: self._write("", words))

    def _read(self, plain: str, text: str) -> Noted | None:
        # The notebook lies in the memory, and every partial comes by here: it is opened where it is asked for.
        if it := _SAID["about"].fullmatch(plain):
            what = next(each for each in it.groups() if each)
            found = [each for each in self.notebook.all() if _one([each], what)]
            return self._told(found, f"I find no note about {what}.")
        if _SAID["last"].fullmatch(plain):
            return self._told(self.notebook.all()[:1], "There is no note yet.")
        if not (it := _SAID["all"].fullmatch(plain)):
            return None
        now, notes = datetime.fromtimestamp(self.clock()), self.notebook.all()
        asked = when((it["when"] or it["then"] or it["from"] or "").strip(), now, self.upcoming)
        if "yesterday" in plain or asked.said or asked.part:
            day = now.date().toordinal() - ("yesterday" in plain)
            notes = [each for each in notes if datetime.fromtimestamp(each.at).date().toordinal() == day]
        return self._told(notes, "There is no note of yours.")

    def _told(self, found: Sequence[Written], none: str) -> Noted:
        """One whole; of several so many as a breath holds, the latest first."""
        browsing = Browsing([Item(capital(turned(each.words))) for each in found])
        step = browsing.hear("more") if found else None
        count = f"{number(len(found))}. " if len(found) > 1 else ""
        told, at = (f"{count}{step.said}", step.at) if step else (none, -1)
        return Noted("asks for notes", (told,), ids=ids_of(found), browsing=replace(browsing, at=at))

    def _dropped(self, plain: str, text: str) -> Noted | None:
        if (it := _SAID["one"].fullmatch(plain)) and self.held and self.last.ids:
            id_ = self.which(it["which"]) or (self.last.ids[0] if len(self.last.ids) == 1 else None)
            found = [each for each in self.notebook.rows() if each.id == id_]
            return self._dropping("lets a note go", found, "It's crossed out.") if found else None
        if not (it := _SAID["drop"].fullmatch(plain)):
            return None
        found = self.notebook.all()
        if it["what"] and not it["all"]:
            found = [hit] if (hit := _one(found, it["what"])) else []
        elif not it["all"]:
            found = found[:1]
        line = f"All {number(len(found)).lower()} are gone." if len(found) > 1 else "It's gone." if found else "I find no note like that."  # fmt: skip
        return self._dropping("lets a note go", found, line)

    def _write(self, list_: str, *words: str) -> Undo:
        return self.notebook.added(*(Written(each, self.clock(), list_) for each in words))

    def _dropping(self, why: str, those: Sequence[Written], line: str) -> Noted:
        if not those:
            return Noted(why, (line,))
        act = partial(self.notebook.dropped, *ids_of(those))
        return Noted(why, (line,), list=those[0].list, act=act)


def _one(here: Sequence[Written], words: str) -> Written | None:
    """The one that these words are about."""
    at = Browsing([Item(each.words) for each in here]).find(f"the one about {words}")
    return None if at is None else here[at]


def _each(words: str) -> list[str]:
    return [it for it in re.split(r",? and |, ", words) if it]
