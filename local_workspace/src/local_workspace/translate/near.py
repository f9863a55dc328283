"""Names of a space that look like a word that nothing explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from local_workspace.spaces.names import singular
from local_workspace.translate.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import Catalog

_NEAR = 80
"""Of 100: "attendence" is near attendance, "CEO" is not near distance."""
_SHORT = 5
"""Letters up to which only the same word is near: "rate" is no slip for "date"."""


def names_near(typed: str, catalog: Catalog, count: int = 3) -> list[str]:
    """Up to `count` names of columns, measures and rows as people read them, the nearest first.

    A name is near when one of its words is. None is named rather than a far one.
    """
    words = [t.lower for t in tokens(typed) if len(t.lower) > 3 and t.lower.isalpha()]
    found: dict[str, float] = {}
    for shown, said in _named(catalog):
        near = max((_near(word, said) for word in words), default=0.0)
        if near >= _NEAR:
            found[shown] = max(near, found.get(shown, 0.0))
    return sorted(found, key=lambda name: (-found[name], len(name), name))[:count]


def _near(word: str, name: str) -> float:
    return max((_alike(word, part) for part in name.lower().split()), default=0.0)


def _alike(word: str, part: str) -> float:
    if len(word) > _SHORT:
        return fuzz.ratio(word, part)
    return 100.0 if singular(word) == singular(part) else 0.0


def _named(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """What is shown to a reader, and every way to say it."""
    for table in catalog.tables.values():
        yield from ((table.row, said) for said in (table.row, *table.synonyms))
        for column in table.columns.values():
            if column.role not in ("hidden", "id"):
                yield from ((column.label, said) for said in (column.label, *column.synonyms))
    for told in (*catalog.measures, *catalog.filters, *catalog.dimensions):
        label = told.name.replace("_", " ")
        yield from ((label, said) for said in (label, *told.synonyms))
