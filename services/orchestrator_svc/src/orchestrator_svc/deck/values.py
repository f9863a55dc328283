"""Exact cell values: between protobuf `Value` and plain Python, without loss."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from aislides.deck.v1.table_pb2 import Value

PythonValue = None | bool | int | float | Decimal | str | date | datetime | bytes
"""What a cell can be. None is SQL NULL; NaN and infinities stay floats."""

INT64_MAX = 2**63 - 1


def to_python(value: Value) -> PythonValue:
    """The exact value; None for NULL.

    Text that does not parse as its declared type (dates past year 9999, say) comes back as the
    text itself, so that odd data is shown instead of lost.
    """
    kind = value.WhichOneof("kind")
    if kind is None:
        return None
    raw = getattr(value, kind)
    if kind == "decimal":
        return _decimal(raw)
    if kind == "date":
        return _date(raw)
    if kind in ("timestamp", "local_timestamp"):
        return _datetime(raw)
    return raw  # type: ignore[no-any-return]


def from_python(value: PythonValue) -> Value:  # noqa: PLR0911 - one return for each type
    """The protobuf value; whole numbers outside 64 bits become exact decimals.

    A datetime with zone becomes an instant, one without zone a wall-clock time.
    """
    if value is None:
        return Value()
    if isinstance(value, bool):
        return Value(boolean=value)
    if isinstance(value, int):
        if -INT64_MAX - 1 <= value <= INT64_MAX:
            return Value(integer=value)
        return Value(decimal=str(value))
    if isinstance(value, float):
        return Value(number=value)
    if isinstance(value, Decimal):
        return Value(decimal=format(value, "f") if value.is_finite() else str(value))
    if isinstance(value, str):
        return Value(text=value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return Value(local_timestamp=value.isoformat(timespec="milliseconds"))
        instant = value.astimezone(UTC).isoformat(timespec="milliseconds")
        return Value(timestamp=instant.replace("+00:00", "Z"))
    if isinstance(value, date):
        return Value(date=value.isoformat())
    return Value(binary=value)


def number_of(value: PythonValue) -> float | None:
    """The value as a finite float; None for anything that is no finite number.

    Booleans are no numbers.
    """
    if type(value) is float:
        return value if math.isfinite(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return None
    return number if math.isfinite(number) else None


def same_value(one: Value, other: Value, *, tolerance: float = 1e-9) -> bool:
    """Whether two values are equal; numbers of any type within the relative `tolerance`."""
    left, right = to_python(one), to_python(other)
    first, second = number_of(left), number_of(right)
    if first is not None and second is not None:
        return math.isclose(first, second, rel_tol=tolerance, abs_tol=1e-12)
    if isinstance(left, float) and isinstance(right, float) and math.isnan(left):
        return math.isnan(right)
    return left == right


def _decimal(raw: str) -> Decimal | str:
    try:
        return Decimal(raw)
    except InvalidOperation:
        return raw


def _date(raw: str) -> date | str:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return raw


def _datetime(raw: str) -> datetime | str:
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return raw
