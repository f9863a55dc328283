"""Spread of a fact: how far its highest and lowest figure lie apart, for `differ more than`."""

from __future__ import annotations

from aislides.deck.v1.fact_pb2 import Fact

from orchestrator_svc.verify.entities import is_name, name_for, number, same_unit

_SPREADS = ("swing", "gap")


def spread(fact: Fact) -> float | None:
    """The distance between the fact's extreme entities; None when it has under two of them."""
    for value in fact.values:
        size = number(value)
        if value.name in _SPREADS and size is not None:
            return abs(size)
    figures = [
        value
        for value in fact.values
        if not is_name(value) and name_for(fact, value) is not None and number(value) is not None
    ]
    if not figures:
        return None
    alike = [value for value in figures if same_unit(value, figures[0])]
    sizes = [size for value in alike if (size := number(value)) is not None]
    return max(sizes) - min(sizes) if len(sizes) > 1 else None
