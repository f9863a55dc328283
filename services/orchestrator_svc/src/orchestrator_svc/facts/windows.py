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
_FEWEST = 3
"""Months that tell how a year goes."""
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


def months_so_far(series: Series) -> tuple[Sequence[Point], Sequence[Point]] | None:
    """The months of a last year that is not whole, and the same months of the year before.

    None where there are fewer than three, or where the year before lacks one of them.
    """
    if series.grain != TimeGrain.TIME_GRAIN_MONTH or series.times is None or series.times.cyclic:
        return None
    dated = {p.label: p for p in series.points if isinstance(p.label, date)}
    if not dated or not series.regular:
        return None
    year = max(dated).year
    late = [dated[day] for day in sorted(dated) if day.year == year]
    shared = [
        (dated[day.replace(year=year - 1)], point)
        for point in late
        if isinstance(day := point.label, date) and day.replace(year=year - 1) in dated
    ]
    if not _FEWEST <= len(shared) < _A_YEAR[TimeGrain.TIME_GRAIN_MONTH]:
        return None
    before, after = zip(*shared, strict=True)
    # Months of the last year that the year before lacks come first, as data begin somewhere.
    return (before, after) if after[-1] is late[-1] and _follow(after) else None


def _follow(points: Sequence[Point]) -> bool:
    """Whether the months follow one another."""
    return points[-1].key - points[0].key == len(points) - 1


def last_windows(series: Series) -> tuple[Window, Window] | None:
    """The period before and the last period of a calendar series; None where there is no pair."""
    if series.times is None or series.times.cyclic or not series.regular:
        return None
    if len(series.points) < 2:
        return None
    before, after = (_period(series, point.label) for point in series.points[-2:])
    return before, after


def without_season(series: Series) -> tuple[Window, Window] | None:
    """The pair of spans in which a change is no change of season: years, or a period and the same
    a year before; the last two periods only of data that hold no such pair."""
    pairs = compared_windows(series)
    return pairs[-1] if pairs else last_windows(series)


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
