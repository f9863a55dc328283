"""Concentration: how few groups make most of a total."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, Format, FormatKind

from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.series import Series, group_noun, overall
from orchestrator_svc.facts.wording import COUNT, PERCENT, groups_word

MIN_GROUPS = 5
SHARE = 0.8


def concentrations(series: Series) -> Iterator[Draft]:
    """The fewest groups that hold 80 %, where that is at most half of them."""
    measure, values = series.measure, series.values()
    whole = sum(values)
    if series.times is not None or len(values) < MIN_GROUPS or not measure.additive:
        return
    if not series.table.complete or min(values) < 0 or whole <= 0:
        return
    largest, running, few = sorted(values, reverse=True), 0.0, 0
    while running < SHARE * whole * (1 - 1e-12):
        running += largest[few]
        few += 1
    if few > len(values) / 2:
        return
    noun = group_noun(series.dimension)
    draft = Draft(
        FactKind.FACT_KIND_CONCENTRATION,
        series.table,
        measure.name,
        series.dimension,
        f"few {groups_word(series, 2)} make most of {measure.label}",
        impact=min(running / whole, 1.0),
        specificity=1.0 - few / len(values),
    )
    draft.add("few", series.summary("groups_to_share", str(SHARE)), COUNT, f"{noun} groups that do")
    draft.add("groups", series.summary("count"), COUNT, f"{noun} groups in all")
    top = f"{series.summary('top_sum', str(few))} / {overall(measure)}"
    draft.add("share", top, PERCENT, f"their share of {measure.label}")
    draft.add("first", series.name_of("argmax"), Format(kind=FormatKind.FORMAT_KIND_NAME), noun)
    first = f"{series.summary('max')} / {overall(measure)}"
    draft.add("first_share", first, PERCENT, f"share of the largest {noun}")
    herfindahl = Format(kind=FormatKind.FORMAT_KIND_NUMBER, decimals=2)
    draft.add("hhi", series.summary("concentration"), herfindahl, "Herfindahl index, 0 to 1")
    draft.claim(ClaimKind.CLAIM_KIND_SHARE, "few", measured_by="share")
    draft.claim(ClaimKind.CLAIM_KIND_HIGHEST, "first", "first_share")
    many = groups_word(series, 2)
    draft.lead = "Concentrated in few"
    draft.headline = f"{{few}} of {{groups}} {many} made up {{share}} of {measure.label}"
    draft.sentence = (
        f"{{few}} of {{groups}} {many} made up {{share}} of {measure.label}, "
        "{first} alone {first_share}."
    )
    yield draft
