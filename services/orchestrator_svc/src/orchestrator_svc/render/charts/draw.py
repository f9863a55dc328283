"""Draws a chart's data as its kind: the one table of chart functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orchestrator_svc.render.charts import kinds
from orchestrator_svc.render.charts.area import area_chart
from orchestrator_svc.render.charts.bar import bar_chart
from orchestrator_svc.render.charts.column import column_chart
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.dot import dot_chart
from orchestrator_svc.render.charts.grouped import grouped_chart
from orchestrator_svc.render.charts.heat_map import heat_map
from orchestrator_svc.render.charts.histogram import histogram
from orchestrator_svc.render.charts.line import line_chart
from orchestrator_svc.render.charts.look import Drawing, Look, Size
from orchestrator_svc.render.charts.panels import panels_chart
from orchestrator_svc.render.charts.pie import pie_chart
from orchestrator_svc.render.charts.scatter import scatter_chart
from orchestrator_svc.render.charts.slope import slope_chart
from orchestrator_svc.render.charts.stacked import stacked_chart
from orchestrator_svc.render.charts.svg import empty, framed
from orchestrator_svc.render.charts.waterfall import waterfall_chart
from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.themes import Theme

CHARTS: Final[dict[kinds.Kind, Callable[[ChartData, Look], Drawing]]] = {
    kinds.BAR: bar_chart,
    kinds.COLUMN: column_chart,
    kinds.GROUPED: grouped_chart,
    kinds.STACKED: stacked_chart,
    kinds.PERCENT: stacked_chart,
    kinds.LINE: line_chart,
    kinds.AREA: area_chart,
    kinds.SLOPE: slope_chart,
    kinds.SCATTER: scatter_chart,
    kinds.HISTOGRAM: histogram,
    kinds.HEAT_MAP: heat_map,
    kinds.WATERFALL: waterfall_chart,
    kinds.BULLET: bar_chart,
    kinds.DOT: dot_chart,
    kinds.PIE: pie_chart,
}


def draw_chart(theme: Theme, data: ChartData, size: Size, title: str, variant: str) -> Markup:
    """The chart as SVG for a box of this size; below 420 px wide it is the narrow variant.

    It is never wider than the box. Wide charts are never higher; narrow ones grow downwards.
    """
    look = Look.of(theme, size)
    if data.panels:
        drawing = panels_chart(data, look, CHARTS)
    elif not any(True for _ in data.numbers()):
        drawing = empty(look, data.locale)
    else:
        drawing = CHARTS[data.kind](data, look)
    return framed(drawing, data, title, variant)
