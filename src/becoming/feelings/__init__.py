"""What somebody may be feeling: a guess from their words, and with their consent from how they sound.

A text is read in four steps, each a file: `own.py` takes out what is not felt by the person now (what is
negated, felt by others, long past); `head.py` gives the chances of the emotions; `circumplex.py` makes
valence and arousal of them; `perceiving.py` joins these, minds the lines before, and leans to the person's
own corrections. `voice.py` stands apart and can be deleted.
"""

from becoming.feelings.perceiving import Perceiving

__all__ = ["Perceiving"]
