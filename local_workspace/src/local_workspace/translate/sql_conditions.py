"""Conditions as SQL: values, numbers and half-open ranges of dates."""

from __future__ import annotations

from datetime import date, timedelta

from local_workspace.translate.plan import During, OneOf


def text(value: str | bool) -> str:
    """A value as a literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def one_of(column: str, condition: OneOf) -> str:
    """The column holds one of the values; a missing value is none of them."""
    values = condition.values
    if len(values) == 1 and isinstance(values[0], bool):
        truth = values[0] != condition.negated
        return column if truth else f"NOT {column}"
    listed = ", ".join(text(value) for value in values)
    if condition.negated:
        test = f"{column} <> {listed}" if len(values) == 1 else f"{column} NOT IN ({listed})"
        return f"({test} OR {column} IS NULL)"
    return f"{column} = {listed}" if len(values) == 1 else f"{column} IN ({listed})"


def compared(expression: str, operator: str, low: float, high: float | None) -> str:
    """The expression compared with numbers."""
    if operator == "between":
        return f"{expression} BETWEEN {number(low)} AND {number(high or 0)}"
    return f"{expression} {'<>' if operator == '!=' else operator} {number(low)}"


def number(value: float) -> str:
    """A number without a needless fraction."""
    return str(int(value)) if value == int(value) else repr(value)


def during(column: str, condition: During, *, years: bool = False) -> str:
    """The column lies in one of the ranges; `years` for a column of whole years."""
    span = _years if years else _range
    parts = [span(column, start, end) for start, end in condition.ranges]
    joined = " OR ".join(parts)
    if condition.negated:
        return f"NOT ({joined})"
    return f"({joined})" if len(parts) > 1 else joined


def _years(column: str, start: date | None, end: date | None) -> str:
    """The same range for a column of whole years; `end` is the first day outside."""
    if start and end and end.year - start.year == 1:
        return f"{column} = {start.year}"
    parts = [f"{column} >= {start.year}"] if start else []
    parts += [f"{column} < {end.year}"] if end else []
    joined = " AND ".join(parts) or "true"
    return f"({joined})" if len(parts) > 1 else joined


def _range(column: str, start: date | None, end: date | None) -> str:
    if start and end and end - start == timedelta(1):
        return f"CAST({column} AS DATE) = DATE'{start.isoformat()}'"
    parts = []
    if start:
        parts.append(f"{column} >= DATE'{start.isoformat()}'")
    if end:
        parts.append(f"{column} < DATE'{end.isoformat()}'")
    joined = " AND ".join(parts) or "true"
    return f"({joined})" if len(parts) > 1 else joined
