"""Bare comparatives: `⟦few⟧ higher still` is above what was told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, FactValue
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import main_number, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

UP, DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN


def check_comparatives(reading: Reading) -> Iterator[Fault]:
    """Comparatives without `than`, against the figure told before, else against the claims."""
    if not reading.facts or reading.context.lexicon.imperative.match(reading.flat):
        return
    for found in reading.find(reading.context.lexicon.bindings.bare):
        up = _upwards(reading, found[0])
        told = _told(reading, found)
        if told is None and up is not None and _cautioned(reading, found, up):
            continue
        if up is None or (told is None and not reading.claimed & {UP, DOWN}):
            yield _unsupported(found[0])
        elif told is not None:
            if (told > 0) != up and not reading.negated(found.start()):
                words = "the figure before it compares the other way"
                yield fault(Code.COMPARISON_CONTRADICTED, found[0], words)
        elif {UP, DOWN} <= reading.claimed or (UP if up else DOWN) not in reading.claimed:
            yield _unsupported(found[0])


def _upwards(reading: Reading, word: str) -> bool | None:
    """Whether the word means more; None when the data does not say what is better."""
    if word in ("better", "worse"):
        more = reading.more_is_better
        return None if more is None else more == (word == "better")
    return word in reading.context.lexicon.bindings.bare_up


def _told(reading: Reading, found: re.Match[str]) -> float | None:
    """By how much the clause's own figure lies above the last one before it."""
    begin, end = reading.clause(found.start())
    own = [one for _, one in reading.marks(begin, end)]
    before = [one for _, one in reading.marks(0, begin)]
    for cite in own:
        figure = _level(cite)
        for other in reversed(before):
            level = _level(other)
            if figure is None or level is None or not same_unit(figure, level):
                continue
            if cite.fact.measure == other.fact.measure and number(figure) != number(level):
                return (number(figure) or 0.0) - (number(level) or 0.0)
    return None


def _cautioned(reading: Reading, found: re.Match[str], up: bool) -> bool:
    """Whether the clause tells of a group that lies beyond the ranked ones, on little."""
    kind = ClaimKind.CLAIM_KIND_HIGHEST if up else ClaimKind.CLAIM_KIND_LOWEST
    return any(
        cite.fact.kind == FactKind.FACT_KIND_CAUTION
        and kind in {claim.kind for claim in cite.fact.claims}
        for _, cite in reading.marks(*reading.clause(found.start()))
    )


def _level(cite: Cite) -> FactValue | None:
    figure = main_number(cite.fact, cite.value)
    return None if figure is None or figure.format.signed else figure


def _unsupported(words: str) -> Fault:
    hint = "say what it is compared with, and cite both"
    return fault(Code.COMPARISON_UNSUPPORTED, words, hint)
