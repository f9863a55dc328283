# ruff: noqa: S608 - names are quoted identifiers of our own catalogue
"""Figures of the same things over time: what only repeats on every row, and what runs up.

The population of a country stands on each of its days, and `total_cases` is the sum of the
`new_cases` so far: neither adds up over rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure
from local_workspace.spaces.names import quoted

if TYPE_CHECKING:
    import duckdb

    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_SO_FAR = re.compile(r"^(?:total|cumulative|cum|cumulated|accumulated) (.+)$")
_EACH = ("new", "daily", "weekly", "monthly")
_FLOWS = frozenset(
    {"plan", "planned", "budget", "budgeted", "target", "forecast", "quota", "goal", "contracted"}
    | {"hours", "hrs", "minutes", "rent", "fee", "fees", "salary", "wage", "wages", "pay", "cost"}
    | {"costs", "amount", "revenue", "sales", "allowance", "subscription", "due", "paid"}
)
"""What is so much for each period, and adds up though it is the same each time."""
_SIZES = frozenset(
    {"population", "inhabitants", "residents", "people", "households", "area", "surface", "size"}
    | {"capacity", "seats", "beds", "rooms", "places", "sqm", "staff", "employees", "headcount"}
    | {"gdp", "land", "dwellings", "members", "pupils", "students", "enrolment", "fleet"}
)
"""What a thing simply has. Planned hours of each week repeat too, and do add up."""
_MANY = 3
"""With fewer rows of each thing, values that repeat may repeat by chance."""


def running_totals(table: TableInfo) -> dict[str, str]:
    """By name the columns that add up another one so far, and that other one."""
    labels = {in_english(c.label.lower()): c for c in table.columns.values() if _is_number(c)}
    found: dict[str, str] = {}
    for label, column in labels.items():
        so_far = _SO_FAR.match(label)
        each = [labels[f"{word} {so_far.group(1)}"] for word in _EACH
                if so_far and f"{word} {so_far.group(1)}" in labels]  # fmt: skip
        if each and table.time and (column.high or 0) >= (each[0].high or 0):
            found[column.name] = each[0].name
    return found


def words_of_parts(column: ColumnInfo, table: TableInfo) -> list[str]:
    """What a column is called that another one adds up so far: its sum is their total."""
    told: list[str] = []
    for total, each in running_totals(table).items():
        if each == column.name:
            label = in_english(table.columns[total].label.lower())
            so_far = _SO_FAR.match(label)
            told += [label, so_far.group(1)] if so_far else [label]
    return told


def repeated(table: TableInfo, connection: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """The sizes that stand on every row of a thing, and whether no two things share one."""
    thing = _thing(table, connection)
    if thing is None:
        return {}
    found: dict[str, bool] = {}
    owner = _id(thing.name)
    for column in table.columns.values():
        if not _is_number(column) or column.distinct > thing.distinct * 1.1:
            continue
        if _FLOWS & set(in_english(column.label.lower()).split()):
            continue
        name = _id(column.name)
        row = connection.execute(
            f"SELECT max(n), count(*), (SELECT count(DISTINCT {name}) FROM {_id(table.name)}) FROM "
            f"(SELECT count(DISTINCT {name}) AS n FROM {_id(table.name)} GROUP BY {owner})"
        ).fetchone()
        if row and row[0] == 1 and row[2] > 1 and _SIZES & set(column.label.lower().split()):
            found[column.name] = row[1] == row[2]
    return found


def repeated_measures(table: TableInfo, told: dict[str, bool]) -> list[Measure]:
    """The total of each such number, counted once a thing."""
    return [
        Measure(name=table.columns[name].label, table=table.name,
                sql=f"sum(DISTINCT {quoted(name)})",
                synonyms=[f"total {table.columns[name].label}"], unit=table.columns[name].unit,
                description="what repeats on the rows of each, counted once")
        for name, apart in told.items()
        if apart
    ]  # fmt: skip


def _thing(table: TableInfo, connection: duckdb.DuckDBPyConnection) -> ColumnInfo | None:
    """The column whose things have one row at each time."""
    if table.time is None or table.key is not None or not table.rows:
        return None
    for column in table.columns.values():
        few = 1 < column.distinct <= table.rows / _MANY
        if column.family != "text" or column.nulls or not few:
            continue
        pair = f"({_id(column.name)}, {_id(table.time)})"
        row = connection.execute(
            f"SELECT count(DISTINCT {pair}) = count(*) FROM {_id(table.name)}"
        ).fetchone()
        if row and row[0]:
            return column
    return None


def _is_number(column: ColumnInfo) -> bool:
    return column.role == "measure" and column.family in ("integer", "number")


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
