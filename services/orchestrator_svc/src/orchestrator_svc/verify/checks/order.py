"""Order in time: before, after, followed by, consecutive, from the dates of what is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import is_period, mates, moment, name_for
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Cite, Reading

_WORD = re.compile("[a-z]+")
_LEAD = 6
_PLACES = {"first": 1, "second": 2, "third": 3, "last": 9}


def check_order(reading: Reading) -> Iterator[Fault]:
    """Each word of order against the moments cited at its two sides."""
    lexicon = reading.context.lexicon
    for sign, pattern in ((1, lexicon.earlier_first), (-1, lexicon.later_first)):
        for found in reading.find(pattern):
            yield from _ordered(reading, sign, found)
    for found in reading.find(lexicon.rank_change):
        yield fault(
            Code.ORDER_UNSUPPORTED, found[0], "no cited fact tells of ranks changing places"
        )
    for found in reading.find(lexicon.consecutive):
        yield from _consecutive(reading, found)


def _ordered(reading: Reading, sign: int, found: re.Match[str]) -> Iterator[Fault]:
    begin, end = reading.statement(found.start())
    one_before = reading.context.lexicon.spans.the_one_before
    if (
        _ahead_by_a_change(reading, found)
        or _side_of_shift(reading, found)
        or one_before.search(reading.flat, begin, found.end())
    ):
        return  # `the month before` is a period, and not an order of two.
    gap = _between_peaks(reading, found)
    if gap is not None:
        if sign * gap <= 0:
            hint = "the cited peaks are the other way round"
            yield fault(Code.ORDER_CONTRADICTED, found[0], hint)
        return
    left = _moments(reading, begin, found.start())
    right = _moments(reading, found.end(), end)
    if not left and len(right) > 1 and not reading.flat[begin : found.start()].strip():
        # `Before A, B` tells the later one first, `After A, B` the earlier one.
        (one, first), (other, second) = (
            right[0],
            next((pair for pair in right if pair[0] != right[0][0]), right[0]),
        )
        if first.fact.dimension == second.fact.dimension and sign * (one - other) < 0:
            yield fault(
                Code.ORDER_CONTRADICTED, found[0], "the cited dates are the other way round"
            )
        return
    if left and right:
        (one, first), (other, second) = left[-1], _own_period(right, reading, found.end(), end)
        if one == other or first.fact.dimension != second.fact.dimension:
            return
        if sign * (other - one) < 0:
            yield fault(
                Code.ORDER_CONTRADICTED, found[0], "the cited dates are the other way round"
            )
        return
    if not left and not right:
        yield from _ranks(reading, sign, found)
        return
    yield from _by_claims(reading, found)


def _ahead_by_a_change(reading: Reading, found: re.Match[str]) -> bool:
    """`⟦change⟧ ahead of ⟦previous_period⟧`: by how much, and not when; compared elsewhere."""
    before = reading.marks(max(0, found.start() - 8), found.start())
    return found[0] == "ahead of" and any(cite.value.format.signed for _, cite in before)


def _between_peaks(reading: Reading, found: re.Match[str]) -> float | None:
    """`queues peak before volume does`: how much later the peak of the second measure is.

    None unless each side names the measure of one season, and both by the same periods.
    """
    begin, end = reading.statement(found.start())
    sides = (reading.flat[begin : found.start()], reading.flat[found.end() : end])
    cited = [one for _, one in reading.marks(begin, found.start())]
    told = cited[-1] if cited and cited[-1].value.name == "peak_period" else None
    peaks = [told or _peak(reading, sides[0]), _peak(reading, sides[1])]
    if None in peaks or reading.marks(found.end(), end):
        return None
    one, other = (peak for peak in peaks if peak is not None)
    if one.fact.id == other.fact.id or one.fact.dimension != other.fact.dimension:
        return None
    first, second = moment(one.value), moment(other.value)
    return second - first if first is not None and second is not None else None


def _peak(reading: Reading, words: str) -> Cite | None:
    """The strongest period of the season whose measure the words name."""
    named = reading.context.measures.named_by
    measures = {one for word in _WORD.findall(words) for one in named.get(root(word), ())}
    found = [
        Cite(fact, value)
        for fact in reading.facts
        for value in fact.values
        if fact.measure in measures and value.name == "peak_period"
    ]
    return found[0] if len(found) == 1 else None


def _side_of_shift(reading: Reading, found: re.Match[str]) -> bool:
    """`⟦before⟧ before`, `seven in ten before ⟦shift_period⟧`: which side of a change is meant."""
    told = re.search(r"⟦(\d+)⟧,? $", reading.flat[: found.start()])
    sides = {"before": "before", "previous": "before", "after": "after"}
    if told and sides.get(reading.cites[int(told[1])].value.name) == found[0]:
        return True
    following = next(iter(reading.marks(found.end(), found.end() + 4)), None)
    spans = reading.context.lexicon.spans
    begin, end = reading.statement(found.start())
    amount = reading.has(spans.n_in_m, start=begin, end=end)
    return amount and following is not None and following[1].value.name == "shift_period"


def _ranks(reading: Reading, sign: int, found: re.Match[str]) -> Iterator[Fault]:
    """`⟦first⟧ comes after ⟦second⟧`, and an order of movements of which none is cited."""
    lexicon = reading.context.lexicon
    begin, end = reading.statement(found.start())
    before = [one for _, one in reading.marks(begin, found.start())]
    after = [one for _, one in reading.marks(found.end(), end)]
    if before and after and before[-1].fact.id == after[0].fact.id:
        one, other = (_PLACES.get(cite.value.name) for cite in (before[-1], after[0]))
        if one is not None and other is not None and sign * (other - one) < 0:
            hint = "the cited fact ranks them the other way round"
            yield fault(Code.ORDER_CONTRADICTED, found[0], hint)
    moves = (lexicon.up, lexicon.down, lexicon.highest, lexicon.lowest)
    hedged = reading.has(lexicon.hedge, start=begin, end=found.start())
    long = len(reading.flat[begin:end].split()) > _LEAD
    if (
        long
        and not before
        and not after
        and not hedged
        and reading.has(*moves, start=begin, end=end)
    ):
        yield fault(Code.ORDER_UNSUPPORTED, found[0], "cite both dates, the earlier one first")


def _moments(reading: Reading, start: int, end: int) -> list[tuple[float, Cite]]:
    """Moments of the values cited in a range: of periods, and of figures that belong to one."""
    found = []
    for _, cite in reading.marks(start, end):
        name = name_for(cite.fact, cite.value)
        at = moment(name) if name is not None and is_period(name) else None
        if at is not None:
            found.append((at, cite))
    return found


def _own_period(
    right: list[tuple[float, Cite]], reading: Reading, start: int, end: int
) -> tuple[float, Cite]:
    """The first moment on the right: a period by name before one that a figure implies."""
    del reading, start, end
    named = [one for one in right[:2] if is_period(one[1].value)]
    return named[0] if named else right[0]


def _by_claims(reading: Reading, found: re.Match[str]) -> Iterator[Fault]:
    """One side is cited only: some claim must know an order for it."""
    begin, end = reading.statement(found.start())
    for _, cite in reading.marks(begin, end):
        names = mates(cite.fact, cite.value)
        for claim in cite.fact.claims:
            if claim.kind == ClaimKind.CLAIM_KIND_BEFORE and names & set(claim.subjects):
                return
    if any(is_period(cite.value) for _, cite in reading.marks(begin, end)):
        lexicon = reading.context.lexicon
        if reading.has(lexicon.hedge, start=begin, end=found.start()):
            return
        yield fault(Code.ORDER_UNSUPPORTED, found[0], "cite both dates, the earlier one first")


def _consecutive(reading: Reading, found: re.Match[str]) -> Iterator[Fault]:
    """Consecutive periods are neighbours in the data's own grain."""
    begin, end = reading.statement(found.start())
    lexicon = reading.context.lexicon
    if reading.has(lexicon.up, lexicon.down, start=begin, end=end):
        yield fault(Code.ORDER_UNSUPPORTED, found[0], "no cited fact tells of moves in a row")
        return
    cited = [at for at, _ in _moments(reading, begin, end)]
    sets = (
        [cited]
        if len(cited) > 1
        else [_all_moments(fact) for fact in reading.about(reading.flat[begin:end])]
    )
    for moments in sets:
        ordered = sorted(set(moments))
        steps = {later - earlier for earlier, later in pairwise(ordered)}
        if steps and max(steps) <= 1:
            return
    yield fault(Code.ORDER_CONTRADICTED, found[0], "the cited periods are not neighbours")


def _all_moments(fact: Fact) -> list[float]:
    claimed = {
        name
        for claim in fact.claims
        if claim.kind in (ClaimKind.CLAIM_KIND_UNUSUAL, ClaimKind.CLAIM_KIND_HIGHEST)
        for name in claim.subjects
    }
    moments = [
        at
        for value in fact.values
        if (value.name in claimed or value.name in {"first", "second"})
        and (at := moment(value)) is not None
    ]
    return moments or [at for value in fact.values if (at := moment(value)) is not None]
