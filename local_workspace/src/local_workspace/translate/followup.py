"""Follow-up questions: a patch of the previous plan of the conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Binder, Unbound
from local_workspace.translate.draft import MetricWish
from local_workspace.translate.ordering import ordered
from local_workspace.translate.plan import (
    Condition,
    During,
    Linked,
    Named,
    OneOf,
    Order,
    PartIs,
    Plan,
)
from local_workspace.translate.resolve import Resolution
from local_workspace.translate.tied import Tied
from local_workspace.translate.words import tokens

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.draft import Draft
    from local_workspace.translate.lexicon import Lexicon

_PLAIN = Tied("")


def without_ones(found: list[Chunk]) -> list[Chunk]:
    """ "and the ordinary ones": the rows of the earlier question, which "ones" only points to."""
    return [
        chunk
        for at, chunk in enumerate(found)
        if not (
            chunk.kind == "unknown"
            and chunk.text.lower() in ("ones", "one")
            and (at == 0 or found[at - 1].kind != "unknown")
            and len(found) > 1
        )
    ]


def patched(
    draft: Draft, previous: Plan, catalog: Catalog, lexicon: Lexicon, said: Tied = _PLAIN
) -> Plan:
    """`previous` with what the follow-up names replaced or added; raises Unbound."""
    found = Resolution(draft, catalog, Binder(catalog, lexicon, previous.table))
    parts = found.parts()
    sorts = draft.descending is not None or draft.direction or draft.order_by
    if not (parts.metrics or parts.groups or parts.where or parts.having or draft.limit
            or sorts or draft.of_total):  # fmt: skip
        raise Unbound("say what to change: a breakdown, a condition or another measure")
    _check_shape(previous, parts)
    if previous.limit == 1 and sorts and not draft.limit:
        raise Unbound("there is one row to sort; say how many, e.g. “top 5”")
    if said.instead_of and not _held(said.instead_of, previous, parts, lexicon):
        raise Unbound(f"“{said.instead_of}” is not what the earlier question told")
    groups, metrics = parts.groups, parts.metrics
    if said.adds:
        if previous.limit or previous.change:
            raise Unbound("ask that as a whole question")
        groups = tuple(dict.fromkeys((*previous.groups, *parts.groups)))
    if said.adds or isinstance(draft.order_by, MetricWish):
        metrics = tuple(dict.fromkeys((*previous.metrics, *parts.metrics)))
    plan = replace(
        previous,
        nth=None if draft.limit else previous.nth,
        metrics=metrics or previous.metrics,
        groups=groups or previous.groups,
        where=_merged(previous.where, parts.where, catalog),
        having=parts.having or previous.having,
        limit=draft.limit or (None if parts.groups else previous.limit),
        limit_per=None if parts.groups else previous.limit_per,
        change=None if parts.groups and not any(g.grain for g in parts.groups) else previous.change,
    )
    if draft.of_total and plan.metrics and plan.groups:
        metrics = (*plan.metrics[:-1], replace(plan.metrics[-1], share="total"))
        plan = replace(plan, metrics=metrics)
    if draft.order_by:
        return replace(plan, order=found.asked_order(list(plan.metrics), list(plan.groups)))
    kept = not (parts.groups or parts.metrics or sorts or draft.limit or draft.of_total)
    return plan if kept else replace(plan, order=_order(found, plan, catalog))


def by_name(previous: Plan) -> Plan | None:
    """`previous` sorted by what it is broken down by; None where that is only time."""
    for at, group in enumerate(previous.groups):
        if not (group.grain or group.part or previous.limit):
            return replace(previous, order=Order("group", at, descending=False))
    return None


def _held(name: str, previous: Plan, parts: Plan, lexicon: Lexicon) -> bool:
    """Whether what is to be replaced was told before, and something of its kind is told now."""
    words = [token.lower for token in tokens(name)]
    told = lexicon.find(words, 0)
    senses = told[1] if told and told[0] == len(words) else ()
    columns = {(s.table, s.name) for s in senses}
    groups = any(
        (g.ref and (g.ref.table, g.ref.column) in columns) or g.grain == name.strip().lower()
        for g in previous.groups
    )
    metrics = any(
        (m.ref and (m.ref.table, m.ref.column) in columns)
        or any(s.kind == "measure" and s.name == m.measure for s in senses)
        for m in previous.metrics
    )
    held = any(
        isinstance(c, OneOf) and any(s.value in c.values for s in senses) for c in previous.where
    )
    return bool((groups and parts.groups) or (metrics and parts.metrics) or (held and parts.where))


def _check_shape(previous: Plan, parts: Plan) -> None:
    """What was made of the groups holds for other rows, not for other groups or measures."""
    made = previous.nth is not None or previous.shape is not None or bool(previous.rows)
    if made and (parts.groups or parts.metrics or parts.having):
        raise Unbound("ask that as a whole question")
    linked = any(isinstance(c, Linked) for c in previous.where)
    timed = any(isinstance(c, During | PartIs | Linked) for c in parts.where)
    if linked and (timed or not previous.metrics or parts.metrics):
        raise Unbound("say of what, e.g. “customers without an order in 2024”")


def _order(found: Resolution, plan: Plan, catalog: Catalog) -> Order | None:
    draft = found.draft
    if draft.direction and plan.metrics and plan.groups:
        by = plan.order.index if plan.order and plan.order.by == "metric" else 0
        by = by if by < len(plan.metrics) else 0
        told = replace(plan.metrics[by], where=(*plan.metrics[by].where, *plan.where))
        return Order("metric", by, found.descending(draft.direction, told))
    if draft.descending is not None and plan.metrics and plan.groups:
        return Order("metric", 0, draft.descending)
    if plan.limit and plan.order and plan.order.by in ("metric", "row"):
        return plan.order
    return ordered(plan.metrics, plan.groups, catalog)


def _merged(
    before: tuple[Condition, ...], now: tuple[Condition, ...], catalog: Catalog
) -> tuple[Condition, ...]:
    """New conditions replace those on the same column."""

    def subject(condition: Condition) -> object:
        if isinstance(condition, Named):
            return condition.name
        kind = "time" if isinstance(condition, During) else "value"
        ref = condition.ref
        for join in catalog.joins:
            if join.many == ref.table and join.many_column == ref.column:
                return kind, (*ref.path, join.name)
        return kind, ref.path or ref

    now = tuple(_left_of(before, condition) for condition in now)
    replaced = {subject(condition) for condition in now}
    return (*(c for c in before if subject(c) not in replaced), *now)


def _left_of(before: tuple[Condition, ...], now: Condition) -> Condition:
    """ "drop the disputed ones" of the overdue and the disputed: the overdue; raises Unbound."""
    if not isinstance(now, OneOf) or not now.negated:
        return now
    for told in before:
        if isinstance(told, OneOf) and told.ref == now.ref and not told.negated:
            left = tuple(value for value in told.values if value not in now.values)
            if not left or left == told.values:
                raise Unbound("the earlier answer has none of those, or nothing else")
            return replace(now, values=left, negated=False)
    return now
