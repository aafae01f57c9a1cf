"""A mail by dictation: whom to, the person's own words, read back, changed by voice. It goes out after their yes alone.

Nothing of what somebody else wrote is put into it but where the answer goes and what it is about; nothing of her memory is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from email.utils import make_msgid
from functools import cache
from unicodedata import normalize

from becoming.conversation import files
from becoming.conversation.fluent import capital
from becoming.conversation.hands import dictated
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.mail import NO_ACCOUNT
from becoming.tools.approval import LAPSES_S, Approvals, Proposal
from becoming.tools.browsing import Browsing, Item
from becoming.tools.mail import SAYS, Correspondent, Letter, Mail, Outbox, Post, sender, subject_of, usable

_SAID = files.patterns("hands/writing.toml")
ALIKE, SUBJECT = 0.8, 7
"""From this likeness on a name may have been misheard; and the words of a new mail that name it."""
_TITLE = re.compile(r"^(?:my|mr|mrs|ms|dr|the)\b\.? ?", re.IGNORECASE)
DIRECTLY = "Say that as you'd say it to {}."


@dataclass(frozen=True, slots=True)
class Written(Done):
    """With the `mail` as it is then, and its `body`, which can still be changed.

    It awaits "words" or "whom" where that was asked; `choice` are those who may be meant, `words` what they are to be told,
    `they` how they were spoken of. A `subject` was named, or is that of the mail it answers; `instead_of` is dropped.
    """

    noted: str = "I wrote a mail for you."
    mail: Mail | None = None
    body: str = ""
    choice: tuple[Correspondent, ...] = ()
    words: str = ""
    they: str = ""
    subject: str = ""
    instead_of: str = ""


@dataclass
class Writing:
    """The small state of it: the mail that is being written, when she last spoke of it, and whether they talk apart from it."""

    post: Post
    outbox: Outbox
    approvals: Approvals
    clock: Callable[[], float]
    letter: Callable[[str], Letter | None]
    """The mail that was told or read last; of those that were told, the one from somebody who is named."""
    me: Callable[[], str]
    """What the person signs with."""
    names: Callable[[str], Sequence[str]]
    """What else somebody is called whom the person speaks of so: "my sister"."""
    contacts: Callable[[str], Sequence[tuple[str, str]]]
    """Names and addresses of somebody, from elsewhere than the mail."""
    last: Written = field(default_factory=lambda: Written("", ()))
    at: float = 0.0
    apart: bool = False

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        return self._going_on(text) or self._begin(text)

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        self.apart = self.apart or done is None
        if not (isinstance(done, Written) and spoken):
            return
        before, self.last, self.at, self.apart = self.last.mail, done, self.clock(), False
        if before and not done.proposal:  # what is to be said yes to has changed
            self.approvals.withdraw(before.id)
        if done.instead_of:
            self.approvals.withdraw(done.instead_of)
            self.outbox.drop(done.instead_of)
        if done.proposal and done.mail:
            self.outbox.hold(done.mail)

    def forget(self) -> None:
        """Keep nothing of it."""
        self.last = Written("", ())

    # ── a mail is being written ─────────────────────────────────────────────────────────────

    def _going_on(self, text: str) -> Written | None:
        it, bare = self.last, text.strip(" .!?")
        if self.apart or self.clock() - self.at > LAPSES_S:
            return None
        if it.awaits and _SAID["never"].fullmatch(bare):
            return Written("no mail after all", ("All right.",))
        if it.awaits:
            return self._named(bare) if it.awaits == "whom" else self._with(it, dictated.sentence(text))
        if not it.mail or not self.outbox.holds(it.mail.id):
            return None
        if _SAID["over"].fullmatch(bare):
            return self._anew(it, "All right. What shall I write?")
        if _SAID["again"].fullmatch(bare) or _SAID["yes"].fullmatch(bare):
            return self._read_back(it, it.body)
        if _SAID["better"].fullmatch(bare):
            return self._only(it, "I only write what you say. Say what to leave out, or what to say instead.")
        return self._changed(it, _wished(bare))

    def _changed(self, it: Written, text: str) -> Written | None:
        if found := _SAID["subject"].fullmatch(text):
            return self._read_back(replace(it, subject=capital(found["words"])), it.body)
        if found := _SAID["change"].fullmatch(text):
            said = found.groupdict().items()
            old, new = (next(it for key, it in said if it and key.startswith(way)) for way in ("old", "new"))
            body = dictated.changed(it.body, old, new)
            return None if body is None and found["old_4"] else self._or_not(it, body, old)
        if found := _SAID["out"].fullmatch(text):
            return self._or_not(it, dictated.without(it.body, found["what"]), found["what"])
        if found := _SAID["first"].fullmatch(text):
            return self._read_back(it, f"{capital(found['words']).rstrip(',')},\n\n{it.body}")
        if found := _SAID["add"].fullmatch(text):
            more = dictated.told(found["words"], it.they)
            return self._with(it, more) if more else self._directly(it)
        if it.mail and (found := _whole("whom_else").fullmatch(text)):
            whom = found["whom"] or found["whom_2"]
            return replace(self._for(whom, it.body, it.they), instead_of=it.mail.id)
        return None

    def _or_not(self, it: Written, body: str | None, what: str) -> Written:
        if body is None:
            return self._only(it, f"I don't find “{what}” in it.")
        gone = "Then nothing is left. What shall I write?"
        return self._read_back(it, body) if body.strip() else self._anew(it, gone)

    def _anew(self, it: Written, line: str) -> Written:
        assert it.mail
        return replace(self._only(it, line), body="", awaits="words", instead_of=it.mail.id)

    def _only(self, it: Written, line: str) -> Written:
        """Something is said of the mail; it stays as it is, and is asked about anew when it was read again."""
        return replace(it, why="speaks of the mail", lines=(line,), proposal=None)

    def _with(self, it: Written, sentence: str) -> Written:
        return self._read_back(it, f"{it.body} {sentence}".strip())

    def _directly(self, it: Written) -> Written:
        line = DIRECTLY.format(it.they if it.they in ("her", "him", "them") else "them")
        return replace(self._only(it, line), awaits="words")

    # ── a mail begins ───────────────────────────────────────────────────────────────────────

    def _begin(self, text: str) -> Written | None:
        bare = _wished(text)
        if it := self._answer(bare):
            return it
        kinds = ("mail_to", "them_a_mail", "to_them", "them_that")
        found = next(filter(None, (_whole(kind).fullmatch(bare) for kind in kinds)), None)
        if found and self.post.accounts.all():
            return self._for(found["whom"], found["words"] or "")
        sure = found and any(_whole(kind).fullmatch(bare) for kind in kinds[:2])
        return Written("has no account to write from", (NO_ACCOUNT,)) if sure else None

    def _answer(self, bare: str) -> Written | None:
        """An answer to the mail that was read last, or to the one from somebody who is named."""
        named = _SAID["named"].match(bare)
        letter = (named and self.letter(named["who"])) or self.letter("")
        if letter is None:
            return None
        who = sender(letter)
        it = self._to((who, letter.back, letter.account.address), letter=letter)
        called = [who, *(part for part in who.split() if len(part) > 2)]
        they = "|".join(("her", "him", "them", *map(re.escape, called)))
        if found := _whole("reply", they).fullmatch(bare):
            words = found["words"] or found["bare"] or ""
            return self._say(replace(it, they=(found["they"] or "").lower()), words)
        spoken = self._spoken(bare, they)
        return spoken and self._say(replace(it, they=spoken[1]), "", spoken[0])

    def _spoken(self, bare: str, they: str) -> tuple[str | None, str] | None:
        """What is to be told, asked or thanked for, directly, and how they were spoken of; None where it is none of that."""
        for kind, direct in (("thank", dictated.thanks), ("tell", dictated.told)):
            if found := _whole(kind, they).fullmatch(bare):
                return direct(found["words"], found["they"]), found["they"].lower()
        if found := _whole("ask", they).fullmatch(bare):
            return dictated.asked(found["how"], found["words"], found["they"]), found["they"].lower()
        return None

    def _say(self, it: Written, words: str, direct: str | None = "") -> Written:
        """A mail of these words; where there are none, they are asked for."""
        if direct is not None and not (direct or words.strip(" .,")):
            line = f"To {_at(it.mail)}. What shall I write?"
            return replace(it, why="is to write a mail", lines=(line,), awaits="words")
        if not direct and (spoken := self._spoken(words, "her|him|them")):
            return self._say(replace(it, they=spoken[1]), "", spoken[0])
        body = direct or (words and dictated.told(words, it.they))
        return self._with(it, body) if body else self._directly(it)

    # ── whom to ─────────────────────────────────────────────────────────────────────────────

    def _for(self, whom: str, words: str, they: str = "") -> Written:
        """A mail to somebody who was named, or a question which one of them."""
        found = self._known(whom)
        if address := _SAID["address"].fullmatch(whom):
            spelled = f"{address['user']}@{address['domain'].replace(' dot ', '.')}".lower()
            found = [("", spelled, "")]
        if len(found) == 1:
            return self._say(self._to(found[0], they), words)
        told = ", or ".join(f"{name or at} at {at.partition('@')[2]}" for name, at, _ in found[:3])
        yours = re.sub(r"^my ", "your ", whom, flags=re.IGNORECASE)
        unknown = f"I know no address of {yours}. Who is it, or how is the address spelled?"
        line = f"Which one: {told}?" if found else unknown
        asks = Written("asks whom to", (line,), awaits="whom", choice=tuple(found[:3]))
        return replace(asks, words=words, they=they)

    def _named(self, text: str) -> Written:
        it, text = self.last, re.sub(r"^(?:to|it's|it is|i mean) ", "", text, flags=re.IGNORECASE)
        browsing = Browsing([Item(f"{name} {at}", name) for name, at, _ in it.choice])
        ways = (browsing.find(way) for way in (text, f"the one about {text}"))
        place = next((at for at in ways if at is not None and at < len(it.choice)), None)
        if place is None:
            return self._for(text, it.words, it.they)
        return self._say(self._to(it.choice[place], it.they), it.words)

    def _known(self, whom: str) -> list[Correspondent]:
        """Those who may be meant: whoever is called exactly so, else whoever sounds alike."""
        letters = [(sender(it), it.address, it.account.address) for it in self.post.letters() if not it.bulk]
        everybody = [*letters, *self.post.correspondents(), *((*it, "") for it in self.contacts(whom))]
        by_address = {it[1].lower(): it for it in reversed(everybody) if usable(it[1])}
        called = [_words(_TITLE.sub("", each)) for each in (whom, *self.names(whom))]
        ways = ((wanted, alike) for alike in (1.0, ALIKE) for wanted in called)
        may_be = ([it for it in by_address.values() if _is(it, *way)] for way in ways)
        return next(filter(None, may_be), [])

    def _to(self, whom: Correspondent, they: str = "", letter: Letter | None = None) -> Written:
        """An empty mail to somebody; the answer to a letter."""
        (name, address, account), accounts = whom, [it.address for it in self.post.accounts.all()]
        own = account if account in accounts else accounts[0] if accounts else ""
        id_ = make_msgid(domain=own.rpartition("@")[2] or "localhost")
        refers = (letter.id, letter.thread) if letter else ()
        mail = Mail(id_, own, name, address, "", "", self.me(), *refers)
        subject = f"Re: {subject_of(letter)}" if letter else ""
        return Written("writes a mail", (), mail=mail, they=they, subject=subject)

    # ── read back ───────────────────────────────────────────────────────────────────────────

    def _read_back(self, it: Written, body: str) -> Written:
        """Whom to and every word, and whether it may go."""
        assert it.mail
        subject = it.subject or " ".join(body.split("\n\n")[-1].split()[:SUBJECT]).rstrip(" .,;:!?")
        mail = replace(it.mail, subject=subject, text=self._letter(it.mail, body))
        about = "" if subject.startswith("Re: ") or subject in body else f", about “{subject}”"
        said = filter(None, map(str.strip, SAYS["end"].split(mail.text)))
        lines = (f"To {_at(mail)}{about}:", *said, "Shall I send it?")
        proposal = Proposal(
            "send a mail",
            f"{mail.name} <{mail.address}>".strip(),
            f"{subject}\n\n{mail.text}",
            f"Shall I send it to {_at(mail)}?",
            "It goes out in a minute. Until then you can take it back.",
            lambda: self.outbox.allow(mail.id),
            lambda: self.outbox.shelve(mail.id),
            lambda: self.outbox.aside(mail.id),
            leaving="All right, I'll keep it in your drafts.",
            about=mail.id,
        )
        it = replace(it, why="reads the mail back", lines=lines, proposal=proposal)
        return replace(it, mail=mail, body=body, awaits="")

    def _letter(self, mail: Mail, body: str) -> str:
        """With a greeting and a name below it, where they were not said."""
        first, me = mail.name.split()[0] if mail.name else "", mail.sender
        known = first and (first.lower() in mail.address.partition("@")[0].lower() or self.names(first))
        greeting = "" if _SAID["greets"].match(body) else f"Hi {first},\n\n" if known else "Hello,\n\n"
        signed = not me or body.rstrip(" .!").lower().endswith(me.lower())
        return f"{greeting}{body}" + ("" if signed else f"\n\n{me}")


def _wished(text: str) -> str:
    """What is to be done, without "could you" and "please": the question mark of "could you" is not the mail's."""
    lead = _SAID["lead"].match(text)
    bare = dictated.bare(text[lead.end() if lead else 0 :])
    return bare.rstrip("?") if lead and lead["asks"] else bare


@cache
def _whole(kind: str, they: str = "") -> re.Pattern[str]:
    pattern = _SAID[kind].pattern.replace("THEY", they or "her|him|them")
    pattern = pattern.replace("WHOM", _SAID["whom"].pattern).replace("REST", _SAID["rest"].pattern)
    return re.compile(pattern, re.IGNORECASE)


def _at(mail: Mail | None) -> str:
    """Whom a mail goes to, with the place, and all of an address that has nothing of the name: names are easily put on."""
    assert mail
    user, _, domain = mail.address.partition("@")
    own = not mail.name or set(_words(mail.name)) & set(_words(user))
    return f"{mail.name or user}{'' if own else f', {user}'} at {domain}"


def _words(text: str) -> list[str]:
    """Its words, as they are alike however they are written."""
    return re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", normalize("NFKD", text.casefold())))


def _is(it: Correspondent, wanted: Sequence[str], alike: float) -> bool:
    """Whether somebody may be called so."""
    there = [*_words(it[0]), *_words(it[1].partition("@")[0])]
    return bool(wanted) and all(any(_sounds(word, each, alike) for each in there) for word in wanted)


def _sounds(word: str, other: str, alike: float) -> bool:
    return word == other or (alike < 1 and SequenceMatcher(None, word, other).ratio() >= alike)
