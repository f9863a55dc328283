# ruff: noqa: SIM102 - one condition a line reads better here
"""Resolving comparisons: values and periods side by side, changes and differences."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date

from local_workspace.translate import periods
from local_workspace.translate.binding import Unbound
from local_workspace.translate.draft import Wish
from local_workspace.translate.ordering import Ordering
from local_workspace.translate.plan import (
    Condition,
    During,
    Grain,
    Group,
    Metric,
    OneOf,
    Order,
    PartIs,
    Plan,
    Ranges,
)
from local_workspace.translate.qualities import is_money


class Comparing(Ordering):
    """What one draft compares."""

    def _check_difference(self, metrics: list[Metric]) -> None:
        """Only two numbers of one unit have a difference."""
        units = {self._unit(metric) for metric in metrics}
        if len(metrics) != 2 or len(units) != 1:
            raise Unbound(
                "a difference needs two measures of one unit, e.g. “difference between revenue "
                "and cost by region”"
            )

    def _unit(self, metric: Metric) -> str:
        if metric.measure:
            named = self.catalog.measure(metric.measure)
            return named.unit or named.format
        if metric.ref is None or metric.aggregation in ("count", "distinct"):
            return "rows"
        column = self.catalog.column(metric.ref.table, metric.ref.column)
        return column.unit or ("money" if is_money(column) else column.label.lower())

    def _change(self, plan: Plan) -> Plan:
        grains = [g for g in plan.groups if g.grain]
        kind = self.draft.change
        if not plan.metrics:
            raise Unbound("a change needs a measure, e.g. “growth of revenue by year”")
        if kind is None and not grains and (self._trend_grain() == "year" or self._of_one_year()):
            kind = "year"
        if kind is None and not grains:
            raise Unbound("a growth needs a period to compare, e.g. “by year” or “by month”")
        groups = plan.groups
        if not grains:
            grain: Grain = "year" if kind == "year" else draft_grain(self.draft.change_text)
            grain = self._part_compared() or grain if kind == "year" else grain
            group = Group(ref=self.binder.time(), grain=grain)
            groups, grains = (group, *groups), [group]
        if kind is None:
            kind = "year" if grains[0].grain == "year" else "previous"
        column = self.catalog.column(grains[0].ref.table, grains[0].ref.column)  # type: ignore[union-attr]
        if kind == "year" and column.first and column.last:
            if (column.last - column.first).days < 366:
                raise Unbound(
                    f"the data covers {column.first.isoformat()} to {column.last.isoformat()}, "
                    "less than two years, so years cannot be compared",
                    ambiguous=True,
                )
        self._check_whole(plan.where, grains[0])
        order = Order("group", groups.index(grains[0]), descending=False)
        where = tuple(self._later(c, grains[0]) for c in plan.where)
        return replace(plan, groups=groups, change=kind, order=order, where=where)

    def _of_one_year(self) -> bool:
        """ "growth in 2024" is growth from the year before."""
        spans = [s for w in self.draft.wishes if w.kind == "date" and not w.senses for s in w.spans]
        return len(spans) == 1 and spans[0].kind == "abs" and spans[0].unit == "year"

    def _part_compared(self) -> Grain | None:
        """ "year on year growth in Q4": each fourth quarter against the one a year before."""
        spans = [s for w in self.draft.wishes if w.kind == "date" and not w.senses for s in w.spans]
        units = {periods.resolve(span, *self._range(self.binder.time())).unit for span in spans}
        parts: dict[str, Grain] = {"quarter": "quarter", "month": "month"}
        return parts.get(units.pop()) if len(units) == 1 else None

    def _check_whole(self, where: tuple[Condition, ...], group: Group) -> None:
        """A change from year to year is one of whole years, not of the years of some months."""
        edges = [
            day
            for condition in where
            if isinstance(condition, During) and condition.ref == group.ref
            for pair in condition.ranges
            for day in pair
            if day is not None
        ]
        if group.grain == "year" and any((day.month, day.day) != (1, 1) for day in edges):
            raise Unbound(
                "only whole years are compared by year; name a quarter or a month to compare it "
                "with the year before",
                ambiguous=True,
            )

    def _later(self, condition: Condition, group: Group) -> Condition:
        """ "growth 2023 to 2024" is told of 2024: the first of two years has nothing before it."""
        if not isinstance(condition, During) or group.grain != "year" or condition.negated:
            return condition
        edges = [day for pair in condition.ranges for day in pair]
        first, last = edges[0], edges[-1]
        if first is None or last is None or last.year - first.year != 2 or self.draft.compare:
            return condition
        return replace(condition, ranges=((first.replace(year=first.year + 1), last),))

    def _trend_grain(self) -> Grain:
        for span in (s for wish in self.draft.wishes for s in wish.spans):
            if span.kind == "between" and span.low and span.high:
                if span.low.unit == span.high.unit == "year":
                    return "year"
        time = self.binder.time()
        if self.catalog.column(time.table, time.column).family == "integer":
            return "year"
        first, last = self._range(self.binder.time())
        for wish in self.draft.wishes:
            for span in wish.spans:
                for start, end in periods.resolve(span, first, last).ranges:
                    first, last = max(first, start or first), min(last, end or last)
        days = (last - first).days
        return "year" if days > 3660 else "month" if days > 92 else "week" if days > 31 else "day"

    def _comparison_groups(
        self, groups: list[Group], wishes: list[Wish], where: list[Condition]
    ) -> list[Group]:
        draft = self.draft
        several = [
            (wish, condition)
            for wish, condition in zip(wishes, where, strict=True)
            if (len(wish.senses) > 1 and wish.kind == "value") or len(wish.spans) > 1
        ]
        for wish, condition in several:
            split = draft.compare or draft.each or wish.joined == "compare"
            split = split or (wish.joined == "and" and wish.kind == "value" and self._averaged())
            if isinstance(condition, OneOf) and split and not condition.negated:
                group = Group(ref=self.binder.labelled(condition.ref))
                if group not in groups:
                    groups = [*groups, group]
            elif isinstance(condition, During) and split:
                if not any(g.grain for g in groups):
                    groups = [self._periods(wish, condition), *groups]
            elif isinstance(condition, PartIs) and split:
                buckets = self._buckets(condition, wish)
                group = Group(ref=condition.ref, part=condition.part, buckets=buckets)
                if group not in groups:
                    groups = [group, *groups]
        dates = [wish for wish in wishes if wish.kind == "date" and not wish.senses]
        if draft.compare and len(dates) > 1 and not any(w.kind == "date" for w, _ in several):
            raise Unbound("which periods to compare is not clear; name them side by side")
        if draft.difference and not several:
            return groups
        if draft.compare and not several and not groups:
            raise Unbound("a comparison needs two things to compare, or a “by …”")
        return groups

    def _buckets(self, condition: PartIs, wish: Wish) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Sets of hours or weekdays that are compared; none when each is a single value."""
        if len(condition.values) <= len(wish.spans):
            return ()
        named = tuple((span.words, span.numbers) for span in wish.spans)
        values = [value for _, numbers in named for value in numbers]
        if len(set(values)) != len(condition.values) or len(set(values)) != len(values):
            raise Unbound("parts of time that overlap cannot be compared; ask for each alone")
        return named

    def _averaged(self) -> bool:
        """Whether every number asked for is an average or ratio, which cannot be pooled."""
        found = [self.metric(wish) for wish in self.draft.metrics]
        totals = [m for m in found if not m.per]
        pooled = any(self._adds_up(m) or m.aggregation == "distinct" for m in totals)
        return bool(found) and not pooled

    def _periods(self, wish: Wish, condition: During) -> Group:
        """Periods of one calendar unit by that unit, any others by what they were called."""
        found = [periods.resolve(s, *self._range(condition.ref)) for s in wish.spans]
        units = {period.unit for period in found}
        if len(units) == 1 and units <= {"year", "quarter", "month", "week", "day"}:
            return Group(ref=condition.ref, grain=units.pop())  # type: ignore[arg-type]
        named = [
            (
                _LETTERED.sub(lambda m: m.group().upper(), s.words.replace(" ,", ",")),
                _joined(p.ranges),
            )
            for s, p in zip(wish.spans, found, strict=True)
        ]
        column = self.catalog.column(condition.ref.table, condition.ref.column)
        edges = sorted(
            (start or date.min, end or date.max) for _, ranges in named for start, end in ranges
        )
        if any(end > after for (_, end), (after, _) in itertools.pairwise(edges)):
            raise Unbound("periods that overlap cannot be compared; ask for each alone")
        if not all(ranges for _, ranges in named) or column.family == "integer":
            raise Unbound("periods to compare must be named with their dates")
        return Group(ref=condition.ref, spans=tuple(named))


def _joined(ranges: Ranges) -> Ranges:
    """Ranges that follow each other as one: the three months of a summer."""
    found: list[tuple[date | None, date | None]] = []
    for start, end in ranges:
        if found and start is not None and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


_LETTERED = re.compile(r"\b[hq][1-4]\b")


def draft_grain(text: str) -> Grain:
    """The grain a word like "quarterly growth" compares by."""
    grains: tuple[Grain, ...] = ("quarter", "week", "day")
    for grain in grains:
        if grain in text.lower() or (grain == "quarter" and "qoq" in text.lower()):
            return grain
    return "month"
