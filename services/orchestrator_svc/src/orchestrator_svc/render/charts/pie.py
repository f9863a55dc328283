"""Pie: parts of one whole, only where it was asked for and its rules hold (CH5)."""

from __future__ import annotations

import math
from typing import Final

from orchestrator_svc.render.charts.boxes import spread
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.numbers import show_share
from orchestrator_svc.render.charts.svg import block, empty, label, mark
from orchestrator_svc.render.markup import Markup, join, number, shape
from orchestrator_svc.render.measure import BOLD, shorten, width

_LARGEST: Final = 180.0
_NARROW: Final = 110.0
_KINDS: Final = ("s1", "s2", "s3", "s4", "s5")


def pie_chart(data: ChartData, look: Look) -> Drawing:
    """The chart: slices from noon, largest first, each named beside it with its share."""
    total = sum(data.numbers())
    if total <= 0:
        return empty(look, data.locale)
    shares = [(point.numbers[0] or 0.0) / total for point in data.points]
    texts = [show_share(share, data.locale) for share in shares]
    # Beside a narrow pie there is no room for names: they stand in lines below it.
    below = look.narrow
    room = look.width * (0.8 if below else 0.3)
    names = [
        shorten(point.label, room - width(f" {text}", look.label, BOLD), look.label, BOLD)
        for point, text in zip(data.points, texts, strict=True)
    ]
    x = look.width / 2
    radius = _NARROW if below else min(_LARGEST, look.height / 2 - look.label, x - room - 16)
    y = radius + 4 if below else look.height / 2
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
            **source_of(data, point),
        )
        drawn.append(mark(told, slice_))
    said = [f"{name} {text}" for name, text in zip(names, texts, strict=True)]
    if below:
        height = y + radius + look.label
        drawn += _listed(data, said, kinds, height, look)
        return Drawing(look.width, height + look.gap * len(said), join(*drawn))
    drawn += _beside(data, said, kinds, middles, (x, y, radius), look)
    return Drawing(look.width, look.height, join(*drawn))


def _listed(
    data: ChartData, said: list[str], kinds: list[str], top: float, look: Look
) -> list[Markup]:
    lines = []
    for index, (text, kind, point) in enumerate(zip(said, kinds, data.points, strict=True)):
        y = top + look.gap * (index + 0.7)
        swatch = look.label * 0.72
        lines.append(block(0.0, y - swatch, swatch, swatch, f"slice {kind}"))
        lines.append(label(text, swatch + 8, y, f"value {kind}", **source_of(data, point)))
    return lines


def _beside(
    data: ChartData,
    said: list[str],
    kinds: list[str],
    middles: list[float],
    circle: tuple[float, float, float],
    look: Look,
) -> list[Markup]:
    """Names at the heights of their slices' middles, clear of the circle."""
    x, y, radius = circle
    written = []
    for right in (True, False):
        side = [i for i, middle in enumerate(middles) if (middle < 0.5) == right]
        heights = [y - math.cos(2 * math.pi * middles[i]) * (radius + 10) for i in side]
        weights = [data.points[i].numbers[0] or 0.0 for i in side]
        moved = spread(heights, weights, look.gap, look.label, look.height - 6)
        for i, height in zip(side, moved, strict=True):
            if height is None:
                continue
            # The nearest of the text's upper and lower edge decides how far out it must be.
            off = max(0.0, abs(height - y) - look.label * 0.6)
            clear = math.sqrt(max(0.0, radius**2 - min(radius, off) ** 2)) + 12
            place, anchor = (x + clear, "start") if right else (x - clear, "end")
            kind, source = f"value {kinds[i]}", source_of(data, data.points[i])
            baseline = height + look.label * 0.35
            written.append(label(said[i], place, baseline, kind, anchor=anchor, **source))
    return written


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
