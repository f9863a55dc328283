"""Questions about which groups moved: "which stores sell less", "did most teams improve"."""

from __future__ import annotations

import re

_BEFORE = (
    r"(?=\b[^.;?]*\bthan\b[^.;?]*\b(?:last|previous|before|prior|ago|used|(?:19|20)\d\d|"
    r"year|month|quarter|week|earlier|once)\b)"
)
"""More and less are movements only where they are set against an earlier time."""
_DOWN = re.compile(
    r"\b(?:fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|shrinks?|shrank|shrunk|shrinking|"
    r"los(?:e|es|t|ing)(?! (?:us )?money)|decreas\w+|cheaper|(?:went|gone|goes|going|is|are) down|"
    rf"(?:less|fewer|lower|below|worse){_BEFORE})\b",
    re.I,
)
_UP = re.compile(
    r"\b(?:rose|ris(?:e|es|en|ing)|gr[eo]w\w*|increas\w+|gain(?:s|ed|ing)?|dearer|pricier|"
    r"expand\w*|(?:went|gone|goes|going|is|are) up|"
    rf"(?:more|higher|above|better){_BEFORE})\b",
    re.I,
)
_OF_GROUPS = re.compile(
    r"\b(?:which|who|where|how many|most|all|any|each|every\w*|across|broad\w*|wid\w+|against|both|"
    r"exceptions?)\b",
    re.I,
)
_COUNTING = re.compile(r"\b(?:how many|most|all|each|every\w*|broad\w*|wid\w+)\b", re.I)


def asks_who_moved(question: str) -> bool:
    """True when the question asks which groups, or how many, went up or down."""
    return bool(_OF_GROUPS.search(question) and moves_asked(question))


def asks_how_many(question: str) -> bool:
    """True when it asks for the number of groups rather than for their names."""
    return bool(_COUNTING.search(question))


def moves_asked(question: str) -> tuple[str, ...]:
    """The directions that the question names: `fell`, `rose`, both or none."""
    named = (("fell", _DOWN), ("rose", _UP))
    return tuple(way for way, pattern in named if pattern.search(question))
