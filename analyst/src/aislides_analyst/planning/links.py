"""How tables of a space hang together: which column points at rows of which table."""

from __future__ import annotations

from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import stem, words


def link(table: Table, other: Table) -> Column | None:
    """The column of `table` that points at rows of `other`, or None."""
    if table is other or not _is_entity(other):
        return None
    noun = other.row.split()[-1]
    keys = {c.name.lower() for c in other.columns if _can_be_key(other, c)}
    candidates = table.of_role("group", "key", "text")
    for column in candidates:
        if column.name.lower() in keys:
            return column
    return next((c for c in candidates if _tells(c, noun)), None)


def reachable(table: Table, space: Space) -> list[Table]:
    """Tables whose columns can split the rows of `table`, itself excluded."""
    return [t for t in space.tables if link(table, t)]


def is_own_key(space: Space, column: Column) -> bool:
    """True for a key that points at no other table: it numbers the rows of its own."""
    return column.role == "key" and not any(
        column.name.lower() in {c.name.lower() for c in other.columns}
        or stem(other.row.split()[-1]) in {stem(w.lower) for w in words(column.label)}
        for other in space.tables
        if other.name != column.table
    )


def linked_phrase(column: Column, other: Table) -> str:
    """How a breakdown by the linked rows is asked for: "airline", "origin airport"."""
    noun = other.row
    same_name = column.name.lower() in {c.name.lower() for c in other.columns}
    if same_name or column.label == noun:
        return noun
    return column.label if noun in column.label else f"{column.label} {noun}"


def _is_entity(table: Table) -> bool:
    """False for tables of measurements in time, whose rows nothing points at."""
    return not (table.of_role("hour") or (table.of_role("time") and _counts_itself(table)))


def _counts_itself(table: Table) -> bool:
    return len(table.of_role("measure")) >= 2


def _can_be_key(table: Table, column: Column) -> bool:
    noun = stem(table.row.split()[-1])
    return (
        column is table.columns[0]
        or (column.role == "key" and noun in {stem(w.lower) for w in words(column.label)})
        or column.label == table.row
    ) and column.role not in ("time", "measure")


def _tells(column: Column, noun: str) -> bool:
    said = [*words(column.label), *words(column.description)]
    return noun in {w.lower for w in said}
