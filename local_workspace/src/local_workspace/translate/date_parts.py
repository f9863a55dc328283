"""Parts of a period: "the second week of May 2024", "first 10 days of June".

Weeks of a month are counted from its first day: the second week of May is 8 to 14 May.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from local_workspace.translate.date_words import COUNTS, ORDINAL
from local_workspace.translate.spans import Span, next_month

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Point = Callable[[Sequence[str], int, Sequence[bool]], tuple[Span, int] | None]

_MONTHS = {"month": 1, "quarter": 3}
_DAYS = {"day": 1, "week": 7}
_LONGER = {"day": 0, "week": 1, "month": 2, "quarter": 3, "half": 4, "year": 5}
_WHOLE = ("month", "quarter", "half", "year")


def part(
    words: Sequence[str], at: int, capital: Sequence[bool], point: Point
) -> tuple[Span, int] | None:
    """The part of a longer period that starts at token `at`, and the token after it."""
    nth = ORDINAL.get(words[at], 0)
    end, count = at + 1, 1
    if nth in (1, -1) and words[end : end + 1]:
        told = words[end]
        count = int(told) if told.isdigit() else COUNTS.get(told, 0)
        end += count > 0
    unit = words[end].rstrip("s") if end < len(words) else ""
    if not nth or unit not in _DAYS | _MONTHS or words[end + 1 : end + 2] not in (["of"], ["in"]):
        return None
    whole = point(words, end + 2, capital)
    count = max(count, 1)
    if whole is None or whole[0].unit not in _WHOLE or not 0 < count < 100:
        return None
    if _LONGER[unit] >= _LONGER[whole[0].unit]:
        return None
    text = f"the {' '.join(words[at : end + 1])} of {whole[0].words}"
    return Span("part", text, numbers=(nth, count), unit=unit, low=whole[0]), whole[1]


def decade(word: str, at: int) -> tuple[Span, int] | None:
    """ "the 1990s", and the token after it."""
    if not re.fullmatch(r"(?:19|20)\d0s", word):
        return None
    year = int(word[:4])
    return Span("abs", word, date(year, 1, 1), date(year + 10, 1, 1), unit="decade"), at + 1


def end_of(words: Sequence[str], at: int) -> int:
    """Where the period begins that "(until) the end of June" closes with."""
    place = at + (list(words[at : at + 1]) == ["the"])
    return place + 2 if list(words[place : place + 2]) == ["end", "of"] else at


def part_of(span: Span, start: date, end: date) -> tuple[date, date]:
    """The dates (end exclusive) of a part of the period from `start` to `end` (exclusive)."""
    nth, count = span.numbers
    if nth < 0:
        first, last = _moved(end, span.unit, -count), end
    else:
        first = _moved(start, span.unit, nth - 1)
        last = _moved(first, span.unit, count)
    return max(first, start), min(last, end)


def _moved(day: date, unit: str, count: int) -> date:
    if unit in _DAYS:
        return day + timedelta(_DAYS[unit] * count)
    return next_month(day, _MONTHS[unit] * count)
