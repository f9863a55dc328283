"""Suppositions: what would have been without a part is what the parts of the change add up to."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Reading
from orchestrator_svc.verify.suppositions import suppositions


def check_suppositions(reading: Reading) -> Iterator[Fault]:
    """`without ⟦counter⟧ it would have been larger`, when subtraction says otherwise."""
    for one in suppositions(reading):
        if not one.holds:
            hint = "the cited change without that part says otherwise"
            yield fault(Code.COMPARISON_CONTRADICTED, one.words, hint)
