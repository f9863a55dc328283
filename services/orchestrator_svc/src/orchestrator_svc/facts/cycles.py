"""Cycles of time: how long they are, and a series freed of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

from aislides.deck.v1.fact_pb2 import TimeGrain

from orchestrator_svc.facts.series import Series
from orchestrator_svc.facts.statistics import (
    group_p,
    mann_kendall,
    seasonal_kendall,
    seasonal_slope,
    theil_sen,
)

MAX_SEASON_P = 0.01
_LENGTHS = {
    TimeGrain.TIME_GRAIN_HOUR: 24,
    TimeGrain.TIME_GRAIN_DAY: 7,
    TimeGrain.TIME_GRAIN_WEEK: 52,
    TimeGrain.TIME_GRAIN_MONTH: 12,
    TimeGrain.TIME_GRAIN_QUARTER: 4,
}


def cycle_length(series: Series) -> int:
    """Periods in the cycle that is usual for the grain: 12 months, 7 days; 0 for years."""
    axis = series.times
    if axis is None or axis.cyclic:
        return 0
    return _LENGTHS.get(axis.grain, 0)


def phases(series: Series) -> list[int]:
    """The position of each point inside its cycle; all 0 where there is no cycle."""
    length = cycle_length(series)
    return [round(point.key) % length if length else 0 for point in series.points]


def slope_of(series: Series) -> float:
    """The robust change from one period to the next; of two cycles or more, what no season bends.

    Two years of a shop that sells most in December fall from one December to the month after: the
    median over all pairs would take part of the season for a trend.
    """
    times, length = [point.key for point in series.points], cycle_length(series)
    if length and len(times) >= 2 * length:
        return seasonal_slope(times, series.values(), length)
    return theil_sen(times, series.values())


def detrended(series: Series) -> list[float]:
    """The values minus their robust straight line, around 0."""
    slope = slope_of(series)
    rest = [point.value - slope * point.key for point in series.points]
    centre = median(rest)
    return [value - centre for value in rest]


def season_of(series: Series) -> list[float]:
    """For each point, the usual effect of its phase.

    All 0.0 under two full cycles, or where phases explain no more than chance would: removing a
    season that is not there makes noise look regular.
    """
    length = cycle_length(series)
    values = series.values()
    if not length or len(values) < 2 * length:
        return [0.0] * len(values)
    rest, places = detrended(series), phases(series)
    if group_p(explained(rest, places), len(set(places)), len(rest)) > MAX_SEASON_P:
        return [0.0] * len(values)
    effect: dict[int, float] = {}
    for place in set(places):
        effect[place] = median(
            value for value, phase in zip(rest, places, strict=True) if phase == place
        )
    return [effect[place] for place in places]


def explained(values: Sequence[float], places: Sequence[int]) -> float:
    """Share of the variance around 0 that the phases' means explain, 0 to 1."""
    means = phase_means(values, places)
    whole = sum(value**2 for value in values)
    return sum(means[place] ** 2 for place in places) / whole if whole else 0.0


def phase_means(values: Sequence[float], places: Sequence[int]) -> dict[int, float]:
    """The mean value of each phase."""
    members: dict[int, list[float]] = {}
    for value, place in zip(values, places, strict=True):
        members.setdefault(place, []).append(value)
    return {place: fmean(own) for place, own in members.items()}


def trend_p(series: Series) -> float:
    """Two-sided p-value of no trend; where there is a season, of no trend within its phases."""
    if any(season_of(series)):
        return seasonal_kendall(series.values(), phases(series))
    return mann_kendall(series.values())


def without_season(series: Series) -> list[float]:
    """The values minus the usual effect of their phase."""
    return [
        value - effect for value, effect in zip(series.values(), season_of(series), strict=True)
    ]
