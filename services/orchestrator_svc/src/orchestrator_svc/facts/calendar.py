"""Functions of the formula language that make periods from dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from orchestrator_svc.deck.periods import WEEKDAY_NAMES
from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.calls import Call
from orchestrator_svc.facts.vectors import FormulaError, Operand, Vector


def week_start(value: PythonValue) -> PythonValue:
    """The Monday of a date's week; NULL for anything else."""
    if not isinstance(value, date):
        return None
    return date.fromordinal(value.toordinal() - value.weekday())


def month_start(value: PythonValue) -> PythonValue:
    """The first day of a date's month; NULL for anything else."""
    return date(value.year, value.month, 1) if isinstance(value, date) else None


def mapped(read: Callable[[PythonValue], PythonValue]) -> Callable[[Call], Operand]:
    """A function of each value of a column."""

    def apply(call: Call) -> Operand:
        column = call.args[0] if call.args else None
        if not isinstance(column, Vector):
            raise FormulaError(f"{call.name}() needs a column of dates")
        return Vector(tuple(read(value) for value in column.values), column.rows)

    return apply


def period(call: Call) -> Operand:
    """`period(year, month, 12)`: the first day of a month (12 a year) or quarter (4 a year)."""
    if len(call.args) != 3 or not all(isinstance(one, Vector) for one in call.args[:2]):
        raise FormulaError("period() needs a year column, a part column and parts a year")
    years, parts = call.args[0], call.args[1]
    assert isinstance(years, Vector)
    assert isinstance(parts, Vector)
    count = call.number(2, 12)
    made = tuple(
        _first_day(number_of(year), number_of(part), count)
        for year, part in zip(years.values, parts.values, strict=True)
    )
    return Vector(made, years.rows)


def _first_day(year: float | None, part: float | None, count: int) -> PythonValue:
    if year is None or part is None or not 1 <= part <= count or not 1 <= year <= 9999:
        return None
    return date(int(year), (int(part) - 1) * (12 // count) + 1, 1)


def phase_of(kind: str) -> Callable[[Call], Operand]:
    """`month_of(date)` gives 1 to 12, `weekday_of(date)` a day's name, `hour_of` 0 to 23."""

    def read(value: PythonValue) -> PythonValue:
        if not isinstance(value, date):
            return None
        if kind == "month_of":
            return value.month
        if kind == "quarter_of":
            return (value.month + 2) // 3
        if kind == "hour_of":
            return value.hour if isinstance(value, datetime) else 0
        return WEEKDAY_NAMES[value.weekday()].capitalize()

    def apply(call: Call) -> Operand:
        dates = call.args[0] if call.args else None
        if not isinstance(dates, Vector):
            raise FormulaError(f"{kind}() needs a column of dates")
        return Vector(tuple(read(value) for value in dates.values), dates.rows, None)

    return apply


def days_between(call: Call) -> Operand:
    """`days_between(earlier, later)`: days from one date to another."""
    first, second = [*call.args, None, None][:2]
    if not isinstance(first, date) or not isinstance(second, date):
        return None
    return second.toordinal() - first.toordinal()
