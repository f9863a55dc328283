"""Numbers of a row that no column holds but two of them, or one in another unit, tell.

A name such as "hours from opened_at to resolved_at" or "talk_secs in hours" is a column like any
other wherever a plan names one, so that it can be averaged, limited, ranked and put in bands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.conversions import factor, plain_unit
from local_workspace.spaces.names import quoted

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, Expression, TableInfo

_SPAN = re.compile(r"(seconds|minutes|hours|days|weeks) from (.+) to (.+)")
_IN = re.compile(r"(.+) in (\S+)")
_SIGNED = re.compile(r"(.+) (less|times|plus) (.+)")
_SIGNS = {"less": "-", "times": "*", "plus": "+"}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}


def span(start: str, end: str, unit: str) -> str:
    """The name of the time between two dates of a row."""
    return f"{unit} from {start} to {end}"


def converted(name: str, unit: str) -> str:
    """The name of a column (or measure) told in another unit."""
    if match := _SPAN.fullmatch(name):
        return span(match.group(2), match.group(3), unit)
    return f"{name} in {unit}"


def combined(one: str, sign: str, other: str) -> str:
    """The name of one column less (or times) another."""
    return f"{one} {sign} {other}"


def computed(table: TableInfo, name: str) -> ColumnInfo | None:
    """The column of that name made of others; None when the name is of none."""
    return _span_of(table, name) or _in_unit(table, name) or _combined(table, name)


def in_other_unit(measures: tuple[Expression, ...], name: str) -> Expression | None:
    """The measure of that name told in another unit; None when the name is of none."""
    match = _IN.fullmatch(name)
    own = next((m for m in measures if match and m.name == match.group(1)), None)
    times = factor(own.unit or "", match.group(2)) if own and match else None
    if own is None or match is None or times is None:
        return None
    template = _scaled(f"({own.template})", times)
    told = f"{own.description or own.name}, {said(own.unit or '', match.group(2))}"
    return replace(own, name=name, template=template, unit=match.group(2), description=told)


def said(own: str, wanted: str) -> str:
    """ "3,600 seconds being 1 hour": how one unit was turned into the other."""
    times = factor(own, wanted) or 1.0
    many, one, count = (own, wanted, 1 / times) if times <= 1 else (wanted, own, times)
    return f"{count:,.10g} {many} being 1 {one.removesuffix('s') if one.islower() else one}"


def _span_of(table: TableInfo, name: str) -> ColumnInfo | None:
    match = _SPAN.fullmatch(name)
    if match is None:
        return None
    unit, first, last = match.groups()
    start, end = table.columns.get(first), table.columns.get(last)
    if start is None or end is None:
        return None
    one, other = "{t}" + quoted(start.name), "{t}" + quoted(end.name)
    families = {start.family, end.family}
    # A date has no time of day, so that only whole days lie between it and a moment.
    whole = len(families) > 1 and unit in ("days", "weeks")
    if "timestamp" in families and not whole:
        template = _scaled(f"timestampdiff(SECOND, {one}, {other})", 1 / _SECONDS[unit])
    else:
        template = _scaled(f"datediff({other}, {one})", 86400 / _SECONDS[unit])
    return replace(
        end, name=name, label=f"{unit} from {start.label} to {end.label}", family="number",
        role="measure", type_name="DOUBLE", unit=unit, aggregate="avg", synonyms=(),
        description="", nulls=max(start.nulls, end.nulls), first=None, last=None,
        template=template, made_of=(start.name, end.name),
    )  # fmt: skip


def _in_unit(table: TableInfo, name: str) -> ColumnInfo | None:
    match = _IN.fullmatch(name)
    name_said = match.group(1) if match else ""
    own = table.columns.get(name_said) or _combined(table, name_said)
    if own is None or match is None or own.role != "measure":
        return None
    unit = match.group(2)
    times = factor(unit_of(own), unit)
    if times is None:
        return None
    low, high = (v * times if v is not None else None for v in (own.low, own.high))
    return replace(
        own, name=name, label=_label(own, unit), family="number", type_name="DOUBLE", unit=unit,
        synonyms=(), low=low, high=high,
        template=_scaled(own.template or "{t}" + quoted(own.name), times),
        made_of=own.made_of or (own.name,), converted=said(unit_of(own), unit),
    )  # fmt: skip


def _combined(table: TableInfo, name: str) -> ColumnInfo | None:
    match = _SIGNED.fullmatch(name)
    sides = [table.columns.get(match.group(n)) for n in (1, 3)] if match else []
    if match is None or None in sides:
        return None
    one, other = (side for side in sides if side is not None)
    sign = match.group(2)
    sums = "sum" in (one.aggregate, other.aggregate) or sign == "times"
    template = f"({{t}}{quoted(one.name)} {_SIGNS[sign]} {{t}}{quoted(other.name)})"
    unit = one.unit if sign != "times" and one.unit == other.unit else None
    if sign == "times":
        unit = next((u for u in (one.unit, other.unit) if u and u.isupper()), None)
    return replace(
        one, name=name, label=f"{one.label} {sign} {other.label}", family="number",
        type_name="DOUBLE", unit=unit, aggregate="sum" if sums else "avg", synonyms=(),
        description="", nulls=max(one.nulls, other.nulls), low=None, high=None,
        template=template, made_of=(one.name, other.name),
    )  # fmt: skip


def unit_of(column: ColumnInfo) -> str:
    """The unit of a column in its plain form, from its name where nothing else tells it."""
    words = column.label.lower().split()
    told = next((word for word in (words[-1], words[0]) if word in _TOLD), "") if words else ""
    return plain_unit(column.unit or told)


_TOLD = frozenset({"minutes", "hours", "days", "seconds", "miles", "weeks", "years"})


def _label(column: ColumnInfo, unit: str) -> str:
    """ "handling in hours" of "handling seconds"."""
    words = column.label.split()
    kept = [w for w in words if plain_unit(w) != unit_of(column)] or words
    return f"{' '.join(kept)} in {unit}"


def _scaled(sql: str, times: float) -> str:
    if times == 1:
        return sql
    return f"({sql} / {1 / times:.10g})" if times < 1 else f"({sql} * {times:.10g})"
