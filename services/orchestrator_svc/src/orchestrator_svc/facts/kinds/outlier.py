"""Outlier: periods far outside the usual level, season removed, by robust distance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import fmean, median

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, TimeGrain

from orchestrator_svc.facts.cycles import cycle_length, without_season
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.series import Series, period_noun, period_words
from orchestrator_svc.facts.statistics import (
    median_deviation,
    rolling_median,
    two_sided,
)
from orchestrator_svc.facts.wording import subject_first

MIN_POINTS = 12
MIN_Z = 5.0
SHORTNESS = 16
NEARLY = 0.85
SKEW = 1.3
"""A measure whose mean is so much above its median piles up at zero: a zero there is usual."""
_PLACES = ("first", "second", "third")


def outliers(series: Series) -> Iterator[Draft]:
    """The periods that stand out, at most three, in one direction at a time."""
    if len(series.points) < MIN_POINTS or not series.regular or not _season_known(series):
        return
    values, raw = _without_known_season(series), series.values()
    window = 7 if len(values) >= 30 else 5
    rest = [
        value - level for value, level in zip(values, rolling_median(values, window), strict=True)
    ]
    centre, level = median(raw), fmean(abs(value) for value in raw)
    usual = 1.4826 * median_deviation(raw)
    for sign in (1, -1):
        scale = _scale(rest, sign)
        piled_up = sign < 0 and min(raw) >= 0 and level > SKEW * centre
        if scale == 0 or piled_up:
            continue
        # Far from its neighbours, and off the usual level as a reader sees it.
        scores = [
            sign * rest[at] / scale if sign * (raw[at] - centre) > usual else 0.0
            for at in range(len(raw))
        ]
        # A median of few neighbours follows noise, so short series need more.
        bar = MIN_Z * (1 + SHORTNESS / len(raw))
        found = [at for at in range(len(raw)) if _stands_out(scores, at, bar)]
        if not found or len(found) > max(3, len(values) // 20):
            continue
        found.sort(key=lambda at: -scores[at])
        p = min(1.0, two_sided(scores[found[0]]) * len(values))
        impact = min(abs(rest[found[0]]) / (2 * level), 1.0) if level else 0.0
        yield _draft(series, found[:3], sign=sign, impact=impact, p=p)


def _stands_out(scores: list[float], at: int, bar: float) -> bool:
    """Whether a point is beyond the bar, or with a neighbour of its kind nearly so."""
    if scores[at] > bar:
        return True
    near = [scores[place] for place in (at - 1, at + 1) if 0 <= place < len(scores)]
    return min(scores[at], max(near)) > NEARLY * bar


def _scale(rest: list[float], sign: int) -> float:
    """One standard deviation, by the median distance or by the tail of that side if it is longer.

    Skewed measures have a long tail on one side: a few percent of their points are no outliers.
    """
    tail = sorted(sign * value for value in rest if sign * value > 0)
    if not tail:
        return 0.0
    return max(1.4826 * median_deviation(rest), tail[int(0.9 * (len(tail) - 1))] / 2)


def _without_known_season(series: Series) -> list[float]:
    """The values without season, where three cycles show it: of two, an outlier bends it."""
    if len(series.points) < 3 * cycle_length(series):
        return series.values()
    return without_season(series)


def _season_known(series: Series) -> bool:
    """Whether peaks of the season can be told from outliers: two cycles, or a fine grain."""
    length = cycle_length(series)
    coarse = series.grain in (
        TimeGrain.TIME_GRAIN_MONTH,
        TimeGrain.TIME_GRAIN_QUARTER,
    )
    axis = series.times
    return axis is not None and not axis.cyclic and (not coarse or len(series.points) >= 2 * length)


def _draft(series: Series, found: list[int], *, sign: int, impact: float, p: float) -> Draft:
    measure, noun, when = series.measure, period_noun(series), period_words(series)
    side = "above" if sign > 0 else "below"
    draft = Draft(
        FactKind.FACT_KIND_OUTLIER,
        series.table,
        measure.name,
        series.dimension,
        f"{noun}s on which {measure.label} lay far {side} the usual",
        p=p,
        impact=impact,
        specificity=0.95,
    )
    period = series.axis.format
    points = [series.points[at] for at in found]
    points.sort(key=lambda point: -sign * point.value)
    for place, point in zip(_PLACES, points, strict=False):
        label = f"{measure.label} on the {place} unusual {noun}"
        draft.add(f"{place}_period", series.label_at(point.label), period, f"{place} {noun}")
        draft.add(f"{place}_value", series.at(point.label), measure.format, label)
        draft.claim(ClaimKind.CLAIM_KIND_UNUSUAL, f"{place}_period", f"{place}_value")
        pair = (f"{place}_value", "usual")
        jump = ClaimKind.CLAIM_KIND_UP if sign > 0 else ClaimKind.CLAIM_KIND_DOWN
        draft.claim(jump, "usual", f"{place}_value")
        draft.claim(ClaimKind.CLAIM_KIND_ABOVE, *(pair if sign > 0 else pair[::-1]))
    draft.add("usual", series.summary("median"), measure.format, f"median {measure.label}")
    extreme = max if sign > 0 else min
    if points[0].value == extreme(series.values()):
        kind = ClaimKind.CLAIM_KIND_HIGHEST if sign > 0 else ClaimKind.CLAIM_KIND_LOWEST
        draft.claim(kind, "first_period", "first_value")
    in_time = sorted(zip(points, _PLACES, strict=False), key=lambda pair: pair[0].key)
    for (_, earlier), (_, later) in pairwise(in_time):
        draft.claim(ClaimKind.CLAIM_KIND_BEFORE, f"{earlier}_period", f"{later}_period")
    draft.lead = f"Unusual {noun}" if len(points) == 1 else f"Unusual {noun}s"
    what = subject_first(measure)
    draft.headline = (
        f"{what} reached {{first_value}} {when('first_period')}, far {side} the usual {{usual}}"
    )
    draft.sentence = (
        f"{what} reached {{first_value}} {when('first_period')}, against a usual {{usual}}."
    )
    if len(points) > 1:
        draft.sentence = (
            f"{what} reached {{first_value}} {when('first_period')} and {{second_value}} "
            f"{when('second_period')}, against a usual {{usual}}."
        )
    return draft
