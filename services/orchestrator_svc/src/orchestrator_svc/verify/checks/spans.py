"""Spans: `overall`, `a month`, `daily`, `last year` fit the span of the figure."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import Fact, FactKind, TimeGrain
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.verify.entities import is_name, is_period, moment, name_for
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

_PACES = {"pace", "slope"}
_ONE_PERIOD = {"usual", "peak", "low", "start", "end", "last", "previous", "before", "after"}
_USUALLY = {"usually", "normally", "typically", "generally"}
_PAIRS = ({"previous", "last"}, {"start", "end"}, {"before", "after"})
_DIFFERENCES = {"gap", "change", "swing", "lead", "slope", "pace"}
_SEASONALITY = FactKind.FACT_KIND_SEASONALITY
_TODAY = {"last", "end", "after"}
_LATEST = {"last_period", "end_period", "previous_period"}


def check_spans(reading: Reading) -> Iterator[Fault]:
    """Figures of one group told of the whole, and figures told of a span that is not theirs."""
    yield from _overall(reading)
    yield from _per_period(reading)
    yield from _each_period(reading)
    yield from _relative(reading)
    yield from _from_to(reading)


def _overall(reading: Reading) -> Iterator[Fault]:
    """`Overall, ⟦first_value⟧`: the figure is one group's, and the clause does not name it."""
    for found in reading.find(reading.context.lexicon.spans.overall):
        _, end = reading.statement(found.start())
        following = next(iter(reading.marks(found.end(), end)), None)
        if following is None or is_name(following[1].value):
            continue
        at, figure = following
        if name_for(figure.fact, figure.value) is None:
            continue
        begin, _ = reading.statement(at)
        told = {one.value.name for _, one in reading.marks(begin, end)}
        if any(pair <= told for pair in _PAIRS):
            continue
        named = [one for _, one in reading.marks(begin, end) if is_period(one.value)]
        seasonal = figure.fact.kind == _SEASONALITY and found[0] in _USUALLY
        if seasonal and any(one.fact.id == figure.fact.id for one in named):
            continue
        if not any(is_name(one.value) for _, one in reading.marks(*reading.clause(at))):
            hint = "the figure is that of one group or period; name it"
            yield fault(Code.MISATTRIBUTED, found[0], hint)


def _per_period(reading: Reading) -> Iterator[Fault]:
    """`⟦pace⟧ a month`: only a trend's pace is per period, and only per its own."""
    for found in reading.context.lexicon.spans.per_period.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if is_name(cite.value) or found[2] in _topic(cite.fact):
            continue
        shifted = cite.fact.kind == FactKind.FACT_KIND_LEVEL_SHIFT
        level = (shifted and not cite.value.format.signed) or not _DIFFERENCES & set(
            cite.value.name.split("_")
        )
        summed = (
            level and (shifted or name_for_total(cite)) and reading.context.measures.sums(cite.fact)
        )
        if summed and found[2] in grains(cite.fact):
            continue
        if shifted and not (summed or cite.value.format.signed) and found[2] in grains(cite.fact):
            continue
        if cite.value.name not in _PACES or found[2] not in grains(cite.fact):
            yield _other_span(found[0])


def _each_period(reading: Reading) -> Iterator[Fault]:
    """`Each month brings ⟦total⟧`, `daily ⟦after⟧`: the figure must be one of such a period."""
    lexicon = reading.context.lexicon
    for found in reading.find(lexicon.spans.each_period):
        grain = lexicon.spans.grain_words[found[1]]
        cites = [one for _, one in reading.marks(*reading.clause(found.start()))]
        cites = cites or [one for _, one in reading.marks(*reading.statement(found.start()))]
        figures = [one for one in cites if not is_name(one.value)]
        within = reading.marks(*reading.statement(found.start()))
        named = any(is_period(one.value) for _, one in within)
        if not figures:
            continue
        # `monthly fee` is what is measured, not a span.
        if any({grain, found[1]} & set(_topic(one.fact)) for one in figures):
            continue
        if found[1] == "year" and _of_a_season(reading, figures):
            continue  # A season comes back each year.
        adjective = found[1] not in {grain, f"{grain}s"}
        fits = any(grain in grains(one.fact) for one in figures)
        fits = fits or (grain == "year" and len(reading.context.years) == 1)
        if not fits or (not adjective and not named and not _paced(figures)):
            yield _other_span(found[0])


def _relative(reading: Reading) -> Iterator[Fault]:
    """`Last year`: some cited fact must hold a latest period of that grain."""
    for found in reading.find(reading.context.lexicon.spans.relative_period):
        facts = [one.fact for _, one in reading.marks(*reading.statement(found.start()))]
        known = any(
            value.name in _LATEST and found[1] in _grain(value.format.grain)
            for fact in facts or reading.facts
            for value in fact.values
        )
        if not known and not (found[0] == "today" and _latest(reading, found.start())):
            yield _other_span(found[0])


def _latest(reading: Reading, position: int) -> bool:
    """Whether the clause tells the latest figure of its fact, which is how things are today."""
    cites = [cite for _, cite in reading.marks(*reading.clause(position))]
    return any(cite.value.name in _TODAY for cite in cites)


def _from_to(reading: Reading) -> Iterator[Fault]:
    """`from ⟦period⟧ to ⟦period⟧`: the second is the later one."""
    for found in reading.context.lexicon.spans.from_to.finditer(reading.flat):
        first, last = (reading.cites[int(found[place])] for place in (1, 2))
        one, other = moment(first.value), moment(last.value)
        if first.fact.id == last.fact.id and one is not None and other is not None and one >= other:
            hint = "the second period is not later than the first"
            yield fault(Code.ORDER_CONTRADICTED, found[0], hint)


def _of_a_season(reading: Reading, figures: list[Cite]) -> bool:
    """Whether the figures are of a season, or a season is what the sentence relies on as well."""
    own = all(one.fact.kind == _SEASONALITY for one in figures)
    return own or any(fact.kind == _SEASONALITY for fact in reading.facts)


def name_for_total(cite: Cite) -> bool:
    """Whether the figure is one of a single period, or the usual one."""
    return cite.value.name in _ONE_PERIOD


def grains(fact: Fact) -> set[str]:
    """Words for the grain of the fact's periods, such as `month`."""
    return {
        word for value in fact.values if is_period(value) for word in _grain(value.format.grain)
    }


def _grain(grain: TimeGrain.ValueType) -> set[str]:
    return {TimeGrain.Name(grain).removeprefix("TIME_GRAIN_").lower()} if grain else set()


def _topic(fact: Fact) -> set[str]:
    return {*name_tokens(fact.measure)}


def _paced(figures: list[Cite]) -> bool:
    return all(one.value.name in _PACES for one in figures)


def _other_span(words: str) -> Fault:
    return fault(Code.PERIOD_UNSUPPORTED, words, "the cited figure was not computed over that span")
