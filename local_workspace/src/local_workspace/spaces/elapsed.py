# ruff: noqa: S608 - names are quoted identifiers of our own catalogue
"""Which dates of a row follow one another, so that the time between them is how long it took."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from local_workspace.spaces.catalog import ColumnInfo

_MOST_DATES = 8
_IN_ORDER = 0.02
"""Of the rows, so many may have the two dates the other way round: slips, not another order."""
_BIRTH = frozenset({"birth", "born", "birthday", "dob", "birthdate"})
"""From there on people grow old, which is no time that a row takes."""
_UNITS = (("minutes", 3 * 3600), ("hours", 72 * 3600))
"""What a usual time is told in while it is shorter than that; the rest in days."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """`end` follows `start`; nobody having said a unit, the time between is told in `unit`."""

    start: str
    end: str
    unit: str


def elapsed(
    table: str, columns: Sequence[ColumnInfo], cursor: duckdb.DuckDBPyConnection
) -> tuple[Elapsed, ...]:
    """The pairs of dates (or of times) of the table's rows that come one after the other."""
    found: list[Elapsed] = []
    for family in ("date", "timestamp"):
        times = [c for c in columns if c.role == "time" and c.family == family]
        times = [c for c in times if not _BIRTH & set(c.label.lower().split())]
        pairs = list(itertools.combinations(times[:_MOST_DATES], 2))
        if not pairs:
            continue
        row = cursor.execute(
            f"SELECT {', '.join(map(_measured, pairs))} FROM {_id(table)}"
        ).fetchone()
        assert row is not None
        for place, (one, other) in enumerate(pairs):
            known, before, after, usual = row[4 * place : 4 * place + 4]
            if not known:
                continue
            unit = _unit(abs(float(usual or 0))) if family == "timestamp" else "days"
            if after and before <= known * _IN_ORDER:
                found.append(Elapsed(one.name, other.name, unit))
            elif before and after <= known * _IN_ORDER:
                found.append(Elapsed(other.name, one.name, unit))
    return tuple(found)


def _measured(pair: tuple[ColumnInfo, ColumnInfo]) -> str:
    """How many rows have both, have them in either order, and the usual seconds between."""
    one, other = (_id(column.name) for column in pair)
    return (
        f"count(*) FILTER ({one} IS NOT NULL AND {other} IS NOT NULL), "
        f"count(*) FILTER ({other} < {one}), count(*) FILTER ({other} > {one}), "
        f"approx_quantile(date_diff('second', {one}, {other}), 0.5)"
    )


def _unit(seconds: float) -> str:
    return next((unit for unit, limit in _UNITS if seconds < limit), "days")


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
