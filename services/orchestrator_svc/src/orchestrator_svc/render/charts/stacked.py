"""Stacked columns: parts of a whole, absolute or to 100 percent, largest part at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aislides.deck.v1 import fact_pb2

from orchestrator_svc.render.charts.boxes import Taken, spread
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.kinds import PERCENT
from orchestrator_svc.render.charts.line import series_classes
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
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, shorten, width

_THICKEST: Final = 96.0
_FILL: Final = 0.68
_NAME_SHARE: Final = 0.3
_SHARES: Final = fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_PERCENT)


def stacked_chart(data: ChartData, look: Look) -> Drawing:
    """The chart. Parts are named at the right of the last column, in their colours."""
    if not data.points:
        return empty(look, data.locale)
    percent = data.kind == PERCENT
    totals = [sum(n for n in point.numbers if n is not None) for point in data.points]
    shown = replace(data, format=_SHARES, printed={}, domain=(0.0, 1.0)) if percent else data
    kinds = series_classes(data)
    names = _names(shown, look)
    room = max(width(name, look.label, BOLD) for name in names) + 12
    count = len(data.points)
    band = (look.width - room) / count
    thick = min(_THICKEST, band * _FILL)
    labels = [shown.shown(_part(n, total, percent)) for n, total in _all(data, totals)]
    widest = max((width(text, look.label, BOLD) for text in labels), default=0.0)
    labelled = widest <= thick - 4
    rows = label_rows(data, band, look)
    plot = plot_for(
        shown,
        look,
        right_room=room,
        top_room=look.label * (0.6 if percent else 1.6),
        bottom_room=rows.more,
        numbers=[] if percent else totals,
        axis=not labelled,
    )
    band, places = plot.bands(count)
    thick = min(_THICKEST, band * _FILL)
    columns = [
        _column(shown, index, total, (places[index], thick), plot, kinds, look, labelled)
        for index, total in enumerate(totals)
    ]
    sums = [] if percent else _totals(data, totals, places, plot, look, band)
    content = join(
        grid(plot, look),
        *columns,
        *sums,
        rule(plot.left, plot.base, plot.right, plot.base, "axis"),
        category_labels(data, plot, look, places, rows),
        _named(shown, names, totals, kinds, plot, look, places[-1] + thick / 2),
        reference_lines(shown, plot, look, Taken(look.width, plot.bottom)),
    )
    return Drawing(look.width, look.height, content)


def _column(
    data: ChartData,
    index: int,
    total: float,
    at: tuple[float, float],
    plot: Plot,
    kinds: Sequence[str],
    look: Look,
    labelled: bool,
) -> Markup:
    point, percent = data.points[index], data.kind == PERCENT
    middle, thick = at
    drawn, low = [], 0.0
    for series, number in enumerate(point.numbers):
        part = _part(number, total, percent)
        if part is None:
            continue
        top, bottom = plot.y(low + part), plot.y(low)
        low += part
        high = bottom - top
        text = data.shown(part)
        source = source_of(data, point, series)
        kind = kinds[series]
        # A slit in the colour of the ground parts the parts, without a line of its own.
        slit = 1.0 if high > 3 else 0.0
        box = block(middle - thick / 2, top, thick, max(0.0, high - slit), f"bar {kind}")
        said = None
        if labelled and high >= look.label * 1.25:
            y = top + high / 2 + look.label * 0.35
            said = label(text, middle, y, f"value over {kind}", anchor="middle")
        drawn.append(
            mark(f"{point.label}, {data.series[series].name}: {text}", box, said, **source)
        )
    return join(*drawn)


def _totals(
    data: ChartData,
    totals: Sequence[float],
    places: Sequence[float],
    plot: Plot,
    look: Look,
    band: float,
) -> list[Markup]:
    """The sum above each column, where all of them fit."""
    texts = [data.shown(total) for total in totals]
    if max(width(text, look.label, BOLD) for text in texts) > band - 4:
        return []
    return [
        label(text, x, plot.y(total) - 7, "value", anchor="middle")
        for text, total, x in zip(texts, totals, places, strict=True)
    ]


def _named(
    data: ChartData,
    names: Sequence[str],
    totals: Sequence[float],
    kinds: Sequence[str],
    plot: Plot,
    look: Look,
    right: float,
) -> Markup:
    """Series names beside the last column, at the heights of their parts."""
    heights, low = [], 0.0
    for number in data.points[-1].numbers:
        part = _part(number, totals[-1], data.kind == PERCENT) or 0.0
        heights.append(plot.y(low + part / 2))
        low += part
    weights = [1.0 + bool(item.emphasised) for item in data.series]
    moved = spread(heights, weights, look.gap, plot.top, plot.bottom)
    x = min(right + 10, plot.right + 2)
    return join(
        *(
            label(name, x, at + look.label * 0.35, f"value {kind}")
            for name, at, kind in zip(names, moved, kinds, strict=True)
            if at is not None
        )
    )


def _names(data: ChartData, look: Look) -> list[str]:
    return [shorten(name, look.width * _NAME_SHARE, look.label, BOLD) for name in data.names]


def _all(data: ChartData, totals: Sequence[float]) -> list[tuple[float, float]]:
    return [
        (number, total)
        for point, total in zip(data.points, totals, strict=True)
        for number in point.numbers
        if number is not None
    ]


def _part(number: float | None, total: float, percent: bool) -> float | None:
    if number is None or not percent:
        return number
    return number / total if total else 0.0
