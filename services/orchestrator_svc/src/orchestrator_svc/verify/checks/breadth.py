"""Breadth: what is told of all, most, few or none of the groups, against those that moved so."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.breadth import told_of_groups
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Reading


def check_breadth(reading: Reading) -> Iterator[Fault]:
    """How many groups rose or fell, told in words."""
    for told in told_of_groups(reading):
        if not told.holds:
            hint = "the cited fact counts other groups that moved so"
            yield fault(Code.FRACTION_CONTRADICTED, told.words, hint)
