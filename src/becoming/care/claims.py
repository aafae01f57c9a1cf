"""Does a line claim something nobody said: a shared past, a name, a number, a relative, a wrong "he"?

Everything is judged by words alone, against `Known`; a doubtful line is refused, because she can
always say something smaller that is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from becoming.care.known import SMALL_NUMBERS, Known, content, plain, stem, words

_SHARED_PAST = re.compile(
    r"\b(?:you (?:said|told me|mentioned|were (?:saying|talking|telling)|asked me|described|wrote|talked about|"
    r"spoke of)|you've (?:told|said|mentioned|been (?:saying|telling|talking))|(?:as|like) you (?:said|told)|"
    r"last (?:time|night|week|month|year|summer|winter|spring|autumn)|yesterday|the other day|earlier (?:today|you)|"
    r"remember (?:when (?:we|you|i)|that (?:time|day|night)|how (?:we|you)|our)|i (?:do |still |also |will always )?(?:remember|recall)|"
    r"we(?:'ve| have)? (?:just )?(?:talked|spoke|spoken|said|met|discussed|shared|used to|chatted)|our last|"
    r"(?:this morning|tonight|today),? you|i (?:liked|loved|enjoyed) hearing(?: about)?)\b"
)
_DENIED = re.compile(
    r"\b(?:don't|do not|haven't|have not|hasn't|didn't|did not|never|nothing|no memory|not (?:yet|that i)|can't|"
    r"don't (?:think|know)|if you|what|which|who|whatever)\b"
)
_NUMBERS = (
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen"
).split()
_VALUES = {word: str(value) for value, word in enumerate(SMALL_NUMBERS)}
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december christmas easter thanksgiving halloween".split()
)
_CALENDAR_STEMS = frozenset(stem(word) for word in _CALENDAR)
_GREETING = re.compile(r"^(?:good night|go well|bye), ")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")
_VAGUE_NUMBERS = re.compile(r"\b(?:a hundred|thousand times|a million|a thousand|a dozen|hundred percent)\b")
_KIN: dict[str, frozenset[str]] = {
    role: frozenset(names.split())
    for names in (
        "mother mom mum mama ma", "father dad papa pa", "parents mother father mom dad", "sister sisters siblings",
        "brother brothers siblings", "wife spouse married", "husband spouse married", "son sons kid kids child",
        "daughter daughters kid kids child", "kids kid children child son daughter sons daughters",
        "children kids kid child son daughter", "boss manager supervisor", "manager boss", "landlord",
        "grandmother grandma granny nana oma", "grandfather grandpa granddad opa", "boyfriend partner", "girlfriend partner",
        "partner wife husband boyfriend girlfriend", "ex", "aunt", "uncle", "cousin", "neighbor neighbour neighbors",
        "roommate flatmate", "dog dogs puppy", "cat cats kitten", "coworker colleague coworkers colleagues",
        "colleagues colleague coworkers team", "team", "teacher", "doctor", "friend friends", "baby", "job work",
        "apartment flat place", "therapist",
    )
    for role in [names.split()[0]]
}  # fmt: skip
_YOUR_KIN = re.compile(rf"\byour (?:\w+ )?({'|'.join(_KIN)})\b")
HE = frozenset(
    "he he's he'd he'll him his himself dad father papa brother husband boyfriend son uncle grandpa grandfather man "
    "guy boy nephew mr gentleman king groom opa sir".split()
)
SHE = frozenset(
    "she she's she'd she'll her hers herself mom mum mother mama sister wife girlfriend daughter aunt grandma "
    "grandmother woman lady girl niece mrs ms queen bride oma sister-in-law".split()
)
THEY = frozenset(
    "they they're they've they'd they'll them their theirs friend friends boss manager coworker coworkers colleague colleagues "
    "neighbor neighbors neighbour neighbours parents family team kids children cousin teacher doctor landlord partner "
    "roommate people somebody someone everyone everybody nobody ex".split()
)
_SAYS_HE = frozenset("he he's he'd he'll him his himself".split())
_SAYS_SHE = frozenset("she she's she'd she'll her hers herself".split())
_CAPITAL = re.compile(r"(?<![.?!…:\"'“‘(—-] )(?<![\"“‘(])(?<!^)\b([A-Z][a-z]+(?:'[a-z]+)?)\b")
_NAMING = re.compile(
    r"(?:^|[.?!] )([A-Z][a-z]+)(?:'s)? (?:is|was|said|says|told|called|calls|will|would|has|had|wants|wanted|loves|"
    r"knows|knew|likes|thinks|thought|did|does|asked|came|went|left|lives)\b"
)
_NOT_NAMES = frozenset(
    "i i'm i've i'd i'll ok okay english god christ jesus tv mm hm that this it what who there here he she they you we "
    "everyone everybody nobody somebody someone anyone something nothing everything which one some then when where how "
    "and but so maybe".split()
)


def unsupported(text: str, known: Known) -> str | None:
    """The words of `text` that claim what nobody said, or None."""
    text = re.sub(r"\s+", " ", text)
    return (
        _past(text, known)
        or (
            None
            if known.facts
            else _names(text, known) or (None if known.imagining else _numbers(text, known))
        )
        or _kin(text, known)
        or _gender(text, known)
    )


def _past(text: str, known: Known) -> str | None:
    for line in plain(text).split("\n"):
        sentence = _GREETING.sub("", line)
        found = _SHARED_PAST.search(sentence)
        if not found or _DENIED.search(sentence):
            continue
        if found.group() in plain(known.utterance) and not sentence.startswith("i "):
            continue  # the person's own "yesterday", given back
        rest = [
            word
            for word in content(_ORDINAL.sub(" ", sentence.replace(found.group(), " ")))
            if word not in _CALENDAR_STEMS
        ]
        supported = [word for word in rest if word in known.stems]
        if not rest and found.group().startswith("you"):
            continue  # "You said it." needs no memory
        if len(supported) < max(1, 0.6 * len(rest)):
            return found.group()
    return None


def _names(text: str, known: Known) -> str | None:
    named = [*_CAPITAL.findall(text), *_NAMING.findall(text)]
    for name in named:
        lower = re.sub(r"'s$", "", name.lower())
        if lower in _NOT_NAMES or lower in known.shared_words or stem(lower) in known.stems:
            continue
        return str(name)
    return next((word for word in words(text) if word in _CALENDAR and word not in known.shared_words), None)


def _numbers(text: str, known: Known) -> str | None:
    heard = set(_as_numbers(known.shared_words))
    spoken = words(_VAGUE_NUMBERS.sub(" ", plain(text)))
    return next((number for number in _as_numbers(spoken) if number not in heard), None)


def _as_numbers(spoken: Iterable[str]) -> list[str]:
    numbers = (word for word in spoken if word[0].isdigit() or word in _NUMBERS)
    return [_VALUES.get(number, number) for number in numbers]


def _kin(text: str, known: Known) -> str | None:
    for sentence in plain(text).split("\n"):
        for found in _YOUR_KIN.finditer(sentence):
            named = ({found.group(1)} | _KIN[found.group(1)]) & known.shared_words
            if not named and not re.search(r"\b(?:haven't|never|not|nothing)\b", sentence):
                return found.group()
    return None


def _gender(text: str, known: Known) -> str | None:
    spoken = set(words(text))
    recent = {word for line in [known.utterance, *known.heard[-6:], *known.said[-3:]] for word in words(line)}
    for said, own, other in ((_SAYS_HE, HE, SHE), (_SAYS_SHE, SHE, HE)):
        wrong = spoken & said
        if wrong and not recent & own and recent & other:
            return next(iter(sorted(wrong)))
    return None
