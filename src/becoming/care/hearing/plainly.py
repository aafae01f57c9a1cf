"""What plain statements say, by the rules of `tables.toml`: readable, and only ever raising the tier."""

from __future__ import annotations

from becoming.care.hearing.building import Heard
from becoming.care.hearing.tables import CONDITION, NEGATED, RULES, Rule, past, told, urgent
from becoming.care.hearing.words import unidiomatic


def stated(line: str) -> Heard:
    """The worst that a plain line states outright; nothing where it is told of a film, denied, or long ago."""
    said = [_by(rule, each) for each in unidiomatic(line).split("\n") for rule in RULES if _holds(rule, each)]
    return max(said, key=lambda heard: heard.rank, default=Heard())


def _holds(rule: Rule, sentence: str) -> bool:
    found = (not NEGATED.search(sentence[: match.start()]) for match in rule.pattern.finditer(sentence))
    return any(found) and not told(sentence) and not past(sentence)


def _by(rule: Rule, sentence: str) -> Heard:
    level = "concern" if rule.softens and CONDITION.search(sentence) else rule.tier
    return Heard(level, rule.kind, rule.about, f"rule: {rule.name}", urgent(sentence))
