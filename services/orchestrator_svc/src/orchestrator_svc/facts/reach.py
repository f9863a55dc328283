"""How far the data behind a deck reach, as the source or its finest results tell: what is cut.

A source may say in its description that "the data end on 2025-03-11": then periods of any length
are cut. What only a finer result tells cuts quarters and years.
"""

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


_BEGIN = re.compile(r"\bThe data begin on (\d{4}-\d\d-\d\d)\b")
_END = re.compile(r"\bThe data (?:begin on [^.]*? and )?end on (\d{4}-\d\d-\d\d)\b")
_SPARE = {
    TimeGrain.TIME_GRAIN_WEEK: 3,
    TimeGrain.TIME_GRAIN_MONTH: 7,
    TimeGrain.TIME_GRAIN_QUARTER: 11,
    TimeGrain.TIME_GRAIN_YEAR: _MONTH,
}
"""Days without data that a period must have at its edge to be cut, where the source told them."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The first day of the data, and the day after the last, as day numbers.

    `told` holds the same where the source said it; 0 for what it did not say.
    """

    first: int
    end: int
    told: tuple[int, int] = (0, 0)

    def cuts(self, label: object, grain: TimeGrain.ValueType) -> bool:
        """Whether a period lies outside in part: a quarter or a year by a month or more."""
        span = _days(label, grain)
        if span is None:
            return False
        begin, end = span
        first, last = self.told
        spare = _SPARE[grain]
        if (first and first >= begin + spare) or (last and last <= end - spare):
            return True
        finer = grain in _LENGTHS
        return finer and (self.first >= begin + _MONTH or self.end <= end - _MONTH)


def _days(label: object, grain: TimeGrain.ValueType) -> tuple[int, int] | None:
    """The first day of a period and the day after its last; None for what is no such period."""
    whole = isinstance(label, int) and date.min.year <= label < date.max.year
    start = date(label, 1, 1) if whole else label  # type: ignore[arg-type]
    if not isinstance(start, date) or start.year == date.max.year or grain not in _SPARE:
        return None
    if grain == TimeGrain.TIME_GRAIN_WEEK:
        return start.toordinal(), start.toordinal() + 7
    at = start.year * 12 + start.month - 1 + _LENGTHS.get(grain, 1)
    end = date(at // 12, at % 12 + 1, 1)
    return date(start.year, start.month, 1).toordinal(), end.toordinal()


def reaches(tables: Sequence[Table]) -> list[Reach | None]:
    """For each result, how far the rows that it was made from reach; None where none tells."""
    found: dict[tuple[str, Conditions], Reach] = {}
    keys = [_source(table) for table in tables]
    for table, key in zip(tables, keys, strict=True):
        own = _reach(table)
        if key is None or own is None:
            continue
        held = found.get(key, own)
        told = max(held.told[0], own.told[0]), max(held.told[1], own.told[1])
        found[key] = Reach(max(held.first, own.first), min(held.end, own.end), told)
    return [found.get(key) if key else None for key in keys]


def _told(table: Table) -> tuple[int, int]:
    """The first day and the day after the last, as the description tells; 0 for untold."""
    said = table.result.source.description
    last = _day(_END.search(said))
    return _day(_BEGIN.search(said)), last + 1 if last else 0


def _day(found: re.Match[str] | None) -> int:
    try:
        return date.fromisoformat(found[1]).toordinal() if found else 0
    except ValueError:
        return 0


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
            return Reach(min(days), max(days) + _STEPS[axis.grain], _told(table))
    told = _told(table)
    return Reach(0, date.max.toordinal(), told) if any(told) else None
