"""Telling where the data begin or end inside a period: its figure is of a part of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from local_workspace.translate.plan import During

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.plan import Plan

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SPARE = {"week": 2, "month": 6, "quarter": 10, "year": 27}
"""Days without a row at the edge of a period that are no sign: weekends, holidays."""
_DECEMBER = 12


def reached_words(plan: Plan, catalog: Catalog) -> list[str]:
    """ "The data end on 2025-03-11, inside its last month", where a figure is of a part.

    Nothing is told of an edge that the question itself sets, or where the rows are of whole
    periods.
    """
    for group in plan.groups:
        if group.grain in _SPARE and group.ref:
            info = catalog.column(group.ref.table, group.ref.column)
            if info.first and info.last and not _of_whole_periods(info.first, info.last):
                asked = [c for c in plan.where if isinstance(c, During) and c.ref == group.ref]
                return _told(info.first, info.last, group.grain, asked)
    return []


def _told(first: date, last: date, grain: str, asked: Sequence[During]) -> list[str]:
    spare = timedelta(_SPARE[grain])
    told = []
    if first > _start(first, grain) + spare and all(_holds(one, first) for one in asked):
        told.append(f"begin on {first}, inside the first {grain}")
    short = last + timedelta(1) + spare < _next(_start(last, grain), grain)
    if short and all(_holds(one, last) for one in asked):
        told.append(f"end on {last}, inside the last {grain}")
    return [f"The data {' and '.join(told)}."] if told else []


def _holds(asked: During, day: date) -> bool:
    inside = any(
        (start is None or start <= day) and (end is None or day < end)
        for start, end in asked.ranges
    )
    return inside != asked.negated


def _of_whole_periods(first: date, last: date) -> bool:
    """Whether the dates are those of months, which have a first or a last day in common."""
    ends = (first + timedelta(1)).day == (last + timedelta(1)).day == 1
    return first.day == last.day or ends


def _start(day: date, grain: str) -> date:
    if grain == "week":
        return day - timedelta(day.weekday())
    months = _MONTHS[grain]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(start: date, grain: str) -> date:
    if grain == "week":
        return start + timedelta(7)
    at = start.month - 1 + _MONTHS[grain]
    return date(start.year + at // _DECEMBER, at % _DECEMBER + 1, 1)
