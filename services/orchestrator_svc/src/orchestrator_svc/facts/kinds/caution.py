"""Caution: the top of a ranking that rests on few observations, and so would mislead."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.kinds.leader import smallest_base
from orchestrator_svc.facts.series import Series, group_noun
from orchestrator_svc.facts.wording import NAME, subject


def cautions(series: Series) -> Iterator[Draft]:
    """The group with the highest or lowest value, when too few observations carry it."""
    minimum = smallest_base(series)
    if not minimum or not series.unique:
        return
    highest = max(series.points, key=lambda point: point.value)
    lowest = min(series.points, key=lambda point: point.value)
    if highest.weight < minimum:
        yield _small(series, top=True)
    if lowest.weight < minimum:
        yield _small(series, top=False)


def _small(series: Series, *, top: bool) -> Draft:
    measure, noun = series.measure, group_noun(series.dimension)
    word = "highest" if top else "lowest"
    draft = Draft(
        FactKind.FACT_KIND_CAUTION,
        series.table,
        measure.name,
        series.dimension,
        f"the {word} {measure.label} comes from a {noun} with few observations",
    )
    function = "argmax" if top else "argmin"
    pick = max if top else min
    point = pick(series.points, key=lambda point: point.value)
    base = format_for_column(series.table, measure.weight)
    draft.add("name", series.name_of(function), NAME, f"{noun} with the {word} {measure.label}")
    draft.add(
        "value", series.summary("max" if top else "min"), measure.format, f"its {measure.label}"
    )
    draft.add("count", series.weight_at(point.label), base, "observations behind it")
    claim = ClaimKind.CLAIM_KIND_HIGHEST if top else ClaimKind.CLAIM_KIND_LOWEST
    draft.claim(claim, "name", "value")
    observations = "" if base.unit else " observations"
    what = subject(measure).removeprefix("the ")
    draft.lead = "Small base"
    draft.headline = f"{{name}} shows the {word} {what}, but on only {{count}}{observations}"
    draft.sentence = (
        f"{{name}} shows the {word} {what} at {{value}}, but on only {{count}}{observations}."
    )
    draft.impact, draft.specificity = 0.45, 0.9
    return draft
