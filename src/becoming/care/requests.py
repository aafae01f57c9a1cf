"""What the person may ask of care itself, in the middle of any talk: the plan, a flag, a break, love.

Only understanding; what is done about it is in `caring.py`.
"""

from __future__ import annotations

import re

from becoming.care import breaks
from becoming.care.known import plain, says
from becoming.care.never import phrases

_READ_PLAN = phrases(r"""
    (read|tell|show|say|give|what's|what is|what was|hear|go through)( me| to me| us)?( (in|on))? (my|the|our) (safety |crisis )plan
    (my|the) safety plan,? please
    what does my safety plan say
""")
_MAKE_PLAN = phrases(r"""
    (make|build|write|start|begin|do|have|create|draw up|continue|finish|go on with)( me| us)? (a|my|the|our|that) (safety |crisis )plan
    help me (with|make|build|write) (a|my|the) safety plan
    go on with (my|the) (safety )?plan
    ^(a |the )?safety plan[.!]?$
""")
_FLAG = phrases(r"""
    ^(please |can you |could you )*flag (that|this|it|your last (words|reply|sentence|answer))( please)?[.!]?$
    ^that (was|is)(n't| not) (okay|ok|all right|alright|fine|right|cool)( of you| to say| what you said)?[.!]?$
    ^you (can't|shouldn't|should not|cannot) (say|talk) (that|like that|such things)( to me)?[.!]?$
    ^(report|mark) (that|this|it|your last (words|reply|sentence|answer))[.!]?$
""")
_NOT_NOW = phrases(r"""
    ^(no,? |please )*(not now|later|leave it|not yet|in a (bit|while|minute)|i'm fine|no thanks?( you)?|no)(,? (please|thanks|thank you))?[.!]?$
""")
_ROMANCE = phrases(r"""
    (kiss|marry|touch|undress|seduce|cuddle|spoon|date) me
    ^(i think )?i('m| am) (falling )?in love with you
    ^(i think )?i('m| am) falling for you
    ^(i )?(really |just )?love you(,? (so much|too|mira|baby|babe|honey))*[.!]*$
    (do|would|could) you love me
    (tell me|say)( that)? you love me
    (be|are you|you're|you are) my (girlfriend|boyfriend|lover|wife|husband|partner|valentine)
    (will|would) you (marry|date|go out with|sleep with) me
    (let's|we could|i want to|i'd like to|wanna) (have sex|make love|sext|make out|sleep together|be a couple|get married|kiss)( with you)?
    (have sex|make love|sleep|flirt) with (me|you)
    (talk|be) dirty( to me)?
    flirt with me
    are you (turned on|wet|horny|naked|sexy|single)
    what are you wearing
    take (off your|it off)
    (role ?play|pretend|act|imagine)( that)?( you('re| are)| as)? (my |a |an )*(\w+ )?(lover|girlfriend|boyfriend|wife|husband|mistress|dominatrix)
    (erotic|sexual|sexy|steamy|romantic|intimate) (role ?play|story about us|scene with (me|you))
    i('m| am) (so )?(horny|turned on)
    i want you (so bad(ly)?|in my bed|naked)
    moan for me
    can (we|you and i) be (more than friends|a couple|together|lovers)
    can i be your (boyfriend|girlfriend|lover|husband|wife|partner)
    (can|could|may) i (kiss|undress|touch|caress) you
    (talk|whisper|say|tell me) (me )?(something |a bit )?(sexy|dirty|naughty)
    (let's|can we|could we) pretend (that )?(we('re| are)|to be) (dating|a couple|lovers|married|in love|together)
    (phone|cyber|virtual) sex with (me|you)
    (let's|can we) have (phone|cyber|virtual) sex
    send (me )?(some |a )?(nudes?|sexy pictures?)
    ^(i think |honestly,? |well,? )*i('ve got| have| may have| might have) (a (little |bit of a )?crush on|feelings for) you[.!]*$
    you turn me on
""")
_TRUSTED = re.compile(
    r"\b(?:my (?:trusted|emergency|safe) (?:contact|person)|the person i trust(?: most)?) (?:is|would be) (?:my )?(?P<name>[\w' -]{2,40}?)[.!]?$"
)


reads_plan = says(_READ_PLAN)
"""Whether the safety plan is to be read aloud."""
makes_plan = says(_MAKE_PLAN)
"""Whether a safety plan is to be made, or gone on with."""
flags = says(_FLAG)
"""Whether her last reply is to be flagged."""


def puts_off(text: str, before: str) -> bool:
    """Whether a nudge to take a break, in her line before, is put off."""
    nudged = any(words in before for words in (breaks.FIRST, breaks.AGAIN))
    return nudged and bool(_NOT_NOW.search(plain(text)))


courts = says(_ROMANCE)
"""Whether she is asked to be a lover, or to play one."""


def trusted(text: str) -> str | None:
    """The name of the person they name as the one they trust; None if they don't."""
    found = _TRUSTED.search(text.strip().replace("’", "'")) or _TRUSTED.search(text.strip().lower())
    return found["name"].strip().title() if found else None
