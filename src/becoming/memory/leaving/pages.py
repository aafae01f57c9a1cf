"""The pages of an export that a person reads: talks by month, people, beliefs, books. In local time."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select

from becoming.memory import notes
from becoming.memory.leaving.letter import day
from becoming.store.schema import alias, being, belief, book, emotion, evidence, feeling, passage, turn

_README = """# A memory of {name}

These pages can be read with anything: `talks/` has every word of your talks, a file a month; `people.md`,
`beliefs.md`, `feelings.md` and `books.md` what was made of them. The folder `rows/` holds the same and all the rest for
programs, and `becoming import FOLDER` makes it a living memory again, here or on another computer.

Nothing in this folder is encrypted. Keep it where only you can read it.
"""


def write(connection: Connection, folder: Path) -> None:
    """Write the pages into a folder."""
    names = _names(connection)
    (folder / "talks").mkdir()
    months: dict[str, list[str]] = {}
    said = select(turn, being.c.kind).join(being).order_by(turn.c.id)
    before: Row[Any] | None = None
    for row in connection.execute(said):
        at = _local(row.said)
        lines = months.setdefault(f"{at:%Y-%m}", [f"# {at:%B %Y}\n"])
        if before is None or before.session != row.session or len(lines) == 1:
            lines.append(f"## {_day(row.said)}, {at:%H:%M}\n")
        cut = " …" if row.interrupted else ""
        lines.append(f"**{names[row.kind]}:** {_one(row.text)}{cut}\n")
        before = row
    for month, lines in months.items():
        _write(folder / "talks" / f"{month}.md", lines)
    _write(folder / "people.md", ["# People\n", *_people(connection)])
    _write(folder / "beliefs.md", ["# What she holds true\n", *_beliefs(connection, names)])
    _write(folder / "feelings.md", ["# How it felt\n", *_feelings(connection)])
    _write(folder / "books.md", ["# What she has read\n", *_books(connection)])
    if plan := _safety_plan(connection):
        _write(folder / "safety-plan.md", ["# My safety plan\n", *plan])
    if deeds := _deeds(connection):
        _write(folder / "deeds.md", ["# What she did for me, or asked to\n", *deeds])
    if written := _written(connection):
        _write(folder / "notes.md", ["# What I had her write down\n", *written])
    _write(folder / "README.md", [_README.format(name=f"{names['user']} and {names['self']}")])


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines), "utf-8", newline="\n")


def _names(connection: Connection) -> dict[str, str]:
    """Kind of being → what it is called here."""
    person, her = (notes.get(connection, key) or {} for key in ("person", "being"))
    return {"user": person.get("name") or "You", "self": her.get("name") or "She"}


def _people(connection: Connection) -> list[str]:
    others = select(being).where(being.c.kind.not_in(["user", "self"])).order_by(being.c.id)
    lines = []
    for one in connection.execute(others).all():
        called = connection.execute(
            select(alias.c.name).where(alias.c.being == one.id).order_by(alias.c.name)
        )
        known = [name for name in called.scalars() if name != one.name.lower()]
        lines.append(f"- {_one(one.name)} ({one.kind})" + (f": {', '.join(known)}" if known else ""))
    return [*lines, ""]


def _beliefs(connection: Connection, names: dict[str, str]) -> list[str]:
    lines: list[str] = []
    about = None
    whose = select(belief, being.c.name, being.c.kind.label("whose")).join(
        being, being.c.id == belief.c.about
    )
    for row in connection.execute(whose.order_by(belief.c.about, belief.c.id)).all():
        if row.about != about:
            about = row.about
            lines.append(f"\n## {_one(row.name or names.get(row.whose, ''))}\n")
        lines.append(f"- {_one(row.text)} ({_times(row)})")
        rests = select(evidence.c.quote, evidence.c.stance, turn.c.said).join(turn)
        for one in connection.execute(rests.where(evidence.c.belief == row.id).order_by(turn.c.id)):
            against = "against it, " if one.stance < 0 else ""
            lines.append(f"  - {against}{_day(one.said)}: “{_one(one.quote)}”")
    return [*lines, ""]


def _feelings(connection: Connection) -> list[str]:
    """Each moment's feelings, strongest first: guesses of hers, and what the person said it was."""
    by_strength = (turn.c.id, feeling.c.source, emotion.c.intensity.desc(), emotion.c.name)
    rows = connection.execute(
        select(turn.c.said, turn.c.text, feeling, emotion.c.name)
        .join(feeling, feeling.c.turn == turn.c.id)
        .outerjoin(emotion, (emotion.c.turn == feeling.c.turn) & (emotion.c.source == feeling.c.source))
        .order_by(*by_strength)
    ).all()
    lines: list[str] = []
    for (_, source), of_one in groupby(rows, key=lambda row: (row.turn, row.source)):
        first, *more = of_one
        named = ", ".join(row.name for row in (first, *more) if row.name) or "nothing plain"
        whose = (
            "your word" if source == "person" else f"a guess from your {source}, {first.confidence:.0%} sure"
        )
        lines.append(f"- {_day(first.said)}: {named} ({whose}): “{_one(first.text)}”")
    return [*lines, ""]


def _times(row: Row[Any]) -> str:
    """When she learned it, since when it is so, and whether it is over."""
    told = [f"learned {_day(row.learned)}"]
    told += [f"so since {_day(row.true_from)}"] if row.true_from is not None else []
    told += [f"until {_day(row.true_to)}"] if row.true_to is not None else []
    told += [f"taken back {_day(row.unlearned)}"] if row.unlearned is not None else []
    return ", ".join(told)


def _books(connection: Connection) -> list[str]:
    count = select(func.count()).where(passage.c.book == book.c.id).scalar_subquery()
    read = connection.execute(select(book, count.label("passages")).order_by(book.c.id))
    return [*(f"- {_one(row.title)} ({row.form}), read {_day(row.read)}" for row in read), ""]


def _deeds(connection: Connection) -> list[str]:
    kept = notes.get(connection, "deeds") or []
    told = ((each, f"{_one(each['whom'])}: “{_one(each['words'])}”") for each in kept)
    return [f"- {day(each['at'])}, {each['what']}, {each['came']}: {words}" for each, words in told]


def _written(connection: Connection) -> list[str]:
    """The reminders that are to come, then the notes and what stands on lists."""
    ahead = [each for each in notes.get(connection, "reminders") or [] if not each["rang"]]
    lines = [f"- {day(each['due'])}, {each['at'] or each['kind']}: {_one(each['words'])}" for each in ahead]
    kept = notes.get(connection, "notebook") or []
    return lines + [
        f"- {(each['list'] and each['list'] + ' list') or day(each['at'])}: {_one(each['words'])}"
        for each in kept
    ]


def _safety_plan(connection: Connection) -> list[str]:
    """What stands in each step, in the order of the steps; the titles are those of the care page."""
    kept = notes.get(connection, "safety_plan") or {}
    trusted = notes.get(connection, "trusted") or {}
    lines = []
    for key, title in _PLAN.items():
        if entries := [_one(line) for line in kept.get(key, []) if line]:
            lines += [f"## {title}\n", *(f"- {line}" for line in entries), ""]
    if trusted.get("name"):
        lines += [
            "## Somebody I trust\n",
            f"- {_one(trusted['name'])} {_one(trusted.get('reach', ''))}".rstrip(),
            "",
        ]
    return lines


_PLAN = {
    "signs": "How I notice that it's starting",
    "alone": "What I can do by myself",
    "distract": "People and places that take me out of it",
    "people": "People I can ask for help",
    "professionals": "Professionals and lines I can call",
    "safer": "Making the place around me safer",
}


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000)


def _day(ms: int) -> str:
    return day(ms / 1000)


def _one(text: str) -> str:
    """On one line, so that no text can look like another's heading or line."""
    return " ".join(text.split())
