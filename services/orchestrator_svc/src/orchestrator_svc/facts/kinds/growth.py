"""Growth: the last whole year against the year before."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.series import Series, overall
from orchestrator_svc.facts.windows import year_windows
from orchestrator_svc.facts.wording import CHANGE, difference_format, signed, subject_first


def growths(series: Series) -> Iterator[Draft]:
    """Year against year, for measures that can be summed or averaged over rows."""
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
    fmt = signed(difference_format(measure.format))
    draft.add("change", f"{last} - {first}", fmt, f"change of {measure.label}")
    shown = "{change}"
    if earlier > 0 and later >= 0 and not measure.fraction:
        draft.add(
            "change_share",
            f"({last} - {first}) / {first}",
            CHANGE,
            f"relative change of {measure.label}",
        )
        shown = "{change_share}"
    up = later > earlier
    draft.claim(ClaimKind.CLAIM_KIND_UP if up else ClaimKind.CLAIM_KIND_DOWN, "previous", "last")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, *(("last", "previous") if up else ("previous", "last")))
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "previous_period", "last_period")
    verb = "rose" if up else "fell"
    what = subject_first(measure)
    draft.lead = "Year on year"
    draft.headline = f"{what} {verb} from {{previous}} to {{last}} in {{last_period}}"
    draft.sentence = (
        f"{what} {verb} from {{previous}} in {{previous_period}} to {{last}} in {{last_period}}, "
        f"a change of {shown}."
    )
    draft.impact = min(1.0, 0.5 + abs(later - earlier) / max(abs(earlier), 1e-12))
    yield draft
