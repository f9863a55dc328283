"""How many groups are over or under a limit: "how many stores sold more than 1,000 units"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.plan import Group, Plan, Ref, Tally
from local_workspace.translate.shapes.reading import AskedBack, keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.shapes.reading import Reading

_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_LEADS = ("in", "distinct", "oftotal")
_GRAINS = ("year", "quarter", "month", "week", "day")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the groups that keep to the limit, to be counted; None without a limit."""
    counted = _counted(found)
    words = with_times(found)
    if counted is None or not any(_limits(chunk) for chunk in words):
        return None
    at, noun = counted
    share = found[at].key("share")
    asked = [*words[:at], keyword("which", "which"), *words[noun:]]
    if not _groups_by(found, noun, reading):
        return None
    try:
        plain = reading.plan(asked)
    except (AskedBack, Unbound):
        if share or words != found:
            raise
        return None
    if not plain.having:
        return None
    return tallied(plain, found, noun, reading.catalog, share=share)


def with_times(found: list[Chunk]) -> list[Chunk]:
    """ "at least twice" is at least 2 times."""
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        count = _TIMES.get(chunk.text.lower())
        beside = found[max(at - 1, 0) : at] + found[at + 1 : at + 2]
        if count is None or chunk.kind != "unknown" or not any(_limits(c) for c in beside):
            words.append(chunk)
            continue
        words.append(replace(chunk, kind="number", number=float(count)))
        after = found[at + 1 : at + 2]
        if not (after and after[0].key("after")):
            words.append(replace(chunk, text="times"))
    for at, chunk in enumerate(words[:-1]):
        if chunk.key("after") and found[at - 1].text.lower() in _TIMES:
            words.insert(at + 1, Chunk("unknown", "times", -1, -1))
            break
    return words


def _limits(chunk: Chunk) -> bool:
    return chunk.key("cmp", "between", "after")


def _counted(found: list[Chunk]) -> tuple[int, int] | None:
    """Where "how many" or "what share of" stands that opens the question, and the noun after it."""
    at = 0
    while at < len(found) and found[at].key("in", "which"):
        at += 1
    if not (found[at : at + 1] and found[at].key("count", "share")):
        return None
    noun = at + 1
    while noun < len(found) and found[noun].key(*_LEADS):
        noun += 1
    return (at, noun) if noun < len(found) else None


def _groups_by(found: list[Chunk], at: int, reading: Reading) -> bool:
    """Whether the noun, after its adjectives, names groups: an entity or a grain of time."""
    while found[at : at + 1]:
        chunk = found[at]
        if chunk.kind == "grain":
            return chunk.value in _GRAINS
        if reading.entities(chunk):
            return True
        if any(s.kind in ("column", "role") for s in chunk.senses):
            return not any(
                s.kind == "column" and reading.catalog.column(s.table, s.name).role == "measure"
                for s in chunk.senses
            )
        if not any(s.kind in ("value", "filter") for s in chunk.senses):
            return False
        at += 1
    return False


def tallied(
    plan: Plan, found: list[Chunk], noun: int, catalog: Catalog, *, share: bool
) -> Plan | None:
    """None where each group is one of what the limit counts: "planes … with at least 50 planes"."""
    target = _target(plan, found, noun, catalog)
    group = plan.groups[target]
    if plan.limit or plan.limit_per or plan.change or any(h.mean for h in plan.having):
        raise Unbound("how many of a ranking or a change cannot be counted")
    if not all(n == target or _splits(g, group) for n, g in enumerate(plan.groups)):
        raise Unbound("the groups to count cannot be split by that; ask for one breakdown less")
    itself = group.ref is not None and not group.ref.path and not group.grain
    if itself and any(j.one == plan.table for j in catalog.joins):
        raise Unbound("say what each of them has over or under the limit, e.g. “… orders”")
    if share and len(plan.groups) > 1:
        raise Unbound("a share of groups is told once, without another breakdown")
    key = _key(group, catalog)
    if any(h.metric.aggregation == "distinct" and _alike(h.metric.ref, key or group.ref)
           for h in plan.having):  # fmt: skip
        return None
    whole = share and key and group.ref and not catalog.join(group.ref.path[-1]).shared
    among = group.ref.table if whole and group.ref else None
    return replace(plan, order=None, shape=Tally(target, key, share, among))


def _alike(one: Ref | None, other: Ref | None) -> bool:
    return one is not None and one == other


def _target(plan: Plan, found: list[Chunk], noun: int, catalog: Catalog) -> int:
    """Which group of the plan the counted noun became."""
    if len(plan.groups) == 1:
        return 0
    for chunk in found[noun:]:
        for number, group in enumerate(plan.groups):
            if chunk.kind == "grain" and group.grain == chunk.value:
                return number
            tables = {s.table for s in chunk.senses if s.kind == "table"}
            columns = {(s.table, s.name) for s in chunk.senses if s.kind == "column"}
            if group.ref and not group.grain:
                key = _key(group, catalog)
                pairs = {(group.ref.table, group.ref.column)}
                pairs |= {(key.table, key.column)} if key else set()
                if group.ref.table in tables or pairs & columns:
                    return number
    raise Unbound("what to count is not clear; ask with one breakdown")


def _splits(other: Group, counted: Group) -> bool:
    """Whether each counted group lies in one group of `other`, or is counted once a period."""
    if counted.grain:
        return not other.grain and not other.part
    if other.grain:
        return True
    path = counted.ref.path if counted.ref else ()
    return bool(path) and other.ref is not None and other.ref.path[: len(path)] == path


def _key(group: Group, catalog: Catalog) -> Ref | None:
    """The key that tells groups apart: two customers may have one name."""
    ref = group.ref
    if ref is None or group.grain or not ref.path or ref.column != catalog.tables[ref.table].label:
        return None
    join = catalog.join(ref.path[-1])
    return Ref(ref.path[:-1], join.many, join.many_column)
