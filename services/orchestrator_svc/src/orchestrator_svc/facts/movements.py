"""How each group moved between two spans of time, as a formula function."""

from __future__ import annotations

from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.calls import Call
from orchestrator_svc.facts.vectors import FormulaError, Operand, Vector, arithmetic, total

_NOISE = 1e-9
"""Part of a value below which a difference is rounding of floats."""


def changes(call: Call) -> Operand:
    """`changes(measure, by=group, before=..., after=...)`: each group's sum after, less before.

    With a second column the means weighted by it take the place of the sums. Groups that one of
    the two spans lacks are left out: they are new or gone, and did not move.
    """
    columns = [call.vector(position) for position in range(len(call.args))]
    keys = call.group_keys()
    masks = [call.named.get(name) for name in ("before", "after")]
    if keys is None or not columns or not all(isinstance(mask, Vector) for mask in masks):
        raise FormulaError("changes() needs a column, by=, before= and after=")
    sides = [_sides(call, columns, keys, mask) for mask in masks if isinstance(mask, Vector)]
    minus = arithmetic("-")
    values, rows, labels = [], [], []
    for label, (earlier, read) in sides[0].items():
        later, read_later = sides[1].get(label, (None, ()))
        if earlier is None or later is None:
            continue
        moved = minus(later, earlier)
        scale = max(abs(number_of(earlier) or 0.0), abs(number_of(later) or 0.0))
        values.append(0 if abs(number_of(moved) or 0.0) <= _NOISE * scale else moved)
        rows.append((*read, *read_later))
        labels.append(label)
    call.read.update(row for read in rows for row in read)
    return Vector(tuple(values), tuple(rows), tuple(labels))


Side = dict[PythonValue, tuple[PythonValue, tuple[int, ...]]]


def _sides(call: Call, columns: list[Vector], keys: Vector, mask: Vector) -> Side:
    """Each group's value inside the span, and the rows it was read from."""
    if len(mask.values) != len(keys.values):
        raise FormulaError(f"{call.name}() compares spans of the rows of one table")
    places: dict[PythonValue, list[int]] = {}
    for at, inside in enumerate(mask.values):
        if inside is True and keys.values[at] is not None:
            places.setdefault(keys.values[at], []).append(at)
    return {
        label: (_value(columns, found), tuple(row for at in found for row in columns[0].rows[at]))
        for label, found in places.items()
    }


def _value(columns: list[Vector], places: list[int]) -> PythonValue:
    if len(columns) == 1:
        return total([columns[0].values[at] for at in places])
    summed = weights = 0.0
    for at in places:
        number, weight = number_of(columns[0].values[at]), number_of(columns[1].values[at])
        if number is not None and weight is not None and weight > 0:
            summed += number * weight
            weights += weight
    return summed / weights if weights else None
