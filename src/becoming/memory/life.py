"""One person's memory as a whole: what was said, what it taught, what comes to mind, what goes again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from becoming.events import (
    Belief,
    Checkin,
    Evidence,
    Feeling,
    InputError,
    Lesson,
    Loss,
    Moment,
    Receipt,
    Role,
    Thought,
    Via,
)
from becoming.memory import people, portrait
from becoming.memory.beliefs import boundaries, correcting
from becoming.memory.beliefs import holding as beliefs
from becoming.memory.beliefs.correcting import Corrected
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.knowing import Knowing
from becoming.memory.beliefs.learning import Learning, lessons
from becoming.memory.bridges import Bridges
from becoming.memory.checkins import Checkins
from becoming.memory.company import Company
from becoming.memory.feelings import claims, looking_back, putting_right
from becoming.memory.feelings import words as feeling_words
from becoming.memory.feelings.holding import Feelings
from becoming.memory.feelings.looking_back import LookedBack
from becoming.memory.feelings.putting_right import Righted
from becoming.memory.forgetting.erasing import Forgetting
from becoming.memory.initiative import Initiative
from becoming.memory.leaving import folder as leaving
from becoming.memory.library import Library
from becoming.memory.measures import Measures
from becoming.memory.moments import LastTalk, Memory
from becoming.memory.portrait import Line
from becoming.memory.recall.embedding import Embed, Words
from becoming.memory.recall.search import Recall, Recalled
from becoming.memory.talks import Talks
from becoming.memory.thoughts import Thoughts
from becoming.store import Store

FEW = 6
"""So many moments come to mind; which of them fits is decided by what is being said."""

A_DAY_S = 18 * 3600.0
TODAY = 24
"""Moments of the last day that are before her when she wakes."""


class Life:
    """Joins the parts of the memory that depend on each other. Any thread may use it; raises events.StoreError."""

    def __init__(
        self,
        store: Store,
        embed: Embed,
        words: Words,
        clock: Callable[[], float],
        drop_prompts: Callable[[], int],
        corrected: Callable[[list[tuple[str, Feeling]]], None] = lambda corrections: None,
        quiet: tuple[int, int] = (22, 8),
    ) -> None:
        """`embed` makes vectors of moments, `words` of books; `drop_prompts` deletes what the language model
        keeps of prompts on disk and says how many files those were; `corrected` hears what the person said
        they felt, whenever that changes; `quiet` are the hours in which she asks nothing of her own accord, until the
        person chooses others."""
        self.moments = Memory(store, embed)
        self.beliefs = Beliefs(store)
        self.library = Library(store, words)
        self.talks = Talks(store)
        self.feelings = Feelings(store)
        self._store, self._clock, self._corrected_feelings = store, clock, corrected
        self.initiative = Initiative(self.moments, quiet)
        self.checkins, self.thoughts = Checkins(store, lambda: self.initiative.quiet), Thoughts(store)
        self.company = Company(store, self.feelings, clock)
        self.bridges = Bridges(store, self.company, self.checkins, clock)
        self.measures = Measures(self.moments, clock)
        self.embed = embed
        """Makes vectors of texts, (n, dim), of unit length."""
        self._recall = Recall(store, embed)
        self._knowing, self._learning, self._corrected = Knowing(store), Learning(store), Corrected(store)
        self.forgetting = Forgetting(store, drop_prompts=drop_prompts, forgotten=self._let_go)
        self.forgetting.catch_up()
        self._learning.catch_up()

    # ── the day ─────────────────────────────────────────────────────────────────────────────

    def record(
        self, role: Role, text: str, at: float, via: Via = "voice", interrupted: bool = False
    ) -> Moment:
        """Keep one moment; durable when it returns, with id 0 where it must not be kept."""
        return self.moments.record(role, text, at, via, interrupted)

    def learn(self, moment: Moment, before: str) -> list[Belief]:
        """Learn from a moment that was recorded, said after her line `before`."""
        self._hear_otherwise(moment, before)
        learned = self._learning.hear(moment, before)
        self.company.notice(moment)
        self.checkins.notice(moment)
        if any(each.kind == "rule" for each in learned):
            self.bridges.let_go()
        return learned

    def harmed(self, moment: Moment) -> None:
        """Somebody does harm, in the words of this moment."""
        self.company.harmed(moment)
        self.bridges.let_go()

    def mark(self, who: int, what: str, on: bool) -> None:
        """The person marks somebody "unsafe", or "quiet": not to be brought up; or takes it back."""
        self.company.mark(who, what, on)
        self.bridges.let_go()

    def brings(self) -> Checkin | Thought | None:
        """The one thing she might bring up of her own accord now: a plan that is over, else a thought of hers."""
        if self.initiative.level == "never":
            return None
        now = self._clock()
        found = self.checkins.due(now) or self.thoughts.to_say(now)
        words = found.text if isinstance(found, Thought) else f"{found.quote} {found.asks}" if found else ""
        return None if self.unsayable(words) else found

    def brought(self, it: Checkin | Thought) -> None:
        """It was brought up and heard; it never will be again."""
        kept = self.thoughts.said if isinstance(it, Thought) else self.checkins.asked
        kept(it.id, self._clock())

    def feel(self, moment: Moment, feeling: Feeling) -> None:
        """Keep what may have been felt in a moment that was recorded: what stirs is forgotten more slowly."""
        if felt := self.feelings.keep(moment, feeling):
            self._recall.felt(moment.id, felt)

    def lessons(self, text: str, before: str) -> list[Lesson]:
        """What these words would teach; nothing is written."""
        return lessons(text, before, self._clock())

    def today(self) -> list[Moment]:
        """The moments of this day so far, in order."""
        return self.moments.since(self._clock() - A_DAY_S)[-TODAY:]

    def portrait(self) -> list[Line]:
        """A page about the person, each line a belief."""
        with self._store.read() as connection:
            return portrait.portrait(connection)

    def carried(self) -> list[str]:
        """What of it she has before her all day, in the person's words."""
        return portrait.carried(self.portrait())

    def last_talk(self) -> LastTalk | None:
        """The talk before this one."""
        return self.moments.last_talk()

    # ── coming to mind ──────────────────────────────────────────────────────────────────────

    def search(self, text: str, limit: int = 10, *, before: int | None = None) -> list[Recalled]:
        """What these words bring to mind, with the reasons; with `before`, only of moments before that one."""
        return self._recall.search(text, self._clock(), limit=limit, before=before)

    def recall(self, text: str) -> list[Recalled]:
        """The few things the person said that these words bring to mind, best first.

        Not what they asked, nor what she said: who has asked the same before would else hear of that.
        """
        found = [
            each
            for each in self.search(text, limit=4 * FEW)
            if each.moment.role == "person" and not each.moment.text.rstrip().endswith("?")
        ]
        return self._recall.with_around(found[:FEW])

    def answers(self, question: str) -> list[Belief]:
        """The beliefs that answer a question about this life."""
        return self._knowing.answers(question)

    def noticed(self) -> list[Belief]:
        """What she noticed about the person over weeks, the latest first."""
        held = self.beliefs.current("you", kind="reflection")
        return [each for each in reversed(held) if each.relation == "pattern"]

    def how_known(self, belief: int) -> list[Evidence]:
        """When and in which words she was told."""
        return self.beliefs.how_known(belief)

    def unsayable(self, sentence: str, heard: Sequence[str] = ()) -> str | None:
        """Why a sentence of hers must not be said; None when it may be.

        `heard` is what the person said that it may rest on, what they have just said first.
        """
        if old := self._corrected.stale(sentence):
            return f"no longer so: {old.text}"
        if claimed := claims.unsupported(sentence, heard, self.feelings, self._clock()):
            return f"nobody knows of that feeling: {claimed}"
        with self._store.read() as connection:
            rules = [each for each in beliefs.held(connection) if each.kind == "rule"]
            return boundaries.broken(sentence, rules, lambda value: _names(connection, value), self._clock())

    def left(self) -> frozenset[str]:
        """What the person asked her to leave at this hour: "jokes", "questions", "advice", "steps towards people"."""
        return boundaries.left(self.beliefs.current("you", kind="rule"), self._clock())

    # ── what was felt ───────────────────────────────────────────────────────────────────────

    def looked_back(self, question: str) -> LookedBack | None:
        """What a question about how the person felt finds; None if it asks for something else."""
        now = self._clock()
        asked = looking_back.understand(question, now)
        if asked is None:
            return None
        about = {each.moment.id for each in self.search(asked.about, limit=4 * FEW)} if asked.about else None
        return looking_back.look(self.feelings, asked, now, about)

    def otherwise(self, text: str, before: str) -> Righted | None:
        """Which feelings these words, said after her line `before`, put right; nothing is written."""
        return putting_right.righted(self.feelings, text, before, self._clock())

    def _hear_otherwise(self, moment: Moment, before: str) -> None:
        if not moment.id:
            return
        right = putting_right.righted(self.feelings, moment.text, before, moment.at, earlier_than=moment.id)
        if right:
            with self._store.write() as connection:
                changed = putting_right.write(connection, right, moment)
            for id_, feeling in changed.items():
                self._recall.felt(id_, feeling)
            self._tell_corrections()

    def felt_otherwise(self, moment: int, typed: str) -> None:
        """The person writes how they felt in a moment; nothing: only not so. Raises InputError if that names no
        feeling she knows."""
        felt = self.feelings.of(moment)
        own = feeling_words.own_word(typed) if typed else feeling_words.NOT_SO
        if felt is None:
            raise InputError("She keeps nothing of how that moment felt. Look at the page anew.")
        if own is None:
            raise InputError(
                f"She doesn't know “{typed}” as a feeling. Say it in another word, like tired, calm or worried."
            )
        self.feelings.keep(felt.moment, own)
        self._recall.felt(moment, own)
        self._tell_corrections()

    def take_feeling_away(self, moment: int) -> None:
        """Nothing is known any more of how that moment felt; its words stay."""
        self.feelings.take_away(moment)
        self._recall.felt(moment, None)
        self._tell_corrections()

    def corrections(self) -> list[tuple[str, Feeling]]:
        """What the person said they felt, with the words they said it of: to perceive better by."""
        return self.feelings.corrections()

    def _tell_corrections(self) -> None:
        self._corrected_feelings(self.corrections())

    def warm(self) -> None:
        """Load what recall and learning load at their first use, before somebody waits for it. Blocking."""
        self._tell_corrections()
        self.lessons("Hello.", "")
        self.recall("Hello.")

    def catch_up(self) -> int:
        """Give moments that have no vector yet one, a few at a time; how many there were."""
        return self._recall.catch_up()

    # ── going again ─────────────────────────────────────────────────────────────────────────

    def plan_forgetting(self, what: str) -> Loss:
        """What would go, were she to forget it; nothing has happened yet."""
        return self.forgetting.plan(what, self._clock())

    def forget(self, loss: Loss) -> Receipt:
        """Let it go for good, and look whether it is gone."""
        return self.forgetting.forget(loss, self._clock())

    def off_the_record(self, off: bool) -> None:
        """From now on nothing is kept, or it is again."""
        self.forgetting.off_the_record(off)

    @property
    def unwritten(self) -> bool:
        """Whether nothing is kept now."""
        return self.forgetting.is_off

    def _let_go(self, moments: Sequence[int]) -> None:
        """What was derived from the store and is kept outside of it."""
        self._recall.forget(moments)
        self._tell_corrections()
        self.library.reread()

    # ── in the person's own hand ────────────────────────────────────────────────────────────

    def put_right(self, belief: int, typed: str) -> Belief:
        """The person writes what it is instead. Raises InputError if that cannot be."""
        with self._store.write() as connection:
            return correcting.by_hand(connection, _held(connection, belief), typed, self._clock())

    def tell(self, typed: str) -> Belief:
        """The person writes into the portrait what they want her to know. Raises InputError if it is nothing."""
        words = typed.strip()
        if not 1 <= len(words) <= portrait.LONGEST * 8:
            raise InputError("Write one sentence, of no more than two dozen words.")
        return self.beliefs.tell(words, self._clock())

    def keep_to(self, typed: str) -> Belief:
        """The person writes down what she is to keep to. Raises InputError where she does not understand it as such."""
        rules = [each for each in lessons(typed, "", self._clock()) if each.kind == "rule" and not each.over]
        if not rules:
            raise InputError(
                'She does not understand that. Write it like "Don\'t talk about work after nine" or "No jokes today".'
            )
        with self._store.write() as connection:
            return beliefs.write_down(connection, rules[0], self._clock())

    def take_back(self, belief: int) -> None:
        """The person says that this was never so. Raises InputError if it is not held."""
        with self._store.read() as connection:
            _held(connection, belief)
        self.beliefs.take_back(belief, self._clock())

    def kinships(self) -> dict[str, str]:
        """Name of a person → what they are to whose memory this is: Iris → sister."""
        with self._store.read() as connection:
            return {
                known.name: kin.removeprefix("my ")
                for known in people.everybody(connection)
                for kin in known.aliases
                if kin.startswith("my ")
            }

    def names(self) -> set[str]:
        """What the people she knows of are called, in lower case; kinships are not names."""
        with self._store.read() as connection:
            known = people.everybody(connection)
        return {name for each in known for name in each.aliases if not name.startswith("my ")}

    def called(self, whom: str) -> list[str]:
        """Every way somebody is spoken of whom the person calls so ("my sister"); empty where she knows nobody like that."""
        with self._store.read() as connection:
            known = people.everybody(connection)
        plain = whom.lower().removeprefix("my ")
        so = {plain, f"my {people.KIN.get(plain, plain)}"}
        return [name for each in known if so.intersection(each.aliases) for name in each.aliases]

    def export(self, folder: Path) -> Path:
        """Write all of it to a new folder, unencrypted. Raises InputError if that is there already."""
        return leaving.export(self._store, folder)


def _held(connection: Connection, id_: int) -> Belief:
    found = beliefs.by_id(connection, [id_])
    if not found or not found[0].current:
        raise InputError("She does not hold that any more. Look at the page anew.")
    return found[0]


def _names(connection: Connection, value: str) -> Sequence[str]:
    """All the names of whoever that is."""
    for known in people.everybody(connection):
        if value.casefold() in (known.name.casefold(), *known.aliases):
            return [known.name, *known.aliases]
    return [value]
