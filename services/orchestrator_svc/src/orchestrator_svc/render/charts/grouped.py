"""Columns of several series side by side, from zero."""

from __future__ import annotations

from typing import Final

from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.column import THICKEST, extent
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.keys import key_line
from orchestrator_svc.render.charts.line import series_classes
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.plot import (
    category_labels,
    grid,
    label_rows,
    plot_for,
    reference_lines,
)
from orchestrator_svc.render.charts.svg import block, empty, label, mark, rule
from orchestrator_svc.render.markup import join
from orchestrator_svc.render.measure import BOLD, width

_FILL: Final = 0.74
"""Part of its band that a group takes."""
_SLIT: Final = 2.0
"""Between the columns of a group."""


def grouped_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: with values above all columns where they fit, else with an axis (DR2)."""
    if not data.points:
        return empty(look, data.locale)
    many, count = len(data.series), len(data.points)
    kinds = ["s1", "quiet"] if data.compare else series_classes(data)
    key = key_line(data, look, kinds)
    widest = max(width(data.shown(number), look.label, BOLD) for number in data.numbers())
    thick = min(THICKEST, look.width / count * _FILL / many - _SLIT)
    labelled = widest <= thick + _SLIT - 1
    below = look.label * 1.3 if any(number < 0 for number in data.numbers()) else 0.0
    rows = label_rows(data, look.width / count, look)
    plot = plot_for(
        data,
        look,
        right_room=0.0,
        top_room=key.height + look.label * 1.6,
        bottom_room=below + rows.more,
        axis=not labelled,
    )
    band, places = plot.bands(count)
    thick = max(1.0, min(THICKEST, band * _FILL / many - _SLIT))
    taken = Taken(look.width, plot.bottom + below)
    columns = []
    for point, middle in zip(data.points, places, strict=True):
        for series, number in enumerate(point.numbers):
            left = middle + (series - many / 2) * (thick + _SLIT) + _SLIT / 2
            if number is None:
                if labelled:
                    at = left + thick / 2
                    columns.append(label("–", at, plot.base - 6, "label quiet", anchor="middle"))
                continue
            top, high = extent(plot, number)
            taken.add((left, top, left + thick, top + high))
            shown = data.shown(number)
            source = source_of(data, point, series)
            drawn = block(left, top, thick, high, f"bar {kinds[series]}")
            at = top - 7 if number >= 0 else top + high + look.label
            said = None
            if labelled:
                taken.add(text_box(shown, left + thick / 2, at, look.label, BOLD, "middle"))
                said = label(shown, left + thick / 2, at, "value", anchor="middle")
            told = f"{point.label}, {data.series[series].name}: {shown}"
            columns.append(mark(told, drawn, said, **source))
    content = join(
        key.content,
        grid(plot, look),
        *columns,
        rule(plot.left, plot.base, look.width, plot.base, "axis"),
        category_labels(data, plot, look, places, rows),
        reference_lines(data, plot, look, taken),
    )
    return Drawing(look.width, look.height, content)
