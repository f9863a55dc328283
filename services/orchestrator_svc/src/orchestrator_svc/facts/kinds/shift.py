"""Level shift: a lasting change of level at one point in time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import fmean, median

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.facts.cycles import cycle_length, season_of, without_season
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import literal
from orchestrator_svc.facts.series import Series, period_noun
from orchestrator_svc.facts.statistics import (
    autocorrelation,
    median_deviation,
    student_p,
    theil_sen,
)
from orchestrator_svc.facts.wording import difference_format, signed, subject

MIN_POINTS = 12
MIN_SIDE = 5
MAX_SPLITS = 60
MIN_EFFECT = 1.8
"""Levels closer than this many standard deviations are no lasting change worth telling."""


def shifts(series: Series) -> Iterator[Draft]:
    """The best split in two levels, where it tells more than a straight line does."""
    times = series.times
    if times is None or times.cyclic or len(series.points) < MIN_POINTS or not series.regular:
        return
    coarse = 0 < cycle_length(series) <= 12
    if coarse and cycle_length(series) >= 4 and len(series.points) < 2 * cycle_length(series):
        return
    if any(season_of(series)) and len(series.points) < 3 * cycle_length(series):
        # Of two cycles, removing the season leaves little but the difference of the two.
        return
    values = without_season(series)
    split = _best_split(values)
    before, after = values[:split], values[split:]
    rest = [value - median(before) for value in before] + [value - median(after) for value in after]
    if _line_fits_better(values, rest):
        return
    p = _p_value(before, after, rest)
    level = fmean(abs(value) for value in series.values())
    if level:
        impact = min(abs(median(after) - median(before)) / level, 1.0)
        yield _draft(series, split, p=p, impact=impact)


def _best_split(values: Sequence[float]) -> int:
    """The position that leaves least absolute distance to the medians of both sides."""
    count = len(values)
    side = max(MIN_SIDE, count // 6)
    step = max(1, (count - 2 * side) // MAX_SPLITS)
    places = range(side, count - side + 1, step)
    return min(places, key=lambda at: _distance(values[:at]) + _distance(values[at:]))


def _distance(values: Sequence[float]) -> float:
    centre = median(values)
    return sum(abs(value - centre) for value in values)


def _line_fits_better(values: Sequence[float], rest: Sequence[float]) -> bool:
    times = [float(at) for at in range(len(values))]
    slope = theil_sen(times, values)
    line = [value - slope * time for value, time in zip(values, times, strict=True)]
    return _distance(line) < 1.1 * sum(abs(value) for value in rest)


def _p_value(before: Sequence[float], after: Sequence[float], rest: Sequence[float]) -> float:
    """Chance of such a difference of levels, for an autocorrelated series and all splits tried."""
    spread = 1.4826 * median_deviation(rest)
    if spread == 0:
        return 0.0 if median(before) != median(after) else 1.0
    if abs(median(after) - median(before)) < MIN_EFFECT * spread:
        return 1.0
    count = len(rest)
    memory = autocorrelation(rest)
    # Two levels were fitted, at the best of many places: both hide memory and spread.
    memory = min(max(memory + (3 + 4 * memory) / count, 0.0), 0.95)
    spread *= math.sqrt(count / max(count - 5, 1))
    error = spread * 1.2533 * math.sqrt(1 / len(before) + 1 / len(after))
    widened = (1 + memory) / (1 - memory)
    t = abs(median(after) - median(before)) / (error * math.sqrt(widened))
    return min(1.0, student_p(t, max(count / widened - 2, 1.0)) * count)


def _draft(series: Series, split: int, *, p: float, impact: float) -> Draft:
    measure, noun = series.measure, period_noun(series)
    draft = Draft(
        FactKind.FACT_KIND_LEVEL_SHIFT,
        series.table,
        measure.name,
        series.dimension,
        f"{measure.label} moved to another level at one {noun}",
        p=p,
        impact=impact,
        specificity=0.95,
    )
    start, end = series.points[split].label, series.points[split - 1].label
    time, vector = series.axis.formula, series.vector
    after = _median(series, vector, f"{time} >= {literal(start)}")
    before = _median(series, vector, f"{time} <= {literal(end)}")
    fmt = measure.format
    draft.add("before", before, fmt, f"usual {measure.label} before")
    draft.add("after", after, fmt, f"usual {measure.label} since then")
    draft.add("shift_period", series.label_at(start), series.axis.format, "start of the new level")
    change = signed(difference_format(fmt))
    draft.add("change", f"{after} - {before}", change, "distance between the two levels")
    up = median(series.values()[split:]) > median(series.values()[:split])
    draft.claim(ClaimKind.CLAIM_KIND_UP if up else ClaimKind.CLAIM_KIND_DOWN, "before", "after")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, *(("after", "before") if up else ("before", "after")))
    draft.lead = "New level"
    what = subject(measure)
    draft.headline = f"Since {{shift_period}}, {what} stood at about {{after}}, against {{before}}"
    draft.sentence = (
        f"Since {{shift_period}}, {what} stood at about {{after}}, against {{before}} until then."
    )
    return draft


def _median(series: Series, vector: str, where: str) -> str:
    if series.unique:
        both = f"({series.where}) and ({where})" if series.where else where
        return f"median({vector}, where={both})"
    if ", where=" in vector:
        return f"median({vector[:-1]} and ({where})))"
    return f"median({vector[:-1]}, where={where}))"
