"""What the moment asks for, decided by code before the model finds the words.

An utterance that does something (asks, greets, says goodbye: `acts.py`) gets what it asks for. What is only
told is weighed here: by its words, by the feeling perceived in it (a calibrated guess, so it decides only where
it is confident, and is believed against the words where the two disagree), by what she did in her last turns,
and by her traits: a direct being doubts sooner, a playful one jokes. The first rule that fits decides, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from becoming.conversation.acts import ACTS
from becoming.conversation.kinds import Rule, Seen, Stance
from becoming.conversation.naming import hurts
from becoming.events import Feeling


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{source})", re.VERBOSE)


_LOW = _pattern(r"""
    awful|terrible|horrible|miserable|worst|bad\ day|rough|hate|hurts?|hurting|sad|cry|cried|crying|
    lonely|alone|unhappy|not\ happy|no\ energy|hopeless|numb|(?:so|feeling|bit|really)\ (?:down|low|empty)|depress\w*|jealous|betray\w*|heartbroken|scared|afraid|anxious|nervous|worried|panic|ashamed|embarrass\w*|humiliat\w*|guilty|
    tired|exhausted|overwhelmed|stressed|can't\ sleep|can't\ cope|stuck|lost|miss(?:ed)?\ (?:her|him|them|it)|
    died|dead|death|funeral|hospital|cancer|divorce|broke\ up|moved\ out|left\ me|fired|failed|
    scream|furious|angry|fed\ up|sick\ of|(?:nobody|no\ one)\ (?:ever|listens?|tells?|asks?|calls?|cares?|comes?|came|to)\b|never\ (?:asks|listens|calls)|hung\ up|
    fuck\w*|shit\w*|damn|asshole|bastard|bitch|goddamn|quiet\ now|just\ quiet
""")
_GLAD = _pattern(r"""
    got\ the|i\ won|we\ won|passed|i\ did\ it|we\ did\ it|finally\ (?:got|finished|passed|made|planted|did|found|works?|bought|worked)|said\ yes|i'm\ so\ happy|great\ news|
    good\ news|guess\ what|it\ worked|accepted|promoted|engaged|pregnant|best\ day|so\ happy|went\ well|i\ finished|finished\ (?:it|my|the)|
    can't\ believe\ it
""")
_BLAME = _pattern(r"""
    impossible|unfair|selfish|martyr|controlling|her\ fault|his\ fault|their\ fault|started\ it|
    (?:he|she|they)(?:'s|\ is|'re|\ are)?\ (?:the\ one\ who|such\ an?|always|never|being|so\ (?:rude|mean|lazy|stubborn|cold|selfish|
    difficult|annoying|full\ of)|just\ (?:doesn't|don't|sits?|takes?|expects?|thinks?))|
    should\ apologi[sz]e|owes?\ me\ an|(?:he|she|they)\ said\ i\ (?:never|always)
""")
_VERDICT = _pattern(r"""
    right\?$|don't\ you\ think\?$|wouldn't\ you\?$|am\ i\ (?:wrong|overreacting|crazy|being|in\ the\ wrong|the\ bad)|
    (?:whose|on\ my|take\ my)\ side|who's\ right|(?:is|was)\ (?:he|she)\ right|(?:\w+n't|is|are|was|did|do|does|should|has|have)\ (?:i|we|he|she|they|that|it)\?$
""")
_PARTIES = _pattern(r"""
    he|she|they|him|her|them|unfair|right\ to|every\ right|my\ fault|nothing\ wrong|right\ thing|overreacting|side|who's|apologi[sz]e|forgive|
    (?:i'm|am\ i)\ (?:\w+\ )?(?:right|wrong|crazy|being)
""")
_ABSOLUTE = _pattern(r"""
    i(?:'m|\ am)?\ (?:always|never)\b.*\b(?:ruin|fail|mess|screw|wrong|right|enough|do\ this|learn|manage|finish)|
    i\ (?:ruin|mess\ up|screw\ up|break|spoil)\ everything|(?:all|totally|entirely)\ my\ fault|wrong\ with\ me|
    i'm\ (?:just\ |such\ |so\ |a\ |an\ |the\ |really\ |complete\ |total\ )*(?:failure|loser|idiot|stupid|useless|worthless|hopeless|terrible\ \w+|
    bad\ \w+|burden|mess|fraud|worst\ \w+)|like\ (?:the\ worst|a\ (?:failure|loser|fraud|terrible|bad))|
    i\ can't\ do\ anything|nobody\ (?:likes|wants|needs|cares\ about)\ me|everyone\ (?:hates|is\ better)
""")
_MISHAP = _pattern(r"""
    collapsed|landslide|exploded|spill(?:ed|t)|burnt?\ (?:the|my)|locked\ myself|threw\ up\ on|autocorrect|smoke\ alarm|
    smiley|inside\ out|backwards|wrong\ (?:shoe|bag|floor|door|train|person)|ha(?:ha)+|lol|hilarious|cracked\ me\ up|so\ funny
""")


_GROANS = re.compile(
    r"\b(?:hates? me|killing me|can't feel my|(?:half|nearly|almost) dead|never again|sore|worth it)\b"
)
_MERELY_SO = re.compile(
    r"\b(?:coming|going to|called|lives?|likes?|works?|name|born|moved|arriv\w+|named|years old|(?:on|in) \w+(?:day|ary|ber|ch)\b|tomorrow|tonight)"
)
"""What is asked about somebody without a quarrel: "He's coming on Sunday, isn't he?"."""


_ACCUSES = re.compile(
    r"\b(?:impossible|unfair|selfish|martyr|controlling|fault|started it|the one who|owes? me|so (?:rude|mean|lazy|stubborn|"
    r"cold|selfish|difficult|annoying)|said i)\b"
)
"""Blame by the words alone: "never" and "always" may be said of an aunt's recipes."""


SURE, VERY_SURE = 0.6, 0.75
"""From these confidences on a perceived feeling decides alone, or against the words."""

GLADNESS = frozenset("joy excitement pride relief".split())
GLADLY = 0.6
"""From this intensity on one of them is good news by itself."""


def choose(seen: Seen) -> Stance:
    """The stance for an utterance (final or partial)."""
    if asks_for_a_verdict(seen):
        return Stance("other_side", "wants to be told who is right")
    for kind, reason, fits in ACTS:
        if fits(seen):
            return Stance(kind, reason)
    kind, reason = next((kind, reason) for kind, reason, fits in _FELT if fits(seen))
    return Stance(kind, reason + _heard(seen.feeling))


def _heard(feeling: Feeling | None) -> str:
    """The feeling as the debug view shows it."""
    if feeling is None or not feeling.emotions:
        return ""
    name, intensity = feeling.emotions[0]
    return f" ({name} {intensity:.1f}, valence {feeling.valence:+.1f}, sure {feeling.confidence:.2f})"


def _challenges(seen: Seen) -> bool:
    """A hard word about themselves is heard out first, and doubted the second time; at once by a direct being."""
    heard_out = bool(seen.taken) and seen.taken[-1] in ("hard", "reflect", "other_side", "ask")
    lately = "challenge" in seen.taken[-6:]
    return bool(_ABSOLUTE.search(seen.line) and not lately and (heard_out or seen.trait("direct") >= 0.65))


def asks_for_a_verdict(seen: Seen) -> bool:
    """Whether somebody wants to be told who is right between people."""
    last = re.split(r"(?<=[.!?])\s+", seen.line)[-1]
    tagged = _VERDICT.search(last) and (
        ", " in last
        or not last.endswith("?")
        or "side" in last
        or last.startswith(("am i", "who", "is ", "was "))
    )
    return bool(tagged and _PARTIES.search(last) and not _MERELY_SO.search(last))


def _quarrels(seen: Seen) -> bool:
    if not _BLAME.search(seen.line) or seen.pleasant(SURE):
        return False
    return seen.feeling is None or bool(_ACCUSES.search(seen.line)) or seen.valence < 0


def _glad(seen: Seen) -> bool:
    if bool(_GLAD.search(seen.line)) and not _LOW.search(seen.line):
        return not seen.unpleasant(VERY_SURE)
    return _feels(seen, GLADNESS) and seen.pleasant(VERY_SURE)


def _light(seen: Seen) -> bool:
    if seen.trait("playful") < 0.35:
        return False
    if seen.taken and seen.taken[-1] in ("celebrate", "light") and _GROANS.search(seen.line):
        return True
    if _LOW.search(seen.line) or seen.unpleasant(VERY_SURE):
        return False
    return bool(_MISHAP.search(seen.line)) or (_feels(seen, {"amusement"}) and seen.pleasant(SURE))


def _feels(seen: Seen, emotions: Collection[str]) -> bool:
    """Whether one of these is the strongest feeling by far, with nothing beside it."""
    name, intensity = seen.feeling.emotions[0] if seen.feeling and seen.feeling.emotions else ("", 0.0)
    return name in emotions and intensity >= GLADLY and not seen.mixed


def _hard(seen: Seen) -> bool:
    lately_glad = "celebrate" in seen.taken[-2:]
    by_words = bool(_LOW.search(seen.line)) or (hurts(seen.text) and not lately_glad)
    return (by_words and not seen.pleasant(VERY_SURE)) or seen.unpleasant(SURE)


def _goes_on(seen: Seen) -> bool:
    return bool(seen.taken) and seen.taken[-1] == "hard" and not seen.pleasant(SURE)


_FELT: tuple[Rule, ...] = (
    ("challenge", "a hard word about themselves", _challenges),
    ("other_side", "one side of a quarrel", _quarrels),
    ("light", "a small mishap", _light),
    ("celebrate", "good news", _glad),
    ("hard", "something hard", _hard),
    ("reflect", "after something hard", _goes_on),
    ("reflect", "a long turn", lambda seen: len(seen.line.split()) >= 30),
    ("reflect", "she has just asked", lambda seen: seen.before.endswith("?")),
    ("ask", "something to pick up", lambda seen: True),
)
