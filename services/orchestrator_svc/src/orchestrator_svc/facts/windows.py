"""Two spans of time to compare: the last two whole years, else the last two periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aislides.deck.v1.fact_pb2 import Format, FormatKind, TimeGrain

from orchestrator_svc.deck.values import PythonValue
from orchestrator_svc.facts.formula import literal
from orchestrator_svc.facts.series import Point, Series

# Not weeks: they straddle years, so that the weeks of a year are not the year.
_A_YEAR = {
    TimeGrain.TIME_GRAIN_MONTH: 12,
    TimeGrain.TIME_GRAIN_QUARTER: 4,
    TimeGrain.TIME_GRAIN_DAY: 365,
}
_PAIR = 2
_YEAR = Format(kind=FormatKind.FORMAT_KIND_DATE, grain=TimeGrain.TIME_GRAIN_YEAR)


@dataclass(frozen=True, slots=True)
class Window:
    """One span: its filter and the formula of its name, in formula language."""

    where: str
    name: str
    format: Format
    noun: str
    near: bool = True
    """Whether it is the one next to the span it is compared with."""
    step: bool = False
    """Whether it is one of many short periods, of which the last step says little."""


def year_windows(series: Series) -> tuple[Window, Window] | None:
    """The year before and the last year, when both are whole; None otherwise."""
    need = _A_YEAR.get(series.grain, 0)
    if not need or series.times is None or series.times.cyclic:
        return None
    years: dict[int, list[Point]] = {}
    for point in series.points:
        if isinstance(point.label, date):
            years.setdefault(point.label.year, []).append(point)
    whole = sorted(year for year, points in years.items() if len(points) >= need)
    if len(whole) < 2 or whole[-1] - whole[-2] != 1:
        return None
    before, after = (_span(series, years[year]) for year in whole[-2:])
    return before, after


def last_windows(series: Series) -> tuple[Window, Window] | None:
    """The period before and the last period of a calendar series; None where there is no pair."""
    if series.times is None or series.times.cyclic or not series.regular:
        return None
    if len(series.points) < 2:
        return None
    before, after = (_period(series, point.label) for point in series.points[-2:])
    return before, after


def compared_windows(series: Series) -> list[tuple[Window, Window]]:
    """The pairs of spans worth comparing group by group, without the season between them.

    The last two whole years, and for years also the first and the last; of a few months or
    quarters the last and the same of the year before, else the one before it.
    """
    yearly = year_windows(series)
    if yearly:
        return [yearly]
    pair = last_windows(series)
    if pair is None:
        return []
    first, last = (series.points[place].label for place in (0, -1))
    if series.grain == TimeGrain.TIME_GRAIN_YEAR and len(series.points) > _PAIR:
        return [(replace(_period(series, first), near=False), pair[1]), pair]
    if series.grain in _A_YEAR and isinstance(last, date):
        for point in series.points:
            if point.label == _year_before(last):
                return [(replace(_period(series, point.label), near=False), pair[1])]
    # Two periods alone were asked for; two that are left of three were not.
    many = len(set(series.axis.labels)) > _PAIR and series.grain != TimeGrain.TIME_GRAIN_YEAR
    return [(replace(pair[0], step=many), pair[1])]


def _year_before(day: date) -> date | None:
    if day.year == date.min.year:
        return None
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _span(series: Series, points: Sequence[Point]) -> Window:
    first, last = points[0].label, points[-1].label
    time = series.axis.formula
    where = f"({time} >= {literal(first)}) and ({time} <= {literal(last)})"
    return Window(where, series.label_at(last), _YEAR, "year")


def _period(series: Series, label: PythonValue) -> Window:
    noun = TimeGrain.Name(series.grain).removeprefix("TIME_GRAIN_").lower()
    where = f"{series.axis.formula} == {literal(label)}"
    return Window(f"({where})", series.label_at(label), series.axis.format, noun)
