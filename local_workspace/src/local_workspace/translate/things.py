"""Which tables hold things that others are about, and which hold what happened.

Lines of an order point to the order, but an order is no thing as a customer is: it happened on a
day, to somebody, and is counted by its own date.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, TableInfo


@lru_cache(maxsize=64)
def things(catalog: Catalog) -> frozenset[str]:
    """The tables that other rows point to, without those whose rows happened at a time."""
    pointing = {join.many for join in catalog.joins}
    return frozenset(
        join.one
        for join in catalog.joins
        if not _happened(catalog.tables[join.one], points=join.one in pointing)
    )


def happens(name: str, catalog: Catalog) -> bool:
    """Whether rows of the table happened at their own time, though other rows point to them."""
    return name not in things(catalog)


def _happened(table: TableInfo, *, points: bool) -> bool:
    """Whether each row has a date, no name, and points to others or is dated by its own noun."""
    if table.label or table.time is None or table.columns[table.time].nulls:
        return False
    own = table.row.split(" ")[-1]
    return points or own in table.columns[table.time].label.lower().split()
