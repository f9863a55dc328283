"""Where a kind of chart would mislead, the next best one; one rule for each kind.

A rule gets the data and the kind that would be chosen for it, and returns the kind to draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from aislides.deck.v1 import fact_pb2

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.kinds import (
    AREA,
    BAR,
    BULLET,
    COLUMN,
    DOT,
    GROUPED,
    HEAT_MAP,
    LINE,
    PERCENT,
    PIE,
    SCATTER,
    SLOPE,
    STACKED,
    WATERFALL,
    Kind,
)

MOST_COLUMNS: Final = 40
MOST_GROUPED: Final = 36
"""Columns side by side, over all groups."""
MOST_COLOURS: Final = 4
MOST_RUNNING: Final = 12
"""Steps of a running sum; between two totals the smallest are gathered in `Other`."""
MOST_SLICES: Final = 5
THINNEST_SLICE: Final = 0.03
_LABEL_LETTERS: Final = 80
"""Letters below a row of columns that need not be turned."""
_MOST_CLASSES: Final = 20


def truthful(kind: Kind, data: ChartData, fitting: Kind) -> Kind:
    """The kind itself, or what to draw instead where it would mislead."""
    rule = _RULES.get(kind)
    return rule(data, fitting) if rule else kind


def _bar(data: ChartData, fitting: Kind) -> Kind:
    if len(data.series) > 1 and not data.compare:
        return fitting
    return COLUMN if data.is_time else BAR


def _column(data: ChartData, fitting: Kind) -> Kind:
    del fitting
    if len(data.series) > 1:
        return GROUPED if data.is_time or not data.compare else BULLET
    if data.is_time:
        return COLUMN if len(data.points) <= MOST_COLUMNS else LINE
    letters = len(data.points) * max((len(point.label) for point in data.points), default=0)
    return COLUMN if letters <= _LABEL_LETTERS and len(data.points) <= _MOST_CLASSES else BAR


def _grouped(data: ChartData, fitting: Kind) -> Kind:
    del fitting
    many = len(data.series)
    if many == 1:
        return COLUMN
    if many > MOST_COLOURS or many * len(data.points) > MOST_GROUPED:
        return LINE if data.is_time else HEAT_MAP
    return GROUPED


def _stacked(kind: Kind) -> Callable[[ChartData, Kind], Kind]:
    def rule(data: ChartData, fitting: Kind) -> Kind:
        del fitting
        if len(data.series) == 1 or not data.additive or any(n < 0 for n in data.numbers()):
            return GROUPED
        if len(data.points) > MOST_COLUMNS:
            return LINE if data.is_time else HEAT_MAP
        return kind

    return rule


def _line(data: ChartData, fitting: Kind) -> Kind:
    if not data.is_ordered:
        return BAR if len(data.series) == 1 else fitting
    return LINE if len(data.points) > 1 else COLUMN


def _area(data: ChartData, fitting: Kind) -> Kind:
    del fitting
    allowed = len(data.series) == 1 and data.is_time and all(n >= 0 for n in data.numbers())
    return AREA if allowed else LINE


def _slope(data: ChartData, fitting: Kind) -> Kind:
    del fitting
    if data.is_time:
        filled = sum(any(n is not None for n in point.numbers) for point in data.points)
        return SLOPE if filled == len(data.points) == 2 else LINE
    return SLOPE if len(data.series) == 2 else LINE


def _scatter(data: ChartData, fitting: Kind) -> Kind:
    del fitting
    if data.single_rows and len(data.series) > 1:
        return SCATTER
    return LINE if data.is_time else DOT


def _heat_map(data: ChartData, fitting: Kind) -> Kind:
    del fitting
    return HEAT_MAP if len(data.series) > 1 else COLUMN


def _waterfall(data: ChartData, fitting: Kind) -> Kind:
    bridges = data.additive and len(data.series) <= 2 and data.table.complete
    if len(data.series) == 1 and len(data.points) > MOST_RUNNING:
        bridges = False
    if bridges and not (data.is_time and len(data.series) == 2):
        return WATERFALL
    return BULLET if data.compare else fitting


def _bullet(data: ChartData, fitting: Kind) -> Kind:
    if not data.compare:
        return fitting
    return GROUPED if data.is_time else BULLET


def _dot(data: ChartData, fitting: Kind) -> Kind:
    if data.is_time:
        return LINE
    return DOT if len(data.series) <= MOST_COLOURS else fitting


def _pie(data: ChartData, fitting: Kind) -> Kind:
    """CH5: at most five slices of one whole, none below 3 %, all of them there."""
    numbers = data.column(0)
    known = [number for number in numbers if number is not None and number >= 0]
    total = sum(known)
    shares = data.format.kind == fact_pb2.FORMAT_KIND_PERCENT
    whole = abs(total - 1) <= 0.01 if shares else data.additive and data.table.complete
    allowed = (
        len(data.series) == 1
        and 2 <= len(known) == len(numbers) <= MOST_SLICES
        and total > 0
        and whole
        and min(known) >= THINNEST_SLICE * total
    )
    return PIE if allowed else (BAR if len(data.series) == 1 else fitting)


_RULES: Final[dict[Kind, Callable[[ChartData, Kind], Kind]]] = {
    BAR: _bar,
    COLUMN: _column,
    GROUPED: _grouped,
    STACKED: _stacked(STACKED),
    PERCENT: _stacked(PERCENT),
    LINE: _line,
    AREA: _area,
    SLOPE: _slope,
    SCATTER: _scatter,
    HEAT_MAP: _heat_map,
    WATERFALL: _waterfall,
    BULLET: _bullet,
    DOT: _dot,
    PIE: _pie,
}
