"""Short names of measures: "score" where the one score is the audience score."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.likely import NOT_YET
from local_workspace.translate.senses import Sense
from local_workspace.translate.spellings import british

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_NO_HEAD = frozenset(
    {"new", "rate", "share", "percentage", "percent", "ratio", "number", "count", "total", "amount",
     "value", "time", "date", "day", "week", "month", "quarter", "year", "hour", "minute", "unit",
     "id", "code", "sold", "stop", "index", "level", "up", "in", "out",
     "ahead", "away", "early", "late", "before", "after"}
)  # fmt: skip
"""Last words that say nothing alone, or say a different thing alone."""
_INCOME = frozenset({"income", "revenue", "sale", "taking", "turnover", "proceed", "gross",
                     "earning", "receipt", "money"})  # fmt: skip
_OUTLAY = frozenset({"cost", "spend", "expense", "expenditure", "bill", "outlay", "charge", "fee"})
"""Words for one another: "rental income" is no insurance income where there is rental revenue."""
_PLACES = ("value", "column", "filter", "dimension", "event")


@lru_cache(maxsize=64)
def heads_of(catalog: Catalog) -> dict[str, frozenset[Sense]]:
    """Last word to the measures whose names end with it."""
    found: dict[str, set[Sense]] = defaultdict(set)
    for table in catalog.tables.values():
        for column in table.columns.values():
            if column.role == "measure":
                for name in (column.label, *column.synonyms):
                    _add(found, name, Sense("column", table.name, column.name))
    for measure in catalog.measures:
        for name in (measure.name, *measure.synonyms):
            _add(found, name, Sense("measure", measure.table, measure.name))
    return {word: frozenset(senses) for word, senses in found.items()}


def _add(found: dict[str, set[Sense]], name: str, sense: Sense) -> None:
    words = name.lower().replace("-", " ").split()
    if {"per", "of", "on", "in", "from"} & set(words) or NOT_YET & set(words[:-1]):
        return
    found[stemmed(words[-1])].add(sense)


def by_heads(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks with an unknown last word of a measure's name read as that measure.

    Of several measures it is the one in a table that other words of the question are about:
    "popcorn sales" are foyer sales. Where more than one is left the word stays unknown.
    """
    if not any(chunk.kind == "unknown" for chunk in found):
        return found
    heads = heads_of(catalog)
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        words.append(chunk)
        told = _meant(found, at, heads) if chunk.kind == "unknown" else frozenset()
        if len(told) != 1:
            continue
        sense = next(iter(told))
        before = words[-2] if len(words) > 1 and words[-2].end == chunk.start else None
        if before is not None and before.kind in ("sense", "unknown"):
            if _names_of(sense, catalog) & {stemmed(w) for w in before.text.lower().split()}:
                words.pop(-2)
            elif not all(s.kind in ("value", "filter") for s in before.senses):
                continue
        words[-1] = replace(chunk, kind="sense", senses=(sense,))
    return words


def _meant(found: list[Chunk], at: int, heads: dict[str, frozenset[Sense]]) -> frozenset[Sense]:
    word = stemmed((found[at].value or found[at].text).lower())
    if word in _NO_HEAD or word not in heads:
        return frozenset()
    alike = next((words for words in (_INCOME, _OUTLAY) if word in words), frozenset({word}))
    told = frozenset().union(*(heads.get(other, frozenset()) for other in alike))
    if len(told) == 1 and len(alike) == 1:
        return told
    about = _tables(found, at)
    return frozenset(s for s in told if s.table in about)


def _names_of(sense: Sense, catalog: Catalog) -> set[str]:
    if sense.kind == "measure":
        measure = catalog.measure(sense.name)
        names: tuple[str, ...] = (measure.name, *measure.synonyms)
    else:
        column = catalog.column(sense.table, sense.name)
        names = (column.label, *column.synonyms)
    return {stemmed(word) for name in names for word in name.lower().split()}


def stemmed(word: str) -> str:
    """The form in which words are compared."""
    return singular(british(word))


def _tables(found: list[Chunk], at: int) -> set[str]:
    """The tables that the other words are about."""
    return {
        sense.table
        for place, chunk in enumerate(found)
        if place != at and chunk.kind == "sense"
        for sense in chunk.senses
        if sense.kind in _PLACES
    }
