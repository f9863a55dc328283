# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Rows of two sorts side by side: "members vs non-members", "matinee against evening sales"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import Metric, Order
from local_workspace.translate.shapes.reading import AskedBack

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Condition, Plan
    from local_workspace.translate.shapes.reading import Reading


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan with the number of each sort; None where values of one column are compared."""
    links = [at for at, chunk in enumerate(found) if chunk.key("compare")]
    if len(links) != 1 or not 0 < links[0] < len(found) - 1:
        return None
    at = links[0]
    start = at - 1 - (at > 1 and _names(found[at - 1], found[at - 2]))
    left, right = found[start], found[at + 1]
    if not (_sort(left) and _sort(right)) or _values(left) & _values(right):
        return None
    if _reads(found, reading):
        return None
    try:
        one = reading.plan([*found[:at], *found[at + 2 :]])
        other = reading.plan([*found[:start], *found[at + 1 :]], one.table)
    except (AskedBack, Unbound):
        return None
    if one.groups != other.groups or one.metrics != other.metrics or len(one.metrics) != 1:
        return None
    common = tuple(c for c in one.where if c in other.where)
    metric = one.metrics[0]
    if metric.share or metric.where or one.having or one.limit or one.change or one.shape:
        return None
    both = tuple(_narrowed(metric, p.where, common) for p in (one, other))
    if not all(m.where for m in both):
        return None
    timed = bool(one.groups) and bool(one.groups[0].grain or one.groups[0].part)
    order = one.order if timed or not one.groups else Order("metric", 0, descending=True)
    return replace(one, metrics=both, where=common, order=order)


def _names(noun: Chunk, value: Chunk) -> bool:
    """ "high priority": the noun only says what the value is."""
    return bool({(s.table, s.name) for s in noun.senses if s.kind == "column"} & _values(value))


def _reads(found: list[Chunk], reading: Reading) -> bool:
    """Whether the plain rules put both side by side already: "damaged vs undamaged parcels"."""
    try:
        reading.plan(found)
    except (AskedBack, Unbound):
        return False
    return True


def _narrowed(
    metric: Metric, where: tuple[Condition, ...], common: tuple[Condition, ...]
) -> Metric:
    return replace(metric, where=tuple(c for c in where if c not in common))


def _sort(chunk: Chunk) -> bool:
    """Whether the word says only which rows are meant."""
    told = any(s.kind in ("filter", "value") for s in chunk.senses)
    return told and not any(s.kind in ("table", "measure") for s in chunk.senses)


def _values(chunk: Chunk) -> set[tuple[str, str]]:
    return {(s.table, s.name) for s in chunk.senses if s.kind == "value"}
