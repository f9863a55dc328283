"""Negations: that something is not so needs a proof as well, and facts tell what is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aislides.deck.v1.fact_pb2 import FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.leaders import leads
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Reading
from orchestrator_svc.verify.suppositions import supposed

_WORD: Final = re.compile("[a-z]+")
_ENDS: Final = re.compile(r"\s*(?:[.;,]|$)")
_NEAR: Final = 40
"""Characters behind a negation in which a claim is the one denied; its check knows of negation."""


def check_negations(reading: Reading) -> Iterator[Fault]:
    """Negations of what no other check reads as a claim."""
    lexicon = reading.context.lexicon
    bindings = lexicon.bindings
    claims = (
        *(lexicon.up, lexicon.down, lexicon.highest, lexicon.lowest, lexicon.greater),
        *(lexicon.smaller, lexicon.better, lexicon.worse, lexicon.equal, lexicon.flat),
        *(lexicon.improving, lexicon.worsening, lexicon.universal, lexicon.spans.even),
        *(lexicon.spans.none_more_than, bindings.stemming, bindings.no_part, lexicon.best),
        lexicon.worst,
    )
    for found in reading.find(bindings.denying) if reading.facts else ():
        begin, end = reading.statement(found.start())
        if supposed(reading, found.start()) or reading.flat[found.end() :].startswith("-"):
            # The "no" of a no-show is part of a name.
            continue
        if lexicon.imperative.match(reading.flat, begin, end) or _idiom(reading, found.start()):
            continue
        if reading.has(lexicon.unclaimed, bindings.left_out, start=begin, end=end):
            continue
        if reading.has(*claims, start=found.start(), end=min(end, found.end() + _NEAR)):
            continue
        if _of_the_rest(reading, found.start(), found.end()):
            continue
        if _is_missing(reading, found):
            continue
        if (
            _not_seasonal(reading, found.end())
            or leads(reading, found.start(), found.end()) is False
        ):
            continue
        hint = "no cited fact shows that it is not so; say what is seen"
        yield fault(Code.NEGATION_UNSUPPORTED, found[0], hint)
        return


def _of_the_rest(reading: Reading, start: int, end: int) -> bool:
    """`more than a quarter did not`, `⟦rate⟧ do not`: what the share leaves, told before."""
    lexicon = reading.context.lexicon
    if not _ENDS.match(reading.flat, end) and not _what_is_measured(reading, end):
        return False
    begin, stop = reading.clause(start)
    parts = (*reading.amounts(), *reading.find(lexicon.spans.n_in_m))
    if any(begin <= one.start() and one.end() <= start for one in parts):
        return True
    cites = [cite for _, cite in reading.marks(begin, stop)]
    roots = {one for cite in cites for one in reading.context.measures.words(cite.fact.measure)}
    opposites = [one for base, one in lexicon.opposites.items() if base in roots]
    return bool(opposites) and reading.has(*opposites, end=begin)


def _is_missing(reading: Reading, found: re.Match[str]) -> bool:
    """`one of five hotels has no rating`: what a fact of coverage counts as missing."""
    facts = [fact for fact in reading.facts if fact.kind == FactKind.FACT_KIND_COVERAGE]
    noun = _WORD.search(reading.flat, found.end())
    if noun is None or found[0] != "no":
        return False
    words = reading.context.measures.words
    told = [fact for fact in facts if root(noun[0]) in words(fact.measure)]
    begin, _ = reading.clause(found.start())
    parts = (*reading.amounts(), *reading.find(reading.context.lexicon.spans.n_in_m))
    counted = any(begin <= one.start() < found.start() for one in parts)
    cited = any(cite.fact in told for _, cite in reading.marks(begin, found.start()))
    return bool(told) and (counted or cited)


def _what_is_measured(reading: Reading, end: int) -> bool:
    """`do not finish`, of a completion rate: the verb denied is what the rate measures."""
    verb = _WORD.search(reading.flat, end)
    if verb is None:
        return False
    measures = [fact.measure for fact in reading.facts]
    topics = reading.context.lexicon.topics_of(verb[0])
    return any(
        root(verb[0]) in reading.context.measures.words(one)
        or any(topic.named_by & set(name_tokens(one)) for topic in topics)
        for one in measures
    )


def _not_seasonal(reading: Reading, end: int) -> bool:
    """`not seasonal`, of a trend: it is what is left when the season is taken out."""
    follows = reading.context.lexicon.bindings.seasonal.match(reading.flat, end)
    trends = [fact for fact in reading.facts if fact.kind == FactKind.FACT_KIND_TREND]
    return follows is not None and bool(trends)


def _idiom(reading: Reading, position: int) -> bool:
    return any(
        one.start() <= position < one.end()
        for one in reading.find(reading.context.lexicon.bindings.not_denying)
    )
