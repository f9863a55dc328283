"""The bridge of a contribution: each group's number in the earlier and the later span of time."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.deck.formats import display, format_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import references
from orchestrator_svc.deck.values import PythonValue, from_python
from orchestrator_svc.facts.spans import Span, bridge_fact, spans_of
from orchestrator_svc.render.charts.data import ChartData, Point, Series
from orchestrator_svc.render.charts.rows import highlighted_rows
from orchestrator_svc.render.scene import Scene, require_column

MOST_STEPS: Final = 7


def read_bridge(scene: Scene, slide: deck_pb2.Slide, chart: deck_pb2.Chart) -> ChartData | None:
    """What a waterfall of one measure draws; None when no fact tells which spans it compares."""
    if chart.compare or len(chart.y) != 1:
        return None
    table = scene.table(slide, "exhibits.chart.result_id", chart.result_id)
    group = require_column(slide, "exhibits.chart.x", table, chart.x)
    measure = require_column(slide, "exhibits.chart.y", table, chart.y[0])
    cited = [ref.fact_id for ref in references(slide.headline)]
    fact = bridge_fact(scene.facts.values(), table.id, group, measure, cited=cited)
    spans = spans_of(fact, table) if fact else None
    if spans is None:
        return None
    before, after = spans
    emphasised = highlighted_rows(scene, table, group, chart.highlights)
    points = [
        _point(scene, table, group, measure, rows, (after, before), emphasised)
        for rows in _groups(table, group, before.rows | after.rows).values()
    ]
    points.sort(key=_change, reverse=True)
    return ChartData(
        kind=deck_pb2.CHART_KIND_WATERFALL,
        table=table,
        x=group,
        series=tuple(Series(_name(scene, span), measure) for span in (after, before)),
        format=format_for_column(table, measure),
        points=tuple(_limited(scene, points)),
        locale=scene.locale,
        compare=True,
        additive=True,
        x_format=format_for_column(table, group),
    )


def _groups(table: Table, group: str, within: frozenset[int]) -> dict[PythonValue, list[int]]:
    cells = table.column(group)
    found: dict[PythonValue, list[int]] = {}
    for row in sorted(within):
        if cells[row] is not None:
            found.setdefault(cells[row], []).append(row)
    return found


def _point(
    scene: Scene,
    table: Table,
    group: str,
    measure: str,
    rows: list[int],
    spans: tuple[Span, Span],
    emphasised: set[int],
) -> Point:
    numbers = table.numbers(measure)
    parts = tuple(tuple(row for row in rows if row in span.rows) for span in spans)
    fmt = format_for_column(table, group)
    return Point(
        label=display(from_python(table.column(group)[rows[0]]), fmt, scene.locale),
        numbers=tuple(sum(numbers[row] or 0.0 for row in part) for part in parts),
        rows=parts,
        emphasised=bool(emphasised & set(rows)),
    )


def _change(point: Point) -> float:
    return (point.numbers[0] or 0.0) - (point.numbers[1] or 0.0)


def _limited(scene: Scene, points: list[Point]) -> list[Point]:
    """The groups that moved most, in order, and what is left of the others as one."""
    if len(points) <= MOST_STEPS + 1:
        return points
    largest = sorted(points, key=lambda point: (not point.emphasised, -abs(_change(point))))
    kept = {id(point) for point in largest[:MOST_STEPS]}
    others = [point for point in points if id(point) not in kept]
    rest = Point(
        label=scene.say("other", count=len(others)),
        numbers=tuple(sum(point.numbers[at] or 0.0 for point in others) for at in (0, 1)),
        rows=tuple(tuple(row for point in others for row in point.rows[at]) for at in (0, 1)),
        rest=True,
    )
    return [*(point for point in points if id(point) in kept), rest]


def _name(scene: Scene, span: Span) -> str:
    return display(span.name.value, span.name.format, scene.locale)
