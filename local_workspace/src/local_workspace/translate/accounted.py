# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""The last check: every word that carries meaning must show in the finished plan.

Rules read words one by one and may drop what they do not expect. This check knows no rules: it
compares the question's words with the plan, and what the plan does not show is asked back.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from local_workspace.spaces.flags import yes_condition
from local_workspace.translate.plan import (
    Compared,
    Condition,
    During,
    Known,
    Metric,
    Named,
    OneOf,
    PartIs,
    Plan,
    Ref,
)

if TYPE_CHECKING:
    from datetime import date

    from local_workspace.spaces.catalog import Catalog, JoinInfo
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.senses import Sense

_COMPARABLE = frozenset({"filter", "value", "measure"})
_AVERAGES = ("avg", "median", "percentile", "stddev")


def missing(chunks: list[Chunk], plan: Plan, catalog: Catalog) -> list[Chunk]:
    """The chunks whose meaning the plan does not show."""
    return _Account(chunks, plan, catalog).missing()


def contradiction(plan: Plan) -> str | None:
    """Why no row can fit, such as one column that must hold two values at once."""
    held: dict[Ref, set[str | bool]] = {}
    for condition in plan.where:
        if isinstance(condition, OneOf) and not condition.negated:
            values = set(condition.values)
            if condition.ref in held and not held[condition.ref] & values:
                said = " and ".join(sorted(str(v) for v in held[condition.ref] | values))
                return f"nothing is both {said}; ask for “… by {condition.ref.column}” to compare"
            held.setdefault(condition.ref, values)
    named = {(c.name, c.path): c.negated for c in plan.where if isinstance(c, Named)}
    for condition in plan.where:
        key = (condition.name, condition.path) if isinstance(condition, Named) else None
        if key and named[key] != getattr(condition, "negated", False):
            return f"nothing is both {key[0]} and not; ask for each alone"
    apart = _apart(plan)
    if apart:
        return apart
    for group in plan.groups:
        if group.ref and {True, False} & held.get(group.ref, set()):
            return f"it is not clear whether {group.ref.column} is a breakdown or a condition"
    return None


def _apart(plan: Plan) -> str | None:
    """Two periods, parts of the calendar or limits of one column that no row is in at once."""
    for one, other in itertools.combinations(plan.where, 2):
        if isinstance(one, PartIs) and isinstance(other, PartIs):
            same = one.ref == other.ref and one.part == other.part
            lost = same and not set(one.values) & set(other.values)
            turned = one.negated or other.negated
        elif isinstance(one, During) and isinstance(other, During):
            lost = one.ref == other.ref and not any(
                _meet(a, b) for a in one.ranges for b in other.ranges
            )
            turned = one.negated or other.negated
        elif isinstance(one, Compared) and isinstance(other, Compared):
            (low, high), (least, most) = _limits(one), _limits(other)
            lost = one.ref == other.ref and (low > most or least > high)
            turned = "!=" in (one.operator, other.operator)
        else:
            continue
        if lost and not turned:
            name = one.ref.column
            return f"no row fits both conditions on {name}; say which date or number each is about"
    return None


def _meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    starts = [d for d in (one[0], other[0]) if d]
    ends = [d for d in (one[1], other[1]) if d]
    return not starts or not ends or max(starts) < min(ends)


def _limits(limit: Compared) -> tuple[float, float]:
    if limit.operator in (">", ">="):
        return limit.low, math.inf
    if limit.operator in ("<", "<="):
        return -math.inf, limit.low
    return limit.low, limit.low if limit.high is None else limit.high


class _Account:
    def __init__(self, chunks: list[Chunk], plan: Plan, catalog: Catalog) -> None:
        self.chunks = chunks
        self.plan = plan
        self.catalog = catalog
        self.metrics = [*plan.metrics, *(h.metric for h in plan.having)]
        self.conditions = [*plan.where, *(c for m in self.metrics for c in m.where)]
        self.refs = set(self._refs())
        self.tables = {plan.table, *(ref.table for ref in self.refs)}
        self.tables |= {j.many for j in self._joins()} | {j.one for j in self._joins()}
        self.columns = {(ref.table, ref.column) for ref in self.refs}
        for table, name in tuple(self.columns):
            self.columns |= {(table, part) for part in catalog.column(table, name).made_of}
        for join in self._joins():
            self.columns |= {(join.many, join.many_column), (join.one, join.one_column)}
        self.keys_named()

    def keys_named(self) -> None:
        """A key and the label of the entity it points to stand for each other."""
        for join in self.catalog.joins:
            label = self.catalog.tables[join.one].label
            if (join.many, join.many_column) in self.columns:
                self.tables.add(join.one)
                if label:
                    self.columns.add((join.one, label))
        for name, table in self.catalog.tables.items():
            if table.key and (name, table.key) in self.columns and table.label:
                self.columns.add((name, table.label))

    def missing(self) -> list[Chunk]:
        found = [c for c in self.chunks if c.kind == "sense" and not self._shown(c)]
        for at, chunk in enumerate(self.chunks):
            if (
                (chunk.key("super") and not self._ranked(at))
                or (chunk.key("not") and not self._negated())
                or (chunk.key("share", "oftotal") and not self._shares())
                or (chunk.key("agg") and not self._aggregated(chunk.value))
                or (chunk.key("breakdown") and not self._broken_down(at))
                or (chunk.text.lower() in ("both", "and") and self._counts_those_of_all(at))
                or (chunk.key("compare") and self._sorts(at) and not self._compares())
                or (chunk.kind == "date" and not self._dated())
                or (chunk.kind == "number" and not self._counted(chunk))
            ):
                found.append(chunk)
        return found

    def _sorts(self, at: int) -> bool:
        """ "delayed vs cancelled flights": what is left and right tells which rows are meant."""
        sides = (self.chunks[max(at - 2, 0) : at], self.chunks[at + 1 : at + 3])
        kinds = [{s.kind for chunk in side for s in chunk.senses} for side in sides]
        sorts = any(k & {"filter", "value"} for k in kinds)
        return sorts and all(k & _COMPARABLE for k in kinds)

    def _compares(self) -> bool:
        """Whether two things stand side by side: numbers, periods, or values of one column."""
        plan = self.plan
        if len(plan.metrics) > 1 or plan.change or plan.shape:
            return True
        if any(g.spans or g.buckets for g in plan.groups) or self._splits_a_flag():
            return True
        return any(isinstance(c, OneOf) and len(c.values) > 1 for c in self.conditions)

    def _splits_a_flag(self) -> bool:
        """ "damaged vs undamaged parcels": one row for each state of the column."""
        refs = [g.ref for g in self.plan.groups if g.ref and not g.grain]
        columns = [self.catalog.column(ref.table, ref.column) for ref in refs]
        return any(yes_condition(column) for column in columns)

    def _refs(self) -> Iterator[Ref]:
        plan = self.plan
        yield from (g.ref for g in plan.groups if g.ref)
        yield from plan.rows
        for metric in self.metrics:
            yield from (r for r in (metric.ref, metric.per, metric.over, metric.since) if r)
        yield from (c.ref for c in self.conditions if not isinstance(c, Named))

    def _joins(self) -> list[JoinInfo]:
        names = {name for ref in self.refs for name in ref.path}
        names |= {name for c in self.conditions if isinstance(c, Named) for name in c.path}
        return [self.catalog.join(name) for name in names]

    # -- words of the space ---------------------------------------------------------------------

    def _shown(self, chunk: Chunk) -> bool:
        return any(self._uses(sense) for sense in chunk.senses)

    def _uses(self, sense: Sense) -> bool:
        if sense.kind == "table":
            return sense.table in self.tables
        if sense.kind == "column":
            used = (sense.table, sense.name) in self.columns or self._spelled(sense)
            return used or self._certain(sense) or self._made_so(sense)
        if sense.kind == "value":
            return self._holds(sense) or self._spelled(sense)
        if sense.kind == "measure":
            told = [m.measure for m in self.metrics if m.measure]
            turned = f"{sense.name} in "
            shown = any(name == sense.name or name.startswith(turned) for name in told)
            return shown or self._alike(sense) or self._divides_by(sense)
        if sense.kind == "filter":
            named = any(isinstance(c, Named) and c.name == sense.name for c in self.conditions)
            return named or self._spelled(sense) or self._limited(sense)
        if sense.kind == "dimension":
            return any(g.dimension == sense.name for g in self.plan.groups)
        if sense.kind in ("event", "verb"):
            return sense.table in self.tables
        if sense.kind == "band":
            return (sense.table, sense.name) in self.columns
        return True

    def _divides_by(self, sense: Sense) -> bool:
        """ "quantity per order", where orders are counted by their number."""
        template = self.catalog.measure(sense.name).template.lower().replace("`", "")
        keys = [m.per.column for m in self.metrics if m.per and m.per.table == sense.table]
        return any(f"count(distinct {{t}}{key.lower()})" in template for key in keys)

    def _made_so(self, sense: Sense) -> bool:
        """Whether a number of the plan is made of the same columns, perhaps in another unit."""
        parts = self.catalog.column(sense.table, sense.name).made_of
        return bool(parts) and {(sense.table, part) for part in parts} <= self.columns

    def _certain(self, sense: Sense) -> bool:
        """ "admitted patients": every row has a date of admission."""
        column = self.catalog.column(sense.table, sense.name)
        return column.role == "time" and not column.nulls and sense.table in self.tables

    def _limited(self, sense: Sense) -> bool:
        """ "delayed by 30 minutes": the number replaces the filter's own limit."""
        template = self.catalog.named_filter(sense.name).template
        told = [c.ref for c in self.conditions if isinstance(c, Compared)]
        told += [c.ref for c in self.conditions if isinstance(c, OneOf)]
        told += [group.ref for group in self.plan.groups if group.ref]
        return any(ref.column in template and ref.table == sense.table for ref in told)

    def _holds(self, sense: Sense) -> bool:
        return any(
            isinstance(c, OneOf)
            and (sense.value in c.values or (sense.value == "true" and True in c.values)
                 or (sense.value == "true" and False in c.values)
                 or self._key_of_name(sense, c))
            for c in self.conditions
        )  # fmt: skip

    def _key_of_name(self, sense: Sense, condition: OneOf) -> bool:
        names = self.catalog.tables[sense.table].names
        return any(names.get(str(value)) == sense.value for value in condition.values) or (
            names.get(sense.value) in condition.values
        )

    def _alike(self, sense: Sense) -> bool:
        """A count such as "cancelled flights" may stand for its condition, or for its ratio."""
        template = self.catalog.measure(sense.name).template
        inside = template[template.find("(") + 1 : template.rfind(")")]
        return any(
            isinstance(c, Named) and self.catalog.named_filter(c.name).template == inside
            for c in self.conditions
        ) or any(
            m.measure and self.catalog.measure(m.measure).template.startswith(template)
            for m in self.metrics
        )

    def _spelled(self, sense: Sense) -> bool:
        """Whether a named measure, filter or dimension of the plan is made of the column."""
        names = [m.measure for m in self.metrics if m.measure]
        texts = [self.catalog.measure(name).template for name in names]
        for condition in self.conditions:
            if isinstance(condition, Named):
                texts.append(self.catalog.named_filter(condition.name).template)
        for group in self.plan.groups:
            if group.dimension:
                texts.append(self.catalog.dimension(group.dimension).template)
        if sense.kind == "filter":
            return any(self.catalog.named_filter(sense.name).template in text for text in texts)
        return sense.table == self.plan.table and any(sense.name in text for text in texts)

    # -- words of grammar -----------------------------------------------------------------------

    def _ranked(self, at: int) -> bool:
        order = self.plan.order
        if self.plan.limit or self.plan.limit_per or (order and order.by == "metric"):
            return bool(self.plan.groups)
        return any(m.aggregation in ("max", "min") for m in self.metrics)

    def _negated(self) -> bool:
        turned = any(getattr(c, "negated", False) for c in self.conditions)
        compared = [c for c in self.conditions if isinstance(c, Compared)]
        limits = [h.operator for h in self.plan.having] + [c.operator for c in compared]
        truths = any(isinstance(c, OneOf) and False in c.values for c in self.conditions)
        turned = turned or any(isinstance(c, Known) for c in self.conditions)
        turned = turned or any(c.operator == "=" and not c.low for c in compared)
        return turned or truths or any(o in ("!=", "<", "<=", ">", ">=") for o in limits)

    def _shares(self) -> bool:
        named = [self.catalog.measure(m.measure) for m in self.metrics if m.measure]
        shown = any(m.share or m.over for m in self.metrics)
        shown = shown or any(measure.format == "percent" for measure in named)
        told = any("%" in c.text for c in self.chunks if c.kind == "number")
        return shown or told or bool(self.plan.change)

    def _aggregated(self, wanted: str) -> bool:
        if wanted == "sum":
            return True
        if wanted == "avg" and any(h.mean for h in self.plan.having):
            return True
        if wanted == "avg":
            return any(self._averages(m) for m in self.metrics)
        return any(m.aggregation == wanted for m in self.metrics)

    def _averages(self, metric: Metric) -> bool:
        if metric.measure and not self.catalog.measure(metric.measure).additive:
            return True
        return (
            bool(metric.per or metric.per_row or metric.over or metric.share)
            or metric.aggregation in _AVERAGES
        )

    def _broken_down(self, at: int) -> bool:
        """ "revenue breakdown by region" and "mix of channels", but not "payment mix by city"."""
        after = self.chunks[at + 1 : at + 2]
        mixed = self.chunks[at].text.lower() in ("mix", "distribution")
        return bool(self.plan.groups) and not (mixed and after and after[0].key("by"))

    def _counts_those_of_all(self, at: int) -> bool:
        """ "customers who bought boots and tents": those of both are fewer than those of either.

        Of what the customers themselves are, such as their country, each has one: no doubt there.
        """
        counted = [m.ref for m in self.metrics if m.aggregation == "distinct" and m.ref]
        if self.chunks[at].text.lower() == "and":
            near = self.chunks[at - 1 : at] + self.chunks[at + 1 : at + 2]
            if len(near) < 2 or not all(self._lists(chunk) for chunk in near):
                return False
        several = [
            c.ref
            for c in self.plan.where
            if (isinstance(c, OneOf) and len(c.values) > 1 and not c.negated)
            or (isinstance(c, During) and len(c.ranges) > 1)
        ]
        split = {group.ref for group in self.plan.groups}
        own = {self._owner(ref) for ref in counted}
        loose = [ref for ref in several if ref not in split and not {ref.table} & own]
        return bool(loose) and bool(counted or not self.plan.metrics)

    def _owner(self, key: Ref) -> str:
        """The table whose rows a counted key stands for."""
        for join in self.catalog.joins:
            if (join.many, join.many_column) == (key.table, key.column):
                return join.one
        return key.table

    def _lists(self, chunk: Chunk) -> bool:
        return chunk.kind == "date" or any(sense.kind == "value" for sense in chunk.senses)

    def _dated(self) -> bool:
        dated = any(isinstance(c, During | PartIs | Compared) for c in self.conditions)
        return dated or bool(self.plan.having) or any(g.buckets for g in self.plan.groups)

    def _counted(self, chunk: Chunk) -> bool:
        value = chunk.number
        shown: set[float | None] = {self.plan.limit, self.plan.limit_per}
        percent = chunk.text.endswith("%")
        for kept in self.plan.having:
            if not (percent and _is_amount(kept.metric)):
                shown |= {kept.low, kept.high}
        for limit in self.conditions:
            if isinstance(limit, Compared):
                shown |= {limit.low, limit.high}
        if any(_close(value, number) for number in shown if number is not None):
            return True
        return any(_names(c, chunk.text) for c in self.conditions)


def _is_amount(metric: Metric) -> bool:
    """Whether the number counts or adds up, so that no percentage limits it."""
    plain = metric.aggregation in ("count", "distinct", "sum") and metric.over is None
    return plain and not metric.share


def _names(condition: Condition, text: str) -> bool:
    if isinstance(condition, During | PartIs):
        return True
    return isinstance(condition, OneOf) and any(text in str(v) for v in condition.values)


def _close(said: float, shown: float) -> bool:
    """The same number, perhaps told in another unit: 30 % is 0.3, two hours are 120 minutes."""
    factors = (1.0, 100.0, 0.01, 60.0, 1440.0, 24.0, 3600.0, 86400.0, 7.0, 1000.0, 0.001)
    return any(abs(said * factor - shown) < 1e-9 * max(1.0, abs(shown)) for factor in factors)
