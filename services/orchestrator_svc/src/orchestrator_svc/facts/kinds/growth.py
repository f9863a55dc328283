"""Growth: the last whole year, or the months of a year so far, against the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import literal
from orchestrator_svc.facts.roles import Measure
from orchestrator_svc.facts.series import Point, Series, overall
from orchestrator_svc.facts.windows import months_so_far, year_windows
from orchestrator_svc.facts.wording import CHANGE, difference_format, signed, subject_first, was

SAME_MONTHS = "months so far against those of the year before"


def growths(series: Series) -> Iterator[Draft]:
    """Year against year, for measures that can be summed or averaged over rows."""
    yield from _years(series)
    yield from _so_far(series)


def _so_far(series: Series) -> Iterator[Draft]:
    """The months of the last year against the same months before: no season between them."""
    months, measure = months_so_far(series), series.measure
    if months is None or not measure.additive or not series.table.complete:
        return
    draft = Draft(
        FactKind.FACT_KIND_LEVEL,
        series.table,
        measure.name,
        series.dimension,
        f"{measure.label}: {SAME_MONTHS}",
    )
    first, last = (overall(measure, where=_within(series, points)) for points in months)
    earlier = draft.add_number("previous", first, measure.format, f"{measure.label}, year before")
    later = draft.add_number("last", last, measure.format, f"{measure.label}, last months")
    for name, point, label in (
        ("from_period", months[1][0], "first month"),
        ("to_period", months[1][-1], "last month"),
        ("year_before", months[0][-1], "last month, a year before"),
    ):
        draft.add(name, series.label_at(point.label), series.axis.format, label)
    if earlier is None or later is None or draft.prints_alike("previous", "last"):
        return
    verb, shown = _change(draft, measure, (first, last), (earlier, later))
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "from_period", "to_period")
    what = subject_first(measure)
    span = "from {from_period} to {to_period}"
    draft.lead = "Against the year before"
    draft.headline = f"{what} {verb} from {{previous}} to {{last}}, year on year"
    draft.sentence = (
        f"{what} {was(measure)} {{last}} {span}, against {{previous}} in the same months of the "
        f"year before, a change of {shown}."
    )
    draft.specificity = 0.9
    yield draft


def _within(series: Series, points: Sequence[Point]) -> str:
    time, first, last = series.axis.formula, points[0].label, points[-1].label
    return f"({time} >= {literal(first)}) and ({time} <= {literal(last)})"


def _years(series: Series) -> Iterator[Draft]:
    windows = year_windows(series)
    measure = series.measure
    if windows is None or not measure.aggregates or not series.table.complete:
        return
    before, after = windows
    draft = Draft(
        FactKind.FACT_KIND_LEVEL,
        series.table,
        measure.name,
        series.dimension,
        f"{measure.label}: last whole year against the year before",
    )
    first, last = overall(measure, where=before.where), overall(measure, where=after.where)
    earlier = draft.add_number("previous", first, measure.format, f"{measure.label}, year before")
    draft.add("previous_period", before.name, before.format, "year before")
    later = draft.add_number("last", last, measure.format, f"{measure.label}, last year")
    draft.add("last_period", after.name, after.format, "last whole year")
    if earlier is None or later is None or draft.prints_alike("previous", "last"):
        return
    verb, shown = _change(draft, measure, (first, last), (earlier, later))
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "previous_period", "last_period")
    what = subject_first(measure)
    draft.lead = "Year on year"
    draft.headline = f"{what} {verb} from {{previous}} to {{last}} in {{last_period}}"
    draft.sentence = (
        f"{what} {verb} from {{previous}} in {{previous_period}} to {{last}} in {{last_period}}, "
        f"a change of {shown}."
    )
    yield draft


def _change(
    draft: Draft, measure: Measure, formulas: tuple[str, str], values: tuple[float, float]
) -> tuple[str, str]:
    """Adds the change from the first to the last; its verb, and the value that tells its size."""
    (first, last), (earlier, later) = formulas, values
    fmt = signed(difference_format(measure.format))
    draft.add("change", f"{last} - {first}", fmt, f"change of {measure.label}")
    shown = "{change}"
    if earlier > 0 and later >= 0 and not measure.fraction:
        ratio = f"({last} - {first}) / {first}"
        draft.add("change_share", ratio, CHANGE, f"relative change of {measure.label}")
        shown = "{change_share}"
    up = later > earlier
    draft.claim(ClaimKind.CLAIM_KIND_UP if up else ClaimKind.CLAIM_KIND_DOWN, "previous", "last")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, *(("last", "previous") if up else ("previous", "last")))
    draft.impact = min(1.0, 0.5 + abs(later - earlier) / max(abs(earlier), 1e-12))
    return ("rose" if up else "fell"), shown
