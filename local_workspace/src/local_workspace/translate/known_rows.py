"""Which rows a finished plan leaves out because they lack what it tells."""

from __future__ import annotations

from dataclasses import replace

from local_workspace.translate.doubts import Doubts
from local_workspace.translate.plan import Compared, Group, Known, OneOf, Plan, Ref

_MIDDLES = ("avg", "median", "percentile")


class KnownRows(Doubts):
    """Conditions that leave out rows of nobody, without a number, or that are not over yet."""

    def _with_both_dates(self, plan: Plan) -> Plan:
        """How long something took is told of rows where it is over."""
        refs = {m.ref for m in plan.metrics if m.ref and not m.share and not m.where}
        ref = refs.pop() if len(refs) == 1 and len(plan.metrics) == 1 else None
        parts = self.catalog.column(ref.table, ref.column).made_of if ref else ()
        known = [
            Known(replace(ref, column=part))
            for part in parts
            if ref and self.catalog.column(ref.table, part).nulls
            and self.catalog.column(ref.table, part).role == "time"
        ]  # fmt: skip
        told = {c.ref for c in plan.where if isinstance(c, Compared) and c.ref == ref}
        added = [] if told else [c for c in known if c not in plan.where]
        return replace(plan, where=(*plan.where, *added))

    def _with_numbers(self, plan: Plan) -> Plan:
        """ "waiting time by doctor": rows of no doctor, which have no such number, are no group."""
        refs = {m.ref for m in plan.metrics if m.aggregation in _MIDDLES and not m.share and m.ref}
        plain = len(plan.metrics) == 1 and len(refs) == 1 and not plan.metrics[0].where
        keys = [self._key_of(g.ref) for g in plan.groups if g.ref and g.ref.path]
        loose = [k for k in keys if self.catalog.column(k.table, k.column).nulls]
        if not plain or not loose or plan.metrics[0].over or plan.metrics[0].per:
            return plan
        ref = refs.pop()
        if not self.catalog.column(ref.table, ref.column).nulls:
            return plan
        return replace(plan, where=(*plan.where, Known(ref)))

    def _without_nobody(self, plan: Plan, target: Group | None) -> Plan:
        """ "which appeal raised the most", "over 900": rows of no appeal are none of them."""
        ref = target.ref if target else None
        ranked = (plan.limit or plan.limit_per) and plan.order and plan.order.by == "metric"
        kept = ranked or plan.having
        if ref is None or not kept or any(m.share for m in plan.metrics):
            return plan
        told = any(isinstance(c, Known | OneOf) and c.ref == ref for c in plan.where)
        if told:
            return plan
        missing = [
            key for key in self._keys_to(ref) if self.catalog.column(key.table, key.column).nulls
        ]
        return replace(plan, where=(*plan.where, *map(Known, missing[:1])))

    def _keys_to(self, ref: Ref) -> list[Ref]:
        """The columns that lead to one, each of which may be empty, nearest first."""
        joins = [self.catalog.join(name) for name in ref.path]
        steps = [Ref(ref.path[:n], j.many, j.many_column) for n, j in enumerate(joins)]
        return list(dict.fromkeys([*steps, self._key_of(ref)]))
