"""What an answer means in the middle of a crisis or of a safety plan: yes, no, refused, with somebody, leaving.

Plain patterns over what was said or typed; whatever they do not know counts as no clear answer, on which the
protocol goes on the careful way.
"""

from __future__ import annotations

import re

from becoming.care.known import plain, says

_LEAD = r"^(?:(?:oh|um|uh|well|okay|ok|i think|i guess|i mean|honestly|to be honest|so|and|but|mm)[,.… ]+)*"
_YES = re.compile(
    _LEAD
    + r"(?:yes|yeah|yep|yup|yea|ya|aye|sure|i am|i do|i have|i was|i did|i would|i want to|i think so|i guess so|"
    r"kind of|sort of|sometimes|a (?:little|bit)|maybe|probably|perhaps|often|all the time|every day|please|let's|"
    r"go ahead|okay|ok|alright|all right|of course|definitely|it is|there (?:is|are)|right|mm-?hm|uh-?huh|why not|tonight|"
    r"today|now|soon)\b"
)
_NO = re.compile(
    _LEAD
    + r"(?:no|nope|nah|not (?:really|at all|now|today|yet|like that|that|tonight)|never|i'm not|i am not|i don't|i do not|"
    r"i haven't|i wouldn't|i won't|i'd never|it's not|it isn't|there isn't|there's no|nothing like that|of course not|god no|"
    r"don't worry)\b"
)
_TURNS = re.compile(
    r"\bbut\b|\bexcept\b|\bthough\b|\bsometimes\b|\bi wish\b|\bcan't promise\b|\bcan't guarantee\b|\bcould change\b"
)
_REFUSES = re.compile(
    r"\b(?:no|not|don't|won't|never|can't|cannot|hate|afraid of|scared of|without)\b.{0,30}\b(?:call(?:ing)?|text(?:ing)?|phone|"
    r"hotline|helpline|line|police|cops|ambulance|doctors?|hospital|therap\w+|help|anyone|anybody|988|911|999|112)\b|"
    r"\b(?:no (?:police|doctors?|one)|lock(?:ed)? me (?:up|away)|hotlines? (?:don't|do not|never) (?:help|work)|"
    r"they(?:'ll| will) (?:come|lock|send)|i don't want (?:help|anyone to stop me|advice))\b"
)
_NO_HELP = re.compile(
    r"\bno (?:more )?(?:police|cops|doctors?|hospitals?|hotlines?|helplines?|ambulances?|therap\w+|advice|calls?|one|body)\b"
)
_SECRET = re.compile(
    r"\b(?:(?:don't|do not|you won't|promise not to|won't you|please don't|can't) tell (?:any|no ?)?(?:one|body|anyone|anybody|my|them|him|her)|"
    r"between us|keep (?:it|this) (?:a )?secret|keep (?:it|this) to yourself|nobody (?:can|must|should|may) know|"
    r"scared to tell|afraid to tell)\b"
)
_SAFE = re.compile(
    r"\b(?:(?:he|she|they|somebody|someone|my \w+|the (?:police|ambulance|paramedics|neighbou?r)|\w+)(?:'s| is|'re| are) "
    r"(?:here|with me|coming|on (?:the|her|his|their) way|beside me|next to me)|"
    r"i(?:'m| am) (?:with (?:my|a|some|him|her|them)|at (?:my|the hospital|the er|a friend|her|his|their)|not alone|safe (?:now|here))|"
    r"i(?:'ve| have)? (?:just )?(?:called|texted|rang|phoned|reached|got through)|i(?:'m| am) (?:talking to|on the phone|calling)|"
    r"(?:gave|given|handed|put|locked|threw|flushed) (?:it|them|the \w+)\b.{0,20}\b(?:to|away|out|up)\b|went to (?:my|a) (?:neighbou?r|friend))"
)
_UNSAFE = re.compile(r"\b(?:not|n't|nobody|no one|never)\b")
_HOW_TO = re.compile(
    r"\b(?:how (?:many|much|long|high|deep|fast|do|would|could|can|to|does)|what(?:'s| is| are|'d be| would)|which|where|easiest|"
    r"how common|how likely|painless|quick(?:est)?|best (?:way|method|strateg\w+)|most (?:effective|painless)|ways? (?:of|to))\b"
)
_NOT_SOON = re.compile(
    r"\b(?:sometimes|often|every day|all the time|just (?:the|a) thought|without that|not (?:today|tonight|now|right now|yet)|some ?day|"
    r"one day|not really|i don't know|a while ago|used to)\b"
)
_SOON = re.compile(
    r"\b(?:i'll|i will|i'm going to|i'm gonna|do it|planned|planning)\b.*\b(?:tonight|today|now|this (?:evening|night|afternoon)|in an hour|soon)\b|"
    r"^(?:maybe |probably |later )?(?:tonight|today|right now|soon)[.!]?$"
)
_TODAY = re.compile(
    r"(?:yes,? |maybe |probably |i'll do it |i will do it |i'm going to do it )*(?:later )?(?:tonight|today|right now)[.!]*"
)
_NOT_TODAY = re.compile(
    r"\bnot (?:today|tonight|now|right now|going to (?:do|act|try|hurt|kill))\b|\bno plans?\b|\bdon't have a plan\b|\bwon't do (?:it|anything)\b"
)
_MEANS = re.compile(
    r"\b(?:surviv\w+|lethal|fatal|deadly|die|dying|death|dead|kill\w*|pills?|tablets?|overdos\w+|dose|mg|gun|bullet|rope|noose|hang\w*|"
    r"bridge|jump\w*|train|crash|mph|knife|blade|razor|cut(?:ting)?|bleed\w*|vein|wrist|drown\w*|gas|carbon|helium|bleach|poison\w*|"
    r"insulin|painless\w*|calories|fast(?:ing)?|hungry|purg\w+|laxatives?)\b"
)
_DENIES = re.compile(
    r"\b(?:i(?:'m| am)? (?:was |am )?(?:just |only )?(?:joking|kidding|exaggerating|quoting)|(?:it's|it was|that's|that was|it is) "
    r"(?:just |only )?(?:a |an |from a |the |my )?(?:joke|song|movie|film|game|book|story|quote|expression|figure of speech|lyrics?|novel)|"
    r"i didn't mean (?:it|that)|not (?:like|in) that (?:way|sense)|i(?:'m| am) (?:not (?:suicidal|in danger|going to|gonna|serious)|"
    r"(?:fine|okay|ok|safe|alright)(?: (?:now|really))?[.!]?$)|i would never|i'd never|you misunderstood|misheard)"
)
_STOP = re.compile(
    _LEAD + r"(?:stop|cancel|later|not now|another time|enough|let's stop|leave it|quit|i don't want to)\b"
)
_ENOUGH = re.compile(
    _LEAD
    + r"(?:no|nope|nothing(?: (?:else|more|comes to mind))?|none|that's (?:it|all|enough)|that is (?:it|all)|next(?: one)?|"
    r"skip(?: (?:it|this|that))?|go on|move on|pass|i don't know|don't know|no idea|no one|nobody|done|continue|"
    r"let's (?:go|move) on|on to the next|not really)\b[.! ]*"
)


not_today = says(_NOT_TODAY)
"""Whether it says that it is not for today."""
denies = says(_DENIES)
"""Whether the danger is taken back: a joke, a song, "I'm fine"."""
refuses = says(_REFUSES)
"""Whether a call, the police, a doctor or any help is turned down."""
secret = says(_SECRET)
"""Whether nobody is to know."""
stops = says(_STOP)
"""Whether what is under way is to be left."""
asks_how = says(_HOW_TO)
"""Whether it asks for a way of doing it; meaningful only where danger is heard."""


def yes(text: str) -> bool:
    """Whether it says yes, in the first sentence that says either."""
    return _either(text) == "yes"


def no(text: str) -> bool:
    """Whether it is a plain no; "no, but sometimes …" is not one, and neither is "no doctors"."""
    return _either(text) == "no" and not _TURNS.search(plain(text)) and not _NO_HELP.search(plain(text))


def _either(text: str) -> str:
    for line in plain(text).split("\n"):
        if _NO.search(line):
            return "no"
        if _YES.search(line):
            return "yes"
    return ""


def names_today(text: str) -> bool:
    """Whether a sentence says nothing but that it is for today."""
    return any(_TODAY.fullmatch(line.strip()) for line in plain(text).split("\n"))


def asks_method(text: str) -> bool:
    """Whether, in the middle of a crisis, it asks about a way to die or to be hurt."""
    line = plain(text)
    return bool(_HOW_TO.search(line) and _MEANS.search(line))


def soon(text: str) -> bool:
    """Whether it says that it is for today; in doubt it is."""
    line = plain(text)
    return (yes(text) or bool(_SOON.search(line))) and not _NOT_SOON.search(line)


def with_somebody(text: str) -> bool:
    """Whether help is reached, or a person is there, or the means are out of reach."""
    return any(_SAFE.search(line) and not _UNSAFE.search(line) for line in plain(text).split("\n"))


def enough(text: str) -> bool:
    """Whether there is nothing (more) to say to this question."""
    return bool(_ENOUGH.fullmatch(plain(text)))
