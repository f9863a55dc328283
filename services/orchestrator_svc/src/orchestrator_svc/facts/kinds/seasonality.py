"""Seasonality: a pattern that recurs in each cycle, or the peak and trough of a single one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import fmean

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, Format, FormatKind, TimeGrain

from orchestrator_svc.facts.cycles import cycle_length, detrended, explained, phase_means, phases
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import column_name
from orchestrator_svc.facts.series import Point, Series, period_noun, period_words
from orchestrator_svc.facts.statistics import autocorrelation, group_p
from orchestrator_svc.facts.wording import (
    INTERVALS,
    MIN_RATIO,
    MULTIPLE,
    NAME,
    difference_format,
    subject_first,
    was,
)

MIN_POINTS, MAX_POINTS = 5, 60
_PHASE_OF = {
    TimeGrain.TIME_GRAIN_MONTH: ("month_of", TimeGrain.TIME_GRAIN_MONTH),
    TimeGrain.TIME_GRAIN_QUARTER: ("quarter_of", TimeGrain.TIME_GRAIN_QUARTER),
    TimeGrain.TIME_GRAIN_DAY: ("weekday_of", None),
}


def seasons(series: Series) -> Iterator[Draft]:
    """The recurring pattern where two cycles are there, else peak, trough and second peak."""
    length = cycle_length(series)
    if length and len(series.points) >= 2 * length and series.regular:
        yield from _recurring(series)
    elif MIN_POINTS <= len(series.points) <= MAX_POINTS and series.regular:
        yield from _one_cycle(series)


def _one_cycle(series: Series) -> Iterator[Draft]:
    points = series.points
    peak = max(points, key=lambda point: point.value)
    low = min(points, key=lambda point: point.value)
    level = fmean(abs(point.value) for point in points)
    if peak.value == low.value or level == 0:
        return
    impact = min((peak.value - low.value) / (2 * level), 1.0)
    smooth = autocorrelation(series.values()) > 0.2
    rises = _rise_to_peak(series, peak)
    draft = _peak_draft(series, peak, low, rises=rises, smooth=smooth)
    draft.impact, draft.specificity = impact, 0.95 if smooth else 0.5
    yield draft
    second = _second_peak(points, peak, low) if smooth and not rises else None
    if second:
        yield _rebound(series, *second, impact=impact)


def _rise_to_peak(series: Series, peak: Point) -> bool:
    """Whether the values climb to the peak with hardly a step back."""
    before = [point.value for point in series.points if point.key <= peak.key]
    if len(before) < max(5, len(series.points) // 2):
        return False
    ups = sum(later >= earlier for earlier, later in pairwise(before))
    return ups >= 0.85 * (len(before) - 1)


def _peak_draft(series: Series, peak: Point, low: Point, *, rises: bool, smooth: bool) -> Draft:
    measure, noun, when = series.measure, period_noun(series), period_words(series)
    draft = Draft(
        FactKind.FACT_KIND_SEASONALITY,
        series.table,
        measure.name,
        series.dimension,
        f"peak and trough {noun} of {measure.label}"
        + (", which builds up to the peak" if rises else ""),
    )
    fmt, label = measure.format, measure.label
    period = series.axis.format
    highest, lowest = series.summary("max"), series.summary("min")
    draft.add("peak", highest, fmt, f"highest {label}")
    draft.add("peak_period", series.name_of("argmax"), period, f"{noun} of the peak")
    draft.add("low", lowest, fmt, f"lowest {label}")
    draft.add("low_period", series.name_of("argmin"), period, f"{noun} of the low")
    swing = f"{highest} - {lowest}"
    draft.add("swing", swing, difference_format(fmt), f"distance from low to peak of {label}")
    scaled = fmt.unit not in INTERVALS
    if low.value > 0 and scaled and MIN_RATIO <= peak.value / low.value <= 10:
        draft.add("ratio", f"{highest} / {lowest}", MULTIPLE, "peak as multiple of the low")
        draft.claim(ClaimKind.CLAIM_KIND_MULTIPLE, "peak", "low", measured_by="ratio")
    draft.claim(ClaimKind.CLAIM_KIND_HIGHEST, "peak", "peak_period")
    draft.claim(ClaimKind.CLAIM_KIND_LOWEST, "low", "low_period")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "peak", "low")
    _order_claims(draft, peak, low)
    what = subject_first(measure)
    draft.headline = f"{what} peaked {when('peak_period')} at {{peak}}"
    draft.sentence = (
        f"{what} peaked at {{peak}} {when('peak_period')} "
        f"and {was(series.measure)} lowest {when('low_period')} at {{low}}."
    )
    if measure.format.kind == FormatKind.FORMAT_KIND_COUNT:
        noun_ = measure.label
        draft.headline = f"The peak of {noun_} came {when('peak_period')} with {{peak}}"
        draft.sentence = (
            f"The peak came {when('peak_period')} with {{peak}}, "
            f"the lowest {when('low_period')} with {{low}}."
        )
    draft.lead = "Peak and lowest"
    if not smooth:
        # Up and down without a course: an extreme among others is no peak.
        draft.lead = "Highest and lowest"
        draft.headline = (
            f"{what} ranged from {{low}} {when('low_period')} to {{peak}} {when('peak_period')}"
        )
        draft.sentence = (
            f"{what} {was(series.measure)} lowest {when('low_period')} at {{low}} "
            f"and highest {when('peak_period')} at {{peak}}."
        )
    if rises:
        first = series.points[0]
        draft.add("start", series.at(first.label), fmt, f"{label} at the start")
        draft.add("start_period", series.label_at(first.label), period, "first period")
        draft.claim(ClaimKind.CLAIM_KIND_UP, "start", "peak")
        draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "start_period", "peak_period")
        draft.lead = "Build-up to a peak"
        draft.headline = f"{what} built up to a peak of {{peak}} {when('peak_period')}"
        draft.sentence = (
            f"{what} rose from {{start}} {when('start_period')} "
            f"to a peak of {{peak}} {when('peak_period')}."
        )
    return draft


def _order_claims(draft: Draft, peak: Point, low: Point) -> None:
    if low.key < peak.key:
        draft.claim(ClaimKind.CLAIM_KIND_UP, "low", "peak")
        draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "low_period", "peak_period")
    else:
        draft.claim(ClaimKind.CLAIM_KIND_DOWN, "peak", "low")
        draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "peak_period", "low_period")


def _second_peak(points: tuple[Point, ...], peak: Point, low: Point) -> tuple[Point, Point] | None:
    """The valley after the peak and the highest point after it, when it regains a third."""
    after = [point for point in points if point.key > low.key]
    if low.key < peak.key or not after:
        return None
    rebound = max(after, key=lambda point: point.value)
    if rebound.value - low.value < (peak.value - low.value) / 3:
        return None
    return low, rebound


def _rebound(series: Series, valley: Point, rebound: Point, *, impact: float) -> Draft:
    measure, noun, when = series.measure, period_noun(series), period_words(series)
    draft = Draft(
        FactKind.FACT_KIND_SEASONALITY,
        series.table,
        measure.name,
        series.dimension,
        f"{measure.label} rose again after its lowest {noun}",
    )
    fmt, label = measure.format, measure.label
    period = series.axis.format
    draft.add("rebound", series.at(rebound.label), fmt, f"{label} at the second peak")
    draft.add("rebound_period", series.label_at(rebound.label), period, f"{noun} of second peak")
    draft.add("valley", series.at(valley.label), fmt, f"{label} before the second peak")
    draft.add("valley_period", series.label_at(valley.label), period, f"{noun} before it")
    draft.claim(ClaimKind.CLAIM_KIND_UP, "valley", "rebound")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "rebound", "valley")
    draft.claim(ClaimKind.CLAIM_KIND_LOWEST, "valley", "valley_period")
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "valley_period", "rebound_period")
    draft.lead = "Rebound after the low"
    what = subject_first(measure)
    draft.headline = f"{what} rose again to {{rebound}} {when('rebound_period')}"
    draft.sentence = (
        f"{what} rose again from {{valley}} {when('valley_period')} "
        f"to {{rebound}} {when('rebound_period')}."
    )
    draft.impact, draft.specificity = 0.6 * impact, 0.8
    return draft


def _recurring(series: Series) -> Iterator[Draft]:
    rest, places = detrended(series), phases(series)
    p = group_p(explained(rest, places), len(set(places)), len(rest))
    means = phase_means(rest, places)
    top = max(means, key=lambda place: means[place])
    tops = [value for value, place in zip(rest, places, strict=True) if place == top]
    level = fmean(abs(value) for value in series.values())
    reader = _PHASE_OF.get(series.grain)
    if reader is None or not series.unique or min(tops) <= 0 or level == 0:
        return
    function, grain = reader
    phase = f"{function}({series.axis.formula})"
    yield _recurring_draft(
        series,
        phase,
        NAME if grain is None else Format(kind=FormatKind.FORMAT_KIND_DATE, grain=grain),
        impact=min((max(means.values()) - min(means.values())) / (2 * level), 1.0),
        p=p,
    )


def _recurring_draft(
    series: Series, phase: str, phase_format: Format, *, impact: float, p: float
) -> Draft:
    measure = series.measure
    noun = "weekday" if phase.startswith("weekday") else period_noun(series)
    draft = Draft(
        FactKind.FACT_KIND_SEASONALITY,
        series.table,
        measure.name,
        series.dimension,
        f"{noun} pattern of {measure.label} that recurs in each cycle",
        p=p,
    )
    where = f", where={series.where}" if series.where else ""
    average = f"mean({column_name(measure.name)}, by={phase}{where})"
    if measure.weight:
        columns = f"{column_name(measure.name)}, {column_name(measure.weight)}"
        average = f"weighted_mean({columns}, by={phase}{where})"
    time = series.axis.formula
    draft.add("peak_period", f"argmax({time}, {average})", phase_format, f"strongest {noun}")
    draft.add("peak", f"max({average})", measure.format, f"usual {measure.label} at the peak")
    draft.add("low_period", f"argmin({time}, {average})", phase_format, f"weakest {noun}")
    draft.add("low", f"min({average})", measure.format, f"usual {measure.label} at the low")
    draft.add(
        "swing",
        f"max({average}) - min({average})",
        difference_format(measure.format),
        "distance from weakest to strongest",
    )
    draft.claim(ClaimKind.CLAIM_KIND_HIGHEST, "peak", "peak_period")
    draft.claim(ClaimKind.CLAIM_KIND_LOWEST, "low", "low_period")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "peak", "low")
    draft.lead = f"Recurring {noun} pattern"
    where_ = "on" if noun == "weekday" else "in"
    what = subject_first(measure)
    draft.headline = (
        f"{what} {was(series.measure)} usually highest {where_} {{peak_period}}, at {{peak}}"
    )
    draft.sentence = (
        f"{what} {was(series.measure)} usually highest {where_} {{peak_period}} at {{peak}} "
        f"and lowest {where_} {{low_period}} at {{low}}."
    )
    draft.impact = impact
    return draft
