"""Scatter: two measures against each other; beyond 500 points, counts in cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.render.charts.axes import value_ticks
from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.numbers import show_ticks
from orchestrator_svc.render.charts.shades import shade_for
from orchestrator_svc.render.charts.shape import MOST_POINTS
from orchestrator_svc.render.charts.svg import block, empty, label, mark, rule
from orchestrator_svc.render.markup import Markup, escape, join, number, tag
from orchestrator_svc.render.measure import BOLD, REGULAR, shorten, width

_MOST_NARROW: Final = 120
_MOST_NAMED: Final = 12
_CELL: Final = 22.0
_RADIUS: Final = 4.5
_REACHES: Final = (30.0, 60.0, 90.0, 120.0, 150.0)
"""Distances of names from points that are in a crowd, in px."""


@dataclass(frozen=True, slots=True)
class _Field:
    """The plot with two value axes."""

    left: float
    right: float
    top: float
    bottom: float
    x_ticks: list[float]
    y_ticks: list[float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        across = (x - self.x_ticks[0]) / (self.x_ticks[-1] - self.x_ticks[0])
        up = (y - self.y_ticks[0]) / (self.y_ticks[-1] - self.y_ticks[0])
        return (
            self.left + across * (self.right - self.left),
            self.bottom - up * (self.bottom - self.top),
        )


def scatter_chart(data: ChartData, look: Look) -> Drawing:
    """The chart. Emphasised points are named; all of them where they are few."""
    pairs = [
        (index, x, y)
        for index, point in enumerate(data.points)
        if (x := point.numbers[0]) is not None and (y := point.numbers[1]) is not None
    ]
    if not pairs:
        return empty(look, data.locale)
    field, axes = _axes(data, look, [x for _, x, _ in pairs], [y for _, _, y in pairs])
    most = _MOST_NARROW if look.narrow else MOST_POINTS
    name = width(_upward(data, look), look.axis)
    margins = [(0.0, 0.0, field.left, look.height), (0.0, 0.0, name, look.axis * 1.3)]
    taken = Taken(look.width, field.bottom, margins)
    if len(pairs) > most:
        drawn = _cells(data, field, [(x, y) for _, x, y in pairs])
    else:
        drawn = _dots(data, field, pairs, look, taken)
    return Drawing(look.width, look.height, join(axes, drawn))


def _axes(data: ChartData, look: Look, xs: list[float], ys: list[float]) -> tuple[_Field, Markup]:
    x_ticks = value_ticks(min(xs), max(xs), 3 if look.narrow else 5, zero=_near_zero(xs))
    y_ticks = value_ticks(min(ys), max(ys), 4, zero=_near_zero(ys))
    x_texts = show_ticks(x_ticks, data.x_format, data.locale)
    y_texts = show_ticks(y_ticks, data.format, data.locale)
    widest = max(width(text, look.axis) for text in y_texts)
    last = width(x_texts[-1], look.axis) / 2
    field = _Field(
        left=widest + 11,
        right=look.width - max(8.0, last + 1),
        top=look.axis * 2.1,
        bottom=look.height - look.axis * 3.1,
        x_ticks=x_ticks,
        y_ticks=y_ticks,
    )
    drawn = []
    for tick, text in zip(y_ticks, y_texts, strict=True):
        _, y = field.place(x_ticks[0], tick)
        kind = "axis" if tick == y_ticks[0] else "grid"
        drawn.append(rule(field.left, y, field.right, y, kind))
        at = y + look.axis * 0.35
        drawn.append(label(text, field.left - 9, at, "tick", anchor="end", data_tick=True))
    free_from = 0.0
    for tick, text in zip(x_ticks, x_texts, strict=True):
        x, _ = field.place(tick, y_ticks[0])
        half = width(text, look.axis) / 2
        if x - half < free_from:
            continue
        free_from = x + half + 6
        y = field.bottom + look.axis * 1.4
        drawn.append(label(text, x, y, "tick", anchor="middle", data_tick=True))
    across = shorten(_named(data, 0), look.width * 0.9, look.axis)
    drawn.append(label(across, field.right, look.height - 4, "tick name", anchor="end"))
    drawn.append(label(_upward(data, look), 0, look.axis, "tick name"))
    return field, join(*drawn)


def _upward(data: ChartData, look: Look) -> str:
    """The name of the axis that goes up, above it."""
    return shorten(_named(data, 1), look.width * 0.9, look.axis)


def _near_zero(numbers: list[float]) -> bool:
    """Whether an axis from zero would use most of its length."""
    low, high = min(numbers), max(numbers)
    return low <= 0 <= high or min(abs(low), abs(high)) < 0.5 * max(abs(low), abs(high))


def _named(data: ChartData, series: int) -> str:
    fmt = data.format if series else data.x_format
    name = label_for_column(data.table, data.series[series].column)
    return f"{name}, {fmt.unit}" if fmt.unit and fmt.unit not in name else name


def _dots(
    data: ChartData,
    field: _Field,
    pairs: list[tuple[int, float, float]],
    look: Look,
    taken: Taken,
) -> Markup:
    plain: list[str] = []
    loud: list[str] = []
    named = []
    for index, x, y in pairs:
        point = data.points[index]
        left, top = field.place(x, y)
        row = point.rows[1][0]
        told = escape(f"{point.label}: {data.shown(x)}, {data.shown(y)}") if _told(pairs) else ""
        title = f"<title>{told}</title>" if told else ""
        circle = (
            f'<circle cx="{number(left)}" cy="{number(top)}" r="{_RADIUS}" data-row="{row}">'
            f"{title}</circle>"
        )
        (loud if point.emphasised else plain).append(circle)
        taken.add((left - _RADIUS, top - _RADIUS, left + _RADIUS, top + _RADIUS))
        if point.emphasised or len(pairs) <= _MOST_NAMED:
            named.append((point.emphasised, point.label, left, top))
    groups = [
        tag("g", Markup("".join(circles)), class_=kind, data_column=data.series[1].column)
        for kind, circles in (("dots quiet" if loud else "dots", plain), ("dots on", loud))
        if circles
    ]
    words = [_name(*item, look, taken) for item in sorted(named, key=lambda item: not item[0])]
    return join(*groups, *words)


def _told(pairs: list[tuple[int, float, float]]) -> bool:
    """Whether marks are few enough to aim at, each with its numbers."""
    return len(pairs) <= 150


def _name(loud: bool, text: str, x: float, y: float, look: Look, taken: Taken) -> Markup | None:
    """The name beside its point; that of an emphasised one further off, with a leader."""
    weight, kind = (BOLD, "value on") if loud else (REGULAR, "label")
    short = shorten(text, look.width * 0.3, look.label, weight)
    low, high = look.label * 0.35, look.label + 7
    near = ((9.0, low, "start"), (-9.0, low, "end"), (0.0, -9.0, "middle"), (0.0, high, "middle"))
    for dx, dy, anchor in near:
        if taken.take(text_box(short, x + dx, y + dy, look.label, weight, anchor), 0.5):
            return label(short, x + dx, y + dy, kind, anchor=anchor)
    if not loud:
        return None
    for reach in _REACHES:
        for dy in (-reach, reach):
            at = y + dy + (0 if dy < 0 else look.label * 0.8)
            for anchor in ("middle", "start", "end"):
                if taken.take(text_box(short, x, at, look.label, weight, anchor), 0.5):
                    leader = rule(x, y + (-7 if dy < 0 else 7), x, y + dy * 0.92, "leader")
                    return join(leader, label(short, x, at, kind, anchor=anchor))
    return None


def _cells(data: ChartData, field: _Field, pairs: list[tuple[float, float]]) -> Markup:
    """Squares shaded by how many points they hold."""
    across = max(1, int((field.right - field.left) / _CELL))
    down = max(1, int((field.bottom - field.top) / _CELL))
    wide, high = (field.right - field.left) / across, (field.bottom - field.top) / down
    counts: Counter[tuple[int, int]] = Counter()
    for x, y in pairs:
        left, top = field.place(x, y)
        column = min(across - 1, int((left - field.left) / wide))
        counts[column, min(down - 1, int((top - field.top) / high))] += 1
    shade = shade_for(0.0, float(max(counts.values())))
    return join(
        *(
            mark(
                f"{count}",
                block(
                    field.left + column * wide,
                    field.top + row * high,
                    wide - 1,
                    high - 1,
                    f"cell {shade(float(count))}",
                ),
            )
            for (column, row), count in sorted(counts.items())
        )
    )
