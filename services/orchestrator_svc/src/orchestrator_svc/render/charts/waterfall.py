"""Waterfall: a bridge from one total to another, each step standing where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.charts.items import items_for
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.numbers import show_change
from orchestrator_svc.render.charts.plot import category_labels, label_rows, plot_for
from orchestrator_svc.render.charts.scale import Scale
from orchestrator_svc.render.charts.steps import Step, floor_of, steps_of
from orchestrator_svc.render.charts.svg import block, empty, label, mark, rule
from orchestrator_svc.render.charts.variance import judgement
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, width, wrap

_THICKEST: Final = 84.0
_FILL: Final = 0.66


def waterfall_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: columns where their names fit below them, else rows."""
    steps = steps_of(data)
    if len(steps) < 2:
        return empty(look, data.locale)
    rows = tuple(
        Point(step.label, (step.end,), (step.rows,), step.emphasised or step.total)
        for step in steps
    )
    named = replace(data, points=rows, series=data.series[:1], is_time=False, references=())
    band = look.width / len(steps)
    texts = [_text(data, step) for step in steps]
    fits = all(_fits(step.label, band - 6, look) for step in steps)
    fits = fits and max(width(text, look.label, BOLD) for text in texts) < band
    if look.narrow or not fits:
        return _rows(named, steps, texts, look)
    return _columns(named, steps, texts, look)


def _columns(data: ChartData, steps: Sequence[Step], texts: Sequence[str], look: Look) -> Drawing:
    band = look.width / len(steps)
    names = label_rows(data, band, look)
    below = look.label * 1.3 if any(min(s.start, s.end) < 0 for s in steps) else 0.0
    ends = [end for step in steps for end in (step.start, step.end)]
    plot = plot_for(
        data,
        look,
        right_room=0.0,
        top_room=look.label * 1.6,
        bottom_room=below + names.more,
        numbers=ends,
        axis=False,
    )
    floor = floor_of(steps)
    plot = replace(plot, low=floor) if floor else plot
    thick = min(_THICKEST, band * _FILL)
    places = [band * (index + 0.5) for index in range(len(steps))]
    drawn = []
    for index, (step, text, x) in enumerate(zip(steps, texts, places, strict=True)):
        top, low = sorted((plot.y(max(step.start, floor)), plot.y(step.end)))
        high = max(1.0, low - top)
        bar = block(x - thick / 2, top, thick, high, _kind(data, step))
        if floor and step.total:
            bar = join(bar, *_break(x, plot.y(floor), thick))
        falls = step.end < step.start or (step.total and step.end < 0)
        at = top + high + look.label if falls and step.end < 0 else top - 7
        said = label(text, x, at, _said(data, step), anchor="middle")
        drawn.append(mark(f"{step.label}: {text}", bar, said, **_source(step)))
        if index + 1 < len(steps):
            level = plot.y(step.end)
            drawn.append(rule(x + thick / 2, level, places[index + 1] - thick / 2, level, "link"))
    axis = rule(0.0, plot.base, look.width, plot.base, "axis")
    labels = category_labels(data, plot, look, places, names)
    return Drawing(look.width, look.height, join(*drawn, axis, labels))


def _rows(data: ChartData, steps: Sequence[Step], texts: Sequence[str], look: Look) -> Drawing:
    items = items_for(data, look)
    room = max(width(text, look.label, BOLD) for text in texts) + 12
    floor = floor_of(steps)
    ends = [floor, *(end for step in steps for end in (max(step.start, floor), step.end))]
    low, high = min(ends), max(ends)
    wide = max(1.0, look.width - items.column - room - (room if low < 0 else 0.0))
    unit = wide / (high - low) if high > low else 0.0
    scale = Scale(items.column + (room if low < 0 else 0.0) - low * unit, unit)
    drawn = []
    for index, (step, text) in enumerate(zip(steps, texts, strict=True)):
        middle = items.middle(index)
        left, right = sorted((scale.x(max(step.start, floor)), scale.x(step.end)))
        bar = block(
            left,
            middle - items.thick / 2,
            max(1.0, right - left),
            items.thick,
            _kind(data, step),
        )
        if floor and step.total:
            bar = join(bar, *_cut_across(left, middle, items.thick))
        before = low < 0 and right <= scale.zero and step.end < 0
        x, anchor = (left - 8, "end") if before else (max(right, left + 1) + 8, "start")
        y = middle + look.label * 0.35
        said = label(text, x, y, _said(data, step), anchor=anchor)
        name = items.name(data.points[index], index, look.width)
        drawn.append(mark(f"{step.label}: {text}", name, bar, said, **_source(step)))
        if index + 1 < len(steps) and items.column:
            level = scale.x(step.end)
            below = items.middle(index + 1) - items.thick / 2
            drawn.append(rule(level, middle + items.thick / 2, level, below, "link"))
    axis = items.axis(scale.x(floor))
    return Drawing(look.width, items.height, join(*drawn, axis))


def _break(x: float, base: float, thick: float) -> list[Markup]:
    """Two slanting gaps in a column: it goes on below."""
    left, right = x - thick / 2 - 4, x + thick / 2 + 4
    return [rule(left, base - up, right, base - up - 10, "break") for up in (12, 20)]


def _cut_across(left: float, middle: float, thick: float) -> list[Markup]:
    """The same in a row."""
    top, low = middle - thick / 2 - 3, middle + thick / 2 + 3
    return [rule(left + at, low, left + at + 6, top, "break") for at in (8, 14)]


def _text(data: ChartData, step: Step) -> str:
    if step.total:
        return data.shown(step.end)
    return show_change(step.change, data.format, data.locale)


def _fits(name: str, room: float, look: Look) -> bool:
    lines = wrap(name, room, look.axis)
    whole = max(width(word, look.axis) for word in name.split()) if name.split() else 0.0
    return len(lines) <= 2 and whole <= room


def _kind(data: ChartData, step: Step) -> str:
    if step.total:
        return "bar total"
    judged = judgement(data, step.change)
    return f"bar {judged or ('up' if step.change >= 0 else 'down')}"


def _said(data: ChartData, step: Step) -> str:
    return "value" if step.total else f"value {judgement(data, step.change)}".rstrip()


def _source(step: Step) -> dict[str, Any]:
    return {"data_rows": " ".join(map(str, step.rows))}
