"""What the columns of a result are: time, ordered classes, groups or numbers; and their names."""

from __future__ import annotations

import re
from typing import Literal

from aislides_analyst.planning.words import spoken
from aislides_analyst.writing.material import Column, Fact, Result

Role = Literal["time", "hour", "weekday", "period", "step", "group", "number"]

_NUMBERS = ("int", "double", "float", "dec", "num", "real", "long", "short", "byte")
_DATE = re.compile(r"^\d{4}-\d\d(-\d\d)?([T ].*)?$|^\d{4}[- ]?Q[1-4]$|^\d{4}-W\d\d$")
_PERIODS = ("month", "quarter", "year", "week")
_AVERAGE = re.compile(r"^(?:avg|average|mean|median)\b")
_LONG_UNIT = {
    "min": "minutes",
    "h": "hours",
    "hrs": "hours",
    "s": "seconds",
    "sec": "seconds",
    "%": "percent",
    "x": "multiples",
    "mi": "miles",
    "°c": "degrees Celsius",
    "°f": "degrees Fahrenheit",
    "°": "degrees",
}
_UNIT_WORDS = (
    *("minutes", "hours", "seconds", "days", "miles", "mi", "km", "feet", "inches", "kg", "mph"),
    *("degrees", "fahrenheit", "celsius", "millibars", "usd", "eur", "gbp", "percent", "pct"),
)
_NO_UNIT = frozenset({"share", "fraction", "ratio", "rate", "name", "date", "month", "count", ""})


def role(result: Result, column: Column) -> Role:
    """What the column is for in a chart."""
    called = spoken(column.name).split()
    last = called[-1] if called else ""
    if "per" not in called:
        if last == "hour" or called[-3:] == ["hour", "of", "day"]:
            return "hour"
        if last == "weekday" or called[-3:] == ["day", "of", "week"] or called == ["dow"]:
            return "weekday"
    cells = [c for c in result.cells(column.name) if c is not None]
    if column.type.startswith(_NUMBERS) or (cells and all(_is_number(c) for c in cells)):
        if column.splits:
            return "period" if called in (["year"], ["month"], ["quarter"], ["week"]) else "step"
        return "period" if last in _PERIODS and all(_is_whole(c) for c in cells) else "number"
    dated = bool(cells) and all(_DATE.match(str(c)) for c in cells)
    if dated or column.type.startswith(("date", "timestamp", "local")):
        return "time"
    return "period" if last in _PERIODS else "group"


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _is_whole(cell: object) -> bool:
    return isinstance(cell, int | float) and float(cell).is_integer()


def is_time(kind: Role) -> bool:
    """True for columns that belong on a time axis."""
    return kind in ("time", "period")


def is_ordered(kind: Role) -> bool:
    """True for columns whose values have an order of their own."""
    return kind in ("time", "period", "hour", "weekday", "step")


def split_column(result: Result, by: str = "") -> Column | None:
    """The column that splits the rows: `by` when it is one, else the first that is no number."""
    named = result.column(by) if by else None
    if named and role(result, named) != "number":
        return named
    return next((c for c in result.columns if role(result, c) != "number"), None)


def group_columns(result: Result) -> list[Column]:
    """All columns that are no numbers."""
    return [c for c in result.columns if role(result, c) != "number"]


def number_columns(result: Result) -> list[Column]:
    """The measured columns, in order."""
    return [c for c in result.columns if role(result, c) == "number"]


def measure_column(result: Result, fact: Fact | None) -> Column | None:
    """The column to draw: the one that the fact measures, else the first number."""
    numbers = number_columns(result)
    if fact:
        for column in numbers:
            if column.name == fact.measure:
                return column
    return numbers[0] if numbers else None


def named(column: Column) -> str:
    """The column as words, without its unit: "average departure delay"."""
    if column.label:
        return re.sub(r"^(?:sum|total)(?: of)? (?=\S)", "total ", column.label)
    text = spoken(column.name)
    text = re.sub(r"^(?:number of |count of )?(?=\S)", lambda m: m.group(), text)
    parts = text.split()
    unit = long_unit(column).split(" ")[0]
    units = {unit, unit.rstrip("s"), column.unit.lower(), *_UNIT_WORDS}
    while len(parts) > 1 and unit and parts[-1] in units:
        parts = parts[:-1]
    text = " ".join(parts)
    return re.sub(r"^(sum|total) (?=\S)", "total ", text)


def long_unit(column: Column) -> str:
    """The unit in words, empty for none."""
    unit = column.unit.strip()
    if unit.lower() in _NO_UNIT:
        return ""
    return _LONG_UNIT.get(unit.lower(), unit)


def is_average(column: Column) -> bool:
    """True when the name says that it is an average."""
    return bool(_AVERAGE.match(spoken(column.name)))
