"""What the first few make together: "share of revenue from the top 3 products"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import Known, TopShare
from local_workspace.translate.shapes.reading import adds_up, keyword

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_LINKS = ("in", "from", "to", "with", "which", "comma", "oftotal", "both", "by", "share")
_VERBS = frozenset(
    {"account", "accounts", "contributed", "contribute", "contributes", "generated", "generate"}
    | {"earned", "earn", "owed", "owned", "held", "due", "down", "attributable", "represent"}
    | {"represents", "represented", "make", "concentrated", "coming"}
)


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of a ranking whose first groups are added up, and of the whole they are part of."""
    shares = [n for n, chunk in enumerate(found) if _asks_share(chunk)]
    tops = [n for n, chunk in enumerate(found) if chunk.key("super")]
    if len(shares) != 1 or len(tops) != 1 or any(c.key("compare", "change") for c in found):
        return None
    start, end = _ranking(found, tops[0])
    noun = found[end : end + 1]
    if not noun or noun[0].kind not in ("sense", "grain"):
        return None
    if start == tops[0] and end == start + 1 and noun[0].plural:
        return None
    rest = [*found[:start], *found[end + 1 :]]
    head, tail = _measured(rest, reading)
    if not head:
        return None
    by = keyword("by", "by")
    ranked = reading.plan([*found[start:end], noun[0], by, *head, *tail])
    if any(not adds_up(metric, reading.catalog) for metric in ranked.metrics):
        raise Unbound("only totals and counts have shares, averages and ratios have none")
    return _added_up(ranked)


def _asks_share(chunk: Chunk) -> bool:
    return chunk.key("share") or (chunk.key("oftotal") and chunk.text.lower() != "of all")


def _ranking(found: list[Chunk], top: int) -> tuple[int, int]:
    """The words of "top 3", "3 biggest" or "single largest"."""
    start, end = top, top + 1
    if top and found[top - 1].kind == "number":
        start = top - 1
    elif end < len(found) and found[end].kind == "number":
        end += 1
    return start, end


def _measured(rest: list[Chunk], reading: Reading) -> tuple[list[Chunk], list[Chunk]]:
    """The words of the measure, and what else is said: conditions and periods."""
    for at, chunk in enumerate(rest):
        amount = any(
            s.kind in ("measure", "table")
            or (s.kind == "column" and reading.catalog.column(s.table, s.name).role == "measure")
            for s in chunk.senses
        )
        if amount:
            head = [chunk]
            before, after = _said(rest[:at]), _said(rest[at + 1 :])
            return head, [*before, *after]
    return [], []


def _said(words: list[Chunk]) -> list[Chunk]:
    """Without the words that only ask for a share or link one thing to another."""
    kept: list[Chunk] = []
    for at, chunk in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        links = chunk.key(*_LINKS) and (after is None or not _condition(after))
        verb = chunk.kind == "unknown" and chunk.text.lower() in _VERBS
        summed = chunk.key("agg") and chunk.value == "sum"
        verb = verb or (chunk.text.lower() in _VERBS and after is not None and after.key("in"))
        if not (links or verb or summed or _asks_share(chunk)):
            kept.append(chunk)
    return kept


def _condition(chunk: Chunk) -> bool:
    return chunk.kind == "date" or bool(chunk.senses)


def _added_up(ranked: Plan) -> Plan:
    """The first groups of the ranking together; raises Unbound where nothing can be added up."""
    metrics, order = ranked.metrics, ranked.order
    plain = len(ranked.groups) == len(metrics) == 1 and not metrics[0].per and not metrics[0].share
    if not plain or order is None or not order.descending or not ranked.limit or ranked.nth:
        raise Unbound(
            "a share of the top ones together needs one measure and one breakdown, e.g. “share of "
            "revenue from the top 3 products”"
        )
    if ranked.having or ranked.change or ranked.groups[0].grain or ranked.groups[0].part:
        raise Unbound("a share of the top ones together cannot be told; ask “share of … by …”")
    known = [c for c in ranked.where if isinstance(c, Known) and not c.negated]
    where = tuple(c for c in ranked.where if c not in known)
    whole = replace(ranked, groups=(), where=where, order=None, limit=None)
    return replace(ranked, shape=TopShare(whole))
