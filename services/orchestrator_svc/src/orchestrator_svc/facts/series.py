"""One measure along one column: the points in order, and the formulas that give them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from statistics import median

from aislides.deck.v1.fact_pb2 import TimeGrain

from orchestrator_svc.deck.periods import TimeAxis, day_number, month_number, name_tokens
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.axes import Axis
from orchestrator_svc.facts.formula import column_name, literal
from orchestrator_svc.facts.reach import Reach
from orchestrator_svc.facts.roles import Measure
from orchestrator_svc.facts.statistics import usual_step
from orchestrator_svc.facts.vectors import total

_SIGNED = re.compile(
    r"\b(?:profits?|loss(?:es)?|margin|net|balance|cash|earnings|result|ebit\w*)\b"
)
_FEWEST = 3
"""Periods from which the last can be seen to be partial."""


@dataclass(frozen=True, slots=True)
class Point:
    """One label and its value; `weight` is what the value rests on, 0 when unknown."""

    label: PythonValue
    key: float
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Series:
    """A measure by a column: points in time order for time, else in row order.

    `vector` is the formula of all values, `where` the filter in force, both in formula language.
    """

    table: Table
    measure: Measure
    axis: Axis
    points: tuple[Point, ...]
    vector: str
    unique: bool
    where: str = ""
    dropped_first: bool = False
    dropped_last: bool = False

    @property
    def dimension(self) -> str:
        """The result column that splits the measure."""
        return self.axis.column

    @property
    def times(self) -> TimeAxis | None:
        """How the labels order in time; None for groups."""
        return self.axis.times

    @property
    def grain(self) -> TimeGrain.ValueType:
        """The length of one period; UNSPECIFIED for groups."""
        return self.times.grain if self.times else TimeGrain.TIME_GRAIN_UNSPECIFIED

    @property
    def regular(self) -> bool:
        """Whether the points follow one another in time with hardly a gap."""
        if self.times is None or len(self.points) < 2:
            return False
        keys = [point.key for point in self.points]
        steps = (keys[-1] - keys[0]) / usual_step(keys)
        return steps <= 1.1 * (len(keys) - 1) + 1e-9

    def values(self) -> list[float]:
        """The values in order."""
        return [point.value for point in self.points]

    def summary(self, function: str, *extra: str) -> str:
        """A formula of a function over all values in force, such as `max(avg_delay)`."""
        return _call(function, self.vector, *extra, where=self.where)

    def name_of(self, function: str, *extra: str) -> str:
        """A formula of `argmax` or `argmin`: the label beside the extreme value."""
        return _call(function, self.axis.formula, self.vector, *extra, where=self.where)

    def at(self, label: PythonValue) -> str:
        """The formula of the value at one label."""
        if self.unique:
            name = column_name(self.measure.name)
            return _call("at", name, self.axis.formula, literal(label))
        return overall(self.measure, where=f"{self.axis.formula} == {literal(label)}")

    def weight_at(self, label: PythonValue) -> str:
        """The formula of the weight at one label."""
        where = f"{self.axis.formula} == {literal(label)}"
        return _call("sum", column_name(self.measure.weight), where=where)

    def label_at(self, label: PythonValue) -> str:
        """A formula that reads the label itself from its first row."""
        return _call("cell", self.axis.formula, str(self.axis.labels.index(label)))


def overall(measure: Measure, *, where: str = "") -> str:
    """The formula of the measure over all rows: a sum, or a weighted mean."""
    name = column_name(measure.name)
    if measure.additive:
        return _call("sum", name, where=where)
    return _call("weighted_mean", name, column_name(measure.weight), where=where)


def series_along(table: Table, measure: Measure, axis: Axis) -> Series | None:
    """The measure along the axis; None when rows cannot be made one value per label.

    Rows without label or value are left out. Time columns come in time order.
    """
    labels, numbers = axis.labels, table.numbers(measure.name)
    weights = table.numbers(measure.weight) if measure.weight else [None] * len(numbers)
    keys = axis.times.keys if axis.times else tuple(float(row) for row in range(len(labels)))
    rows: dict[PythonValue, list[int]] = {}
    for row, (label, number) in enumerate(zip(labels, numbers, strict=True)):
        if label is not None and number is not None and keys[row] is not None:
            rows.setdefault(label, []).append(row)
    labelled = [label for label in labels if label is not None]
    unique = len(set(labelled)) == len(labelled)
    if not unique and (not measure.aggregates or (measure.additive and table.truncated)):
        return None
    points = []
    for label, positions in rows.items():
        value, weight = _combined(positions, numbers, weights, measure)
        key = keys[positions[0]]
        if value is not None and key is not None:
            points.append(Point(label, key, value, weight))
    if axis.times:
        points.sort(key=lambda point: point.key)
    name, by = column_name(measure.name), axis.formula
    vector = name
    if not unique:
        inner = (name,) if measure.additive else (name, column_name(measure.weight))
        function = "sum" if measure.additive else "weighted_mean"
        vector = _call(function, *inner, by=by)
    where = ""
    if len(labelled) < len(labels):
        where = f"{by} != None" if unique else ""
        vector = vector if unique else _with_where(vector, f"{by} != None")
    return Series(table, measure, axis, tuple(points), vector, unique, where)


def complete_periods(series: Series, reach: Reach | None = None) -> Series:
    """The series without a first or last period that is not complete.

    A period is partial when the data ends inside it, as `reach` may tell, or when what it rests on
    (its rows, or an additive value) is less than half the usual and less than any other period.
    """
    if series.times is None or series.times.cyclic or len(series.points) < _FEWEST:
        return series
    points = list(series.points)
    cut_first, cut_last = _cut_edges(series)
    if reach is not None:
        cut_first = cut_first or reach.cuts(points[0].label, series.grain)
        cut_last = cut_last or reach.cuts(points[-1].label, series.grain)
    years = series.grain == TimeGrain.TIME_GRAIN_YEAR and len(points) == _FEWEST
    last = cut_last or _ends_inside(series, points[-1]) or (not years and _thin(series, points, -1))
    # Of three periods the first may be small because the whole grew.
    first = cut_first or (len(points) > _FEWEST and _thin(series, points, 0))
    if not (first or last) or len(points) - first - last < 1:
        return series
    kept = points[1 if first else 0 : -1 if last else len(points)]
    dimension = series.axis.formula
    bounds = []
    if first:
        bounds.append(f"({dimension} >= {literal(kept[0].label)})")
    if last:
        bounds.append(f"({dimension} <= {literal(kept[-1].label)})")
    return restricted(
        replace(series, dropped_first=first, dropped_last=last), kept, " and ".join(bounds)
    )


def restricted(series: Series, points: Sequence[Point], where: str) -> Series:
    """The series with only these points, which `where` (over rows) selects."""
    if not where:
        return replace(series, points=tuple(points))
    if series.unique:
        both = f"({series.where}) and {where}" if series.where else where
        return replace(series, points=tuple(points), where=both)
    return replace(series, points=tuple(points), vector=_with_where(series.vector, where))


def period_words(series: Series) -> Callable[[str], str]:
    """How a period is named in prose: `in {peak_period}`, `at {peak_period}`, `on ...`."""
    grain, axis = series.grain, series.times
    lead = "in"
    if grain == TimeGrain.TIME_GRAIN_HOUR:
        lead = "at"
    elif grain == TimeGrain.TIME_GRAIN_DAY:
        lead = "on"
    elif grain == TimeGrain.TIME_GRAIN_WEEK and axis and not axis.cyclic:
        lead = "in the week of"
    return lambda name: f"{lead} {{{name}}}"


def period_noun(series: Series) -> str:
    """What one period is called: `month`, `hour`, `day`; `period` when unknown."""
    axis = series.times
    if axis is None:
        return "period"
    if axis.cyclic and axis.grain == TimeGrain.TIME_GRAIN_DAY:
        return "weekday"
    return TimeGrain.Name(axis.grain).removeprefix("TIME_GRAIN_").lower()


def group_noun(dimension: str) -> str:
    """What one group is called, from the column's name: `carrier_name` is `carrier`."""
    words = name_tokens(dimension)
    while len(words) > 1 and words[-1] in {"name", "code", "label", "title"}:
        words = words[:-1]
    return " ".join(words)[:40] or "group"


def _combined(
    positions: Sequence[int],
    numbers: Sequence[float | None],
    weights: Sequence[float | None],
    measure: Measure,
) -> tuple[float | None, float]:
    """One value for several rows, and what it rests on."""
    weight = sum(weights[row] or 0.0 for row in positions)
    if measure.additive or len(positions) == 1:
        value = number_of(total([numbers[row] for row in positions]))
        return value, weight
    if weight <= 0:
        return None, 0.0
    summed = sum((numbers[row] or 0.0) * (weights[row] or 0.0) for row in positions)
    return summed / weight, weight


def _cut_edges(series: Series) -> tuple[bool, bool]:
    """Whether weeks or months made from days begin or end in the middle."""
    if series.axis.plain or series.times is None:
        return False, False
    days = [cell for cell in series.table.column(series.dimension) if isinstance(cell, date)]
    labels = [label for label in series.axis.labels if isinstance(label, date)]
    if not days or not labels or isinstance(labels[0], datetime):
        return False, False
    first, last = min(days), max(days)
    length = 7 if series.grain == TimeGrain.TIME_GRAIN_WEEK else 31
    following = max(labels) + timedelta(days=length)
    end = following if length == 7 else following.replace(day=1)
    return first.toordinal() > min(labels).toordinal(), last.toordinal() < end.toordinal() - 1


def _thin(series: Series, points: Sequence[Point], at: int) -> bool:
    sizes = [point.weight or point.value for point in points]
    if not series.measure.weight and not series.measure.additive:
        return False
    if min(sizes) < 0 or _SIGNED.search(series.measure.label):
        # A loss, or a small profit, is no sign of missing days.
        return False
    others = sizes[1:-1]
    return sizes[at] < 0.5 * median(others) and sizes[at] < 0.75 * min(others)


def _ends_inside(series: Series, point: Point) -> bool:
    source = series.table.result.source
    if not source.HasField("completed_at"):
        return False
    seen = datetime.fromtimestamp(source.completed_at.seconds, UTC)
    grain = series.grain
    if grain == TimeGrain.TIME_GRAIN_YEAR:
        return point.key == seen.year
    if grain == TimeGrain.TIME_GRAIN_QUARTER:
        return point.key == month_number(seen) // 3
    if grain == TimeGrain.TIME_GRAIN_MONTH:
        return point.key == month_number(seen)
    if grain == TimeGrain.TIME_GRAIN_WEEK:
        week = seen - timedelta(days=seen.weekday())
        return point.key == (day_number(week.date()) - 1) // 7
    return grain == TimeGrain.TIME_GRAIN_DAY and point.key == seen.date().toordinal()


def _with_where(vector: str, where: str) -> str:
    if ", where=" in vector:
        return f"{vector[:-1]} and {where})"
    return f"{vector[:-1]}, where={where})"


def _call(function: str, *arguments: str, where: str = "", by: str = "") -> str:
    parts = list(arguments)
    if by:
        parts.append(f"by={by}")
    if where:
        parts.append(f"where={where}")
    return f"{function}({', '.join(parts)})"
