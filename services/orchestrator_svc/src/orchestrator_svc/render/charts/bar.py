"""Horizontal bars: items compared, sorted, from zero, value at the end of each bar."""

from __future__ import annotations

from typing import Final

from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.charts.svg import Size, cell, chart, describe, empty, label
from orchestrator_svc.render.markup import Markup, join, shape, tag
from orchestrator_svc.render.measure import BOLD, REGULAR, shorten, width

LABEL_SHARE: Final = 0.36
NARROW: Final = 420
THICKEST: Final = 34.0
FILL: Final = 0.62
TALLEST_BAND: Final = 96.0


def bar_chart(data: ChartData, size: Size, title: str, label_size: float, variant: str) -> Markup:
    """The chart. Below 420 px labels stand above their bars."""
    wide, high = size
    points = data.points
    if not points:
        return empty(size, title, variant)
    narrow = wide < NARROW
    band = min(TALLEST_BAND, high / len(points))
    high = band * len(points)
    column = 0.0 if narrow else _label_column(points, wide, label_size)
    values = max(width(point.shown[0], label_size, BOLD) for point in points) + 12
    low, top = _extent(points)
    room = wide - column - values - (values if low < 0 else 0)
    unit = room / (top - low) if top > low else 0.0
    zero = column + (values if low < 0 else 0) - low * unit
    thick = min(THICKEST, band * (0.42 if narrow else FILL))
    marks = []
    for position, point in enumerate(points):
        middle = band * position + band / 2
        marks.append(_bar(data, point, zero, unit, middle, thick, narrow, column, label_size))
    axis = shape("line", x1=zero, x2=zero, y1=0.0, y2=high, class_="axis")
    return chart((wide, high), title, describe(data), *marks, axis, variant=variant)


def _bar(
    data: ChartData,
    point: Point,
    zero: float,
    unit: float,
    middle: float,
    thick: float,
    narrow: bool,
    column: float,
    label_size: float,
) -> Markup:
    number = point.numbers[0]
    top = middle - thick / 2 + (label_size * 0.55 if narrow else 0)
    weight = " on" if point.emphasised else ""
    baseline = label_size * 0.35
    if narrow:
        name = label(point.label, 0, top - 5, f"label{weight}")
    else:
        shown = shorten(point.label, column - 12, label_size, BOLD if weight else REGULAR)
        name = label(shown, 0, middle + baseline, f"label{weight}")
    if number is None:
        return join(
            name, label(point.shown[0], zero + 8, top + thick / 2 + baseline, "label quiet")
        )
    length = max(1.0, abs(number) * unit)
    left = zero if number >= 0 else zero - length
    bar = shape("rect", x=left, y=top, width=length, height=thick, class_=f"bar{weight}")
    at = left + length + 8 if number >= 0 else left - 8
    value = label(
        point.shown[0],
        at,
        top + thick / 2 + baseline,
        "value",
        anchor="start" if number >= 0 else "end",
        **cell(data, point),
    )
    return tag("g", tag("title", f"{point.label}: {point.shown[0]}"), name, bar, value)


def _label_column(points: tuple[Point, ...], wide: float, size: float) -> float:
    needed = max(width(p.label, size, BOLD if p.emphasised else REGULAR) for p in points) + 14
    return min(needed, wide * LABEL_SHARE)


def _extent(points: tuple[Point, ...]) -> tuple[float, float]:
    numbers = [p.numbers[0] for p in points if p.numbers[0] is not None]
    return min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
