"""The steps of a bridge: from one total to another, closing exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.charts.numbers import show_ticks
from orchestrator_svc.render.charts.shape import other_point
from orchestrator_svc.render.phrases import phrases

MOST_STEPS: Final = 7
FLAT: Final = 0.25
"""Changes that span less than this part of the axis are drawn on a cut one."""
MARGIN: Final = 0.6
"""What is left of the totals below the lowest step, in spans of the changes."""


@dataclass(frozen=True, slots=True)
class Step:
    """One column of a bridge, from `start` to `end`; totals start at zero."""

    label: str
    start: float
    end: float
    total: bool
    rows: tuple[int, ...]
    emphasised: bool = False

    @property
    def change(self) -> float:
        """What the step adds."""
        return self.end - self.start


def floor_of(steps: Sequence[Step]) -> float:
    """Where the axis starts: zero, or a round value below all steps that would else be flat.

    Totals that are many times the changes between them leave nothing to see of these.
    """
    levels = [edge for step in steps if not step.total for edge in (step.start, step.end)]
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    spread = high - low
    if low <= 0 or spread <= 0 or spread > FLAT * high:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(spread))
    return max(0.0, math.floor((low - MARGIN * spread) / unit) * unit)


def with_floor(data: ChartData) -> ChartData:
    """The data with a remark on where its axis starts, when that is not zero."""
    floor = floor_of(steps_of(data))
    if not floor:
        return data
    start = show_ticks([floor], data.format, data.locale)[0]
    return data.with_remark(phrases(data.locale)["axis-from"].format(value=start))


def steps_of(data: ChartData) -> list[Step]:
    """Between two series, each category's part in the change; of one series, its running sum."""
    return _between(data) if len(data.series) == 2 else _running(data)


def _between(data: ChartData) -> list[Step]:
    # Of an actual and its plan or earlier period, the latter comes first.
    a, b = (1, 0) if data.compare else (0, 1)
    changes = sorted(data.points, key=lambda point: -abs(_change(point, a, b)))
    if len(changes) > MOST_STEPS + 1:
        loud = [point for point in changes[MOST_STEPS:] if point.emphasised]
        kept = [*changes[: MOST_STEPS - len(loud)], *loud]
        rest = [point for point in changes if not any(point is other for other in kept)]
    else:
        kept, rest = list(changes), []
    if data.is_ordered:
        kept.sort(key=lambda point: point.key or 0.0)
    else:
        kept.sort(key=lambda point: -_change(point, a, b))
    if rest:
        kept.append(other_point(data, rest))
    begin = math.fsum(_of(point, a) for point in data.points)
    finish = math.fsum(_of(point, b) for point in data.points)
    steps = [Step(data.names[a], 0.0, begin, True, _rows(data.points, a))]
    at = begin
    for index, point in enumerate(kept):
        last = index == len(kept) - 1
        # The last step ends where the total is, so that rounding leaves no gap.
        end = finish if last else at + _change(point, a, b)
        rows = tuple(sorted({*point.rows[a], *point.rows[b]}))
        steps.append(Step(point.label, at, end, False, rows, point.emphasised))
        at = end
    return [*steps, Step(data.names[b], 0.0, finish, True, _rows(data.points, b))]


def _running(data: ChartData) -> list[Step]:
    points = [point for point in data.points if point.numbers[0] is not None]
    values = [_of(point, 0) for point in points]
    closes = len(values) > 2 and math.isclose(
        math.fsum(values[:-1]), values[-1], rel_tol=1e-6, abs_tol=1e-9
    )
    steps: list[Step] = []
    at = 0.0
    for point, value in zip(points[: -1 if closes else None], values, strict=False):
        # What a bridge starts from is a level, not a change.
        first = not steps
        steps.append(Step(point.label, at, at + value, first, point.rows[0], point.emphasised))
        at += value
    if closes:
        last = points[-1]
        return [*steps, Step(last.label, 0.0, values[-1], True, last.rows[0], last.emphasised)]
    total = phrases(data.locale)["total"]
    return [*steps, Step(total, 0.0, math.fsum(values), True, _rows(points, 0))]


def _of(point: Point, series: int) -> float:
    return point.numbers[series] or 0.0


def _change(point: Point, a: int, b: int) -> float:
    return _of(point, b) - _of(point, a)


def _rows(points: Sequence[Point], series: int) -> tuple[int, ...]:
    known = (point for point in points if point.numbers[series] is not None)
    return tuple(sorted(row for point in known for row in point.rows[series]))
