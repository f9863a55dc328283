# ruff: noqa: PLR0911, PLR0912 - a rule returns as soon as it knows
"""Columns, groups, numbers and conditions of a plan as SQL expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted
from local_workspace.translate.plan import (
    Compared,
    Condition,
    During,
    Group,
    Known,
    Linked,
    Metric,
    Named,
    OneOf,
    PartIs,
    Plan,
    Ref,
    whole_periods,
)
from local_workspace.translate.sql_conditions import compared, during, one_of, text
from local_workspace.translate.sql_joins import join_aliases, needed
from local_workspace.translate.support import ratio_gaps

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_AGGREGATES = {"sum": "sum", "avg": "avg", "min": "min", "max": "max", "median": "median",
               "stddev": "stddev"}  # fmt: skip
MONDAY = "DATE'2001-01-01'"
"""A Monday, from which weekdays are counted."""


class Expressions:
    """Expressions over the tables that a plan joins; `also` names joins that it needs besides."""

    def __init__(self, plan: Plan, catalog: Catalog, also: tuple[str, ...] = ()) -> None:
        self.plan = plan
        self.catalog = catalog
        self.paths = needed(plan, also)
        self.aliases = join_aliases(plan.table, self.paths, catalog)

    def from_lines(self) -> list[str]:
        """The table and its joins, a line each."""
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

    def column(self, ref: Ref) -> str:
        """A column, qualified only where the statement joins."""
        prefix = f"{self.aliases[ref.path]}." if self.paths else ""
        template = self.catalog.column(ref.table, ref.column).template
        return template.replace("{t}", prefix) if template else prefix + quoted(ref.column)

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
            part = self.part_of(column, group.ref, group.part)
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
        value = self._aggregate(metric, " AND ".join(filter(None, (where, *self._of_some(metric)))))
        if metric.share == "total":
            return f"{value} / nullif(sum({value}) OVER ({self._whole()}), 0)"
        if metric.per_row:
            rows = "count(*)" + (f" FILTER (WHERE {where})" if where else "")
            return f"{value} / nullif({rows}, 0)"
        if metric.per:
            column = self.column(metric.per)
            if metric.per_grain:
                group = Group(ref=metric.per, grain=metric.per_grain)
                column = self.group(group)
            return f"{value} / nullif(count(DISTINCT {column}), 0)"
        return value

    def _of_some(self, metric: Metric) -> list[str]:
        """Of an average per member: that a row is of one, or those of nobody would swell it."""
        key = None if metric.per_grain else metric.per
        loose = key is not None and self.catalog.column(key.table, key.column).nulls
        return [f"{self.column(key)} IS NOT NULL"] if key and loose else []

    def _whole(self) -> str:
        """A share by region and year is one of that year."""
        periods = whole_periods(self.plan)
        return f"PARTITION BY {', '.join(map(self.group, periods))}" if periods else ""

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
            until = f"DATE'{metric.until}'" if metric.until else ""
            ends = [self.column(metric.ref)] if metric.ref else []
            until = f"coalesce({ends[0]}, {until})" if ends and until else until or ends[0]
            column = f"datediff({until}, {self.column(metric.since)})"
            column += " / 365.25" if metric.in_years else ""
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
        inner = Expressions(Plan(linked.table, where=linked.where), self.catalog, linked.path[:-1])
        join = self.catalog.join(linked.path[-1])
        pointing = f"{inner.aliases[linked.path[:-1]]}.{quoted(join.many_column)}"
        key = f"{self.aliases[linked.ref.path]}.{quoted(join.one_column)}"
        where = [f"{pointing} = {key}", *(inner.condition(c) for c in linked.where)]
        lines = ["SELECT 1", *inner.from_lines(), "WHERE " + " AND ".join(where)]
        return f"{'NOT ' if linked.negated else ''}EXISTS ({' '.join(lines)})"

    def _part(self, column: str, condition: PartIs) -> str:
        values = condition.values
        expression = self.part_of(column, condition.ref, condition.part)
        word = "NOT IN" if condition.negated else "IN"
        if len(values) == 1 and not condition.negated:
            return f"{expression} = {values[0]}"
        return f"{expression} {word} ({', '.join(map(str, values))})"

    def part_of(self, column: str, ref: Ref, part: str | None) -> str:
        """The number of a part of time: hours from 0, Monday, January and quarters from 1."""
        info = self.catalog.column(ref.table, ref.column)
        return {
            "weekday": f"datediff({column}, {MONDAY}) % 7 + 1",
            "hour": f"hour({column})" if info.family == "timestamp" else column,
            "month_of_year": f"month({column})",
            "quarter_of_year": f"quarter({column})",
        }[part or "hour"]
