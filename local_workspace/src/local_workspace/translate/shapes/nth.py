"""One place of a ranking: "second-highest", "third largest", "runner-up"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_ORDINALS = {
    word: number
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}
_NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the ranking, of which only one place is kept."""
    split = without_ordinal(found)
    if split is None:
        return None
    rest, place = split
    return _only(reading.plan(rest), place)


def without_ordinal(found: list[Chunk]) -> tuple[list[Chunk], int] | None:
    """The question about the first place, and the place that is meant."""
    for at, chunk in enumerate(found):
        after = at + 1 + (at + 1 < len(found) and found[at + 1].key("minus"))
        place = _place(chunk)
        if place and found[after : after + 1] and found[after].key("super"):
            return found[:at] + found[after:], place
        runner = chunk.kind == "unknown" and chunk.text.lower() in ("runner", "runners")
        if runner or (place and _before_measure(found, at + 1)):
            after += after < len(found) and found[after].key("in", "by")
            highest = keyword("super", "highest", "max")
            return [*found[:at], highest, *found[after:]], place or 2
    return None


def _before_measure(found: list[Chunk], at: int) -> bool:
    """ "third in revenue", "second by units"."""
    return at + 1 < len(found) and found[at].key("in", "by") and bool(found[at + 1].senses)


def _place(chunk: Chunk) -> int | None:
    word = chunk.text.lower()
    numbered = _NUMBERED.fullmatch(word) if chunk.kind == "number" else None
    place = int(numbered.group(1)) if numbered else _ORDINALS.get(word)
    return place if chunk.kind in ("unknown", "number") and place and place > 1 else None


def _only(plan: Plan, place: int) -> Plan:
    order = plan.order
    if order is None or order.by != "metric" or not plan.groups or not plan.metrics:
        raise Unbound("a place in a ranking needs something to rank, e.g. “which store has the …”")
    if plan.metrics[order.index].aggregation in ("max", "min"):
        raise Unbound("of single values only the highest and the lowest are known")
    if plan.limit_per == 1:
        return replace(plan, nth=place)
    if len(plan.groups) > 1 or plan.limit_per or plan.limit not in (None, 1) or plan.change:
        raise Unbound("one place of a ranking needs one breakdown, and one thing at a time")
    return replace(plan, limit=1, nth=place)
