"""Round steps for value axes, and which labels of a category axis to print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from orchestrator_svc.render.measure import width

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def value_ticks(low: float, high: float, wanted: int = 4, *, zero: bool = True) -> list[float]:
    """Round values from at most `low` to at least `high`; zero is among them unless told."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return [0.0, 1.0]
    if zero:
        low, high = min(0.0, low), max(0.0, high)
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        # A constant: a step around it, or up to one where all is zero.
        room = abs(high) * 0.1 or 1.0
        low, high = (low, low + room) if high == 0 else (low - room, high + room)
    # One step more than wanted is better than a quarter of the plot left empty.
    raw = (high - low) / (wanted + 1)
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
