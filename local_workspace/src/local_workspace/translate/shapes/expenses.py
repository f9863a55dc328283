""" "Expenses by month", "total costs": rows that are called by their money mean it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.money import money_column
from local_workspace.spaces.names import singular
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_CALLED = frozenset({"expense", "cost", "expenditure", "spending", "outlay"})
_COUNTED = ("count", "cmp", "between", "after", "orderby", "howmuch")
_ALONE = ("by", "in", "compare", "trend", "comma", "from")


def as_money(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the money of the rows in place of their plural noun."""
    if any(chunk.key(*_COUNTED) for chunk in found) or _listed(found):
        return found
    measured = any(_measured(chunk, catalog) for chunk in found)
    for at, chunk in enumerate(found):
        tables = [s.table for s in chunk.senses if s.kind == "table"]
        word = singular(chunk.text.lower().split(" ")[-1])
        if len(tables) != 1 or word not in _CALLED or not chunk.plural or measured:
            continue
        column = money_column(catalog.tables[tables[0]])
        before = found[at - 1] if at else None
        after = found[at + 1 : at + 2]
        asked = before is None or before.key("agg", "super", "share", "by", "in", "which")
        dated = bool(after) and after[0].kind in ("date", "grain")
        ended = not after or after[0].key(*_ALONE) or dated
        if column is None or not asked or not ended or (len(found) == 1):
            continue
        sense = Sense("column", column.table, column.name)
        said = replace(chunk, text=column.label, senses=(sense,), plural=False)
        return [*found[:at], said, *found[at + 1 :]]
    return found


def _listed(found: list[Chunk]) -> bool:
    """ "which expenses are open": rows are asked for."""
    told = found[0].key("which") and found[0].text.lower() not in ("what", "which")
    rows = found[0].key("which") and found[1:2] and any(s.kind == "table" for s in found[1].senses)
    return bool(told or rows)


def _measured(chunk: Chunk, catalog: Catalog) -> bool:
    return any(
        s.kind == "measure"
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )
