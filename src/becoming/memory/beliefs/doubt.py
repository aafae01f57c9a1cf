"""When words are not to be taken at their word: questions, ifs, what others said, jokes, stories, pasted text.

Precision first: what is doubted is not lost, it is kept word for word like everything said; it is
only not believed at once.
"""

from __future__ import annotations

import re

LONGEST = 1500
"""Characters of what somebody says in one turn; more was pasted, and is somebody's text, not their word."""

_JOKES = r"just kidding|only kidding|i'?m kidding|kidding aside|(?<!stop )\bjoking\b|\blol\b|\blmao\b|\brofl\b|\bha(?:ha)+\b|\bhehe|/s\b|yeah,? right|april fool|\bpsych!|in my dreams|as if!|not!$|figure of speech|so to speak|😂|🤣"
_STORIES = (
    r"\bin (?:the|this|a|my|that|his|her) (?:film|movie|show|series|book|novel|story|song|game|play|dream|poem|sketch|scene)\b"
    r"|\b(?:lyrics|role-?play\w*|pretend\w*|my character|the character|the song goes|once upon a time|let's say|the line is|a quote|dreamt|dreamed"
    r"|test(?:ing)? sentence|for example|for instance|e\.g\.|my (?:last|final|previous) life)\b"
)
_MAIL = r"^(?:>|subject:|from:|sent:|to:|on .{5,60} wrote:|dear [a-z ]+,$|forwarded message)"
_TEXT = re.compile(f"{_JOKES}|{_STORIES}", re.IGNORECASE)
_PASTED = re.compile(_MAIL, re.IGNORECASE | re.MULTILINE)

_ASKS = re.compile(
    r"^(?:(?:so|and|but|well|hey|oh|ok|okay|now|wait|um|uh)[, ]+)*(?:"
    r"(?:who|what|when|where|why|how|which|whose)(?:'s|'re)?\b|"
    r"(?!(?:can|could|will|would) you (?:please )?(?:remind|ask me|stop|never|not|call me|keep))(?:do|does|did|is|are|am|was|were|can|could|would|should|shall|will|have|has|had|isn't|aren't|don't|doesn't|didn't)"
    r" (?:i|you|we|he|she|it|they|my|your|the|that|this|there|it's|(?-i:[A-Z]\w+))\b)",
    re.IGNORECASE,
)
_IRONY = re.compile(
    r"^(?:oh|ah|well|yeah)?[, ]*(?:great|wonderful|fantastic|brilliant|perfect|lovely|sure|awesome|terrific)\b[,.! ]"
    r"|\bjust love (?:it|how|when|being|having|the way)\b|\bsure,? (?:and )?i\b|\bapparently\b|\bsupposedly\b|\ballegedly\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:if|whether|unless|imagine|suppose|supposing|wonder\w*|say|assume|assuming|wish\w*|would|could|might|may|maybe|perhaps|possibly|"
    r"probably|think|thought|guess|suspect|believe|doubt|unsure|hope\w*|dream\w*|almost|nearly|used to|until|till|"
    r"want(?:ed|s)?|going to|gonna|planning|plan|trying|should|as though|like that|once said|as if|"
    r"said|says|saying|tells?|told|telling|goes|went like|was like|were like|is like|am like|be like|asks?|asked|asking|claim\w*|thinks|"
    r"reckons?|wrote|writes?|texted|texts|shouted|shouts|yelled|whispered|heard|hears|hear|answered|replied|swears?|swore|"
    r"insist\w*|jokes?|joked|assumes?|pretends?|believes|sings?|sang|reads?|not true that|isn't true that|false that|n't mean|"
    r"lied|lie|lying|remember when|back when|when|before|years ago|to think)\b",
    re.IGNORECASE,
)
_OWN_WORD = re.compile(
    r"\b(?:as|like)? ?i (?:said|told you|mentioned|say|was saying|am saying|must say|have to say|should say|should tell you|want to say|must tell you|"
    r"have to tell you|wanted to tell you|want you to know|wanted you to know|should mention|would say)(?: that)?\b|\bthat said\b|\bbelieve it or not\b"
    r"|\b(?:did i|have i) (?:tell|told) you\b|\bdid you know\b|\bi think i told you\b|\byou (?:should|must) know\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[^.]*?(?:\bif (?:only|i|we|it|you (?!like|want|don't mind|please|need))\b|\bin my head\b|\bor so (?:i|he|she|they)\b|\bi (?:guess|suppose|wish)\b|\bas (?:far as|hard as)\b|"
    r"\b(?:he|she|they|everyone|people) (?:said|says|claimed|claims|told me|thinks?)\b|\bwould be (?:nice|great)\b|\bor something\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”«»][^\"“”«»]*(?:[\"“”«»]|$)|(?<!\w)[‘'][^‘’']{3,}[’'](?!\w)")


def whole(text: str) -> bool:
    """Whether nothing of it is to be believed at once: a joke, a story, something pasted."""
    return len(text) > LONGEST or _TEXT.search(text) is not None or _PASTED.search(text) is not None


def sentence(words: str) -> bool:
    """Whether this sentence as a whole is a question or ironic."""
    return "?" in words[-3:] or _ASKS.search(words) is not None or _IRONY.search(words) is not None


def around(before: str, after: str) -> bool:
    """Whether what stands before or after a statement in its sentence takes it back."""
    return bool(_BEFORE.search(_OWN_WORD.sub(" ", before)) or _AFTER.search(after))


def unquoted(text: str) -> str:
    """The text without what is in quotation marks: somebody's words, perhaps not the person's."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)
