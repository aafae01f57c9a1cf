"""Putting mail away, marking it, leaving a list; each after a yes. And what may be done without asking, where they said so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from email.utils import make_msgid
from functools import cache, partial

from becoming.conversation import files
from becoming.conversation.hands.done import Done
from becoming.tools.approval import Approvals, Proposal
from becoming.tools.mail import Letter, Mail, Outbox, Post, about, filing, sender, subject_of, unsubscribing

_SAID = files.patterns("hands/sorting.toml")
_LITTLE = frozenset(
    "the that those these them such mail mails email emails newsletter newsletters about for from with any".split()
)
UNKNOWN = "I've seen no mail from {} lately. Ask me again when one is here."


@dataclass(frozen=True, slots=True)
class Sorted(Done):
    """With the standing yes that is withdrawn by it."""

    noted: str = "I did something with your mail."
    ends: tuple[str, ...] = ()


@dataclass
class Sorting:
    """What is done with a mail, and with every mail of a narrow class."""

    post: Post
    outbox: Outbox
    approvals: Approvals
    letter: Callable[[str], Letter | None]
    """The mail that was told or read last, or one of those that is spoken of so."""

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        if _SAID["allowed"].fullmatch(said):
            return self._allowed()
        if (found := _SAID["no_longer"].fullmatch(said)) and (it := self._no_longer(found)):
            return it
        if it := self._always(said):
            return it
        for kind in ("archive", "flag", "unsubscribe"):
            if found := _whole(kind).fullmatch(said):
                which = found["which"] or found["which_2"] or found["which_3"] or ""
                if letter := self.letter(which) or (not which.startswith("the ") and self.letter("")):
                    return self._unsubscribe(letter) if kind == "unsubscribe" else self._file(letter, kind)
        return None

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        for rule in done.ends if isinstance(done, Sorted) and spoken else ():
            self.approvals.no_longer(rule)

    def arrived(self, letters: Sequence[Letter]) -> Collection[Letter]:
        """Do with what came in what a standing yes was given for; what was put away by that."""
        rules, away = self.approvals.rules(), list[Letter]()
        for it in letters if rules else ():
            if _class("archive", it) in rules and self.approvals.by_rule(self._filing(it, "archive")):
                away.append(it)
            elif _class("flag", it) in rules and not it.flagged:
                self.approvals.by_rule(self._filing(it, "flag"))
        return away

    # ── one mail ────────────────────────────────────────────────────────────────────────────

    def _file(self, it: Letter, verb: str) -> Done:
        proposal = self._filing(it, verb)
        return Sorted(f"would {verb} a mail", (proposal.ask,), proposal=proposal)

    def _filing(self, it: Letter, verb: str) -> Proposal:
        password = partial(self.post.accounts.password, it.account)

        def archive() -> None:
            filing.archive(it, password())
            self.post.gone([it])

        def bring_back() -> None:
            filing.bring_back(it, password())

        def flag(on: bool) -> None:
            filing.flag(it, password(), on)

        what = ", about ".join(filter(None, (f"the mail from {sender(it)}", about(it).rstrip("?"))))
        told = (f"{verb} a mail", sender(it), subject_of(it), f"Shall I {verb} {what}?")
        if verb == "archive":
            return Proposal(*told, "It goes into the archive.", archive, bring_back, rule=_class(verb, it))
        off = partial(flag, False)
        return Proposal(*told, "I'm flagging it.", partial(flag, True), off, rule=_class(verb, it))

    def _unsubscribe(self, it: Letter) -> Done:
        if not (way := unsubscribing.way(it)):
            website = "can only be left on its website, and I open no links of a mail"
            why = website if it.off else "says nothing of how to leave it"
            return Sorted("cannot unsubscribe", (f"That list {why}.",))
        to, subject, place = way
        ask = f"Shall I take you off the list of {sender(it)}? I'd tell {place}."
        told = ("unsubscribe", sender(it), f"{to}\n\n{subject}".strip(), ask)
        own = it.account.address
        mail = Mail(make_msgid(domain=own.rpartition("@")[2]), own, "", to, subject, subject)

        def write() -> None:
            self.outbox.hold(mail)
            self.outbox.allow(mail.id)

        def undo() -> None:
            self.outbox.shelve(mail.id)
            self.outbox.drop(mail.id)

        by_mail = Proposal(*told, "I'll write to them in a minute.", write, undo)
        by_post = Proposal(*told, f"I'm telling {place}.", partial(unsubscribing.post, to))
        return Sorted("would unsubscribe", (ask,), proposal=by_mail if subject else by_post)

    # ── a class of mails ────────────────────────────────────────────────────────────────────

    def _always(self, said: str) -> Done | None:
        bare = " ".join(_SAID["standing"].sub(" ", said).split())
        named = _SAID["always"].fullmatch(bare) or _SAID["class"].fullmatch(bare)
        if not named or (bare == said and not re.match(r"whenever |every time |any time ", said)):
            return None
        told = named.groupdict()
        whose = told["whom"] or told.get("whom_2") or told.get("kind") or ""
        verb = "flag" if re.search("flag|star|mark", told["verb"] or told["verb_2"]) else "archive"
        whom = re.sub(r"^(?:the|my|your) ", "", whose)
        if not (it := self._from(whom) if whom else self.letter("")):
            return Sorted("does not know whose", (UNKNOWN.format(whom),)) if whom else None
        rule, filing_ = _class(verb, it), self._filing(it, verb)

        def always() -> None:
            self.approvals.always(rule)
            if not (verb == "flag" and it.flagged):
                filing_.do()

        ask = f"So I always {rule} and don't ask. Is that right?"
        told_of = ("set a rule", sender(it), f"Always {rule}", ask, "From now on I do.")
        proposal = Proposal(*told_of, always, partial(self.approvals.no_longer, rule))
        return Sorted("would set a rule", (ask,), proposal=proposal)

    def _from(self, whom: str) -> Letter | None:
        words = re.findall(r"\w+", whom.lower())
        found = [*(it for it in self.post.letters()), *filter(None, (self.letter(""),))]
        whose = ((it, f"{sender(it)} {it.address}".lower()) for it in found)
        return next((it for it, names in whose if words and all(word in names for word in words)), None)

    def _allowed(self, no_such: str = "") -> Done:
        rules = self.approvals.rules()
        told = f"I {', and I '.join(rules)}." if rules else "Nothing. I ask before everything."
        return Sorted("asks what is allowed", (f"{no_such}{told}",))

    def _no_longer(self, found: re.Match[str]) -> Done | None:
        said = found.groupdict()
        verb = next((it for key, it in said.items() if it and key.startswith("verb")), "")
        does = "flag" if verb.startswith("flag") else "archive" if verb else ""
        of = [it for it in self.approvals.rules() if it.startswith(does)]
        words = [it for it in re.findall(r"\w{3,}", said["of"] or said["of_2"] or "") if it not in _LITTLE]
        ends = tuple(it for it in of if not words or any(word.rstrip("s") in it for word in words))
        if of and not ends:
            return self._allowed("I don't know which one you mean. ")
        line = f"All right. I ask again before I {', or '.join(ends)}."
        return Sorted("takes back a rule", (line,), ends=ends) if ends else None


def _class(verb: str, it: Letter) -> str:
    """The narrow class of a mail that something may always be done with."""
    whose = f"newsletters from {it.address.partition('@')[2]}" if it.bulk else f"mails from {it.address}"
    return f"{verb} {whose}"


@cache
def _whole(kind: str) -> re.Pattern[str]:
    pattern = _SAID[kind].pattern.replace("LEAD", _SAID["lead"].pattern)
    return re.compile(pattern.replace("WHICH", _SAID["which"].pattern))
