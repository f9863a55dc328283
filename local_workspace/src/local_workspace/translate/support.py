"""The counts of rows that averages and ratios by group rest on (ADR 0105)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted, snake
from local_workspace.translate.naming import metric_alias, rows_alias
from local_workspace.translate.plan import Compared, Condition, Known, Metric, Plan, Ref
from local_workspace.translate.qualities import is_money

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_DENOMINATOR = re.compile(r" / NULLIF\(COUNT\(\{t\}(`?\w+`?)\)\{f\}, 0\)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Support:
    """A count of the rows with a known value of `ref` (all rows without one) that fit `where`."""

    alias: str
    ref: Ref | None = None
    where: tuple[Condition, ...] = ()


def supports(plan: Plan, catalog: Catalog) -> list[Support]:
    """One count for each number of rows that an average or a ratio of the plan rests on.

    A count of all rows is left out when the plan has it already; it keeps the plain name of the
    rows, any other says which rows it counts: `flights_with_departure_delay`.
    """
    if not plan.groups:
        return []
    rows = rows_alias(plan, catalog)
    counted = any(
        m.aggregation == "count" and not m.share and not m.per and not m.where for m in plan.metrics
    )
    found: dict[tuple[Ref | None, tuple[Condition, ...]], Support] = {}
    for metric in plan.metrics:
        if not _rests_on_rows(metric, catalog):
            continue
        ref = _denominator(metric, plan, catalog)
        where = () if metric.share else metric.where
        if ref is None and not where and counted:
            continue
        alias = rows
        if where:
            alias = f"{rows}_in_{metric_alias(metric, plan, catalog)}"
        elif ref is not None:
            alias = f"{rows}_with_{snake(catalog.column(ref.table, ref.column).label)}"
        if metric.since and metric.ref and not metric.until:
            alias = f"{rows}_with_both_dates"
        found.setdefault((ref, where), Support(alias, ref, where))
    return list(found.values())


def ratio_gaps(metric: Metric, catalog: Catalog) -> list[Ref]:
    """The sides that some rows lack of a sum against its like, as what was spent of a budget.

    A part that is not known yet would shrink such a ratio. Other ratios of sums are what everyone
    computes: one sum by the other.
    """
    if not metric.ref or not metric.over or metric.aggregation != "sum" or metric.of_whole:
        return []
    sides = (metric.ref, metric.over)
    columns = [catalog.column(ref.table, ref.column) for ref in sides]
    if not _alike(*columns):
        return []
    return [ref for ref, column in zip(sides, columns, strict=True) if column.nulls]


def _alike(one: ColumnInfo, other: ColumnInfo) -> bool:
    """Whether both are told in one unit: the same, or none of both and both are money."""
    if one.unit or other.unit:
        return one.unit == other.unit
    return is_money(one) == is_money(other)


def _rests_on_rows(metric: Metric, catalog: Catalog) -> bool:
    if metric.per:
        return False
    if metric.over:
        return True
    if metric.measure:
        return not catalog.measure(metric.measure).additive
    return metric.aggregation in ("avg", "median", "stddev", "percentile") or (
        metric.share == "where"
    )


def _denominator(metric: Metric, plan: Plan, catalog: Catalog) -> Ref | None:
    """The column whose missing values leave rows out of the metric; None when none do."""
    ref = metric.ref if metric.over is None else None
    ref = metric.since if metric.until else ref
    if metric.measure:
        ref = _counted(metric.measure, catalog)
    elif metric.share == "where":
        compared = [c.ref for c in metric.where if isinstance(c, Compared)]
        ref = compared[0] if len(compared) == 1 else None
    if ref is None:
        return None
    known = any(isinstance(c, Known) and c.ref == ref and not c.negated for c in plan.where)
    limited = any(isinstance(c, Compared) and c.ref == ref for c in plan.where)
    nulls = catalog.column(ref.table, ref.column).nulls
    return None if known or limited or not nulls else ref


def _counted(measure: str, catalog: Catalog) -> Ref | None:
    """The column that a ratio such as `count_if(…) / nullif(count(x), 0)` divides by."""
    item = catalog.measure(measure)
    match = _DENOMINATOR.search(item.template)
    if match is None:
        return None
    for column in catalog.tables[item.table].columns.values():
        if match.group(1) in (column.name, quoted(column.name)):
            return Ref((), item.table, column.name)
    return None
