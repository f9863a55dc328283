"""What people leave unsaid or say twice: "by number of rooms", "the best average"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_FEW = 25
_ENDS = frozenset({"end", "ended", "ends", "finish", "finished"})
_STARTS = frozenset({"start", "started", "begin", "began", "begun"})
_BEGUN = ("starting", "started", "beginning")
_AFTER_AVERAGE = ("by", "in", "cmp", "comma", "per", "between", "with", "compare", "trend")


def completed(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question as plain rules expect it."""
    found = _by_end_or_start(found, catalog)
    return _one_super(_grouped_by_count(_bare_average(found, catalog), catalog))


def _by_end_or_start(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "projects ending in October": by the date of their end; asked back where there is none."""
    for at, chunk in enumerate(found[:-1]):
        said = chunk.text.lower().split(" ")[0]
        words = _ENDS if said in ("ending", "ended") else _STARTS
        told = chunk.key("to", "from") and (words is _ENDS or said in _BEGUN)
        if not told or found[at + 1].kind != "date":
            continue
        senses = tuple(
            Sense("column", table.name, column.name)
            for table in catalog.tables.values()
            for column in table.columns.values()
            if column.role == "time" and words & set(column.label.lower().split())
        )
        if senses:
            dated = replace(chunk, kind="sense", name="", senses=senses)
        elif words is _ENDS:
            dated = replace(chunk, kind="unknown", name="")
        else:
            continue
        return [*found[:at], dated, *found[at + 1 :]]
    return found


def _one_super(found: list[Chunk]) -> list[Chunk]:
    """ "top 5 most expensive homes": the second superlative says by what."""
    for at in range(len(found) - 2):
        first, number, second = found[at : at + 3]
        told = first.key("super") and first.text.lower() in ("top", "bottom")
        if told and number.kind == "number" and second.key("super"):
            return [*found[:at], *found[at + 1 :]]
    return found


def _grouped_by_count(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "price by number of bedrooms": a column that counts them is the breakdown."""
    if any(chunk.key("super", "orderby", "count") for chunk in found[:1]):
        return found
    for at in range(1, len(found) - 2):
        by, count, thing = found[at : at + 3]
        if not (by.key("by") and count.key("count")) or any(c.key("super") for c in found):
            continue
        columns = [s for s in thing.senses if s.kind == "column"]
        if len(columns) == len(thing.senses) == 1 and _is_coarse(columns[0], catalog):
            return [*found[: at + 1], *found[at + 2 :]]
    return found


def _is_coarse(sense: Sense, catalog: Catalog) -> bool:
    column = catalog.column(sense.table, sense.name)
    return column.role == "measure" and column.family == "integer" and 1 < column.distinct <= _FEW


def _bare_average(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "which class has the best average": of the one number that the data hold."""
    numbers = [
        Sense("column", table.name, column.name)
        for table in catalog.tables.values()
        for column in table.columns.values()
        if column.role == "measure"
    ]
    if len(numbers) != 1 or any(_measured(chunk, catalog) for chunk in found):
        return found
    for at, chunk in enumerate(found):
        after = found[at + 1 : at + 2]
        bare = not after or after[0].key(*_AFTER_AVERAGE)
        if chunk.key("agg") and chunk.text.lower() in ("average", "mean", "median") and bare:
            label = catalog.column(numbers[0].table, numbers[0].name).label
            number = Chunk("sense", label, chunk.start, chunk.end, senses=(numbers[0],))
            return [*found[: at + 1], replace(number), *found[at + 1 :]]
    return found


def _measured(chunk: Chunk, catalog: Catalog) -> bool:
    return any(
        s.kind == "measure"
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )
