"""Playing somebody with the language model: what they do is chosen by code, the model finds their words.

Asked to be somebody in a chat, a small model stays an assistant: it understands, apologises and gives in. As the author
of a play that goes on from the beginning of a line it does none of that. So a rehearsal is a script, and each
answer begins with words chosen for what the one who is played does with what was said to them.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from becoming.care import Guard, Known
from becoming.care.guard import alike
from becoming.care.known import content, words
from becoming.conversation.speaking import Model
from becoming.language import Message
from becoming.memory.people import KIN
from becoming.practice.moves import Move, helping, moves, power, yields
from becoming.practice.scenes import Does, Scene, table

BUDGET_S = 4.0
TRIES = 4
LONGEST_REST = 58
"""Characters of the model's; of more the grammar has cut the end off."""

GOOD_ENOUGH = 0.8
SHORTEST = 7
"""Words of a sentence that is worth suggesting."""

NEW = 4
"""Words of a line that nobody has said before."""

GIVES = 4
"""So much warmth it takes until they give a little; each move that helps brings one, each of power takes two."""

_SYSTEM = (
    "You write radio plays. People in them talk the way people really talk: short lines, about exact things, and nobody "
    "gives in easily."
)
_MOODS = {-1: "harsh, short, ", 0: "", 1: "milder than before, "}
_ASKS = re.compile(
    r"^(?:and |so |but )*(?:what(?! (?:matters|bothers|worries me|i))|who|why|where|how|since when|is|are|do(?! what)|does|did|can|will)\b",
    re.IGNORECASE,
)
_REST = "root ::= [ ] [a-zA-Z] [A-Za-z0-9 ']{2,60} %s\n"
_I, _YOU = (
    frozenset(f"{it} {it}'{'m' if it == 'i' else 're'} {it}'ve {it}'d {it}'ll".split()) for it in ("i", "you")
)
_OUT = re.compile(
    r"\b(?:rehears\w+|practi[sc]\w+|role-?play\w*|scene|script|radio|you (?:should|could) (?:say|tell|try))\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:things?|anything|something|everything|stuff|about it|do it|do that)\b", re.IGNORECASE
)
_SORRY = re.compile(r"\b(?:sorry|apologi[sz]\w+|forgive me|my fault)\b", re.IGNORECASE)
_BROKEN = re.compile(
    r"\b(?:the|a|an|and|or|but|your|my|his|her|their|so|because|to|of|with|if|that you|about|for|\w+'(?:re|ve|ll|d|m))[.?!]$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the play; `does` is what stood behind the name, in a mood of `tone`.

    `who` is "you", the person for themselves, or "they", whom she plays; swapped, "me" is she for the person, and "them"
    the person for the other one.
    """

    who: str
    text: str
    does: str = ""
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Play:
    """A rehearsal as far as it has got. `tone` is -2, harsher, to 2; `swapped`: the person plays the other one."""

    scene: Scene
    you: str
    said: tuple[Said, ...] = ()
    tone: int = 0
    swapped: bool = False

    def of(self, *who: str) -> list[str]:
        """The lines of one side."""
        return [each.text for each in self.said if each.who in who]

    def adding(self, *lines: Said) -> Play:
        """The play with these lines at its end."""
        return replace(self, said=(*self.said, *lines))

    @property
    def warmth(self) -> int:
        """How far the other one has come."""
        return sum(
            min(2, len({it.key for it in helping(line)})) - 2 * len(power(line)) for line in self.of("you")
        )


def does(play: Play, text: str) -> Does:
    """What the one who is played does with `text`: power never moves them, and help not at once."""
    against, good = {it.key for it in power(text)}, {it.key for it in helping(text)}
    if "threat" in against:
        return "firm"
    if against:
        return "stung"
    warm = play.warmth + min(2, len(good)) + 2 * play.tone
    last = next((each.does for each in reversed(play.said) if each.who == "they"), "")
    if play.tone >= 0 and warm >= GIVES and good & {"ask_for", "offer", "interest", "stay"}:
        return "gives"
    if "ask_open" in good and last != "answers":
        return "answers"
    softer = warm > 0 and play.tone >= 0 and good - {"ask_for", "stay"}
    return "reached" if softer else "holds"


def next_move(play: Play) -> Move:
    """What would help most now: what the last line of theirs calls for, and of that what was not tried yet."""
    tried = {it.key for line in play.of("you", "me") for it in helping(line)}
    last = next((each for each in reversed(play.said) if each.who == "they"), Said("they", ""))
    order = ["reflect", "ask_open", "feel", "ask_for", "interest", "offer", "appreciate", "stay"]
    if not tried:
        order = ["feel", "ask_for", *order]
    elif last.does in ("reached", "answers"):
        order = ["offer", "ask_for", "interest", *order]
    return moves()[next((key for key in order if key not in tried), "stay")]


def script(play: Play) -> list[Message]:
    """The play as the model reads it; it grows only at its end, so that what was read once need not be read again."""
    scene, you = play.scene, _name(play.you or "the caller")
    about = scene.about.replace("{you}", you).replace(scene.name, _name(scene.name))
    given = [_line(play, Said(who, text.replace("{you}", you), how)) for who, how, text in scene.lines]
    lines = [*given, "", *(_line(play, each) for each in play.said)]
    return [
        {"role": "system", "content": _SYSTEM},
        {"role": "user", "content": about},
        {"role": "assistant", "content": "\n".join(lines)},
    ]


def _line(play: Play, said: Said) -> str:
    name = _name(play.you or "the caller") if said.who in ("you", "me") else _name(play.scene.name)
    how = table("parts.toml")[said.does]["does"] if said.does in table("parts.toml") else said.does
    how = f"{_MOODS[max(-1, min(1, said.tone))]}{how}" if said.who == "they" and how else how
    return f"{name}{f' ({how})' if how else ''}: {said.text}"


def _name(name: str) -> str:
    return name.upper()


class Playing:
    """Finds the words of whom she plays, and of the person when she plays them. Raises events.ModelAway."""

    def __init__(
        self,
        model: Model,
        guard: Guard,
        rng: random.Random,
        unsayable: Callable[[str], str | None],
        dark: Callable[[str], bool],
    ) -> None:
        """`unsayable` says why a sentence is against what was asked of her, or None; `dark`: whether it speaks of danger."""
        self._model, self._guard, self._rng = model, guard, rng
        self._unsayable, self._dark = unsayable, dark

    async def read(self, play: Play, text: str = "") -> None:
        """Have the play, and what is being said, in the model's cache."""
        await self._model.prefill(
            script(play.adding(Said("them" if play.swapped else "you", text)) if text else play)
        )

    async def answer(self, play: Play, text: str, what: Does) -> AsyncGenerator[str]:
        """What the one who is played answers to `text`, clause by clause; never nothing."""
        part = table("parts.toml")[what]
        reacts = [each for each in part["reacts"] if not any(each in line for line in play.of("they"))]
        opened = self._rng.choice(reacts) if reacts and self._rng.random() < 0.6 else ""
        if opened:
            yield opened
        leads = self._few(play.scene.leads.get(what, ()), part["leads"], play.of("they"))
        begun, heard = play.adding(Said("you", text)), [*play.of("you"), text]

        def fits(line: str) -> bool:
            if {it.key for it in power(line)} & {"insult", "threat"} or _SORRY.search(line):
                return False
            if (what != "gives" and yields(line)) or flips(line, heard):
                return False
            said = [*play.of("they"), *(it for _, _, it in play.scene.lines)]
            return self._passes(line, text, said, [play.scene.about, play.scene.title, *heard])

        found = await self._best(begun, Said("they", opened, what, play.tone), leads, fits)
        rests = [each for each in part["rests"] if not any(each in line for line in play.of("they"))]
        yield found or self._rng.choice(rests or part["rests"])

    async def suggest(self, play: Play, move: Move) -> str:
        """One sentence of the person's side that makes this move; the one that stands in the file where none is found, and
        where it would have to tell what really happened."""
        if move.key == "describe":
            return move.sounds

        def fits(line: str) -> bool:
            good = not power(line) and move.key in {it.key for it in helping(line)}
            upside = flips(line, play.of("they", "them")) or flips(line, [play.scene.title, *said], "you")
            long = len(words(line)) >= SHORTEST
            return good and long and not upside and self._passes(line, "", said, about)

        said, about = (
            play.of("you", "me"),
            [play.scene.about, play.scene.title, *(each.text for each in play.said)],
        )
        leads = self._few((), move.leads, said)
        return (
            await self._best(
                play, Said("me", "", f"{move.role}; it is about {play.scene.title}"), leads, fits
            )
            or move.sounds
        )

    def _few(self, own: Sequence[str], others: Sequence[str], said: Sequence[str]) -> list[str]:
        """A few beginnings that were not used yet, the scene's own first."""
        fresh = [[each for each in of if not any(each in line for line in said)] for of in (own, others)]
        for of in fresh:
            self._rng.shuffle(of)
        return [*fresh[0][:2], *fresh[1]][:TRIES]

    async def _best(self, play: Play, said: Said, leads: Iterable[str], fits: Callable[[str], bool]) -> str:
        """The best line that goes on from one of these beginnings."""
        messages, best, began = script(play), (-9.0, ""), 0.0
        about = set(content(" ".join([play.scene.about, *(each.text for each in play.said)])))
        for lead in leads:
            begun = f"{_line(play, said).rstrip()} {lead}"
            before = [*messages[:-1], {"role": "assistant", "content": f"{messages[-1]['content']}\n{begun}"}]
            stream = self._model.stream(
                before,
                max_tokens=32,
                temperature=0.6,
                seed=self._rng.randrange(2**31),
                stop=("\n",),
                extra={"grammar": _REST % ("[?]" if _ASKS.match(lead) else "[.!]"), "min_p": 0.1},
            )
            rest = "".join([delta async for delta in stream]).strip()
            began = began or time.monotonic()  # the first sample also waits until the play has been read
            line = f"{lead} {rest}"
            if len(rest) < LONGEST_REST and fits(line):
                best = max(best, (_worth(line, lead, about), line))
            if best[0] >= GOOD_ENOUGH or time.monotonic() - began > BUDGET_S:
                break
        return best[1]

    def _passes(self, line: str, heard: str, said: Sequence[str], known: Sequence[str]) -> bool:
        if (
            _OUT.search(line)
            or _BROKEN.search(line)
            or any(alike(line.lower(), each.lower()) for each in said)
        ):
            return False
        role = Known(heard, heard=known, said=said, in_role=True)
        kin = {KIN[word] for word in words(line) if word in KIN} - {
            KIN.get(word, "") for word in role.shared_words
        }
        if kin or len(set(content(line)) - role.shared_stems) > NEW:
            return False  # a girlfriend nobody spoke of; a story of its own
        return (
            self._guard.objection(line, role) is None and not self._unsayable(line) and not self._dark(line)
        )


def flips(line: str, theirs: Sequence[str], who: str = "i") -> bool:
    """Whether somebody says of themselves (or of "you") what it is the other one who said that of itself."""
    own = [
        (_denied(each), set(content(each)))
        for their in theirs
        for each in _clauses(their)
        if _I & set(words(each))
    ]
    says, other = (_I, _YOU) if who == "i" else (_YOU, _I)
    return any(
        denied == _denied(each) and len(stems & set(content(each))) >= 2
        for each in _clauses(line)
        if says & set(words(each)[:3]) and not other & set(words(each))
        for denied, stems in own
    )


def _denied(clause: str) -> bool:
    return bool(re.search(r"n't\b|\b(?:not|never|no)\b", clause))


def _clauses(line: str) -> list[str]:
    return re.split(r"[,.?!;]|\b(?:but|and|because|so|that)\b", line)


def _worth(line: str, lead: str, about: set[str]) -> float:
    """Nearer to the matter is better, and neither a stub nor a speech."""
    own = set(content(line.removeprefix(lead)))
    new = 0.15 * max(0, len(own - about) - 1)
    vague = 0.4 * bool(_VAGUE.search(line))
    return (
        0.5 * min(2, len(own & about))
        + 0.2 * min(2, len(own))
        - 0.1 * max(0, len(words(line)) - 14)
        - vague
        - new
    )
