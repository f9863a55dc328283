"""Judgements: a good year, a healthy rise, a bad week, by what is better for the measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import mates, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

_UP, _DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN
_HIGHEST, _LOWEST = ClaimKind.CLAIM_KIND_HIGHEST, ClaimKind.CLAIM_KIND_LOWEST


def check_judgements(reading: Reading) -> Iterator[Fault]:
    """Words that praise or blame need a change, or a place in a ranking, of that kind."""
    judging = reading.context.lexicon.judging
    for good, pattern in ((True, judging.praising), (False, judging.blaming)):
        for found in reading.find(pattern):
            if reading.has(reading.context.lexicon.unclaimed, end=found.start()):
                continue
            told = _evidence(reading, found)
            if told is None or told != (good != reading.negated(found.start())):
                hint = "no cited fact shows that it is; say what is seen"
                yield fault(Code.SUPERLATIVE_UNSUPPORTED, found[0], hint)


def _evidence(reading: Reading, found: re.Match[str]) -> bool | None:
    """Whether what the words speak of went well; None where nothing cited tells."""
    more = reading.better_at(found.start())
    if more is None:
        return None
    cites = [cite for _, cite in reading.marks(*reading.clause(found.start()))]
    cites = cites or [cite for _, cite in reading.marks(*reading.statement(found.start()))]
    facts = {cite.fact.id: cite.fact for cite in cites}.values() or reading.facts
    if any(fact.kind == FactKind.FACT_KIND_CAUTION for fact in facts):
        return None
    ways = {way for fact in facts if (way := _way(fact, cites)) is not None}
    return None if len(ways) != 1 else (ways == {_UP}) == more


def _way(fact: Fact, cites: list[Cite]) -> ClaimKind.ValueType | None:
    """Up for what rose, or is the highest; down for what fell, or is the lowest."""
    own = [cite for cite in cites if cite.fact.id == fact.id]
    signed = {
        size > 0
        for cite in own
        if cite.value.format.signed and (size := number(cite.value)) is not None and size
    }
    if len(signed) == 1:
        return _UP if signed == {True} else _DOWN
    names = set().union(*(mates(fact, cite.value) for cite in own)) if own else set()
    kinds = {
        claim.kind
        for claim in fact.claims
        if not names or names & set(claim.subjects[-1:]) or claim.kind in (_UP, _DOWN)
    }
    moved = kinds & {_UP, _DOWN}
    ranked = kinds & {_HIGHEST, _LOWEST}
    if len(moved) == 1:
        return next(iter(moved))
    return (_UP if ranked == {_HIGHEST} else _DOWN) if len(ranked) == 1 else None
