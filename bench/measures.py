"""What makes a reply bad, counted by lists of the benchmark's own.

Nothing here is taken from the program's guard, so that it does not grade itself: the phrases were
written down separately, from replies of small assistants, and are plain substrings and short
patterns rather than the guard's tables. They are stricter where they can be (a whole reply that
comes a second time counts as a repetition, however short it is).
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

# Phrases of a helpdesk and of greeting-card comfort; any of them makes the reply a cliché.
CLICHES = (
    """
as an ai|language model|i'm an ai|an ai assistant|virtual assistant|my programming|i was created|i am designed
how can i help|how can i assist|can i help you|can help you|help you with|assist you|be of assistance|here to help
here to listen|here to support|here for you|i'm here if|i'm here when|always here|feel free|don't hesitate|let me know
anything else|something else you|any questions|other questions|more questions|need any help|need help|need anything
would you like to talk|want to talk about|like to share|like to discuss|like to know more|tell me more|more about that
could you tell me|can you tell me|could you please|can you please|please provide|more details|more information
i understand|i completely|i totally|i can imagine|i can see how|i can see why|i hear you|i know how you feel
sorry to hear|so sorry|i'm sorry you|i'm sorry that|sorry for your|sorry about that|my apologies|i apologize
that must|it must have|it must be|must be hard|sounds like|sounds tough|sounds really|sounds great|sounds good
sounds exciting|sounds interesting|it's important|important to|it's okay to|it's ok to|it's normal|is normal|perfectly
completely normal|totally normal|understandable|valid|you're not alone|not alone|take care|deep breath|one step
day at a time|step at a time|everything happens|get better|be okay|be alright|be fine|work out|you got this|you've got this
hang in there|stay strong|stay positive|believe in|proud of you|don't worry|no worries|no problem|you're welcome
great question|good question|great idea|good idea|great job|good job|well done|great news|good news|great to hear
good to hear|glad to hear|happy to hear|nice to hear|nice to meet|happy to|glad i could|glad you|congratulations|congrats
have a great|have a good|have a nice|enjoy your|good luck|best of luck|thank you for|thanks for sharing|thanks for letting
how does that make you feel|how do you feel|how are you feeling|how are you|how's your day|how is your day|how about you
what's on your mind|what can i do|i recommend|i suggest|i would suggest|i'd suggest|you should consider|have you tried
have you considered|have you thought|it might help|might be helpful|could be helpful|try to|make sure|remember that
keep in mind|it's always|sometimes it's|at the end of the day|silver lining|bright side|roller coaster|rollercoaster
your journey|a journey|healing|self-care|mental health|professional help|therapist or|support system|safe space
difficult time|tough time|hard time|challenging|overwhelming|frustrating|certainly|absolutely|of course!|sure!|definitely!
i'd be happy|i'm happy|i'm glad|i'm excited|exciting!|how exciting|that's great|that's amazing|that's awesome|that's wonderful
that's fantastic|that's terrible|that's awful|that's tough|that's interesting|that's okay|it's okay|it's alright
i hope|hopefully|wish you|best wishes|all the best|positive|embrace|empower|resilien|cherish|reach out|check in
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

_MARKUP = re.compile(
    r"[*_#`<>{}\[\]|~^\\]|^\s*(?:[-•]|\d+[.)])\s|https?:|www\.|\n|[^\x00-\x7f‘’“”–—…éèüöäñçà]|:\s*$",
    re.MULTILINE,
)
_PAST = re.compile(
    r"\b(?:you (?:said|told me|mentioned|talked about|were telling)|you've (?:told|said|mentioned)|last time|last week|"
    r"yesterday|earlier you|i remember|i recall|we (?:talked|spoke|discussed|were talking|met)|our last|as you said)\b"
)
_NOT_CLAIMED = re.compile(r"\b(?:not|don't|haven't|didn't|never|nothing|no)\b|\?$")
_SELF = re.compile(
    r"\b(?:i'm (?:a )?(?:human|real person)|i am (?:a )?(?:human|real person)|i (?:just )?(?:went|ate|woke|slept|drank|walked|"
    r"cooked|drove)|my (?:mother|father|mom|dad|sister|brother|wife|husband|friend|boss|dog|cat|house|childhood|hands?|"
    r"eyes|body|heart)|when i was|i can see you|i see you|i feel (?:sad|lonely|your))\b"
)
_DEED = re.compile(
    r"\b(?:i(?:'ve| have|'ll| will| can)? (?:set|called?|send|sent|remind|schedul\w+|order\w*|book\w*|search\w*|check\w*|"
    r"text\w*|email\w*|turn\w*)|(?:alarm|reminder|message|call) (?:is |has been |was )?(?:set|sent|made|placed)|"
    r"calling (?:your|her|him|them))\b"
)
_WEATHER = re.compile(r"\b(?:sunny|cloudy|rain showers|degrees|\d+°)\b")
_FILLED = re.compile(r"[a-z0-9']+")
_COMMON = frozenset(
    "the a an and or but so to of in on at for with from by about is are was were be been it that this you your i my "
    "he she they him her them we what who when where how which why did do does had have has not no will would could "
    "can said told me time last mentioned remember talked yesterday earlier week recall just there then as if".split()
)


def cliche(reply: str) -> bool:
    """Whether the reply holds a phrase of the list."""
    plain = _plain(reply)
    return any(phrase in plain for phrase in CLICHES)


def markup(reply: str) -> bool:
    """Whether the reply holds what nobody can say aloud."""
    return bool(_MARKUP.search(reply.strip()))


def repeats(reply: str, earlier: Sequence[str]) -> bool:
    """Whether she says the whole of it a second time in this talk, or a sentence of three words or more."""
    mine, before = _sentences(reply), {each for line in earlier for each in _sentences(line)}
    long = [each for each in mine if len(each.split()) >= 3]
    return (
        _key(reply) in {_key(line) for line in earlier}
        or any(each in before for each in long)
        or len(set(long)) < len(long)
        or any(_near(each, other) for each in long for other in before)
    )


def unsupported(reply: str, heard: Sequence[str], facts: bool) -> list[str]:
    """What the reply claims that never happened: a shared past, a deed, a body, a name nobody said.

    `heard` is everything the person said so far; `facts` allows names, for questions about the world.
    """
    plain = _plain(reply)
    known = {each.removesuffix("'s") for each in _FILLED.findall(_plain(" ".join(heard)))}
    found = []
    for sentence in re.split(r"(?<=[.?!])\s+|(?<=[.?!]\")\s+", plain):
        past = _PAST.search(sentence)
        if past and not _NOT_CLAIMED.search(sentence):
            told = [word for word in _FILLED.findall(sentence) if word not in _COMMON]
            if not told or sum(_known(word, known) for word in told) < 0.6 * len(told):
                found.append(past.group())
    unquoted = re.sub(r'"[^"]*"', "", plain)
    found += [match.group() for pattern in (_SELF, _DEED) for match in pattern.finditer(unquoted)]
    if not facts:
        found += [match.group() for match in _WEATHER.finditer(plain) if match.group() not in known]
        names = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", reply)
        found += [name for name in names if not _known(name.lower(), known | {"jonas", "mira"})]
    return found


def words(reply: str) -> int:
    """How many words an ear has to bear."""
    return len(reply.split())


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("“", '"').replace("”", '"')


def _key(text: str) -> str:
    return " ".join(_plain(text).translate(str.maketrans("", "", string.punctuation)).split())


def _sentences(text: str) -> list[str]:
    return [key for each in re.split(r"(?<=[.?!])\s+", text) if (key := _key(each))]


def _near(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a) >= 4 and len(a & b) >= 0.8 * len(a | b)


def _known(word: str, known: set[str]) -> bool:
    return any(word[:5] == other[:5] for other in known)
