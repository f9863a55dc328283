"""Which part of the data a sentence names, so that a total of the East is not told of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from aislides.deck.v1.fact_pb2 import Fact

PART: Final = "\ue000"
"""Stands for a named part in a reading: no name, figure or word for the other checks."""
_SHORT: Final = 4
"""Letters from which the first word of a name is enough to name it."""


def masked(
    flat: str, facts: Sequence[Fact], common: Iterable[str]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The lower-case text with the parts it names masked, and what it should name and does not.

    `common` are parts that the whole deck is about: naming them is free. What is missing comes as
    pairs of fact id and part.
    """
    own = {part: _named(flat, part) for fact in facts for part in fact.scope}
    said = {*own.values(), *(_named(flat, part) for part in common)} - {None}
    for written in sorted(filter(None, said), key=len, reverse=True):
        flat = re.sub(_alone(written), PART, flat)
    missing = [(fact.id, part) for fact in facts for part in fact.scope if own[part] is None]
    return flat, tuple(missing)


def _named(flat: str, part: str) -> str | None:
    """How the text names the part: in full, or by the first word of a long name."""
    whole = part.lower()
    first = whole.split()[0]
    for written in (whole, first if len(first) >= _SHORT else ""):
        if written and re.search(_alone(written), flat):
            return written
    return None


def _alone(written: str) -> str:
    return rf"(?<!\w){re.escape(written)}(?!\w)"
