"""Contributions: what came from a group is told of the group whose part it is."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import is_name, is_period
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Reading

_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION


def check_contributions(reading: Reading) -> Iterator[Fault]:
    """`the rise came from ⟦counter⟧`, which fell; `it did not come from ⟦first⟧`, though it did."""
    for found in reading.find(reading.context.lexicon.bindings.stemming):
        following = next(iter(reading.marks(found.end(), found.end() + 4)), None)
        if following is None or following[1].fact.kind != _CONTRIBUTION:
            continue
        value = following[1].value
        if not is_name(value) or is_period(value):
            continue
        if value.name == "first" and reading.negated(found.start()):
            hint = "the cited fact shows that most of it did"
            yield fault(Code.NEGATION_CONTRADICTED, found[0], hint)
        if value.name == "counter" and not reading.negated(found.start()):
            hint = "that group went the other way"
            yield fault(Code.DIRECTION_CONTRADICTED, found[0], hint)
    facts = [cite.fact for _, cite in reading.marks()] or reading.facts
    denied = reading.first(reading.context.lexicon.bindings.no_part)
    if denied and any(fact.kind == _CONTRIBUTION for fact in facts):
        hint = "the cited fact tells a part in the change"
        yield fault(Code.NEGATION_CONTRADICTED, denied[0], hint)
