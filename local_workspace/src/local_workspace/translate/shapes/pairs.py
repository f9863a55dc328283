"""Two things as one: "busiest routes", "most common product and channel combination"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.binding import Unbound
from local_workspace.translate.ends import ends
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_ROUTES = frozenset({"route", "lane", "corridor"})
_PAIRS = frozenset({"pair", "pairing", "combination", "combo"})
_NOUNS = ("table", "column", "role", "dimension")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the first of the two things, told by the second as well."""
    split = _route(found, reading) or _pair(found)
    if split is None:
        return None
    notes = list(reading.notes)
    first = reading.plan(split[0])
    reading.notes[:] = notes
    return _both(first, reading.plan(split[1]))


def _word(chunk: Chunk) -> str:
    return singular(chunk.text.lower()) if chunk.kind == "unknown" else ""


def _route(found: list[Chunk], reading: Reading) -> tuple[list[Chunk], list[Chunk]] | None:
    """A route is where a row begins and where it ends: of the one table that knows both."""
    at = next((n for n, chunk in enumerate(found) if _word(chunk) in _ROUTES), None)
    start = at
    if at is None:
        at = next((n for n, chunk in enumerate(found) if n and _word(chunk) in _PAIRS), None)
        start = at - 1 if at else None
    if at is None or start is None:
        return None
    known = {name: told for name, t in reading.catalog.tables.items() if (told := ends(t))}
    if start < at:
        noun = singular(found[start].text.lower())
        known = {n: told for n, told in known.items() if _is_end(noun, told)}
    named = {s.table for chunk in found for s in chunk.senses if s.kind == "table"}
    kept = {n: told for n, told in known.items() if n in named} or known
    if len(kept) != 1:
        return None
    ((table, told),) = kept.items()
    plural = found[at].plural or found[at].text.lower().endswith("s")
    halves = [
        replace(found[at], kind="sense", text=c.label, plural=plural,
                senses=(Sense("column", table, c.name),))
        for c in told
    ]  # fmt: skip
    before, after = found[:start], found[at + 1 :]
    return [*before, halves[0], *after], [*before, halves[1], *after]


def _is_end(noun: str, told: tuple[object, object]) -> bool:
    """ "station pairs" of a start station and an end station."""
    return all(noun in str(getattr(column, "label", "")).lower().split() for column in told)


def _pair(found: list[Chunk]) -> tuple[list[Chunk], list[Chunk]] | None:
    """ "product and channel combination", "combinations of product and channel"."""
    for at, chunk in enumerate(found):
        if _word(chunk) not in _PAIRS:
            continue
        after = found[at + 1 : at + 5]
        if len(after) == 4 and after[0].key("in") and after[0].text.lower() == "of":
            start, first, link, second, end = at, *after[1:], at + 5
        elif at >= 3:
            start, (first, link, second), end = at - 3, found[at - 3 : at], at + 1
        else:
            continue
        things = all(any(s.kind in _NOUNS for s in c.senses) for c in (first, second))
        if things and link.key("and", "minus", "comma", "by"):
            many = chunk.text.lower().endswith("s")
            halves = [replace(c, plural=many or c.plural) for c in (first, second)]
            before, rest = found[:start], found[end:]
            return [*before, halves[0], *rest], [*before, halves[1], *rest]
    return None


def _both(first: Plan, second: Plan) -> Plan:
    """The first plan with the second's own group after its own; raises Unbound."""
    where = tuple(dict.fromkeys((*first.where, *second.where)))
    alike = replace(first, groups=(), where=()) == replace(second, groups=(), where=())
    others = [
        n
        for n, (one, other) in enumerate(zip(first.groups, second.groups, strict=False))
        if one != other
    ]
    same = alike and len(first.groups) == len(second.groups) and len(others) == 1
    if not same or first.limit_per or first.shape or first.rows:
        raise Unbound("two things together are told by a count or a total of each pair alone")
    at = others[0] + 1
    groups = (*first.groups[:at], second.groups[at - 1], *first.groups[at:])
    return replace(first, groups=groups, where=where)
