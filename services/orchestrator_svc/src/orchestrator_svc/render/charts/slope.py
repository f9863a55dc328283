"""Slopes: the same items at two moments, joined by a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from orchestrator_svc.render.charts.axes import value_ticks
from orchestrator_svc.render.charts.boxes import spread
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.line import series_classes
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.svg import empty, label, mark, rule
from orchestrator_svc.render.markup import Markup, join, shape
from orchestrator_svc.render.measure import BOLD, REGULAR, shorten, width

_NAME_SHARE: Final = 0.36
_LEAST: Final = 70.0
"""Between the two moments."""


@dataclass(frozen=True, slots=True)
class _Slope:
    name: str
    kind: str
    ends: tuple[float | None, float | None]
    sources: tuple[dict[str, Any], dict[str, Any]]

    @property
    def weight(self) -> float:
        """How much its labels matter when there is no room for all."""
        first, last = self.ends
        change = abs((last or 0.0) - (first or 0.0))
        return (2.0 if self.kind == "on" else 0.0) + change / (1.0 + change)


def slope_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: values at both ends, names at the right."""
    slopes, heads = _slopes(data)
    known = [number for slope in slopes for number in slope.ends if number is not None]
    if not known:
        return empty(look, data.locale)
    ticks = value_ticks(min(known), max(known), zero=not data.cut)
    low, high = ticks[0], ticks[-1]
    first = max(width(data.shown(s.ends[0]), look.label, BOLD) for s in slopes) + 10
    last = max(width(data.shown(s.ends[1]), look.label, BOLD) for s in slopes) + 10
    most = min(look.width * _NAME_SHARE, look.width - first - last - 10 - _LEAST)
    names = [shorten(s.name, most, look.label, BOLD) for s in slopes]
    room = max(width(name, look.label, BOLD) for name in names) + 10
    left, right = first, look.width - last - room
    if not look.narrow:
        # Steep lines are easier to compare than flat ones: not wider than high.
        spare = max(0.0, right - left - look.height)
        left, right = left + spare / 2, right - spare / 2
    top, bottom = look.axis * 2.2, look.height - look.label * 0.7

    def y(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    drawn = [_line(slope, left, right, y, data) for slope in slopes]
    labels = []
    for side, x, anchor in ((0, left - 10, "end"), (1, right + 10, "start")):
        shown = [s for s in range(len(slopes)) if slopes[s].ends[side] is not None]
        heights = [y(slopes[s].ends[side] or 0.0) for s in shown]
        weights = [slopes[s].weight for s in shown]
        moved = spread(heights, weights, look.gap, top + look.label * 0.3, bottom)
        for s, at in zip(shown, moved, strict=True):
            if at is None:
                continue
            slope, baseline = slopes[s], at + look.label * 0.35
            value = data.shown(slope.ends[side])
            kind = f"value {slope.kind}"
            source = slope.sources[side]
            labels.append(label(value, x, baseline, kind, anchor=anchor, **source))
            if side:
                after = right + last + 8
                labels.append(label(names[s], after, baseline, kind))
    uprights = [rule(x, top, x, bottom, "axis") for x in (left, right)]
    content = join(*uprights, *drawn, *labels, *_heads(heads, left, right, look))
    return Drawing(look.width, look.height, content)


def _slopes(data: ChartData) -> tuple[list[_Slope], tuple[str, str]]:
    """Series between two points of time, or categories between two measures."""
    if data.is_time:
        first, last = data.points
        kinds = series_classes(data)
        slopes = [
            _Slope(
                item.name,
                kinds[s],
                (first.numbers[s], last.numbers[s]),
                (source_of(data, first, s), source_of(data, last, s)),
            )
            for s, item in enumerate(data.series)
        ]
        return slopes, (first.label, last.label)
    # Of an actual and its plan, the plan comes first.
    a, b = (1, 0) if data.compare else (0, 1)
    slopes = [
        _Slope(
            point.label,
            "on" if point.emphasised else "quiet",
            (point.numbers[a], point.numbers[b]),
            (source_of(data, point, a), source_of(data, point, b)),
        )
        for point in data.points
    ]
    return slopes, (data.names[a], data.names[b])


def _line(slope: _Slope, left: float, right: float, y: Any, data: ChartData) -> Markup:
    first, last = slope.ends
    ends = [(x, v) for x, v in ((left, first), (right, last)) if v is not None]
    dots = [shape("circle", cx=x, cy=y(v), r=4, class_=f"dot {slope.kind}") for x, v in ends]
    line = None
    if first is not None and last is not None:
        line = rule(left, y(first), right, y(last), f"line {slope.kind}")
    told = f"{slope.name}: {data.shown(first)}, {data.shown(last)}"
    return mark(told, line, *dots)


def _heads(heads: tuple[str, str], left: float, right: float, look: Look) -> list[Markup]:
    middle = (left + right) / 2
    written = []
    for text, x, low, high in (
        (heads[0], left, 0.0, middle - 4),
        (heads[1], right, middle + 4, look.width),
    ):
        short = shorten(text, high - low, look.axis, REGULAR)
        half = width(short, look.axis) / 2
        at = min(max(x, low + half), high - half)
        written.append(label(short, at, look.axis, "tick", anchor="middle"))
    return written
