"""What a reply in a supporting talk does: gives back, asks, advises. Labelled by words alone.

Written apart from the program (no table of its guard or manner is used), and checked by `bench.listening`
against the strategies that people wrote down for ESConv's supporters (Liu et al., ACL 2021), whose agreement
among themselves was fair at best; so the figures are compared between arms rather than taken alone. A reply
may do several things at once.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_ASKS = re.compile(
    r"^(?:(?:and|so|but|well|okay|oh|hi|hello|hey)[, ]+)*(?:(?:what|who|where|when|which|why|how|whose)\b(?! a\b)|"
    r"(?:do|does|did|is|are|was|were|have|has|can|could|will|would|should) (?:you|your|he|she|they|it|there|that|this|anyone)\b)",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"""
    \byou\ (?:\w+\ )?(?:should|could|can\ (?:always|also|try)|need\ to|ought|have\ to|must|might\ (?:want|try|consider|find)|may\ (?:want|try))\b|
    \b(?:have|did)\ you\ (?:guys\ |ever\ |both\ )?(?:asked\ (?:him|her|them)|checked|tried|try|considered|consider|thought\ (?:about|of)|looked\ into|talked\ to|spoken\ (?:to|with))\b|
    \bwhy\ (?:don't\ you|not)\b|\b(?:how|what)\ about\ (?:you\ |a\ |an\ |\w+ing)|\bwhat\ if\ you\b|\bif\ i\ were\ you\b|\b(?:can|could)\ you\ (?:maybe\ )?(?:talk|ask|speak|try|call|go|get|find|take)\b|
    \bi(?:'d|\ would)\ (?:definitely\ |also\ |probably\ |just\ )?(?:\w+\ )?(?:look|reach|talk|try|ask|go|tell|start)\b|\b(?:best|important)\ (?:thing|way)\b|
    \b(?:that's|that\ is)\ what\ i\ would\ do|\bbenefit\ from\b|\btime\ to\ (?:move|seek|talk|let|find)|\bdo\ need\ to\b|
    \bi(?:'d|\ would|\ will)?\ (?:really\ |strongly\ )?(?:suggest|recommend|advise|encourage|urge)\b|\bmy\ (?:advice|suggestion)\b|
    \b(?:it|that|this)\ (?:might|may|could|would|can)\ (?:really\ |also\ )?(?:help|be\ (?:good|best|helpful|worth|a\ good))|
    \b(?:maybe|perhaps)\ (?:you|try|consider|just|talk|ask|take|find|start|it's\ time)\b|\blet's\ (?:try|start|think)|
    \b(?:consider|try)\ (?:to\b|\w+ing\b|a\b|some\b|the\b|not\b)|\bremember\ (?:to|that)\b|\bmake\ sure\b|\bit's\ (?:best|important|okay|good)\ to\b|
    (?:^|[.!?,]\ )(?:please\ |just\ |then\ |so\ |and\ |also,?\ )*(?:talk\ to|speak\ (?:to|with)|reach\ out|ask\ (?:him|her|them|your|for)|tell\ (?:him|her|them|your)|
    take\ (?:a|some|care|time|it|deep|breaks)|give\ (?:yourself|it|him|her|them)|focus\ on|find\ (?:a|some|someone|time)|look\ (?:for|into|at)|write\ (?:down|a|it)|
    keep\ (?:trying|going|your|a)|be\ (?:patient|honest|kind|yourself|strong|open)|set\ (?:a|some|boundaries)|start\ (?:by|with|a)|practice|avoid|
    stay\ (?:positive|strong|calm)|don't\ (?:give|let|worry|be|forget|hesitate)|go\ (?:for|to)\ (?:a|the)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WOULD = re.compile(
    r"^i(?:'d|\ would) (?!guess|say|call|think|be glad|love|like to (?:know|hear))|^something like,",
    re.IGNORECASE,
)
_BEGUN = r"^(?:(?:and|so|but|well|okay|ok|oh|ouch|wow|ah|yes|yeah|right|i see|it is|i understand(?: that)?|i get it)[,. ]+)*"
_READS = re.compile(
    _BEGUN
    + r"""(?:
    (?:it|that|this)?\ ?(?:really\ |just\ )?(?:sounds?|seems?|appears)\b|you(?:\ really|\ just|\ also)?\ (?:must|seem|sound|feel|felt|appear|feeling)\b|
    so\ (?:u|you|he|she|they|your|the)\b|i\ (?:can\ |could\ )?(?:only\ |totally\ |really\ |completely\ )?(?:hear|see|sense|imagine|understand|tell)\ (?:that|how|why|you|your|it)\b|
    (?:that|it|this)\ must\b|you(?:'re|\ are|\ were)\ (?:feeling|worried|afraid|scared|torn|hurt|upset|sad|angry|struggling|dealing|going)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TURNED = re.compile(
    _BEGUN
    + r"(?:you(?:'re|'ve|'d| are| were| have| had| want| don't| can't| miss| worry| care)?|your|he|she|they)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(r"\b(?:maybe|i'd guess|i think|if i hear|i'd say|i hear|underneath)\b", re.IGNORECASE)
_FEELING = re.compile(
    r"\b(?:angry|anger|annoyed|irritation|sad(?:ness)?|grief|griev\w+|disappoint\w+|let down|fear|scared|afraid|worr(?:y|ied)|nervous\w*|embarrass\w*|"
    r"guilt\w*|hurt(?:ing)?|tired(?:ness)?|exhausted|lonel\w+|asham\w+|shame|joy|happy|excite\w+|relie[fv]\w*|proud|pride|grateful|hope\w*|frustrat\w*|"
    r"overwhelm\w*|anxi\w+|stress\w*|depress\w*|upset|confus\w*|torn|doubt|longing|love|tender\w*|betray\w*|unappreciated|insecure|helpless)\b",
    re.IGNORECASE,
)
_OF_HERSELF = re.compile(r"\b(?:i|i've|i'm|i'd|my|me|mine)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z']+")
_COMMON = frozenset(
    "a an the and or but so to of in on at with for from by about is are was were be been being it that this these those there you your i my me "
    "he she they him her them his their we us our what who when where how which why do does did have has had not no yes would could can will just very "
    "really all as if then than too up out go going get got like know think well yeah okay oh hi hello hey thank thanks good great sure more some any "
    "one time now much also because into over after before don't didn't it's i'm that's you're feel feeling sorry make made way thing things lot".split()
)
SHARED = 0.3
"""A statement gives back what was said when at least so many of its telling words are the person's own."""


def question(reply: str) -> bool:
    """Whether it asks."""
    return "?" in reply or any(_ASKS.match(each) for each in _sentences(reply))


def advice(reply: str) -> bool:
    """Whether it tells what to do, or proposes it."""
    return any(_ADVISES.search(each) or _WOULD.match(each) for each in _sentences(reply))


def reflection(reply: str, heard: str) -> bool:
    """Whether it gives back what was `heard` (the person's last words): in their words, or naming the feeling."""
    return any(_gives_back(each, heard) for each in _sentences(reply) if not advice(each))


def _gives_back(sentence: str, heard: str) -> bool:
    if _ASKS.match(sentence):
        return False
    if _READS.match(sentence) or (_FEELING.search(sentence) and _HEDGED.search(sentence)):
        return True
    own, theirs = _telling(sentence), {each[:5] for each in _telling(heard)}
    shared = bool(own) and sum(each[:5] in theirs for each in own) >= SHARED * len(own)
    if not shared or _OF_HERSELF.search(sentence):
        return False
    return bool(_TURNED.match(sentence)) or not sentence.endswith("?")


def _sentences(text: str) -> list[str]:
    return [each for each in _SENTENCE.split(text.replace("’", "'").strip()) if _WORD.search(each.lower())]


def _telling(text: str) -> list[str]:
    return [each for each in _WORD.findall(text.lower()) if each not in _COMMON and len(each) > 2]
