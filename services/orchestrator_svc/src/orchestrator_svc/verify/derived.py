"""Figures that follow from cited ones in one step: a relative change, a joint share, a group's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FormatKind

from orchestrator_svc.deck.values import to_python
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.entities import is_name, number
from orchestrator_svc.verify.reading import Cite

_PAIRS: Final = (("previous", "last"), ("start", "end"), ("before", "after"))
_SECOND_SIDES: Final = frozenset(("last", "end", "after", "first_value"))
_FIRST_SIDES: Final = frozenset(("previous", "start", "before"))
_RANKED: Final = {FactKind.FACT_KIND_LEADER, FactKind.FACT_KIND_CONCENTRATION}


def numbers(fact: Fact) -> dict[str, float]:
    """The fact's figures by name."""
    return {value.name: size for value in fact.values if (size := number(value)) is not None}


def change_ratio(fact: Fact) -> float | None:
    """What the later of the fact's two levels is of the earlier; None when it has no such two."""
    own = numbers(fact)
    odd = fact.kind == FactKind.FACT_KIND_OUTLIER
    for one, other in (("usual", "first_value"),) if odd else _PAIRS:
        if own.get(one) and other in own:
            return own[other] / own[one]
    return 1 + own["change_share"] if "change_share" in own else None


def change_ratios(facts: Sequence[Fact]) -> list[float]:
    """The ratios of the facts that have one."""
    return [ratio for fact in facts if (ratio := change_ratio(fact)) is not None]


def side_of_change(fact: Fact, *, earlier: bool) -> float | None:
    """The earlier or the later level, of a fact about a share that changed."""
    shares = {
        value.name: size
        for value in fact.values
        if value.format.kind == FormatKind.FORMAT_KIND_PERCENT
        and not value.format.signed
        and (size := number(value)) is not None
    }
    wanted = _FIRST_SIDES if earlier else _SECOND_SIDES
    return next((size for name, size in shares.items() if name in wanted), None)


def joint_share(cites: Sequence[Cite]) -> float | None:
    """The share of the whole that several groups of one ranking make together."""
    names = {cite.value.name: cite for cite in cites if is_name(cite.value)}
    if len(names) < 2 or len({cite.fact.id for cite in names.values()}) != 1:
        return None
    fact = next(iter(names.values())).fact
    own = numbers(fact)
    if fact.kind not in _RANKED or not own.get("share") or "first_value" not in own:
        return None
    parts = [own.get(f"{name}_value") for name in names]
    whole = own["first_value"] / own["share"]
    return None if None in parts else sum(one for one in parts if one is not None) / whole


def changes(fact: Fact, context: VerifyContext) -> dict[str, float]:
    """By how much each group moved between the fact's two periods; empty where no result tells."""
    edges = {value.name: to_python(value.value) for value in fact.values}
    one, other = edges.get("previous_period"), edges.get("last_period")
    for table in (context.tables.get(each) for each in fact.result_ids):
        if table is None or not table.complete or fact.dimension not in table:
            continue
        times = [name for name in table.names if {one, other} <= set(table.column(name))]
        if one is None or one == other or len(times) != 1 or fact.measure not in table:
            continue
        moved: dict[str, float] = {}
        when_and_who = map(table.column, (times[0], fact.dimension))
        rows = zip(*when_and_who, table.numbers(fact.measure), strict=True)
        for when, name, size in rows:
            if when in (one, other) and size is not None:
                moved[str(name)] = moved.get(str(name), 0.0) + (size if when == other else -size)
        return moved
    return {}


def groups(fact: Fact, context: VerifyContext) -> dict[str, float]:
    """The fact's measure by the groups that it ranks; empty when its result does not hold them."""
    ranked = {row for value in fact.values if value.name == "gap" for row in value.provenance.rows}
    for table in (context.tables.get(one) for one in fact.result_ids):
        if table is None or not table.complete or fact.scope or not fact.dimension:
            continue
        if fact.dimension not in table or fact.measure not in table:
            continue
        names, sizes = table.column(fact.dimension), table.numbers(fact.measure)
        if len(set(names)) == len(names):
            rows = enumerate(zip(names, sizes, strict=True))
            return {
                str(name): size
                for at, (name, size) in rows
                if size is not None and (not ranked or at in ranked)
            }
    return {}
