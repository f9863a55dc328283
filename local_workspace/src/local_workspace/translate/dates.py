"""Reading periods of time, relative to the last date in the data and never to today's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_workspace.translate.plan import Part

MONTHS = (
    "january february march april may june july august september october november december"
).split()
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = (
    {m: i + 1 for i, m in enumerate(MONTHS)}
    | {m[:3]: i + 1 for i, m in enumerate(MONTHS)}
    | {"sept": 9}
)
_DAY = {d: i + 1 for i, d in enumerate(DAYS)} | {d + "s": i + 1 for i, d in enumerate(DAYS)}
_ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
            "last": -1, "final": -1}  # fmt: skip
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11),
            "winter": (12, 1, 2)}  # fmt: skip
_HOLIDAYS = {
    ("christmas", "day"): (12, 25),
    ("christmas", "eve"): (12, 24),
    ("christmas",): (12, 25),
    ("new", "year", "day"): (1, 1),
    ("new", "year", "eve"): (12, 31),
    ("new", "years", "eve"): (12, 31),
    ("independence", "day"): (7, 4),
    ("valentine", "day"): (2, 14),
    ("valentines", "day"): (2, 14),
    ("halloween",): (10, 31),
}
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "quarter": 90,
          "quarters": 90, "year": 365, "years": 365}  # fmt: skip
_COUNTS = {w: i for i, w in enumerate((
        "zero one two three four five six seven eight nine ten eleven twelve"
    ).split())}  # fmt: skip
_RELATIVE = {"last", "past", "previous", "latest", "recent", "prior", "trailing"}
_AMBIGUOUS = {"may", "march", "sun", "mar", "sat", "fall", "second", "dec", "jan"}
_LEADS = {"in", "for", "since", "during", "of", "from", "to", "until", "till", "through", "and",
          "between", "before", "after", "by", "vs", "versus", "or", ",", "on", "early", "late",
          "this", "last", "each", "every", "with", "thru", "-"}  # fmt: skip


WORDS = (
    frozenset(_MONTH)
    | frozenset(_DAY)
    | frozenset(_SEASONS)
    | frozenset(
        "christmas halloween independence valentine yesterday today tomorrow weekend weekends".split()
    )
)


@dataclass(frozen=True, slots=True)
class Span:
    """A period as it was said; `resolve` turns it into dates once the data's range is known."""

    kind: Literal["abs", "week", "month", "quarter", "half", "season", "day", "weekday", "hours",
                  "relative", "this", "since", "before", "between"]  # fmt: skip
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


def read(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    """The longest period starting at token `at`, and the token after it."""
    word = words[at]
    if word in ("between", "from"):
        low = _point(words, at + 1, capital)
        if low and low[1] < len(words) and words[low[1]] in _JOINERS:
            high = _point(words, low[1] + 1, capital)
            if high:
                return _between(low[0], high[0], " ".join(words[at : high[1]])), high[1]
        return None
    if word in ("since", "starting", "after", "before", "until", "till", "through", "from"):
        point = _point(words, at + 1, capital)
        if point:
            span, end = point
            text = " ".join(words[at:end])
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
        high = _point(words, end + 1, capital)
        if high:
            return _between(span, high[0], " ".join(words[at : high[1]])), high[1]
    if words[end : end + 1] == ["onwards"] or words[end : end + 1] == ["onward"]:
        return Span("since", " ".join(words[at : end + 1]), low=span, numbers=(0,)), end + 1
    return span, end


_UNIT_OF = ("day", "date", "week", "month", "quarter", "year")
_JOINERS = {"and", "to", "through", "until", "till", "-", "thru"}


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
    return None


def _year_number(word: str) -> int | None:
    return int(word) if re.fullmatch(r"(19|20)\d\d", word) else None


def _year_span(year: int, words: str) -> Span:
    return Span("abs", words, date(year, 1, 1), date(year + 1, 1, 1), unit="year")


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    word = words[at] if at < len(words) else ""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", word)
    if match:
        day = _safe(*(int(g) for g in match.groups()))  # type: ignore[arg-type]
        return (Span("abs", word, day, day + timedelta(1), unit="day"), at + 1) if day else None
    match = re.fullmatch(r"(\d{4})-(\d{2})", word)
    if match and 1 <= int(match.group(2)) <= 12:
        return _month_span(int(match.group(1)), int(match.group(2)), word), at + 1
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", word)
    if match:
        first, second, year = (int(g) for g in match.groups())
        if first > 12 or first == second:
            first, second = second, first
        elif second <= 12:
            return None
        day = _safe(year, first, second)
        return (Span("abs", word, day, day + timedelta(1), unit="day"), at + 1) if day else None
    return None


def _month_span(year: int, month: int, words: str) -> Span:
    return Span("abs", words, date(year, month, 1), next_month(date(year, month, 1)), unit="month")


def next_month(day: date, count: int = 1) -> date:
    """The first day of the month `count` months after the month of `day`."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _holiday(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    for names, (month, day) in _HOLIDAYS.items():
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
        exact = _safe(year, month, day)
        if exact is None:
            return None
        text = " ".join(words[at : skip + 1])
        return Span("abs", text, exact, exact + timedelta(1), unit="day"), skip + 1
    if _safe(2024, month, day) is None:
        return None
    return Span("day", " ".join(words[at:end]), numbers=(month, day), unit="day"), end


def _day_number(word: str) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", word)
    return int(match.group(1)) if match and 1 <= int(match.group(1)) <= 31 else None


def _month_day(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    if at + 1 >= len(words):
        return None
    month = _MONTH.get(words[at])
    place = at + 1 + (words[at + 1] == "the")
    day = _day_number(words[place]) if place < len(words) else None
    if month and day:
        return _with_year(words, at, place + 1, month, day)
    day = _day_number(words[at])
    place = at + 1 + (words[at + 1] == "of")
    month = _MONTH.get(words[place]) if place < len(words) else None
    if month and day:
        return _with_year(words, at, place + 1, month, day)
    return None


def _month(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    month = _MONTH.get(words[at])
    if month is None:
        return None
    skip = at + 1 + (words[at + 1 : at + 2] in ([","], ["of"]))
    year = _year_number(words[skip]) if skip < len(words) else None
    if year:
        return _month_span(year, month, " ".join(words[at : skip + 1])), skip + 1
    if words[at] in _AMBIGUOUS and not (
        (at > 0 and words[at - 1] in _LEADS) or (capital[at] and at > 0)
    ):
        return None
    return Span("month", words[at], numbers=(month,), unit="month"), at + 1


def _quarter(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    match = re.fullmatch(r"q([1-4])", words[at])
    quarter, end, year = (int(match.group(1)), at + 1, None) if match else (0, at, None)
    if not match and at + 1 < len(words):
        if words[at] in _ORDINAL and words[at + 1] == "quarter" and _ORDINAL[words[at]] > 0:
            quarter, end = _ORDINAL[words[at]], at + 2
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
    elif words[at] in _ORDINAL and words[at + 1 : at + 2] == ["half"]:
        half = _ORDINAL[words[at]]
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
    elif words[at] in _RELATIVE:
        end = at + 1
    else:
        return None
    if end < len(words) and words[end] in ("full", "complete", "recent"):
        end += 1
    if end < len(words) and (words[end].isdigit() or words[end] in _COUNTS):
        count = int(words[end]) if words[end].isdigit() else _COUNTS[words[end]]
        end += 1
        if end < len(words) and words[end] in ("full", "complete", "calendar"):
            end += 1
    if end >= len(words) or words[end] not in _UNITS or count < 1 or count > 1000:
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
    if at >= len(words) or words[at] not in _SEASONS:
        return None
    if words[at] in _AMBIGUOUS and not (at > 0 and words[at - 1] in _LEADS | {"the"}):
        return None
    end = at + 1 + (words[at + 1 : at + 2] in (["months"], ["season"]))
    year, after = _trailing_year(words, end)
    months = _SEASONS[words[at]]
    if year and months[0] < months[-1]:
        text = " ".join(words[at:after])
        start = date(year, months[0], 1)
        return Span("abs", text, start, next_month(start, 3), unit="season"), after
    return Span("season", words[at], numbers=months, unit="month"), end


def _weekday(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    word = words[at] if at < len(words) else ""
    if word in _DAY:
        return Span("weekday", f"on {DAYS[_DAY[word] - 1]}s".replace("on ", "on "),
                    numbers=(_DAY[word],), unit="weekday"), at + 1  # fmt: skip
    if word in ("weekend", "weekends"):
        return Span("weekday", "at weekends", numbers=(6, 7), unit="weekday"), at + 1
    lead = words[at - 1] if at else ""
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
    match = re.fullmatch(r"(\d{1,2})(am|pm)", word)
    clock, end = (int(match.group(1)), at + 1) if match else (0, at)
    half = match.group(2) if match else ""
    if not match and word.isdigit() and words[at + 1 : at + 2] in (["am"], ["pm"]):
        clock, half, end = int(word), words[at + 1], at + 2
    if not half or not 1 <= clock <= 12:
        return None
    hour = clock % 12 + (12 if half == "pm" else 0)
    return Span("hours", f"at {hour}:00 to {hour}:59", numbers=(hour,), unit="hour"), end


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
    if span.kind in ("since", "before"):
        assert span.low is not None
        start, end = _edges(span.low, first, last)
        if span.kind == "since":
            return Resolved((((end if span.numbers[0] else start), None),), words=words)
        return Resolved(((None, (end if span.numbers[0] else start)),), words=words)
    if span.kind == "between":
        assert span.low is not None and span.high is not None
        return _resolve_between(span, first, last)
    ranges = _repeating(span, first, last)
    return Resolved(tuple(ranges), words=words, unit=unit)


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
        low = _month_span(high.start.year, low.numbers[0], low.words)
    if low.kind == "day" and high.start is not None:
        day = _safe(high.start.year, low.numbers[0], low.numbers[1]) or high.start
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
    day = _safe(year, numbers[0], numbers[1])
    return [(day, day + timedelta(1))] if day else []


def _counted_back(span: Span, last: date) -> tuple[date, date]:
    """ "last month" is the last complete one; "this month" the one holding the last date."""
    unit, now = span.unit, last + timedelta(1)
    if span.kind == "this":
        start = _floor(last, unit)
        return (next_month(start, -12 * span.numbers[0]) if span.numbers else start), now
    count = span.numbers[0]
    if unit == "day":
        return now - timedelta(count), now
    end = _floor(now, unit)
    if unit == "week":
        return end - timedelta(7 * count), end
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
    return next_month(end, -months), end


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
