"""Verbs that only say what rows are: gifts are given, loads are sent, customers book.

They take the place of the rows' own noun, so they keep the question at that table and add nothing
else. What is done to a row later on ("cancelled", "delivered") has a date of its own and stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_COLLECTIONS = frozenset({"fleet", "collection", "catalogue", "catalog", "range", "portfolio"}
                         | {"assortment", "workforce", "network"})  # fmt: skip
_ANYTHING = frozenset({"anything", "something", "anyone", "someone", "anybody", "somebody"})


def linked(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with each such verb meaning its rows, and without objects that name nothing."""
    found = _whole(found)
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        vague = chunk.kind == "unknown" and chunk.text.lower() in _ANYTHING
        if _who_does(found, at, catalog) or (vague and words and _done(words[-1], catalog)):
            continue
        words.append(_of_rows(chunk, catalog))
    return words


def _whole(found: list[Chunk]) -> list[Chunk]:
    """ "planes in the fleet", "books in our collection": all of them are."""
    for at, chunk in enumerate(found[2:], 2):
        rows = found[at - 2].plural and any(s.kind == "table" for s in found[at - 2].senses)
        within = found[at - 1].key("in") and found[at - 1].text.lower() in ("in", "of")
        if chunk.kind == "unknown" and chunk.text.lower() in _COLLECTIONS and rows and within:
            return [*found[: at - 1], *found[at + 1 :]]
    return found


def row_verb(chunk: Chunk) -> tuple[str, ...]:
    """The tables whose rows the word is the verb of."""
    return tuple(dict.fromkeys(s.table for s in chunk.senses if s.kind == "verb"))


def _who_does(found: list[Chunk], at: int, catalog: Catalog) -> bool:
    """ "which clinic do patients visit the most": everyone who does it is no condition."""
    chunk, before, verb = found[at], found[max(at - 1, 0)], found[at + 1 : at + 2]
    doers = {s.table for s in chunk.senses if s.kind == "table"}
    if not doers or not chunk.plural or not verb or not at:
        return False
    told = at > 1 and found[at - 2].key("which") and (bool(before.senses) or before.kind == "grain")
    measured = before.kind == "sense" and any(
        s.kind == "column" and catalog.column(s.table, s.name).role == "measure"
        for s in before.senses
    )
    told = told or measured or before.text.lower() == "money" or before.key("howmuch")
    rows = {
        s.table
        for s in verb[0].senses
        if s.kind in ("verb", "event")
        or (s.kind == "table" and not verb[0].plural)
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
    }
    every = {
        (join.many, join.one)
        for join in catalog.joins
        if not catalog.column(join.many, join.many_column).nulls
    }
    return told and any((table, doer) in every for table in rows for doer in doers)


def _of_rows(chunk: Chunk, catalog: Catalog) -> Chunk:
    """ "flew", "gave": the verb of the rows is no event beside the date that every row has."""
    verbs = tuple(s for s in chunk.senses if s.kind == "verb")
    others = [s for s in chunk.senses if s.kind != "verb"]
    tables = {s.table for s in verbs}
    begun = all(
        s.kind == "event"
        and s.table in tables
        and catalog.tables[s.table].time == s.name
        and not catalog.column(s.table, s.name).nulls
        for s in others
    )
    return replace(chunk, senses=verbs) if verbs and others and begun else chunk


def _done(chunk: Chunk, catalog: Catalog) -> bool:
    """Whether the word before "anything" is what was done to rows."""
    return any(
        s.kind in ("verb", "event", "table")
        or (s.kind == "column" and catalog.column(s.table, s.name).role in ("time", "measure"))
        for s in chunk.senses
    )
