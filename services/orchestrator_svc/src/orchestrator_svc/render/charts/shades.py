"""Five shades of the accent for amounts, from tint to full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

STEPS: Final = 5


def shade_for(low: float, high: float) -> Callable[[float], str]:
    """Class of a number between two others; of either sign where they differ in sign.

    `q1` to `q5` are shades of the accent; negative numbers beside positive ones get `n1` to `n5`.
    """
    if low < 0 < high:
        reach = max(-low, high)
        return lambda number: f"{'n' if number < 0 else 'q'}{_step(abs(number), 0.0, reach)}"
    return lambda number: f"q{_step(number, low, high)}"


def _step(number: float, low: float, high: float) -> int:
    if high <= low:
        return (STEPS + 1) // 2
    return min(STEPS, 1 + int(STEPS * ((number - low) / (high - low))))
