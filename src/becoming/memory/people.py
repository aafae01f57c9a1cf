"""Who is spoken of: the people (and animals) of this life, what they are called, and where they come up.

Somebody is known by a kinship ("my sister"), by a name, or by both once the two were joined:
"my sister is called Iris" makes *my sister* and *Iris* one being. Names are aliases in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, select, update

from becoming.store.fulltext import fulltext
from becoming.store.schema import alias, being, belief, ledger, mention, turn
from becoming.store.sql import upsert

PERSON, HERSELF = 1, 2
"""The beings there are from the start: whose memory this is, and she."""

_SHE = "mother sister wife girlfriend fiancée daughter grandmother aunt niece stepmother mother-in-law sister-in-law"
_HE = "father brother husband boyfriend fiancé son grandfather uncle nephew stepfather father-in-law brother-in-law"
_ANY = """spouse partner ex child baby cousin friend roommate flatmate neighbour colleague boss manager teacher
therapist doctor coach landlord dog cat puppy kitten horse rabbit hamster parrot tortoise"""
_OTHER_WORDS = {
    "mother": "mum mom mama mommy mummy mam",
    "father": "dad papa daddy",
    "sister": "sis",
    "brother": "bro",
    "fiancée": "fiancee",
    "fiancé": "fiance",
    "child": "kid",
    "grandmother": "grandma gran granny nana nan",
    "grandfather": "grandpa granddad grandad",
    "aunt": "auntie aunty",
    "neighbour": "neighbor",
    "colleague": "coworker co-worker workmate",
    "spouse": "other half",
}
KIN: dict[str, str] = {kin: kin for kin in f"{_SHE} {_HE} {_ANY}".split()} | {
    word: kin for kin, words in _OTHER_WORDS.items() for word in words.split()
}
"""Words for somebody of one's own, and the one she keeps them under: mum → mother."""

GENDER = dict.fromkeys(_SHE.split(), "she") | dict.fromkeys(_HE.split(), "he")

# Names that are common words too: only with a capital letter are they somebody.
_AMBIGUOUS = frozenset(
    "may will mark rose grace hope joy faith art bill sky summer april june august dawn rich frank jack pat "
    "sue ray drew chase hunter max rob nick gene iris ivy lily daisy violet ruby pearl angel precious guy".split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody she knows of: what to call them and every way they were spoken of, in lower case."""

    id: int
    name: str
    aliases: tuple[str, ...]


def everybody(connection: Connection) -> list[Known]:
    """All but the two who talk, in the order they came up."""
    rows = connection.execute(
        select(being.c.id, being.c.name, alias.c.name.label("alias"))
        .join(alias, alias.c.being == being.c.id)
        .order_by(being.c.id, alias.c.name)
    ).all()
    known: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        known.setdefault(row.id, (row.name, []))[1].append(row.alias)
    return [Known(id_, name, tuple(aliases)) for id_, (name, aliases) in known.items()]


def find(connection: Connection, about: str) -> int | None:
    """The being somebody is spoken of as: "you", a kinship or a name; None if there is none yet."""
    if about == "you":
        return PERSON
    return connection.execute(select(alias.c.being).where(alias.c.name == _alias(about))).scalar()


def find_or_add(connection: Connection, about: str) -> int:
    """The same, and a new being for somebody never spoken of before."""
    found = find(connection, about)
    if found is not None:
        return found
    same = select(being.c.id).where(being.c.name == about, being.c.kind == "person")
    id_: int | None = connection.execute(same).scalar()
    if id_ is None:
        new = insert(being).values(name=about, kind="person").returning(being.c.id)
        id_ = connection.execute(new).scalar_one()
    _called(connection, about, id_)
    return id_


def join(connection: Connection, kin: str, name: str, *, beside: bool) -> int:
    """My `kin` is called `name`: one being from now on. With `beside`, it is one more of that kin."""
    mine, named = find(connection, kin), find(connection, name)
    if beside and mine is not None and mine != named:
        return find_or_add(connection, name)
    if mine is None:
        mine = find_or_add(connection, name)
        _called(connection, kin, mine)
        return mine
    if named is not None and named != mine:  # both were known: what was the kin's is theirs
        _merge(connection, mine, named)
        return named
    taken = select(being.c.id).where(being.c.name == name, being.c.kind == "person", being.c.id != mine)
    if connection.execute(taken).scalar() is None:
        connection.execute(update(being).where(being.c.id == mine).values(name=name))
    _called(connection, name, mine)
    return mine


def is_rather(connection: Connection, wrong: str, right: str) -> None:
    """It was my `right` all along, not my `wrong`: the being goes by the other kinship."""
    id_ = find(connection, wrong)
    if id_ is not None and find(connection, right) is None:
        connection.execute(update(alias).where(alias.c.name == _alias(wrong)).values(name=_alias(right)))
        rename = update(being).where(being.c.id == id_, being.c.name == wrong)
        connection.execute(rename.values(name=right))


def rename(connection: Connection, id_: int, old: str, new: str) -> None:
    """They go by `new`; `old` still means them, and what is held of them says their right name."""
    connection.execute(update(being).where(being.c.id == id_).values(name=new))
    _called(connection, new, id_)
    if old in KIN:
        return
    never = (belief.c.relation == "never_mention") & (belief.c.value == old)
    of_them = (belief.c.about == id_) | never
    for row in connection.execute(select(belief.c.id, belief.c.text, belief.c.value).where(of_them)).all():
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, row.text)
        value = new if row.value == old else row.value
        connection.execute(update(belief).where(belief.c.id == row.id).values(text=text, value=value))


def who_comes_up(connection: Connection, words: str) -> set[int]:
    """The beings that `words` speak of, of those she knows."""
    known = {row.name: row.being for row in connection.execute(select(alias.c.name, alias.c.being))}
    return {known[name] for name in _spoken_of(words, tuple(known))} if known else set()


def note_mentions(connection: Connection, id_: int, words: str) -> None:
    """Write down who comes up in the moment `id_`; who is unknown yet does not count."""
    _mention(connection, who_comes_up(connection, words), id_)


def note_earlier_mentions(connection: Connection, about: str, id_: int) -> None:
    """Somebody has just become known: moments up to `id_` that spoke of them by that name count too."""
    who = find(connection, about)
    if who is None or about in KIN:
        return
    for earlier, words in fulltext(connection).saying(connection, about, id_):
        if _spoken_of(words, (about.lower(),)):
            _mention(connection, {who}, earlier)


def last_spoken_of(connection: Connection, before: int, pronoun: str) -> str | None:
    """The name of whoever "her", "him" or "them" means: the last one mentioned before moment `before`, if it fits."""
    rows = connection.execute(
        select(being.c.id, being.c.name)
        .join(mention, mention.c.being == being.c.id)
        .join(turn, turn.c.id == mention.c.turn)
        .where(mention.c.turn <= before, mention.c.turn > before - 12)
        .order_by(mention.c.turn.desc())
    )
    for row in rows:
        aliases = connection.execute(select(alias.c.name).where(alias.c.being == row.id)).scalars()
        genders = {GENDER.get(name.removeprefix("my ")) for name in aliases} - {None}
        if not genders or pronoun == "them" or ("she" if pronoun == "her" else "he") in genders:
            return str(row.name)
    return None


def drop_unknown(connection: Connection) -> None:
    """Forget everybody of whom nothing is left: no moment, no belief."""
    known = select(mention.c.being).union(select(belief.c.about))
    connection.execute(delete(being).where(being.c.kind == "person", being.c.id.not_in(known)))
    nobody = ledger.c.ref.not_in(select(being.c.id))
    connection.execute(delete(ledger).where(ledger.c.kind == "bridge", nobody))


def _alias(about: str) -> str:
    return f"my {about}" if about in KIN else about.lower()


def _called(connection: Connection, about: str, id_: int) -> None:
    new = upsert(connection, alias).values(name=_alias(about), being=id_)
    connection.execute(new.on_conflict_do_nothing(index_elements=["name"]))


def _merge(connection: Connection, old: int, into: int) -> None:
    connection.execute(update(alias).where(alias.c.being == old).values(being=into))
    connection.execute(update(belief).where(belief.c.about == old).values(about=into))
    bridged = update(ledger).where(ledger.c.kind == "bridge", ledger.c.ref == old)
    connection.execute(bridged.values(ref=into))
    turns = connection.execute(select(mention.c.turn).where(mention.c.being == old)).scalars().all()
    for id_ in turns:
        _mention(connection, {into}, id_)
    connection.execute(delete(being).where(being.c.id == old))


def _mention(connection: Connection, beings: set[int], id_: int) -> None:
    for who in beings:
        connection.execute(upsert(connection, mention).values(being=who, turn=id_).on_conflict_do_nothing())


@lru_cache(maxsize=8)
def _names(aliases: tuple[str, ...]) -> re.Pattern[str]:
    spoken = [_pattern(name) for name in sorted(aliases, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spoken)})(?!\w)", re.IGNORECASE)


def _pattern(name: str) -> str:
    if not name.startswith("my "):
        return re.escape(name)
    kin = name.removeprefix("my ")
    words = [kin, *_OTHER_WORDS.get(kin, "").split()]
    return rf"(?:my|your)(?: \w+)? (?:{'|'.join(map(re.escape, words))})"  # "my little sister" too


def _spoken_of(words: str, aliases: tuple[str, ...]) -> set[str]:
    found = set()
    for match in _names(aliases).finditer(words):
        spoken = match[0].lower()
        if spoken.startswith(("my ", "your ")) and spoken not in aliases:
            spoken = "my " + KIN.get(spoken.split()[-1], "")
        if spoken in aliases and not (spoken in _AMBIGUOUS and match[0][0].islower()):
            found.add(spoken)
    return found
