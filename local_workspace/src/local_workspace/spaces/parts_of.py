"""Rows that are parts of something: the lines of orders, told by an order number that repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure
from local_workspace.spaces.names import plural, quoted, singular, spoken

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_ORDERS = ("order", "invoice", "transaction", "receipt", "basket", "purchase", "sale")
_KEYS = frozenset({"id", "no", "number", "nr", "key", "code"})
_UNIQUE = 0.97


def orders_of(table: TableInfo) -> tuple[str, ColumnInfo] | None:
    """ "order" and its number where rows are lines of orders; None where a row is a whole one."""
    for column in table.columns.values():
        words = in_english(spoken(column.name)).split()
        if len(words) != 2 or singular(words[0]) not in _ORDERS or words[1] not in _KEYS:
            continue
        repeats = column.distinct < table.rows * _UNIQUE
        if repeats and not column.nulls and column.role in ("id", "dimension"):
            return singular(words[0]), column
    return None


def order_counts(table: TableInfo, others: set[str]) -> list[Measure]:
    """How many orders the lines are of; none where `others`, rows of other tables, are those."""
    found = orders_of(table)
    if found is None or found[0] in others:
        return []
    noun, column = found
    return [
        Measure(name=plural(noun), table=table.name, sql=f"count(DISTINCT {quoted(column.name)})",
                synonyms=[f"number of {plural(noun)}", f"{noun} count"],
                description=f"different {column.label}s, for {noun}s have several lines")
    ]  # fmt: skip
