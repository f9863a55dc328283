"""Which figure of a fact belongs to which name: `first_value` is the value of `first`.

The first word of a value's name tells: `peak` and `peak_period`, `first` and `first_value`. A
trailing digit does too: `share1` and `day1`. A fact with a single name gives it all its figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from aislides.deck.v1.fact_pb2 import Fact, FactValue, FormatKind, TimeGrain

from orchestrator_svc.deck.values import PythonValue, number_of, to_python

_NAMING = {
    FormatKind.FORMAT_KIND_NAME,
    FormatKind.FORMAT_KIND_DATE,
    FormatKind.FORMAT_KIND_HOUR,
    FormatKind.FORMAT_KIND_UNSPECIFIED,
}
_HOUR, _DATE = FormatKind.FORMAT_KIND_HOUR, FormatKind.FORMAT_KIND_DATE
_PERIODS = {_HOUR, _DATE}
_OF_SEVERAL = {"gap", "swing", "ratio", "change", "slope", "pace", "lead", "mean", "total"}
_OF_SEVERAL |= {"usual", "ranked", "minimum", "median", "overall", "hhi", "groups"}

GROUP_COUNTS = frozenset(("few", "groups", "ranked", "rose", "fell", "left"))
"""Values that say how many groups there are of a kind, and so count nothing that is measured."""


def is_name(value: FactValue) -> bool:
    """Whether the value names a group or period, so that figures can belong to it."""
    return value.format.kind in _NAMING


def is_period(value: FactValue) -> bool:
    """Whether the value names a period of time."""
    return value.format.kind in _PERIODS


def entity_key(value: FactValue) -> str:
    """What the values of one entity share in their names."""
    return _key(value.name)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    digit = re.search(r"\d+$", name)
    return digit[0] if digit else name.split("_", maxsplit=1)[0]


def name_for(fact: Fact, value: FactValue) -> FactValue | None:
    """The name that a figure belongs to; None for figures about several, such as a gap."""
    return value if is_name(value) else _owner(value.name, _names(fact))


def _names(fact: Fact) -> list[FactValue]:
    return [one for one in fact.values if one.format.kind in _NAMING]


def _owner(figure: str, names: Sequence[FactValue]) -> FactValue | None:
    key = _key(figure)
    for name in names:
        if _key(name.name) == key:
            return name
    return names[0] if len(names) == 1 and key not in _OF_SEVERAL else None


def figures_of(fact: Fact, value: FactValue) -> Iterator[FactValue]:
    """The figures of the entity that the value names or belongs to."""
    if not is_name(value):
        yield value
        return
    names, own = _names(fact), value.name
    for one in fact.values:
        if not is_name(one) and (found := _owner(one.name, names)) and found.name == own:
            yield one


def mates(fact: Fact, value: FactValue) -> set[str]:
    """Names of all values of the same entity, the value itself included."""
    name = name_for(fact, value)
    if name is None:
        return {value.name}
    figures = {one.name for one in figures_of(fact, name)}
    return figures | {name.name, value.name}


def number(value: FactValue) -> float | None:
    """The value as a number, None for names."""
    return None if is_name(value) else number_of(to_python(value.value))


def main_number(fact: Fact, value: FactValue) -> FactValue | None:
    """The figure to compare: the value itself, or for a name its first figure."""
    return next(figures_of(fact, value), None)


def same_unit(one: FactValue, other: FactValue) -> bool:
    """Whether two figures can be compared: the same kind and unit, changes aside."""
    return _unit(one) == _unit(other)


def months_and_hours(values: Sequence[FactValue]) -> tuple[set[int], set[int]]:
    """Months (1 to 12) and hours (0 to 23) that the values name."""
    months, hours = set(), set()
    for value in values:
        kind = value.format.kind
        if kind not in _PERIODS:
            continue
        exact = to_python(value.value)
        if kind == _DATE:
            months |= _months(exact, value.format.grain)
        elif (hour := number_of(exact)) is not None:
            hours.add(int(hour))
    return months, hours


def moment(value: FactValue) -> float | None:
    """Where a period stands in time, for ordering periods of one kind; None for other values."""
    if not is_period(value):
        return None
    exact = to_python(value.value)
    if isinstance(exact, date):
        return float(exact.toordinal())
    found = number_of(exact)
    if found is not None:
        return found
    digits = re.findall(r"\d+", str(exact))
    return float("".join(part.zfill(2) for part in digits)) if digits else None


def months_between(one: FactValue, other: FactValue) -> float | None:
    """Months from one period to another; None where a period is no date."""
    first, last = to_python(one.value), to_python(other.value)
    if isinstance(first, date) and isinstance(last, date):
        return (last.toordinal() - first.toordinal()) / 30.44
    if one.format.grain == TimeGrain.TIME_GRAIN_YEAR == other.format.grain:
        begin, end = number_of(first), number_of(last)
        return (end - begin) * 12 if begin is not None and end is not None else None
    return None


def _months(exact: PythonValue, grain: TimeGrain.ValueType) -> set[int]:
    if isinstance(exact, date):
        if grain == TimeGrain.TIME_GRAIN_QUARTER:
            return {exact.month, exact.month + 1, exact.month + 2}
        return {exact.month} if grain != TimeGrain.TIME_GRAIN_YEAR else set()
    plain = number_of(exact)
    if plain is not None and grain == TimeGrain.TIME_GRAIN_QUARTER and 1 <= plain <= 4:
        return {int(plain) * 3 - 2, int(plain) * 3 - 1, int(plain) * 3}
    if plain is not None:
        return {int(plain)} if grain == TimeGrain.TIME_GRAIN_MONTH and 1 <= plain <= 12 else set()
    written = re.match(r"\d{4}-(\d{2})", str(exact))
    return {int(written[1])} if written else set()


def _unit(value: FactValue) -> tuple[str, str]:
    kind = FormatKind.Name(value.format.kind)
    if kind == "FORMAT_KIND_PERCENTAGE_POINT":
        kind = "FORMAT_KIND_PERCENT"
    if kind in ("FORMAT_KIND_COUNT", "FORMAT_KIND_CURRENCY"):
        kind = "FORMAT_KIND_NUMBER"
    return kind, value.format.unit
