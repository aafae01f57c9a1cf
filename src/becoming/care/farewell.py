"""Whether somebody takes their leave, for now or for good.

A goodbye must be heard in any wording, since on it hangs that she closes with one warm sentence and asks
nothing. "I should go and talk to him" is none. The tables are read like those of `never.py`: one phrase a line.
"""

from __future__ import annotations

import re

from becoming.care.known import plain, says
from becoming.care.never import phrases

LONGEST = 22
"""Words; who says more is telling something."""

_SAID = phrases(r"""
    ^night( night)?[.!]*$
    (good ?night|nighty? night|good ?bye|bye(-| )?bye|bye|farewell|so long|cheerio|ciao|adios|laters?|see ya|cya)
    (ttyl|gtg|g2g|brb|peace out|over and out)
    (see|catch) (you|ya)( (later|tomorrow|soon|around|then|next (week|time)|on ([a-z]+day)))?(?! (as|in|like|how|for|with|can|have|look|all|at|both|guys|two|would|people|should|need|want|get))
    (talk|speak|chat)( (to|with) you)? (later|tomorrow|soon|again|another time|next time)
    (until|till) (tomorrow|next time|then|later)[.!]?$
    ^(okay |ok |alright |well |anyway )*take care[.,! ]*( bye)?$
    have a good (night|one|evening)
    (off|head(ed|ing)|going|crawling) to (bed|sleep|work)
    bed ?time( for me)?[.!]?$
    time for bed
    (my )?bed('s| is) calling
    i'm (falling asleep|nodding off)
    can't keep my eyes open
    i'm (off|out|leaving|going|going (home|offline)|heading (out|off|home)|outta here)( (now|then|for (today|tonight|now)))*[.!]?$
    i'm (signing|logging) off
    (signing|logging) off
    i'm (turning in|hanging up|calling it (a )?(night|day))
    i'm off to (work|school|class|bed|the [a-z]+|my [a-z]+('s)?)[.!]?$
    i'm done for (today|tonight|now|the day)
    that('s|'ll be| is| will be) (all|it|enough)( (for (today|tonight|now)|from me))?(,? (thanks|thank you|mira))?[.!]?$
    ^enough for (today|tonight|now)
    let's (stop|end|leave it)( it)? (here|there|at that|for (today|tonight|now))
    let's (call it a (night|day)|(talk|continue|pick this up|go on) (tomorrow|later|another time))
    (work|duty) calls
    ^(my|the) (bus|train|taxi|cab|uber|ride|food|dinner|lunch)('s| is) (here|coming|ready|leaving)[.!]?$
    ^dinner('s| is) ready
    ^my (phone|battery)('s| is) (about to die|dying|almost (dead|empty))
    ^my (lunch |coffee )?break('s| is) over
    ^(someone|somebody)('s| is) at the door
    ^my (mom|mum|dad|wife|husband|boss|friends?|girlfriend|boyfriend|sister|brother|kids?)('s| is| are) (calling|waiting( for me)?|home|here)[.!]?$
""")

_MUST = (
    r"(?:i(?:'ve|'d| have| would|'m| am)? ?(?:really |just |think i |probably )*(?:got to|gotta|have to|need to|must|should|better|"
    r"want to|like to|going to|gonna|will|'ll)|i'll|gotta|gonna|got to|time (?:for me )?to|it's time (?:for me )?to|(?:i )?think i'?(?: wi)?ll|"
    r"think i should|better)(?: (?:really|probably|just|also|now|try to))*"
)
_GO = (
    r"(?:go|run|leave|sleep|rest|get going|head (?:out|off|home|back)|hang up|log off|sign off|turn in|lie down|call it a (?:night|day)|"
    r"hit the (?:hay|sack|road)|stop|stop here|go offline|get off(?: (?:here|the phone))?|get (?:up early|ready for (?:bed|work|school))|"
    r"(?:go )?(?:get )?back to (?:work|it|bed|(?:my|the) [a-z]+)|get back to (?:work|it|(?:my|the) [a-z]+)|get (?:some|to) (?:sleep|rest|bed)|"
    r"(?:go )?(?:make|cook|eat) ?(?:breakfast|lunch|dinner)?|go (?:to|and) (?:bed|sleep|work|school|class|eat)|go home|"
    r"(?:go )?(?:pick up|feed|walk|catch|put) (?:my|the|some) [a-z]+(?: to bed)?|go see (?:my|the) [a-z]+|leave for (?:work|school|class))"
)
_AFTER = r"(?: (?:now|soon|then|first|for (?:now|today|tonight)|here|too|already))*"
_GOING = re.compile(
    rf"(?:^|[,.!] |\b(?:so|but|and|okay|sorry|thanks|well|anyway) ){_MUST} {_GO}{_AFTER}(?:$|[.,!])"
)

_TELLING = phrases(r"""
    (he|she|they|we|you|who|nobody|everybody|somebody) (said|says|say|told|left|wanted|never|always|just) .*(bye|goodbye|good ?night|go|leave)
    (said|say|saying|says|tell|kiss(ed)?|wave[ds]?) (her |him |them |me )?(good ?night|good ?bye|bye)
    (good ?bye|farewell) (party|letter|kiss|hug|dinner|speech|present|gift|drinks)
    take care of
    (can't|don't|couldn't|won't|never) (see|catch) (you|ya)
    i (don't|do not|can't|cannot|won't|didn't|never|couldn't) .*(go|leave|sleep|bed|bye)
    (before|if|when|whether|until|why|how|should i|do i) .*(go|leave|bed|sleep)
""")

_FOR_GOOD = phrases(r"""
    (stop|quit) (using|talking to) (this|you|it|the app|this (app|thing|program))( (for good|altogether|any ?more|forever|entirely))?[.!]?$
    i'm done with (you|this (app|thing|program))
    i (don't|do not) want (to (use|do) this|to talk (to|with) you|you) any ?more
    (delete|erase|uninstall|remove) (yourself|you|becoming|this (app|program)|everything and (you|yourself)|(you|everything|it all) for good)
    i want (you|all of (this|it)|everything) (gone|deleted|erased)
    (delete|erase) everything[.!]?$
    (leaving|leave|goodbye) (you )?(for good|forever)
""")


def leaves(text: str) -> bool:
    """Whether these words take leave for now."""
    line = plain(text).replace("\n", " ")
    if len(line.split()) > LONGEST or (
        "?" in line and not re.search(r"\b(?:tomorrow|later|soon|okay|ok)\?$", line)
    ):
        return False
    if not (_SAID.search(line) or _GOING.search(line)):
        return False
    return not _TELLING.search(line) or bool(re.search(r"\b(?:good ?night|bye)[.!]?$", line))


for_good = says(_FOR_GOOD)
"""Whether these words mean to stop with her altogether, or to have all of it deleted."""
