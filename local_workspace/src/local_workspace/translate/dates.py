# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Reading periods of time, relative to the last date in the data and never to today's clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from local_workspace.translate.date_parts import decade, end_of, part
from local_workspace.translate.date_words import (
    AMBIGUOUS,
    COUNTS,
    DAY,
    DAYS,
    HOLIDAYS,
    LEADS,
    MONTH,
    ORDINAL,
    RELATIVE,
    SEASONS,
    UNITS,
)
from local_workspace.translate.spans import Span, month_span, next_month, safe_date

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    """The longest period starting at token `at`, and the token after it."""
    word = words[at]
    if word in ("between", "from"):
        low = _point(words, at + 1, capital)
        if low and low[1] < len(words) and words[low[1]] in _JOINERS:
            high = _point(words, end_of(words, low[1] + 1), capital)
            if high:
                return _between(low[0], high[0], " ".join(words[at : high[1]])), high[1]
        return None
    if word in ("since", "starting", "after", "before", "until", "till", "through", "from"):
        inclusive = word in ("until", "till", "through")
        closing = end_of(words, at + 1) if inclusive or word == "after" else at + 1
        point = _point(words, closing, capital)
        if point:
            span, end = point
            text = " ".join(words[at:end])
            if span.kind == "hours":
                return _open_hours(word, span, end)
            if word in ("since", "starting"):
                return Span("since", text, low=span, numbers=(0,)), end
            if word == "after":
                return Span("since", text, low=span, numbers=(1,)), end
            return Span("before", text, low=span, numbers=(0 if word == "before" else 1,)), end
        return None
    point = _point(words, at, capital)
    if point is None:
        return None
    span, end = point
    if end < len(words) and words[end] in ("to", "through", "until", "till", "-", "thru"):
        high = _point(words, end_of(words, end + 1), capital)
        if high:
            return _between(span, high[0], " ".join(words[at : high[1]])), high[1]
    return _onwards(words, at, span, end) or (span, end)


def _open_hours(word: str, span: Span, end: int) -> tuple[Span, int] | None:
    """ "after 8 pm" until the day ends, "before noon" from its start."""
    if len(span.numbers) != 1:
        return None
    hour = span.numbers[0]
    later = word in ("since", "starting", "after", "from")
    hours = range(hour, 24) if later else range(hour)
    if not hours:
        return None
    text = f"from {hours[0]}:00 to {hours[-1]}:59"
    return Span("hours", text, numbers=tuple(hours), unit="hour"), end


_UNIT_OF = ("day", "date", "week", "month", "quarter", "year")
_JOINERS = {"and", "to", "through", "until", "till", "-", "thru"}


_OR_LATER = {(w, t) for w in ("or", "and") for t in ("later", "after", "newer", "onwards")}
_OR_EARLIER = {(w, t) for w in ("or", "and") for t in ("earlier", "before", "older")}


def _onwards(words: Sequence[str], at: int, span: Span, end: int) -> tuple[Span, int] | None:
    """ "2022 onwards", "in March or later", "2019 or earlier"."""
    if words[end : end + 1] in (["onwards"], ["onward"]):
        return Span("since", " ".join(words[at : end + 1]), low=span, numbers=(0,)), end + 1
    tail, text = tuple(words[end : end + 2]), " ".join(words[at : end + 2])
    if tail in _OR_LATER:
        return Span("since", text, low=span, numbers=(0,)), end + 2
    if tail in _OR_EARLIER:
        return Span("before", text, low=span, numbers=(1,)), end + 2
    return None


def _between(low: Span, high: Span, words: str) -> Span:
    return Span("between", words, low=low, high=high)


def _point(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    while (
        at < len(words)
        and words[at] in ("the", "start", "beginning", "end")
        and at + 1 < len(words)
    ):
        if words[at] != "the":
            if words[at + 1] != "of":
                return None
            if words[at] == "end":
                return None
            at += 1
        at += 1
    if at + 2 < len(words) and words[at + 1] == "of" and words[at] in _UNIT_OF:
        inner = _point(words, at + 2, capital)
        if inner and inner[0].unit == words[at].replace("date", "day"):
            return inner
        if inner and words[at] == "week" and inner[0].unit == "day":
            return Span("week", f"the week of {inner[0].words}", low=inner[0], unit="week"), inner[
                1
            ]
        return None
    for reader in (_iso, _holiday, _month_day, _month, _quarter, _half, _relative, _year, _season,
                   _weekday, _hours):  # fmt: skip
        found = reader(words, at, capital)
        if found:
            return found
    if at >= len(words):
        return None
    return part(words, at, capital, _point) or decade(words[at], at)


def _year_number(word: str) -> int | None:
    return int(word) if re.fullmatch(r"(19|20)\d\d", word) else None


def _year_span(year: int, words: str) -> Span:
    return Span("abs", words, date(year, 1, 1), date(year + 1, 1, 1), unit="year")


def _iso(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
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


def _holiday(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    for names, (month, day) in HOLIDAYS.items():
        end = at + len(names)
        if tuple(words[at:end]) == names:
            return _with_year(words, at, end, month, day)
    return None


def _with_year(
    words: Sequence[str], at: int, end: int, month: int, day: int
) -> tuple[Span, int] | None:
    skip = end + (words[end : end + 1] == [","]) + (words[end : end + 1] == ["of"])
    year = _year_number(words[skip]) if skip < len(words) else None
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


def _month_day(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
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


def _month(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    month = MONTH.get(words[at])
    if month is None:
        return None
    skip = at + 1 + (words[at + 1 : at + 2] in ([","], ["of"]))
    year = _year_number(words[skip]) if skip < len(words) else None
    if year:
        return month_span(year, month, " ".join(words[at : skip + 1])), skip + 1
    if words[at] in AMBIGUOUS and not (
        (at > 0 and words[at - 1] in LEADS)
        or (capital[at] and at > 0)
        or (
            words[at + 1 : at + 2]
            and words[at + 1] in _JOINERS
            and words[at + 2 : at + 3]
            and words[at + 2] in MONTH
        )
    ):
        return None
    return Span("month", words[at], numbers=(month,), unit="month"), at + 1


def _quarter(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    match = re.fullmatch(r"q([1-4])", words[at])
    quarter, end, year = (int(match.group(1)), at + 1, None) if match else (0, at, None)
    if not match and at + 1 < len(words):
        if words[at] in ORDINAL and words[at + 1] == "quarter" and ORDINAL[words[at]] > 0:
            quarter, end = ORDINAL[words[at]], at + 2
        elif words[at] == "quarter" and words[at + 1] in ("1", "2", "3", "4"):
            quarter, end = int(words[at + 1]), at + 2
        elif _year_number(words[at]) and re.fullmatch(r"q([1-4])", words[at + 1]):
            quarter, end, year = int(words[at + 1][1]), at + 2, _year_number(words[at])
    if not quarter:
        return None
    if year is None:
        year, end = _trailing_year(words, end)
    text = " ".join(words[at:end])
    if year:
        start = date(year, 3 * quarter - 2, 1)
        return Span("abs", text, start, next_month(start, 3), unit="quarter"), end
    return Span("quarter", text, numbers=(quarter,), unit="quarter"), end


def _trailing_year(words: Sequence[str], end: int) -> tuple[int | None, int]:
    skip = end
    while skip < len(words) and words[skip] in ("of", "in", ",", "the"):
        skip += 1
    year = _year_number(words[skip]) if skip < len(words) else None
    if year:
        return year, skip + 1
    if list(words[skip : skip + 1]) == ["year"] and skip > end:
        return None, skip + 1
    return None, end


def _half(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
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
    year, end = _trailing_year(words, end)
    text = " ".join(words[at:end])
    if year:
        start = date(year, 6 * half - 5, 1)
        return Span("abs", text, start, next_month(start, 6), unit="half"), end
    return Span("half", text, numbers=(half,), unit="half"), end


def _relative(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    if words[at] == "ytd" or tuple(words[at : at + 3]) == ("year", "to", "date"):
        end = at + (1 if words[at] == "ytd" else 3)
        return Span("this", " ".join(words[at:end]), unit="year"), end
    if words[at] in ("this", "current") and words[at + 1 : at + 2]:
        unit = words[at + 1]
        if unit in ("week", "month", "quarter", "year"):
            return Span("this", f"this {unit}", unit=unit), at + 2
        return None
    end, count = at, 1
    if words[at] == "most" and words[at + 1 : at + 2] == ["recent"]:
        end = at + 2
    elif words[at] in RELATIVE:
        end = at + 1
    else:
        return None
    if end < len(words) and words[end] in ("full", "complete", "recent"):
        end += 1
    if end < len(words) and (words[end].isdigit() or words[end] in COUNTS):
        count = int(words[end]) if words[end].isdigit() else COUNTS[words[end]]
        end += 1
        if end < len(words) and words[end] in ("full", "complete", "calendar"):
            end += 1
    if end >= len(words) or words[end] not in UNITS or count < 1 or count > 1000:
        return None
    if words[end + 1 : end + 2] == ["of"] and words[at] in ("last", "latest"):
        return None
    unit = words[end].rstrip("s")
    return Span("relative", " ".join(words[at : end + 1]), numbers=(count,), unit=unit), end + 1


def _year(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    skip = at + (words[at] in ("year", "fy", "calendar"))
    year = _year_number(words[skip]) if skip < len(words) else None
    if year is None:
        return None
    return replace(_year_span(year, str(year)), plain_number=float(year)), skip + 1


def _season(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words) or words[at] not in SEASONS:
        return None
    if words[at] in AMBIGUOUS and not (at > 0 and words[at - 1] in LEADS | {"the"}):
        return None
    end = at + 1 + (words[at + 1 : at + 2] in (["months"], ["season"]))
    year, after = _trailing_year(words, end)
    months = SEASONS[words[at]]
    if year and months[0] < months[-1]:
        text = " ".join(words[at:after])
        start = date(year, months[0], 1)
        return Span("abs", text, start, next_month(start, 3), unit="season"), after
    return Span("season", words[at], numbers=months, unit="season"), end


def _weekday(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    word = words[at] if at < len(words) else ""
    if word in DAY:
        return Span("weekday", f"on {DAYS[DAY[word] - 1]}s".replace("on ", "on "),
                    numbers=(DAY[word],), unit="weekday"), at + 1  # fmt: skip
    if word in ("weekend", "weekends"):
        return Span("weekday", "at weekends", numbers=(6, 7), unit="weekday"), at + 1
    lead = words[at - 1] if at else ""
    if word in ("weekday", "weekdays") and {"weekend", "weekends"} & set(words):
        return Span("weekday", "on weekdays", numbers=(1, 2, 3, 4, 5), unit="weekday"), at + 1
    if word == "weekdays" and lead in (
        "on",
        "during",
        "for",
        "vs",
        "versus",
        "and",
        "or",
        "to",
        "with",
        "than",
    ):
        return Span("weekday", "on weekdays", numbers=(1, 2, 3, 4, 5), unit="weekday"), at + 1
    return None


_DAYTIMES = {
    "morning": (5, 12), "mornings": (5, 12), "afternoon": (12, 18), "afternoons": (12, 18),
    "evening": (18, 24), "evenings": (18, 24),
}  # fmt: skip


def _hours(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    word = words[at] if at < len(words) else ""
    if word in _DAYTIMES:
        low, high = _DAYTIMES[word]
        text = f"in the {word.rstrip('s')} ({low}:00 to {high - 1}:59)"
        return Span("hours", text, numbers=tuple(range(low, high)), unit="hour"), at + 1
    if word in ("noon", "midday"):
        return Span("hours", "at 12:00 to 12:59", numbers=(12,), unit="hour"), at + 1
    match = re.fullmatch(r"(\d{1,2})(am|pm)", word)
    clock, end = (int(match.group(1)), at + 1) if match else (0, at)
    half = match.group(2) if match else ""
    if not match and word.isdigit() and words[at + 1 : at + 2] in (["am"], ["pm"]):
        clock, half, end = int(word), words[at + 1], at + 2
    if not half or not 1 <= clock <= 12:
        return None
    hour = clock % 12 + (12 if half == "pm" else 0)
    return Span("hours", f"at {hour}:00 to {hour}:59", numbers=(hour,), unit="hour"), end
