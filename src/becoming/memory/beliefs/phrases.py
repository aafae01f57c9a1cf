"""From the readable patterns of `lessons.toml` to regular expressions, and what their placeholders accept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from becoming.memory.beliefs.hours import HOURS
from becoming.memory.people import KIN

_SHORT = {
    r"\bI'm\b": "I am",
    r"\b(we|you|they)'re\b": r"\1 are",
    r"\b(I|we|you|they)'ve\b": r"\1 have",
    r"\b(he|she)'s\b": r"\1 is",
    r"\bcan(?:'?t|not)\b": "can not",
    r"\bwon't\b": "will not",
    r"\b(is|are|was|were|do|does|did|has|have|had|would|should|could)n'?t\b": r"\1 not",
    r",? ?\b(?:um|uh|er|erm|uhm|hmm)\b,?": "",
    r"\s+": " ",
}
_SHORTS = [(re.compile(short, re.IGNORECASE), long) for short, long in _SHORT.items()]

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\w)[^.!?\n]*)*[.!?]*")
_NUMBER_WORDS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
_CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_]"
_ONE = rf"{_CAPITAL}[\w-]*\w(?:'{_CAPITAL}\w+)?"
_NAME = rf"(?-i:{_ONE}(?: (?:(?:van|von|de|la|del|bin|der|den|of the) )*{_ONE}){{0,3}})"
_BORDER = (
    r"(?=\s*(?:$|[,.;:!?…—()\"]|\s(?:-|–|and|but|because|cause|since|when|while|so|as|with|which|who|that|if|though|although|now|too|"
    r"these days|nowadays|anymore|any more|by the way|right now|at the moment|actually|really|honestly|a lot|so much|very much|again|"
    r"for|in|on|at|from|even|except|unless|until|after|before|ever|like|more|or|then|just|either|anyway|already|tonight|today|lately|"
    r"yesterday|recently|twice|please|ok|okay|full|part|myself|well|around|the most|about|my whole|all my)\b))"
)
_THING = rf"[^\W\d_][^,.;:!?…—()\"]*?{_BORDER}"
_JOBS = """accountant actor actress architect artist baker barber barista bartender biologist builder bus-driver butcher carpenter cashier chef
chemist cleaner clerk coach consultant cook dentist designer developer doctor driver economist editor electrician engineer
farmer firefighter fisherman florist gardener graphic-designer gp hairdresser high-school-teacher janitor journalist judge
lawyer lecturer librarian lifeguard locksmith manager marine mathematician mechanic midwife miner model musician nanny
nurse nurse-practitioner optician painter paralegal paramedic pharmacist philosopher photographer physicist physiotherapist
pianist pilot plumber poet police-officer postman priest primary-school-teacher professor programmer psychiatrist psychologist
radiographer receptionist reporter researcher sailor salesman scientist secretary shop-assistant singer social-worker
software-developer software-engineer soldier solicitor statistician stay-at-home-mom stay-at-home-dad student surgeon
surveyor tailor taxi-driver teacher therapist translator truck-driver tutor vet veterinarian waiter waitress welder writer""".split()
_DIETS = "vegan vegetarian pescatarian coeliac celiac lactose-intolerant gluten-free diabetic teetotal teetotaller".split()
_STATUSES = "married divorced single engaged widowed separated retired unemployed".split()
_INSTRUMENTS = """piano guitar violin cello viola drums bass flute clarinet saxophone sax trumpet trombone harp organ ukulele banjo
accordion oboe bassoon harmonica keyboard recorder mandolin double-bass""".split()
_LANGUAGES = """english french german spanish italian portuguese dutch swedish norwegian danish finnish polish czech russian ukrainian greek
turkish arabic hebrew persian farsi hindi urdu bengali punjabi tamil mandarin cantonese chinese japanese korean vietnamese thai
indonesian swahili irish welsh catalan basque romanian hungarian serbian croatian latin esperanto""".split()
_MODIFIERS = (
    "little|big|older|younger|elder|eldest|oldest|youngest|twin|baby|kid|best|dear|late|new|other|middle|half|step|ex|great|oldest|"
    "foster|adoptive|biological|lovely|old|first|second|current|former"
)


def _any(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\-", "[- ]") for word in ordered)


KIN_WORDS = rf"(?:(?:{_MODIFIERS})[ -]){{0,2}}(?:{_any(list(KIN))})"
_PLACE = rf"(?:(?:a|an|the) (?:(?-i:[a-z][a-z-]+) ){{0,3}})?{_NAME}(?!'s\b)|(?:a|an|the) (?:(?-i:[a-z-]+) ){{0,2}}(?:city|country|countryside|suburbs|village|small town|mountains)(?!\w)"
_ORG = rf"{_NAME}|(?:a|an|the|my own) {_THING}"
_ASSORTED = {
    "Name": f"(?P<value>{_NAME})(?!\\w)",
    "place": f"(?P<value>{_PLACE})(?![\\w])",
    "org": f"(?P<value>{_ORG})(?!\\w)",
    "thing": f"(?P<value>{_THING})",
    "food": f"(?P<value>{_THING})",
    "subject": f"(?P<value>{_THING})",
    "topic": rf"(?P<value>(?:[\w'’-]+ ){{0,5}}?[\w'’-]+?){_BORDER}",
    "nick": rf"(?P<value>(?:[\w'-]+ )?[\w'-]+?){_BORDER}",
    "task": r"(?P<value>[a-z][^.;!?]{1,120})",
    "how": r"(?P<value>(?:how|whether|about|if) [^.;!?]{3,120})",
    "job": f"(?P<value>{_any(_JOBS)}){_BORDER}",
    "status": f"(?P<value>{_any(_STATUSES)})(?:(?= (?:last|this|two|three|next) )|{_BORDER})",
    "diet": f"(?P<value>{_any(_DIETS)}){_BORDER}",
    "instrument": f"(?P<value>{_any(_INSTRUMENTS)}){_BORDER}",
    "language": rf"(?P<value>{_any(_LANGUAGES)})(?!\w)",
    "number": rf"(?P<value>\d{{1,3}}|(?:{_NUMBER_WORDS.replace(' ', '|')})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"(?=\s*(?:$|[.,;!]| years| and\b| but\b| now\b| today| yesterday| tomorrow| last))",
    "when": r"(?P<when>(?:on |by |at )?(?:today|tonight|tomorrow|the day after|this|next|in (?:\w+) (?:day|week|month)|the \d|\d|the \w+ of|mon|tue|wed|thu|fri|sat|sun|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^,.;!?]{0,30})",
    "day": r"(?P<day>[^.;!?]{3,40})",
    "kin": rf"(?P<kin_words>{KIN_WORDS})(?!\w)",
    "event": r"(?P<event>(?-i:[a-zA-Z])[\w'-]*(?: [\w'-]+){0,2}?)",
    "doing": r"(?P<doing>\w+ing(?: [\w'-]+){0,6}?)",
    "what": r"(?P<what>[a-z]+(?: [a-z]+)?)",
    "hours": HOURS,
    "perhaps": rf"(?: {HOURS})?",
    "manner": r"(?P<value>jokes|joking|teasing|puns|questions|(?:with (?:all )?)?(?:your |the )(?:jokes|teasing|puns|questions)|asking (?:me )?(?:so many|all these|any more) "
    r"(?:questions|things))(?! (?:asked|about|of))",
    "joke": r"(?P<value>joke)",
    "lifted": r"(?P<value>joke|tease me|ask (?:me )?(?:questions|things)|give me advice|suggest people)",
    "advising": r"(?P<value>advice|suggestions|opinions)",
    "steps": r"(?P<value>(?:suggest(?:ing)?|tell(?:ing)? me to|push(?:ing)? me to|ask(?:ing)? me to) (?:that )?(?:I )?(?:call|ring|see|meet|write to|talk to)?"
    r" ?(?:other |any |these |the )?(?:people|friends|anyone|anybody|somebody|someone|family))",
}
_TOKEN = re.compile(r"\{([^}]+)\}|\(([^)]*)\)( ?)|([^{}()]+)")
WHO = rf"(?:my (?P<who_kin>{KIN_WORDS})(?: (?P<named>{_NAME}))?|(?P<who>{_NAME}))"
_ASSORTED["who"] = WHO


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: what it reads, and how what it reads is kept."""

    pattern: re.Pattern[str]
    fact: dict[str, Any] = field(repr=False)
    subject: str  # I, they, owns or says
    over: bool = False


def plainly(text: str) -> str:
    """The text with its short forms written out ("I'm" → "I am"), straight quotes, no ums."""
    text = text.replace("’", "'").replace("‘", "'")
    for short, long in _SHORTS:
        text = short.sub(long, text)
    return text.strip()


def compiled(pattern: str) -> str:
    """The regular expression of a readable pattern."""
    return "".join(_tokens(plainly(pattern)))


def _tokens(pattern: str) -> Iterator[str]:
    for token in _TOKEN.finditer(pattern):
        placeholder, maybe, space, plain = token.groups(default="")
        if placeholder:
            yield _ASSORTED.get(placeholder) or f"(?:{placeholder})"
        elif maybe:
            ending = pattern[: token.start()][-1:].isalpha()  # call(s): the space after it stays
            yield (
                f"(?:{maybe})?{space}"
                if ending
                else f"(?:(?:{maybe}){'' if maybe.endswith(' ') else space})?"
            )
        else:
            yield re.sub(r"^ is\b", r"(?: is|'s)", plain).replace(" am ", " (?:am|are) ")


def _rules() -> Iterator[Rule]:
    facts = tomllib.loads(Path(__file__).with_name("lessons.toml").read_text("utf-8"))["fact"]
    for fact in facts:
        for said in fact.get("says", ()):
            yield _rule(rf"(?<![\w'-]){compiled(said)}", fact, "says")
        for over in (False, True):
            prefix = "no_more_" if over else ""
            for said in fact.get(prefix + "i", ()):
                does = re.sub(r"^am ", "(?:am|are) ", compiled(said))
                yield _rule(rf"(?<![\w'-])(?:I|we) {does}", fact, "I", over=over)
            for said in fact.get(prefix + "they", ()):
                yield _rule(rf"(?<![\w'-]){WHO} {compiled(said)}", fact, "they", over=over)
                if said.startswith("is "):
                    short = "'s" + compiled(said).removeprefix("is")
                    yield _rule(rf"(?<![\w'-]){WHO}{short}", fact, "they", over=over)
        for said in fact.get("no_more_says", ()):
            yield _rule(rf"(?<![\w'-]){compiled(said)}", fact, "says", over=True)
        for said in fact.get("owns", ()):
            yield _rule(rf"(?<![\w'-]){WHO}'s {compiled(said)}", fact, "they")


def _rule(pattern: str, fact: dict[str, Any], subject: str, *, over: bool = False) -> Rule:
    return Rule(re.compile(pattern + r"(?![\w])", re.IGNORECASE), fact, subject, over)


@cache
def rules() -> list[Rule]:
    """All of `lessons.toml`, compiled at the first use: a third of a second that no start waits for."""
    return list(_rules())
