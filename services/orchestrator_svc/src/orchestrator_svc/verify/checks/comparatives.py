"""Bare comparatives: `⟦few⟧ higher still` is above what was told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, FactValue
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.derived import groups
from orchestrator_svc.verify.entities import is_name, main_number, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading
from orchestrator_svc.verify.suppositions import supposed

UP, DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN


def check_comparatives(reading: Reading) -> Iterator[Fault]:
    """Comparatives without `than`, against the figure told before, else against the claims."""
    if not reading.facts or reading.context.lexicon.imperative.match(reading.flat):
        return
    for found in reading.find(reading.context.lexicon.bindings.bare):
        if supposed(reading, found.start()):
            continue
        up = _upwards(reading, found[0])
        told = _told(reading, found)
        if told is None and up is not None and _cautioned(reading, found, up):
            continue
        claimed = _claimed(reading, found)
        if told is None:
            told = _against_named(reading, found)
        if up is None or (told is None and not claimed & {UP, DOWN}):
            yield _unsupported(found[0])
        elif told is not None:
            if (told > 0) != up and not reading.negated(found.start()):
                words = "the figure before it compares the other way"
                yield fault(Code.COMPARISON_CONTRADICTED, found[0], words)
        elif {UP, DOWN} <= claimed or (UP if up else DOWN) not in claimed:
            yield _unsupported(found[0])


def _claimed(reading: Reading, found: re.Match[str]) -> frozenset[ClaimKind.ValueType]:
    """What the facts claim that the clause cites; all of them where it cites none that moved."""
    cites = [cite for _, cite in reading.marks(*reading.clause(found.start()))]
    own = frozenset().union(*(reading.context.claims(cite.fact) for cite in cites))
    return own if own & {UP, DOWN} else reading.claimed


def _against_named(reading: Reading, found: re.Match[str]) -> float | None:
    """`though ⟦one⟧ gets most calls, ⟦other⟧ calls take longer`: the two in the ranking of both."""
    begin, _ = reading.clause(found.start())
    own = [one for _, one in reading.marks(begin, found.start()) if is_name(one.value)]
    before = [one for _, one in reading.marks(0, begin) if is_name(one.value)]
    if not own or not before or own[-1].fact.dimension != before[-1].fact.dimension:
        return None
    sizes = groups(own[-1].fact, reading.context)
    one, other = (sizes.get(str(cite.value.value.text)) for cite in (own[-1], before[-1]))
    return one - other if one is not None and other is not None else None


def _upwards(reading: Reading, word: str) -> bool | None:
    """Whether the word means more; None when the data does not say what is better."""
    if word in ("better", "worse"):
        more = reading.more_is_better
        return None if more is None else more == (word == "better")
    if word.startswith(("speed", "sped")):
        units = {value.format.unit for fact in reading.facts for value in fact.values}
        return False if units & reading.context.lexicon.bindings.durations else None
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
