"""Pie: parts of one whole, only where it was asked for and its rules hold (CH5)."""

from __future__ import annotations

import math
from typing import Final

from orchestrator_svc.render.charts.boxes import spread
from orchestrator_svc.render.charts.data import ChartData, cell
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.numbers import show_share
from orchestrator_svc.render.charts.svg import empty, label, mark
from orchestrator_svc.render.markup import join, number, shape
from orchestrator_svc.render.measure import BOLD, shorten, width

_LARGEST: Final = 150.0
_KINDS: Final = ("s1", "s2", "s3", "s4", "s5")


def pie_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: slices from noon, largest first, each named beside it with its share."""
    total = sum(data.numbers())
    if total <= 0:
        return empty(look, data.locale)
    shares = [(point.numbers[0] or 0.0) / total for point in data.points]
    texts = [show_share(share, data.locale) for share in shares]
    room = look.width * 0.3
    names = [
        shorten(point.label, room - width(f" {text}", look.label, BOLD), look.label, BOLD)
        for point, text in zip(data.points, texts, strict=True)
    ]
    radius = min(_LARGEST, look.height / 2 - look.label, look.width / 2 - room - 24)
    x, y = look.width / 2, look.height / 2
    loud = any(point.emphasised for point in data.points)
    kinds = [
        ("on" if point.emphasised else "quiet") if loud else _KINDS[index % len(_KINDS)]
        for index, point in enumerate(data.points)
    ]
    middles, at = [], 0.0
    drawn = []
    for index, (point, share) in enumerate(zip(data.points, shares, strict=True)):
        first, last = at, at + share
        at = last
        middles.append((first + last) / 2)
        told = f"{point.label}: {texts[index]} ({data.shown(point.numbers[0])})"
        slice_ = shape(
            "path",
            d=_slice(x, y, radius, first, last),
            class_=f"slice {kinds[index]}",
            **cell(data, point),
        )
        drawn.append(mark(told, slice_))
    for right in (True, False):
        side = [i for i, middle in enumerate(middles) if (middle < 0.5) == right]
        heights = [y - math.cos(2 * math.pi * middles[i]) * (radius + 14) for i in side]
        moved = spread(heights, [shares[i] for i in side], look.gap, look.label, look.height - 6)
        for i, height in zip(side, moved, strict=True):
            if height is None:
                continue
            # Where a label was moved off its slice's height it keeps clear of the circle.
            off = min(radius, abs(height - y))
            clear = math.sqrt(max(0.0, radius**2 - off**2)) + 14
            place = x + clear if right else x - clear
            anchor = "start" if right else "end"
            text = f"{names[i]} {texts[i]}"
            kind = f"value {kinds[i]}"
            source = cell(data, data.points[i])
            baseline = height + look.label * 0.35
            drawn.append(label(text, place, baseline, kind, anchor=anchor, **source))
    return Drawing(look.width, look.height, join(*drawn))


def _slice(x: float, y: float, radius: float, first: float, last: float) -> str:
    def rim(turn: float) -> str:
        angle = 2 * math.pi * turn
        return f"{number(x + radius * math.sin(angle))} {number(y - radius * math.cos(angle))}"

    # An arc cannot close on itself: a slice that is nearly all is drawn in two.
    large = 1 if last - first > 0.5 else 0
    r = number(radius)
    if last - first > 0.999:
        return f"M{rim(0)}A{r} {r} 0 1 1 {rim(0.5)}A{r} {r} 0 1 1 {rim(0)}Z"
    return f"M{number(x)} {number(y)}L{rim(first)}A{r} {r} 0 {large} 1 {rim(last)}Z"
