"""What a plan could mean in two ways, so that it is asked back."""

from __future__ import annotations

import re

from local_workspace.spaces.money import INCOME, other_money
from local_workspace.spaces.names import plural
from local_workspace.translate.binding import Unbound
from local_workspace.translate.comparing import Comparing
from local_workspace.translate.draft import MetricWish, Wish
from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.plan import (
    Condition,
    During,
    Group,
    Metric,
    Named,
    PartIs,
    Plan,
    Ref,
)
from local_workspace.translate.qualities import dated_state


class Doubts(Comparing):
    """Checks of one draft; each raises Unbound where two readings are left."""

    def _check_limited_count(self, metrics: list[Metric], wishes: list[Wish]) -> None:
        """ "how many stores have revenue over 500": no single order has the revenue of a store."""
        entities = any(m.aggregation == "distinct" for m in metrics)
        for wish in wishes if entities else ():
            for sense in (s for senses in wish.senses for s in senses if wish.kind == "number"):
                column = self.catalog.column(sense.table, sense.name)
                if sense.table == self.root and column.role == "measure" and not wish.single:
                    raise Unbound(
                        f"whether single rows or totals are limited by “{wish.text}” is not clear; "
                        "ask for a list, e.g. “stores with more than …”",
                        ambiguous=True,
                    )

    def _check_income(self, wishes: list[MetricWish]) -> None:
        """ "takings" of foyer sales, where screenings bring in money too: which? Ask."""
        table = self.catalog.tables[self.root]
        for wish in wishes:
            columns = [s.name for s in wish.senses if s.kind == "column" and s.table == self.root]
            for column in (self.catalog.column(self.root, name) for name in columns):
                named = set(wish.text.lower().split()) & set(column.label.lower().split())
                if named or not set(INCOME) & set(wish.text.lower().split()):
                    continue
                if other := other_money(column, table, self.catalog):
                    raise Unbound(
                        f"“{wish.text}”: the {column.label} of {plural(table.row)}, or the money "
                        f"of {plural(other)}? Say which",
                        ambiguous=True,
                    )

    def _done_by(self, groups: list[Group]) -> bool:
        """ "customers who bought boots": those who did it are asked for, not what they did."""
        doers, *others = sorted(self.draft.mentions, key=lambda noun: noun.at)
        entities = {s.table for s in doers.senses if s.kind == "table"}
        ones = {join.one for join in self.catalog.joins}
        if not others or not doers.plural or self.root in entities or not entities <= ones:
            return False
        if not groups:
            groups.append(self.binder.noun(doers))
        return True

    def _told_by_name(self) -> Ref | None:
        """ "latest delivery" of rows with a date of delivery beside the main one."""
        table = self.catalog.tables[self.root]
        words = {form for noun in self.draft.mentions for form in family(noun.text)}
        words |= {noun.text.lower() for noun in self.draft.mentions}
        dates = [c for c in table.columns.values() if c.role == "time"]
        told = [c.name for c in dates if words & set(c.label.lower().split())]
        return Ref((), self.root, told[0]) if len(told) == 1 else None

    def _check_dates_of_states(self, plan: Plan) -> None:
        """ "cancelled subscriptions by month": of the start, or of the cancellation? Ask."""
        told = [g.ref for g in plan.groups if g.ref and (g.grain or g.part)]
        told += [c.ref for c in plan.where if isinstance(c, During | PartIs)]
        columns = {ref.column for ref in told if not ref.path}
        main = self.catalog.tables[self.root].time
        self._check_dates_of_leaving(plan, columns == {main})
        for condition in plan.where:
            if isinstance(condition, Named) and not condition.path and columns == {main}:
                dated = dated_state(self.catalog.named_filter(condition.name).template)
                if dated and dated[1] != condition.negated and dated[0] != main:
                    both = (main or "", dated[0])
                    names = [self.catalog.column(self.root, name).label for name in both]
                    raise Unbound(f"dates of what: {names[0]} or {names[1]}?", ambiguous=True)
        if columns == {main}:
            self._check_dates_of_words(main or "")

    def _check_dates_of_words(self, main: str) -> None:
        """ "households housed per month" where a date of housing stands beside the main one."""
        table = self.catalog.tables[self.root]
        nouns = {m.at for m in self.draft.mentions} | {m.at for m in self.draft.metrics}
        for wish in self.draft.wishes:
            said = wish.text.lower()
            done = is_participle(said) and wish.kind in ("value", "filter") and not wish.negated
            forms = {said, *family(said)} if done and wish.at - 1 in nouns else set()
            for column in table.columns.values() if forms else ():
                other = column.role == "time" and column.name != main
                if other and forms & set(column.label.lower().split()):
                    names = f"{table.columns[main].label} or {column.label}"
                    raise Unbound(f"dates of what: {names}?", ambiguous=True)

    def _check_dates_of_leaving(self, plan: Plan, by_start: bool) -> None:
        """ "churn rate by month": of those who began then, or of all who could leave then? Ask."""
        rows = set(self.catalog.tables[self.root].row.split())
        for metric in plan.metrics if by_start and rows & _STAYING else ():
            template = self.catalog.measure(metric.measure).template if metric.measure else ""
            left = _SHARE_DATED.fullmatch(template)
            if left and self.catalog.column(self.root, left.group(1)).role == "time":
                raise Unbound(
                    f"“{metric.measure}” by date could be of those who began then, or of those "
                    "who were there; ask for it without dates, or for the numbers that left",
                    ambiguous=True,
                )

    def _check_common(self, groups: list[Group]) -> None:
        """ "most common manufacturer": of the planes, or of the flights? Ask."""
        ranked = self.draft.rank_metric
        word = ranked.text.lower() if ranked else ""
        for group in groups if "common" in word or "frequent" in word else ():
            ref = group.ref
            label = ref and self.catalog.tables[ref.table].label
            if ref and ref.path and ref.column != label:
                column = self.catalog.column(ref.table, ref.column).label
                rows = self.catalog.tables[ref.table].row
                raise Unbound(
                    f"the {word} {column} by number of what: {plural(rows)}, or "
                    f"{plural(self.catalog.tables[self.root].row)}?",
                    ambiguous=True,
                )

    def _check_counts_many(self, groups: list[Group]) -> None:
        """ "busiest clinic" ranks by what happened there, not by rows of the list of clinics."""
        table = self.catalog.tables[self.root]
        own = {Ref((), self.root, name) for name in (table.key, table.label) if name}
        if any(group.ref in own for group in groups):
            raise Unbound(f"every {table.row} is listed once; say by which measure to rank")

    def _check_listing(self, target: Group | None, where: list[Condition], *, ranked: bool) -> None:
        """A list needs to be asked for, and only shows what did happen."""
        draft = self.draft
        asked = draft.which or target is not None or bool(draft.mentions)
        if draft.groups and not (asked and (draft.which or target)) and not ranked:
            raise Unbound("say what to count or add up")
        if draft.compare:
            raise Unbound("say what to compare them by, e.g. a measure or a number of rows")
        if any(isinstance(c, During) and c.negated for c in where):
            raise Unbound("what did not happen in a period cannot be listed", ambiguous=True)

    def _check_part_of_total(self) -> None:
        """ "damaged shipments as a share of all by mode": of the mode's, or of all damaged ones?"""
        draft = self.draft
        nouns = [noun for noun in (*draft.groups, draft.target) if noun is not None]
        first = min((noun.at for noun in nouns), default=0)
        for wish in draft.wishes:
            if wish.kind in ("value", "filter", "number") and wish.at < first:
                raise Unbound(
                    f"“{wish.text}” as a share of what: of all in the same {nouns[0].text}, or of "
                    f"all with “{wish.text}”? Say “share of … that are …, by …”",
                    ambiguous=True,
                )


_STAYING = frozenset({"subscription", "account", "customer", "member", "membership", "contract"})
_SHARE_DATED = re.compile(
    r"COUNT\(\{t\}`?(\w+)`?\)(?:\{f\})? / NULLIF\(COUNT\(\*\)(?:\{f\})?, 0\)", re.I
)
