"""Trend: a lasting rise or fall over at least eight periods, tested against chance."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.facts.cycles import cycle_length, season_of, trend_p
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.series import Series, period_noun
from orchestrator_svc.facts.statistics import seasonal_slope, theil_sen
from orchestrator_svc.facts.wording import difference_format, signed, subject_first

MIN_POINTS = 8


def trends(series: Series) -> Iterator[Draft]:
    """The robust slope of a calendar series; of a seasonal one, between equal points of cycles."""
    axis = series.times
    if axis is None or axis.cyclic or len(series.points) < MIN_POINTS or not series.regular:
        return
    values, seasonal = series.values(), any(season_of(series))
    times = [point.key for point in series.points]
    cycle = cycle_length(series) if seasonal else 0
    slope = seasonal_slope(times, values, cycle) if seasonal else theil_sen(times, values)
    span = times[-1] - times[0]
    level = sum(abs(value) for value in values) / len(values)
    if slope == 0 or level == 0:
        return
    yield _draft(series, slope, cycle, min(abs(slope) * span / level, 1.0))


def _draft(series: Series, slope: float, cycle: int, impact: float) -> Draft:
    """`cycle` is the length of the season that the slope leaves out, 0 where there is none."""
    measure, noun = series.measure, period_noun(series)
    draft = Draft(
        FactKind.FACT_KIND_TREND,
        series.table,
        measure.name,
        series.dimension,
        f"direction of {measure.label} over time, by {noun}",
        p=trend_p(series),
    )
    first, last = series.points[0], series.points[-1]
    period = series.axis.format
    change = signed(difference_format(measure.format))
    time = series.axis.formula
    formula = series.summary("slope", time, *([str(cycle)] if cycle else []))
    draft.add("slope", formula, change, f"usual change of {measure.label} from {noun} to {noun}")
    pace = f"how fast {measure.label} moved from {noun} to {noun}"
    draft.add("pace", f"abs({formula})", difference_format(measure.format), pace)
    draft.add("start", series.at(first.label), measure.format, f"{measure.label} at the start")
    draft.add("start_period", series.label_at(first.label), period, "first period")
    draft.add("end", series.at(last.label), measure.format, f"{measure.label} at the end")
    draft.add("end_period", series.label_at(last.label), period, "last period")
    verb = "rose" if slope > 0 else "fell"
    kind = ClaimKind.CLAIM_KIND_UP if slope > 0 else ClaimKind.CLAIM_KIND_DOWN
    ends = ("start", "end") if (last.value > first.value) == (slope > 0) else ("slope",)
    draft.claim(kind, *ends)
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "start_period", "end_period")
    draft.lead = "Upward trend" if slope > 0 else "Downward trend"
    draft.headline = f"{subject_first(measure)} {verb} by about {{pace}} a {noun}"
    draft.sentence = (
        f"{subject_first(measure)} {verb} by about {{pace}} a {noun} "
        f"from {{start_period}} to {{end_period}}{', season aside' if cycle else ''}."
    )
    if cycle:
        draft.caveats.append(f"Only {noun}s at the same point of the season were compared.")
    if series.dropped_first or series.dropped_last:
        draft.caveats.append(f"An incomplete {noun} at the edge is left out.")
    draft.impact = impact
    return draft
