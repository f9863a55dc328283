"""Periods said of a column that holds years: "born after 1999", "opened between 2010 and 2015"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_workspace.translate.spans import Span

Limit = tuple[str, float, float | None]


def year_limit(span: Span) -> Limit | None:
    """The operator and the years of a period that begins and ends with a year; None for others."""
    if span.kind in ("since", "before") and span.low and span.low.plain_number is not None:
        late = bool(span.numbers and span.numbers[0])
        operators = (">=", ">") if span.kind == "since" else ("<", "<=")
        return operators[late], span.low.plain_number, None
    if span.kind == "between" and span.low and span.high:
        low, high = span.low.plain_number, span.high.plain_number
        return None if low is None or high is None else ("between", low, high)
    if span.kind != "abs" or not (_new_year(span.start) and _new_year(span.end)):
        return None
    assert span.start is not None
    assert span.end is not None
    first, last = float(span.start.year), float(span.end.year - 1)
    return ("=", first, None) if first == last else ("between", first, last)


def _new_year(day: date | None) -> bool:
    return day is not None and (day.month, day.day) == (1, 1)
