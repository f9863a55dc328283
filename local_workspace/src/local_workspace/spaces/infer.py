# ruff: noqa: S608 - names are quoted identifiers of our own catalogue
"""A space for tables nobody has described: labels and joins guessed from the data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from local_workspace.spaces.endings import ended_filters, recurring_measures
from local_workspace.spaces.flags import is_counted_flag
from local_workspace.spaces.flows import adds_up
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.idioms import column_synonyms, filters, measures, row_synonyms
from local_workspace.spaces.model import (
    Aggregate,
    Column,
    Join,
    Measure,
    NamedFilter,
    Role,
    Space,
    Table,
)
from local_workspace.spaces.names import singular_phrase, snake
from local_workspace.spaces.panels import (
    repeated,
    repeated_measures,
    running_totals,
    words_of_parts,
)
from local_workspace.spaces.parts_of import order_counts
from local_workspace.spaces.profile import profile_space
from local_workspace.spaces.roles import default_aggregate
from local_workspace.spaces.row_by_key import is_log, is_of_one, row_of
from local_workspace.spaces.signatures import nouns_by_columns
from local_workspace.spaces.spending import budget_filters, spend_measures
from local_workspace.spaces.stock_levels import stock_filters, stock_measures
from local_workspace.spaces.takings import takings
from local_workspace.spaces.timeliness import timely_filters, timely_measures
from local_workspace.spaces.two_ways import two_way_measures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb

    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo

_SAME_NAME = 0.7
_SAME_VALUES = 0.9
_MANY = 0.5
"""With fewer rows than that beside those of the key, values that fit may fit by chance."""


def infer_space(name: str, tables: Sequence[str], connection: duckdb.DuckDBPyConnection) -> Space:
    """Return a space over `tables` with labels and joins guessed from names and values."""
    bare = Space(name=_slug(name), title=name, tables=[Table(name=table) for table in tables])
    catalog = profile_space(bare, connection)
    joins = _joins(catalog, connection)
    named = {info.name: _named(info) for info in catalog.tables.values()}
    catalog = replace(catalog, tables=named)
    told = {info.name: repeated(info, connection) for info in named.values()}
    made = {name: repeated_measures(named[name], columns) for name, columns in told.items()}
    return bare.model_copy(
        update={
            "tables": [_table(info, told[info.name]) for info in named.values()],
            "joins": joins,
            "measures": _free(
                catalog,
                lambda table: [*_measures(table), *made[table.name], *_orders(table, catalog)],
            ),
            "filters": _free(catalog, _filters),
        }
    )


def _measures(table: TableInfo) -> list[Measure]:
    made = [*measures(table), *timely_measures(table), *takings(table)]
    made += [*stock_measures(table), *recurring_measures(table)]
    return [*made, *two_way_measures(table), *spend_measures(table)]


def _orders(table: TableInfo, catalog: Catalog) -> list[Measure]:
    return order_counts(table, {t.row for t in catalog.tables.values() if t.name != table.name})


def _filters(table: TableInfo) -> list[NamedFilter]:
    made = [*filters(table), *timely_filters(table)]
    return [*made, *stock_filters(table), *ended_filters(table), *budget_filters(table)]


def _free(catalog: Catalog, make: Callable[[TableInfo], list[Any]]) -> list[Any]:
    """The made items of every table, keeping the first of each name."""
    found: dict[str, Any] = {}
    for info in catalog.tables.values():
        for item in make(info):
            found.setdefault(item.name, item)
    return list(found.values())


def _slug(name: str) -> str:
    slug = snake(name).strip("_")[:63]
    return slug if slug[:1].isalpha() else f"space_{slug}"[:63]


def _named(info: TableInfo) -> TableInfo:
    """The table with the noun of its rows and the column of their names."""
    label = _label(info)
    return replace(info, row=row_of(info, label), label=label)


def _table(info: TableInfo, told: dict[str, bool]) -> Table:
    totals = running_totals(info)
    return Table(
        name=info.name,
        row=info.row,
        label=info.label,
        synonyms=_other_rows(info),
        columns=[
            Column(
                name=column.name,
                role=_role(column, totals),
                aggregate=_aggregate(column, info, told),
                synonyms=[*column_synonyms(column, info), *words_of_parts(column, info)],
            )
            for column in info.columns.values()
        ],
    )


def _role(column: ColumnInfo, totals: dict[str, str]) -> Role:
    if column.name in totals:
        return "hidden"
    return "dimension" if is_counted_flag(column) else column.role


def _aggregate(column: ColumnInfo, info: TableInfo, told: dict[str, bool]) -> Aggregate | None:
    if column.name in told and column.aggregate == "sum":
        return "max"
    return adds_up(column, info) or _told_aggregate(column)


def _told_aggregate(column: ColumnInfo) -> Aggregate | None:
    """How a number adds up where its values told so and no name: its owner should see that."""
    measured = column.role == "measure" and not is_counted_flag(column)
    by_name = default_aggregate(column.name.replace("%", ""), column.label)
    return column.aggregate if measured and column.aggregate != by_name else None


def _other_rows(info: TableInfo) -> list[str]:
    """Other words for a row."""
    if not is_of_one(info):
        return list(dict.fromkeys([*row_synonyms(info), *nouns_by_columns(info)]))
    kind = info.row.split(" ")[-2]
    return [f"{kind} entry", "entry"] if is_log(info) else []


def _label(info: TableInfo) -> str | None:
    """The column that names the entity: "name", "<entity> name", "title", unique if it can be."""
    entity = singular_phrase(in_english(info.row))
    row = entity.split(" ")[-1]
    told = (f"{row} description", f"{entity} description", "description")
    for wanted in ("name", f"{row} name", f"{entity} name", f"{row} title", "title", row, *told):
        for column in info.columns.values():
            named = in_english(column.label.lower()) == wanted
            if column.family == "text" and named and _names(column, info):
                return column.name
    for column in info.columns.values():
        named = column.family == "text" and in_english(column.label.lower()).endswith(" name")
        if named and _names(column, info):
            return column.name
    for column in info.columns.values():
        if column.label.lower().endswith(" description") and _names(column, info):
            return column.name
    return None


def _names(column: ColumnInfo, info: TableInfo) -> bool:
    """Whether the column tells rows apart, so that it can name them."""
    return column.distinct >= 0.9 * info.rows


def _joins(catalog: Catalog, connection: duckdb.DuckDBPyConnection) -> list[Join]:
    found: list[tuple[ColumnInfo, ColumnInfo]] = []
    for one in catalog.tables.values():
        key = _key(one, connection)
        if key is None:
            continue
        for many in catalog.tables.values():
            if many.name == one.name:
                continue
            few = many.rows < one.rows * _MANY
            for column in many.columns.values():
                if few and not _named_alike(column, key):
                    continue
                if _matches(column, key, connection):
                    found.append((column, key))
    joins: list[Join] = []
    edges: dict[str, set[str]] = {}
    for column, key in found:
        if _reaches(edges, key.table, column.table):
            continue
        if any(j.many == f"{column.table}.{column.name}" for j in joins):
            continue
        edges.setdefault(column.table, set()).add(key.table)
        joins.append(_join(column, key, found, joins))
    return joins


def _join(
    column: ColumnInfo,
    key: ColumnInfo,
    found: list[tuple[ColumnInfo, ColumnInfo]],
    joins: list[Join],
) -> Join:
    roles = [c for c, k in found if k.table == key.table and c.table == column.table]
    role = in_english(column.label.lower())
    name = snake(re.sub(r" (id|code|key|number)$", "", role))
    taken = {join.name for join in joins}
    if name in taken or name == column.table:
        name = f"{column.table}_{name}"
    return Join(
        name=name,
        many=f"{column.table}.{column.name}",
        one=f"{key.table}.{key.name}",
        synonyms=[role] if len(roles) > 1 else [],
        words=_role_words(role) if len(roles) > 1 else [],
    )


def _role_words(role: str) -> list[str]:
    words = set(role.split())
    if words & {"origin", "from", "source", "departure", "start", "pickup", "sender"}:
        return [
            "from",
            "out of",
            "departing",
            "departs",
            "depart",
            "departing from",
            "leaving",
            "leave",
            "leaves",
            "left",
            "departed from",
        ]
    if words & {"destination", "to", "target", "arrival", "end", "dropoff", "receiver"}:
        return [
            "to",
            "into",
            "towards",
            "fly to",
            "flying to",
            "flies to",
            "go to",
            "going to",
            "shipped to",
            "sent to",
        ]
    return []


def _key(info: TableInfo, connection: duckdb.DuckDBPyConnection) -> ColumnInfo | None:
    """The first column that is unique and filled, and may be a key by its type."""
    for column in info.columns.values():
        if column.role in ("id", "dimension") or column.family == "text":
            if column.family not in ("integer", "text") or column.nulls:
                continue
            if column.distinct < info.rows * 0.9:
                continue
            row = connection.execute(
                f'SELECT count(DISTINCT "{column.name}") = count(*) FROM "{info.name}"'
            ).fetchone()
            if row and row[0]:
                return column
    return None


def _matches(column: ColumnInfo, key: ColumnInfo, connection: duckdb.DuckDBPyConnection) -> bool:
    if column.family != key.family or column.role in ("hidden", "time", "hour"):
        return False
    if not _named_alike(column, key):
        if column.family != "text" or column.distinct < 2 or column.role == "measure":
            return False
        share = _contained(column, key, connection)
        return share >= _SAME_VALUES
    return _contained(column, key, connection) >= _SAME_NAME


def _named_alike(column: ColumnInfo, key: ColumnInfo) -> bool:
    return column.name.lower() == key.name.lower() or _sounds_like(column, key)


def _sounds_like(column: ColumnInfo, key: ColumnInfo) -> bool:
    """`buyer_customer_id` and `customerID` sound like the key of `customers`."""
    words, wanted = column.label.lower().split(), key.label.lower().split()
    return len(wanted) > 1 and words[-len(wanted) :] == wanted


def _contained(column: ColumnInfo, key: ColumnInfo, connection: duckdb.DuckDBPyConnection) -> float:
    row = connection.execute(
        f'SELECT avg(CASE WHEN v IN (SELECT "{key.name}" FROM "{key.table}") THEN 1.0 ELSE 0 END) '
        f'FROM (SELECT DISTINCT "{column.name}" AS v FROM "{column.table}" '
        f'WHERE "{column.name}" IS NOT NULL)'
    ).fetchone()
    return float(row[0] or 0) if row else 0.0


def _reaches(edges: dict[str, set[str]], start: str, goal: str) -> bool:
    return start == goal or any(_reaches(edges, step, goal) for step in edges.get(start, ()))
