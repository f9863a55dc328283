"""The answer of a deck in one sentence: how it developed, and who stands out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.story import is_even, is_timely
from aislides_analyst.writing.wording import fits_headline, headline

_VALUE_AT_END = re.compile(r",? (?:at|with) \{[^{}]+\}$|, far (?:above|below) the usual$")
_SUPERLATIVE = re.compile(r"^\{[^{}]+\} had the (highest|largest) ")
_MOST_NAMED = 2


def answers(messages: Sequence[Fact], material: Material) -> list[str]:
    """Headlines that answer the question, the fullest first; all print on two lines."""
    ranked = sorted(messages, key=lambda f: (-f.score, f.order))
    timely = [f for f in messages if is_timely(f) and f.kind != "level"]
    found = [*_joined(timely, [f for f in messages if f.kind == "leader"])]
    found += [headline(f, material) for f in ranked]
    return [text for text in found if fits_headline(text, material)]


def _joined(timely: Sequence[Fact], leaders: Sequence[Fact]) -> list[str]:
    """The course of a measure with the groups where it is highest, in one sentence."""
    joined: list[str] = []
    for course in timely[:1]:
        alike = [f for f in leaders if f.measure == course.measure and _superlative(f)]
        alike = [f for f in alike if not is_even(f)]
        for count in range(min(_MOST_NAMED, len(alike)), 0, -1):
            names = " and ".join(f.ref("first") for f in alike[:count])
            clause = _VALUE_AT_END.sub("", course.headline)
            joined.append(f"{clause} and was {_superlative(alike[0])} for {names}")
    return joined


def _superlative(leader: Fact) -> str:
    found = _SUPERLATIVE.match(leader.headline)
    return found[1] if found and "first" in leader.values else ""
