"""Follow-up questions: a patch of the previous plan of the conversation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Binder, Unbound
from local_workspace.translate.ordering import ordered
from local_workspace.translate.plan import Condition, During, Linked, Named, Order, PartIs, Plan
from local_workspace.translate.resolve import Resolution

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.draft import Draft
    from local_workspace.translate.lexicon import Lexicon

_CUE = re.compile(
    r"^\s*(and|also|or|but|now|then|ok|okay|same|what about|how about|and what about|only|just|"
    r"instead|break (it|that|this|them) down|split (it|that|this)|for|by|per|in|without|"
    r"excluding|show (it|that|this|me that|the same)|the same|sort|top|bottom|drill|as a|limit|"
    r"make (it|that)|"
    r"group|compare (it|that|this))\b",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^\s*(and |ok(ay)?,? |now |but |so |then )*"
    r"(what about|how about|the same( thing| question)?|same|break (it|that|this|them) down|"
    r"split (it|that|this)( up)?|show (it|that|this|me that|me the same|the same)|"
    r"make (it|that)|group (it|that)|drill( down)?( into)?|limit (it|that)( to)?|"
    r"(do )?(it|that)|instead|also|only|just)?\b"
    r"(?=\W|$)",
    re.IGNORECASE,
)


_POINTER = re.compile(r"\b(those|them|that|it)\b\W*$", re.IGNORECASE)


def is_follow_up(question: str) -> bool:
    """Whether the wording leans on an earlier question."""
    return _CUE.match(question) is not None


def points_back(question: str) -> bool:
    """Whether the wording means what an earlier question named: "and how many of those"."""
    return is_follow_up(question) and _POINTER.search(question) is not None


def without_ones(found: list[Chunk]) -> list[Chunk]:
    """ "and the ordinary ones": the rows of the earlier question, which "ones" only points to."""
    return [
        chunk
        for at, chunk in enumerate(found)
        if not (
            at
            and chunk.kind == "unknown"
            and chunk.text.lower() in ("ones", "one")
            and any(s.kind in ("value", "filter") for s in found[at - 1].senses)
        )
    ]


def is_short(question: str) -> bool:
    """Whether so little is said that an earlier question may complete it."""
    return len(question.split()) <= 3


def patched(draft: Draft, previous: Plan, catalog: Catalog, lexicon: Lexicon) -> Plan:
    """`previous` with what the follow-up names replaced or added; raises Unbound."""
    found = Resolution(draft, catalog, Binder(catalog, lexicon, previous.table))
    parts = found.parts()
    if not (parts.metrics or parts.groups or parts.where or parts.having or draft.limit
            or draft.descending is not None or draft.of_total):  # fmt: skip
        raise Unbound("say what to change: a breakdown, a condition or another measure")
    _check_shape(previous, parts)
    plan = replace(
        previous,
        nth=None if draft.limit else previous.nth,
        metrics=parts.metrics or previous.metrics,
        groups=parts.groups or previous.groups,
        where=_merged(previous.where, parts.where, catalog),
        having=parts.having or previous.having,
        limit=draft.limit or (None if parts.groups else previous.limit),
        limit_per=None if parts.groups else previous.limit_per,
        change=None if parts.groups and not any(g.grain for g in parts.groups) else previous.change,
    )
    if draft.of_total and plan.metrics and plan.groups:
        metrics = (*plan.metrics[:-1], replace(plan.metrics[-1], share="total"))
        plan = replace(plan, metrics=metrics)
    return replace(plan, order=_order(draft, plan, catalog))


def _check_shape(previous: Plan, parts: Plan) -> None:
    """What was made of the groups holds for other rows, not for other groups or measures."""
    made = previous.nth is not None or previous.shape is not None or bool(previous.rows)
    if made and (parts.groups or parts.metrics or parts.having):
        raise Unbound("ask that as a whole question")
    linked = any(isinstance(c, Linked) for c in previous.where)
    timed = any(isinstance(c, During | PartIs | Linked) for c in parts.where)
    if linked and (timed or not previous.metrics or parts.metrics):
        raise Unbound("say of what, e.g. “customers without an order in 2024”")


def _order(draft: Draft, plan: Plan, catalog: Catalog) -> Order | None:
    if draft.direction and plan.metrics and plan.groups:
        return Order("metric", 0, descending=draft.direction in ("max", "best"))
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

    replaced = {subject(condition) for condition in now}
    return (*(c for c in before if subject(c) not in replaced), *now)
