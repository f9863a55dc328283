# ruff: noqa: S608 - names are quoted identifiers of our own catalogue
"""Reading what the data of a space holds: types, values, ranges, row counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from local_workspace.spaces.catalog import (
    Catalog,
    ColumnInfo,
    Expression,
    Family,
    JoinInfo,
    TableInfo,
)
from local_workspace.spaces.elapsed import elapsed
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.main_time import main_time
from local_workspace.spaces.names import bare_words, label_and_unit, quoted, spoken
from local_workspace.spaces.roles import default_aggregate, guess_role
from local_workspace.spaces.row_names import row_names
from local_workspace.spaces.shortening import full_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb

    from local_workspace.spaces.model import Column, Space, Table

MAX_INDEXED_VALUES = 5_000
_MANY_FRACTIONS = 10
_CHUNK = 200
_FAMILIES: dict[str, Family] = {
    "BOOLEAN": "bool",
    "DATE": "date",
    "DOUBLE": "number",
    "FLOAT": "number",
    "VARCHAR": "text",
    "UUID": "text",
    "ENUM": "text",
    "TINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "UTINYINT": "integer",
    "USMALLINT": "integer",
    "UINTEGER": "integer",
    "UBIGINT": "integer",
}


class SpaceDataError(ValueError):
    """The space and the data disagree; `location` is where in the space file."""

    def __init__(self, location: tuple[int | str, ...], message: str) -> None:
        self.location = location
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Stats:
    rows: int
    filled: int
    distinct: int
    low: Any
    high: Any


def profile_space(space: Space, connection: duckdb.DuckDBPyConnection) -> Catalog:
    """Return `space` with what its tables hold; raises SpaceDataError where they disagree."""
    types = {
        table.name: _types(number, table, connection) for number, table in enumerate(space.tables)
    }
    rows = row_names(types)
    listed = {t.row or rows[t.name]: [" ".join(bare_words(c)) for c in types[t.name]]
              for t in space.tables}  # fmt: skip
    told = full_forms(listed)
    rows = row_names(types, told)
    tables = {
        table.name: _profile_table(
            number, table, types[table.name], rows[table.name], told, connection
        )
        for number, table in enumerate(space.tables)
    }
    joins = _profile_joins(space, tables, connection)
    return Catalog(
        space=space,
        tables=tables,
        joins=joins,
        measures=tuple(
            _expression(("measures", number), item, tables)
            for number, item in enumerate(space.measures)
        ),
        filters=tuple(
            _expression(("filters", number), item, tables)
            for number, item in enumerate(space.filters)
        ),
        dimensions=tuple(
            _expression(("dimensions", number), item, tables)
            for number, item in enumerate(space.dimensions)
        ),
    )


def family_of(type_name: str) -> Family:
    """The family of a DuckDB type; joins and defaults compare families, not types."""
    base = type_name.split("(", maxsplit=1)[0].upper()
    if base.startswith("TIMESTAMP"):
        return "timestamp"
    return "number" if base == "DECIMAL" else _FAMILIES.get(base, "other")


def _types(number: int, table: Table, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    try:
        described = connection.cursor().execute(f"DESCRIBE SELECT * FROM {_id(table.name)}")
        return {str(row[0]): str(row[1]) for row in described.fetchall()}
    except Exception as error:
        say = f"table '{table.name}' is not in the data"
        raise SpaceDataError(("tables", number, "name"), say) from error


def _profile_table(
    number: int,
    table: Table,
    types: dict[str, str],
    row: str,
    told: Mapping[str, str],
    connection: duckdb.DuckDBPyConnection,
) -> TableInfo:
    cursor = connection.cursor()
    written = {column.name: column for column in table.columns}
    for place, column in enumerate(table.columns):
        if column.name not in types:
            say = f"table '{table.name}' has no column '{column.name}' (it has {', '.join(types)})"
            raise SpaceDataError(("tables", number, "columns", place, "name"), say)
    stats = _stats(table.name, types, cursor)
    columns = {
        name: _column(table.name, name, kind, stats[name], written.get(name), told, cursor)
        for name, kind in types.items()
    }
    for field in ("label", "time"):
        name = getattr(table, field)
        if name is not None and name not in types:
            say = f"table '{table.name}' has no column '{name}'"
            raise SpaceDataError(("tables", number, field), say)
    rows = next(iter(stats.values())).rows if stats else 0
    timed = [c for c in columns.values() if c.role == "time"]
    times = [c.name for c in sorted(timed, key=lambda c: c.family == "integer")]
    hours = [c.name for c in columns.values() if c.role == "hour"]
    keys = [
        c.name
        for c in columns.values()
        if rows and c.nulls == 0 and c.role in ("id", "dimension") and _unique(c, rows)
    ]
    key = keys[0] if keys else None
    return TableInfo(
        name=table.name,
        row=table.row or row,
        rows=rows,
        columns=columns,
        synonyms=tuple(table.synonyms),
        description=table.description,
        label=table.label,
        time=table.time or main_time(times, columns, row),
        hour=hours[0] if hours else None,
        key=key,
        names=_names(table, columns.get(key or ""), cursor),
        elapsed=elapsed(table.name, list(columns.values()), cursor),
    )


def _names(
    table: Table, key: ColumnInfo | None, cursor: duckdb.DuckDBPyConnection
) -> dict[str, str]:
    if key is None or not table.label or not key.values or key.name == table.label:
        return {}
    pairs = cursor.execute(
        f"SELECT {_id(key.name)}::VARCHAR, {_id(table.label)}::VARCHAR FROM {_id(table.name)} "
        f"WHERE {_id(table.label)} IS NOT NULL LIMIT {MAX_INDEXED_VALUES}"
    ).fetchall()
    return {str(code): str(label) for code, label in pairs}


def _unique(column: ColumnInfo, rows: int) -> bool:
    return column.distinct >= rows * 0.97


def _stats(
    table: str, types: dict[str, str], cursor: duckdb.DuckDBPyConnection
) -> dict[str, _Stats]:
    found: dict[str, _Stats] = {}
    for chunk in _chunks(list(types), _CHUNK):
        parts = ["count(*)"]
        for name in chunk:
            column = _id(name)
            ordered = family_of(types[name]) in ("integer", "number", "date", "timestamp")
            low, high = (f"min({column})", f"max({column})") if ordered else ("NULL", "NULL")
            parts += [f"count({column})", f"approx_count_distinct({column})", low, high]
        row = cursor.execute(f"SELECT {', '.join(parts)} FROM {_id(table)}").fetchone()
        assert row is not None
        for place, name in enumerate(chunk):
            found[name] = _Stats(row[0], *row[1 + 4 * place : 5 + 4 * place])
    return found


def _column(
    table: str,
    name: str,
    type_name: str,
    stats: _Stats,
    written: Column | None,
    told: Mapping[str, str],
    cursor: duckdb.DuckDBPyConnection,
) -> ColumnInfo:
    family = family_of(type_name)
    plain, unit = label_and_unit(name, told)
    label = (written.label if written else None) or plain
    role = (written.role if written else None) or guess_role(
        name, family, stats.rows, stats.distinct
    )
    years = _holds_years(name, family, stats)
    if years and not (written and written.role):
        role = "time"
    values: tuple[str, ...] = ()
    if family == "text" and role != "hidden" and stats.distinct <= MAX_INDEXED_VALUES * 1.2:
        column = _id(name)
        rows = cursor.execute(
            f"SELECT {column}::VARCHAR, count(*) FROM {_id(table)} WHERE {column} IS NOT NULL "
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MAX_INDEXED_VALUES}"
        ).fetchall()
        values = tuple(str(row[0]) for row in rows)
    timed = family in ("date", "timestamp")
    numeric = family in ("integer", "number") and stats.low is not None
    return ColumnInfo(
        table=table,
        name=name,
        label=label,
        family=family,
        role=role,
        type_name=type_name,
        unit=(written.unit if written else None) or unit,
        aggregate=(written.aggregate if written else None)
        or default_aggregate(name, label, fractions=_fractions(family, unit, stats)),
        synonyms=tuple(written.synonyms) if written else (),
        description=written.description if written else "",
        distinct=len(values) if values else stats.distinct,
        nulls=stats.rows - stats.filled,
        values=values,
        value_words={k: tuple(v) for k, v in written.values.items()} if written else {},
        first=date(int(stats.low), 1, 1) if years else _date(stats.low) if timed else None,
        last=date(int(stats.high), 12, 31) if years else _date(stats.high) if timed else None,
        low=float(stats.low) if numeric else None,
        high=float(stats.high) if numeric else None,
    )


def _fractions(family: Family, unit: str | None, stats: _Stats) -> bool:
    """Whether many different values lie between 0 and 1 and are in no unit."""
    if family != "number" or unit or stats.low is None or stats.distinct < _MANY_FRACTIONS:
        return False
    return float(stats.low) >= 0 and float(stats.high) <= 1


def _holds_years(name: str, family: Family, stats: _Stats) -> bool:
    """Whether whole numbers are calendar years, so that questions about time can use them."""
    if family != "integer" or stats.low is None:
        return False
    named = in_english(spoken(name)) in ("year", "calendar year", "fiscal year")
    return named and int(stats.low) >= 1700 and int(stats.high) <= 2200


def _profile_joins(
    space: Space, tables: dict[str, TableInfo], connection: duckdb.DuckDBPyConnection
) -> tuple[JoinInfo, ...]:
    cursor = connection.cursor()
    targets = [join.one.split(".")[0] for join in space.joins]
    joins: list[JoinInfo] = []
    for number, written in enumerate(space.joins):
        join = JoinInfo.of(written)
        for side, table, column in (
            ("many", join.many, join.many_column),
            ("one", join.one, join.one_column),
        ):
            if column not in tables[table].columns:
                say = f"table '{table}' has no column '{column}'"
                raise SpaceDataError(("joins", number, side), say)
        one, key = _id(join.one), _id(join.one_column)
        row = cursor.execute(f"SELECT count({key}), count(DISTINCT {key}) FROM {one}").fetchone()
        assert row is not None
        if row[0] != row[1]:
            say = (
                f"'{join.one}.{join.one_column}' is not unique, so this join would multiply rows; "
                "join to a table with one row per key"
            )
            raise SpaceDataError(("joins", number, "one"), say)
        shared = targets.count(join.one) > 1
        values = _occurring(join, tables, cursor) if shared else {}
        row = cursor.execute(
            f"SELECT count(o.{key}) / nullif(count(*), 0) FROM {_id(join.many)} m "
            f"LEFT JOIN {one} o ON m.{_id(join.many_column)} = o.{key}"
        ).fetchone()
        matched = float(row[0]) if row and row[0] is not None else 1.0
        joins.append(replace(join, shared=shared, values=values, matched=matched))
    return tuple(joins)


def _occurring(
    join: JoinInfo, tables: dict[str, TableInfo], cursor: duckdb.DuckDBPyConnection
) -> dict[str, frozenset[str]]:
    """For each text column of a shared table, the values this role really reaches."""
    texts = [c.name for c in tables[join.one].columns.values() if c.values]
    found: dict[str, frozenset[str]] = {}
    for name in texts:
        rows = cursor.execute(
            f"SELECT DISTINCT o.{_id(name)} FROM {_id(join.one)} o WHERE o.{_id(join.one_column)} "
            f"IN (SELECT {_id(join.many_column)} FROM {_id(join.many)}) "
            f"AND o.{_id(name)} IS NOT NULL"
        ).fetchall()
        found[name] = frozenset(str(row[0]) for row in rows)
    return found


def _expression(
    location: tuple[int | str, ...], item: Any, tables: dict[str, TableInfo]
) -> Expression:
    """Mark columns and aggregates so that a translation can qualify and filter them."""
    tree = sqlglot.parse_one(item.sql, read="databricks")
    known = {name.lower(): name for name in tables[item.table].columns}
    for column in tree.find_all(exp.Column):
        if column.table and column.table != item.table:
            say = f"'{column.sql()}' is of another table; use columns of '{item.table}' only"
            raise SpaceDataError((*location, "sql"), say)
        if column.name.lower() not in known:
            have = ", ".join(known.values())
            say = f"table '{item.table}' has no column '{column.name}' (it has {have})"
            raise SpaceDataError((*location, "sql"), say)

    def named(node: Any) -> Any:
        if isinstance(node, exp.Column):
            return exp.Var(this="{t}" + quoted(known[node.name.lower()]))
        return node

    def aggregate(node: Any) -> Any:
        if isinstance(node, exp.AggFunc):
            return exp.Var(this=node.sql(dialect="databricks") + "{f}")
        return node

    marked: Any = tree.transform(named).transform(aggregate)
    if isinstance(marked, exp.Add | exp.Sub) and not hasattr(item, "opposites"):
        marked = exp.Paren(this=marked)  # it may be divided by something
    return Expression(
        name=item.name,
        table=item.table,
        template=marked.sql(dialect="databricks"),
        synonyms=tuple(item.synonyms),
        opposites=tuple(getattr(item, "opposites", ())),
        description=item.description,
        unit=getattr(item, "unit", None),
        format=getattr(item, "format", "number"),
        additive=getattr(item, "additive", True),
    )


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _chunks(items: list[str], size: int) -> Iterator[list[str]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
