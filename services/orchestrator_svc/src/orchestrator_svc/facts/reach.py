"""How far the data behind a deck reach, as its finest results tell: coarser periods may be cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aislides.deck.v1.fact_pb2 import TimeGrain

from orchestrator_svc.deck.conditions import Conditions, conditions
from orchestrator_svc.deck.table import Table

_FROM = re.compile(r"\bfrom\s+([\w.`\"]+)", re.IGNORECASE)
_STEPS = {
    TimeGrain.TIME_GRAIN_DAY: 1,
    TimeGrain.TIME_GRAIN_WEEK: 7,
    TimeGrain.TIME_GRAIN_MONTH: 31,
}
_MONTH = 28
"""Days that a period must lack to be cut by a month."""
_LENGTHS = {TimeGrain.TIME_GRAIN_QUARTER: 3, TimeGrain.TIME_GRAIN_YEAR: 12}


@dataclass(frozen=True, slots=True)
class Reach:
    """The first day of the data, and the day after the last, as day numbers."""

    first: int
    end: int

    def cuts(self, label: object, grain: TimeGrain.ValueType) -> bool:
        """Whether a quarter or a year lies outside in part, by a month or more."""
        months = _LENGTHS.get(grain)
        whole = isinstance(label, int) and date.min.year <= label < date.max.year
        start = date(label, 1, 1) if whole else label  # type: ignore[arg-type]
        if not months or not isinstance(start, date) or start.year == date.max.year:
            return False
        begin = date(start.year, start.month, 1).toordinal()
        at = start.year * 12 + start.month - 1 + months
        end = date(at // 12, at % 12 + 1, 1).toordinal()
        return self.first >= begin + _MONTH or self.end <= end - _MONTH


def reaches(tables: Sequence[Table]) -> list[Reach | None]:
    """For each result, how far the rows that it was made from reach; None where none tells."""
    found: dict[tuple[str, Conditions], Reach] = {}
    keys = [_source(table) for table in tables]
    for table, key in zip(tables, keys, strict=True):
        own = _reach(table)
        if key is None or own is None:
            continue
        held = found.get(key, own)
        found[key] = Reach(max(held.first, own.first), min(held.end, own.end))
    return [found.get(key) if key else None for key in keys]


def _source(table: Table) -> tuple[str, Conditions] | None:
    """The table that a query reads, and which rows of it."""
    sql = table.result.source.sql
    read = _FROM.search(sql)
    return (read[1], conditions(sql)) if read else None


def _reach(table: Table) -> Reach | None:
    """From the first to the last day of a result over days, weeks or months."""
    for name in table.names:
        axis = table.axis(name)
        if axis is None or axis.cyclic or axis.grain not in _STEPS:
            continue
        days = [cell.toordinal() for cell in table.column(name) if isinstance(cell, date)]
        if days:
            return Reach(min(days), max(days) + _STEPS[axis.grain])
    return None
