"""Exhibits that code supplies or mends: the picture of a fact, its caption, its filter."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from aislides.deck.v1.deck_pb2 import ChartKind, Exhibit, Highlight, Slide
from aislides.deck.v1.fact_pb2 import Fact, FactKind, Text, ValueRef

from orchestrator_svc.deck.complete import MAX_FOOTNOTES
from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.entities import is_name
from orchestrator_svc.verify.faults import Code
from orchestrator_svc.verify.structure import (
    can_bridge,
    exhibit_faults,
    highlight_resolves,
    named_columns,
    reference_fault,
)

_FATAL = {Code.UNKNOWN_RESULT, Code.UNKNOWN_COLUMN}


def mended(exhibit: Exhibit, context: VerifyContext) -> Exhibit | None:
    """The exhibit without highlights, lines and totals that do not hold; None when it cannot be."""
    whole = Exhibit()
    whole.CopyFrom(exhibit)
    _without_bridge(whole, context)
    if any(one.code in _FATAL for one in exhibit_faults(whole, context)):
        return None
    if whole.WhichOneof("kind") == "table":
        shown = whole.table
        table = context.tables[shown.result_id]
        names = tuple(column.column for column in shown.columns)
        shown.total_row = shown.total_row and table.complete
        _keep_highlights(
            shown.highlights,
            [one for one in shown.highlights if highlight_resolves(one, table, names, context)],
        )
        return whole
    chart = whole.chart
    table = context.tables[chart.result_id]
    _keep_highlights(
        chart.highlights,
        [
            one
            for one in chart.highlights
            if highlight_resolves(one, table, named_columns(chart), context)
        ],
    )
    lines = [one for one in chart.reference_lines if reference_fault(one.value, context) is None]
    del chart.reference_lines[:]
    chart.reference_lines.extend(lines[:2])
    if chart.HasField("callout") and reference_fault(chart.callout.at, context) is not None:
        chart.ClearField("callout")
    return whole


def _without_bridge(exhibit: Exhibit, context: VerifyContext) -> None:
    """Leaves the kind of a waterfall that no fact supports to code."""
    chart = exhibit.chart if exhibit.WhichOneof("kind") == "chart" else None
    if chart is None or chart.kind != ChartKind.CHART_KIND_WATERFALL:
        return
    table = context.tables.get(chart.result_id)
    if table is None or not can_bridge(chart, context):
        chart.kind = ChartKind.CHART_KIND_UNSPECIFIED


def exhibit_of(fact: Fact, context: VerifyContext) -> Exhibit | None:
    """The chart that shows a fact: its measure by its dimension; None without a dimension."""
    table = context.tables.get(fact.result_ids[0]) if fact.result_ids else None
    if table is None or fact.dimension not in table or fact.measure not in table:
        return None
    exhibit = Exhibit()
    exhibit.chart.result_id, exhibit.chart.x = table.id, fact.dimension
    exhibit.chart.y.append(fact.measure)
    named = [value for value in fact.values if is_name(value)]
    for value in named[:1]:
        highlight = Highlight(value=ValueRef(fact_id=fact.id, name=value.name))
        if highlight_resolves(highlight, table, (fact.dimension,), context):
            exhibit.chart.highlights.append(highlight)
    exhibit.filters.extend(fact.filters)
    return exhibit


def caption_of(exhibit: Exhibit, context: VerifyContext) -> Text:
    """What the exhibit shows, in words: measure, unit and breakdown. Holds no figures."""
    if exhibit.WhichOneof("kind") == "table":
        table = context.tables[exhibit.table.result_id]
        names = [column.column for column in exhibit.table.columns]
        labels = [label_for_column(table, name) for name in names if name in table]
        return parse_text(_sentence_case(", ".join(labels)))
    table = context.tables[exhibit.chart.result_id]
    measures = []
    for name in exhibit.chart.y:
        unit = format_for_column(table, name).unit
        label = label_for_column(table, name)
        measures.append(f"{label} ({unit})" if unit and unit not in label else label)
    by = label_for_column(table, exhibit.chart.x)
    return parse_text(_sentence_case(f"{', '.join(measures)} by {by}"))


def say_filters(slide: Slide, headline_facts: Sequence[Fact], context: VerifyContext) -> None:
    """Makes the exhibit of a slide agree with a headline about part of its rows.

    The exhibit takes the fact's filter; where the slide speaks of the rest too, a footnote says
    what the headline covers.
    """
    for fact in headline_facts:
        if not fact.filters:
            continue
        for exhibit in slide.exhibits:
            held = exhibit.chart.result_id or exhibit.table.result_id
            if held not in fact.result_ids or exhibit.filters:
                continue
            if not _speaks_of_rest(slide, context):
                exhibit.filters.extend(fact.filters)
        for caveat in fact.caveats[:1]:
            if len(slide.footnotes) < MAX_FOOTNOTES and caveat not in slide.footnotes:
                slide.footnotes.append(caveat)


def _speaks_of_rest(slide: Slide, context: VerifyContext) -> bool:
    """Whether the slide says that all rows are shown, or cites a caution about the small ones."""
    caption = "".join(span.text for span in slide.caption.spans).lower()
    shown = any(word in caption for word in ("all ", "including", "included", "small"))
    cited = {one for point in slide.points for one in point.fact_ids} & set(context.facts)
    return shown or any(context.facts[one].kind == FactKind.FACT_KIND_CAUTION for one in cited)


def _keep_highlights(field: MutableSequence[Highlight], kept: Sequence[Highlight]) -> None:
    del field[:]
    field.extend(kept[:2])


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
