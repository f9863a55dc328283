"""Which kind of chart: the one asked for where it is truthful, else the one that suits the data."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2, table_pb2

from orchestrator_svc.deck.complete import cited
from orchestrator_svc.deck.table import Table
from orchestrator_svc.render.charts.columns import Columns
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.kinds import (
    BAR,
    BULLET,
    COLUMN,
    DOT,
    GROUPED,
    HEAT_MAP,
    HISTOGRAM,
    LINE,
    SCATTER,
    SLOPE,
    STACKED,
    WATERFALL,
    Kind,
)
from orchestrator_svc.render.charts.truthful import truthful
from orchestrator_svc.render.scene import Scene

FEWEST_FOR_LINE: Final = 5
_FEWEST_FOR_SCATTER: Final = 8
_FEWEST_FOR_HISTOGRAM: Final = 20
_MEASURED: Final = (table_pb2.COLUMN_TYPE_NUMBER, table_pb2.COLUMN_TYPE_DECIMAL)


def wants_single_rows(spec: deck_pb2.Chart, table: Table, columns: Columns) -> bool:
    """Whether every row is a mark of its own: relations of two measures, and distributions."""
    if spec.kind == SCATTER:
        return table.is_numeric(columns.x) or len(columns.measures) > 1
    if spec.kind == HISTOGRAM:
        return True
    if spec.kind or columns.series or columns.facet or spec.compare or table.is_time(columns.x):
        return False
    if columns.x == columns.measures[0]:
        return len(table) >= _FEWEST_FOR_HISTOGRAM
    measured = table.spec(columns.x).type in _MEASURED
    return measured and len(table) >= _FEWEST_FOR_SCATTER


def settle(data: ChartData, spec: deck_pb2.Chart, slide: deck_pb2.Slide, scene: Scene) -> Kind:
    """The kind to draw. One that would mislead gives way to one that tells the same truly."""
    kind = spec.kind or _chosen(data, slide, scene)
    tried = set()
    while kind not in tried:
        tried.add(kind)
        kind = truthful(kind, data, for_time(data) if data.is_time else for_items(data))
    return kind


def _chosen(data: ChartData, slide: deck_pb2.Slide, scene: Scene) -> Kind:
    """By what is compared: a bridge, time, the parts, two measures, or items."""
    if data.single_rows:
        return SCATTER if len(data.series) > 1 else HISTOGRAM
    bridge = slide.layout == deck_pb2.LAYOUT_BRIDGE or _speaks_of_contribution(slide, scene)
    two_totals = data.compare or (len(data.series) == 2 and not data.is_time)
    if data.additive and two_totals and bridge:
        return WATERFALL
    if data.is_time:
        return for_time(data)
    if data.compare:
        return BULLET
    return for_items(data)


def for_time(data: ChartData) -> Kind:
    """Lines from five periods on; columns for fewer, stacked where parts add up."""
    if len(data.points) >= FEWEST_FOR_LINE:
        return LINE
    if len(data.series) == 1:
        return COLUMN
    if data.compare or not data.additive:
        return SLOPE if len(data.points) == 2 and not data.compare else GROUPED
    return STACKED


def for_items(data: ChartData) -> Kind:
    """Bars for items, columns for ordered classes, pairs as dots, many by many as a heat map."""
    many = len(data.series)
    if many == 1:
        return COLUMN if data.is_ordered else BAR
    if many == 2:
        return DOT
    return GROUPED if many * len(data.points) <= 12 else HEAT_MAP


def _speaks_of_contribution(slide: deck_pb2.Slide, scene: Scene) -> bool:
    kinds = (scene.facts[name].kind for name in cited(slide) if name in scene.facts)
    return next(kinds, None) == fact_pb2.FACT_KIND_CONTRIBUTION
