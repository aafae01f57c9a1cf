"""From anything a person says to the words worth looking up."""

from __future__ import annotations

import re

MOST = 24
"""So many different words of a query are looked up: the latest, as that is where a talk has got to."""

# Words that say nothing about the matter, the halves of contractions ("don't" is indexed as don, t),
# and the small sounds of speech.
STOP_WORDS = frozenset(
    """
    a about above after again against ah all also am an and any anyway are aren as at be because been
    before being below between bit both but by can cannot could couldn d did didn do does doesn doing don
    down during each eh er erm few for from further get gets getting go goes going gonna got gotta had
    hadn has hasn have haven having he hello her here hers herself hey hi him himself his hm hmm how huh i
    if in into is isn it its itself just kind kinda know let like ll lot m maybe me mean mhm mine mm more
    most much mustn my myself no nor not now o of off oh ok okay on once one only or other our ours
    ourselves out over own perhaps please quite re really right s said same say see shall she should
    shouldn so some something sort such sure t tell than that the their theirs them themselves then there
    these they thing things think this those thought through to too uh um under until up us ve very wanna
    want was wasn we well were weren what when where which while who whom why will with won would wouldn
    yeah yep yes you your yours yourself
    """.split()
)

_WORD = re.compile(r"[^\W_]+")


def telling_words(text: str) -> list[str]:
    """Its different words that say something about the matter: the latest MOST of them, the last first."""
    telling = [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]
    return list(dict.fromkeys(reversed(telling)))[:MOST]
