"""Faults of a space that its own text shows, before any data is read."""

from __future__ import annotations

from collections.abc import Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from local_workspace.spaces.model import Dimension, Measure, NamedFilter, Space

Broken = tuple[tuple[int | str, ...], str]


def structural_faults(space: Space) -> list[Broken]:
    """Return (location, what to change) for unknown names, duplicates, cycles and bad SQL."""
    return [
        *_duplicates(space),
        *_unknown_tables(space),
        *_join_faults(space),
        *_sql_faults(space),
    ]


def _duplicates(space: Space) -> list[Broken]:
    broken: list[Broken] = []
    lists = {
        "tables": [table.name for table in space.tables],
        "joins": [join.name for join in space.joins],
        "measures": [measure.name for measure in space.measures],
        "filters": [item.name for item in space.filters],
        "dimensions": [item.name for item in space.dimensions],
    }
    for key, names in lists.items():
        for number, name in enumerate(names):
            if name in names[:number]:
                broken.append(((key, number, "name"), f"'{name}' is named twice in {key}"))
    for number, table in enumerate(space.tables):
        columns = [column.name.lower() for column in table.columns]
        for place, name in enumerate(columns):
            if name in columns[:place]:
                at = ("tables", number, "columns", place, "name")
                broken.append((at, f"column '{name}' is listed twice in table '{table.name}'"))
    return broken


def _unknown_tables(space: Space) -> list[Broken]:
    tables = {table.name for table in space.tables}
    known = ", ".join(sorted(tables))
    broken: list[Broken] = []
    named: list[tuple[str, Sequence[Measure | NamedFilter | Dimension]]] = [
        ("measures", space.measures),
        ("filters", space.filters),
        ("dimensions", space.dimensions),
    ]
    for key, items in named:
        for number, item in enumerate(items):
            if item.table not in tables:
                say = f"table '{item.table}' is not in this space (it has {known})"
                broken.append(((key, number, "table"), say))
    for number, join in enumerate(space.joins):
        for side, place in (("many", join.many), ("one", join.one)):
            if place.split(".")[0] not in tables:
                say = f"table '{place.split('.')[0]}' is not in this space (it has {known})"
                broken.append((("joins", number, side), say))
    return broken


def _join_faults(space: Space) -> list[Broken]:
    broken: list[Broken] = []
    edges: dict[str, set[str]] = {}
    for number, join in enumerate(space.joins):
        many, one = join.many.split(".")[0], join.one.split(".")[0]
        if many == one or _reaches(edges, one, many):
            say = f"joins '{many}' to '{one}' and so makes a cycle; joins must lead one way"
            broken.append((("joins", number), say))
            continue
        edges.setdefault(many, set()).add(one)
    return broken


def _reaches(edges: dict[str, set[str]], start: str, goal: str) -> bool:
    return start == goal or any(_reaches(edges, step, goal) for step in edges.get(start, ()))


def _sql_faults(space: Space) -> list[Broken]:
    broken: list[Broken] = []
    named: list[tuple[str, Sequence[Measure | NamedFilter | Dimension], bool]] = [
        ("measures", space.measures, True),
        ("filters", space.filters, False),
        ("dimensions", space.dimensions, False),
    ]
    for key, items, aggregate in named:
        for number, item in enumerate(items):
            say = expression_fault(item.sql, aggregate=aggregate)
            if say:
                broken.append(((key, number, "sql"), say))
    for number, example in enumerate(space.examples):
        try:
            statement = sqlglot.parse_one(example.sql, read="databricks")
        except SqlglotError as error:
            broken.append((("examples", number, "sql"), _first_line(error)))
        else:
            if not isinstance(statement, exp.Query):
                broken.append((("examples", number, "sql"), "must be one SELECT statement"))
    return broken


def expression_fault(sql: str, *, aggregate: bool) -> str | None:
    """Say why `sql` is no usable expression, or None. Measures aggregate, the others do not."""
    try:
        tree = sqlglot.parse_one(sql, read="databricks")
    except SqlglotError as error:
        return _first_line(error)
    if tree.find(exp.Query, exp.DDL, exp.DML, exp.Command) is not None:
        return "must be an expression without SELECT"
    found = tree.find(exp.AggFunc) is not None
    if aggregate and not found:
        return "must aggregate, e.g. sum(...) or count(*)"
    if not aggregate and found:
        return "must not aggregate; it describes one row"
    return None


def _first_line(error: Exception) -> str:
    return f"is not valid SQL: {str(error).splitlines()[0]}"
