"""Which values make sense: figures of speech ("I live in fear", "call me crazy", "I love it") are not facts."""

from __future__ import annotations

import re

from becoming.memory.beliefs.dates import MONTHS, WEEKDAYS

_NO_THING = set(
    """it that this these those you him her them me us he she they we what when how where who why to which
    my your his their our its being having getting doing everything everyone everybody anything anyone nothing nobody something
    someone people life myself yourself both all each every so too one ones such just not if because either neither much more most
    same a-lot lots went was am have had got can can't don't do mean feel want was were is are said going-to""".split()
)
_THE = set(
    "sea ocean beach mountains forest woods countryside rain snow cold heat summer winter spring autumn fall sun wind dark night cinema theatre "
    "theater opera ballet circus gym outdoors city dentist silence quiet smell".split()
)
_ALONE = set(
    "making seeing having getting finding running helping creating doing watching spending going taking giving feeling trying using".split()
)
_NO_NAMES = {
    "name": "crazy back later when if maybe anytime tomorrow tonight old-fashioned old stupid a an the ishmael on in at now again after as soon "
    "sometime whatever paranoid names soft picky weird what selfish by your his her not never up out over mad insane cynical naive".split(),
    "lives_in": "fear hope denial hell peace sin moment past present now constant terror pain darkness shame poverty chaos bubble dream "
    "house flat apartment mess world shadow limbo harmony luxury style".split(),
    "works_at": "moment weekend weekends home night nights same it snail's minute full free money peanuts living".split(),
    "keep_nothing_about": "it that this them her him".split(),
    "studies": "hard a at in for every all the my too it this that late".split(),
    "never_mention": "it that this".split(),
    "not_then": "it that this".split(),
    "never_call": "back later again that when names at on this tomorrow after in if before until anymore unless now while during so by".split(),
    "doesn't_eat": "much enough well anything here out alone lunch breakfast dinner at it that them this these when before after all a lot "
    "properly like so too in any there either together my the on".split(),
}
_NO_NAMES["comes_from"] = _NO_NAMES["moved"] = _NO_NAMES["lives_in"]
_NAMED = ("name", "lives_in", "comes_from", "visited", "{kin}")

_MANNERS = (
    (r"people|friends|any|some\w+|family", "steps towards people"),
    (r"jok|teas|pun", "jokes"),
    (r"question|asking|ask|thing", "questions"),
    (r"advice|suggestion|opinion", "advice"),
)
"""What she can be asked to leave, however it is said: the first of these that it holds."""

_NOBODY = {word.title() for word in [*WEEKDAYS, *MONTHS]} | set(
    """I He She It They We You This That These Those There Here The A An My Your His Her Our Their God Jesus Christ Christmas Easter
    Monday Ok Okay Yes No Not And But So Well Oh Everyone Everybody Somebody Someone Nobody Nothing Something Everything People What
    Who When Where Why How Please Don't Do Did Is Are Was Were Can Could Will Would Should Just Maybe Never Always Sometimes
    Today Tomorrow Yesterday Hi Hello Hey Thanks Thank Sorry English French German Spanish Italian American British Google Facebook
    Instagram Netflix Amazon YouTube Mum Mom Dad Mr Mrs Ms Dr Doctor Work Life Home Then Now If Also Actually Honestly Really Let Lets
    One Two Three First Last Next Good Great Nice Call Ask Tell Remind Keep""".split()
)
_MOST_WORDS = 5
_TAIL = re.compile(
    r"(?:,? (?:now|too|as well|though|these days|again|anymore|any more|right now|at the moment|by the way|actually|really|so much|a lot|"
    r"very much|ever again|please|ever|most|anyway|okay|ok|then|but|and))+$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<![\w'])(?![a-zß-öø-ÿ])[^\W\d_][\w-]+")


def sensible(relation: str, value: str) -> str | None:
    """The value as it is kept, or None if it is a figure of speech or says nothing."""
    value = _TAIL.sub("", value).strip(" '")
    words = value.lower().split()
    if not words or words[0] in _NO_NAMES.get(relation, ()) or words[-1] in _NO_NAMES.get(relation, ()):
        return None
    if relation in _NAMED and (value.split()[0] in _NOBODY or value.split()[-1] in _NOBODY):
        return None
    if relation == "works_as":
        return re.sub(r"^(?:an?|the) ", "", value)
    if relation in ("likes", "dislikes", "afraid_of", "allergic_to") or relation.startswith("favourite"):
        return _thing(value, words)
    if relation in ("never_mention", "not_then"):
        return re.sub(r"^(?:my|our|the) ", "", value, flags=re.IGNORECASE)
    if relation == "without":
        return next(
            (kept for said, kept in _MANNERS if re.search(rf"\b(?:{said})", value, re.IGNORECASE)), None
        )
    if relation == "keep_nothing_about":
        return re.sub(r"^(?:my|our|the) ", "", value, flags=re.IGNORECASE).lower()
    return value


def names_in(words: str, *, first_too: bool = False) -> list[str]:
    """The names of people in `words`, as far as capitals show; the first word only if asked."""
    found = []
    for match in _CAPITAL.finditer(words):
        begins = match.start() == 0 or re.search(r"[.!?]\s*[\"'“]?$", words[: match.start()])
        if match[0] not in _NOBODY and (first_too or not begins):
            found.append(match[0])
    return found


def _thing(value: str, words: list[str]) -> str | None:
    too_long = len(words) > _MOST_WORDS
    adverb = words[0].endswith("ly") and words[0] not in ("jelly", "family", "italy", "lily", "broccoli")
    alone = len(words) == 1 and words[0] in _ALONE
    empty = alone or words[0] in _NO_THING or set(words) & {"it", "them", "that"}
    passing = words[0] == "the" and words[1:] not in [[thing] for thing in _THE]
    return None if too_long or adverb or empty or passing else value
