"""Draws a chart's data as its kind: the one table of chart functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orchestrator_svc.render.charts.bar import bar_chart
from orchestrator_svc.render.charts.column import column_chart
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.kinds import BAR, BULLET, COLUMN, LINE, Kind
from orchestrator_svc.render.charts.line import line_chart
from orchestrator_svc.render.charts.look import Drawing, Look, Size
from orchestrator_svc.render.charts.panels import panels_chart
from orchestrator_svc.render.charts.svg import describe, empty, framed
from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.themes import Theme

CHARTS: Final[dict[Kind, Callable[[ChartData, Look], Drawing]]] = {
    BAR: bar_chart,
    BULLET: bar_chart,
    COLUMN: column_chart,
    LINE: line_chart,
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
        drawing = CHARTS.get(data.kind, line_chart if data.is_time else bar_chart)(data, look)
    return framed(drawing, title, describe(data), variant)
