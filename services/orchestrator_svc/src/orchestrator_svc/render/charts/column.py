"""Columns: few periods or ordered classes, from zero, value above each."""

from __future__ import annotations

from typing import Final

from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.callout import draw_callout
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.plot import (
    Plot,
    category_labels,
    grid,
    label_rows,
    plot_for,
    reference_lines,
)
from orchestrator_svc.render.charts.svg import block, empty, label, mark, rule
from orchestrator_svc.render.markup import join
from orchestrator_svc.render.measure import BOLD, width

THICKEST: Final = 64.0
FILL: Final = 0.62
_EDGE: Final = 4.0


def column_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: with values above the columns, or with an axis where they would touch (DR2)."""
    if not data.points:
        return empty(look, data.locale)
    count = len(data.points)
    widest = max(width(data.shown(point.numbers[0]), look.label, BOLD) for point in data.points)
    labelled = widest <= (look.width - 2 * _EDGE) / count - 4
    below = look.label * 1.3 if any(n < 0 for n in data.numbers()) else 0.0
    rows = label_rows(data, (look.width - 2 * _EDGE) / count, look)
    plot = plot_for(
        data,
        look,
        right_room=_EDGE,
        top_room=look.label * 1.5,
        bottom_room=below + rows.more,
        axis=not labelled,
    )
    band, places = plot.bands(count)
    thick = min(THICKEST, band * FILL)
    taken = Taken(look.width, plot.bottom + below, [(0.0, 0.0, plot.left - 4, look.height)])
    columns, values = [], []
    for index, (point, x) in enumerate(zip(data.points, places, strict=True)):
        value, loud = point.numbers[0], point.emphasised
        if value is None:
            if band > look.label:
                columns.append(label("–", x, plot.base - 6, "label quiet", anchor="middle"))
            continue
        top, high = extent(plot, value)
        taken.add((x - thick / 2, top, x + thick / 2, top + high))
        dashed = " partial" if data.partial and index == count - 1 else ""
        kind = f"bar{' on' if loud else ''}{dashed}"
        shown = data.shown(value)
        column = block(x - thick / 2, top, thick, high, kind, **source_of(data, point))
        columns.append(mark(f"{point.label}: {shown}", column))
        at = top - 7 if value >= 0 else top + high + look.label
        box = text_box(shown, x, at, look.label, BOLD, "middle")
        if (labelled or loud) and taken.take(box, 0.5):
            kind = f"value{' on' if loud else ''}"
            values.append(label(shown, x, at, kind, anchor="middle", **source_of(data, point)))
    content = join(
        grid(plot, look),
        *columns,
        *values,
        rule(plot.left, plot.base, look.width, plot.base, "axis"),
        category_labels(data, plot, look, places, rows),
        draw_callout(data, look, taken, lambda _, p: (places[p], top_of(data, plot, p))),
        reference_lines(data, plot, look, taken),
    )
    return Drawing(look.width, look.height, content)


def extent(plot: Plot, value: float) -> tuple[float, float]:
    """Top and height of a column from zero; at least 1 px, so that it is seen (NF10)."""
    at, zero = plot.y(value), plot.base
    high = max(1.0, abs(zero - at))
    return (zero - high, high) if value >= 0 else (zero, high)


def top_of(data: ChartData, plot: Plot, index: int) -> float:
    """Height of the top of a column, above its value."""
    return plot.y(max(0.0, data.points[index].numbers[0] or 0.0)) - 22
