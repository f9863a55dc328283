"""Orders and limits what a kind of chart draws, and gathers the rest in `Other`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.charts.axes import value_ticks
from orchestrator_svc.render.charts.data import ChartData, Point, Series
from orchestrator_svc.render.charts.kinds import (
    AREA,
    BAR,
    BULLET,
    COLUMN,
    DOT,
    GROUPED,
    HEAT_MAP,
    HISTOGRAM,
    LINE,
    PERCENT,
    PIE,
    SCATTER,
    SLOPE,
    STACKED,
    WATERFALL,
)
from orchestrator_svc.render.charts.numbers import show_ticks
from orchestrator_svc.render.charts.truthful import MOST_COLOURS
from orchestrator_svc.render.phrases import phrases

DEFAULT_CATEGORIES: Final = 6
MOST_CATEGORIES: Final = 20
MOST_LINES: Final = 8
MOST_HEAT: Final = (24, 12)
"""Columns and rows of a heat map."""
MOST_SLOPES: Final = 10
MOST_POINTS: Final = 500
"""Points of a scatter that are drawn one by one (CH8)."""
_SORTED: Final = (BAR, BULLET, DOT, PIE, COLUMN, GROUPED, STACKED, PERCENT, HEAT_MAP)


def shaped(data: ChartData, spec: deck_pb2.Chart) -> ChartData:
    """The data as its kind draws it: ordered, limited, with what is left out counted."""
    kind = data.kind
    if kind in (SCATTER, HISTOGRAM):
        return _counted(data)
    if data.is_time:
        data = _without_empty_ends(data)
        if data.partial and data.points:
            said = phrases(data.locale)["partial-period"].format(period=data.points[-1].label)
            data = data.with_remark(said)
    elif kind in _SORTED:
        data = replace(data, points=tuple(_sorted(data, spec.sort)))
    if kind == SLOPE and not data.is_time:
        return _limited(data, spec.max_categories or MOST_SLOPES)
    # What has a length starts at zero, whatever is asked for (CH3).
    data = _with_cut(data) if data.cut and kind in (LINE, SLOPE, DOT) else replace(data, cut=False)
    if kind in (LINE, AREA, SLOPE):
        return _fewer_series(data, MOST_SLOPES if kind == SLOPE else MOST_LINES)
    if kind in (STACKED, PERCENT):
        data = _stackable(data)
    if kind == HEAT_MAP:
        return _fewer_series(_limited(data, MOST_HEAT[0]), MOST_HEAT[1])
    if data.is_time or kind == WATERFALL:
        return data
    limit = min(spec.max_categories or DEFAULT_CATEGORIES, MOST_CATEGORIES)
    if data.is_ordered and not spec.max_categories:
        limit = MOST_CATEGORIES
    return _limited(data, limit)


def _with_cut(data: ChartData) -> ChartData:
    """A cut axis says where it starts (CH3); one that reaches zero all the same is not cut."""
    numbers = [*data.numbers(), *(line.value for line in data.references)]
    if not numbers:
        return data
    first = value_ticks(min(numbers), max(numbers), zero=False)[0]
    if first <= 0:
        return replace(data, cut=False) if max(numbers) > 0 else data
    start = show_ticks([first], data.format, data.locale)[0]
    return data.with_remark(phrases(data.locale)["axis-from"].format(value=start))


def _counted(data: ChartData) -> ChartData:
    """With what the footer says of rows that are not drawn one by one (CH8, NF6)."""
    words = phrases(data.locale)
    used = (0, 1) if data.kind == SCATTER else (len(data.series) - 1,)
    lacking = sum(any(point.numbers[s] is None for s in used) for point in data.points)
    drawn = len(data.points) - lacking
    if data.kind == SCATTER and drawn > MOST_POINTS:
        data = data.with_remark(words["binned"].format(count=drawn))
    return data.with_remark(words["no-number"].format(count=lacking)) if lacking else data


def _sorted(data: ChartData, sort: deck_pb2.Sort.ValueType) -> list[Point]:
    points = list(data.points)
    if sort == deck_pb2.SORT_NONE:
        return points
    if sort == deck_pb2.SORT_UNSPECIFIED and data.is_ordered:
        return sorted(points, key=lambda point: point.key or 0.0)
    sign = 1 if sort == deck_pb2.SORT_ASCENDING else -1
    stacked = data.kind in (STACKED, HEAT_MAP)

    def rank(point: Point) -> tuple[bool, float]:
        known = [number for number in point.numbers if number is not None]
        first = sum(known) if stacked and known else point.numbers[0]
        return first is None, sign * (first or 0.0)

    return sorted(points, key=rank)


def _without_empty_ends(data: ChartData) -> ChartData:
    """From the first point that has a number to the last; gaps between stay."""
    filled = [i for i, point in enumerate(data.points) if any(n is not None for n in point.numbers)]
    kept = data.points[filled[0] : filled[-1] + 1] if filled else ()
    return replace(data, points=kept, partial=data.partial and kept[-1:] == data.points[-1:])


def _limited(data: ChartData, limit: int) -> ChartData:
    """The first categories and those emphasised; the rest summed as `Other`, or counted."""
    points = data.points
    if len(points) <= limit + 1:
        return data
    summed = data.additive and data.table.complete and data.kind != HEAT_MAP
    room = limit if summed or limit == MOST_CATEGORIES else limit + 1
    must = [point for point in points[room:] if point.emphasised]
    first = points[: max(0, room - len(must))]
    kept = (*first, *must)
    rest = [point for point in points if not any(point is other for other in kept)]
    if not summed:
        return replace(data, points=kept, left_out=len(rest))
    return replace(data, points=(*kept, other_point(data, rest)))


def other_point(data: ChartData, rest: Sequence[Point]) -> Point:
    """What is left of the others, summed; it is last and never ranked (CH2)."""
    numbers: list[float | None] = []
    rows = []
    for series in range(len(data.series)):
        known = [n for point in rest if (n := point.numbers[series]) is not None]
        numbers.append(sum(known) if known else None)
        rows.append(tuple(sorted(row for point in rest for row in point.rows[series])))
    return Point(
        phrases(data.locale)["other"].format(count=len(rest)),
        tuple(numbers),
        tuple(rows),
        rest=True,
    )


def _weight(data: ChartData, series: int) -> float:
    """How much a series matters: its last number for lines, its total for stacks."""
    known = [abs(number) for number in data.column(series) if number is not None]
    if data.kind in (LINE, SLOPE):
        return known[-1] if known else 0.0
    return sum(known)


def _fewer_series(data: ChartData, limit: int) -> ChartData:
    """The series that matter most, in their own order, and those emphasised."""
    if len(data.series) <= limit:
        return data
    places = range(len(data.series))
    loud = sorted(places, key=lambda s: (not data.series[s].emphasised, -_weight(data, s)))
    kept = sorted(loud[:limit])
    said = phrases(data.locale)["series-shown"].format(count=limit, total=len(data.series))
    return only_series(data, kept).with_remark(said)


def _stackable(data: ChartData) -> ChartData:
    """At most four series, largest at the bottom; the rest summed as `Other`."""
    places = sorted(range(len(data.series)), key=lambda series: -_weight(data, series))
    if len(places) <= MOST_COLOURS:
        return only_series(data, places if not data.compare else sorted(places))
    if not data.table.complete:
        return _fewer_series(data, MOST_COLOURS)
    loud = [place for place in places if data.series[place].emphasised][:MOST_COLOURS]
    room = MOST_COLOURS - len(loud)
    kept = sorted([*loud, *[p for p in places if p not in loud][:room]], key=places.index)
    rest = [place for place in places if place not in kept]
    name = phrases(data.locale)["other"].format(count=len(rest))
    points = []
    for point in data.points:
        known = [n for place in rest if (n := point.numbers[place]) is not None]
        rows = tuple(sorted(row for place in rest for row in point.rows[place]))
        points.append(
            replace(
                point,
                numbers=(*(point.numbers[p] for p in kept), sum(known) if known else None),
                rows=(*(point.rows[p] for p in kept), rows),
            )
        )
    series = [data.series[place] for place in kept]
    series.append(Series(name, data.series[0].column, rest=True))
    return replace(data, points=tuple(points), series=tuple(series))


def only_series(data: ChartData, kept: Sequence[int]) -> ChartData:
    """The data with these series alone, in this order."""
    points = tuple(
        replace(
            point,
            numbers=tuple(point.numbers[place] for place in kept),
            rows=tuple(point.rows[place] for place in kept),
        )
        for point in data.points
    )
    return replace(data, points=points, series=tuple(data.series[place] for place in kept))
