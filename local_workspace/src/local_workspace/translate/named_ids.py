"""Things that one table tells by a number and by a name: `customer_id` beside `customer_name`.

A list or a breakdown shows their names; how many there are is told by their numbers, for two of
them may have one name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
    from local_workspace.translate.senses import Sense

_KEYS = ("id", "key", "no", "number", "nr", "code")


def by_name(senses: tuple[Sense, ...], catalog: Catalog) -> tuple[Sense, ...]:
    """The senses without numbers of things whose names are among them."""
    named = {(s.table, s.name) for s in senses if s.kind == "column"}
    kept = tuple(s for s in senses if s.raw or not _named_among(s, named, catalog))
    return kept or senses


def key_beside(table: TableInfo, name: str) -> str | None:
    """The number of the things that the column names; None where there is no such column."""
    words = table.columns[name].label.lower().split()
    base = words[:-1] if words[-1:] == ["name"] else words
    for column in table.columns.values():
        told = column.label.lower().split()
        if _is_key(column) and told[:-1] == base and not column.nulls:
            return column.name
    return None


def _named_among(sense: Sense, named: set[tuple[str, str]], catalog: Catalog) -> bool:
    if sense.kind != "column" or not _is_key(catalog.column(sense.table, sense.name)):
        return False
    table = catalog.tables[sense.table]
    return any(
        owner == sense.table and name != sense.name and key_beside(table, name) == sense.name
        for owner, name in named
    )


def _is_key(column: ColumnInfo) -> bool:
    words = column.label.lower().split()
    return len(words) > 1 and words[-1] in _KEYS and column.role in ("id", "dimension")
