"""Rules that look at the whole draft, once every chunk of the question has been read."""

from __future__ import annotations

import itertools

from local_workspace.spaces.names import plural
from local_workspace.translate.draft import MetricWish, Noun, Wish
from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.lengths import Lengths
from local_workspace.translate.senses import Sense
from local_workspace.translate.things import things

_SORTS = frozenset({"status", "state", "outcome", "result", "type", "kind", "reason", "priority"})


class Afterwards(Lengths):
    """What only stands there: what it counts, what it is for, by which date it is told."""

    def _count_limited(self) -> None:
        """ "marks above 85 in Databases": the rows that have such a mark are what is asked for."""
        draft = self.draft
        named = draft.metrics or draft.mentions or draft.bare or draft.target or draft.having
        if named or draft.direction or not draft.wishes:
            return
        if draft.groups and (counted := self._adjective_and_things()):
            draft.mentions.append(counted)
            return
        if things_said := self._such_things():
            draft.mentions.append(things_said)
            return
        self._check_amount_of_state()
        wish = min(draft.wishes, key=lambda w: w.at)
        chunk = self.peek(wish.at)
        states = [s for s in chunk.senses if s.kind == "value" and s.raw]
        if wish.kind == "value" and states:
            rows = tuple(Sense("table", s.table) for s in states)
            draft.mentions.append(Noun(chunk.text, wish.at, rows, plural=True))
            return
        if not draft.groups and (self._names_happenings(wish) or self._limited_sort(wish)):
            tables = tuple(Sense("table", s.table) for s in wish.senses[0])
            draft.mentions.append(Noun(chunk.text, wish.at, tables, plural=True))
            return
        columns = [self.catalog.column(s.table, s.name) for s in chunk.senses if s.kind == "column"]
        if wish.kind != "number" or not chunk.plural or len(columns) != 1:
            return
        if columns[0].aggregate != "sum" or not draft.groups:
            rows = (Sense("table", columns[0].table),)
            draft.mentions.append(Noun(chunk.text, wish.at, rows, plural=True))

    def _list_with_numbers(self) -> None:
        """ "list the high risk projects with their budget": one row for each of them."""
        draft, first = self.draft, self.peek(0)
        listed = first.key("which") and first.text.lower().startswith(("list", "name"))
        named = [m for m in draft.mentions if m.plural and m.at < 4]
        told = draft.groups or draft.target or draft.bare or draft.having or draft.direction
        if not listed or told or len(named) != 1 or len(draft.metrics) != 1:
            return
        labels = {self.catalog.tables[s.table].label for s in named[0].senses if s.kind == "table"}
        if None not in labels and self.peek(draft.metrics[0].at - 1).key("with", "and"):
            draft.mentions.remove(named[0])
            draft.groups.append(named[0])

    def _such_things(self) -> Noun | None:
        """ "Bosch products": the things behind a value of theirs are what is asked for."""
        for wish in self.draft.wishes:
            place = wish.at + 1
            own = {s.table for senses in wish.senses for s in senses}
            rows = tuple(s for s in self.senses(place, "table") if s.table in own)
            led = all(chunk.key("which") or chunk.senses for chunk in self.chunks[: wish.at])
            if wish.kind != "value" or wish.negated or not led:
                continue
            if rows and self.peek(place).plural:
                return Noun(self.peek(place).text, place, rows, plural=True)
        return None

    def _check_amount_of_state(self) -> None:
        """ "invoiced by branch" of jobs with a state and an amount so called: which one? Ask."""
        for wish in self.draft.wishes:
            done = wish.kind == "value" and is_participle(wish.text.lower())
            forms = {wish.text.lower(), *family(wish.text)} if done and not wish.negated else set()
            for table in {s.table for s in wish.senses[0]} if forms else ():
                columns = self.catalog.tables[table].columns.values()
                told = [c.label for c in columns if forms & set(c.label.lower().split())]
                if told and any(c.role == "measure" and c.label in told for c in columns):
                    rows = plural(self.catalog.tables[table].row)
                    self.draft.unclear = f"“{wish.text}”: the number of {rows}, or the {told[0]}?"

    def _adjective_and_things(self) -> Noun | None:
        """ "adapted bungalows by estate": a state and a sort of one thing, which is counted."""
        wishes = sorted(self.draft.wishes, key=lambda w: w.at)
        if len(wishes) < 2 or wishes[0].kind != "filter" or wishes[1].kind != "value":
            return None
        state, sort = wishes[0], wishes[1]
        own = {s.table for s in state.senses[0]} & {s.table for s in sort.senses[0]}
        beside = sort.at == state.at + 1 and self.peek(sort.at).plural and len(sort.senses) == 1
        if not beside or len(own) != 1 or not own <= things(self.catalog) or sort.negated:
            return None
        rows = (Sense("table", own.pop()),)
        return Noun(self.peek(sort.at).text, sort.at, rows, plural=True)

    def _limited_sort(self, wish: Wish) -> bool:
        """ "novels with more than 500 pages": a plural sort of rows that have such a number."""
        own = {s.table for senses in wish.senses for s in senses}
        others = [w for w in self.draft.wishes if w is not wish]
        limits = [s.table for w in others if w.kind == "number" for s in w.senses[0]]
        plural = self.peek(wish.at).plural and wish.kind == "value" and not wish.negated
        return plural and len(own) == 1 and len(others) == 1 and set(limits) == own

    def _names_happenings(self, wish: Wish) -> bool:
        """ "no-shows in 2023", "surgeries last month": a plural state or sort is counted."""
        dated = any(w.kind == "date" for w in self.draft.wishes) or len(self.draft.wishes) > 1
        if not dated or wish.negated or not self.peek(wish.at).plural or len(wish.senses) != 1:
            return False
        if wish.kind == "filter":
            return not any(s.negated for s in wish.senses[0])
        labels = [self.catalog.column(s.table, s.name).label.lower() for s in wish.senses[0]]
        return wish.kind == "value" and all(set(label.split()) & _SORTS for label in labels)

    def _tell_rate_beside(self) -> None:
        """ "cancelled hires by month and the cancellation rate": the rate is one of all hires."""
        for rate in [m for m in self.draft.metrics if not m.count or (m.fixed and m.share)]:
            tables = {s.table for s in rate.senses}
            for wish in [w for w in self.draft.wishes if w.kind in ("value", "filter")]:
                senses = [s for told in wish.senses for s in told if s.table in tables]
                if wish.negated or not senses or not any(self._is_part(s, rate) for s in senses):
                    continue
                self.draft.wishes.remove(wish)
                rows = tuple(Sense("table", table) for table in sorted(tables))
                counted = MetricWish(wish.text, wish.at, rows, count=True, where=[wish])
                self.draft.metrics.insert(0, counted)
                break

    def _is_part(self, sense: Sense, rate: MetricWish) -> bool:
        """Whether the rate is that of such rows among all."""
        said = (sense.kind, sense.table, sense.name, sense.value)
        if rate.fixed:
            parts = {(s.kind, s.table, s.name, s.value) for w in rate.where for s in w.senses[0]}
            return said in parts
        for measure in (self.catalog.measure(s.name) for s in rate.senses if s.kind == "measure"):
            told = f"{sense.name} = '{sense.value}'"
            if sense.kind == "filter":
                told = self.catalog.named_filter(sense.name).template.replace("{t}", "")
            plain = measure.template.replace("{t}", "").replace("`", "")
            if measure.format == "percent" and told.replace("`", "") in plain:
                return not sense.negated
        return False

    def _tell_theirs(self) -> None:
        """ "number of active members and their average fee": both are of the active ones."""
        metrics = self.draft.metrics
        for before, metric in itertools.pairwise(sorted(metrics, key=lambda m: m.at)):
            between = self.chunks[before.at + 1 : metric.at + 2]
            metric.theirs = any({"their", "its"} & set(chunk.skipped) for chunk in between)
            if metric.theirs and before.count and not before.share:
                self.draft.wishes += before.where
                before.where = []
                owners = tuple(s for s in before.senses if s.kind == "table")
                others = {s.table for s in metric.senses} - {s.table for s in owners}
                if owners and others and metric.aggregation == "avg" and self.is_additive(metric):
                    metric.per = metric.per or Noun(before.text, before.at, owners)

    def _ask_about_bare(self) -> None:
        """A thing that only stands there is a breakdown in a list or a ranking, nowhere else."""
        draft = self.draft
        ranked = draft.having or draft.direction or draft.order_by or draft.rank_metric
        kept = bool(ranked) or not (draft.metrics or draft.groups)
        for noun in draft.bare:
            before, found = self.peek(noun.at - 1), self.noun(noun.at)
            after = self.peek(noun.at + (found[1] if found else 1))
            listed = before.key("and", "comma", "paren") or after.key("and", "comma")
            alone = not draft.metrics and len(draft.bare) == 1
            listed = listed or bool(noun.plural and (kept or alone))
            marked = bool(self.senses(noun.at, "filter"))
            during = noun.grain and before.text.lower() in ("on", "during") and not kept
            if noun.grain and before.senses and before.text.lower().endswith(" on"):
                draft.unclear = (
                    f"the {noun.text} of two dates cannot be compared; ask for a number of days"
                )
            if during and self.peek(noun.at + 1).key("with", "which"):
                draft.unclear = (
                    f"which {noun.text} are meant is not clear; ask for a breakdown by "
                    f"{noun.grain}, or for the {noun.text} that are so"
                )
            elif not (noun.grain or listed or marked or draft.first_or_last or draft.range_asked):
                text = noun.text
                draft.unclear = f"say what “{text}” is for: a breakdown is “by {text}”"

    def _tell_when_done(self) -> None:
        """ "tickets resolved in March": by when they were, which also says that they were."""
        draft = self.draft
        dated = [w for w in draft.wishes if w.kind == "date" and not w.senses]
        if draft.event or len(draft.metrics) > 1 or len(dated) != 1:
            return
        for wish in draft.wishes:
            after = self.peek(wish.at + 1)
            beside = after.kind == "date" or (
                after.key("in") and self.peek(wish.at + 2).kind == "date"
            )
            done = is_participle(wish.text.lower()) and wish.kind == "value" and not wish.negated
            if not (done and beside and self.is_table(wish.at - 1)):
                continue
            own = {s.table for s in self.senses(wish.at, "value")}
            dates = tuple(
                s
                for s in self.senses(wish.at, "column")
                if s.table in own and self.catalog.column(s.table, s.name).role == "time"
            )
            if len(dates) == 1 and self.catalog.tables[dates[0].table].time != dates[0].name:
                draft.event = dates
                draft.wishes.remove(wish)
                return

    def _tell_by_state(self) -> None:
        """ "tenants housed per month": by when they were, where a date and a state are so named."""
        draft = self.draft
        nouns = [*draft.groups, *draft.bare]
        if (
            draft.event
            or len(draft.metrics) > 1
            or not any(n.grain and not n.senses for n in nouns)
        ):
            return
        for wish in draft.wishes:
            if wish.kind == "value" and not wish.negated and self.is_table(wish.at - 1):
                own = {s.table for s in self.senses(wish.at, "value")}
                dates = tuple(
                    s
                    for s in self.senses(wish.at, "column")
                    if s.table in own and self.catalog.column(s.table, s.name).role == "time"
                )
                if dates and is_participle(wish.text.lower()):
                    draft.event = dates
                    return
