"""The functions of the formula language. A new one is a function here and a line in OPERATIONS.

Each takes columns, and keywords: `where=` keeps rows for which a comparison holds; `by=` gives one
value for each distinct value of a column, or, for `slope`, orders the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median as plain_median
from typing import Final

from orchestrator_svc.deck.periods import WEEKDAY_NAMES, time_axis
from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.statistics import theil_sen
from orchestrator_svc.facts.vectors import (
    FormulaError,
    Operand,
    Vector,
    comparison,
    groups,
    read_rows,
    total,
)


@dataclass(slots=True)
class Call:
    """One call in a formula: its arguments, and the rows that it turned out to read."""

    name: str
    args: list[Operand]
    named: dict[str, Operand]
    row_count: int
    read: set[int] = field(default_factory=set)

    def vector(self, position: int) -> Vector:
        """The column at `position`, already filtered by `where=`."""
        if position >= len(self.args):
            raise FormulaError(f"{self.name}() needs {position + 1} arguments or more")
        argument = self.args[position]
        if not isinstance(argument, Vector):
            raise FormulaError(f"{self.name}() needs a column as argument {position + 1}")
        mask = self.named.get("where")
        if mask is None:
            return argument
        if not isinstance(mask, Vector):
            raise FormulaError("where= needs a comparison with a column")
        return argument.kept(mask)

    def group_keys(self) -> Vector | None:
        """The column of `by=`, filtered like the arguments; None when there is none."""
        keys = self.named.get("by")
        if keys is None:
            return None
        if not isinstance(keys, Vector):
            raise FormulaError("by= needs a column")
        mask = self.named.get("where")
        return keys.kept(mask) if isinstance(mask, Vector) else keys

    def number(self, position: int, default: int) -> int:
        """The whole number at `position`, or the default."""
        if position >= len(self.args):
            return default
        argument = self.args[position]
        if isinstance(argument, bool) or not isinstance(argument, int) or argument < 1:
            raise FormulaError(f"{self.name}() needs a whole number from 1 there")
        return argument


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
    numbers = vector.numbers()
    return [at for _, at in sorted(numbers, key=lambda pair: (-sign * pair[0], pair[1]))]


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
    """`slope(measure, time)`: robust change for one period, by the median over all pairs."""
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
    return theil_sen([key for key, _ in pairs], [number for _, number in pairs])


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


def _days_between(call: Call) -> Operand:
    """`days_between(earlier, later)`: days from one date to another."""
    first, second = [*call.args, None, None][:2]
    if not isinstance(first, date) or not isinstance(second, date):
        return None
    return second.toordinal() - first.toordinal()


def _phase(kind: str) -> Callable[[Call], Operand]:
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


def week_start(value: PythonValue) -> PythonValue:
    """The Monday of a date's week; NULL for anything else."""
    if not isinstance(value, date):
        return None
    return date.fromordinal(value.toordinal() - value.weekday())


def month_start(value: PythonValue) -> PythonValue:
    """The first day of a date's month; NULL for anything else."""
    return date(value.year, value.month, 1) if isinstance(value, date) else None


def _mapped(read: Callable[[PythonValue], PythonValue]) -> Callable[[Call], Operand]:
    """A function of each value of a column."""

    def apply(call: Call) -> Operand:
        column = call.args[0] if call.args else None
        if not isinstance(column, Vector):
            raise FormulaError(f"{call.name}() needs a column of dates")
        return Vector(tuple(read(value) for value in column.values), column.rows)

    return apply


def _period(call: Call) -> Operand:
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


def _rate_effect(call: Call) -> Operand:
    """`rate_effect(rate, weight, by=group, before=..., after=...)`: the groups' own part.

    The change of a weighted mean is the groups' own changes at middle weights, plus the shift of
    weights at middle rates, which is `mix_effect`. The two add up to the whole change.
    """
    return _effects(call)[0]


def _mix_effect(call: Call) -> Operand:
    """The part of a weighted mean's change that shifting weights made; see `rate_effect`."""
    return _effects(call)[1]


def _effects(call: Call) -> tuple[float | None, float | None]:
    rates, weights, keys = call.vector(0), call.vector(1), call.group_keys()
    before, after = call.named.get("before"), call.named.get("after")
    if keys is None or not isinstance(before, Vector) or not isinstance(after, Vector):
        raise FormulaError(f"{call.name}() needs by=, before= and after=")
    sides = []
    for mask in (before, after):
        sums: dict[PythonValue, tuple[float, float]] = {}
        kept = [at for at, flag in enumerate(mask.values) if flag is True]
        for at in kept:
            rate, weight = number_of(rates.values[at]), number_of(weights.values[at])
            if rate is None or not weight or weight < 0:
                continue
            call.read.add(rates.rows[at][0])
            total_rate, total_weight = sums.get(keys.values[at], (0.0, 0.0))
            sums[keys.values[at]] = (total_rate + rate * weight, total_weight + weight)
        sides.append(sums)
    whole = [sum(weight for _, weight in side.values()) for side in sides]
    if not all(whole):
        return None, None
    own = mix = 0.0
    for group in {**sides[0], **sides[1]}:
        shares = [
            side.get(group, (0.0, 0.0))[1] / all_ for side, all_ in zip(sides, whole, strict=True)
        ]
        known = [side[group][0] / side[group][1] if group in side else None for side in sides]
        first = known[0] if known[0] is not None else known[1] or 0.0
        last = known[1] if known[1] is not None else first
        own += (shares[0] + shares[1]) / 2 * (last - first)
        mix += (first + last) / 2 * (shares[1] - shares[0])
    return own, mix


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
    "days_between": _days_between,
    "month_of": _phase("month_of"),
    "quarter_of": _phase("quarter_of"),
    "weekday_of": _phase("weekday_of"),
    "hour_of": _phase("hour_of"),
    "week_of": _mapped(week_start),
    "month_start": _mapped(month_start),
    "period": _period,
    "rate_effect": _rate_effect,
    "mix_effect": _mix_effect,
    "abs": _absolute,
}
