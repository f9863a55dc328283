"""Universals: all, each, none, and both, proved by a fraction, by scope, or by a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.breadth import is_told, told_of_groups
from orchestrator_svc.verify.entities import is_name
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Reading

_ONLY = re.compile(r"only ⟦(\d+)⟧")


def check_universals(reading: Reading) -> Iterator[Fault]:
    """All, each, none: proved by a fraction that holds for all, by scope, or by a claim."""
    lexicon = reading.context.lexicon
    if not reading.find(lexicon.universal):
        return
    quantified = bool(reading.amounts() or reading.find(lexicon.spans.n_in_m))
    scopes = [found.span() for found in reading.find(lexicon.scope)]
    paces = list(lexicon.spans.per_period.finditer(reading.flat))
    told = told_of_groups(reading)
    for found in reading.find(lexicon.universal):
        if is_told(told, found.start()):
            continue
        if found[0] == "both" and not _both_ways(reading, found.start()):
            continue
        only = _ONLY.match(found[0])
        if only and not is_name(reading.cites[int(only[1])].value):
            continue  # `only ⟦4%⟧ is lost` tells how little, and not of all others.
        scoped = any(start <= found.start() < end for start, end in scopes)
        ranked = reading.first(lexicon.spans.none_more_than)
        if ranked and ranked.start() <= found.start() < ranked.end():
            continue
        if any(one.start() <= found.start() < one.end() for one in paces):
            continue  # `⟦pace⟧ each month` is checked as a pace.
        if scoped and not _moves(reading, found.start()):
            continue
        if (
            found[0] == "each"
            and "averag" in reading.flat[slice(*reading.statement(found.start()))]
        ):
            continue
        if quantified and lexicon.each.fullmatch(found[0]):
            continue
        if reading.negated(found.start()):
            continue
        if reading.claimed & {ClaimKind.CLAIM_KIND_ALL, ClaimKind.CLAIM_KIND_NONE}:
            continue
        yield fault(Code.UNIVERSAL_UNSUPPORTED, found[0], "no cited fact holds for all or for none")


def _both_ways(reading: Reading, position: int) -> bool:
    """Whether `both` is told to move one way, though the cited facts move both ways."""
    if not _moves(reading, position):
        return False
    return {ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN} <= reading.claimed


def _moves(reading: Reading, position: int) -> bool:
    """Whether the statement tells a direction without citing it: `fell across all airports`."""
    lexicon = reading.context.lexicon
    begin, end = reading.statement(position)
    told = reading.has(lexicon.up, lexicon.down, start=begin, end=end)
    return told and not reading.marks(begin, end)
