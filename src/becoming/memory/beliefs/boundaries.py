"""What she is asked to keep away from, when it holds, and which sentence of hers would break it.

They are beliefs of kind "rule", said in talk or written on the page: a matter ("don't bring up Daniel"), a matter at
some hours ("not work after nine"), a name for the person ("don't call me dear"), a manner ("no jokes today").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from becoming.events import Belief
from becoming.memory.beliefs.correcting import has
from becoming.memory.beliefs.hours import within

_ADVICE = re.compile(
    r"\b(?:you (?:should|could|might want to|ought to|need to|have to)|why don't you|have you tried|i'd (?!be\b|say\b)|try to)\b", re.I
)  # fmt: skip


def in_force(rule: Belief, now: float) -> bool:
    """Whether it holds at this hour."""
    return rule.relation == "never_mention" or within(rule.text, rule.learned, now)


def left(rules: Sequence[Belief], now: float) -> frozenset[str]:
    """What she leaves now: "jokes", "questions", "advice", "steps towards people"."""
    return frozenset(each.value for each in rules if each.relation == "without" and in_force(each, now))


def broken(
    sentence: str, rules: Sequence[Belief], names: Callable[[str], Sequence[str]], now: float
) -> str | None:
    """The rule that this sentence of hers would break, as she says it; `names` gives every name of a matter."""
    for rule in rules:
        if rule.relation in ("never_mention", "not_then") and in_force(rule, now):
            if any(has(sentence, name) for name in names(rule.value)):
                return rule.text
        elif rule.relation == "never_call" and has(sentence, rule.value):
            return rule.text
    without = left(rules, now)
    if "questions" in without and sentence.rstrip().endswith("?"):
        return "they asked for no questions"
    return "they asked for no advice" if "advice" in without and _ADVICE.search(sentence) else None
