# ruff: noqa: S608 - a rule returns as soon as it knows
"""Rendering a plan as Databricks SQL, in a small subset that DuckDB can run after transpiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted
from local_workspace.translate.naming import difference_alias, group_alias, metric_alias
from local_workspace.translate.plan import During, Group, Having, Plan
from local_workspace.translate.sql_conditions import compared, during
from local_workspace.translate.sql_expressions import MONDAY, Expressions
from local_workspace.translate.support import Support, supports

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog


def render(plan: Plan, catalog: Catalog) -> str:
    """The SQL of a plan."""
    return _Renderer(plan, catalog).sql()


class _Renderer(Expressions):
    def sql(self) -> str:
        plan = self.plan
        if plan.change:
            return self._change()
        select = self._select()
        made = plan.metrics or plan.having
        lines = ["SELECT" + ("" if made or plan.rows else " DISTINCT")]
        lines.append(",\n".join(f"  {sql} AS {quoted(alias)}" for sql, alias in select))
        lines += self.from_lines()
        lines += self._where()
        if plan.groups and made:
            lines.append("GROUP BY " + ", ".join(str(n + 1) for n in range(len(plan.groups))))
        having = [self._kept(limit) for limit in plan.having]
        if having:
            lines.append("HAVING " + " AND ".join(having))
        order = self._order()
        if plan.limit_per:
            over = self._partition()
            kept = f"= {plan.nth}" if plan.nth else f"<= {plan.limit_per}"
            lines.append(f"QUALIFY row_number() OVER ({over}) {kept}")
        if order:
            lines.append(f"ORDER BY {order}")
        if plan.limit:
            skipped = f" OFFSET {plan.nth - 1}" if plan.nth else ""
            lines.append(f"LIMIT {plan.limit}{skipped}")
        return "\n".join(lines)

    def _kept(self, limit: Having) -> str:
        """What a group must fulfil; `mean` compares it with the average over all groups."""
        value = self.metric(limit.metric)
        if not limit.mean:
            return compared(value, limit.operator, limit.low, limit.high)
        groups = ", ".join(str(n + 2) for n in range(len(self.plan.groups)))
        inner = [f"{value} AS value", *(self.group(group) for group in self.plan.groups)]
        lines = [
            "SELECT " + ", ".join(inner),
            *self.from_lines(),
            *self._where(),
            f"GROUP BY {groups}",
        ]
        return f"{value} {limit.operator} (SELECT avg(value) FROM ({' '.join(lines)}))"

    def _select(self) -> list[tuple[str, str]]:
        plan, used = self.plan, set[str]()
        found: list[tuple[str, str]] = []
        for ref in plan.rows:
            row = Group(ref=ref)
            found.append((self.group(row), _fresh(group_alias(row, self.catalog), used)))
        for group in plan.groups:
            found.append((self.group(group), _fresh(group_alias(group, self.catalog), used)))
        for metric in plan.metrics:
            alias = _fresh(metric_alias(metric, plan, self.catalog), used)
            found.append((self.metric(metric), alias))
        if plan.difference:
            first, second = (self.metric(metric) for metric in plan.metrics)
            found.append(
                (f"{first} - {second}", _fresh(difference_alias(plan, self.catalog), used))
            )
        for support in supports(plan, self.catalog):
            found.append((self._support(support), _fresh(support.alias, used)))
        return found

    def _support(self, support: Support) -> str:
        where = " AND ".join(self.condition(condition) for condition in support.where)
        counted = self.column(support.ref) if support.ref else "*"
        return f"count({counted})" + (f" FILTER (WHERE {where})" if where else "")

    def _where(self) -> list[str]:
        found = [self.condition(condition) for condition in self.plan.where]
        return ["WHERE " + "\n  AND ".join(found)] if found else []

    def _order(self) -> str:
        plan = self.plan
        if plan.order is None:
            return ""
        place = plan.order.index + 1
        if plan.order.by == "row":
            return f"{place}{' DESC' if plan.order.descending else ''} NULLS LAST, 1"
        if plan.order.by == "group":
            group = plan.groups[plan.order.index]
            down = " DESC" if plan.order.descending else ""
            key = self.sort_key(group) or str(place)
            keys = [f"{key}{down}"]
            later = [n for n, g in enumerate(plan.groups) if g.grain and n != plan.order.index]
            keys += [str(n + 1) for n in later]
            if plan.metrics and len(plan.groups) > len(later) + 1:
                keys.append(f"{len(plan.groups) + 1} DESC")
                keys += [str(n) for n in self._places() if str(n) not in keys and n != place]
            return ", ".join(keys)
        place += len(plan.groups)
        down = " DESC" if plan.order.descending else ""
        return ", ".join([f"{place}{down} NULLS LAST", *map(str, self._places())])

    def _places(self) -> range:
        """Where the groups stand: rows that tie come in one order, run after run."""
        return range(1, len(self.plan.groups) + 1)

    def _partition(self) -> str:
        plan = self.plan
        outer = [self.group(group) for group in plan.groups[:-1]]
        assert plan.order is not None
        metric = self.metric(plan.metrics[plan.order.index])
        down = " DESC" if plan.order.descending else ""
        ranked = f"{metric}{down} NULLS LAST, {self.group(plan.groups[-1])}"
        return f"PARTITION BY {', '.join(outer)} ORDER BY {ranked}"

    def sort_key(self, group: Group) -> str | None:
        """Weekdays and periods sort by their place in time, not by their spelling."""
        if group.spans and group.ref:
            return f"min({self.column(group.ref)})"
        if group.part == "weekday" and group.ref and not group.buckets:
            return f"min(datediff({self.column(group.ref)}, {MONDAY}) % 7)"
        return None

    def _change(self) -> str:
        plan = self.plan
        time = next(n for n, group in enumerate(plan.groups) if group.grain)
        grain = plan.groups[time].grain
        months = {"year": 12, "quarter": 3, "month": 1}.get(grain or "", 0)
        if plan.change == "year":
            months = 12
        group_names = [group_alias(group, self.catalog) for group in plan.groups]
        period = quoted(group_names[time])
        names = [metric_alias(metric, plan, self.catalog) for metric in plan.metrics]
        inner = self._select()[: len(plan.groups) + len(plan.metrics)]
        outer = [
            condition
            for condition in plan.where
            if isinstance(condition, During) and condition.ref == plan.groups[time].ref
        ]
        kept = [self.condition(c) for c in plan.where if c not in outer]
        where = ["WHERE " + "\n    AND ".join(kept)] if kept else []
        lines = ["WITH periods AS (", "  SELECT"]
        lines.append(",\n".join(f"    {sql} AS {quoted(alias)}" for sql, alias in inner))
        lines += [f"  {line}" for line in (*self.from_lines(), *where)]
        lines.append("  GROUP BY " + ", ".join(str(n + 1) for n in range(len(plan.groups))))
        lines += [")", "SELECT"]
        shown = [f"  now.{quoted(name)} AS {quoted(name)}" for name in group_names]
        for name in names:
            now, before = f"now.{quoted(name)}", f"before.{quoted(name)}"
            shown.append(f"  {now} AS {quoted(name)}")
            shown.append(f"  {before} AS {quoted('previous_' + name)}")
            shown.append(f"  {now} / nullif({before}, 0) - 1 AS {quoted(name + '_change_share')}")
        lines.append(",\n".join(shown))
        if months:
            earlier = f"add_months(CAST(now.{period} AS DATE), -{months})"
        else:
            earlier = f"date_sub(CAST(now.{period} AS DATE), {7 if grain == 'week' else 1})"
        match = [f"CAST(before.{period} AS DATE) = {earlier}"]
        ref = plan.groups[time].ref
        whole = ref is not None and self.catalog.column(ref.table, ref.column).family == "integer"
        if whole:
            match = [f"before.{period} = now.{period} - 1"]
        match += [
            f"before.{quoted(name)} <=> now.{quoted(name)}"
            for number, name in enumerate(group_names)
            if number != time
        ]
        lines.append("FROM periods AS now")
        lines.append(f"LEFT JOIN periods AS before ON {' AND '.join(match)}")
        if outer:
            shown_period = f"now.{period}" if whole else f"CAST(now.{period} AS DATE)"
            kept = [during(shown_period, c, years=whole) for c in outer]
            lines.append("WHERE " + " AND ".join(kept))
        lines.append(f"ORDER BY {', '.join(str(n + 1) for n in range(len(group_names)))}")
        return "\n".join(lines)


def _fresh(alias: str, used: set[str]) -> str:
    name, number = alias, 2
    while name in used:
        name, number = f"{alias}_{number}", number + 1
    used.add(name)
    return name
