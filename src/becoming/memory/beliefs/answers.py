"""Short answers made whole: after "What's your sister called?", "Iris." says that my sister is called Iris.

And "she" made plain: after "your sister", "her name is Iris" says the same.
"""

from __future__ import annotations

import re

from becoming.memory.beliefs.phrases import KIN_WORDS, plainly
from becoming.memory.people import GENDER, KIN

_ASKED = {
    rf"what(?:'s| is| was) (?:your|the name of your) (?P<kin>{KIN_WORDS})(?:'s name| called| name)?": "my {kin} is called {answer}",
    rf"what do you call your (?P<kin>{KIN_WORDS})": "my {kin} is called {answer}",
    rf"where (?:does|is) your (?P<kin>{KIN_WORDS}) (?:live|living|these days|now)": "my {kin} lives in {answer}",
    rf"what does your (?P<kin>{KIN_WORDS}) do": "my {kin} is a {answer}",
    r"where (?:do you live|are you living|are you based)|(?:which|what) (?:city|town) (?:do you live|are you) in": "I live in {answer}",
    r"where do you work|who do you work for": "I work at {answer}",
    r"what do you do(?: for (?:a living|work))?\b|what(?:'s| is) your job": "I am a {answer}",
    r"what (?:should|shall|can|may|do) (?:i|people|your friends|they) call you|what(?:'s| is) your name": "call me {answer}",
    r"how old are you": "I am {answer}",
    r"where (?:are you|do you come) from|where did you grow up": "I grew up in {answer}",
    r"what are you allergic to|(?:any|have) allergies": "I am allergic to {answer}",
    r"when(?:'s| is) your (?P<kin>[a-z][\w -]{2,30}?)\?": "my {kin} is on {answer}",
    r"(?:who(?:'s| is)) (?P<kin>[A-Z]\w+)": "{kin} is my {answer}",
}
_QUESTIONS = [(re.compile(asked, re.IGNORECASE), says) for asked, says in _ASKED.items()]
_LEAD = re.compile(
    r"^(?:(?:oh|well|yes|yeah|so|ah|it's|it is|that's|that is|that would be|she is|he is|she's|he's|they're|i am|called|named|her name is|his name is|"
    r"her name's|his name's|in|at|on|a|an|just|as|my|to|i live in|(?:she|he) lives in|i work at|from|the)(?:,| |$)\s*)+",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"\b(?:no|not|none|nothing|why|what|don't|do not|rather|sure|know|guess|maybe|never|forget|secret|nobody|somewhere|anything|whatever|"
    r"later|tell|say|mind|question|hmm|idk|none|dead|died|good|fine|great|yes|yeah|yep|okay|ok|can't|complicated|before|already|thanks?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(rf"\b(?:my|your) (?P<kin>{KIN_WORDS})\b", re.IGNORECASE)
_NAMED = re.compile(
    r"^((?:(?:oh|well|so|and|yes|yeah|no|but),? )*)(?P<pronoun>her|his|their) name(?: is|'s) ", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"^((?:(?:oh|well|so|and|yes|yeah|but),? )*)(?P<pronoun>she|he)(?= |'s )", re.IGNORECASE
)
LONGEST = 6
"""Words of an answer that is only an answer."""


def whole_answer(before: str, words: str) -> str | None:
    """What a short answer says together with her question; None if it is no such answer."""
    asked = before.strip()
    if not asked.endswith("?") or "?" in words:
        return None
    question = re.split(r"(?<=[.!?])\s+", asked)[-1]
    answer = _LEAD.sub("", plainly(words)).strip(" .!,")
    if not answer or len(answer.split()) > LONGEST or _NO_ANSWER.search(answer):
        return None
    for asks, says in _QUESTIONS:
        match = asks.search(question)
        if match:
            place_or_name = re.search(r"^(?:I live|I grew|I work at|call)|called \{answer\}|lives in", says)
            kin = match.groupdict().get("kin") or ""
            return says.format(kin=kin, answer=_titled(answer) if place_or_name else answer)
    return None


def named_plainly(words: str, spoken_of: str) -> str:
    """`words` with "she", "he" or "her name" put plainly, if `spoken_of` says whose: just one, and fitting."""
    for pattern, plain in ((_NAMED, "{lead}my {kin} is called "), (_PRONOUN, "{lead}my {kin}")):
        match = pattern.match(words)
        kin = _one_kin(spoken_of, match["pronoun"].lower()) if match else None
        if match and kin:
            return plain.format(lead=match[1], kin=kin) + words[match.end() :]
    return words


def _one_kin(spoken_of: str, pronoun: str) -> str | None:
    wanted = {"her": "she", "his": "he", "their": None}.get(pronoun, pronoun)
    fitting = []
    for match in _WHO.finditer(spoken_of):
        gender = GENDER.get(KIN.get(match["kin"].lower().split()[-1], ""))
        if wanted is None or gender in (wanted, None):
            fitting.append(match["kin"])
    return fitting[-1] if len({kin.lower() for kin in fitting}) == 1 else None


def _titled(answer: str) -> str:
    return answer if any(letter.isupper() for letter in answer) else answer.title()
