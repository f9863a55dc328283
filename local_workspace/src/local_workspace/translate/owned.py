"""Words of a state are told of the noun they stand by: "cancelled bookings" are no sailings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.forms import is_participle
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_STATES = frozenset({"value", "filter", "column", "rate"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "still"})


def by_owner(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks, with states that several tables know kept to the table of their noun.

    The noun follows ("cancelled bookings"), or a form of "be" leads from it to the state ("how
    many matters are still open"). States that the noun's own table does not know stay as they are.
    """
    asked = any(chunk.key("last") for chunk in found)
    return [
        (asked and _dated(found, at, catalog)) or _owned(found, at, catalog)
        for at in range(len(found))
    ]


def _dated(found: list[Chunk], at: int, catalog: Catalog) -> Chunk | None:
    """ "when was the last invoice paid": the verb after the rows tells which date is asked for."""
    rows = {s.table for s in found[at - 1].senses if s.kind == "table"} if at else set()
    dates = tuple(
        s
        for s in found[at].senses
        if s.kind == "column" and s.table in rows and catalog.column(s.table, s.name).role == "time"
    )
    verb = is_participle(found[at].text.lower())
    return replace(found[at], senses=dates) if dates and verb else None


def _owned(found: list[Chunk], at: int, catalog: Catalog) -> Chunk:
    chunk = found[at]
    kinds = {s.kind for s in chunk.senses}
    if not kinds <= _STATES or "value" not in kinds:
        return chunk
    after = found[at + 1] if at + 1 < len(found) else None
    beside = [after] if after is not None and after.start == chunk.end else []
    if at and _BE & set(chunk.skipped):
        beside.append(found[at - 1])
    if at > 1 and found[at - 1].key("with", "not", "which"):
        beside.append(found[at - 2])
    for noun in beside:
        tables = {s.table for s in noun.senses if s.kind == "table"}
        own = tuple(s for s in chunk.senses if s.table in tables)
        if any(s.kind in ("value", "filter") for s in own):
            return replace(chunk, senses=own)
        if not own and (named := _named(chunk, noun, tables, catalog)):
            return replace(chunk, senses=named)
    return chunk


def _named(chunk: Chunk, noun: Chunk, tables: set[str], catalog: Catalog) -> tuple[Sense, ...]:
    """ "open" said of matters, where the space tells what "open matters" are."""
    phrase = f"{chunk.text.lower()} {noun.text.lower()}"
    return tuple(
        Sense("filter", item.table, item.name, negated=phrase in item.opposites)
        for item in catalog.filters
        if item.table in tables and phrase in (item.name.lower(), *item.synonyms, *item.opposites)
    )
