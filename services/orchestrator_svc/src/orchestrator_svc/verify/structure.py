"""Structure: exhibits point at columns that exist, key figures and highlights resolve."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.deck_pb2 import Chart, ChartKind, Exhibit, Highlight, Slide, TableExhibit
from aislides.deck.v1.fact_pb2 import ValueRef
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import (
    UnknownReference,
    name_reference,
    near_references,
    resolve,
)
from orchestrator_svc.deck.values import same_value, to_python
from orchestrator_svc.facts.spans import bridge_fact, spans_of
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.faults import Code, fault

MAX_POINTS, MAX_KPIS, MAX_EXHIBITS, MAX_HIGHLIGHTS = 5, 4, 4, 2


def structure_faults(slide: Slide, context: VerifyContext) -> Iterator[tuple[str, Fault]]:
    """Faults of what is no sentence, each with its field's path."""
    for name, count, limit in (
        ("points", len(slide.points), MAX_POINTS),
        ("kpis", len(slide.kpis), MAX_KPIS),
        ("exhibits", len(slide.exhibits), MAX_EXHIBITS),
    ):
        if count > limit:
            yield name, fault(Code.TOO_MANY, str(count), f"at most {limit}")
    for number, kpi in enumerate(slide.kpis[:MAX_KPIS]):
        for ref in (kpi.value, kpi.change) if kpi.HasField("change") else (kpi.value,):
            if (problem := reference_fault(ref, context)) is not None:
                yield f"kpis[{number}]", problem
        if kpi.HasField("sparkline"):
            line = kpi.sparkline
            for problem in _columns(context, line.result_id, (line.x, line.y)):
                yield f"kpis[{number}].sparkline", problem
    for number, point in enumerate(slide.points):
        for fact_id in point.fact_ids:
            if fact_id not in context.facts:
                known = ", ".join(list(context.facts)[:8])
                hint = f"no such fact; there are: {known or 'none'}"
                yield f"points[{number}]", fault(Code.UNKNOWN_REFERENCE, fact_id, hint)
    for number, exhibit in enumerate(slide.exhibits[:MAX_EXHIBITS]):
        for problem in exhibit_faults(exhibit, context):
            yield f"exhibits[{number}]", problem


def exhibit_faults(exhibit: Exhibit, context: VerifyContext) -> Iterator[Fault]:
    """Why an exhibit cannot be drawn as it is."""
    if exhibit.WhichOneof("kind") == "table":
        yield from _table_faults(exhibit.table, context)
        result_id = exhibit.table.result_id
    else:
        yield from _chart_faults(exhibit.chart, context)
        result_id = exhibit.chart.result_id
    columns = tuple(one.column for one in exhibit.filters)
    if result_id in context.tables:
        yield from _columns(context, result_id, columns)


def reference_fault(ref: ValueRef, context: VerifyContext) -> Fault | None:
    """The fault of a reference that does not resolve; None when it does."""
    try:
        resolve(ref, context.facts)
    except UnknownReference:
        name = name_reference(ref)
        near = ", ".join(near_references(name, context.facts))
        return fault(Code.UNKNOWN_REFERENCE, name, f"no such value; near names: {near or 'none'}")
    return None


def highlight_resolves(
    highlight: Highlight, table: Table, columns: tuple[str, ...], context: VerifyContext
) -> bool:
    """Whether a highlight names a cell of one of the columns, by value or by its text."""
    present = [name for name in columns if name and name in table]
    if highlight.WhichOneof("target") == "value":
        try:
            value = resolve(highlight.value, context.facts)
        except UnknownReference:
            return False
        wanted = to_python(value.value)
        for name in present:
            position = table.names.index(name)
            for row in table.rows:
                cell = row[position]
                if cell == wanted:
                    return True
            cells = (one.values[_position(table, name)] for one in table.result.rows)
            if any(same_value(cell, value.value) for cell in cells):
                return True
        return False
    text = highlight.label.strip().lower()
    return any(str(cell).lower() == text for name in present for cell in table.column(name))


def _position(table: Table, name: str) -> int:
    return next(at for at, one in enumerate(table.result.columns) if one.name == name)


def named_columns(chart: Chart) -> tuple[str, ...]:
    """The columns whose values a highlight of the chart may name."""
    return (chart.x, chart.series, chart.facet)


def can_bridge(chart: Chart, context: VerifyContext) -> bool:
    """Whether a waterfall has two totals to lead from and to."""
    if chart.compare or len(chart.y) != 1:
        return bool(chart.compare) or len(chart.y) == 2
    fact = bridge_fact(context.facts.values(), chart.result_id, chart.x, chart.y[0])
    return fact is not None and spans_of(fact, context.tables[chart.result_id]) is not None


def _chart_faults(chart: Chart, context: VerifyContext) -> Iterator[Fault]:
    named = tuple(
        name for name in (chart.x, *chart.y, chart.series, chart.facet, chart.compare) if name
    )
    problems = list(_columns(context, chart.result_id, named))
    yield from problems
    if problems or not chart.y or not chart.x:
        if not problems:
            yield fault(Code.UNKNOWN_COLUMN, "x, y", "name one column for x and one or more for y")
        return
    table = context.tables[chart.result_id]
    for name in chart.y:
        if not table.is_numeric(name):
            yield fault(Code.UNKNOWN_COLUMN, name, "y needs a column of numbers")
    if chart.kind == ChartKind.CHART_KIND_WATERFALL and not can_bridge(chart, context):
        hint = "no fact tells the parts of a change of this measure by this column; use bar"
        yield fault(Code.UNKNOWN_COLUMN, chart.x, hint)
    for highlight in chart.highlights:
        if not highlight_resolves(highlight, table, named_columns(chart), context):
            yield fault(
                Code.HIGHLIGHT_UNRESOLVED,
                highlight.label or name_reference(highlight.value),
                "highlight a value of the x column",
            )
    refs = [line.value for line in chart.reference_lines]
    if chart.HasField("callout"):
        refs.append(chart.callout.at)
    for ref in refs:
        problem = reference_fault(ref, context)
        if problem is not None:
            yield problem


def _table_faults(shown: TableExhibit, context: VerifyContext) -> Iterator[Fault]:
    names = tuple(column.column for column in shown.columns)
    extra = (shown.sort_by,) if shown.sort_by else ()
    problems = list(_columns(context, shown.result_id, (*names, *extra)))
    yield from problems
    if problems:
        return
    if not names:
        yield fault(Code.UNKNOWN_COLUMN, "columns", "name one to six columns")
        return
    table = context.tables[shown.result_id]
    if shown.total_row and not table.complete:
        yield fault(Code.TOTAL_REFUSED, "total_row", "rows are missing, so nothing is totalled")
    for highlight in shown.highlights:
        if not highlight_resolves(highlight, table, names, context):
            yield fault(
                Code.HIGHLIGHT_UNRESOLVED,
                highlight.label or name_reference(highlight.value),
                "highlight a value of a shown column",
            )


def _columns(context: VerifyContext, result_id: str, names: tuple[str, ...]) -> Iterator[Fault]:
    table = context.tables.get(result_id)
    if table is None:
        known = ", ".join(context.tables) or "none"
        yield fault(Code.UNKNOWN_RESULT, result_id, f"no such result; there are: {known}")
        return
    for name in names:
        if name not in table:
            known = ", ".join(table.names[:12])
            yield fault(Code.UNKNOWN_COLUMN, name, f"{result_id} has the columns {known}")
