# ruff: noqa: PLR0912 - one condition a line reads better here
"""From a draft to a plan: choosing the fact table that explains the whole question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Binder, Unbound
from local_workspace.translate.choosing import (
    by_cost,
    clearly_best,
    counts_nothing_named,
    largest_fact,
)
from local_workspace.translate.dated import Dated
from local_workspace.translate.draft import Draft, MetricWish, Noun
from local_workspace.translate.known_rows import KnownRows
from local_workspace.translate.plan import (
    Condition,
    Group,
    Metric,
    Named,
    OneOf,
    Plan,
    Ref,
)
from local_workspace.translate.stocks import check_stocks
from local_workspace.translate.things import things

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.lexicon import Lexicon


_COMPARED = ("value", "date")


def resolve(draft: Draft, catalog: Catalog, lexicon: Lexicon, table: str | None = None) -> Plan:
    """The plan of the cheapest table that explains everything, or of `table`; raises Unbound."""
    plans: list[tuple[float, int, Plan]] = []
    reasons: list[Unbound] = []
    for number, root in enumerate([table] if table else catalog.tables):
        binder = Binder(catalog, lexicon, root)
        try:
            plan = Resolution(draft, catalog, binder).plan()
        except Unbound as reason:
            reasons.append(reason)
        else:
            plans.append((binder.cost, number, plan))
    clear = [reason for reason in reasons if reason.ambiguous]
    top = draft.top_word and not (draft.metrics or draft.mentions)
    if plans and clear and (top or counts_nothing_named(draft)):
        raise clear[0]
    if counts_nothing_named(draft):
        plans = largest_fact(plans, catalog) if len(plans) > 1 else plans
    if plans:
        main = draft.range_asked or draft.first_or_last
        return min(plans, key=by_cost)[2] if main else clearly_best(plans, catalog)
    raise (clear or reasons)[0]


_MANY = 100


class Resolution(KnownRows, Dated):
    """One attempt to explain a draft from one table."""

    def plan(self) -> Plan:
        """The plan of the whole draft; raises Unbound."""
        draft = self.draft
        for mention in draft.mentions:
            self._mention(mention)
        for verb in draft.verbs:
            if not any(sense.table == self.root for sense in verb.senses):
                raise Unbound(f"“{verb.text}” does not belong to {self.root}")
        if draft.first_or_last or draft.range_asked:
            return self._dates_asked()
        self._tell_by_event()
        if draft.share_of_top:
            raise Unbound("a share of the top ones together cannot be told; ask “share of … by …”")
        if draft.verbs and any(m.share and m.bare for m in draft.metrics):
            raise Unbound("say what the share is of, e.g. “share of … by …”", ambiguous=True)
        wishes = list(draft.wishes)
        metrics_wanted = list(draft.metrics)
        self._claim_conditions(metrics_wanted, wishes)
        wishes = [wish for wish in wishes if not self.certain(wish)]
        groups, target = self._groups()
        where = [self.condition(wish) for wish in wishes]
        groups = self._comparison_groups(groups, wishes, where)
        metrics = self._metrics(metrics_wanted, groups, where)
        self._check_limited_count(metrics, wishes)
        self._check_income(metrics_wanted)
        having = tuple(self._having(wish) for wish in draft.having)
        if any(h.mean for h in having) and len(groups) > 1:
            raise Unbound("above the average of what? ask for one breakdown", ambiguous=True)
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
        if not metrics:
            self._check_listing(
                target, where, ranked=bool(having or draft.direction or draft.limit)
            )
        if not metrics and (having or draft.direction or draft.limit):
            metrics = [having[0].metric] if having else []
        self._per_entity(metrics, groups)
        if draft.rank_metric is not None and metrics and metrics[0] == Metric("count"):
            self._check_counts_many(groups)
            self._check_common(groups)
        if draft.open_question and not groups:
            raise Unbound(f"“{draft.open_question}” needs something to list, e.g. “which month …”")
        order, limit = self._order(metrics, groups, target)
        differs = draft.difference and not any(
            len(w.senses) > 1 or len(w.spans) > 1 for w in draft.wishes if w.kind in _COMPARED
        )
        if differs:
            self._check_difference(metrics)
        plan = Plan(
            difference=differs,
            table=self.root,
            metrics=tuple(metrics),
            groups=tuple(dict.fromkeys(groups)),
            where=tuple(dict.fromkeys(where)),
            having=having,
            order=order,
            limit=limit,
        )
        self._check_dates_of_states(plan)
        check_stocks(plan, self.catalog)
        return self._finish(plan, target)

    def _per_entity(self, metrics: list[Metric], groups: list[Group]) -> None:
        """ "profit per customer by segment": many entities, or any by what they are, divide."""
        noun = self.draft.per_noun
        if noun is None or len(groups) < 2 or len(metrics) != 1 or not self._adds_up(metrics[0]):
            return
        group = self.binder.noun(noun)
        if group in groups and group.ref and not group.grain and not group.part:
            column = self.catalog.column(group.ref.table, group.ref.column)
            others = [g.ref for g in groups if g != group]
            own = all(r and (r.path, r.table) == (group.ref.path, group.ref.table) for r in others)
            table = self.catalog.tables[group.ref.table]
            own = own and group.ref.column in (table.label, table.key)
            if (column.distinct > _MANY or own) and metrics[0].per is None:
                groups.remove(group)
                metrics[0] = replace(metrics[0], per=self._key_of(group.ref))

    def _finish(self, plan: Plan, target: Group | None) -> Plan:
        draft = self.draft
        if draft.per_target and plan.limit and len(plan.groups) > 1 and target:
            plan = replace(plan, limit=None, limit_per=plan.limit)
        if draft.change or draft.growth:
            if plan.having:
                raise Unbound("groups cannot be kept by a limit in a change; ask for each alone")
            return self._change(plan)
        return self._with_both_dates(self._with_numbers(self._without_nobody(plan, target)))

    def _mention(self, noun: Noun) -> None:
        """A noun that only says what rows are; it must be this table or one it leads to."""
        entities = [s for s in noun.senses if s.kind == "table"]
        if any(s.table == self.root for s in entities):
            return
        reached = {s.table for s in entities if s.table in self.binder.paths}
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
        ranked = (draft.direction is not None or draft.per_target) and target is not None
        return (groups if ranked else [*times, *rest]), target

    def _target(self, noun: Noun) -> Group | None:
        rooted = any(s.kind == "table" and s.table == self.root for s in noun.senses)
        table = self.catalog.tables[self.root]
        if rooted and not noun.grain and table.label is None:
            if table.key and any(join.one == self.root for join in self.catalog.joins):
                return Group(ref=Ref((), self.root, table.key))
            raise Unbound(f"single {noun.text} cannot be listed; ask for a count or an average")
        return self.binder.noun(noun)

    # -- metrics --------------------------------------------------------------------------------

    def _metrics(
        self, wanted: list[MetricWish], groups: list[Group], where: list[Condition]
    ) -> list[Metric]:
        found: list[Metric] = []
        for wish in wanted:
            metric = self.metric(wish)
            if metric not in found:
                found.append(metric)
        draft = self.draft
        if draft.compare and len(found) == 1 < len(wanted):
            raise Unbound(
                f"“{wanted[-1].text}” beside which part of it is not clear; ask for a share, or "
                "for each alone"
            )
        listing = draft.which and draft.direction is None and not draft.having
        if not found and self._counts_rows(groups, where, listing=listing):
            found = [Metric("count")]
        if not found and draft.groups and not (listing or draft.direction or draft.having):
            found = self._told_by_group(where)
        spread = draft.spread and not (listing or draft.direction or draft.having)
        if not found and spread and groups:
            found = [Metric("count")]
        if not found and draft.having:
            found = [self.metric(draft.having[0].metric)]
        if draft.of_total and found and found[-1].share is None:
            self._check_part_of_total()
        if draft.of_total and found:
            found[-1] = replace(found[-1], share=found[-1].share or "total")
        for number, metric in enumerate(found):
            if metric.share == "total" and not groups:
                raise Unbound("a share needs a part: say “share of … by …” or “share of … that …”")
            if metric.share == "total" and not self._adds_up(metric):
                raise Unbound("only totals and counts have shares, averages and ratios have none")
            found[number] = metric
        return found

    def _told_by_group(self, where: list[Condition]) -> list[Metric]:
        """ "active customers by country", "no-shows by channel": what is named is counted."""
        draft, first = self.draft, min(noun.at for noun in self.draft.groups)
        named = [noun for noun in draft.mentions if noun.plural and noun.at < first]
        if len(named) == 1:
            tables = tuple(s for s in named[0].senses if s.kind == "table")
            return [self._count(MetricWish(named[0].text, named[0].at, tables, count=True))]
        led = any(wish.at < first and wish.kind in ("value", "filter") for wish in draft.wishes)
        own = any(
            not (c.path if isinstance(c, Named) else c.ref.path)
            for c in where
            if isinstance(c, Named | OneOf)
        )
        fact = self.root not in things(self.catalog)
        return [Metric("count")] if led and own and fact and not draft.mentions else []

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
        if rows and where and entity and self.root in things(self.catalog):
            label = self.catalog.tables[self.root].label or ""
            groups.append(Group(ref=Ref((), self.root, label)))
            return False
        if rows and self._done_by(groups):
            return False
        if rows and (groups or where or draft.trend or draft.change or draft.growth):
            return True
        if rows and not draft.bare:
            raise Unbound("name what to compute: a number of rows, a measure, or a breakdown")
        return False

    # -- order ----------------------------------------------------------------------------------

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
            groups = [Group(ref=self.binder.time(), grain=self._trend_grain())]
        metrics = [self.metric(wish) for wish in wanted]
        having = tuple(self._having(wish) for wish in draft.having)
        return Plan(self.root, tuple(metrics), tuple(groups), tuple(where), having)

    # -- conditions -----------------------------------------------------------------------------
