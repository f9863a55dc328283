"""What rows are split by: a column, or periods made from it, such as the weeks of its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aislides.deck.v1.fact_pb2 import Format, FormatKind, TimeGrain

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.periods import TimeAxis, time_axis
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue
from orchestrator_svc.facts.calendar import month_start, week_start
from orchestrator_svc.facts.formula import column_name

MIN_DAYS_FOR_WEEKS = 56
_PARTS = {TimeGrain.TIME_GRAIN_MONTH, TimeGrain.TIME_GRAIN_QUARTER}


@dataclass(frozen=True, slots=True)
class Axis:
    """A label for each row.

    `column` is the result column that exhibits use, `formula` gives the labels in formula language,
    `times` is their order in time, None for groups.
    """

    column: str
    formula: str
    labels: tuple[PythonValue, ...]
    times: TimeAxis | None
    format: Format

    @property
    def plain(self) -> bool:
        """Whether the labels are the column's own cells."""
        return self.formula == column_name(self.column)


def column_axis(table: Table, name: str) -> Axis:
    """The column itself."""
    times = table.axis(name)
    fmt = format_for_column(table, name) if times else Format(kind=FormatKind.FORMAT_KIND_NAME)
    return Axis(name, column_name(name), tuple(table.column(name)), times, fmt)


def time_axes(table: Table, name: str) -> list[Axis]:
    """The time column at its own grain, and at coarser ones where it has days enough.

    Two grains are searched because each hides what the other shows: a lost week drowns in a month.
    A month or quarter number beside a year column becomes one calendar.
    """
    own = column_axis(table, name)
    composite = _with_year(table, own)
    if composite is not None:
        return [composite]
    found = [own]
    if own.times is None or own.times.cyclic or own.times.grain != TimeGrain.TIME_GRAIN_DAY:
        return found
    days = [label for label in own.labels if isinstance(label, date)]
    if len(set(days)) >= MIN_DAYS_FOR_WEEKS:
        weeks = tuple(week_start(label) for label in own.labels)
        found.append(_derived(name, "week_of", weeks, TimeGrain.TIME_GRAIN_WEEK))
        months = tuple(month_start(label) for label in own.labels)
        if len(set(months)) >= 6:
            found.append(_derived(name, "month_start", months, TimeGrain.TIME_GRAIN_MONTH))
    return found


def _derived(
    name: str, function: str, labels: Sequence[PythonValue], grain: TimeGrain.ValueType
) -> Axis:
    word = "week" if grain == TimeGrain.TIME_GRAIN_WEEK else "month"
    times = time_axis(word, labels)
    fmt = Format(kind=FormatKind.FORMAT_KIND_DATE, grain=grain)
    return Axis(name, f"{function}({column_name(name)})", tuple(labels), times, fmt)


def _with_year(table: Table, part: Axis) -> Axis | None:
    """The calendar of a year column and a month or quarter number, when there are several years."""
    if part.times is None or not part.times.cyclic or part.times.grain not in _PARTS:
        return None
    for name in table.names:
        axis = table.axis(name)
        if axis is None or axis.grain != TimeGrain.TIME_GRAIN_YEAR:
            continue
        years = table.column(name)
        if len({year for year in years if year is not None}) < 2:
            continue
        step = 3 if part.times.grain == TimeGrain.TIME_GRAIN_QUARTER else 1
        labels = tuple(
            date(int(year), (int(key) - 1) * step + 1, 1)
            if year is not None and key is not None
            else None
            for year, key in zip(axis.keys, part.times.keys, strict=True)
        )
        word = "quarter" if step == 3 else "month"
        formula = f"period({column_name(name)}, {part.formula}, {12 // step})"
        fmt = Format(kind=FormatKind.FORMAT_KIND_DATE, grain=part.times.grain)
        return Axis(part.column, formula, labels, time_axis(word, labels), fmt)
    return None
