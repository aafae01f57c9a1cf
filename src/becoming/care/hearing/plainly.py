"""What plain statements say, by the rules of `tables.toml`: readable, and only ever raising the tier."""

from __future__ import annotations

from becoming.care.hearing.building import Heard
from becoming.care.hearing.tables import (
    FEATURES,
    NEGATED,
    RULES,
    Rule,
    conditional,
    past,
    somebody,
    told,
    urgent,
)
from becoming.care.hearing.words import unidiomatic

_OWN = ("suicide", "self_harm", "eating")
"""Kinds in which "my sister has …" without a word of oneself is the sister's danger."""


def stated(line: str) -> Heard:
    """The worst that a plain line states outright; nothing where it is told of a film, denied, or long ago."""
    said = [
        _by(rule, words, each)
        for each in unidiomatic(line).split("\n")
        for rule in RULES
        if (words := _meant(rule, each)) is not None
    ]
    return max(said, key=lambda heard: heard.rank, default=Heard())


def _meant(rule: Rule, sentence: str) -> str | None:
    """The words by which a rule holds; None where it finds nothing, or what it finds is denied or not meant."""
    if told(sentence) or past(sentence):
        return None
    found = (
        match for match in rule.pattern.finditer(sentence) if not NEGATED.search(sentence[: match.start()])
    )
    match = next(found, None)
    return match.group() if match else None


def _by(rule: Rule, words: str, sentence: str) -> Heard:
    level = "concern" if rule.softens and conditional(sentence) else rule.tier
    other = rule.about == "other" or (
        rule.kind in _OWN and not FEATURES["i"].search(words) and somebody(sentence)
    )
    return Heard(level, rule.kind, "other" if other else "self", f"rule: {rule.name}", urgent(sentence))
