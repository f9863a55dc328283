"""Periods of time: as they were said, and as dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from local_workspace.translate.plan import Part


@dataclass(frozen=True, slots=True)
class Span:
    """A period as it was said; `resolve` turns it into dates once the data's range is known."""

    kind: Literal["abs", "week", "month", "quarter", "half", "season", "day", "weekday", "hours",
                  "relative", "this", "since", "before", "between", "earlier",
                  "part"]  # fmt: skip
    words: str
    start: date | None = None
    end: date | None = None
    numbers: tuple[int, ...] = ()
    unit: str = ""
    low: Span | None = None
    high: Span | None = None
    plain_number: float | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Date ranges (end exclusive, None = open) or values of a part of time."""

    ranges: tuple[tuple[date | None, date | None], ...] = ()
    part: Part | None = None
    values: tuple[int, ...] = ()
    words: str = ""
    unit: str = ""


def next_month(day: date, count: int = 1) -> date:
    """The first day of the month `count` months after the month of `day`."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def before_this(spans: list[Span]) -> list[Span]:
    """Beside "this month", "last month" is the one before it, however far this one has come."""
    now = {span.unit for span in spans if span.kind == "this"}
    return [
        replace(span, kind="this", numbers=(1, 0))
        if span.kind == "relative" and span.numbers == (1,) and span.unit in now
        else span
        for span in spans
    ]


def same_year(spans: list[Span]) -> list[Span]:
    """ "July and August 2024": the year that is said last holds for the months before it.

    So does one that is said first for what comes later in it: "first half of 2024 against second".
    """
    spans = _same_month(spans)
    last = spans[-1]
    spans = [spans[0], *(_later_in(spans[0], span) for span in spans[1:])]
    if len(spans) < 2 or last.kind != "abs" or last.start is None:
        return spans
    found = []
    for span in spans:
        words = f"{span.words} {last.start.year}"
        if span.kind == "month" and len(span.numbers) == 1 and last.unit == "month":
            found.append(month_span(last.start.year, span.numbers[0], words))
        elif span.kind == "quarter" and last.unit == "quarter":
            start = date(last.start.year, 3 * span.numbers[0] - 2, 1)
            found.append(Span("abs", words, start, next_month(start, 3), unit="quarter"))
        elif span.kind == "half" and last.unit == "half":
            start = date(last.start.year, 6 * span.numbers[0] - 5, 1)
            found.append(Span("abs", words, start, next_month(start, 6), unit="half"))
        else:
            found.append(span)
    return found


def _same_month(spans: list[Span]) -> list[Span]:
    """ "September 2022 vs 2023": the same month, or quarter, of each year that is said alone."""
    first = spans[0]
    years = [s for s in spans[1:] if s.kind == "abs" and s.unit == "year" and s.start]
    if first.kind != "abs" or first.start is None or first.unit not in _MONTHS_OF:
        return spans
    if not years or len(years) < len(spans) - 1:
        return spans
    words = first.words.replace(str(first.start.year), "").strip(" ,")
    found = [first]
    for span in years:
        start = date(span.start.year, first.start.month, 1)  # type: ignore[union-attr]
        end = next_month(start, _MONTHS_OF[first.unit])
        found.append(Span("abs", f"{words} {start.year}", start, end, unit=first.unit))
    return found


_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6}


def _later_in(first: Span, span: Span) -> Span:
    """The period in the year of the first one, when it has no year and comes after it."""
    months = _MONTHS_OF.get(span.unit, 0)
    told = first.kind == "abs" and first.unit == span.unit == span.kind and len(span.numbers) == 1
    if not told or first.start is None or first.end is None or not months:
        return span
    year = first.start.year
    start = date(year, months * (span.numbers[0] - 1) + 1, 1)
    if start < first.end:
        return span
    return Span("abs", f"{span.words} {year}", start, next_month(start, months), unit=span.unit)


def month_span(year: int, month: int, words: str) -> Span:
    """One month of one year."""
    first = date(year, month, 1)
    return Span("abs", words, first, next_month(first), unit="month")
