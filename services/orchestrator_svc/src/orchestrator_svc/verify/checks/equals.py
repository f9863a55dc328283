"""Equality: `equally delayed`, `as many as`, of two figures that lie close together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aislides.deck.v1.fact_pb2 import FactValue, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import main_number, mates, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

NEAR_ENOUGH: Final = 0.1
"""Up to this relative difference, one figure may be called in line with another."""
CLOSE_ENOUGH: Final = 0.05
"""Two figures that differ by less, relative to the larger, may be called equal."""


def check_equals(reading: Reading) -> Iterator[Fault]:
    """Words for equality against the two figures of their statement."""
    for found in reading.find(reading.context.lexicon.equal):
        yield from _equal(reading, found)


def _equal(reading: Reading, found: re.Match[str]) -> Iterator[Fault]:
    """`equally delayed`: the two figures of the statement lie within a twentieth."""
    lexicon = reading.context.lexicon
    before = max(0, found.start() - 16)
    multiples = (*lexicon.multiple_of, *lexicon.fraction_of)
    if reading.has(*multiples, start=before, end=found.end()):
        return  # `twice as much as` is a multiple, and checked as one.
    ratio = re.search(r"⟦(\d+)⟧\s*$", reading.flat[: found.start()])
    if ratio and _is_multiple(reading.cites[int(ratio[1])].value):
        return  # `⟦ratio⟧ as long as` is a multiple too; its sides are checked there.
    cites = [cite for _, cite in reading.marks(*reading.statement(found.start()))]
    told = {(cite.fact.id, min(mates(cite.fact, cite.value))): cite for cite in reversed(cites)}
    figures = [_level(cite) for cite in reversed(told.values())]
    sizes = [size for one in figures if one is not None and (size := number(one)) is not None]
    if len(sizes) < 2:
        if not reading.has(reading.context.lexicon.hedge, end=found.start()):
            hint = "cite the two values that are compared"
            yield fault(Code.COMPARISON_UNSUPPORTED, found[0], hint)
        return
    near = NEAR_ENOUGH if found[0].startswith("in line") else CLOSE_ENOUGH
    told_moves = [one for one in figures if one and (one.format.signed or one.name == "pace")]
    if len(told_moves) == len(sizes):
        sizes = [abs(size) for size in sizes]  # Of a change and a pace, the sizes.
    same = abs(sizes[0] - sizes[1]) <= near * max(abs(sizes[0]), abs(sizes[1]))
    if same == reading.negated(found.start()):
        yield fault(Code.COMPARISON_CONTRADICTED, found[0], "the cited values say otherwise")


def _level(cite: Cite) -> FactValue | None:
    """The figure that is compared: of a change of level the one since then."""
    if cite.value.name == "shift_period":
        return next((one for one in cite.fact.values if one.name == "after"), None)
    return main_number(cite.fact, cite.value)


def _is_multiple(value: FactValue) -> bool:
    return value.format.kind == FormatKind.FORMAT_KIND_MULTIPLE
