"""Years and their parts: quarters, halves, seasons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from local_workspace.translate.date_words import AMBIGUOUS, LEADS, ORDINAL, SEASONS
from local_workspace.translate.spans import Span, next_month

if TYPE_CHECKING:
    from collections.abc import Sequence


def year_number(word: str) -> int | None:
    """The year that four digits name."""
    return int(word) if re.fullmatch(r"(19|20)\d\d", word) else None


def _year_span(year: int, words: str) -> Span:
    return Span("abs", words, date(year, 1, 1), date(year + 1, 1, 1), unit="year")


def trailing_year(words: Sequence[str], end: int) -> tuple[int | None, int]:
    """The year after a part of it ("Q2 of 2024"), and the token after it."""
    skip = end
    while skip < len(words) and words[skip] in ("of", "in", ",", "the"):
        skip += 1
    year = year_number(words[skip]) if skip < len(words) else None
    if year:
        return year, skip + 1
    if list(words[skip : skip + 1]) == ["year"] and skip > end:
        return None, skip + 1
    return None, end


def quarter_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A quarter, with or without its year."""
    if at >= len(words):
        return None
    match = re.fullmatch(r"q([1-4])", words[at])
    quarter, end, year = (int(match.group(1)), at + 1, None) if match else (0, at, None)
    if not match and at + 1 < len(words):
        if words[at] in ORDINAL and words[at + 1] == "quarter" and ORDINAL[words[at]] > 0:
            quarter, end = ORDINAL[words[at]], at + 2
        elif words[at] == "quarter" and words[at + 1] in ("1", "2", "3", "4"):
            quarter, end = int(words[at + 1]), at + 2
        elif year_number(words[at]) and re.fullmatch(r"q([1-4])", words[at + 1]):
            quarter, end, year = int(words[at + 1][1]), at + 2, year_number(words[at])
    if not quarter:
        return None
    if year is None:
        year, end = trailing_year(words, end)
    text = " ".join(words[at:end])
    if year:
        start = date(year, 3 * quarter - 2, 1)
        return Span("abs", text, start, next_month(start, 3), unit="quarter"), end
    return Span("quarter", text, numbers=(quarter,), unit="quarter"), end


def half_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A half of a year, with or without it."""
    if at >= len(words):
        return None
    half, end = 0, at
    if words[at] in ("h1", "h2"):
        half, end = int(words[at][1]), at + 1
    elif words[at] in ORDINAL and words[at + 1 : at + 2] == ["half"]:
        half = ORDINAL[words[at]]
        half, end = (2 if half == -1 else half), at + 2
    if half not in (1, 2):
        return None
    year, end = trailing_year(words, end)
    text = " ".join(words[at:end])
    if year:
        start = date(year, 6 * half - 5, 1)
        return Span("abs", text, start, next_month(start, 6), unit="half"), end
    return Span("half", text, numbers=(half,), unit="half"), end


def year_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A year of the calendar."""
    if at >= len(words):
        return None
    skip = at + (words[at] in ("year", "fy", "calendar"))
    year = year_number(words[skip]) if skip < len(words) else None
    if year is None:
        return None
    return replace(_year_span(year, str(year)), plain_number=float(year)), skip + 1


def season_at(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    """A season, with or without its year."""
    if at >= len(words) or words[at] not in SEASONS:
        return None
    if words[at] in AMBIGUOUS and not (at > 0 and words[at - 1] in LEADS | {"the"}):
        return None
    end = at + 1 + (words[at + 1 : at + 2] in (["months"], ["season"]))
    year, after = trailing_year(words, end)
    months = SEASONS[words[at]]
    if year and months[0] < months[-1]:
        text = " ".join(words[at:after])
        start = date(year, months[0], 1)
        return Span("abs", text, start, next_month(start, 3), unit="season"), after
    return Span("season", words[at], numbers=months, unit="season"), end
