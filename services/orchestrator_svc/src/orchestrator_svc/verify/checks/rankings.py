"""Rankings in other words: `more than any other`, `comes third`, `all others combined`."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.checks.superlatives import support
from orchestrator_svc.verify.entities import figures_of, is_name, is_period, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.leaders import leads
from orchestrator_svc.verify.reading import Cite, Reading

HIGHEST, LOWEST = ClaimKind.CLAIM_KIND_HIGHEST, ClaimKind.CLAIM_KIND_LOWEST
_HALF = 0.5
_NEIGHBOURS = {("first", "second"), ("second", "third")}


def check_rankings(reading: Reading) -> Iterator[Fault]:
    """Places in a ranking that are told without a superlative."""
    yield from _any_other(reading)
    yield from _the_one(reading)
    yield from _places(reading)
    yield from _adjacent(reading)
    yield from _of_all(reading)
    yield from _combined(reading)


def _the_one(reading: Reading) -> Iterator[Fault]:
    """`⟦first⟧ is also the one that leaks most`, where another one does."""
    for found in reading.context.lexicon.bindings.is_the_one.finditer(reading.flat):
        if leads(reading, found.start(), found.end()) is False:
            hint = "another one is first in that"
            yield fault(Code.SUPERLATIVE_CONTRADICTED, found[0], hint)


def _any_other(reading: Reading) -> Iterator[Fault]:
    lexicon = reading.context.lexicon
    for pattern, sign in ((lexicon.spans.than_any_other, 1), (lexicon.spans.none_more_than, -1)):
        for found in reading.find(pattern):
            begin, end = reading.statement(found.start())
            side = (begin, found.start()) if sign > 0 else (found.end(), end)
            cites = [one for _, one in reading.marks(*side) if is_name(one.value)]
            kind = LOWEST if lexicon.smaller.search(found[0]) else HIGHEST
            cite = (cites[-1] if sign > 0 else cites[0]) if cites else None
            if cite is None or not support(reading, kind, cite)[0]:
                yield _unsupported(found[0])


def _places(reading: Reading) -> Iterator[Fault]:
    """`comes third`: the name before it is the one that its fact puts there."""
    for found in reading.find(reading.context.lexicon.spans.place):
        begin, end = reading.clause(found.start())
        place = next(word for word in found.groups() if word)
        place = reading.context.lexicon.spans.place_names.get(place, place)
        cites = [one for _, one in reading.marks(begin, end) if is_name(one.value)]
        before = [one for _, one in reading.marks(begin, found.start()) if is_name(one.value)]
        after = [one for _, one in reading.marks(found.end()) if is_name(one.value)]
        cite = next(iter((*before[-1:], *cites, *after)), None)
        if cite is None or cite.value.name.split("_")[0] != place:
            yield _unsupported(found[0])


def _adjacent(reading: Reading) -> Iterator[Fault]:
    """`right behind ⟦first⟧`: the two names hold neighbouring places."""
    for found in reading.find(reading.context.lexicon.bindings.adjacent):
        begin, end = reading.statement(found.start())
        before = [one for _, one in reading.marks(begin, found.start()) if is_name(one.value)]
        after = [one for _, one in reading.marks(found.end(), end) if is_name(one.value)]
        if not before or not after or is_period(before[-1].value):
            continue
        pair = (before[-1].value.name, after[0].value.name)
        if before[-1].fact.id != after[0].fact.id or (
            pair not in _NEIGHBOURS and pair[::-1] not in _NEIGHBOURS
        ):
            yield _unsupported(found[0])


def _of_all(reading: Reading) -> Iterator[Fault]:
    """`of all airlines`, of a fact that ranks only the larger ones."""
    spans = reading.context.lexicon.spans
    found = reading.first(spans.of_all)
    others = reading.first(spans.than_any_other) or reading.first(spans.none_more_than)
    if others and not reading.has(reading.context.lexicon.spans.of_the_ranked):
        found = found or others
    facts = [cite.fact for _, cite in reading.marks()] or reading.facts
    if found and any(fact.filters for fact in facts):
        hint = "the cited fact ranks only a part of them; say which"
        yield fault(Code.UNIVERSAL_UNSUPPORTED, found[0], hint)


def _combined(reading: Reading) -> Iterator[Fault]:
    """`all others combined` are less than half of the whole."""
    for found in reading.find(reading.context.lexicon.spans.combined):
        begin, end = reading.statement(found.start())
        if _remaining(reading, found.end(), end):
            continue
        cites = [one for _, one in reading.marks(begin, found.start()) if is_name(one.value)]
        cites = cites or [one for _, one in reading.marks(0, begin) if is_name(one.value)]
        share = _share(cites[0]) if cites else None
        before = reading.flat[max(begin, found.start() - 40) : found.start()]
        if share is not None and reading.context.lexicon.smaller.search(f"{before}⟦0⟧"):
            share = 1 - share
        if share is None or share <= _HALF:
            yield fault(Code.FRACTION_UNSUPPORTED, found[0], "no cited share is over half")


def _remaining(reading: Reading, start: int, end: int) -> bool:
    """`all others together fell by ⟦rest⟧`: the figure is that of what the first one leaves."""
    following = next(iter(reading.marks(start, end)), None)
    return following is not None and following[1].value.name == "rest"


def _share(cite: Cite) -> float | None:
    figures = figures_of(cite.fact, cite.value)
    names = [one for one in figures if one.name.endswith("share")]
    names += [one for one in cite.fact.values if one.name == "share" and cite.value.name == "first"]
    return next((size for one in names if (size := number(one)) is not None), None)


def _unsupported(words: str) -> Fault:
    return fault(Code.SUPERLATIVE_UNSUPPORTED, words, "no cited fact ranks this value so")
