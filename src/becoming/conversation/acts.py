"""What an utterance does, as far as its words show it: greets, asks, thanks, corrects, says goodbye.

The dialogue act is found by patterns that anybody can read; the first rule that fits decides. No model is
asked, so an act is known on a partial transcript while the person is still speaking (microseconds), and
tested line by line. What is only told has no act: `stance.py` decides what it asks for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from becoming.care.farewell import leaves
from becoming.conversation.kinds import Rule, Seen

FILLERS = frozenset("um uh uhm er erm hm hmm mm mhm ah oh well so like".split())

LITTLE = FILLERS | frozenset(
    "fine ok okay good alright nothing nope no yes yeah yep maybe dunno idk i don't know not much really sure perhaps "
    "whatever bad tired busy same usual the a bit guess suppose meh sort of kind huh wow interesting cool nice neat knew "
    "that never see right true".split()
)

_WORLD = re.compile(
    r"^(?:(?:and|so|but|okay|hey|anyway|do you know),? )*(?:what|what's|who|who's|when|where|which|why|how|is|are|"
    r"was|were|does|did|do)\b"
)
_OF_ME = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine|we|us|our)\b")
_OF_HER = re.compile(r"\b(?:you|you're|your|yours|yourself)\b")
_REQUEST = re.compile(
    r"^(?:(?:and|so|but|okay|then|fine|hey|please|well),? )*(?:(?:can|could|will|would) you |i need you to |"
    r"i want you to |remind me|set (?:an?|the|my)\b|call \w+|text \w+|order |send |play |turn (?:on|off|up|down)|"
    r"open |book |look up|google |search |write (?:an?|my)\b|email |put on|add |buy )"
)
_TALK_VERBS = re.compile(
    r"^(?:.*\b)?(?:can|could|will|would) you (?:please |just |maybe )*(?:listen|stay|tell|explain|help|talk|say|"
    r"repeat|hear|see|feel|smell|remember|think|imagine|be|wait|hold|give|make)\b"
)


def _has(source: str, within: float = math.inf) -> Callable[[Seen], object]:
    """Whether an utterance of no more words than this holds the pattern."""
    pattern = re.compile(source)
    return lambda seen: pattern.search(seen.line) and len(seen.words) <= within


def _of_her(seen: Seen) -> object:
    return _OF_HER.search(re.sub(r"(?:do(?:n't)? )?you (?:know|think)", "", seen.line))


ACTS: tuple[Rule, ...] = (
    ("company", "nothing was said but a pause", lambda t: FILLERS.issuperset(t.words)),
    (
        "company",
        "does not want to talk",
        _has(
            r"(?:don't|do not|not)(?: really)? (?:feel like|want to|wanna)(?: be)? talk|just (?:stay|sit|be) "
            r"(?:here|with)|stay here|be quiet|don't know (?:what|how) to say"
        ),
    ),
    (
        "company",
        "wants to be heard",
        _has(
            r"(?:don't|do not) (?:want|need) (?:any )?advice|no advice|just (?:want|need) to (?:talk|vent)|^.{0,12}can (?:i|we) talk\b|"
            r"need (?:someone|somebody) to talk|can you (?:just )?listen\b|is (?:someone|somebody|anyone) there"
        ),
    ),
    (
        "company",
        "asks whether to go on",
        _has(
            r"should i (?:just |maybe )?(?:(?:say|tell you|repeat|explain|paste|write|type|send|spell|start)(?: (?:it|that|this|all|of|everything|the|whole|thing|over|to|you|from|beginning))* again|"
            r"repeat (?:it|that|myself))\s*\??$|"
            r"^(?:[^?]{0,60}\byou\b[^?]{0,60}[,?.] (?:or )?)?(?:(?:so|and|okay|well|um|hmm),? )?should i (?:just )?(?:go on|continue|keep (?:going|talking))\s*\??$"
        ),
    ),
    ("goodbye", "says goodbye", lambda t: leaves(t.line)),
    ("thanks", "says sorry", _has(r"^(?:i'm |oh )?sorry\b(?! (?:to|for (?:him|her|them)))", within=6)),
    ("thanks", "says thanks", _has(r"\bthank|that help", within=8)),
    ("thanks", "says thanks", _has(r"^(?:thank you|thanks)\b(?! to\b)", within=14)),
    (
        "hello",
        "greets",
        lambda t: (
            len(t.words) <= 5
            and re.match(r"(?:hi|hey|hello|good (?:morning|afternoon|evening)|yo|it's me)\b", t.line)
            and not re.search(
                r"\b(?:i|i'm|my|we)\b(?! (?:am |'m )?(?:good|fine|well|okay|ok|great|back|here)\b)", t.line
            )
        ),
    ),
    (
        "corrected",
        "puts her right",
        _has(
            r"^no, (?:not|i said|it's|he's|she's|they're|i meant|that's)|i (?:said|meant) .*,? not\b|"
            r"(?:he|she|it|that)'s not (?:my|what|the|a)\b|you got (?:that|it) wrong|that's not (?:what|right|true)|"
            r"^i (?:never|didn't) sa(?:id|y) (?:that|so|it|anything like)\b"
        ),
    ),
    (
        "joke",
        "asks for a joke",
        _has(r"(?:tell|know|have|another|hear)\b.*\b(?:joke|riddle)|something funny|make me laugh"),
    ),
    (
        "tell",
        "asks for a story",
        _has(
            r"\btell (?:me|us) (?:a|an|another|one more)\b.*\b(?:story|tale)|(?:a|another) (?:\w+ )?story about\b.*\bplease"
        ),
    ),
    ("play", "plays", _has(r"knock,? knock|\bjust kidding")),
    (
        "play",
        "a joke is under way",
        lambda t: re.search(r"who's there\?|\bwho\?$", t.before.lower().strip()) and len(t.words) <= 9,
    ),
    (
        "leans",
        "leans on her alone",
        _has(
            r"only (?:one|person|friend) i (?:can |have|could |really )*(?:talk|$|to|left)?|nobody (?:else )?but you|"
            r"just (?:you and me|have you)|you're all i(?:'ve| have)|don't (?:have|need) anyone else"
        ),
    ),
    (
        "reading",
        "asks what she hears",
        _has(
            r"how (?:do|am) (?:you think )?i(?:'m| am)? (?:feel(?:ing)?|sound(?:ing)?)\b|what (?:do you think )?(?:am i|i'm|i am) feeling|"
            r"do i (?:sound|seem)\b|how do i (?:sound|seem)|what do you hear in"
        ),
    ),
    (
        "recall",
        "asks what she remembers",
        _has(
            r"(?:do|can|did|don't) you remember|what (?:did|have) i (?:tell|told|say|said)|did i (?:ever )?"
            r"(?:tell|say|mention)|what (?:did )?we (?:talk|talked|spoke|speak)|what was i|what were we|you forgot|remember (?:when|what|my|the)|where were we"
        ),
    ),
    (
        "ask",
        "wants advice, has not said on what",
        _has(r"^.{0,12}\b(?:need|want|could use)\b.{0,12}\badvice[.!]?$"),
    ),
    (
        "suggest",
        "asks for advice",
        _has(
            r"should (?:i|we)\b.*\?|what (?:would|should) (?:you|i|we)\b|how (?:do|can|could|should|would) i\b|"
            r"\badvice\b|any (?:idea|tip|suggestion)|decide for me|tell me what to|what do you (?:think|suggest|"
            r"recommend) i|would you (?:do|go|say|take|tell|ask|call|wait|stay)\b|what do i do\b|what am i (?:supposed|going|meant) to (?:do|say|tell)\b"
        ),
    ),
    (
        "decline",
        "asks her to do something",
        lambda t: _REQUEST.search(t.line) and not _TALK_VERBS.search(t.line),
    ),
    (
        "recall",
        "asks about their own life",
        _has(
            r"^(?:(?:and|so|but|hey|okay|wait|tell me),? )*(?:(?:what|who|where|when|which|whose|how (?:old|much|many|long))"
            r"(?:'s|'re)?\b(?! if\b)(?! (?:should|would|can|could|do you|are you|will you|to)\b)(?! do i do\b)|(?=(?:do|am|did|was|have) i\b))"
            r".*\b(?:my|i|we|our)\b.*\?$"
        ),
    ),
    ("about_her", "asks what she can do", _has(r"what (?:can|else can) you do|what are you able")),
    ("decline", "asks for what only the net knows", _has(r"\bweather\b.*\?|\bthe news\b.*\?|\bscore\b.*\?")),
    (
        "about_her",
        "asks about her",
        lambda t: (
            "?" in t.line
            and (
                (
                    _of_her(t)
                    and not _OF_ME.search(
                        re.sub(r"i'm not here|i swear|(?:see|hear|love|know|miss) me|to me", "", t.line)
                    )
                )
                or re.search(r"person on the other end", t.line)
            )
        ),
    ),
    (
        "about_her",
        "speaks about what she is",
        _has(r"\b(?:computer|a machine|software|robot|chatbot|an ai|a bot|you sound|you're not real)\b"),
    ),
    ("brief", "a word that says little", lambda t: LITTLE.issuperset(t.words)),
    (
        "inform",
        "asks about the world",
        lambda t: (
            "?" in t.line
            and _WORLD.search(t.line)
            and not _OF_ME.search(re.sub(r"\bfrom us\b", "", t.line))
            and not _of_her(t)
        ),
    ),
)
