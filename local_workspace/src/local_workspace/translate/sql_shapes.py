# ruff: noqa: S608 - names are quoted
"""The SQL of a plan with its shape: what is made of the groups in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted, snake
from local_workspace.translate.naming import group_alias, tally_noun
from local_workspace.translate.plan import (
    Beside,
    Condition,
    Group,
    Known,
    Linked,
    Metric,
    Moving,
    Named,
    Plan,
    Running,
    Tally,
    TopShare,
)
from local_workspace.translate.restate_shapes import having_words
from local_workspace.translate.sql import render
from local_workspace.translate.sql_beside import beside, top_share
from local_workspace.translate.sql_windows import indented, moving, running

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog


def statement(plan: Plan, catalog: Catalog) -> str:
    """The SQL of a plan."""
    if isinstance(plan.shape, Tally):
        return _tally(plan, plan.shape, catalog)
    if isinstance(plan.shape, Running):
        return running(plan, catalog)
    if isinstance(plan.shape, Moving):
        return moving(plan, plan.shape, catalog)
    if isinstance(plan.shape, TopShare):
        return top_share(plan, plan.shape, catalog)
    if isinstance(plan.shape, Beside):
        return beside(plan, plan.shape, catalog)
    return render(plan, catalog)


def _tally(plan: Plan, shape: Tally, catalog: Catalog) -> str:
    noun = snake(tally_noun(plan, shape, catalog))
    limits = " and ".join(having_words(having, plan, catalog) for having in plan.having)
    name = snake(f"{noun} with {limits}")
    groups = tuple(
        Group(ref=shape.key) if shape.key and number == shape.group else group
        for number, group in enumerate(plan.groups)
    )
    told = plan.groups[shape.group]
    # A key that no entity row describes is counted, as it is in every count of different ones; a
    # part of the entities must be among them.
    named = told.ref if shape.among or not shape.key else shape.key
    known = (Known(named),) if named and not told.grain else ()
    where = tuple(dict.fromkeys((*plan.where, *known)))
    inner = replace(plan, groups=groups, where=where, shape=None)
    lines = ["WITH kept AS (", indented(render(inner, catalog)), ")", "SELECT"]
    if not shape.share:
        others = [group_alias(g, catalog) for n, g in enumerate(plan.groups) if n != shape.group]
        lines += [f"  {quoted(other)}," for other in others]
        lines += [f"  count(*) AS {quoted(name)}", "FROM kept"]
        if others:
            places = ", ".join(str(n + 1) for n in range(len(others)))
            lines += [f"GROUP BY {places}", f"ORDER BY {places}"]
        return "\n".join(lines)
    whole = " ".join(_whole(plan, shape, inner, catalog).split())
    lines += [f"  count(*) AS {quoted(name)},", f"  ({whole}) AS {quoted('all_' + noun)},"]
    lines += [f"  count(*) / nullif(({whole}), 0) AS {quoted(f'share_of_{name}')}", "FROM kept"]
    return "\n".join(lines)


def _whole(plan: Plan, shape: Tally, inner: Plan, catalog: Catalog) -> str:
    """How many there are in all: rows of the entity, or groups that have any row."""
    ref = plan.groups[shape.group].ref
    if shape.among is None or ref is None:
        return f"SELECT count(*) FROM ({render(replace(inner, having=()), catalog)})"
    own = tuple(told for c in plan.where if (told := of_entity(c, ref.path)) is not None)
    return render(Plan(shape.among, (Metric("count"),), where=own), catalog)


def of_entity(condition: Condition, path: tuple[str, ...]) -> Condition | None:
    """The condition as told from the entity at the end of `path`; None when it is of other rows."""
    if isinstance(condition, Named | Linked) or condition.ref.path[: len(path)] != path:
        return None
    ref = replace(condition.ref, path=condition.ref.path[len(path) :])
    return replace(condition, ref=ref)
