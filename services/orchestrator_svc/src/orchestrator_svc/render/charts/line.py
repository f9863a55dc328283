"""Lines over time: gaps stay gaps, series are named at their ends, the message is in the accent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from orchestrator_svc.render.charts.boxes import Box, Taken, spread, text_box
from orchestrator_svc.render.charts.callout import draw_callout
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.plot import (
    Plot,
    category_labels,
    grid,
    plot_for,
    reference_lines,
)
from orchestrator_svc.render.charts.svg import empty, label
from orchestrator_svc.render.charts.truthful import MOST_COLOURS
from orchestrator_svc.render.markup import Markup, escape, join, number, shape, tag
from orchestrator_svc.render.measure import BOLD, shorten, width

_END_SHARE: Final = 0.32
"""Most of the width that names at line ends take."""
_INSET: Final = 6.0
_LEAST: Final = 48.0
"""Width that lines have at least."""
_MOST_HITS: Final = 120
_Run = list[tuple[float, float]]


def line_chart(data: ChartData, look: Look, *, filled: bool = False) -> Drawing:
    """The chart. One series is drawn in the accent, several in the series colours.

    `filled` tints the area between a line and zero.
    """
    if not data.points:
        return empty(look, data.locale)
    many = len(data.series) > 1
    ends = _end_labels(data, look) if many else []
    room = max((width(text, look.label, BOLD) for text in ends), default=0.0)
    right = room + 20 if many else 14.0
    plot = plot_for(data, look, right_room=right, top_room=look.label * 1.8)
    if many and plot.right - plot.left < _LEAST:
        # Huge numbers in a small panel: the course is worth more than the names at its end.
        ends = []
        plot = plot_for(data, look, right_room=14.0, top_room=look.label * 1.8)
    places = places_of(data, plot)
    runs = [runs_of(data, series, places, plot) for series in range(len(data.series))]
    taken = Taken(look.width, plot.bottom, (box for run in runs for box in line_boxes(run)))
    taken.add((0.0, 0.0, plot.left - 4, look.height))
    if many:
        named = _named_ends(data, ends, places, plot, look, taken)
    else:
        named = point_values(data, look, places, plot, taken)
    kinds = ["quiet"] if look.muted and not many else series_classes(data)
    content = join(
        grid(plot, look),
        category_labels(data, plot, look, places),
        *(_area(run, plot) for run in (runs[0] if filled else ())),
        *(_strokes(data, run, kind) for run, kind in zip(runs, kinds, strict=True)),
        named,
        draw_callout(data, look, taken, lambda s, p: (places[p], _height(data, plot, s, p))),
        reference_lines(data, plot, look, taken),
        hits(data, places, plot) if not look.narrow else None,
    )
    return Drawing(look.width, look.height, content)


def places_of(data: ChartData, plot: Plot) -> list[float]:
    """Where each point stands: by its moment where the axis has moments, else evenly."""
    left, right = plot.left + _INSET, plot.right - _INSET
    keys = [point.key for point in data.points]
    known = [key for key in keys if key is not None]
    if len(keys) == 1:
        return [(left + right) / 2]
    if data.is_time and len(known) == len(keys) and known[-1] > known[0]:
        span = known[-1] - known[0]
        return [left + (right - left) * (key - known[0]) / span for key in known]
    return [left + (right - left) * i / (len(keys) - 1) for i in range(len(keys))]


def runs_of(data: ChartData, series: int, places: Sequence[float], plot: Plot) -> list[_Run]:
    """Points that are joined: a run ends at each gap.

    Where periods come twice nothing is joined.
    """
    runs: list[_Run] = [[]]
    keys = [point.key for point in data.points if point.key is not None]
    joined = len(set(keys)) == len(keys)
    for point, x in zip(data.points, places, strict=True):
        value = point.numbers[series]
        if value is None or not joined:
            runs.append([])
        if value is not None:
            runs[-1].append((x, plot.y(value)))
    return [run for run in runs if run]


def line_boxes(runs: Sequence[_Run]) -> list[Box]:
    """Small boxes along the lines, so that labels keep away from them."""
    boxes = []
    for run in runs:
        for (x1, y1), (x2, y2) in pairwise(run):
            steps = 1 + int(max(abs(x2 - x1), abs(y2 - y1)) / 12)
            for step in range(steps):
                a, b = step / steps, (step + 1) / steps
                one, other = y1 + (y2 - y1) * a, y1 + (y2 - y1) * b
                top, low = (one, other) if one < other else (other, one)
                boxes.append((x1 + (x2 - x1) * a, top - 1, x1 + (x2 - x1) * b, low + 1))
        if len(run) == 1:
            boxes.append((run[0][0] - 3, run[0][1] - 3, run[0][0] + 3, run[0][1] + 3))
    return boxes


def series_classes(data: ChartData) -> list[str]:
    """Colour class of each series: accent for what is emphasised, else up to four colours."""
    if len(data.series) == 1:
        return ["on"]
    if any(item.emphasised for item in data.series):
        return ["on" if item.emphasised else "quiet" for item in data.series]
    if sum(not item.rest for item in data.series) > MOST_COLOURS:
        return ["quiet"] * len(data.series)
    return ["quiet" if item.rest else f"s{index + 1}" for index, item in enumerate(data.series)]


def point_values(
    data: ChartData, look: Look, places: Sequence[float], plot: Plot, taken: Taken
) -> Markup:
    """Dots and values at the emphasised points, else at the last one."""
    known = [i for i, point in enumerate(data.points) if point.numbers[0] is not None]
    wanted = [i for i in known if data.points[i].emphasised] or known[-1:]
    written = []
    for index in wanted:
        point = data.points[index]
        x, y = places[index], plot.y(point.numbers[0] or 0.0)
        tone = "quiet" if look.muted else "on"
        written.append(shape("circle", cx=x, cy=y, r=5, class_=f"dot {tone}"))
        text, size = data.shown(point.numbers[0]), look.label
        half = width(text, size, BOLD) / 2
        beside = min(max(x, plot.left + half), look.width - half)
        tries = [
            (beside, y - size * 0.75, "middle"),
            (beside, y + size * 1.35, "middle"),
            (x - 10, y - size * 0.6, "end"),
            (x + 10, y - size * 0.6, "start"),
            (x - 10, y + size * 1.2, "end"),
            (x + 10, y + size * 1.2, "start"),
        ]
        for at_x, at_y, anchor in tries:
            if taken.take(text_box(text, at_x, at_y, size, BOLD, anchor), 0.5):
                extra = source_of(data, point)
                written.append(label(text, at_x, at_y, f"value {tone}", anchor=anchor, **extra))
                break
    return join(*written)


def hits(data: ChartData, places: Sequence[float], plot: Plot) -> Markup:
    """Unseen marks at the points, for tooltips; none where there are too many to aim at."""
    if len(data.points) * len(data.series) > _MOST_HITS:
        return Markup("")
    groups = []
    for series, item in enumerate(data.series):
        name = f"{item.name}, " if len(data.series) > 1 else ""
        circles = []
        for point, x in zip(data.points, places, strict=True):
            value = point.numbers[series]
            if value is None:
                continue
            told = escape(f"{name}{point.label}: {data.shown(value)}")
            rows = point.rows[series]
            at = f' data-row="{rows[0]}"' if len(rows) == 1 else ""
            place = f'cx="{x:.0f}" cy="{plot.y(value):.0f}"'
            circles.append(f"<circle {place}{at}><title>{told}</title></circle>")
        groups.append(tag("g", Markup("".join(circles)), class_="hit", data_column=item.column))
    return join(*groups)


def _strokes(data: ChartData, runs: Sequence[_Run], kind: str) -> Markup:
    drawn = []
    for position, run in enumerate(runs):
        solid = run
        if data.partial and position == len(runs) - 1 and len(run) > 1:
            solid = run[:-1]
            drawn.append(shape("path", d=path(run[-2:]), class_=f"line {kind} partial"))
        if len(solid) > 1:
            drawn.append(shape("path", d=path(solid), class_=f"line {kind}"))
        elif len(run) == 1:
            # A lone point between gaps would be an invisible path.
            drawn.append(shape("circle", cx=run[0][0], cy=run[0][1], r=3, class_=f"dot {kind}"))
    return join(*drawn)


def _area(run: _Run, plot: Plot) -> Markup:
    closed = [*run, (run[-1][0], plot.base), (run[0][0], plot.base)]
    return shape("path", d=f"{path(closed)}Z", class_="area")


def path(run: Sequence[tuple[float, float]]) -> str:
    """The run as path data."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in run)


def _height(data: ChartData, plot: Plot, series: int, index: int) -> float:
    return plot.y(data.points[index].numbers[series] or 0.0)


def _end_labels(data: ChartData, look: Look) -> list[str]:
    ends = []
    for series, name in enumerate(data.names):
        known = [number for number in data.column(series) if number is not None]
        value = f" {data.shown(known[-1])}" if known else ""
        room = look.width * _END_SHARE - width(value, look.label, BOLD)
        ends.append(shorten(name, room, look.label, BOLD) + value)
    return ends


def _named_ends(
    data: ChartData,
    ends: Sequence[str],
    places: Sequence[float],
    plot: Plot,
    look: Look,
    taken: Taken,
) -> Markup:
    last = []
    for series in range(len(data.series)):
        known = [i for i, value in enumerate(data.column(series)) if value is not None]
        if known:
            last.append((series, known[-1]))
    heights = [_height(data, plot, series, index) for series, index in last]
    loud = [2.0 if data.series[s].emphasised else 1.0 / (2 + s) for s, _ in last]
    moved = spread(heights, loud, look.gap, plot.top, plot.bottom)
    kinds = series_classes(data)
    written = []
    for (series, index), height, at in zip(last, heights, moved, strict=True):
        kind = kinds[series]
        written.append(shape("circle", cx=places[index], cy=height, r=4, class_=f"dot {kind}"))
        if at is None or not ends:
            continue
        x, y = plot.right + 10, at + look.label * 0.35
        taken.add(text_box(ends[series], x, y, look.label, BOLD))
        extra = source_of(data, data.points[index], series)
        written.append(label(ends[series], x, y, f"value {kind}", **extra))
    return join(*written)
