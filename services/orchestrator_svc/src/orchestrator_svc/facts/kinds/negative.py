"""Negative: which groups of a signed measure, such as profit, lie below zero."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.deck.labels import plural
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.series import Series, group_noun
from orchestrator_svc.facts.wording import COUNT, INTERVALS, NAME, subject_first, was

MOST_NAMED = 6
"""Groups that are all named; of more, only the lowest."""


def negatives(series: Series) -> Iterator[Draft]:
    """The groups below zero where others lie above, the lowest first.

    The values are `groups`, `negative` (how many), and `below`, `below2`, ... by name.
    """
    below = sum(point.value < 0 for point in series.points)
    signed = below and any(point.value > 0 for point in series.points)
    # The zero of a temperature divides nothing.
    if not signed or series.times is not None or series.measure.format.unit in INTERVALS:
        return
    measure, noun = series.measure, group_noun(series.dimension)
    many = plural(noun)
    draft = Draft(
        FactKind.FACT_KIND_LEADER,
        series.table,
        measure.name,
        series.dimension,
        f"{many} with negative {measure.label}",
        impact=min(1.0, 0.5 + below / len(series.points)),
        specificity=0.9,
    )
    draft.add("groups", series.summary("count"), COUNT, f"{many} in all")
    where = (
        f"({series.where}) and ({series.vector} < 0)" if series.where else f"{series.vector} < 0"
    )
    draft.add("negative", f"count({series.vector}, where={where})", COUNT, f"{many} below zero")
    names = []
    for place in range(1, below + 1 if below <= MOST_NAMED else 2):
        name, nth = f"below{place if place > 1 else ''}", [str(place)] if place > 1 else []
        draft.add(name, series.name_of("argmin", *nth), NAME, f"{noun} below zero")
        names.append(f"{{{name}}}")
    draft.add("below_value", series.summary("min"), measure.format, f"lowest {measure.label}")
    draft.claim(ClaimKind.CLAIM_KIND_LOWEST, "below", "below_value")
    what = f"{subject_first(measure)} {was(measure)} negative for"
    counted = f"{{negative}} of {{groups}} {many}"
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    draft.headline = f"{what} {listed}" if below <= MOST_NAMED else f"{what} {counted}"
    draft.sentence = f"{what} {counted}; {{below}} had the lowest, {{below_value}}."
    draft.lead = "Below zero"
    yield draft
