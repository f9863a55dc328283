"""Which table's plan answers: the cheapest, unless another explains the question as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.binding import Unbound

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.draft import Draft
    from local_workspace.translate.plan import Plan

_MARGIN = 1.0
"""How much cheaper the best table must be: one join, or one guess."""


def by_cost(found: tuple[float, int, Plan]) -> tuple[float, int]:
    """What sorts the cheapest plan first; among equals the order of the tables decides."""
    return found[:2]


def clearly_best(plans: list[tuple[float, int, Plan]], catalog: Catalog) -> Plan:
    """The cheapest plan; raises Unbound when another table explains the question as well."""
    best, *others = sorted(plans, key=by_cost)
    for cost, _, plan in others:
        listed = not best[2].metrics and not plan.metrics
        if cost - best[0] < _MARGIN and not listed:
            names = " or ".join(plural(catalog.tables[p.table].row) for p in (best[2], plan))
            raise Unbound(f"this could be told by {names}; name one of them", ambiguous=True)
    return best[2]


def counts_nothing_named(draft: Draft) -> bool:
    """ "the busiest hour" does not say whose rows are counted."""
    ranked = draft.rank_metric
    named = draft.mentions or draft.verbs or any(not m.count or m.senses for m in draft.metrics)
    return ranked is not None and ranked.count and not ranked.senses and not named


def largest_fact(
    plans: list[tuple[float, int, Plan]], catalog: Catalog
) -> list[tuple[float, int, Plan]]:
    """The plan of the one table that is far larger than the others; raises Unbound."""
    plans = [p for p in plans if not any(_led_through(p[2], q[2], catalog) for q in plans)]
    if len(plans) == 1:
        return plans
    by_rows = sorted(plans, key=lambda found: -catalog.tables[found[2].table].rows)
    most, next_most = (catalog.tables[found[2].table].rows for found in by_rows[:2])
    if most < 5 * next_most:
        names = " or ".join(catalog.tables[found[2].table].row for found in by_rows[:2])
        raise Unbound(f"say what to count, e.g. {names} rows", ambiguous=True)
    return by_rows[:1]


def _led_through(plan: Plan, other: Plan, catalog: Catalog) -> bool:
    """Whether rows reach the groups only through rows of the other: cargo, through its call."""
    paths = [group.ref.path for group in plan.groups if group.ref]
    theirs = [group.ref.path for group in other.groups if group.ref]
    return bool(paths) and all(
        len(mine) > 1 and catalog.join(mine[0]).one == other.table and mine[1:] == its
        for mine, its in zip(paths, theirs, strict=False)
    )
