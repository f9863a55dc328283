"""How many groups rose and fell, told in the direction that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides_analyst.planning.movers import asks_how_many, asks_who_moved, moves_asked
from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.reading import Reading

_MANY = re.compile(r"^how many (.+?) rose and fell in ")
_SPAN = re.compile(r"\b(?:in|between) \{[^{}]+period\}(?: and \{[^{}]+period\})?")
_WHO = {"fell": "faller", "rose": "riser"}


def is_breadth(fact: Fact) -> bool:
    """True for a fact that counts the groups that rose and those that fell."""
    return {"groups", "rose", "fell"} <= set(fact.values)


def breadth_headlines(fact: Fact, material: Material) -> Iterator[str]:
    """The fact as headlines, the way that was asked for first, the fullest first."""
    way = _asked_way(fact, material)
    span, groups = _SPAN.search(fact.headline), f"{fact.ref('groups')} {many(fact)}"
    if way and span and not asks_how_many(material.question):
        other = "rose" if way == "fell" else "fell"
        movers = _movers(fact, way)
        named = f"{fact.subject} {way} for {_listed(movers)} {span[0]}"
        so_many = f"{fact.subject} {way} for {fact.ref(way)} of {groups} {span[0]}"
        if movers and _count(fact, other):
            yield f"{named}, and {other} for {fact.ref(other)} of {groups}"
        if movers:
            yield named
        if furthest := _furthest(fact, way):
            yield f"{so_many}, most for {_listed(furthest)}"
            yield f"{so_many}, most for {furthest[0]}"
        if _count(fact, way) > 1 and _count(fact, other):
            yield f"{so_many}, and {other} for {fact.ref(other)}"
    yield fact.headline
    # Other wordings, so that the answer and its slide need not share one.
    yield fact.headline.partition(", and ")[0]
    yield fact.sentence.partition("; ")[0].rstrip(".")


def breadth_readings(fact: Fact) -> Iterator[Reading]:
    """Who moved by name, the smaller side first, and the furthest of each side."""
    ways = sorted(("fell", "rose"), key=lambda way: _count(fact, way))
    subject = fact.subject
    for way in ways:
        names = _movers(fact, way)
        if len(names) > 1:
            yield Reading("By name", f"{subject} {way} for {_listed(names)}.", (fact,))
        elif furthest := _furthest(fact, way):
            yield Reading("By name", f"{subject} {way} most for {_listed(furthest)}.", (fact,))
    ends = iter(("At one end", "At the other end"))
    for way in ways:
        who = _WHO[way]
        if who not in fact.values:
            continue
        by = f"by {fact.ref(f'{who}_change')}"
        alone = _count(fact, way) == 1
        share = f"{who}_change_share"
        by += f", or {fact.ref(share)}" if share in fact.values else ""
        text = f"{fact.ref(who)} {way} {by}." if alone else f"{fact.ref(who)} {way} most, {by}."
        yield Reading(next(ends), text, (fact,))
    if {"change", "change_share"} <= set(fact.values):
        size = f"{fact.ref('change')}, or {fact.ref('change_share')}"
        text = f"As a whole, {fact.measured} moved by {size}."
        yield Reading("The whole", text, (fact,))


def many(fact: Fact) -> str:
    """What the groups are called."""
    found = _MANY.match(fact.says)
    return found[1] if found else "groups"


def _asked_way(fact: Fact, material: Material) -> str:
    """The direction that the question asks about, where some group went there."""
    if not asks_who_moved(material.question):
        return ""
    ways = moves_asked(material.question)
    return next((way for way in ways if _count(fact, way)), "")


def _movers(fact: Fact, way: str) -> list[str]:
    """References to all that moved that way; none where only the furthest is known by name."""
    who, count = _WHO[way], _count(fact, way)
    names = [f"{who}{place if place > 1 else ''}" for place in range(1, count + 1)]
    return [fact.ref(name) for name in names] if set(names) <= set(fact.values) else []


def _furthest(fact: Fact, way: str) -> list[str]:
    """References to the three that moved furthest that way, where not all are known by name."""
    who = _WHO[way]
    names = [name for name in (who, f"{who}2", f"{who}3") if name in fact.values]
    return [] if _movers(fact, way) else [fact.ref(name) for name in names]


def _count(fact: Fact, name: str) -> int:
    exact = fact.values[name].exact
    return int(exact) if isinstance(exact, int | float) else 0


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
