"""Aggregates: per what, as a sum or mean of what, and from when a figure was computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FormatKind, TimeGrain
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.verify.entities import is_name, is_period, months_between
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_MONTHS = {
    TimeGrain.TIME_GRAIN_WEEK: 0.23,
    TimeGrain.TIME_GRAIN_MONTH: 1.0,
    TimeGrain.TIME_GRAIN_QUARTER: 3.0,
    TimeGrain.TIME_GRAIN_YEAR: 12.0,
}
_PERCENT, _COUNT = FormatKind.FORMAT_KIND_PERCENT, FormatKind.FORMAT_KIND_COUNT
_NO_MEANS: Final = frozenset(("total", "change", "change_share", "swing"))
_MEAN = re.compile(r"mean\(|median\(|slope\(")


def check_aggregates(reading: Reading) -> Iterator[Fault]:
    """`per trip`, `total`, `on average`, `year on year`, against how the figure was computed."""
    yield from _per(reading)
    yield from _per_in_words(reading)
    yield from _aggregates(reading)
    yield from _bases_of_change(reading)


def _per(reading: Reading) -> Iterator[Fault]:
    """`⟦mean⟧ per trip`: a figure is per what its unit or name says. Periods are other checks'."""
    lexicon = reading.context.lexicon
    for found in lexicon.bindings.per.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if is_name(cite.value) or found[2] in lexicon.spans.grain_words:
            continue
        if not found[0].split(" ")[1].startswith(("per", "for")) and _averaged(cite):
            continue  # `⟦mean⟧ a flight`
        own = set(cite.fact.measure.lower().replace("_", " ").split())
        own.update(re.findall(r"[a-z]+", cite.value.format.unit.lower()))
        if root(found[2]) not in {root(one) for one in own}:
            yield _misattributed(found[0], "the figure was not computed per that")


def _per_in_words(reading: Reading) -> Iterator[Fault]:
    """`cost per claim rose`, of a cost: what is measured is per what its unit or name says."""
    lexicon = reading.context.lexicon
    if "per" not in reading.words:
        return
    for found in lexicon.frames.per_thing.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        facts = [cite.fact for _, cite in reading.marks(begin, end)] or reading.facts
        if found[1] in lexicon.spans.grain_words or reading.has(lexicon.unclaimed, end=end):
            continue
        if lexicon.imperative.match(reading.flat, begin, end) or not facts:
            continue
        base = root(found[1])
        if not any(
            base in map(root, reading.context.fact_words(fact))
            and (
                base in map(root, name_tokens(fact.dimension))
                or not reading.context.measures.sums(fact)
            )
            for fact in facts
        ):
            yield _misattributed(found[0], "no cited figure was computed per that")


def _averaged(cite: Cite) -> bool:
    return bool({"avg", "average", "mean"} & set(cite.fact.measure.lower().split("_")))


def _aggregates(reading: Reading) -> Iterator[Fault]:
    """`total repair time`, of a mean; `on average`, of a total; `median`, of what is none."""
    bindings = reading.context.lexicon.bindings
    measures = reading.context.measures
    for found in reading.find(bindings.totalled):
        cites = [one for _, one in reading.marks(*reading.statement(found.start()))]
        following = re.match(r"\s+((?:[a-z]+\s+){0,3})", reading.flat[found.end() :] + " ")
        words = {root(word) for word in following[1].split()} if following else set()
        for cite in cites:
            if words & measures.words(cite.fact.measure) and not measures.sums(cite.fact):
                yield _misattributed(found[0], "the figure is a mean, and no total")
                break
    for found in reading.find(bindings.in_total):
        _, end = reading.statement(found.start())
        begin, _ = reading.clause(found.start())
        told = [*reading.marks(found.end(), end), *reversed(reading.marks(begin, found.start()))]
        figures = [one for _, one in told if not is_name(one.value)]
        first = figures[0] if figures else None
        summed = first and (measures.sums(first.fact) or first.value.format.kind == _COUNT)
        single = first is not None and first.fact.kind == FactKind.FACT_KIND_OUTLIER
        before = reading.flat[begin : found.end()]
        moved = first is not None and first.value.format.signed
        single = single or (moved and not reading.context.lexicon.frames.of_a_move.search(before))
        if first and (single or not summed or _MEAN.search(first.value.provenance.formula)):
            yield _misattributed(found[0], "the figure is a mean, and no total")
    for found in reading.find(bindings.averaged):
        begin, end = reading.clause(found.start())
        begin, end = (begin, end) if reading.marks(begin, end) else reading.statement(begin)
        figures = [one for _, one in reading.marks(begin, end) if not is_name(one.value)]
        if figures and all(_no_mean(reading, one) for one in figures):
            yield _misattributed(found[0], "the figure is no mean")
    for found in reading.find(bindings.median):
        cites = [one for _, one in reading.marks(*reading.statement(found.start()))]
        if cites and not any("median" in one.value.provenance.formula for one in cites):
            yield _misattributed(found[0], "no cited figure is a median")


def _no_mean(reading: Reading, cite: Cite) -> bool:
    """Whether the figure is one of a single group, period or whole, and no mean of several."""
    if cite.value.name in _NO_MEANS:
        return cite.fact.kind != FactKind.FACT_KIND_SEASONALITY
    if cite.fact.kind == FactKind.FACT_KIND_OUTLIER and cite.value.name != "usual":
        return True
    formula = cite.value.provenance.formula
    percent = cite.value.format.kind == _PERCENT
    return not percent and reading.context.measures.sums(cite.fact) and not _MEAN.search(formula)


def _bases_of_change(reading: Reading) -> Iterator[Fault]:
    """`year on year`: the two periods of the change lie that far apart."""
    for phrases, months in reading.context.lexicon.bindings.bases:
        for found in reading.find(phrases):
            cites = [one for _, one in reading.marks(*reading.statement(found.start()))]
            facts = {one.fact.id: one.fact for one in cites} or {
                one.id: one for one in reading.facts
            }
            told = [distance for one in facts.values() if (distance := _distance(one))]
            if found[0].startswith("within"):
                told.extend(_step(one) for one in facts.values())
            if cites and not any(abs(one - months) < 0.1 * months + 0.05 for one in told):
                hint = "the cited change is one between other periods"
                yield fault(Code.PERIOD_UNSUPPORTED, found[0], hint)


def _step(fact: Fact) -> float:
    """Months of one period of a fact that tells a change of level from one to the next; else 0."""
    grains = [one.format.grain for one in fact.values if one.name == "shift_period"]
    shifted = fact.kind == FactKind.FACT_KIND_LEVEL_SHIFT and grains
    return _MONTHS.get(grains[0], 0.0) if shifted else 0.0


_PAIRS = (
    ("previous_period", "last_period"),
    ("start_period", "end_period"),
    ("year_before", "to_period"),
)


def _distance(fact: Fact) -> float | None:
    """Months between the two periods that the fact compares."""
    periods = {value.name: value for value in fact.values if is_period(value)}
    for one, other in _PAIRS:
        if one in periods and other in periods:
            return months_between(periods[one], periods[other])
    return None


def _misattributed(words: str, hint: str) -> Fault:
    return fault(Code.MISATTRIBUTED, MARK.sub("…", words), hint)
