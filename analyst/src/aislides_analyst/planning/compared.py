"""Two periods that a question sets against each other: Q4 with Q4, this month with the last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aislides_analyst.planning.periods import POINT, YEAR

_UNIT = r"(week|month|quarter|year)"
_AGAINST = r"(?:vs\.?|versus|against|with|to|than|and|over|on|from)"
_COMPARES = re.compile(r"\b(?:compar\w+|vs|versus|against|than|differ\w*|change[ds]?)\b", re.I)
_THIS_AND_LAST = re.compile(
    rf"\b(?:this|the current) {_UNIT}\b.*?\b{_AGAINST}\s+(?:the\s+)?(?:last|previous|prior)\s+"
    r"(?:\1|one)\b",
    re.I,
)
_LAST_AND_BEFORE = re.compile(
    rf"\b(?:the\s+)?last {_UNIT}\b.*?\b{_AGAINST}\s+(?:the\s+(?:\1|one)\s+before(?:\s+that)?|"
    r"(?:the\s+)?(?:previous|prior|preceding)\s+(?:\1|one))\b",
    re.I,
)
_THAN_LAST = re.compile(
    rf"\b(?:vs\.?|versus|against|than|compare[ds]?\s+(?:to|with))\s+(?:the\s+)?"
    rf"(?:last|previous|prior)\s+{_UNIT}\b",
    re.I,
)
_POINT = re.compile(rf"\b{POINT}\b", re.I)
_ONLY_YEAR = re.compile(rf"(?:the\s+year\s+)?{YEAR}$", re.I)
_PAIR = 2


@dataclass(frozen=True)
class Compared:
    """Two periods side by side, as a sub-question asks for them."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Which words of the question said so."""
    grain: str = ""
    """What each sub-question is broken down by to tell the two apart; empty where `text` does."""


def compared_periods(question: str) -> Compared | None:
    """The two periods that a question compares; None when it compares none.

    Whole years are left out: their course by month shows both, and the season.
    """
    if found := _THIS_AND_LAST.search(question):
        unit = found[1].lower()
        return Compared(f"this {unit} versus last {unit}", (found.span(),))
    if found := _LAST_AND_BEFORE.search(question):
        unit = found[1].lower()
        return Compared(f"in the last 2 {unit}s", (found.span(),), unit)
    if found := _THAN_LAST.search(question):
        unit = found[1].lower()
        return Compared(f"this {unit} versus last {unit}", (found.span(),))
    points = list(_POINT.finditer(question))
    finer = [point for point in points if not _ONLY_YEAR.match(point[0])]
    if len(points) != _PAIR or len(finer) != _PAIR or not _COMPARES.search(question):
        return None
    one, other = (re.sub(r"^the\s+", "", point[0]) for point in points)
    return Compared(f"in {one} versus {other}", tuple(point.span() for point in points))
