"""Dots on a common scale: one for each series, joined where there are several."""

from __future__ import annotations

from typing import Final

from orchestrator_svc.render.charts.axes import value_ticks
from orchestrator_svc.render.charts.data import ChartData, Point, source_of
from orchestrator_svc.render.charts.items import Items, items_for
from orchestrator_svc.render.charts.keys import key_line
from orchestrator_svc.render.charts.line import series_classes
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.numbers import show_ticks
from orchestrator_svc.render.charts.scale import Scale
from orchestrator_svc.render.charts.svg import empty, label, mark, rule
from orchestrator_svc.render.markup import Markup, join, shape
from orchestrator_svc.render.measure import BOLD, width

_LABELLED: Final = 2
"""Series up to which each dot has its value beside it; with more there is an axis."""


def dot_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: values beside the dots, or an axis below where there are many series (DR2)."""
    if not data.points:
        return empty(look, data.locale)
    many = len(data.series)
    kinds = ["s1", "quiet"] if data.compare else series_classes(data)
    key = key_line(data, look, kinds) if many > 1 else None
    top = key.height + look.label * 0.4 if key else 0.0
    labelled = many <= _LABELLED
    axis = 0.0 if labelled else look.axis * 2
    room = Look(look.width, look.height - axis, look.label, look.axis, look.compact)
    items = items_for(data, room, top=top)
    widest = max(width(data.shown(n), look.label, BOLD) for n in (*data.numbers(), None))
    beside = widest + 14 if labelled else 10.0
    known = [*data.numbers(), *(line.value for line in data.references)] or [0.0]
    ticks = value_ticks(min(known), max(known), 3 if look.narrow else 4, zero=not data.cut)
    low, high = ticks[0], ticks[-1]
    unit = (look.width - items.column - 2 * beside) / (high - low)
    scale = Scale(items.column + beside - low * unit, unit)
    left, right = scale.x(low), scale.x(high)
    rows = [
        _row(data, point, index, items, scale, kinds, labelled, (left, right))
        for index, point in enumerate(data.points)
    ]
    below = [] if labelled else _axis(data, ticks, scale, items, look)
    content = join(key.content if key else None, *below, *rows)
    return Drawing(look.width, items.height + axis, content)


def _row(
    data: ChartData,
    point: Point,
    index: int,
    items: Items,
    scale: Scale,
    kinds: list[str],
    labelled: bool,
    ends: tuple[float, float],
) -> Markup:
    middle = items.middle(index)
    baseline = middle + items.label * 0.35
    known = sorted(
        (number, series) for series, number in enumerate(point.numbers) if number is not None
    )
    parts = [items.name(point, index, ends[1]), rule(ends[0], middle, ends[1], middle, "grid")]
    if not known:
        nothing = label(data.shown(None), ends[0] + 8, baseline, "label quiet")
        return join(parts[0], nothing)
    if len(known) > 1:
        parts.append(rule(scale.x(known[0][0]), middle, scale.x(known[-1][0]), middle, "link"))
    loud = "on" if point.emphasised else "quiet"
    for place, (number, series) in enumerate(known):
        x = scale.x(number)
        kind = loud if len(data.series) == 1 else kinds[series]
        source = source_of(data, point, series)
        parts.append(shape("circle", cx=x, cy=middle, r=6, class_=f"dot {kind}", **source))
        if labelled:
            leftmost = place == 0 and len(known) > 1
            at, anchor = (x - 11, "end") if leftmost else (x + 11, "start")
            words = "value" if len(data.series) == 1 else f"value {kind}"
            parts.append(label(data.shown(number), at, baseline, words, anchor=anchor, **source))
    pairs = [f"{data.series[series].name} {data.shown(number)}" for number, series in known]
    told = ", ".join(pairs) if len(data.series) > 1 else data.shown(known[0][0])
    return mark(f"{point.label}: {told}", *parts)


def _axis(
    data: ChartData, ticks: list[float], scale: Scale, items: Items, look: Look
) -> list[Markup]:
    drawn = []
    texts = show_ticks(ticks, data.format, data.locale)
    free_from = 0.0
    for tick, text in zip(ticks, texts, strict=True):
        x = scale.x(tick)
        drawn.append(rule(x, items.top, x, items.height, "grid" if tick else "axis"))
        half = width(text, look.axis) / 2
        at = min(max(x, half), look.width - half)
        if at - half >= free_from:
            free_from = at + half + 8
            y = items.height + look.axis * 1.4
            drawn.append(label(text, at, y, "tick", anchor="middle", data_tick=True))
    return drawn
