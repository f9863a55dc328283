"""Lines over time: gaps stay gaps, series are named at their ends, the message is in the accent."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator_svc.render.charts.axes import apart
from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.charts.plot import Plot, category_labels, grid, plot_for
from orchestrator_svc.render.charts.svg import Size, cell, chart, describe, empty, label
from orchestrator_svc.render.markup import Markup, join, number, shape
from orchestrator_svc.render.measure import BOLD, width


def line_chart(
    data: ChartData, size: Size, title: str, label_size: float, variant: str, locale: str
) -> Markup:
    """The chart. One series is drawn in the accent, several in the series colours."""
    points = data.points
    if not points:
        return empty(size, title, variant)
    many = len(data.measures) > 1
    ends = _end_labels(data) if many else []
    right = max((width(text, label_size, BOLD) for text in ends), default=0.0) + (
        20 if many else 14
    )
    plot = plot_for(data, size, label_size, locale, right_room=right, top_room=label_size * 1.8)
    places = _places(data, plot)
    lines = [_series(data, series, places, plot, many) for series in range(len(data.measures))]
    marks = _marks(data, places, plot, size, label_size) if not many else Markup("")
    named = _named_ends(data, ends, places, plot, label_size) if many else Markup("")
    labels = category_labels(plot, [p.label for p in points], places, label_size, size)
    content = (grid(plot, label_size), labels, *lines, marks, named)
    return chart(size, title, describe(data), *content, variant=variant)


def _places(data: ChartData, plot: Plot) -> list[float]:
    """Where each point stands: by its moment where the axis has moments, else evenly."""
    axis = data.table.axis(data.x)
    keys = [axis.keys[p.row] if axis else None for p in data.points]
    known = [key for key in keys if key is not None]
    inset = 6.0
    left, right = plot.left + inset, plot.right - inset
    if len(known) == len(keys) and len(known) > 1 and known[-1] > known[0]:
        span = known[-1] - known[0]
        return [left + (right - left) * (key - known[0]) / span for key in known]
    if len(keys) == 1:
        return [(left + right) / 2]
    return [left + (right - left) * i / (len(keys) - 1) for i in range(len(keys))]


def _series(
    data: ChartData, series: int, places: Sequence[float], plot: Plot, many: bool
) -> Markup:
    kind = f"line s{series + 1}" if many else "line on"
    paths, run = [], list[str]()
    for point, x in zip(data.points, places, strict=True):
        value = point.numbers[series]
        if value is None:
            if run:
                paths.append(run)
            run = []
            continue
        run.append(f"{number(x)} {number(plot.y(value))}")
    if run:
        paths.append(run)
    # A lone point between gaps would be an invisible path.
    dots = [
        shape("circle", cx=float(r[0].split()[0]), cy=float(r[0].split()[1]), r=3, class_=kind)
        for r in paths
        if len(r) == 1
    ]
    drawn = [shape("path", d="M" + "L".join(r), class_=kind) for r in paths if len(r) > 1]
    return join(*drawn, *dots)


def _marks(
    data: ChartData, places: Sequence[float], plot: Plot, size: Size, label_size: float
) -> Markup:
    """Dots and values at the emphasised points, else at the last one."""
    wanted = [i for i, point in enumerate(data.points) if point.emphasised]
    wanted = [i for i in wanted if data.points[i].numbers[0] is not None]
    if not wanted:
        wanted = [i for i, p in enumerate(data.points) if p.numbers[0] is not None][-1:]
    return join(*(_mark(data, data.points[i], i, places, plot, size, label_size) for i in wanted))


def _mark(
    data: ChartData,
    point: Point,
    index: int,
    places: Sequence[float],
    plot: Plot,
    size: Size,
    label_size: float,
) -> Markup:
    value = point.numbers[0] or 0.0
    x, y = places[index], plot.y(value)
    neighbours = [
        other
        for other in (index - 1, index + 1)
        if 0 <= other < len(data.points) and data.points[other].numbers[0] is not None
    ]
    # Below a low, above everything else, so that the line never runs through the number.
    low = neighbours and all((data.points[o].numbers[0] or 0.0) >= value for o in neighbours)
    text = point.shown[0]
    at = y + label_size * 1.35 if low else y - label_size * 0.75
    half = width(text, label_size, BOLD) / 2
    x_text = min(max(x, plot.left + half), size[0] - half)
    dot = shape("circle", cx=x, cy=y, r=5, class_="dot on")
    return join(dot, label(text, x_text, at, "value on", anchor="middle", **cell(data, point)))


def _end_labels(data: ChartData) -> list[str]:
    ends = []
    for series, name in enumerate(data.names):
        shown = [p.shown[series] for p in data.points if p.numbers[series] is not None]
        ends.append(f"{name} {shown[-1]}" if shown else name)
    return ends


def _named_ends(
    data: ChartData, ends: Sequence[str], places: Sequence[float], plot: Plot, label_size: float
) -> Markup:
    last: list[tuple[int, int]] = []
    for series in range(len(data.measures)):
        known = [i for i, p in enumerate(data.points) if p.numbers[series] is not None]
        if known:
            last.append((series, known[-1]))
    heights = [plot.y(data.points[i].numbers[series] or 0.0) for series, i in last]
    moved = apart(heights, label_size * 1.35, plot.top, plot.bottom)
    written = []
    for (series, index), height, at in zip(last, heights, moved, strict=True):
        point = data.points[index]
        written.append(
            shape("circle", cx=places[index], cy=height, r=4, class_=f"dot s{series + 1}")
        )
        written.append(
            label(
                ends[series],
                plot.right + 10,
                at + label_size * 0.35,
                f"value s{series + 1}",
                **cell(data, point, series),
            )
        )
    return join(*written)
