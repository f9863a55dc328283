"""Bins of one measure: round edges, as many as the spread of the data calls for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator_svc.render.charts.axes import value_ticks

FEWEST: Final = 5
MOST: Final = 20
_MOST_WHOLE: Final = 16


@dataclass(frozen=True, slots=True)
class Bins:
    """Edges in order, one more than counts; a number on an edge belongs to the bin above it."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    whole: bool
    """Whether each bin is one whole number, its lower edge."""


def bins_of(numbers: Sequence[float]) -> Bins:
    """The numbers counted; every number is in exactly one bin."""
    low, high = min(numbers), max(numbers)
    if all(n.is_integer() for n in numbers) and high - low <= _MOST_WHOLE and abs(high) < 2**52:
        edges = [low + step for step in range(int(high - low) + 2)]
        return Bins(tuple(edges), _counted(numbers, edges), whole=True)
    wanted = min(MOST, max(FEWEST, math.ceil(_freedman_diaconis(numbers, low, high))))
    edges = value_ticks(low, high, wanted, zero=False)
    if edges[-1] <= high:
        edges.append(edges[-1] + (edges[-1] - edges[-2]))
    if edges[0] > low:
        edges.insert(0, edges[0] - (edges[1] - edges[0]))
    return Bins(tuple(edges), _counted(numbers, edges), whole=False)


def _freedman_diaconis(numbers: Sequence[float], low: float, high: float) -> float:
    """Bins by twice the interquartile range over the cube root of the count."""
    ordered = sorted(numbers)
    count = len(ordered)
    spread = ordered[(3 * count) // 4 - (count > 3)] - ordered[count // 4]
    # Where half of the numbers are as good as equal, the rule would ask for endless bins.
    if spread <= 1e-9 * (high - low):
        return math.sqrt(count)
    return (high - low) * math.cbrt(count) / (2 * spread)


def _counted(numbers: Sequence[float], edges: Sequence[float]) -> tuple[int, ...]:
    counts = [0] * (len(edges) - 1)
    first, step = edges[0], edges[1] - edges[0]
    for number in numbers:
        place = min(len(counts) - 1, max(0, int((number - first) / step)))
        # Rounding of the division must not move a number over an edge.
        if number < edges[place] and place > 0:
            place -= 1
        elif place + 1 < len(counts) and number >= edges[place + 1]:
            place += 1
        counts[place] += 1
    return tuple(counts)
