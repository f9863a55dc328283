"""The horizontal scale of bars: where zero is, and how long a value is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to px along a row, zero always on it."""

    zero: float
    unit: float

    def x(self, value: float) -> float:
        """Place of a value."""
        return self.zero + value * self.unit

    def bar(self, value: float) -> tuple[float, float]:
        """Left end and length of a bar from zero; at least 1 px, so that it is seen (NF10)."""
        length = max(1.0, abs(value) * self.unit)
        return (self.zero, length) if value >= 0 else (self.zero - length, length)


def scale_for(
    numbers: Sequence[float],
    left: float,
    right: float,
    value_room: float,
    domain: tuple[float, float] | None = None,
) -> Scale:
    """The scale between `left` and `right`, with room for values at both ends as needed."""
    low, high = domain or (min(numbers, default=0.0), max(numbers, default=0.0))
    before = value_room if low < 0 else 0.0
    after = value_room if high >= 0 else 0.0
    low, high = min(0.0, low), max(0.0, high)
    # One px is for the thinnest bar, where zero is at the right end.
    room = max(1.0, right - left - before - after - 1.0)
    unit = room / (high - low) if high > low else 0.0
    return Scale(left + before - low * unit, unit)
