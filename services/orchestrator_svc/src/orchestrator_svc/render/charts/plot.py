"""The plot area of charts with a value axis at the left and categories below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_svc.render.charts.axes import spread_labels, value_ticks
from orchestrator_svc.render.charts.data import ChartData, show_number, tick_format
from orchestrator_svc.render.charts.svg import Size, label
from orchestrator_svc.render.markup import Markup, join, shape
from orchestrator_svc.render.measure import width


@dataclass(frozen=True, slots=True)
class Plot:
    """Where data becomes px. Values grow upwards, categories to the right."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    """Values of the grid lines, and how they are printed."""

    def y(self, value: float) -> float:
        """Height of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def plot_for(
    data: ChartData,
    size: Size,
    axis_size: float,
    locale: str,
    *,
    right_room: float,
    top_room: float,
) -> Plot:
    """The plot area: as wide as axis labels and `right_room` leave it."""
    numbers = [n for point in data.points for n in point.numbers if n is not None] or [0.0]
    ticks = value_ticks(min(numbers), max(numbers))
    shown = tick_format(data.format, ticks)
    widest = max(width(show_number(tick, shown, locale), axis_size) for tick in ticks)
    return Plot(
        left=widest + 11,
        right=size[0] - right_room,
        top=top_room,
        bottom=size[1] - axis_size * 1.7,
        low=ticks[0],
        high=ticks[-1],
        ticks=tuple((tick, show_number(tick, shown, locale)) for tick in ticks),
    )


def grid(plot: Plot, axis_size: float) -> Markup:
    """Light lines with their values; the zero line is darker."""
    lines = []
    for tick, shown in plot.ticks:
        height = plot.y(tick)
        kind = "axis" if tick == 0 else "grid"
        lines.append(shape("line", x1=plot.left, x2=plot.right, y1=height, y2=height, class_=kind))
        lines.append(
            label(
                shown,
                plot.left - 9,
                height + axis_size * 0.35,
                "tick",
                anchor="end",
                data_tick=True,
            )
        )
    return join(*lines)


def category_labels(
    plot: Plot, labels: Sequence[str], places: Sequence[float], axis_size: float, size: Size
) -> Markup:
    """As many labels below the plot as fit, none cut by the edge."""
    shown = spread_labels(labels, plot.right - plot.left, axis_size)
    written = []
    for position in shown:
        half = width(labels[position], axis_size) / 2
        at = min(max(places[position], half), size[0] - half)
        written.append(
            label(
                labels[position],
                at,
                plot.bottom + axis_size * 1.5,
                "tick",
                anchor="middle",
                data_tick=True,
            )
        )
    return join(*written)
