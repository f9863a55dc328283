"""The functions of the formula language. A new one is a function here and a line in OPERATIONS.

Each takes columns, and keywords: `where=` keeps rows for which a comparison holds; `by=` gives one
value for each distinct value of a column, or, for `slope`, orders the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median as plain_median
from typing import Final

from orchestrator_svc.deck.periods import time_axis
from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.calendar import (
    days_between,
    mapped,
    month_start,
    period,
    phase_of,
    week_start,
)
from orchestrator_svc.facts.calls import Call
from orchestrator_svc.facts.effects import mix_effect, rate_effect
from orchestrator_svc.facts.movements import changes
from orchestrator_svc.facts.statistics import seasonal_slope, theil_sen
from orchestrator_svc.facts.vectors import (
    FormulaError,
    Operand,
    Vector,
    comparison,
    groups,
    read_rows,
    total,
)

Summary = Callable[[Call, list[Vector]], PythonValue]


def _summarised(arity: int, summary: Summary) -> Callable[[Call], Operand]:
    """A function that gives one value, or with `by=` one for each group."""

    def apply(call: Call) -> Operand:
        vectors = [call.vector(position) for position in range(arity)]
        keys = call.group_keys()
        for vector in vectors:
            call.read.update(read_rows(vector))
        if keys is None:
            return summary(call, vectors)
        values, rows, labels = [], [], []
        for key, positions in groups(keys):
            parts = [
                Vector(
                    tuple(vector.values[at] for at in positions),
                    tuple(vector.rows[at] for at in positions),
                )
                for vector in vectors
            ]
            values.append(summary(call, parts))
            rows.append(tuple(read_rows(parts[0])))
            labels.append(key)
        return Vector(tuple(values), tuple(rows), tuple(labels))

    return apply


def _sum(_call: Call, columns: list[Vector]) -> PythonValue:
    return total(columns[0].values)


def _mean(_call: Call, columns: list[Vector]) -> PythonValue:
    numbers = [number for number, _ in columns[0].numbers()]
    return sum(numbers) / len(numbers) if numbers else None


def _median(_call: Call, columns: list[Vector]) -> PythonValue:
    numbers = [number for number, _ in columns[0].numbers()]
    return plain_median(numbers) if numbers else None


def _weighted_mean(_call: Call, columns: list[Vector]) -> PythonValue:
    """Mean weighted by the second column; rows that lack either are left out."""
    summed, weights = 0.0, 0.0
    for value, weight in zip(columns[0].values, columns[1].values, strict=True):
        number, size = number_of(value), number_of(weight)
        if number is not None and size is not None and size > 0:
            summed += number * size
            weights += size
    return summed / weights if weights else None


def _count(_call: Call, columns: list[Vector]) -> PythonValue:
    return sum(value is not None for value in columns[0].values)


def _nulls(_call: Call, columns: list[Vector]) -> PythonValue:
    return sum(value is None for value in columns[0].values)


def _distinct(_call: Call, columns: list[Vector]) -> PythonValue:
    return len({value for value in columns[0].values if value is not None})


def _concentration(_call: Call, columns: list[Vector]) -> PythonValue:
    """Herfindahl index of the column's shares, 0 to 1."""
    numbers = [number for number, _ in columns[0].numbers() if number > 0]
    whole = sum(numbers)
    return sum((number / whole) ** 2 for number in numbers) if whole else None


def _extreme(sign: int) -> Summary:
    def pick(call: Call, columns: list[Vector]) -> PythonValue:
        ranked = _ranked(columns[0], sign)
        place = call.number(1, 1)
        return columns[0].values[ranked[place - 1]] if place <= len(ranked) else None

    return pick


def _ranked(vector: Vector, sign: int) -> list[int]:
    """Positions of the numbers, largest (sign 1) or smallest (-1) first, ties in row order."""
    places = [at for _, at in vector.numbers()]
    # Exact where the column is: two decimals may be one float.
    return sorted(places, key=lambda at: (-sign * vector.values[at], at))  # type: ignore[operator]


def _name_of_extreme(sign: int) -> Callable[[Call], Operand]:
    """`argmax(name, measure, place)`: the name beside the largest number."""

    def apply(call: Call) -> Operand:
        values = call.vector(1)
        names = values.labels if values.labels is not None else call.vector(0).values
        call.read.update(read_rows(values))
        ranked = _ranked(values, sign)
        place = call.number(2, 1)
        return names[ranked[place - 1]] if place <= len(ranked) else None

    return apply


def _at(call: Call) -> Operand:
    """`at(measure, name, label)`: the one value whose name is `label`."""
    values, names = call.vector(0), call.vector(1)
    label = call.args[2] if len(call.args) > 2 else None
    if isinstance(label, Vector):
        raise FormulaError("at() needs one label, not a column")
    equal = comparison("==")
    found = [at for at, name in enumerate(names.values) if equal(name, label)]
    if len(found) != 1:
        raise FormulaError(f"at() needs exactly one row for {label!r}; there are {len(found)}")
    call.read.update(values.rows[found[0]])
    return values.values[found[0]]


def _cell(call: Call) -> Operand:
    """`cell(column, row)`: the value at a row position, counted from 0."""
    column, row = call.vector(0), call.args[1] if len(call.args) > 1 else None
    if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row < len(column.values):
        raise FormulaError("cell() needs the position of an existing row")
    call.read.update(column.rows[row])
    return column.values[row]


def _rows(call: Call) -> Operand:
    """`rows()`: how many rows there are; with `where=` how many match."""
    mask = call.named.get("where")
    call.read.update(range(call.row_count))
    if isinstance(mask, Vector):
        return sum(value is True for value in mask.values)
    return call.row_count


def _slope(call: Call) -> Operand:
    """`slope(measure, time)`: robust change for one period, by the median over all pairs (of more
    than 126 points, over those of evenly taken ones). `slope(measure, time, 12)` reads only pairs
    that lie whole cycles of 12 periods apart."""
    values, periods = call.vector(0), call.vector(1)
    labels = values.labels if values.labels is not None else periods.values
    axis = time_axis("period", labels) or time_axis("year", labels)
    keys = axis.keys if axis else tuple(number_of(label) for label in labels)
    pairs = [
        (key, number)
        for key, number in zip(keys, map(number_of, values.values), strict=True)
        if key is not None and number is not None
    ]
    if len(pairs) < 2:
        return None
    call.read.update(read_rows(values))
    pairs.sort()
    times, numbers = [key for key, _ in pairs], [number for _, number in pairs]
    cycle = call.number(2, 0)
    return seasonal_slope(times, numbers, cycle) if cycle else theil_sen(times, numbers)


def _groups_to_share(call: Call) -> Operand:
    """`groups_to_share(measure, 0.8)`: the fewest rows that hold that share of the sum."""
    values = call.vector(0)
    goal = number_of(call.args[1]) if len(call.args) > 1 else None  # type: ignore[arg-type]
    numbers = sorted((number for number, _ in values.numbers() if number > 0), reverse=True)
    call.read.update(read_rows(values))
    if goal is None or not numbers:
        return None
    whole, running = sum(numbers), 0.0
    for place, number in enumerate(numbers, 1):
        running += number
        if running >= goal * whole * (1 - 1e-12):
            return place
    return len(numbers)


def _top_sum(call: Call) -> Operand:
    """`top_sum(measure, k)`: the sum of the k largest values."""
    values = call.vector(0)
    call.read.update(read_rows(values))
    ranked = _ranked(values, 1)[: call.number(1, 1)]
    return total([values.values[at] for at in ranked])


def _absolute(call: Call) -> Operand:
    value = call.args[0] if call.args else None
    if isinstance(value, Vector) or value is None:
        return None
    number = number_of(value)
    return None if number is None else (value if number >= 0 else -value)  # type: ignore[operator]


OPERATIONS: Final[Mapping[str, Callable[[Call], Operand]]] = {
    "sum": _summarised(1, _sum),
    "mean": _summarised(1, _mean),
    "median": _summarised(1, _median),
    "weighted_mean": _summarised(2, _weighted_mean),
    "count": _summarised(1, _count),
    "nulls": _summarised(1, _nulls),
    "distinct": _summarised(1, _distinct),
    "concentration": _summarised(1, _concentration),
    "max": _summarised(1, _extreme(1)),
    "min": _summarised(1, _extreme(-1)),
    "argmax": _name_of_extreme(1),
    "argmin": _name_of_extreme(-1),
    "at": _at,
    "cell": _cell,
    "rows": _rows,
    "slope": _slope,
    "groups_to_share": _groups_to_share,
    "top_sum": _top_sum,
    "days_between": days_between,
    "month_of": phase_of("month_of"),
    "quarter_of": phase_of("quarter_of"),
    "weekday_of": phase_of("weekday_of"),
    "hour_of": phase_of("hour_of"),
    "week_of": mapped(week_start),
    "month_start": mapped(month_start),
    "period": period,
    "rate_effect": rate_effect,
    "mix_effect": mix_effect,
    "changes": changes,
    "abs": _absolute,
}
