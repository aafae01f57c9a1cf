"""A season with people in it: what somebody tells of five of them, `ago` days back; what was felt in it is perceived."""

from __future__ import annotations

import time
from typing import Any

from becoming.feelings import Perceiving
from becoming.practice.rehearsed import NOTE
from tests.web.remembering import DAY, SENTENCES, Home

SAID: tuple[tuple[float, str], ...] = (
    (96, "My sister is called Iris."),
    (95, "I have a friend called Anna."),
    (95, "I love Anna, she makes me laugh until I cry."),
    (88, "I had coffee with Anna and it was so lovely, I'm really happy about it."),
    (84, "My brother is called Tom."),
    (83, "Tom is so proud of his little garden and I'm happy for him."),
    (70, "I miss my brother Tom, it makes me sad that we never talk."),
    (61, "My boss is called Martin."),
    (60, "Martin humiliated me in front of everybody and I'm furious."),
    (52, "I'm so angry with Martin, I hate going in."),
    (50, "Martin yelled at me again. I feel awful."),
    (40, "Iris is so good to me, I'm grateful for her."),
    (33, "We went for a long walk with my neighbour Leo."),
    (33, "Leo is great fun, I enjoyed that so much."),
    (20, "I had dinner with Iris and some friends, it was wonderful."),
    (19, "Iris's birthday is on {soon}."),
    (12, "I rang Iris. We had a fight about our father and I'm so angry and sad."),
    (9, "I had lunch with Anna yesterday. I love those hours with her."),
    (6, "My dog is called Biscuit."),
    (5, "I talked to Leo for an hour on the stairs, it was so nice."),
    (2, "I had tea with Anna. She's moving house on Saturday, I promised to help Anna on Saturday."),
    (1, "I'm grateful for Anna, honestly."),
    (0.4, "Please don't talk about work after nine."),
    (0.3, "No jokes today."),
)


WORKED = "In March I took over two accounts, and I'd like to talk about my salary."
WENT = "She said that she would look at it in spring."
LEARNED = "That figures helped more than feelings."


def live(home: Home) -> None:
    """All of it, up to now."""
    perceive, now = Perceiving(SENTENCES), time.time()
    soon = time.strftime("%-d %B", time.localtime(now + 8 * DAY))
    for ago, line in SAID:
        home.now = now - ago * DAY
        for text in (line.format(soon=soon), "It was a long day otherwise.", "Well, that is that."):
            home.now += 50
            moment = home.life.record("person", text, home.now)
            home.life.feel(moment, perceive(text, ()))
            home.life.learn(moment, "")
            home.life.record("her", "I see.", home.now + 12)
    home.now = now


def practise(home: Home) -> None:
    """Two rehearsals of the past fortnight: of one they kept what was said and told how the real talk went; the other is ahead."""
    now, record = time.time(), home.life.record
    first, asked = float(round(now - 12 * DAY)), now - 8 * DAY
    record("her", f'That\'s me again. You said: "{WORKED}" That was what you want.', first + 20)
    record("her", "You had the real talk ahead of you, asking for a raise. How did it go?", asked)
    record("person", WENT, asked + 20)
    record("person", LEARNED, asked + 60)
    said = [first + 20, asked, asked + 20, asked + 60]
    noted: list[dict[str, Any]] = [
        {
            "title": "asking for a raise",
            "for": "a talk with your boss",
            "try": "feel",
            "at": round(first),
            "said": said,
        }
        | {"kept": said[0], "plan": round(first + 3 * DAY), "went": said[2], "learned": said[3]},
        {
            "title": "telling my brother that I'm not coming",
            "for": "a talk with your brother",
            "try": "reflect",
        }
        | {"at": round(now - DAY), "plan": round(now + 2 * DAY)},
    ]
    home.life.moments.put(NOTE, noted)
    home.now = now
