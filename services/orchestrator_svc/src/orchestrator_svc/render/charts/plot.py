"""The plot area of charts with a value axis at the left and categories below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_svc.render.charts.axes import spread_labels, value_ticks
from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.look import Look
from orchestrator_svc.render.charts.numbers import show_ticks
from orchestrator_svc.render.charts.svg import label, mark, rule
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import shorten, width, wrap

_MOST_LINES = 2
_LINE = 1.15
"""Height of a line in font sizes."""
_EVERY_LABEL = 3.0
"""Bands of so many font sizes or more have each a label of their own."""


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

    @property
    def base(self) -> float:
        """Height of zero, or of the end of the axis that is nearest to it."""
        return self.y(min(max(0.0, self.low), self.high))

    def bands(self, count: int) -> tuple[float, list[float]]:
        """Width of a band for each of `count` categories, and their middles."""
        band = (self.right - self.left) / max(1, count)
        return band, [self.left + band * (index + 0.5) for index in range(count)]


def plot_for(
    data: ChartData,
    look: Look,
    *,
    right_room: float,
    top_room: float,
    bottom_room: float = 0.0,
    numbers: Sequence[float] = (),
    axis: bool = True,
) -> Plot:
    """The plot area: as wide as axis labels and `right_room` leave it.

    `numbers` replaces the data's own where the chart draws others, such as totals. Without an
    axis there are no ticks, and the numbers take the whole height.
    """
    known = [*(numbers or data.numbers()), *(line.value for line in data.references)]
    low, high = data.domain or (min(known, default=0.0), max(known, default=0.0))
    bottom = look.height - look.axis * 1.7 - bottom_room
    if not axis:
        low, high = min(low, 0.0), max(high, 0.0)
        high = high if high > low else low + 1.0
        return Plot(0.0, look.width - right_room, top_room, bottom, low, high, ())
    ticks = value_ticks(low, high, 2 if look.compact else 4, zero=not data.cut)
    shown = show_ticks(ticks, data.format, data.locale)
    return Plot(
        left=max(width(text, look.axis) for text in shown) + 11,
        right=look.width - right_room,
        top=top_room,
        bottom=bottom,
        low=ticks[0],
        high=ticks[-1],
        ticks=tuple(zip(ticks, shown, strict=True)),
    )


def grid(plot: Plot, look: Look) -> Markup:
    """Light lines with their values; the zero line is darker."""
    lines = []
    named: list[float] = []
    # In a low panel not all values have room: the ends of the axis come first.
    for tick, shown in (*plot.ticks[:1], *plot.ticks[:0:-1]):
        height = plot.y(tick)
        lines.append(rule(plot.left, height, plot.right, height, "grid" if tick else "axis"))
        if all(abs(height - other) >= look.axis * 1.2 for other in named):
            named.append(height)
            at = height + look.axis * 0.35
            lines.append(label(shown, plot.left - 9, at, "tick", anchor="end", data_tick=True))
    return join(*lines)


@dataclass(frozen=True, slots=True)
class LabelRows:
    """The names below categories: lines for each, or one for those that fit."""

    lines: tuple[tuple[str, ...], ...]
    """Empty where only some names fit; those are chosen by `category_labels`."""
    more: float
    """Room that lines after the first take."""


def label_rows(data: ChartData, band: float, look: Look) -> LabelRows:
    """Names in up to two lines, all of them, where bands are wide enough; time takes one."""
    if data.is_time or band < look.axis * _EVERY_LABEL:
        return LabelRows((), 0.0)
    lines = []
    for point in data.points:
        wrapped = wrap(point.tick, band - 6, look.axis)
        if len(wrapped) > _MOST_LINES or any(" " not in point.tick for _ in wrapped[1:]):
            wrapped = [*wrapped[: _MOST_LINES - 1], " ".join(wrapped[_MOST_LINES - 1 :])]
        lines.append(tuple(shorten(line, band - 6, look.axis) for line in wrapped))
    most = max((len(item) for item in lines), default=1)
    return LabelRows(tuple(lines), (most - 1) * look.axis * _LINE)


def category_labels(
    data: ChartData, plot: Plot, look: Look, places: Sequence[float], rows: LabelRows | None = None
) -> Markup:
    """As many labels below the plot as fit, none cut by the edge nor on its neighbour."""
    band = (plot.right - plot.left) / max(1, len(places))
    if rows is not None and rows.lines and band > look.axis * 2:
        first = look.height - look.axis * 0.3 - rows.more
        return join(
            *(
                label(
                    shorten(text, band - 6, look.axis),
                    x,
                    first + row * look.axis * _LINE,
                    "tick",
                    anchor="middle",
                )
                for lines, x in zip(rows.lines, places, strict=True)
                for row, text in enumerate(lines)
            )
        )
    labels = [point.tick for point in data.points]
    room = plot.right - plot.left
    if look.compact and data.is_time and len(labels) > 2:
        shown = [0, len(labels) - 1]
    else:
        shown = spread_labels(labels, room, look.axis)
    labels = [shorten(text, room / 2, look.axis) for text in labels]
    written, free_from = [], 0.0
    for position in shown:
        half = width(labels[position], look.axis) / 2
        at = min(max(places[position], half), look.width - half)
        if at - half < free_from:
            continue
        free_from = at + half + 6
        text, below = labels[position], look.height - look.axis * 0.3
        written.append(label(text, at, below, "tick", anchor="middle", data_tick=True))
    return join(*written)


def reference_lines(data: ChartData, plot: Plot, look: Look, taken: Taken) -> Markup:
    """Dashed lines across the plot, named where there is room."""
    drawn = []
    for line in data.references:
        height = plot.y(line.value)
        text = f"{line.label} {data.shown(line.value)}"
        text = shorten(text, (plot.right - plot.left) * 0.6, look.axis)
        said = None
        for x, anchor in ((plot.right, "end"), (plot.left + 4, "start")):
            for y in (height - 6, height + look.axis):
                if said is None and taken.take(text_box(text, x, y, look.axis, anchor=anchor)):
                    said = label(text, x, y, "tick reference", anchor=anchor)
        drawn.append(mark(text, rule(plot.left, height, plot.right, height, "reference"), said))
    return join(*drawn)
