"""The two ends of a row that goes from one place to another, by what its columns are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_OPPOSITES = (
    ("start", "end"), ("origin", "destination"), ("origin", "dest"), ("from", "to"),
    ("out", "in"), ("pickup", "dropoff"), ("departure", "arrival"), ("sender", "receiver"),
    ("source", "target"), ("loading", "unloading"), ("home", "away"), ("pickup", "return"),
)  # fmt: skip


def ends(table: TableInfo) -> tuple[ColumnInfo, ColumnInfo] | None:
    """The column of where a row begins and that of where it ends; None where no two are such."""
    places = [c for c in table.columns.values() if c.role in ("dimension", "id") and _is_place(c)]
    found: list[tuple[ColumnInfo, ColumnInfo]] = []
    for first, second in _OPPOSITES:
        starts = [c for c in places if first in _words(c)]
        stops = [c for c in places if second in _words(c)]
        if len(starts) == 1 and len(stops) == 1 and starts != stops:
            found.append((starts[0], stops[0]))
    return found[0] if len({(a.name, b.name) for a, b in found}) == 1 else None


def _is_place(column: ColumnInfo) -> bool:
    return column.family in ("text", "integer") and column.distinct > 1


def _words(column: ColumnInfo) -> set[str]:
    named = f"{in_english(column.label.lower())} {column.name.lower().replace('_', ' ')}"
    return set(named.replace("pick up", "pickup").replace("drop off", "dropoff").split())
