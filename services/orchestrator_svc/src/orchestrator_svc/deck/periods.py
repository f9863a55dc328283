# ruff: noqa: SIM905
"""Periods of time in columns: which columns are time, at which grain, and in which order.

Queries return time in many shapes: dates, timestamps, `2013-07`, `2013-Q3`, a year, a month number,
a month or weekday name, an hour. A `Period` reads them all into one order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from aislides.deck.v1.fact_pb2 import TimeGrain

from orchestrator_svc.deck.values import PythonValue

HOUR = TimeGrain.TIME_GRAIN_HOUR
DAY = TimeGrain.TIME_GRAIN_DAY
WEEK = TimeGrain.TIME_GRAIN_WEEK
MONTH = TimeGrain.TIME_GRAIN_MONTH
QUARTER = TimeGrain.TIME_GRAIN_QUARTER
YEAR = TimeGrain.TIME_GRAIN_YEAR

MONTH_NAMES = (
    "january february march april may june july august september october november december"
).split()
WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_MONTH_OF_YEAR = re.compile(r"(\d{4})[-/](0?[1-9]|1[0-2])")
_QUARTER_OF_YEAR = re.compile(r"(\d{4})[-/ ]?[Qq]([1-4])|[Qq]([1-4])[-/ ]?(\d{4})")
_YEAR = re.compile(r"[12]\d{3}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERED = {
    "hour": (HOUR, 0, 23),
    "month": (MONTH, 1, 12),
    "quarter": (QUARTER, 1, 4),
    "year": (YEAR, 1000, 2999),
    "week": (WEEK, 0, 53),
}


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """How a column measures time.

    `grain` is the length of one period. `keys` has an ascending position for each row, None for
    NULL. `cyclic` is True for positions inside a cycle (month 1 to 12, hour 0 to 23), which tell no
    year; `step` is the usual distance between neighbours in units of `keys`.
    """

    grain: TimeGrain.ValueType
    keys: tuple[float | None, ...]
    cyclic: bool


def time_axis(name: str, values: Sequence[PythonValue]) -> TimeAxis | None:
    """The time axis that a column's values form; None when the column is no time.

    The name decides only where values are bare numbers: `month` with 1 to 12 is time, `rank` not.
    """
    present = [value for value in values if value is not None]
    if not present:
        return None
    if all(isinstance(value, date) for value in present):
        return _calendar(name, values)
    if all(isinstance(value, int) and not isinstance(value, bool) for value in present):
        return _numbered(name, values)
    if all(isinstance(value, str) for value in present):
        return _written(name, values)
    return None


def day_number(value: date) -> float:
    """Days since the year 1, with the time of day as fraction. Zones are ignored."""
    days = float(value.toordinal())
    if isinstance(value, datetime):
        days += (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return days


def month_number(value: date) -> int:
    """Months since the year 0."""
    return value.year * 12 + value.month - 1


def name_tokens(name: str) -> list[str]:
    """Lower-case words of a column name: `flightDate` and `flight_date` give the same."""
    return list(_tokens(name))


@lru_cache(maxsize=1024)
def _tokens(name: str) -> tuple[str, ...]:
    # Units such as kWh stay whole.
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])(?!Wh?(?![a-z]))", " ", name)
    words = re.split(r"[^0-9A-Za-z\u00c0-\uffff%]+", spaced.lower())
    return tuple(word for word in words if word)


def _calendar(name: str, values: Sequence[PythonValue]) -> TimeAxis:
    dates = [value for value in values if isinstance(value, date)]
    grain = _calendar_grain(name, dates)
    keys: list[float | None] = []
    for value in values:
        if not isinstance(value, date):
            keys.append(None)
        elif grain == YEAR:
            keys.append(float(value.year))
        elif grain == QUARTER:
            keys.append(float(month_number(value) // 3))
        elif grain == MONTH:
            keys.append(float(month_number(value)))
        elif grain == WEEK:
            keys.append((day_number(value) - 1) // 7)
        elif grain == HOUR:
            keys.append(round(day_number(value) * 24, 3))
        else:
            keys.append(float(value.toordinal()))
    return TimeAxis(grain, tuple(keys), cyclic=False)


def _calendar_grain(name: str, dates: Sequence[date]) -> TimeGrain.ValueType:
    if any(isinstance(day, datetime) and (day.hour or day.minute or day.second) for day in dates):
        return HOUR
    words = name_tokens(name)
    first_of_month = all(day.day == 1 for day in dates)
    first_of_year = first_of_month and all(day.month == 1 for day in dates)
    distinct = len({day.toordinal() for day in dates})
    if first_of_year and ("year" in words or (distinct >= 3 and "month" not in words)):
        return YEAR
    quarter_starts = first_of_month and all(day.month % 3 == 1 for day in dates)
    if quarter_starts and ("quarter" in words or (distinct >= 4 and "month" not in words)):
        return QUARTER
    if first_of_month and (distinct >= 2 or "month" in words):
        return MONTH
    same_weekday = len({day.weekday() for day in dates}) == 1
    if "week" in words or (same_weekday and distinct >= 4):
        return WEEK
    return DAY


def _numbered(name: str, values: Sequence[PythonValue]) -> TimeAxis | None:
    words = name_tokens(name)
    for word, (grain, low, high) in _NUMBERED.items():
        plain = word in words and not {"per", "count", "avg", "sum", "hours", "num"} & set(words)
        inside = all(value is None or low <= value <= high for value in values)  # type: ignore[operator]
        if plain and inside:
            keys = tuple(None if value is None else float(value) for value in values)  # type: ignore[arg-type]
            return TimeAxis(grain, keys, cyclic=grain != YEAR)
    return None


def _written(name: str, values: Sequence[PythonValue]) -> TimeAxis | None:
    del name
    first = next(str(value).strip() for value in values if value is not None)
    for read, grain, cyclic in _WRITTEN:
        if read(first) is None:
            continue
        keys = tuple(None if value is None else read(str(value).strip()) for value in values)
        if all(key is not None or value is None for key, value in zip(keys, values, strict=True)):
            return TimeAxis(grain, keys, cyclic)
    return None


def _read_month_of_year(text: str) -> float | None:
    found = _MONTH_OF_YEAR.fullmatch(text)
    return float(int(found[1]) * 12 + int(found[2]) - 1) if found else None


def _read_quarter(text: str) -> float | None:
    found = _QUARTER_OF_YEAR.fullmatch(text)
    if not found:
        return None
    return float(int(found[1] or found[4]) * 4 + int(found[2] or found[3]) - 1)


def _read_year(text: str) -> float | None:
    return float(text) if _YEAR.fullmatch(text) else None


def _read_date(text: str) -> float | None:
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


def _read_month_name(text: str) -> float | None:
    return _read_name(text, MONTH_NAMES, 1)


def _read_weekday(text: str) -> float | None:
    return _read_name(text, WEEKDAY_NAMES, 0)


def _read_name(text: str, names: Sequence[str], base: int) -> float | None:
    word = text.lower().rstrip(".")
    for position, name in enumerate(names):
        if word in (name, name[:3]):
            return float(position + base)
    return None


_WRITTEN = (
    (_read_date, DAY, False),
    (_read_month_of_year, MONTH, False),
    (_read_quarter, QUARTER, False),
    (_read_year, YEAR, False),
    (_read_month_name, MONTH, True),
    (_read_weekday, DAY, True),
)
