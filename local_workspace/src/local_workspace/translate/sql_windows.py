"""The SQL of numbers told over several periods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted
from local_workspace.translate.naming import group_alias, metric_alias
from local_workspace.translate.plan import During, Moving, Plan
from local_workspace.translate.sql import render
from local_workspace.translate.sql_conditions import during

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def running(plan: Plan, catalog: Catalog) -> str:
    """Each number with its sum from the first period on, separately for the other groups."""
    names, period, others = _columns(plan, catalog)
    window = f"{others}ORDER BY {period} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    shown = [quoted(name) for name in names]
    for metric in plan.metrics:
        alias = metric_alias(metric, plan, catalog)
        shown += [quoted(alias), f"sum({quoted(alias)}) OVER ({window}) AS {quoted(so_far(alias))}"]
    inner = render(replace(plan, shape=None, order=None), catalog)
    lines = ["WITH periods AS (", indented(inner), ")", "SELECT"]
    lines += [",\n".join(f"  {item}" for item in shown), "FROM periods", _by(names)]
    return "\n".join(lines)


def so_far(alias: str) -> str:
    """The SQL alias of a running total."""
    return f"cumulative_{alias}"


def moving(plan: Plan, shape: Moving, catalog: Catalog) -> str:
    """Each number with the mean of the last periods; none where the data lack one of them.

    The periods before those asked for are looked at too: the first average needs them.
    """
    names, period, others = _columns(plan, catalog)
    group = next(g for g in plan.groups if g.grain)
    outer = [c for c in plan.where if isinstance(c, During) and c.ref == group.ref]
    kept = tuple(c for c in plan.where if c not in outer)
    back = shape.count - 1
    assert group.ref is not None
    whole = catalog.column(group.ref.table, group.ref.column).family == "integer"
    first = f"lag({period}, {back}) OVER ({others}ORDER BY {period})"
    if whole:
        complete = f"{first} = {period} - {back}"
    elif group.grain in _MONTHS:
        months = back * _MONTHS[group.grain]
        complete = f"CAST({first} AS DATE) = add_months(CAST({period} AS DATE), -{months})"
    else:
        days = back * (7 if group.grain == "week" else 1)
        complete = f"CAST({first} AS DATE) = date_sub(CAST({period} AS DATE), {days})"
    window = f"{others}ORDER BY {period} ROWS BETWEEN {back} PRECEDING AND CURRENT ROW"
    shown, made = [quoted(name) for name in names], []
    for metric in plan.metrics:
        alias = metric_alias(metric, plan, catalog)
        mean = f"moving_avg_{shape.count}_{group.grain}s_{alias}"
        value = f"CASE WHEN {complete} THEN avg({quoted(alias)}) OVER ({window}) END"
        made += [quoted(alias), f"{value} AS {quoted(mean)}"]
        shown += [quoted(alias), quoted(mean)]
    inner = render(replace(plan, shape=None, order=None, where=kept), catalog)
    told = [*(quoted(name) for name in names), *made]
    lines = ["WITH periods AS (", indented(inner), "), moving AS (", "  SELECT"]
    lines += [",\n".join(f"    {item}" for item in told), "  FROM periods", ")"]
    lines += ["SELECT " + ", ".join(shown), "FROM moving"]
    if outer:
        day = period if whole else f"CAST({period} AS DATE)"
        lines.append("WHERE " + " AND ".join(during(day, c, years=whole) for c in outer))
    return "\n".join([*lines, _by(names)])


def _columns(plan: Plan, catalog: Catalog) -> tuple[list[str], str, str]:
    """The groups' names, that of the period, and what windows are apart by."""
    names = [group_alias(group, catalog) for group in plan.groups]
    time = next(n for n, group in enumerate(plan.groups) if group.grain)
    others = [quoted(name) for n, name in enumerate(names) if n != time]
    return names, quoted(names[time]), f"PARTITION BY {', '.join(others)} " if others else ""


def _by(names: list[str]) -> str:
    return "ORDER BY " + ", ".join(str(number + 1) for number in range(len(names)))


def indented(sql: str) -> str:
    """The statement as part of another."""
    return "\n".join(f"  {line}" for line in sql.split("\n"))
