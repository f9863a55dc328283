"""Columns inside formulas: values that remember which rows they came from."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from orchestrator_svc.deck.values import PythonValue, number_of


class FormulaError(ValueError):
    """The formula cannot be evaluated on this table; the message says why."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Values with, for each, the rows it was read from."""

    values: tuple[PythonValue, ...]
    rows: tuple[tuple[int, ...], ...]
    labels: tuple[PythonValue, ...] | None = None

    def kept(self, mask: Vector) -> Vector:
        """The values where the mask is true."""
        if len(mask.values) != len(self.values):
            raise FormulaError("where= must speak of the rows of the same table")
        keep = [position for position, value in enumerate(mask.values) if value is True]
        return Vector(
            tuple(self.values[position] for position in keep),
            tuple(self.rows[position] for position in keep),
            tuple(self.labels[position] for position in keep) if self.labels else None,
        )

    def numbers(self) -> list[tuple[float, int]]:
        """The finite numbers, each with its position."""
        pairs = ((number_of(value), position) for position, value in enumerate(self.values))
        return [(number, position) for number, position in pairs if number is not None]


_ORDERS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
Scalar = PythonValue
Operand = Vector | Scalar


def elementwise(
    operation: Callable[[Scalar, Scalar], Scalar], left: Operand, right: Operand
) -> Operand:
    """The operation on scalars, or on each element where a side is a vector."""
    if isinstance(left, Vector) and isinstance(right, Vector):
        if len(left.values) != len(right.values):
            raise FormulaError("columns of different lengths cannot be combined")
        pairs = zip(left.values, right.values, strict=True)
        values = tuple(operation(one, other) for one, other in pairs)
        return Vector(values, left.rows, left.labels)
    if isinstance(left, Vector):
        return Vector(
            tuple(operation(value, right) for value in left.values),  # type: ignore[arg-type]
            left.rows,
            left.labels,
        )
    if isinstance(right, Vector):
        return Vector(
            tuple(operation(left, value) for value in right.values), right.rows, right.labels
        )
    return operation(left, right)


def arithmetic(symbol: str) -> Callable[[Scalar, Scalar], Scalar]:
    """Plus, minus, times or divided; exact for whole numbers and decimals; NULL where undefined."""

    def apply(left: Scalar, right: Scalar) -> Scalar:
        if number_of(left) is None or number_of(right) is None:
            return None
        one, other = _alike(left, right)
        if symbol == "+":
            return one + other
        if symbol == "-":
            return one - other
        if symbol == "*":
            return one * other
        divisor = number_of(right)
        return None if not divisor else (number_of(left) or 0.0) / divisor

    return apply


def comparison(symbol: str) -> Callable[[Scalar, Scalar], bool]:
    """Equal, unequal or ordered. NULL equals only NULL, and is in no order."""

    def apply(left: Scalar, right: Scalar) -> bool:
        if left is None or right is None:
            same = left is None and right is None
            return same if symbol == "==" else symbol == "!=" and not same
        one, other = _comparable(left, right)
        if symbol == "==":
            return bool(one == other)
        if symbol == "!=":
            return bool(one != other)
        if type(one) is not type(other):
            return False
        return bool(_ORDERS[symbol](one, other))

    return apply


def groups(keys: Vector) -> list[tuple[PythonValue, list[int]]]:
    """The distinct keys in order of appearance, each with its positions."""
    found: dict[PythonValue, list[int]] = {}
    for position, key in enumerate(keys.values):
        found.setdefault(key, []).append(position)
    return list(found.items())


def read_rows(vector: Vector) -> list[int]:
    """All rows that a vector was read from."""
    return [row for rows in vector.rows for row in rows]


def total(values: Sequence[PythonValue]) -> PythonValue:
    """The sum without NULLs; exact unless floats are among the values; NULL for nothing."""
    present = [value for value in values if number_of(value) is not None]
    if not present:
        return None
    if any(isinstance(value, float) for value in present):
        return float(sum(number_of(value) or 0.0 for value in present))
    if any(isinstance(value, Decimal) for value in present):
        return sum((Decimal(value) for value in present), Decimal(0))  # type: ignore[arg-type]
    return sum(value for value in present if isinstance(value, int))


def _alike(left: Scalar, right: Scalar) -> tuple[float, float]:
    """Both in one type: exact where both are exact. Typed as float for arithmetic's sake."""
    if isinstance(left, float) or isinstance(right, float):
        return number_of(left) or 0.0, number_of(right) or 0.0
    return left, right  # type: ignore[return-value]


def _comparable(left: Scalar, right: Scalar) -> tuple[object, object]:
    if isinstance(left, date) or isinstance(right, date):
        return written(left), written(right)
    first, second = number_of(left), number_of(right)
    if first is not None and second is not None:
        return first, second
    return left, right


def written(value: Scalar) -> str:
    """ISO text without midnight, so that dates, timestamps and literals compare."""
    return _iso(value) if isinstance(value, date) else str(value)


@lru_cache(maxsize=4096, typed=True)
def _iso(value: date) -> str:
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value
        return moment.replace(tzinfo=None).isoformat().removesuffix("T00:00:00")
    return value.isoformat()
