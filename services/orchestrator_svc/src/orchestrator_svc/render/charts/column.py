"""Columns: few periods or ordered classes, from zero, value above each."""

from __future__ import annotations

from typing import Final

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.plot import category_labels, plot_for
from orchestrator_svc.render.charts.svg import Size, cell, chart, describe, empty, label
from orchestrator_svc.render.markup import Markup, shape, tag
from orchestrator_svc.render.measure import BOLD, width

THICKEST: Final = 64.0
FILL: Final = 0.62


def column_chart(
    data: ChartData, size: Size, title: str, label_size: float, variant: str, locale: str
) -> Markup:
    """The chart; values that would touch are left to the emphasised columns."""
    points = data.points
    if not points:
        return empty(size, title, variant)
    plot = plot_for(data, size, label_size, locale, right_room=6, top_room=label_size * 2)
    left, right = 4.0, size[0] - 4.0
    band = (right - left) / len(points)
    thick = min(THICKEST, band * FILL)
    places = [left + band * (i + 0.5) for i in range(len(points))]
    widest = max(width(p.shown[0], label_size, BOLD) for p in points)
    marks = []
    for point, x in zip(points, places, strict=True):
        value = point.numbers[0]
        weight = " on" if point.emphasised else ""
        if value is None:
            marks.append(label("–", x, plot.y(0) - 6, "label quiet", anchor="middle"))
            continue
        top, base = plot.y(max(value, 0.0)), plot.y(min(value, 0.0))
        bar = shape(
            "rect",
            x=x - thick / 2,
            y=top,
            width=thick,
            height=max(1.0, base - top),
            class_=f"bar{weight}",
        )
        shown: object = None
        if widest < band * 1.05 or point.emphasised:
            at = top - 7 if value >= 0 else base + label_size
            shown = label(
                point.shown[0], x, at, f"value{weight}", anchor="middle", **cell(data, point)
            )
        marks.append(tag("g", tag("title", f"{point.label}: {point.shown[0]}"), bar, shown))
    zero = plot.y(0)
    axis = shape("line", x1=left, x2=right, y1=zero, y2=zero, class_="axis")
    labels = category_labels(plot, [p.label for p in points], places, label_size, size)
    return chart(size, title, describe(data), *marks, axis, labels, variant=variant)
