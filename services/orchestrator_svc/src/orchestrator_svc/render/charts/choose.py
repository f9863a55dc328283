"""Draws the chart that a spec asks for, or the one that suits the data."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.charts.bar import bar_chart
from orchestrator_svc.render.charts.column import column_chart
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.line import line_chart
from orchestrator_svc.render.charts.svg import Size
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.scene import Scene

FEWEST_FOR_LINE = 5


def draw_chart(
    scene: Scene,
    slide: deck_pb2.Slide,
    kind: deck_pb2.ChartKind.ValueType,
    data: ChartData,
    size: Size,
    title: str,
    variant: str,
) -> Markup:
    """The chart as SVG. Raises RenderError for kinds that are not drawn yet."""
    label_size = scene.theme.size("label")
    match kind or choose_kind(data):
        case deck_pb2.CHART_KIND_BAR:
            return bar_chart(data, size, title, label_size, variant)
        case deck_pb2.CHART_KIND_LINE:
            return line_chart(data, size, title, label_size, variant, scene.locale)
        case deck_pb2.CHART_KIND_COLUMN:
            return column_chart(data, size, title, label_size, variant, scene.locale)
        case other:
            name = deck_pb2.ChartKind.Name(other)
            raise RenderError.at(
                slide.id, "exhibits.chart.kind", f"{name} is not drawn yet; use bar, column or line"
            )


def choose_kind(data: ChartData) -> deck_pb2.ChartKind.ValueType:
    """Lines for time from five points on, columns for less, bars for everything else."""
    if data.is_time and len(data.points) >= FEWEST_FOR_LINE:
        return deck_pb2.CHART_KIND_LINE
    return deck_pb2.CHART_KIND_COLUMN if data.is_time else deck_pb2.CHART_KIND_BAR
