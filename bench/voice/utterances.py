"""What a person says to her in the benchmark: 42 utterances, a third of them with thinking pauses.

A pause is written where it is made, in seconds: "I just… <1.2 s> I don't know…". The order is that
of the run, mixed so that every stretch of six holds questions, statements and hesitation. The
voices are recorded ones (see `tests.audio.voice`), in which smart-turn can hear the end of a turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.audio.voice import PAUSE, RECORDED, Audio, speak

BELLA, MICHAEL, EMMA, FENRIR = RECORDED


@dataclass(frozen=True)
class Utterance:
    """One thing somebody says: its words with pause marks, a recorded voice and words a minute."""

    text: str
    voice: str = BELLA
    rate: int = 150

    @property
    def pauses(self) -> tuple[float, ...]:
        """The thinking pauses in it, in seconds, in order; empty when it is said in one go."""
        return tuple(float(seconds) for seconds in PAUSE.findall(self.text))

    @property
    def words(self) -> str:
        """The words alone."""
        return re.sub(r"\s+", " ", PAUSE.sub("", self.text)).strip()

    def audio(self) -> Audio:
        """The sound of it at 16 kHz, beginning and ending with voice."""
        return speak(self.text, voice=self.voice, rate=self.rate)


WARM_UP = Utterance("Hello, it is good to hear you.")

UTTERANCES: tuple[Utterance, ...] = (
    Utterance("How was your day?"),
    Utterance("I just… <1.2 s> I don't know what to do about it."),
    Utterance("My sister is getting married in October.", MICHAEL),
    Utterance("What do you think about when nobody talks to you?", EMMA),
    Utterance("Yes."),
    Utterance("Um, I was thinking <0.9 s> maybe we could talk about my mother.", rate=140),
    # 6
    Utterance("Can you tell me something funny?", FENRIR),
    Utterance("I had a terrible day at work and I don't even want to talk about it.", MICHAEL),
    Utterance("The thing is <1.4 s> I think I said something stupid to my boss.", EMMA),
    Utterance("Why is the sky red in the evening?"),
    Utterance("I went running this morning for the first time in about two years.", rate=165),
    Utterance("So, um <0.7 s> do you ever get bored?", MICHAEL, 140),
    # 12
    Utterance("Good morning."),
    Utterance("What should I cook tonight? I only have eggs and some old bread.", EMMA),
    Utterance("I feel like <1.1 s> nobody really listens to me at home.", rate=140),
    Utterance("Do you know what time the sun goes down today?", FENRIR),
    Utterance("No, not really.", MICHAEL),
    Utterance(
        "I was at my grandmother's house on Saturday, and we looked at all the old pictures, and I "
        "found one of her when she was about my age, and she looked exactly like me."
    ),
    # 18
    Utterance("Are you a real person?", MICHAEL),
    Utterance("I can't sleep. <0.8 s> I keep thinking about tomorrow.", BELLA, 140),
    Utterance("Who wrote Moby Dick?", EMMA),
    Utterance("My dog ran away and came back with somebody else's shoe.", rate=160),
    Utterance("Maybe <1.0 s> maybe I should just call him.", MICHAEL, 140),
    Utterance("I am so happy right now, you would not believe it."),
    # 24
    Utterance("What is your favorite color?", MICHAEL),
    Utterance("Could you, um <1.3 s> could you remind me what we talked about?", rate=145),
    Utterance("I think I want to quit my job and move to the sea.", FENRIR),
    Utterance("Really?"),
    Utterance("Please send an email to Anna and tell her that I will be late.", EMMA),
    Utterance("It was my birthday yesterday <1.6 s> and nobody called.", rate=140),
    # 30
    Utterance("Tell me a short story about a lighthouse.", MICHAEL),
    Utterance("I don't like my new haircut at all.", EMMA),
    Utterance("What I mean is <0.9 s> I don't know if I still love her.", MICHAEL, 140),
    Utterance("How many people live in Norway?"),
    Utterance("Stop it, that is not funny.", FENRIR),
    Utterance("We painted the kitchen, and <1.0 s> um <0.7 s> now it looks like a hospital.", rate=145),
    # 36
    Utterance("Do you remember my name?", EMMA),
    Utterance("My friend told me a secret, and now I wish that I did not know it.", MICHAEL),
    Utterance("Well <1.2 s> it is complicated.", rate=140),
    Utterance("I bought a piano last week and I cannot play a single note.", rate=155),
    Utterance("Okay, thank you.", FENRIR),
    Utterance("If I read you a poem <1.5 s> would you tell me honestly what you think?", EMMA),
)
