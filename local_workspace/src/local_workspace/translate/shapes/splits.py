"""How a whole splits: "how do hires split between phone, web and counter", in percent or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import adds_up, keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_SPLIT = frozenset({"split", "splits", "divide", "divided", "divides", "break down"})
_PERCENT = frozenset({"percent", "%", "in percent", "in %", "percentage", "pct", "as a percentage"})


_SHARED = "split"


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the parts in percent, each of the whole that is split; None for other words."""
    shared = [c for c in found if c.key("oftotal") and c.value == _SHARED]
    if not shared:
        return None
    told = reading.plan([c for c in found if c not in shared])
    if len(told.metrics) != 1 or not told.groups or not adds_up(told.metrics[0], reading.catalog):
        raise Unbound("only totals and counts have shares, averages and ratios have none")
    return replace(told, metrics=(replace(told.metrics[0], share="total"),))


def as_breakdown(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the breakdown in place of what the whole splits between."""
    at = next((n for n, chunk in enumerate(found) if _splits(found, n)), None)
    if at is None:
        return found
    spread = found[at].key("breakdown")
    between = next((n for n in range(at + 1, len(found)) if found[n].key("between")), None)
    between = between or (at + 1 if found[at + 1 :] and found[at + 1].key("by") else None)
    if between is None or (not spread and between != at + 1):
        return found
    head = found[at + 1 : between] if spread else found[:at]
    percent = [c for c in found[between:] if c.text.lower() in _PERCENT]
    tail = [c for c in found[between + 1 :] if c not in percent and not c.key("paren")]
    by, rest = _breakdown(tail, catalog)
    if not by or not any(c.senses for c in head):
        return found
    total = [keyword("oftotal", "as a share of the total", _SHARED)] if percent else []
    return [*(found[:at] if spread else []), *head, keyword("by", "by"), *by, *rest, *total]


def _splits(found: list[Chunk], at: int) -> bool:
    chunk = found[at]
    if chunk.key("breakdown"):
        return chunk.text.lower() in ("split of", "breakdown of", "division of")
    return chunk.kind == "unknown" and chunk.text.lower() in _SPLIT and at > 0


def _breakdown(tail: list[Chunk], catalog: Catalog) -> tuple[list[Chunk], list[Chunk]]:
    """The column or thing that the words after "between" name, and the words after those."""
    start = 0
    while start < len(tail) and (tail[start].key("in", "by") or tail[start].kind == "number"):
        start += 1
    if start >= len(tail):
        return [], tail
    held = _values(tail[start])
    if not held:
        named = any(s.kind in ("table", "column", "role", "dimension") for s in tail[start].senses)
        return ([replace(tail[start], plural=False)], tail[start + 1 :]) if named else ([], tail)
    said, end = [tail[start]], start + 1
    while end < len(tail) and (
        tail[end].key("and", "comma", "or", "compare") or _values(tail[end])
    ):
        if _values(tail[end]):
            held &= _values(tail[end])
            said.append(tail[end])
        end += 1
    if len(held) != 1 or len(said) < 2:
        return [], tail
    table, name = held.pop()
    column = catalog.column(table, name)
    senses = (Sense("column", table, name),)
    by = replace(said[0], text=column.label, senses=senses, plural=False, repaired=None)
    values = {s.value for c in said for s in c.senses if (s.table, s.name) == (table, name)}
    if len(values) == len(column.values) and not column.nulls:
        return [by], tail[end:]
    return [by], [keyword("with", "only"), *tail[start:end], *tail[end:]]


def _values(chunk: Chunk) -> set[tuple[str, str]]:
    return {(s.table, s.name) for s in chunk.senses if s.kind == "value"}
