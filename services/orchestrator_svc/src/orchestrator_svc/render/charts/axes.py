"""Round steps for value axes, and which labels of a time axis to print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from orchestrator_svc.render.measure import width

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def value_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values from at most `low` to at least `high`, zero among them when it lies between."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return [0.0, 1.0]
    low, high = min(0.0, low), max(0.0, high)
    if high == low:
        high = 1.0
    raw = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in _STEPS if factor * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]


def spread_labels(labels: Sequence[str], room: float, size: float) -> list[int]:
    """Positions of the labels to print so that none touch; the first is always among them."""
    if not labels:
        return []
    widest = max(width(label, size) for label in labels) + size * 1.2
    fitting = max(1, int(room / widest))
    every = max(1, math.ceil(len(labels) / fitting))
    if 2 < every < 12:
        every = next(step for step in (3, 4, 6, 12) if step >= every)
    return list(range(0, len(labels), every))


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places moved as little as needed to be `gap` apart, within bounds, order kept."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [0.0] * len(places)
    floor = low
    for index in order:
        moved[index] = max(places[index], floor)
        floor = moved[index] + gap
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved
