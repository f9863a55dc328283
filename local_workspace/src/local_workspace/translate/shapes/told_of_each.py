"""Things and their numbers: "hotels with more than 100 rooms and their revenue"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_TOTALS = ("by", "super", "share", "count", "agg", "howmuch", "compare", "nth", "oftotal", "last")
_TOLD = ("agg", "count", "in", "howmuch", "distinct")


def by_each(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The numbers asked for by the things that the question lists first."""
    first = 1 if found and found[0].key("which") else 0
    things = found[first] if len(found) > first else None
    if things is None or not things.plural or not _entities(things, catalog):
        return found
    for at in range(first + 2, len(found) - 1):
        kept, told = found[first + 1 : at], found[at + 1 :]
        if not found[at].key("and", "comma") or any(c.key(*_TOTALS) for c in kept):
            continue
        if not kept[0].key("with", "in", "from", "to", "which") and not kept[0].senses:
            return found
        end = 0
        while end < len(told) and (told[end].key(*_TOLD) or _numbers(told[end], things, catalog)):
            end += 1
        rest = [] if len(told) == end + 1 and told[end].key("with") else told[end:]
        if not any(_numbers(c, things, catalog) for c in told[:end]):
            continue
        if rest and rest[0].key("cmp", "which", "not", "with"):
            continue
        if any(c.key(*_TOTALS) for c in rest):
            return [*found[:at], replace(found[at], kind="unknown"), *told]
        each = keyword("by", "for each")
        listed = [each, replace(things, skipped=())]
        if kept[0].key("with", "in", "from", "to", "which"):
            return [*told[:end], *listed, *kept, *rest]
        return [*told[:end], *kept, *rest, *listed]
    return found


def _entities(chunk: Chunk, catalog: Catalog) -> bool:
    ones = {join.one for join in catalog.joins}
    return any(s.kind == "table" and s.table in ones for s in chunk.senses)


def _numbers(chunk: Chunk, things: Chunk, catalog: Catalog) -> bool:
    """Whether the chunk names a number that other rows tell about the things."""
    own = {s.table for s in things.senses}
    told = [s for s in chunk.senses if s.table not in own]
    return bool(told) and all(
        s.kind in ("measure", "table", "event", "verb")
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )
