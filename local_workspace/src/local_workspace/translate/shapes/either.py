"""Which of two has more: "are fares higher in June or July", "which plant had more downtime"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Binder, Unbound
from local_workspace.translate.draft import Draft
from local_workspace.translate.plan import Order
from local_workspace.translate.resolve import Resolution
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_COMPARATIVES = {
    "more": "max", "higher": "max", "larger": "max", "bigger": "max", "greater": "max",
    "longer": "max", "fewer": "min", "less": "min", "lower": "min", "smaller": "min",
    "shorter": "min", "better": "best", "worse": "worst",
}  # fmt: skip
_OVER_TIME = keyword("trend", "over time")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan that shows both, the one that has more first; None where no two are compared."""
    words = [chunk.text.lower() for chunk in found]
    told = [at for at, word in enumerate(words) if word in _COMPARATIVES]
    if len(told) != 1 or any(c.key("cmp", "share", "change", "not") for c in found):
        return None
    at = told[0]
    direction = _COMPARATIVES[words[at]]
    joined = [n for n, chunk in enumerate(found) if chunk.key("or") and _beside(found, n)]
    if not joined and [c.span.kind for c in found if c.span] == ["between"]:
        return reading.plan([*(c for n, c in enumerate(found) if n != at), _OVER_TIME])
    if not joined:
        return _of_two(found, at, direction, reading)
    if len(joined) > 1 or any(chunk.key("super") for n, chunk in enumerate(found) if n != at):
        return None
    vs = keyword("compare", "vs")
    asked = [vs if n == joined[0] else c for n, c in enumerate(found) if n not in _led(found, at)]
    counts = at + 1 < len(found) and any(s.kind == "table" for s in found[at + 1].senses)
    both = reading.plan(asked)
    if len(both.metrics) != 1 or both.having or both.limit or both.change:
        raise Unbound("two things are compared by one measure; name it")
    if both.metrics[0].aggregation == "count" and not both.metrics[0].where and not counts:
        raise Unbound(f"{words[at]} of what? Name a measure or what to count", ambiguous=True)
    if len(both.groups) != 1 or both.groups[0].grain:
        return both
    return replace(both, order=Order("metric", 0, _down(direction, both, reading)))


def _beside(found: list[Chunk], at: int) -> bool:
    """Whether two values of one column stand left and right of the "or"."""
    if at and at + 1 < len(found) and found[at - 1].kind == found[at + 1].kind == "date":
        return True
    left = {(s.table, s.name) for s in found[at - 1].senses if s.kind == "value"} if at else set()
    after = [c for c in found[at + 1 : at + 3] if any(s.kind == "value" for s in c.senses)][:1]
    right = {(s.table, s.name) for c in after for s in c.senses if s.kind == "value"}
    return bool(left & right)


def _led(found: list[Chunk], at: int) -> set[int]:
    """The places of the words that only ask: "which has more", "does A or B have the better"."""
    led = {at} | {n for n, chunk in enumerate(found) if chunk.key("which", "with")}
    values = {(s.table, s.name) for c in found for s in c.senses if s.kind == "value"}
    values |= {(table, "") for table, _ in values}
    for n, chunk in enumerate(found[:-1]):
        named = {(s.table, s.name) for s in found[n + 1].senses if s.kind in ("column", "table")}
        if chunk.key("which") and named & values:
            led.add(n + 1)
    return led


def _down(direction: str, both: Plan, reading: Reading) -> bool:
    """Whether the highest comes first; raises Unbound where better could be either."""
    if direction in ("max", "min"):
        return direction == "max"
    binder = Binder(reading.catalog, reading.lexicon, both.table)
    return Resolution(Draft(), reading.catalog, binder).descending(direction, both.metrics[0])


def _of_two(found: list[Chunk], at: int, direction: str, reading: Reading) -> Plan | None:
    """ "which plant had more downtime": of two plants, the one with the most."""
    if direction not in ("max", "min") or not found[0].key("which") or at < 2:
        return None
    if not any(_has_two(s.table, s.name, reading) for s in found[1].senses):
        return None
    word = "most" if direction == "max" else "least"
    most = keyword("super", word, direction)
    return reading.plan([most if n == at else chunk for n, chunk in enumerate(found)])


def _has_two(table: str, name: str, reading: Reading) -> bool:
    info = reading.catalog.tables.get(table)
    if info is None:
        return False
    column = info.columns.get(name or info.label or "")
    return column is not None and column.distinct == 2 and column.family != "bool"
