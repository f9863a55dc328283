"""Statistics for short series: robust slopes, rank tests, spread. Standard library only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

MAX_PAIRS = 8_000
"""Pairs of points that a Theil-Sen slope reads at most; longer series are thinned evenly."""

MAX_RANKED = 200
"""Points that the rank test reads at most; longer series are thinned evenly."""


def theil_sen(times: Sequence[float], values: Sequence[float]) -> float:
    """The median slope over all pairs of points, per unit of `times`; 0.0 for under two points."""
    points = list(zip(times, values, strict=True))
    step = max(1, math.ceil(len(points) / math.sqrt(2 * MAX_PAIRS)))
    points = points[::step] if step == 1 else [*points[::step], points[-1]]
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for position, earlier in enumerate(points)
        for later in points[position + 1 :]
        if later[0] != earlier[0]
    ]
    return median(slopes) if slopes else 0.0


def seasonal_slope(times: Sequence[float], values: Sequence[float], cycle: int) -> float:
    """The median slope over pairs of points whole cycles apart, so that no season bends it.

    `times` count periods, `cycle` is how many of them a cycle has (Hirsch, Slack and Smith 1982).
    Of more points than that reads quickly, every k-th cycle is taken. 0.0 without such a pair.
    """
    step = max(1, math.ceil(len(times) / math.sqrt(2 * MAX_PAIRS * cycle)))
    members: dict[int, list[tuple[float, float]]] = {}
    for time, value in zip(times, values, strict=True):
        whole, phase = divmod(round(time), cycle)
        if whole % step == 0:
            members.setdefault(phase, []).append((time, value))
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for own in members.values()
        for position, earlier in enumerate(own)
        for later in own[position + 1 :]
        if later[0] != earlier[0]
    ]
    return median(slopes) if slopes else 0.0


def mann_kendall(values: Sequence[float]) -> float:
    """Two-sided p-value of no monotone trend, corrected for autocorrelation of the series.

    The series is freed of its own slope and first-order autocorrelation before ranks are tested
    (trend-free pre-whitening), and the variance is widened for what correlation remains. 1.0 for
    series shorter than 4 or constant.
    """
    values = values[:: math.ceil(len(values) / MAX_RANKED)]
    count = len(values)
    if count < 4 or len(set(values)) == 1:
        return 1.0
    times = [float(position) for position in range(count)]
    slope = theil_sen(times, values)
    detrended = [value - slope * time for value, time in zip(values, times, strict=True)]
    memory = autocorrelation(detrended)
    # Small samples underestimate autocorrelation by about (1 + 4r) / n.
    memory = min(max(memory + (1 + 4 * memory) / count, 0.0), 0.95)
    widened = (1 + memory) / (1 - memory)
    return _kendall_p(values, widened)


def _kendall_p(values: Sequence[float], widened: float) -> float:
    count = len(values)
    score = 0
    for position, earlier in enumerate(values):
        for later in values[position + 1 :]:
            score += (later > earlier) - (later < earlier)
    ties: dict[float, int] = {}
    for value in values:
        ties[value] = ties.get(value, 0) + 1
    tied = sum(size * (size - 1) * (2 * size + 5) for size in ties.values())
    variance = (count * (count - 1) * (2 * count + 5) - tied) / 18 * widened
    if variance <= 0 or score == 0:
        return 1.0
    z = (abs(score) - 1) / math.sqrt(variance)
    return two_sided(z)


def seasonal_kendall(values: Sequence[float], places: Sequence[int]) -> float:
    """Two-sided p-value of no trend, comparing only points of the same phase of a cycle.

    `places` has the phase of each value. 1.0 where no phase has two points.
    """
    members: dict[int, list[float]] = {}
    for value, place in zip(values, places, strict=True):
        members.setdefault(place, []).append(value)
    score, variance = 0, 0.0
    for own in members.values():
        count = len(own)
        variance += count * (count - 1) * (2 * count + 5) / 18
        for position, earlier in enumerate(own):
            for later in own[position + 1 :]:
                score += (later > earlier) - (later < earlier)
    if variance <= 0 or score == 0:
        return 1.0
    return two_sided((abs(score) - 1) / math.sqrt(variance))


def two_sided(z: float) -> float:
    """The two-sided p-value of a standard normal deviate."""
    return math.erfc(abs(z) / math.sqrt(2))


def autocorrelation(values: Sequence[float], lag: int = 1) -> float:
    """Correlation of a series with itself `lag` steps later, -1 to 1; 0.0 when undefined."""
    if len(values) <= lag + 1:
        return 0.0
    centre = fmean(values)
    spread = sum((value - centre) ** 2 for value in values)
    if spread <= 0:
        return 0.0
    shifted = zip(values[:-lag], values[lag:], strict=True)
    return sum((one - centre) * (other - centre) for one, other in shifted) / spread


def median_deviation(values: Sequence[float]) -> float:
    """The median distance from the median (MAD)."""
    centre = median(values)
    return median(abs(value - centre) for value in values)


def group_p(explained: float, groups: int, count: int) -> float:
    """Chance that groups explain this share of the variance of noise (F test).

    `explained` is 0 to 1, over `count` values in `groups` groups. 1.0 when undefined.
    """
    if groups < 2 or count <= groups or not 0 < explained < 1:
        return 0.0 if explained >= 1 else 1.0
    # The share of variance explained follows a beta distribution under chance.
    return _beta_upper(explained, (groups - 1) / 2, (count - groups) / 2)


def student_p(t: float, freedom: float) -> float:
    """The two-sided p-value of Student's t with these degrees of freedom, 1 or more."""
    if t == 0:
        return 1.0
    x = freedom / (freedom + t * t)
    return 1.0 - _beta_upper(x, freedom / 2, 0.5) if 0 < x < 1 else 0.0


def _beta_upper(x: float, a: float, b: float) -> float:
    """Upper tail of the beta distribution, by its continued fraction."""
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return 1.0 - front * _beta_fraction(x, a, b) / a
    return front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1) or 1e-300)
    value = d
    for step in range(1, 200):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1.0 / (1.0 + term * d or 1e-300)
            c = 1.0 + term / c or 1e-300
            value *= c * d
        if abs(c * d - 1.0) < 1e-12:
            break
    return value


def rolling_median(values: Sequence[float], window: int) -> list[float]:
    """The median of the `window` points around each point, fewer at the ends."""
    half = window // 2
    return [
        median(values[max(0, position - half) : position + half + 1])
        for position in range(len(values))
    ]


def usual_step(keys: Sequence[float]) -> float:
    """The most common distance between neighbouring keys; 1.0 for under two keys."""
    steps = [round(later - earlier, 6) for earlier, later in pairwise(keys)]
    return min(set(steps), key=lambda step: (-steps.count(step), step)) if steps else 1.0


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """The p-values adjusted for having tried all of them, in the same order."""
    count = len(p_values)
    order = sorted(range(count), key=lambda position: p_values[position], reverse=True)
    adjusted = [1.0] * count
    running = 1.0
    for rank, position in enumerate(order):
        running = min(running, p_values[position] * count / (count - rank))
        adjusted[position] = running
    return adjusted
