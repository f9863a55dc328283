"""Histogram: how the values of one measure are distributed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aislides.deck.v1 import fact_pb2

from orchestrator_svc.render.charts.bins import Bins, bins_of
from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.numbers import show_number, show_ticks
from orchestrator_svc.render.charts.plot import Plot, grid, plot_for
from orchestrator_svc.render.charts.svg import block, empty, label, mark, rule
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, shorten, width

_COUNT: Final = fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_COUNT)
_SLIT: Final = 1.5


def histogram(data: ChartData, look: Look) -> Drawing:
    """The chart: the number of rows in each bin, above it where that fits."""
    series = len(data.series) - 1
    numbers = [number for number in data.column(series) if number is not None]
    if not numbers:
        return empty(look, data.locale)
    bins = bins_of(numbers)
    counts = [float(count) for count in bins.counts]
    shown = [show_number(count, _COUNT, data.locale) for count in counts]
    widest = max(width(text, look.label, BOLD) for text in shown)
    labelled = widest <= look.width / len(counts) - 4
    counted = replace(data, format=_COUNT, references=(), printed={}, cut=False, domain=None)
    top = look.label * (3.0 if data.references else 1.5)
    plot = plot_for(counted, look, right_room=8.0, top_room=top, numbers=counts, axis=not labelled)
    band, _ = plot.bands(len(counts))
    names = _edge_names(data, bins)
    taken = Taken(look.width, plot.bottom)
    drawn = []
    for place, count in enumerate(bins.counts):
        left, above = plot.left + place * band, plot.y(count)
        source = {
            "data_from": names[place],
            "data_to": None if bins.whole else names[place + 1],
        }
        span = names[place] if bins.whole else f"{names[place]} – {names[place + 1]}"
        high = max(1.0, plot.bottom - above) if count else 0.0
        bar = block(left + _SLIT / 2, plot.bottom - high, band - _SLIT, high, "bar", **source)
        said = None
        if labelled and count:
            x, y = left + band / 2, above - 7
            taken.add(text_box(shown[place], x, y, look.label, BOLD, "middle"))
            said = label(shown[place], x, y, "value", anchor="middle")
        drawn.append(mark(f"{span}: {shown[place]}", bar, said))
    content = join(
        grid(plot, look),
        *drawn,
        rule(plot.left, plot.bottom, plot.right, plot.bottom, "axis"),
        _edges(bins, names, plot, band, look),
        _references(data, bins, plot, look, taken),
    )
    return Drawing(look.width, look.height, content)


def _edge_names(data: ChartData, bins: Bins) -> list[str]:
    return show_ticks(bins.edges, data.format, data.locale)


def _edges(bins: Bins, names: list[str], plot: Plot, band: float, look: Look) -> Markup:
    """Edges below the bars; whole numbers below their bars' middles."""
    shift = 0.5 if bins.whole else 0.0
    named = names[:-1] if bins.whole else names
    widest = max(width(name, look.axis) for name in named) + look.axis
    every = max(1, -int(-widest // band))
    written, free_from = [], 0.0
    for place in range(0, len(named), every):
        half = width(named[place], look.axis) / 2
        x = min(max(plot.left + (place + shift) * band, half), look.width - half)
        if x - half < free_from:
            continue
        free_from = x + half + look.axis
        y = look.height - look.axis * 0.3
        written.append(label(named[place], x, y, "tick", anchor="middle", data_tick=True))
    return join(*written)


def _references(data: ChartData, bins: Bins, plot: Plot, look: Look, taken: Taken) -> Markup:
    drawn = []
    low, high = bins.edges[0], bins.edges[-1]
    for line in data.references:
        if not low <= line.value <= high:
            continue
        x = plot.left + (line.value - low) / (high - low) * (plot.right - plot.left)
        text = shorten(f"{line.label} {data.shown(line.value)}", look.width * 0.45, look.axis)
        half = width(text, look.axis) / 2
        at = min(max(x, half), look.width - half)
        free = taken.take(text_box(text, at, look.axis, look.axis, anchor="middle"), 4)
        said = label(text, at, look.axis, "tick reference", anchor="middle") if free else None
        drawn.append(mark(text, rule(x, look.axis * 1.4, x, plot.bottom, "reference"), said))
    return join(*drawn)
