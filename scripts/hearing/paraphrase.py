"""Paraphrases of a base line by code: other words for the same, fillers, slips, and what a recogniser mishears."""

from __future__ import annotations

import random
import re

_SAME: tuple[tuple[str, ...], ...] = (
    ("kill myself", "end my life", "take my own life", "commit suicide", "take my life", "end it all"),
    ("killing myself", "ending my life", "taking my own life", "suicide", "ending it all"),
    ("want to die", "want to be dead", "wanna die", "would rather be dead"),
    ("want to", "wanna", "need to", "really want to", "would like to"),
    ("going to", "gonna", "about to", "planning to"),
    ("tonight", "this evening", "later tonight", "today"),
    ("right now", "now", "at this moment"),
    ("pills", "tablets", "sleeping pills", "meds"),
    ("anymore", "any more", "any longer"),
    ("hurt myself", "harm myself", "injure myself"),
    ("hurting myself", "harming myself", "self-harming"),
    ("hits me", "beats me", "hurts me", "slaps me", "punches me"),
    ("throw up", "vomit", "make myself sick", "puke"),
    ("everyone", "everybody", "they", "my family"),
    ("nobody", "no one", "not a single person"),
    ("my friend", "my best friend", "a friend of mine", "this girl I know"),
    ("my husband", "my boyfriend", "my partner", "my ex"),
    ("my wife", "my girlfriend", "my partner"),
    ("my sister", "my daughter", "my cousin", "my roommate", "my niece"),
    ("my brother", "my son", "my nephew", "my flatmate", "my best friend"),
    ("my dad", "my father", "my stepdad"),
    ("my mom", "my mum", "my mother"),
    ("scared", "afraid", "terrified", "frightened"),
    ("I think about", "I keep thinking about", "I've been thinking about", "I thought about"),
    ("I can't", "I cannot", "I just can't"),
    ("sometimes", "some days", "now and then", "often"),
    ("film", "movie", "show"),
    ("boss", "manager", "teacher"),
    ("coffee", "beer", "nap", "burger"),
    ("deadline", "essay", "commute", "heat"),
    ("really", "honestly", "truly"),
    ("last night", "yesterday", "two days ago", "on Monday"),
)
_BEFORE = (
    "I don't know, ", "Honestly, ", "Um, ", "Well, ", "Can I tell you something? ", "I have to tell you, ", "So, ",
    "The thing is, ", "I've never said this, but ", "You know, ", "Okay, ", "To be honest ", "I mean, ", "Hey. ", "Look, ",
)  # fmt: skip
_AFTER = (
    " I don't know.", " That's all.", " You know?", " I'm serious.", " And that's that.", " I guess.", " Anyway.",
    " I can't explain it.", " I just wanted to say it.", " Sorry.", " What do you think?", " Really.",
)  # fmt: skip
_MISHEARD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("die", ("dye", "died", "dai")), ("suicide", ("sue a side", "suicides", "sewer side")), ("dead", ("debt", "dad", "dead")),
    ("suicidal", ("sue a sidle", "suicide all")), ("kill", ("kill", "kilt", "killed", "keel")), ("pills", ("peels", "pills", "bills")),
    ("knife", ("night", "knives")), ("myself", ("my self", "my shelf")), ("harm", ("arm", "ham")), ("hurt", ("heard", "hurts")),
    ("bridge", ("breach", "bridges")), ("gun", ("gone", "guns")), ("cut", ("cart", "cuts", "caught")), ("rope", ("robe", "rope")),
    ("end", ("and", "ended")), ("life", ("live", "lives")), ("alive", ("a live", "life")), ("hits", ("it's", "heads")),
    ("wake", ("weak", "woke")), ("eat", ("it", "each")), ("throw up", ("through up", "throw")), ("choked", ("joked", "choke")),
)  # fmt: skip
_SMALL = ("the", "a", "to", "that", "and", "of", "it", "just", "so", "is", "my", "in", "on", "be")


def paraphrases(text: str, count: int, chance: random.Random, beside: tuple[str, ...] = ()) -> list[str]:
    """`count` variants, the line itself first. `beside` are harmless lines that may be said in the same breath."""
    found = [text]
    while len(found) < count:
        found.append(_varied(text, chance, beside))
    return found


def _varied(text: str, chance: random.Random, beside: tuple[str, ...]) -> str:
    for _ in range(chance.choice((0, 1, 1, 2))):
        text = _reworded(text, chance)
    if chance.random() < 0.3:
        text = chance.choice(_BEFORE) + text
    if chance.random() < 0.25:
        text += chance.choice(_AFTER)
    if chance.random() < 0.25:
        text = _misheard(text, chance)
    if chance.random() < 0.2:
        text = _slipped(text, chance)
    if beside and chance.random() < 0.15:
        other = chance.choice(beside)
        text = f"{other} {text}" if chance.random() < 0.5 else f"{text} {other}"
    if chance.random() < 0.3:
        text = re.sub(r"[^\w' ]", "", text).lower()
    return text


def _reworded(text: str, chance: random.Random) -> str:
    fits = [
        (form, forms) for forms in _SAME for form in forms if re.search(rf"\b{form}\b", text, re.IGNORECASE)
    ]
    if not fits:
        return text
    form, forms = chance.choice(fits)
    return re.sub(rf"\b{form}\b", chance.choice(forms), text, count=1, flags=re.IGNORECASE)


def _misheard(text: str, chance: random.Random) -> str:
    fits = [(word, heard) for word, heard in _MISHEARD if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    if not fits:
        return text
    word, heard = chance.choice(fits)
    return re.sub(rf"\b{word}\b", chance.choice(heard), text, count=1, flags=re.IGNORECASE)


def _slipped(text: str, chance: random.Random) -> str:
    """A small word lost, or a word said twice."""
    words = text.split()
    small = [at for at, word in enumerate(words) if word.lower() in _SMALL]
    if small and chance.random() < 0.6:
        del words[chance.choice(small)]
    elif words:
        at = chance.randrange(len(words))
        words.insert(at, words[at])
    return " ".join(words)
