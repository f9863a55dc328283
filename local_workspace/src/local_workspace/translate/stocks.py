"""Counts of a moment, such as a stock level, which nobody adds up over moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import During

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo
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
            f"{table.row} figures of different dates cannot be added up; name one date, or ask "
            "for an average",
            ambiguous=True,
        )


def _of_a_moment(ref: Ref | None, plan: Plan, catalog: Catalog) -> bool:
    """Whether a total of the column would add up what was there at several moments."""
    if ref is None or ref.path or not any(m.aggregation == "sum" and m.ref == ref and not m.over
                                          for m in plan.metrics):  # fmt: skip
        return False
    rows = set(catalog.tables[plan.table].row.lower().split()) | set(
        plan.table.lower().replace("_", " ").split()
    )
    label = set(catalog.column(ref.table, ref.column).label.lower().split())
    return bool({w.rstrip("s") for w in rows} & _ROWS or label & _COLUMNS)


def _apart(time: ColumnInfo) -> int:
    """How many days lie between two moments, as a rule; with less a total has no meaning."""
    if time.first is None or time.last is None or time.distinct < 2:
        return 366
    days = (time.last - time.first).days / (time.distinct - 1)
    return next((size for size in (1, 7, 31, 92, 366) if days <= size), 366)
