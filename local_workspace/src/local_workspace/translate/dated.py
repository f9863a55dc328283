"""By which date rows are told, and questions for the first or the last date itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.doubts import Doubts
from local_workspace.translate.plan import Metric, Plan, Ref

if TYPE_CHECKING:
    from local_workspace.translate.draft import Wish


class Dated(Doubts):
    """Dates of one draft."""

    def _tell_by_event(self) -> None:
        """ "cancellations by month": months of the cancellation, not of the start."""
        dated = [
            {sense.name for sense in wish.senses[0]}
            for metric in self.draft.metrics
            for wish in metric.where
            if wish.kind == "happened"
        ]
        if len(dated) > 1 and not set.intersection(*dated):
            raise Unbound(
                "these numbers are told by different dates; ask for each alone", ambiguous=True
            )
        own = [s for s in self.draft.event if s.table == self.root]
        if not own:
            return
        ref = Ref((), self.root, own[0].name)
        if self.catalog.column(self.root, ref.column).role != "time":
            return
        if ref.column != self.catalog.tables[self.root].time and len(self.draft.metrics) > 1:
            raise Unbound(
                "these numbers are told by different dates; ask for each alone", ambiguous=True
            )
        self.binder.when = ref

    def _dates_asked(self) -> Plan:
        """ "when was the first order", "what period does the data cover"."""
        draft = self.draft
        named = [noun for noun in (*draft.bare, draft.target) if noun is not None]
        refs = {self.binder.noun(noun).ref for noun in named}
        done = [w for w in draft.wishes if w.kind == "happened" and not w.negated]
        if done and not named:
            self._check_first_of(done)
            refs = {self._column(done[0].senses[0], done[0].text)}
        if draft.metrics or draft.groups or len(refs) > 1 or draft.direction or draft.having:
            raise Unbound("ask for the first or the last date alone")
        ref = (refs or {self._told_by_name() or self.binder.time()}).pop()
        if ref is None or self.catalog.column(ref.table, ref.column).role != "time":
            raise Unbound("only dates have a first and a last")
        if not draft.mentions and not named:
            self.binder.cost += 1
        wanted = {"first": ("min",), "last": ("max",)}.get(
            draft.first_or_last or "", ("min", "max")
        )
        where = tuple(self.condition(wish) for wish in draft.wishes if wish not in done)
        return Plan(self.root, tuple(Metric(w, ref) for w in wanted), where=where)  # type: ignore[arg-type]

    def _check_first_of(self, done: list[Wish]) -> None:
        """ "when was the last matter opened": the first verb dates it, and it is of its rows."""
        nouns = sorted(self.draft.mentions, key=lambda noun: noun.at)
        own = any(s.table == self.root for senses in done[0].senses for s in senses)
        rows = not nouns or any(s.table == self.root for s in nouns[0].senses)
        if len(done) > 1 or not own or not rows:
            raise Unbound("the first or last date of what is not clear; name one kind of rows")
