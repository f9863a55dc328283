"""How far the data behind a deck reach, as its finest results tell: coarser periods may be cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aislides.deck.v1.fact_pb2 import TimeGrain

from orchestrator_svc.deck.conditions import Conditions, conditions
from orchestrator_svc.deck.table import Table

_FROM = re.compile(r"\bfrom\s+([\w.`\"]+)", re.IGNORECASE)
_STEPS = {
    TimeGrain.TIME_GRAIN_DAY: timedelta(days=1),
    TimeGrain.TIME_GRAIN_WEEK: timedelta(days=7),
    TimeGrain.TIME_GRAIN_MONTH: timedelta(days=31),
}
_LENGTHS = {TimeGrain.TIME_GRAIN_QUARTER: 3, TimeGrain.TIME_GRAIN_YEAR: 12}


@dataclass(frozen=True, slots=True)
class Reach:
    """The first day of the data, and the day after the last."""

    first: date
    end: date

    def cuts(self, label: object, grain: TimeGrain.ValueType) -> bool:
        """Whether a quarter or a year lies outside in part, by a month or more."""
        months = _LENGTHS.get(grain)
        start = date(label, 1, 1) if isinstance(label, int) and 1000 < label < 9999 else label
        if not months or not isinstance(start, date):
            return False
        begin = date(start.year, start.month, 1)
        at = begin.year * 12 + begin.month - 1 + months
        end = date(at // 12, at % 12 + 1, 1)
        return self.first >= begin + timedelta(days=28) or self.end <= end - timedelta(days=28)


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
        days = [date(c.year, c.month, c.day) for c in table.column(name) if isinstance(c, date)]
        if days:
            return Reach(min(days), max(days) + _STEPS[axis.grain])
    return None
