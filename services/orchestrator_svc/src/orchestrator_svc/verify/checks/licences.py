"""Licences: outliers, causes, forecasts and movements that go on need a fact of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.verify.breadth import is_breadth
from orchestrator_svc.verify.checks.bindings import is_part_of_whole
from orchestrator_svc.verify.checks.directions import hedged
from orchestrator_svc.verify.context import stem
from orchestrator_svc.verify.derived import change_ratios
from orchestrator_svc.verify.entities import mates
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

_OUTLIER, _SEASONALITY = FactKind.FACT_KIND_OUTLIER, FactKind.FACT_KIND_SEASONALITY
_EXPECTED = re.compile(r"\s*expect the (?:peak|high|trough|low|busiest|quietest)\b")
_PARTS = {FactKind.FACT_KIND_CONTRIBUTION, FactKind.FACT_KIND_CONCENTRATION}


def check_licences(reading: Reading) -> Iterator[Fault]:
    """Outliers, causes, forecasts, and what is said to go on or to have ended."""
    yield from _going_on(reading)
    yield from _licensed(reading)


def _ordinary(reading: Reading) -> Iterator[Fault]:
    """What a fact calls unusual is not called normal."""
    for found in reading.find(reading.context.lexicon.ordinary):
        clause = reading.clause(found.start())
        before = [cite for _, cite in reading.marks(clause[0], found.start())]
        for cite in before[-1:]:
            names = mates(cite.fact, cite.value)
            unusual = [
                claim
                for claim in cite.fact.claims
                if claim.kind == ClaimKind.CLAIM_KIND_UNUSUAL and names & set(claim.subjects)
            ]
            if unusual and not reading.negated(found.start()):
                yield fault(Code.UNUSUAL_UNSUPPORTED, found[0], "the cited fact is an outlier")


def _going_on(reading: Reading) -> Iterator[Fault]:
    """`keeps falling`, of a level that changed once: only a trend shows that something went on."""
    lexicon = reading.context.lexicon
    said = reading.words
    kept = not said.isdisjoint(lexicon.frames.keeping_words)
    for found in lexicon.frames.keeping.finditer(reading.flat) if kept else ():
        moves = reading.has(lexicon.up, lexicon.down, start=found.start(1), end=found.end() + 12)
        begin, end = reading.statement(found.start())
        if not moves or not found[1].endswith("ing") or reading.has(lexicon.unclaimed, end=end):
            continue
        if lexicon.imperative.match(reading.flat, begin, end) or reading.negated(found.start()):
            continue
        cites = [cite for _, cite in reading.marks(begin, end)]
        facts = [cite.fact for cite in cites] or reading.facts
        moved = any(cite.value.format.signed for cite in cites)
        if not moved and not any(fact.kind == FactKind.FACT_KIND_TREND for fact in facts):
            hint = "no cited fact is a trend"
            yield fault(Code.DIRECTION_UNSUPPORTED, found[0], hint)
    over = not said.isdisjoint(lexicon.frames.ended_words)
    ended = lexicon.frames.ended.search(reading.flat) if over else None
    if ended and not reading.negated(ended.start()) and not reading.has(lexicon.unclaimed):
        yield fault(Code.DIRECTION_UNSUPPORTED, ended[0], "no cited fact shows that it ended")


def _unusually(reading: Reading) -> Iterator[Fault]:
    """`an unusually high ⟦first_value⟧`, of a day far below the usual one."""
    if not any(fact.kind == _OUTLIER for fact in reading.facts):
        return
    for found in reading.context.lexicon.frames.unusually.finditer(reading.flat):
        within = reading.marks(*reading.statement(found.start()))
        odd = {cite.fact.id: cite.fact for _, cite in within}.values() or reading.facts
        ratios = change_ratios([one for one in odd if one.kind == _OUTLIER])
        high = found[1] in reading.context.lexicon.frames.much
        if ratios and any((one > 1) != high for one in ratios):
            yield fault(
                Code.DIRECTION_CONTRADICTED, found[0], "the cited figure lies on the other side"
            )


def _licensed(reading: Reading) -> Iterator[Fault]:
    """Outliers need their claim; causes and forecasts are hedged or refused."""
    lexicon = reading.context.lexicon
    unusual = reading.first(lexicon.unusual)
    if unusual and ClaimKind.CLAIM_KIND_UNUSUAL not in reading.claimed:
        extremes = {ClaimKind.CLAIM_KIND_HIGHEST, ClaimKind.CLAIM_KIND_LOWEST}
        strong = not extremes & reading.claimed
        if strong and not reading.negated(unusual.start()):
            yield fault(Code.UNUSUAL_UNSUPPORTED, unusual[0], "no cited fact shows an outlier")
    yield from _ordinary(reading)
    yield from _unusually(reading)
    cause = next((one for one in reading.find(lexicon.cause) if not _on_few(reading, one)), None)
    named = cause is not None and stem(cause[0]) in reading.context.topic_words
    follows = next(iter(reading.marks(cause.end(), cause.end() + 3)), None) if cause else None
    parts = [one.start() for one in reading.amounts()] if cause else []
    named = named or (cause is not None and any(0 <= at - cause.end() <= 8 for at in parts))
    named = named or (follows is not None and is_part_of_whole(follows[1]))
    named = named or (follows is not None and _counted(reading, cause, follows[1]))
    if cause and not named and not _drivers(reading) and not hedged(reading, cause):
        hint = "data shows no cause; say `is consistent with`, or describe what is seen"
        yield fault(Code.CAUSE_UNSUPPORTED, cause[0], hint)
    modal = not reading.words.isdisjoint(lexicon.frames.modal_words)
    for possible in lexicon.frames.potential.finditer(reading.flat) if modal else ():
        if reading.marks(*reading.statement(possible.start())):
            hint = "the data tells nothing of what could be"
            yield fault(Code.FORECAST_UNSUPPORTED, possible[0], hint)
            return
    forecast = reading.first(lexicon.forecast)
    if forecast and not hedged(reading, forecast) and not _supposed(reading, forecast):
        yield fault(Code.FORECAST_UNSUPPORTED, forecast[0], "the data tells nothing of the future")


def _supposed(reading: Reading, found: re.Match[str]) -> bool:
    """`would cut it to ⟦would⟧`, which a fact computed; `expect the peak in ⟦peak_period⟧`."""
    begin, end = reading.statement(found.start())
    cites = [cite for _, cite in reading.marks(begin, end)]
    if found[0].startswith("would"):
        return any(cite.value.name == "would" for cite in cites)
    expected = _EXPECTED.match(reading.flat, begin) is not None
    return expected and bool(cites) and all(cite.fact.kind == _SEASONALITY for cite in cites)


def _counted(reading: Reading, cause: re.Match[str] | None, cite: Cite) -> bool:
    """Whether the figure is a group's count: `⟦product⟧ causes ⟦first_value⟧`, of its tickets.

    A reason for them is only a group of causes.
    """
    ranked = cite.fact.kind == FactKind.FACT_KIND_LEADER
    causal = reading.context.lexicon.frames.causal & set(name_tokens(cite.fact.dimension))
    verb = cause is not None and cause[0].startswith("cause")
    return (
        ranked and (verb or bool(causal)) and cite.value.format.kind == FormatKind.FORMAT_KIND_COUNT
    )


def _on_few(reading: Reading, found: re.Match[str]) -> bool:
    """`because it is only ⟦count⟧`: why a figure is left out, and no cause of it."""
    if found[0] != "because":
        return False
    _, end = reading.statement(found.start())
    bases = ("count", "minimum", "missing")
    return any(cite.value.name in bases for _, cite in reading.marks(found.end(), end))


def _drivers(reading: Reading) -> bool:
    """Whether a cited fact tells what parts a change or a total is made of."""
    return any(fact.kind in _PARTS and not is_breadth(fact) for fact in reading.facts)
