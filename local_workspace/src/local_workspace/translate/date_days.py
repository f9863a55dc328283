"""Single days and months, as calendars write them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from local_workspace.translate.date_words import AMBIGUOUS, HOLIDAYS, JOINERS, LEADS, MONTH
from local_workspace.translate.date_year_parts import year_number
from local_workspace.translate.spans import Span, month_span, safe_date

if TYPE_CHECKING:
    from collections.abc import Sequence


def iso_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A day or a month in digits; 3/4/2024, which may be two days, is none."""
    word = words[at] if at < len(words) else ""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", word)
    if match:
        day = safe_date(*(int(g) for g in match.groups()))
        return (Span("abs", word, day, day + timedelta(1), unit="day"), at + 1) if day else None
    match = re.fullmatch(r"(\d{4})-(\d{2})", word)
    if match and 1 <= int(match.group(2)) <= 12:
        return month_span(int(match.group(1)), int(match.group(2)), word), at + 1
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", word)
    if match:
        first, second, year = (int(g) for g in match.groups())
        if first > 12 or first == second:
            first, second = second, first
        elif second <= 12:
            return None
        day = safe_date(year, first, second)
        return (Span("abs", word, day, day + timedelta(1), unit="day"), at + 1) if day else None
    return None


def holiday_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A holiday that stands on one day of each year."""
    for names, (month, day) in HOLIDAYS.items():
        end = at + len(names)
        if tuple(words[at:end]) == names:
            return _with_year(words, at, end, month, day)
    return None


def _with_year(
    words: Sequence[str], at: int, end: int, month: int, day: int
) -> tuple[Span, int] | None:
    skip = end + (words[end : end + 1] == [","]) + (words[end : end + 1] == ["of"])
    year = year_number(words[skip]) if skip < len(words) else None
    if year:
        exact = safe_date(year, month, day)
        if exact is None:
            return None
        text = " ".join(words[at : skip + 1])
        return Span("abs", text, exact, exact + timedelta(1), unit="day"), skip + 1
    if safe_date(2024, month, day) is None:
        return None
    return Span("day", " ".join(words[at:end]), numbers=(month, day), unit="day"), end


def _day_number(word: str) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", word)
    return int(match.group(1)) if match and 1 <= int(match.group(1)) <= 31 else None


def month_day_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A day of a month in either order, or "Mar 24"."""
    if at + 1 >= len(words):
        return None
    month = MONTH.get(words[at])
    within = at > 0 and words[at - 1] in ("in", "during")
    if month and within and re.fullmatch(r"[12]\d|3[0-9]", words[at + 1]):
        return month_span(
            2000 + int(words[at + 1]), month, f"{words[at]} 20{words[at + 1]}"
        ), at + 2
    place = at + 1 + (words[at + 1] == "the")
    day = _day_number(words[place]) if place < len(words) else None
    if month and day:
        return _with_year(words, at, place + 1, month, day)
    day = _day_number(words[at])
    place = at + 1 + (words[at + 1] == "of")
    month = MONTH.get(words[place]) if place < len(words) else None
    if month and day:
        return _with_year(words, at, place + 1, month, day)
    return None


def month_at(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    """A month, with or without its year."""
    if at >= len(words):
        return None
    month = MONTH.get(words[at])
    if month is None:
        return None
    skip = at + 1 + (words[at + 1 : at + 2] in ([","], ["of"]))
    year = year_number(words[skip]) if skip < len(words) else None
    if year:
        return month_span(year, month, " ".join(words[at : skip + 1])), skip + 1
    if words[at] in AMBIGUOUS and not (
        (at > 0 and words[at - 1] in LEADS)
        or (capital[at] and at > 0)
        or (
            words[at + 1 : at + 2]
            and words[at + 1] in JOINERS
            and words[at + 2 : at + 3]
            and words[at + 2] in MONTH
        )
    ):
        return None
    return Span("month", words[at], numbers=(month,), unit="month"), at + 1
