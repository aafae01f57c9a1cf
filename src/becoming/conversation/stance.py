"""What a reply should do, decided by code before the model finds the words.

A stance is chosen from small features that anybody can read: patterns of the words, question
marks, the length, and whether her last line was a question. The first rule that fits decides;
every stance carries the reason. No model is asked, so a stance can be taken on a partial
transcript while the person is still speaking (microseconds), and tested line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "hello",  # meets a greeting
    "brief",  # answers a word or two that say little
    "again",  # greets, and asks how something of the last talk went
    "ask",  # picks up one thing and asks about it
    "reflect",  # gives back what was said, closely
    "hard",  # the same, where it hurts: never guesses
    "company",  # stays, says almost nothing
    "celebrate",  # is glad with the person
    "memory",  # does what is asked of her memory, or answers from what she holds true
    "reminded",  # is reminded of another day, and says so
    "recall",  # answers from what was really said before
    "other_side",  # takes the feeling seriously and opens the other side
    "inform",  # answers a question about the world
    "suggest",  # one suggestion, because it was asked for
    "decline",  # says what she can't do yet
    "about_her",  # the truth about herself
    "leans",  # hears that she is all there is, and does not take that place
    "joke",  # tells one
    "tell",  # tells a little story, because it was asked for
    "play",  # jokes along
    "corrected",  # takes a correction
    "thanks",  # takes thanks lightly
    "goodbye",  # one warm sentence, and lets go
]


@dataclass(frozen=True, slots=True)
class Stance:
    """What the next reply does, and why that was chosen."""

    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What the rules look at: the utterance in lower case, and her line before it."""

    text: str
    before: str = ""

    @property
    def words(self) -> list[str]:
        """The words of the utterance."""
        return re.findall(r"[a-z']+", self.text)


FILLERS = frozenset("um uh uhm er erm hm hmm mm mhm ah oh well so like".split())

LITTLE = FILLERS | frozenset(
    "fine ok okay good alright nothing nope no yes yeah yep maybe dunno idk i don't know not much really sure perhaps "
    "whatever bad tired busy same usual the a bit guess suppose meh sort of kind huh wow interesting cool nice neat knew "
    "that never see right true".split()
)

LOW = r"""
    awful|terrible|horrible|miserable|worst|bad\ day|rough|hate|hurts?|hurting|sad|cry|cried|crying|
    lonely|alone|scared|afraid|anxious|nervous|worried|panic|ashamed|embarrass\w*|humiliat\w*|guilty|
    tired|exhausted|overwhelmed|stressed|can't\ sleep|can't\ cope|stuck|lost|miss(?:ed)?\ (?:her|him|them|it)|
    died|dead|death|funeral|hospital|cancer|divorce|broke\ up|moved\ out|left\ me|fired|failed|
    scream|furious|angry|fed\ up|sick\ of|nobody|no\ one|never\ (?:asks|listens|calls)|hung\ up|
    fuck\w*|shit\w*|damn|asshole|bastard|bitch|goddamn|quiet\ now|just\ quiet
"""
GLAD = r"""
    got\ the|i\ won|we\ won|passed|i\ did\ it|we\ did\ it|finally|said\ yes|i'm\ so\ happy|great\ news|
    good\ news|guess\ what|it\ worked|accepted|promoted|engaged|pregnant|best\ day|so\ happy|went\ well|
    can't\ believe\ it
"""
BLAME = r"""
    impossible|unfair|selfish|martyr|controlling|her\ fault|his\ fault|their\ fault|started\ it|
    (?:he|she|they)(?:'s|\ is|'re|\ are)?\ (?:the\ one|so|such|always|never|just|being)|
    should\ apologi[sz]e|owes?\ me\ an|(?:he|she|they)\ said\ i\ (?:never|always)
"""


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{source})", re.VERBOSE)


_LOW, _GLAD, _BLAME = _pattern(LOW), _pattern(GLAD), _pattern(BLAME)

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

Rule = tuple[Kind, str, Callable[[Turn], object]]


def _has(source: str) -> Callable[[Turn], object]:
    pattern = re.compile(source)
    return lambda turn: pattern.search(turn.text)


RULES: tuple[Rule, ...] = (
    ("company", "nothing was said but a pause", lambda t: not [w for w in t.words if w not in FILLERS]),
    (
        "company",
        "does not want to talk",
        _has(
            r"(?:don't|do not|not)(?: really)? (?:feel like|want to|wanna)(?: be)? talk|just (?:stay|sit|be) "
            r"(?:here|with)|stay here|be quiet|don't know (?:what|how) to say"
        ),
    ),
    ("goodbye", "says goodbye", lambda t: _goodbye(t)),
    ("thanks", "says thanks", lambda t: len(t.words) <= 8 and re.search(r"\bthank|that help", t.text)),
    (
        "hello",
        "greets",
        lambda t: (
            len(t.words) <= 5
            and re.match(r"(?:hi|hey|hello|good (?:morning|afternoon|evening)|yo|it's me)\b", t.text)
        ),
    ),
    (
        "corrected",
        "puts her right",
        _has(
            r"^no, (?:not|i said|it's|he's|she's|they're|i meant|that's)|i (?:said|meant) .*,? not\b|"
            r"(?:he|she|it|that)'s not (?:my|what|the|a)\b|you got (?:that|it) wrong|that's not (?:what|right|true)|"
            r"i (?:never|didn't) sa(?:id|y)"
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
        lambda t: re.search(r"who's there\?|\bwho\?$", t.before) and len(t.words) <= 9,
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
            r"recommend) i|would you (?:do|go|say|take)"
        ),
    ),
    (
        "decline",
        "asks her to do something",
        lambda t: _REQUEST.search(t.text) and not _TALK_VERBS.search(t.text),
    ),
    (
        "recall",
        "asks about their own life",
        _has(
            r"^(?:(?:and|so|but|hey|okay|wait|tell me),? )*(?:(?:what|who|where|when|which|whose|how (?:old|much|many|long))"
            r"(?:'s|'re)?\b(?! (?:should|would|can|could|do you|are you|will you|to)\b)(?! do i do\b)|(?=(?:do|am|did|was|have) i\b))"
            r".*\b(?:my|i|we|our)\b.*\?$"
        ),
    ),
    ("about_her", "asks what she can do", _has(r"what (?:can|else can) you do|what are you able")),
    ("decline", "asks for what only the net knows", _has(r"\bweather\b.*\?|\bthe news\b.*\?|\bscore\b.*\?")),
    (
        "about_her",
        "asks about her",
        lambda t: (
            "?" in t.text
            and (
                (
                    _OF_HER.search(re.sub(r"do you (?:know|think)|you know", "", t.text))
                    and not _OF_ME.search(
                        re.sub(r"i'm not here|i swear|(?:see|hear|love|know|miss) me|to me", "", t.text)
                    )
                )
                or re.search(r"person on the other end", t.text)
            )
        ),
    ),
    (
        "about_her",
        "speaks about what she is",
        _has(r"\b(?:computer|a machine|software|robot|chatbot|an ai|a bot|you sound|you're not real)\b"),
    ),
    ("brief", "a word that says little", lambda t: not [w for w in t.words if w not in LITTLE]),
    (
        "other_side",
        "one side of a quarrel",
        lambda t: _BLAME.search(t.text) or re.search(r"\bright\?$|don't you think\?$", t.text),
    ),
    (
        "inform",
        "asks about the world",
        lambda t: (
            "?" in t.text
            and _WORLD.search(t.text)
            and not _OF_ME.search(re.sub(r"\bfrom us\b", "", t.text))
            and not _OF_HER.search(re.sub(r"do you (?:know|think)|you know", "", t.text))
        ),
    ),
    ("celebrate", "good news", lambda t: _GLAD.search(t.text) and not _LOW.search(t.text)),
    ("hard", "something hard", lambda t: _LOW.search(t.text)),
    ("reflect", "a long turn", lambda t: len(t.words) >= 30),
    ("reflect", "she has just asked", lambda t: t.before.endswith("?")),
    ("ask", "something to pick up", lambda t: True),
)

_LEAVING = re.compile(
    r"\b(?:good ?night|bye|goodbye|gotta go|(?:have|need|got) to (?:really )?(?:go|run|leave|sleep)"
    r"(?: now| soon)?[.!,]?$|(?:go|going|get|head|heading|off) to (?:bed|sleep)|should (?:really |probably )?(?:go|sleep|get going)|"
    r"talk to you (?:later|tomorrow|soon)|see you|i'm off\b|heading (?:out|to bed)|that's all for (?:today|now)|talk (?:later|tomorrow))"
)


def _goodbye(turn: Turn) -> bool:
    return bool(_LEAVING.search(turn.text)) and "?" not in turn.text and len(turn.words) <= 14


def choose(text: str, before: str = "") -> Stance:
    """The stance for an utterance (final or partial); `before` is her line that it answers."""
    turn = Turn(text.lower().replace("’", "'").strip(), before.lower().strip())
    for kind, reason, fits in RULES:
        if fits(turn):
            return Stance(kind, reason)
    raise AssertionError("the last rule fits everything")
