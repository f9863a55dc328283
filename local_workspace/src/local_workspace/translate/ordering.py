# ruff: noqa: PLR0912, SIM102 - a rule returns as soon as it knows
"""Resolving the order of rows and how many are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.draft import MetricWish, Noun
from local_workspace.translate.measuring import Measuring
from local_workspace.translate.obvious import obvious
from local_workspace.translate.plan import Group, Metric, Named, OneOf, Order

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_LOWER_IS_BETTER = (
    "delay", "cancel", "cost", "expense", "return", "refund", "complaint", "defect", "error",
    "churn", "loss", "readmi", "damage", "overdue", "no show", "no-show", "escalat", "fail",
    "late", "wait", "downtime", "discount", "price", "scrap", "waste", "absen", "accident",
    "incident", "injur", "fault", "outage", "reject", "miss", "penalt", "debt", "arrear",
    "emission", "conceded", "dropout", "breakdown", "fraud", "spoil", "stockout", "backlog",
    "mortality", "crime", "bounce", "dispute", "severity", "turnaround", "response time",
    "resolution", "transit", "downtime", "vacan", "attrition", "shrink", "overtime",
)  # fmt: skip
_HIGHER_IS_BETTER = (
    "revenue", "sale", "profit", "margin", "income", "turnover", "earning", "rating", "score",
    "star", "satisfaction", "quality", "grade", "point", "pass", "success", "win", "goal",
    "on-time", "on time", "punctual", "output", "produc", "yield", "unit", "quantity", "order",
    "booking", "visit", "view", "attend", "customer", "member", "subscri", "mrr", "arr",
    "conversion", "occupancy", "utili", "growth", "donat", "rent", "fare", "amount", "value",
    "availab", "uptime", "efficien", "finished", "complet", "nights", "tickets", "loan", "trip",
    "flight", "passenger", "delivered", "renew", "approv", "premium", "revenues", "retention",
    "roi", "roas",
)  # fmt: skip
"""What a best and a worst can be told by; of anything else it is asked which end is meant."""


class Ordering(Measuring):
    """The order of one draft's rows."""

    def _order(
        self, metrics: list[Metric], groups: list[Group], target: Group | None
    ) -> tuple[Order | None, int | None]:
        draft = self.draft
        direction, limit = draft.direction, draft.limit
        ranked = draft.rank_metric
        if ranked is not None and ranked.superlative and groups:
            direction = direction or ranked.superlative
            if limit is None and target is not None and draft.target is not None:
                limit = draft.pending_count or (None if draft.target.plural else 1)
            elif limit is None and draft.pending_count:
                limit = draft.pending_count
        elif draft.pending_count and not direction:
            raise Unbound(
                f"say by what the {draft.pending_count} are chosen, e.g. “with the most …”"
            )
        if ranked is not None and ranked.superlative and not groups and metrics:
            if all(m.aggregation not in ("max", "min") for m in metrics):
                raise Unbound(
                    "a highest or lowest needs groups, e.g. “by month” or “which airline”"
                )
        if direction and not groups:
            if draft.direction is None:
                return None, None
            raise Unbound("a ranking needs something to rank, e.g. “top 5 airlines by …”")
        limited = limit and draft.direction and not draft.per_target and target in groups
        if limited and target and not (target.grain or target.part) and len(groups) > 1:
            if any(group.grain for group in groups):
                raise Unbound(
                    "a ranking and a breakdown by time need two questions", ambiguous=True
                )
        if ranked is not None and ranked.superlative and target is None and not draft.bare:
            total = metrics and metrics[0].aggregation == "sum"
            if total and ranked.aggregation is None:
                raise Unbound("say whether the highest total or the highest single value is meant")
        if direction and not metrics and self._only_counts(groups):
            metrics.append(Metric("count"))
        single = len(groups) == 1 or draft.per_target
        if direction and not metrics and draft.top_word and single:
            table = self.catalog.tables[self.root]
            metrics.append(obvious(draft.top_word, table, groups, self.catalog))
        if direction and not metrics:
            raise Unbound("say by which measure to rank", ambiguous=True)
        index = 0
        if ranked is not None and metrics:
            wanted = self._ranked_metric(ranked, metrics)
            if wanted in metrics:
                index = metrics.index(wanted)
        if draft.quality and metrics[index : index + 1] and metrics[index].aggregation == "count":
            raise Unbound(f"say which measure “{draft.quality}” is told by", ambiguous=True)
        if direction:
            return Order("metric", index, self.descending(direction, metrics[index])), limit
        return self.asked_order(metrics, groups), limit

    def _only_counts(self, groups: list[Group]) -> bool:
        """ "top 3 conditions" of calls: of rows with nothing to add up, only their number ranks."""
        table = self.catalog.tables[self.root]
        adds = any(c.role == "measure" and c.aggregate == "sum" for c in table.columns.values())
        adds = adds or any(m.table == self.root and m.additive for m in self.catalog.measures)
        own = all(g.ref is not None and not g.ref.path for g in groups)
        named = any(g.ref and g.ref.column in (table.label, table.key) for g in groups)
        return bool(groups) and own and not adds and not named and table.time is not None

    def _ranked_metric(self, ranked: MetricWish, metrics: list[Metric]) -> Metric:
        if any(ranked.at == wish.at for wish in self.draft.metrics):
            found = self.metric(replace(ranked, where=[]))
            return next(
                (
                    m
                    for m in metrics
                    if replace(m, where=(), share=None) == replace(found, share=None)
                ),
                metrics[0],
            )
        return metrics[0]

    def asked_order(self, metrics: list[Metric], groups: list[Group]) -> Order | None:
        """The order that the question names, or the usual one; raises Unbound."""
        draft = self.draft
        wanted = draft.order_by
        if isinstance(wanted, Noun):
            group = self.binder.noun(wanted)
            if group in groups:
                return Order("group", groups.index(group), bool(draft.descending))
        if isinstance(wanted, MetricWish):
            if not groups:
                raise Unbound("a sorted list needs groups, e.g. “airlines sorted by …”")
            metric = self.metric(wanted)
            for alike in (metrics, [replace(m, where=()) for m in metrics]):
                if metric in alike:
                    down = draft.descending is not False
                    return Order("metric", alike.index(metric), down)
            raise Unbound(f"“{wanted.text}” is not among the columns to sort by")
        usual = ordered(tuple(metrics), tuple(groups), self.catalog)
        if usual is None or draft.descending is None:
            return usual
        return replace(usual, descending=draft.descending)

    def descending(self, direction: str, metric: Metric) -> bool:
        """Whether the highest comes first; raises Unbound where "best" could be either end."""
        if direction in ("max", "min"):
            return direction == "max"
        name = metric.measure or (metric.ref.column if metric.ref else "")
        label = name
        if metric.ref:
            label = self.catalog.column(metric.ref.table, metric.ref.column).label
        marks = [c.ref for c in metric.where if not isinstance(c, Named)]
        label += "".join(f" {self.catalog.column(r.table, r.column).label}" for r in marks)
        label += "".join(f" {c.name}" for c in metric.where if isinstance(c, Named))
        label += "".join(f" {v}" for c in metric.where if isinstance(c, OneOf) for v in c.values)
        if metric.aggregation == "count":
            label += f" {self.catalog.tables[self.root].row}"
        bad = any(word in label.lower() for word in _LOWER_IS_BETTER)
        if not bad and not any(word in label.lower() for word in _HIGHER_IS_BETTER):
            raise Unbound(
                f"whether much or little {label.strip()} is the {direction} is not clear; say "
                "“highest” or “lowest”",
                ambiguous=True,
            )
        return bad if direction == "worst" else not bad


def ordered(
    metrics: tuple[Metric, ...], groups: tuple[Group, ...], catalog: Catalog
) -> Order | None:
    """The usual order: time and numbers ascending, everything else by the first metric."""
    if not groups:
        return None
    first = groups[0]
    if first.grain or first.part or first.spans or not metrics:
        return Order("group", 0, descending=False)
    if first.ref is not None:
        column = catalog.column(first.ref.table, first.ref.column)
        if column.role == "hour" or column.family in ("integer", "number"):
            return Order("group", 0, descending=False)
    return Order("metric", 0, descending=True)
