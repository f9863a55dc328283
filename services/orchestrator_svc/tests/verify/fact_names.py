"""Short names for facts, as test sentences and the bench's authors write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aislides.deck.v1.fact_pb2 import Fact, FactKind
from orchestrator_svc.deck.text import print_value

ALL = 60
"""More facts than a deck gets: a new kind of fact must not push out what sentences name."""


def named(facts: Iterable[Fact], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Ids of facts by the short names that sentences use.

    A short name stands for kind, measure, dimension, a value, and, where several facts are alike
    up to there, the last period and the result.
    """
    among = list(facts)
    return {name: _find(among, *words) for name, words in wanted.items()}


def _find(
    facts: list[Fact],
    kind: str,
    measure: str,
    dimension: str,
    value: str,
    last: str = "",
    source: str = "",
) -> str:
    wanted = (FactKind.Value(f"FACT_KIND_{kind}"), measure, dimension)
    for fact in facts:
        values = {one.name: one for one in fact.values}
        if (fact.kind, fact.measure, fact.dimension) != wanted or value not in values:
            continue
        if source and source not in fact.result_ids:
            continue
        if not last or print_value(values["last_period"], "en-GB") == last:
            return fact.id
    raise LookupError(f"no {kind} of {measure} by {dimension}")
