""" "The gender split", "status breakdown": how many rows of each there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_SPLITS = frozenset({"split", "breakdown", "mix", "distribution", "composition", "make up"})


def counted_split(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question that counts the rows by the one column whose split is asked for."""
    rest = [c for c in found if not c.key("which", "in")]
    if len(rest) < 2 or rest[1].text.lower() not in _SPLITS or rest[1].senses:
        return found
    if found.index(rest[1]) != found.index(rest[0]) + 1:
        return found
    own = [
        s
        for s in rest[0].senses
        if s.kind == "column" and catalog.column(s.table, s.name).role == "dimension"
    ]
    tables = {s.table for s in own}
    if len(tables) != 1 or len(own) != len(rest[0].senses):
        return found
    table = tables.pop()
    tail = found[found.index(rest[1]) + 1 :]
    while tail and (tail[0].key("in", "with") or _names(tail[0], table)):
        if tail[0].key("in", "with") and not (tail[1:] and _names(tail[1], table)):
            break
        tail = tail[1:]
    if rest[1].text.lower() == "mix" and any(c.key("by") for c in tail):
        return found
    if any(c.key("agg", "super", "change", "compare") or _measured(c, catalog) for c in tail):
        return found
    rows = Chunk("sense", plural(catalog.tables[table].row), -1, -1,
                 senses=(Sense("table", table),), plural=True)  # fmt: skip
    return [keyword("count", "how many", "count"), rows, keyword("by", "by", "by"), rest[0], *tail]


def _names(chunk: Chunk, table: str) -> bool:
    return any(s.kind == "table" and s.table == table for s in chunk.senses)


def _measured(chunk: Chunk, catalog: Catalog) -> bool:
    return any(
        s.kind == "measure"
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )
