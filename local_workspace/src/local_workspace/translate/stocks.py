"""Counts of a moment, such as a stock level, which nobody adds up over moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import During

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
    from local_workspace.translate.plan import Plan, Ref

_ROWS = frozenset(
    {"snapshot", "balance", "stock", "inventory", "estimate", "census", "position", "holding"}
)
_COLUMNS = frozenset({"balance", "stock", "inventory", "headcount", "backlog", "biomass"})
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def check_stocks(plan: Plan, catalog: Catalog) -> None:
    """Raise Unbound where counts of several moments would be added up."""
    table = catalog.tables[plan.table]
    if table.time is None or not any(_of_a_moment(m.ref, plan, catalog) for m in plan.metrics):
        return
    time = table.columns[table.time]
    apart = _apart(time)
    grains = [g.grain for g in plan.groups if g.ref and g.ref.column == time.name and g.grain]
    told = [
        (end - start).days
        for c in plan.where
        if isinstance(c, During) and c.ref.column == time.name and len(c.ranges) == 1
        for start, end in c.ranges
        if start and end
    ]
    spans = [_DAYS[grain] for grain in grains] + told
    if not spans or min(spans) > apart:
        raise Unbound(
            f"{table.row} figures of different dates cannot be added up; name one date or “now”, "
            "or ask for an average",
            ambiguous=True,
        )


def has_stocks(table: TableInfo) -> bool:
    """Whether some column of the table holds counts of a moment."""
    rows = _counted_rows(table)
    columns = (c for c in table.columns.values() if c.role == "measure")
    told = any(set(c.label.lower().split()) & _COLUMNS for c in columns)
    return table.time is not None and (rows or told)


_MOVED = frozenset({"movement", "transaction", "transfer", "order", "adjustment", "issue"})
"""Rows of what came in or went out, which adds up."""


def _counted_rows(table: TableInfo) -> bool:
    words = _words_of(table)
    return bool(words & _ROWS) and not words & _MOVED


def _words_of(table: TableInfo) -> set[str]:
    words = table.row.lower().split() + table.name.lower().replace("_", " ").split()
    return {word.rstrip("s") for word in words}


def _of_a_moment(ref: Ref | None, plan: Plan, catalog: Catalog) -> bool:
    """Whether a total of the column would add up what was there at several moments."""
    if ref is None or ref.path or not any(m.aggregation == "sum" and m.ref == ref and not m.over
                                          for m in plan.metrics):  # fmt: skip
        return False
    label = set(catalog.column(ref.table, ref.column).label.lower().split())
    return bool(_counted_rows(catalog.tables[plan.table]) or label & _COLUMNS)


def _apart(time: ColumnInfo) -> int:
    """How many days lie between two moments, as a rule; with less a total has no meaning."""
    if time.first is None or time.last is None or time.distinct < 2:
        return 366
    days = (time.last - time.first).days / (time.distinct - 1)
    return next((size for size in (1, 7, 31, 92, 366) if days <= size), 366)
