"""Numbers as a breakdown: "flights by number of seats", "visits by age in 10-year bands".

A number of few values makes a group of each; one of many is put together in bands.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10
from typing import TYPE_CHECKING

from local_workspace.translate.extremes import row_columns
from local_workspace.translate.grammar import UNITS
from local_workspace.translate.paths import paths
from local_workspace.translate.qualities import is_money, measured_in
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo
    from local_workspace.translate.chunks import Chunk

_BANDS = frozenset(
    f"{word}{tail}"
    for word in ("band", "bracket", "bucket", "range", "interval", "bin", "group", "class")
    for tail in ("", "s", "es")
)
_LENGTHS = ("length", "duration")
_FEW = 25
_ASIDE = ("super", "order", "orderby", "which", "compare", "change", "growth", "share", "oftotal")
"""Where one of these is said, a number after "by" ranks or narrows more often than it groups."""


def in_bands(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the number that it breaks down by as a thing to group by."""
    found = _lengths(found, catalog)
    for at, chunk in enumerate(found):
        if at and chunk.key("by", "in"):
            said = _breakdown(found, at, catalog)
            if said is not None:
                return said
    return found


def _lengths(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "length of stay": the one time that a row takes."""
    for at in range(len(found) - 2):
        word, link, rows = found[at : at + 3]
        tables = {s.table for s in rows.senses if s.kind == "table"}
        if word.kind != "unknown" or word.text.lower() not in _LENGTHS or len(tables) != 1:
            continue
        table = min(tables)
        columns = row_columns("how long", table, set(), catalog)
        if link.key("in") and link.text.lower() == "of" and len(columns) == 1:
            senses = (Sense("column", table, columns[0]),)
            text = f"{word.text} of {rows.text}"
            said = replace(word, kind="sense", text=text, end=rows.end, senses=senses)
            return [*found[:at], said, *found[at + 3 :]]
    return found


def _breakdown(found: list[Chunk], at: int, catalog: Catalog) -> list[Chunk] | None:
    place, width = _width(found, at + 1)
    counted = _text(found, place) in ("number of", "count of")
    place += counted
    chunk = found[place] if place < len(found) else None
    number = _number(chunk, catalog) if chunk else None
    if chunk is None or number is None:
        return None
    if number.role != "measure":
        plain = counted and _groups(found, at, number, catalog, counted=True)
        return [*found[: at + 1], chunk, *found[place + 1 :]] if plain else None
    end = place + 1
    banded = _text(found, end) in _BANDS
    end += banded
    if not banded and end < len(found) and found[end].key("in"):
        after, told = _width(found, end + 1)
        if _text(found, after) in _BANDS:
            banded, width, end = True, told, after + 1
            if end + 1 < len(found) and found[end].key("in") and found[end + 1].kind == "number":
                width, end = found[end + 1].number, end + 2
                end += _is_unit(found, end)
    counted = counted or chunk.text.lower().startswith("number of ")
    if (width and not banded) or (found[at].key("in") and not banded):
        return None
    if not banded and not _groups(found, at, number, catalog, counted=counted):
        return None
    if width is None and not _few(number):
        width = _nice(number)
        if width is None:
            return None
    sense = Sense("band", number.table, number.name, f"{width:g}" if width else "")
    said = replace(chunk, senses=(sense,), plural=False)
    by = replace(found[at], name="by", text="by")
    return [*found[:at], by, said, *found[end:]]


def _text(found: list[Chunk], at: int) -> str:
    return found[at].text.lower() if at < len(found) else ""


def _width(found: list[Chunk], at: int) -> tuple[int, float | None]:
    """ "10-year", "5": where the words of a width end, and the width."""
    if at >= len(found) or found[at].kind != "number" or found[at].number <= 0:
        return at, None
    end = at + 1
    end += end < len(found) and found[end].key("minus")
    end += _is_unit(found, end)
    return end, found[at].number


def _is_unit(found: list[Chunk], at: int) -> bool:
    chunk = found[at] if at < len(found) else None
    return chunk is not None and (chunk.kind in ("grain", "unit") or chunk.text.lower() in UNITS)


def _number(chunk: Chunk, catalog: Catalog) -> ColumnInfo | None:
    """The one number column that the words name."""
    named = {(s.table, s.name) for s in chunk.senses if s.kind == "column"}
    other = any(s.kind not in ("column", "value", "filter", "event") for s in chunk.senses)
    if len(named) != 1 or other:
        return None
    column = catalog.column(*named.pop())
    tells = column.role == "measure" or (
        column.role == "dimension" and column.family in ("integer", "number")
    )
    return column if tells else None


def _few(column: ColumnInfo) -> bool:
    return column.distinct <= (_FEW if column.family == "integer" else _FEW // 2)


def _groups(
    found: list[Chunk], at: int, number: ColumnInfo, catalog: Catalog, *, counted: bool
) -> bool:
    """Whether the number after "by" tells groups of the rows that were named before.

    Not of things with a name: "stands by capacity" is a list. And nobody groups by money.
    """
    asked = any(chunk.key(*_ASIDE) for chunk in found)
    if asked or found[at].text.lower() != "by" or at == 0:
        return False
    if is_money(number) or measured_in(number.unit or "") == "price":
        return False
    how_many = any(chunk.key("count") for chunk in found[:at])
    rows = {s.table for chunk in found[:at] for s in chunk.senses if s.kind == "table"}
    reached = [table for table in rows if number.table in paths(catalog, table)]
    if not rows or len(reached) != len(rows):
        return False
    named = all(catalog.tables[table].label for table in rows)
    fewer = counted and all(table == number.table for table in rows)
    return how_many or fewer or not named


def _nice(column: ColumnInfo) -> float | None:
    """A round width that makes about ten bands."""
    if column.low is None or column.high is None or column.high <= column.low:
        return None
    rough = (column.high - column.low) / 10
    power = 10.0 ** floor(log10(rough))
    width = next(power * step for step in (1, 2, 5, 10) if power * step >= rough * 0.8)
    return max(width, 1.0) if column.family == "integer" else width
