# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Turning a period as it was said into dates, counted from the last date in the data."""

from __future__ import annotations

from datetime import date, timedelta

from local_workspace.translate.date_parts import part_of
from local_workspace.translate.spans import Resolved, Span, month_span, next_month, safe_date


def resolve(span: Span, first: date, last: date) -> Resolved:
    """Dates of a period within data that runs from `first` to `last` (both included)."""
    words, unit = span.words, span.unit
    if span.kind == "abs":
        return Resolved(((span.start, span.end),), words=words, unit=unit)
    if span.kind == "weekday":
        return Resolved(part="weekday", values=span.numbers, words=words, unit=unit)
    if span.kind == "hours":
        return Resolved(part="hour", values=span.numbers, words=words, unit=unit)
    if span.kind in ("relative", "this"):
        start, end = _counted_back(span, last)
        text = f"{words} = {_say(start, end)}, counted from the last date in the data"
        return Resolved(((start, end),), words=text, unit=unit)
    if span.kind == "week":
        assert span.low is not None
        monday = _floor(_edges(span.low, first, last)[0], "week")
        return Resolved(((monday, monday + timedelta(7)),), words=words, unit="week")
    if span.kind == "part":
        return _resolve_part(span, first, last)
    if span.kind in ("since", "before"):
        assert span.low is not None
        start, end = _edges(span.low, first, last)
        if span.kind == "since":
            return Resolved((((end if span.numbers[0] else start), None),), words=words)
        if words.startswith("through ") and end and end > last:
            return Resolved(((start, end),), words=words)  # "through 2024" of data that end in it
        return Resolved(((None, (end if span.numbers[0] else start)),), words=words)
    if span.kind == "earlier":
        return _earlier(span, first, last)
    if span.kind == "between":
        assert span.low is not None and span.high is not None
        return _resolve_between(span, first, last)
    ranges = _repeating(span, first, last)
    return Resolved(tuple(ranges), words=words, unit=unit)


def _earlier(span: Span, first: date, last: date) -> Resolved:
    """The days of the inner period, as many years before as are said; else one year before."""
    assert span.low is not None
    found = resolve(span.low, first, last)
    ranges = []
    for start, end in found.ranges:
        assert start is not None and end is not None
        back = start.year - span.start.year if span.start else 1
        ranges.append((_years_back(start, back), _years_back(end, back)))
    said = " and ".join(_say(start, end) for start, end in ranges)
    several = span.low.kind == "relative" and span.low.numbers != (1,)
    return Resolved(
        tuple(ranges), words=f"{span.words} = {said}", unit="" if several else found.unit
    )


def _years_back(day: date, count: int) -> date:
    """The same day of an earlier year; where that year has no 29 February, the day after."""
    return safe_date(day.year - count, day.month, day.day) or date(day.year - count, 3, 1)


def covered_until(first: date, last: date, dates: int) -> date:
    """The last day that the data are about.

    Where every date is the first of a month, one for each month at most, a date stands for its
    month: the data of 1 December are those of December. Otherwise a month of one day is not over.
    """
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == last.day == 1 and 1 < dates <= months:
        return next_month(last) - timedelta(1)
    return last


def _resolve_part(span: Span, first: date, last: date) -> Resolved:
    """The part in every occurrence of the longer period inside the data."""
    assert span.low is not None
    whole = resolve(span.low, first, last).ranges
    parts = [part_of(span, start, end) for start, end in whole if start and end]
    parts = [pair for pair in parts if pair[0] < pair[1]]
    days = ", ".join(_say(*pair) for pair in parts)
    return Resolved(tuple(parts), words=f"{span.words} = {days}", unit=span.unit)


def _resolve_between(span: Span, first: date, last: date) -> Resolved:
    low, high = span.low, span.high
    assert low is not None and high is not None
    if low.kind == high.kind == "weekday":
        values = tuple(range(low.numbers[0], high.numbers[0] + 1))
        return Resolved(part="weekday", values=values, words=span.words, unit="weekday")
    if low.kind == high.kind == "hours":
        values = tuple(range(low.numbers[0], high.numbers[0]))
        return Resolved(part="hour", values=values, words=span.words, unit="hour")
    if low.kind == "month" and high.start is not None:
        low = month_span(high.start.year, low.numbers[0], low.words)
    if low.kind == "day" and high.start is not None:
        day = safe_date(high.start.year, low.numbers[0], low.numbers[1]) or high.start
        low = Span("abs", low.words, day, day + timedelta(1), unit="day")
    if low.kind == high.kind and low.kind in ("month", "day", "quarter"):
        starts = _repeating(low, first, last)
        ends = _repeating(high, first, last)
        pairs: list[tuple[date | None, date | None]] = []
        for start, _ in starts:
            later = [end for _, end in ends if start and end and end > start]
            if later:
                pairs.append((start, min(later)))
        if pairs:
            return Resolved(tuple(pairs), words=span.words)
    start, _ = _edges(low, first, last)
    _, end = _edges(high, first, last)
    return Resolved(((start, end),), words=span.words)


def _edges(span: Span, first: date, last: date) -> tuple[date, date]:
    found = resolve(span, first, last)
    starts = [start for start, _ in found.ranges if start]
    ends = [end for _, end in found.ranges if end]
    return (starts[-1] if starts else first), (ends[-1] if ends else last + timedelta(1))


def _repeating(span: Span, first: date, last: date) -> list[tuple[date | None, date | None]]:
    """Every occurrence inside the data of a month, quarter, day or season without a year."""
    found: list[tuple[date | None, date | None]] = []
    for year in range(first.year, last.year + 1):
        for start, end in _occurrences(span, year):
            if start <= last and end > first:
                found.append((start, end))
    return sorted(found, key=lambda pair: pair[0] or first)


def _occurrences(span: Span, year: int) -> list[tuple[date, date]]:
    numbers = span.numbers
    if span.kind in ("month", "season"):
        return [(date(year, m, 1), next_month(date(year, m, 1))) for m in numbers]
    if span.kind == "quarter":
        start = date(year, 3 * numbers[0] - 2, 1)
        return [(start, next_month(start, 3))]
    if span.kind == "half":
        start = date(year, 6 * numbers[0] - 5, 1)
        return [(start, next_month(start, 6))]
    day = safe_date(year, numbers[0], numbers[1])
    return [(day, day + timedelta(1))] if day else []


def _counted_back(span: Span, last: date) -> tuple[date, date]:
    """ "last month" is the last complete one; "this month" the one holding the last date."""
    unit, now = span.unit, last + timedelta(1)
    if span.kind == "this":
        start = _floor(last, unit)
        if not span.numbers:
            return start, now
        first = _back(start, unit, span.numbers[0])
        return first, (start if span.numbers[1:] == (0,) else now)
    count = span.numbers[0]
    if unit == "day":
        return now - timedelta(count), now
    end = _floor(now, unit)
    return _back(end, unit, count), end


def _back(start: date, unit: str, count: int) -> date:
    """The start of the period `count` periods before the one that starts then."""
    if unit == "week":
        return start - timedelta(7 * count)
    return next_month(start, -{"month": 1, "quarter": 3, "year": 12}[unit] * count)


def _floor(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return date(day.year, 1, 1)


def _say(start: date, end: date) -> str:
    return f"{start.isoformat()} to {(end - timedelta(1)).isoformat()}"
