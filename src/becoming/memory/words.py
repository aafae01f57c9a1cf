"""From anything a person says to a full-text query that cannot fail."""

from __future__ import annotations

import re

MOST = 24
"""So many different words of a query are looked up: the latest, as that is where a talk has got to."""

# Words that say nothing about the matter, the halves of contractions ("don't" is indexed as don, t),
# and the small sounds of speech.
STOP_WORDS = frozenset(
    """
    a about above after again against all am an and any are aren as at be because been before being below
    between both but by can cannot could couldn d did didn do does doesn doing don down during each few for
    from further had hadn has hasn have haven having he her here hers herself him himself his how i if in into
    is isn it its itself just ll m me mine more most mustn my myself no nor not now o of off on once only or
    other our ours ourselves out over own re s same shall she should shouldn so some such t than that the
    their theirs them themselves then there these they this those through to too under until up us ve very was
    wasn we were weren what when where which while who whom why will with won would wouldn you your yours yourself
    ah also anyway bit eh er erm get gets getting go goes going gonna got gotta hello hey hi hm hmm huh kind
    kinda know let like lot maybe mean mhm mm much oh ok okay one perhaps please quite really right said say
    see so something sort sure tell thing things think thought uh um want wanna well yeah yep yes
    """.split()
)

_WORD = re.compile(r"[^\W_]+")


def match_query(text: str) -> str | None:
    """An FTS5 query for any of the telling words of `text`, or None if it has none.

    Each word is quoted, so nothing in `text` can be read as query syntax.
    """
    telling = [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]
    latest = list(dict.fromkeys(reversed(telling)))[:MOST]
    return " OR ".join(f'"{word}"' for word in latest) or None
