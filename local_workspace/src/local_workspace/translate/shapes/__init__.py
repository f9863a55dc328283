"""Shapes of answers beyond a table of groups: one place of a ranking, how many groups, the rest.

Each shape finds its own words, has what is left read as a plain question, and turns that plan. So
every word is either the shape's own or shown by the plain plan (ADR 0165).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.shapes import (
    absent,
    ages,
    beside,
    durations,
    either,
    latest,
    most_of,
    nth,
    opposed,
    pairs,
    parts,
    people_ages,
    rows,
    splits,
    tally,
    top_share,
    windows,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_SHAPES: tuple[Callable[[list[Chunk], Reading], Plan | None], ...] = (
    splits.plan,
    pairs.plan,
    latest.plan,
    absent.plan,
    most_of.plan,
    tally.plan,
    windows.plan,
    top_share.plan,
    parts.plan,
    beside.plan,
    either.plan,
    opposed.plan,
    people_ages.plan,
    ages.plan,
    durations.plan,
    rows.plan,
    nth.plan,
)


def of_others(plan: Plan) -> str | None:
    """Why a list of things is not clear: told by rows that are not so, of which most have some."""
    if plan.metrics or plan.rows or plan.having or len(plan.groups) != 1:
        return None
    own = plan.groups[0].ref
    for condition in plan.where:
        negated = getattr(condition, "negated", False)
        ref = getattr(condition, "ref", None)
        told = own is not None and ref is not None and ref.path[: len(own.path)] == own.path
        if negated and own is not None and own.path and not told:
            return "that could mean those with some others, or those with none; ask “… without …”"
    return None


def shaped(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the first shape whose words are there; None for a plain question."""
    for shape in _SHAPES:
        plan = shape(found, reading)
        if plan is not None:
            return plan
    return None
