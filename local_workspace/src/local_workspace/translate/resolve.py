"""From a draft to a plan: choosing the fact table that explains the whole question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural, quoted
from local_workspace.translate import dates
from local_workspace.translate.binding import Binder, Unbound
from local_workspace.translate.draft import Draft, MetricWish, Noun, Wish
from local_workspace.translate.lexicon import stem
from local_workspace.translate.plan import (
    Compared,
    Condition,
    During,
    Group,
    Having,
    Known,
    Metric,
    Named,
    OneOf,
    Order,
    PartIs,
    Plan,
    Ref,
)

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.lexicon import Lexicon, Sense

_LOWER_IS_BETTER = (
    "delay", "cancel", "cost", "expense", "return", "refund", "complaint", "defect", "error",
    "churn", "loss", "late", "wait", "downtime", "discount", "price",
)  # fmt: skip


def resolve(draft: Draft, catalog: Catalog, lexicon: Lexicon) -> Plan:
    """The plan of the cheapest table that explains everything; raises Unbound."""
    plans: list[tuple[float, int, Plan]] = []
    reasons: list[Unbound] = []
    for number, root in enumerate(catalog.tables):
        binder = Binder(catalog, lexicon, root)
        try:
            plan = Resolution(draft, catalog, binder).plan()
        except Unbound as reason:
            reasons.append(reason)
        else:
            plans.append((binder.cost, number, plan))
    if plans:
        return min(plans, key=lambda found: found[:2])[2]
    clear = [reason for reason in reasons if reason.ambiguous]
    raise (clear or reasons)[0]


class Resolution:
    """One attempt to explain a draft from one table."""

    def __init__(self, draft: Draft, catalog: Catalog, binder: Binder) -> None:
        self.draft = draft
        self.catalog = catalog
        self.binder = binder
        self.root = binder.root

    def plan(self) -> Plan:
        draft = self.draft
        for mention in draft.mentions:
            self._mention(mention)
        if draft.first_or_last or draft.range_asked:
            return self._dates_asked()
        wishes = list(draft.wishes)
        metrics_wanted = list(draft.metrics)
        self._claim_conditions(metrics_wanted, wishes)
        groups, target = self._groups()
        where = [self.condition(wish) for wish in wishes]
        groups = self._comparison_groups(groups, wishes, where)
        metrics = self._metrics(metrics_wanted, groups, where)
        having = tuple(self._having(h.metric, h.operator, h.low, h.high) for h in draft.having)
        if having and not groups:
            raise Unbound(
                "a limit on a total needs groups to keep, e.g. “airlines with more than …”"
            )
        if draft.trend and not any(g.grain or g.part for g in groups):
            groups.append(Group(ref=self.binder.time(), grain=self._trend_grain()))
        if not metrics and groups and all(g.grain or g.part for g in groups):
            raise Unbound("name what to compute over time, e.g. a measure or a number of rows")
        if not metrics and not groups:
            raise Unbound("nothing to count or list was named")
        if not metrics and (having or draft.direction or draft.limit):
            metrics = [having[0].metric] if having else []
        self._per_entity(metrics, groups)
        if draft.open_question and not groups:
            raise Unbound(f"“{draft.open_question}” needs something to list, e.g. “which month …”")
        order, limit = self._order(metrics, groups, target)
        plan = Plan(
            table=self.root,
            metrics=tuple(metrics),
            groups=tuple(dict.fromkeys(groups)),
            where=tuple(dict.fromkeys(where)),
            having=having,
            order=order,
            limit=limit,
        )
        return self._finish(plan, target)

    def _per_entity(self, metrics: list[Metric], groups: list[Group]) -> None:
        """ "profit per customer by segment": many entities besides a real breakdown divide."""
        noun = self.draft.per_noun
        if noun is None or len(groups) < 2 or len(metrics) != 1 or not self._adds_up(metrics[0]):
            return
        group = self.binder.noun(noun)
        if group in groups and group.ref and not group.grain and not group.part:
            column = self.catalog.column(group.ref.table, group.ref.column)
            if column.distinct > 100 and metrics[0].per is None:
                groups.remove(group)
                metrics[0] = replace(metrics[0], per=self._key_of(group.ref))

    def _finish(self, plan: Plan, target: Group | None) -> Plan:
        draft = self.draft
        if draft.per_target and plan.limit and len(plan.groups) > 1 and target:
            plan = replace(plan, limit=None, limit_per=plan.limit)
        if draft.change or draft.growth:
            plan = self._change(plan)
        return plan

    def _change(self, plan: Plan) -> Plan:
        grains = [g for g in plan.groups if g.grain]
        kind = self.draft.change
        if not plan.metrics:
            raise Unbound("a change needs a measure, e.g. “growth of revenue by year”")
        if kind is None and not grains:
            raise Unbound("a growth needs a period to compare, e.g. “by year” or “by month”")
        groups = plan.groups
        if not grains:
            grain = "year" if kind == "year" else draft_grain(self.draft.change_text)
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
        order = Order("group", groups.index(grains[0]), descending=False)
        return replace(plan, groups=groups, change=kind, order=order)

    def _dates_asked(self) -> Plan:
        """ "when was the first order", "what period does the data cover"."""
        draft = self.draft
        named = [noun for noun in (*draft.bare, draft.target) if noun is not None]
        refs = {self.binder.noun(noun).ref for noun in named}
        if draft.metrics or draft.groups or len(refs) > 1 or draft.direction or draft.having:
            raise Unbound("ask for the first or the last date alone")
        ref = (refs or {self.binder.time()}).pop()
        if ref is None or self.catalog.column(ref.table, ref.column).role != "time":
            raise Unbound("only dates have a first and a last")
        if not draft.mentions and not named:
            self.binder.cost += 1
        wanted = {"first": ("min",), "last": ("max",)}.get(
            draft.first_or_last or "", ("min", "max")
        )
        where = tuple(self.condition(wish) for wish in draft.wishes)
        return Plan(self.root, tuple(Metric(w, ref) for w in wanted), where=where)  # type: ignore[arg-type]

    def _mention(self, noun: Noun) -> None:
        """A noun that only says what rows are; it must be this table or one it leads to."""
        if any(s.table == self.root for s in noun.senses):
            return
        reached = {s.table for s in noun.senses if s.table in self.binder.paths}
        narrowed = {s.table for w in self.draft.wishes for senses in w.senses for s in senses}
        narrowed |= {
            join.one
            for join in self.catalog.joins
            for w in self.draft.wishes
            if join.name in w.role
        }
        counted = {s.table for m in self.draft.metrics for s in m.senses}
        nouns = [*self.draft.groups, *self.draft.bare, self.draft.target]
        counted |= {s.table for n in nouns if n is not None for s in n.senses if s.kind == "column"}
        if reached & (narrowed | counted):
            self.binder.cost += 0.5
            return
        if reached:
            raise Unbound(f"say what “{noun.text}” is for, e.g. “by {noun.text}”", ambiguous=True)
        raise Unbound(f"“{noun.text}” does not belong to {self.root}")

    # -- groups ---------------------------------------------------------------------------------

    def _groups(self) -> tuple[list[Group], Group | None]:
        draft = self.draft
        groups: list[Group] = []
        target: Group | None = None
        for noun in draft.groups:
            groups.append(self.binder.noun(noun))
        if draft.target is not None:
            target = self._target(draft.target)
            if target is not None and target not in groups:
                groups = [*groups, target] if draft.per_target else [target, *groups]
        for noun in draft.bare:
            group = self.binder.noun(noun)
            if group not in groups:
                groups.append(group)
        if not draft.metrics and not groups and not draft.wishes and len(draft.mentions) == 1:
            pass
        times = [g for g in groups if g.grain or g.part]
        rest = [g for g in groups if not (g.grain or g.part)]
        ranked = draft.direction is not None and target is not None
        return (groups if ranked else [*times, *rest]), target

    def _target(self, noun: Noun) -> Group | None:
        rooted = any(s.kind == "table" and s.table == self.root for s in noun.senses)
        if rooted and not noun.grain and self.catalog.tables[self.root].label is None:
            raise Unbound(f"single {noun.text} cannot be listed; ask for a count or an average")
        return self.binder.noun(noun)

    def _trend_grain(self) -> str:  # type: ignore[return]
        for span in (s for wish in self.draft.wishes for s in wish.spans):
            if span.kind == "between" and span.low and span.high:
                if span.low.unit == span.high.unit == "year":
                    return "year"
        first, last = self._range(self.binder.time())
        for wish in self.draft.wishes:
            for span in wish.spans:
                for start, end in dates.resolve(span, first, last).ranges:
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
                unit = self._common_unit(wish)
                group = Group(ref=condition.ref, grain=unit)  # type: ignore[arg-type]
                if not any(g.grain for g in groups):
                    groups = [group, *groups]
            elif isinstance(condition, PartIs) and split:
                if len(condition.values) > len(wish.spans):
                    raise Unbound("such parts of time cannot be compared; ask for each alone")
                group = Group(ref=condition.ref, part=condition.part)
                if group not in groups:
                    groups = [group, *groups]
        if draft.difference and not several:
            raise Unbound("a difference between two measures cannot be computed; ask for both")
        if draft.compare and not several and not groups:
            raise Unbound("a comparison needs two things to compare, or a “by …”")
        return groups

    def _averaged(self) -> bool:
        """Whether every number asked for is an average or ratio, which cannot be pooled."""
        found = [self.metric(wish) for wish in self.draft.metrics]
        return bool(found) and not any(self._adds_up(metric) for metric in found)

    def _common_unit(self, wish: Wish) -> str:
        units = {dates.resolve(s, *self._range(self.binder.time())).unit for s in wish.spans}
        if len(units) == 1 and units <= {"year", "quarter", "month", "week", "day"}:
            return units.pop()
        raise Unbound("periods to compare must be of one kind: years, quarters, months or days")

    # -- metrics --------------------------------------------------------------------------------

    def _claim_conditions(self, metrics: list[MetricWish], wishes: list[Wish]) -> None:
        """Give the conditions that narrow one metric only to that metric."""
        if len(metrics) > 1:
            for metric, following in zip(metrics, [*metrics[1:], None], strict=True):
                for wish in list(wishes):
                    inside = following is not None and metric.at < wish.at < following.at
                    tail = following is None and wish.at > metric.at
                    last = tail and (metric.share or wish.local)
                    if (inside or last) and wish.kind in ("filter", "number", "known"):
                        metric.where = [*metric.where, wish]
                        wishes.remove(wish)
        elif len(metrics) == 1 and not metrics[0].share and not metrics[0].count:
            wishes.extend(metrics[0].where)
            metrics[0] = replace(metrics[0], where=[])
        elif len(metrics) == 1 and not metrics[0].share:
            wishes.extend(metrics[0].where)
            metrics[0] = replace(metrics[0], where=[])
        if len(metrics) == 1 and metrics[0].share:
            self._claim_share(metrics, wishes)

    def _claim_share(self, metrics: list[MetricWish], wishes: list[Wish]) -> None:
        """Which conditions are the part and which are the whole of a share."""
        metric = metrics[0]
        loose = [w for w in wishes if w.kind != "date"]
        strong = [w for w in loose if w.kind in ("filter", "number", "known")]
        grouped = bool(self.draft.groups or self.draft.target or self.draft.bare)
        if metric.where:
            if all(w.kind == "value" for w in metric.where) and strong:
                wishes.extend(metric.where)
                metrics[0] = replace(metric, where=strong)
                for wish in strong:
                    wishes.remove(wish)
            return
        if strong:
            part = strong
        elif loose and not grouped:
            if len(loose) > 1:
                raise Unbound(
                    "which condition is the part of the share is not clear", ambiguous=True
                )
            part = loose
        else:
            return
        metrics[0] = replace(metric, where=part)
        for wish in part:
            wishes.remove(wish)

    def _metrics(
        self, wanted: list[MetricWish], groups: list[Group], where: list[Condition]
    ) -> list[Metric]:
        found: list[Metric] = []
        for wish in wanted:
            metric = self.metric(wish)
            if metric not in found:
                found.append(metric)
        draft = self.draft
        listing = draft.which and draft.direction is None and not draft.having
        if not found and self._counts_rows(groups, where, listing=listing):
            found = [Metric("count")]
        if not found and draft.having:
            found = [self.metric(draft.having[0].metric)]
        if draft.of_total and found:
            found[-1] = replace(found[-1], share=found[-1].share or "total")
        for number, metric in enumerate(found):
            if metric.share == "total" and not groups:
                raise Unbound("a share needs a part: say “share of … by …” or “share of … that …”")
            if metric.share == "total" and not self._adds_up(metric):
                raise Unbound("only totals and counts have shares, averages and ratios have none")
            found[number] = metric
        return found

    def _counts_rows(self, groups: list[Group], where: list[Condition], *, listing: bool) -> bool:
        draft = self.draft
        if draft.degree and not draft.metrics:
            raise Unbound("say which measure, e.g. an average")
        table = self.catalog.tables[self.root]
        rows = any(
            s.table == self.root
            and (noun.plural or noun.text.lower() in (table.row, *table.synonyms))
            for noun in draft.mentions
            for s in noun.senses
        )
        if draft.rank_metric is not None and draft.rank_metric not in draft.metrics:
            return True
        if listing or draft.metrics or draft.having:
            return False
        entity = self.catalog.tables[self.root].label and not groups and not draft.trend
        if rows and where and entity and any(j.one == self.root for j in self.catalog.joins):
            label = self.catalog.tables[self.root].label or ""
            groups.append(Group(ref=Ref((), self.root, label)))
            return False
        if rows and (groups or where or draft.trend):
            return True
        if rows and not draft.bare:
            raise Unbound("name what to compute: a number of rows, a measure, or a breakdown")
        return False

    def metric(self, wish: MetricWish) -> Metric:
        """The metric of a wish as seen from this table; raises Unbound."""
        where = tuple(self.condition(w) for w in wish.where)
        base = self._base(wish)
        where = tuple(c for c in where if not self._implied(c, base))
        share = ("where" if where else "total") if wish.share else None
        if base.share == "where" or (wish.share and self._is_ratio(base)):
            share = base.share
        per, per_grain = None, None
        if wish.aggregation == "avg" and wish.per is not None:
            group = self.binder.noun(wish.per)
            if group.grain:
                per, per_grain = group.ref, group.grain
            elif group.ref is not None and group.part is None:
                per = self._key_of(group.ref)
            else:
                raise Unbound(f"an average per {wish.per.text} is not known")
        return replace(base, where=where, share=share, per=per, per_grain=per_grain)  # type: ignore[arg-type]

    def _base(self, wish: MetricWish) -> Metric:
        if wish.count or wish.bare:
            return self._count(wish)
        measures = [s for s in wish.senses if s.kind == "measure" and s.table == self.root]
        if measures and wish.share and not wish.of_total:
            return self._share_of_measure(measures[0].name, wish.text)
        if measures:
            if wish.aggregation in ("avg", "min", "max", "median") and wish.per is None:
                named = self.catalog.measure(measures[0].name)
                if named.additive or wish.aggregation != "avg":
                    raise Unbound(
                        f"“{wish.text}” is not defined: “{named.name}” is already a total"
                    )
            return Metric("measure", measure=measures[0].name)
        columns = [s for s in wish.senses if s.kind == "column" and s.table == self.root]
        if not columns:
            raise Unbound(f"“{wish.text}” does not belong to {self.root}")
        strong = [s for s in columns if not s.weak] or columns
        names = {s.name for s in strong}
        if len(names) > 1:
            said = " or ".join(self.catalog.column(self.root, n).label for n in sorted(names))
            raise Unbound(f"“{wish.text}” could mean {said}", ambiguous=True)
        column = self.catalog.column(self.root, strong[0].name)
        ref = Ref((), self.root, column.name)
        aggregation = wish.aggregation
        if aggregation is None and wish.superlative and self.draft.target is None:
            if not self.draft.groups and not self.draft.bare and column.aggregate != "sum":
                aggregation = "max" if wish.superlative == "max" else "min"
            elif wish.at == _place(self.draft.rank_metric) and column.aggregate != "sum":
                aggregation = "max" if wish.superlative == "max" else "min"
        if aggregation == "avg" and wish.per is not None:
            return Metric("sum", ref)
        return Metric(aggregation or column.aggregate, ref)

    def _implied(self, condition: Condition, metric: Metric) -> bool:
        """Whether a named measure already holds the condition in its definition."""
        if not metric.measure or not isinstance(condition, Compared) or condition.ref.path:
            return False
        said = f"{{t}}{quoted(condition.ref.column)} {condition.operator} {condition.low:g}"
        return f"WHEN {said} THEN" in self.catalog.measure(metric.measure).template

    def _adds_up(self, metric: Metric) -> bool:
        if metric.measure:
            return self.catalog.measure(metric.measure).additive
        return metric.aggregation in ("count", "sum")

    def _is_ratio(self, metric: Metric) -> bool:
        return bool(metric.measure) and not self.catalog.measure(metric.measure or "").additive

    def _share_of_measure(self, name: str, text: str) -> Metric:
        """ "share of cancelled flights" is the ratio the space defines for that count."""
        template = self.catalog.measure(name).template
        counts = template.startswith("COUNT_IF(")
        rows = self.catalog.tables[self.root]
        nouns = {stem(w) for noun in (rows.row, *rows.synonyms) for w in noun.split()}
        if counts and not nouns & {stem(word) for word in text.lower().split()}:
            raise Unbound(
                f"a share of “{text}” could mean the share of {plural(rows.row)}, or each group's part "
                f"of all {text}; say “share of {plural(rows.row)} …” or “{text} as a share of total”",
                ambiguous=True,
            )
        for other in self.catalog.measures:
            ratio = other.format == "percent" and other.template.startswith(template + " /")
            if counts and other.table == self.root and ratio:
                return Metric("measure", measure=other.name)
        return Metric("measure", measure=name, share="where" if counts else None)

    def _count(self, wish: MetricWish) -> Metric:
        if wish.per is not None and wish.per.grain and wish.aggregation is None:
            group = self.binder.noun(wish.per)
            if any(w.kind in ("number", "known") for w in self.draft.wishes) or self.draft.having:
                raise Unbound(f"counting {wish.text} above or below a limit is not possible")
            if group.grain == "day" and group.ref:
                return Metric("distinct", group.ref)
            raise Unbound(f"counting {wish.text} is not possible")
        tables = [s for s in wish.senses if s.kind == "table"]
        if wish.aggregation not in (None, "sum") and wish.per is None:
            raise Unbound(f"“{wish.text}” needs a “per …”, e.g. per day")
        if not wish.senses:
            return Metric("count")
        if any(s.table == self.root for s in tables) and not wish.role:
            entity = any(join.one == self.root for join in self.catalog.joins)
            timed = any(w.kind == "date" and not w.senses for w in self.draft.wishes) or any(
                g.grain and not g.senses for g in (*self.draft.groups, *self.draft.bare)
            )
            if entity and (wish.distinct or timed):
                self.binder.cost += 3
            return Metric("count")
        noun = Noun(wish.text, wish.at, wish.senses, role=wish.role)
        self.binder.cost += 2
        group = self.binder.noun(noun)
        if group.ref is None:
            raise Unbound(f"“{wish.text}” cannot be counted")
        return Metric("distinct", self._key_of(group.ref))

    def _key_of(self, ref: Ref) -> Ref:
        """Counting entities counts their keys in the fact table, not their names."""
        table = self.catalog.tables[ref.table]
        if ref.path and ref.column == table.label:
            join = self.catalog.join(ref.path[-1])
            return Ref(ref.path[:-1], join.many, join.many_column)
        return ref

    def _having(self, wish: MetricWish, operator: str, low: float, high: float | None) -> Having:
        metric = self.metric(wish)
        named = self.catalog.measure(metric.measure) if metric.measure else None
        if named and named.format == "percent" and low > 1:
            low, high = low / 100, (high / 100 if high else high)
        return Having(metric, operator, low, high)  # type: ignore[arg-type]

    # -- order ----------------------------------------------------------------------------------

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
        if direction and not metrics:
            raise Unbound("say by which measure to rank", ambiguous=True)
        index = 0
        if ranked is not None and metrics:
            wanted = self._ranked_metric(ranked, metrics)
            if wanted in metrics:
                index = metrics.index(wanted)
        if direction:
            return Order("metric", index, self._descending(direction, metrics[index])), limit
        return self._asked_order(metrics, groups), limit

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

    def _asked_order(self, metrics: list[Metric], groups: list[Group]) -> Order | None:
        draft = self.draft
        wanted = draft.order_by
        if isinstance(wanted, Noun):
            group = self.binder.noun(wanted)
            if group in groups:
                return Order("group", groups.index(group), bool(draft.descending))
        if isinstance(wanted, MetricWish):
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

    def parts(self) -> Plan:
        """What a follow-up names, each part empty where it names nothing."""
        draft = self.draft
        for mention in draft.mentions:
            self._mention(mention)
        wishes, wanted = list(draft.wishes), list(draft.metrics)
        self._claim_conditions(wanted, wishes)
        groups, _ = self._groups()
        where = [self.condition(wish) for wish in wishes]
        groups = self._comparison_groups(groups, wishes, where)
        if draft.trend and not groups:
            groups = [Group(ref=self.binder.time(), grain=self._trend_grain())]  # type: ignore[arg-type]
        metrics = [self.metric(wish) for wish in wanted]
        having = tuple(self._having(h.metric, h.operator, h.low, h.high) for h in draft.having)
        return Plan(self.root, tuple(metrics), tuple(groups), tuple(where), having)

    def _descending(self, direction: str, metric: Metric) -> bool:
        if direction in ("max", "min"):
            return direction == "max"
        name = metric.measure or (metric.ref.column if metric.ref else "")
        label = name
        if metric.ref:
            label = self.catalog.column(metric.ref.table, metric.ref.column).label
        bad = any(word in label.lower() for word in _LOWER_IS_BETTER)
        return bad if direction == "worst" else not bad

    # -- conditions -----------------------------------------------------------------------------

    def condition(self, wish: Wish) -> Condition:
        """The condition of a wish as seen from this table; raises Unbound."""
        if wish.kind == "date":
            return self._date(wish)
        if wish.kind == "value":
            ref, values = self.binder.values(wish.senses, wish.role, wish.text)
            return OneOf(ref, values, wish.negated)
        if wish.kind == "filter":
            for sense in wish.senses[0]:
                if sense.table == self.root:
                    return Named(sense.name, wish.negated != sense.negated)
            raise Unbound(f"“{wish.text}” does not belong to {self.root}")
        ref = self._column(wish.senses[0], wish.text)
        if wish.kind == "known":
            column = self.catalog.column(ref.table, ref.column)
            if column.nulls == 0 and not ref.path:
                raise Unbound(f"every row has a {column.label}; name a limit", ambiguous=True)
            return Known(ref, wish.negated)
        return Compared(ref, wish.operator, wish.low, wish.high)

    def _column(self, senses: tuple[Sense, ...], text: str) -> Ref:
        options = (
            sorted(
                (len(ref.path) + (0.5 if s.weak else 0.0), ref)
                for s in senses
                if s.kind == "column"
                for ref in self.binder.column_refs(s)
            )
            if False
            else [
                (len(ref.path) + (0.5 if s.weak else 0.0), ref)
                for s in senses
                if s.kind == "column"
                for ref in self.binder.column_refs(s)
            ]
        )
        if not options:
            raise Unbound(f"“{text}” does not belong to {self.root}")
        best = min(cost for cost, _ in options)
        refs = {ref for cost, ref in options if cost == best}
        if len(refs) > 1:
            raise Unbound(f"“{text}” could mean several columns", ambiguous=True)
        self.binder.cost += best
        return refs.pop()

    def _range(self, ref: Ref) -> tuple[dates.date, dates.date]:
        column = self.catalog.column(ref.table, ref.column)
        if column.first is None or column.last is None:
            raise Unbound(f"{self.root} data has no dates")
        return column.first, column.last

    def _date(self, wish: Wish) -> Condition:
        ref = self._column(wish.senses[0], wish.text) if wish.senses else self.binder.time()
        first, last = self._range(ref)
        found = [dates.resolve(span, first, last) for span in wish.spans]
        parts = {r.part for r in found}
        words = " and ".join(r.words for r in found)
        if parts == {None}:
            ranges = tuple(pair for r in found for pair in r.ranges)
            for start, end in ranges or ((None, None),):
                outside = not ranges or (start and start > last) or (end and end <= first)
                if outside:
                    raise Unbound(
                        f"{wish.text} is outside the data, which covers {first.isoformat()} to "
                        f"{last.isoformat()}",
                        ambiguous=True,
                    )
            return During(ref, ranges, words, wish.negated)
        if len(parts) > 1 or None in parts:
            raise Unbound(f"“{wish.text}” mixes kinds of time")
        part = found[0].part
        values = tuple(value for r in found for value in r.values)
        where = self.binder.hour() if part == "hour" else ref
        assert part is not None
        return PartIs(where, part, values, words, wish.negated)


def _place(wish: MetricWish | None) -> int:
    return wish.at if wish else -1


def draft_grain(text: str) -> str:
    """The grain a word like "quarterly growth" compares by."""
    for grain in ("quarter", "week", "day"):
        if grain in text.lower() or (grain == "quarter" and "qoq" in text.lower()):
            return grain
    return "month"


def ordered(
    metrics: tuple[Metric, ...], groups: tuple[Group, ...], catalog: Catalog
) -> Order | None:
    """The usual order: time and numbers ascending, everything else by the first metric."""
    if not groups:
        return None
    first = groups[0]
    if first.grain or first.part or not metrics:
        return Order("group", 0, descending=False)
    if first.ref is not None:
        column = catalog.column(first.ref.table, first.ref.column)
        if column.role == "hour" or column.family in ("integer", "number"):
            return Order("group", 0, descending=False)
    return Order("metric", 0, descending=True)
