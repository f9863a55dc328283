"""Scope: a sentence about a part of the data says so."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Reading


def check_scopes(reading: Reading) -> Iterator[Fault]:
    """Figures of a part of the data, told as if they were of all of it."""
    used = {cite.fact.id for cite in reading.cites}
    for fact_id, part in reading.unnamed:
        if fact_id in used:
            yield fault(Code.SCOPE_MISSING, fact_id, f"the fact is about {part} alone; name it")
