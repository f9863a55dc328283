# ruff: noqa: PLR0911, PLR0912, S608 - a rule returns as soon as it knows
"""Rendering a plan as Databricks SQL, in a small subset that DuckDB can run after transpiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted
from local_workspace.translate.naming import difference_alias, group_alias, metric_alias
from local_workspace.translate.plan import (
    Compared,
    Condition,
    During,
    Group,
    Having,
    Known,
    Linked,
    Metric,
    Named,
    OneOf,
    PartIs,
    Plan,
    Ref,
)
from local_workspace.translate.sql_conditions import compared, during, one_of, text
from local_workspace.translate.sql_joins import join_aliases, needed
from local_workspace.translate.support import Support, ratio_gaps, supports

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_AGGREGATES = {"sum": "sum", "avg": "avg", "min": "min", "max": "max", "median": "median",
               "stddev": "stddev"}  # fmt: skip
_MONDAY = "DATE'2001-01-01'"


def render(plan: Plan, catalog: Catalog) -> str:
    """The SQL of a plan."""
    return _Renderer(plan, catalog).sql()


class _Renderer:
    def __init__(self, plan: Plan, catalog: Catalog, also: tuple[str, ...] = ()) -> None:
        self.plan = plan
        self.catalog = catalog
        self.paths = needed(plan, also)
        self.aliases = join_aliases(plan.table, self.paths, catalog)

    def sql(self) -> str:
        plan = self.plan
        if plan.change:
            return self._change()
        select = self._select()
        made = plan.metrics or plan.having
        lines = ["SELECT" + ("" if made or plan.rows else " DISTINCT")]
        lines.append(",\n".join(f"  {sql} AS {quoted(alias)}" for sql, alias in select))
        lines += self._from()
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
        lines = ["SELECT " + ", ".join(inner), *self._from(), *self._where(), f"GROUP BY {groups}"]
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

    def _from(self) -> list[str]:
        plan = self.plan
        lines = [f"FROM {quoted(plan.table)}"]
        for path in self.paths:
            join = self.catalog.join(path[-1])
            left = self.aliases[path[:-1]]
            right = self.aliases[path]
            renamed = f" AS {right}" if right != quoted(join.one) else ""
            lines.append(
                f"LEFT JOIN {quoted(join.one)}{renamed} ON "
                f"{left}.{quoted(join.many_column)} = {right}.{quoted(join.one_column)}"
            )
        return lines

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
            return f"min(datediff({self.column(group.ref)}, {_MONDAY}) % 7)"
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
        lines += [f"  {line}" for line in (*self._from(), *where)]
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

    # -- expressions ----------------------------------------------------------------------------

    def column(self, ref: Ref) -> str:
        """A column, qualified only where the statement joins."""
        if not self.paths:
            return quoted(ref.column)
        return f"{self.aliases[ref.path]}.{quoted(ref.column)}"

    def _prefix(self, path: tuple[str, ...] = ()) -> str:
        return f"{self.aliases[path]}." if self.paths else ""

    def group(self, group: Group) -> str:
        """The expression rows are grouped by."""
        if group.dimension:
            return self.catalog.dimension(group.dimension).sql(self._prefix())
        assert group.ref is not None
        column = self.column(group.ref)
        info = self.catalog.column(group.ref.table, group.ref.column)
        if group.band:
            return f"floor({column} / {group.band:g}) * {group.band:g}"
        if group.grain:
            if info.family == "integer":
                return column
            if group.grain == "day":
                return column if info.family == "date" else f"CAST({column} AS DATE)"
            return f"date_trunc('{group.grain.upper()}', {column})"
        if group.spans:
            cases = " ".join(
                f"WHEN {during(column, During(group.ref, ranges, words))} THEN {text(words)}"
                for words, ranges in group.spans
            )
            return f"CASE {cases} END"
        if group.buckets:
            part = self._part_of(column, group.ref, group.part)
            cases = " ".join(
                f"WHEN {part} IN ({', '.join(map(str, values))}) THEN {text(words)}"
                for words, values in group.buckets
            )
            return f"CASE {cases} END"
        if group.part == "hour":
            return f"hour({column})" if info.family == "timestamp" else column
        if group.part == "weekday":
            return f"date_format({column}, 'EEEE')"
        if group.part == "month_of_year":
            return f"month({column})"
        if group.part == "quarter_of_year":
            return f"quarter({column})"
        if group.ref.path and info.family == "text":
            join = self.catalog.join(group.ref.path[-1])
            if join.matched < 1:
                return f"coalesce({column}, '(not in {join.one})')"
        return column

    def metric(self, metric: Metric) -> str:
        """The expression of a number."""
        where = " AND ".join(self.condition(condition) for condition in metric.where)
        if metric.share == "where" and metric.measure and not metric.where:
            return f"{self._aggregate(metric, '')} / nullif(count(*), 0)"
        if metric.share == "where":
            part = self._aggregate(metric, where)
            whole = self._aggregate(metric, self._denominator(metric))
            return f"{part} / nullif({whole}, 0)"
        if metric.over:
            both = " AND ".join(filter(None, (where, *self._without_gaps(metric))))
            whole = self._aggregate(Metric("sum", metric.over), both)
            return f"{self._aggregate(metric, both)} / nullif({whole}, 0)"
        value = self._aggregate(metric, where)
        if metric.share == "total":
            return f"{value} / nullif(sum({value}) OVER (), 0)"
        if metric.per:
            column = self.column(metric.per)
            if metric.per_grain:
                group = Group(ref=metric.per, grain=metric.per_grain)
                column = self.group(group)
            return f"{value} / nullif(count(DISTINCT {column}), 0)"
        return value

    def _without_gaps(self, metric: Metric) -> list[str]:
        """Of a ratio of sums: that each row counts which has both, or a gap would shrink it."""
        return [f"{self.column(ref)} IS NOT NULL" for ref in ratio_gaps(metric, self.catalog)]

    def _denominator(self, metric: Metric) -> str:
        """Rows where the part could not be told (a missing value) are not in the whole."""
        known = []
        for condition in metric.where:
            if isinstance(condition, Compared):
                known.append(f"{self.column(condition.ref)} IS NOT NULL")
            elif isinstance(condition, Named):
                known += self._known_columns(condition)
        return " AND ".join(dict.fromkeys(known))

    def _known_columns(self, condition: Named) -> list[str]:
        item = self.catalog.named_filter(condition.name)
        table = self.catalog.tables[item.table]
        if " IS " in item.template:
            return []
        return [
            f"{self._prefix(condition.path)}{quoted(c.name)} IS NOT NULL"
            for c in table.columns.values()
            if c.nulls and "{t}" + quoted(c.name) in item.template
        ]

    def _aggregate(self, metric: Metric, where: str) -> str:
        clause = f" FILTER (WHERE {where})" if where else ""
        if metric.measure:
            return self.catalog.measure(metric.measure).sql(self._prefix(), where)
        if metric.since:
            until = self.column(metric.ref) if metric.ref else f"DATE'{metric.until}'"
            column = f"datediff({until}, {self.column(metric.since)})"
        elif metric.aggregation == "count" or metric.ref is None:
            return f"count(*){clause}"
        else:
            column = self.column(metric.ref)
        if metric.aggregation == "distinct":
            return f"count(DISTINCT {column}){clause}"
        if metric.aggregation == "percentile":
            return f"percentile_cont({metric.percentile}) WITHIN GROUP (ORDER BY {column}){clause}"
        return f"{_AGGREGATES[metric.aggregation]}({column}){clause}"

    def condition(self, condition: Condition) -> str:
        """A condition on rows; NULLs never count as "not"."""
        if isinstance(condition, Named):
            sql = self.catalog.named_filter(condition.name).sql(self._prefix(condition.path))
            plain = sql.replace(".", "").replace("_", "").isalnum()
            return f"NOT {sql if plain else f'({sql})'}" if condition.negated else sql
        if isinstance(condition, Linked):
            return self._linked(condition)
        column = self.column(condition.ref)
        if isinstance(condition, OneOf):
            return one_of(column, condition)
        if isinstance(condition, Compared):
            return compared(column, condition.operator, condition.low, condition.high)
        if isinstance(condition, Known):
            return f"{column} IS {'' if condition.negated else 'NOT '}NULL"
        if isinstance(condition, During):
            info = self.catalog.column(condition.ref.table, condition.ref.column)
            return during(column, condition, years=info.family == "integer")
        return self._part(column, condition)

    def _linked(self, linked: Linked) -> str:
        """Whether rows of another table point to this one."""
        inner = _Renderer(Plan(linked.table, where=linked.where), self.catalog, linked.path[:-1])
        join = self.catalog.join(linked.path[-1])
        pointing = f"{inner.aliases[linked.path[:-1]]}.{quoted(join.many_column)}"
        key = f"{self.aliases[linked.ref.path]}.{quoted(join.one_column)}"
        where = [f"{pointing} = {key}", *(inner.condition(c) for c in linked.where)]
        lines = ["SELECT 1", *inner._from(), "WHERE " + " AND ".join(where)]
        return f"{'NOT ' if linked.negated else ''}EXISTS ({' '.join(lines)})"

    def _part(self, column: str, condition: PartIs) -> str:
        values = condition.values
        expression = self._part_of(column, condition.ref, condition.part)
        word = "NOT IN" if condition.negated else "IN"
        if len(values) == 1 and not condition.negated:
            return f"{expression} = {values[0]}"
        return f"{expression} {word} ({', '.join(map(str, values))})"

    def _part_of(self, column: str, ref: Ref, part: str | None) -> str:
        """The number of a part of time: hours from 0, Monday, January and quarters from 1."""
        info = self.catalog.column(ref.table, ref.column)
        return {
            "weekday": f"datediff({column}, {_MONDAY}) % 7 + 1",
            "hour": f"hour({column})" if info.family == "timestamp" else column,
            "month_of_year": f"month({column})",
            "quarter_of_year": f"quarter({column})",
        }[part or "hour"]


def _fresh(alias: str, used: set[str]) -> str:
    name, number = alias, 2
    while name in used:
        name, number = f"{alias}_{number}", number + 1
    used.add(name)
    return name
