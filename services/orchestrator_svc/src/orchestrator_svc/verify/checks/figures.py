"""Figures: typed digits equal a cited value; number words count what is there; units fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FactValue, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.verify.entities import entity_key, is_name, main_number, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Reading

_UNIT_AFTER = re.compile(r"⟦(\d+)⟧[ \u00a0-]?([a-z%×°]+)(?: points?)?")
_NOUN = re.compile(r" (?:of the |largest |other |main |top |biggest )*([a-z]+)")
_BY_SO_MANY = re.compile(
    r"(?:beats?|ahead|above|below|behind|exceeds?|differ|trails?)\b[^.;]* by [a-z]+$"
)
_HALVES = re.compile(r"\b(?:one|two|three) (?:in|out of) \w+")


def check_figures(reading: Reading) -> Iterator[Fault]:
    """Typed figures that no cited value proves, figures with another unit, wrong counts."""
    for figure in reading.stray:
        hint = "cite the value as {fact.value}; this figure equals no value of the cited facts"
        yield fault(Code.TYPED_NUMBER, figure.text, hint)
    yield from _units(reading)
    yield from _number_words(reading)
    yield from _magnitudes(reading)


def _units(reading: Reading) -> Iterator[Fault]:
    units = reading.context.lexicon.units
    for found in _UNIT_AFTER.finditer(reading.flat):
        value = reading.cites[int(found[1])].value
        word = found[2]
        if word in reading.context.counted and _measured(value):
            hint = f"the value is in {_unit(value)}, and counts no {word}"
            yield fault(Code.UNIT_CONTRADICTED, found[0], hint)
            continue
        if is_name(value) or word not in units or word in {"s", "m", "k", "h", "x"}:
            continue
        fact = reading.cites[int(found[1])].fact
        if not _unit(value) and (word == "points" or word in name_tokens(fact.measure)):
            continue  # `⟦71⟧ days`, of avg_days_to_fill; `⟦0.3⟧ points`, of a score.
        said = "pp" if found[0].endswith(("points", "point")) else units[word]
        own = _unit(value)
        if said != own:
            hint = f"the value is in {own or 'no unit'}, and its unit is printed with it"
            yield fault(Code.UNIT_CONTRADICTED, found[0], hint)


def _measured(value: FactValue) -> bool:
    """Whether the value is a quantity in a unit of measurement, and no count."""
    kinds = (FormatKind.FORMAT_KIND_NUMBER, FormatKind.FORMAT_KIND_CURRENCY)
    return value.format.kind in kinds and bool(value.format.unit)


def _unit(value: FactValue) -> str:
    kind = value.format.kind
    if kind == FormatKind.FORMAT_KIND_PERCENT:
        return "%"
    if kind == FormatKind.FORMAT_KIND_PERCENTAGE_POINT:
        return "pp"
    if kind == FormatKind.FORMAT_KIND_MULTIPLE:
        return "×"
    return value.format.unit


def _number_words(reading: Reading) -> Iterator[Fault]:
    """`two`, `three` and so on must count something that the cited facts hold."""
    lexicon = reading.context.lexicon
    if not (lexicon.number_words.keys() | lexicon.tens.keys()) & reading.words:
        return
    spans = [found.span() for found in reading.amounts()]
    spans.extend(found.span() for found in reading.find(lexicon.spans.n_in_m))
    spans.extend(found.span() for found in _HALVES.finditer(reading.flat))
    counts = _countable(reading)
    for found in re.finditer(r"[a-z]+", reading.flat):
        count = lexicon.number_words.get(found[0]) or lexicon.tens.get(found[0])
        inside = any(start <= found.start() < end for start, end in spans)
        if count is None or inside:
            continue
        if _is_the_rest(reading, found, count):
            continue
        noun = _counted_noun(reading, found.end())
        if noun is not None and count not in noun:
            hint = "there is another number of them; cite it"
            yield fault(Code.NUMBER_WORD_UNSUPPORTED, found[0], hint)
            continue
        if count in counts or _told_difference(reading, found.end(), count):
            continue
        yield fault(
            Code.NUMBER_WORD_UNSUPPORTED, found[0], "the cited facts hold nothing of that number"
        )


def _is_the_rest(reading: Reading, found: re.Match[str], count: int) -> bool:
    """`the other four`: as many groups as the few leave."""
    if not reading.context.lexicon.bindings.others_before.search(reading.flat, 0, found.start()):
        return False
    sizes = [{value.name: number(value) for value in fact.values} for fact in reading.facts]
    return any(
        (own.get("groups") or 0) - (own.get(few) or 0) == count
        for own in sizes
        for few in ("few", "negative", "fell", "rose")
        if few in own
    )


def _told_difference(reading: Reading, end: int, count: int) -> bool:
    """`eleven days longer`, `ten points below`: the difference of two levels cited, rounded."""
    apart = reading.context.lexicon.bindings.unit_apart.match(reading.flat, end)
    if not apart and not _BY_SO_MANY.search(reading.flat[:end]):
        return False
    begin, stop = reading.statement(end)
    figures = [main_number(cite.fact, cite.value) for _, cite in reading.marks(begin, stop)]
    sizes = [(one, size) for one in figures if one and (size := number(one)) is not None]
    return any(
        same_unit(one, other) and round(abs(size - less) * _printed_as(one)) == count
        for at, (one, size) in enumerate(sizes)
        for other, less in sizes[:at]
    )


def _printed_as(value: FactValue) -> int:
    return 100 if value.format.kind == FormatKind.FORMAT_KIND_PERCENT else 1


def _counted_noun(reading: Reading, end: int) -> set[int] | None:
    """How many there may be of the groups named right behind a number; None when it names none."""
    noun = _NOUN.match(reading.flat, end)
    context = reading.context
    found: set[int] = set()
    if not noun:
        return None
    facts = [fact for fact in reading.facts if fact.dimension]
    for fact in facts or context.facts.values():
        if not fact.dimension or root(fact.dimension.lower().rpartition("_")[2]) != root(noun[1]):
            continue
        names = {cite.value.name for cite in reading.cites if cite.fact.id == fact.id}
        found.add(len({name for name in names if name in {"first", "second", "third", "last"}}))
        found.update(
            int(size)
            for value in fact.values
            if value.name in {"few", "groups", "ranked"} and (size := number(value)) is not None
        )
        for table in (context.tables.get(one) for one in fact.result_ids):
            if table is not None and fact.dimension in table:
                found.add(len(set(table.column(fact.dimension))))
    # Years and months are counted by more than the groups of a fact.
    return found if found and noun[1].rstrip("s") not in context.lexicon.spans.grain_words else None


def _countable(reading: Reading) -> set[int]:
    """Numbers that a count word may have: names cited, entities of a fact, rows of a result."""
    counts = {
        len({(cite.fact.id, cite.value.name) for cite in reading.cites if is_name(cite.value)})
    }
    counts.update((len(reading.facts), len(reading.context.years)))
    for fact in reading.facts:
        counts.add(len({entity_key(value) for value in fact.values if is_name(value)}))
        for value in fact.values:
            exact = number(value)
            if exact is not None and exact.is_integer():
                counts.add(int(exact))
        for result_id in fact.result_ids:
            table = reading.context.tables.get(result_id)
            if table is not None and not fact.filters:
                counts.add(len(table))
                if fact.dimension in table:
                    counts.add(len(set(table.column(fact.dimension))))
    return counts


def _magnitudes(reading: Reading) -> Iterator[Fault]:
    for quantity in reading.possible(reading.context.lexicon.magnitude_of):
        found = reading.first(quantity.pattern)
        if not found:
            continue
        exact = [number(value) for fact in reading.facts for value in fact.values]
        if not any(one is not None and quantity.low <= abs(one) <= quantity.high for one in exact):
            yield fault(Code.NUMBER_WORD_UNSUPPORTED, found[0], "no cited value is of that size")
