"""Words for amounts in a sentence: the longest of those that overlap, held against values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aislides.deck.v1.fact_pb2 import Fact
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.breadth import is_told, told_of_groups
from orchestrator_svc.verify.entities import main_number, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.phrases import Phrases
from orchestrator_svc.verify.lexicon.shape import Quantity
from orchestrator_svc.verify.reading import Cite, Reading


def longest(
    quantities: Mapping[Phrases, Quantity], reading: Reading
) -> list[tuple[Quantity, re.Match[str]]]:
    """Matches in the text; of those that overlap, the longest."""
    every = [
        (one, found) for one in reading.possible(quantities) for found in reading.find(one.pattern)
    ]
    if len(every) < 2:
        return every
    every.sort(key=lambda pair: (-(pair[1].end() - pair[1].start()), pair[1].start()))
    kept: list[tuple[Quantity, re.Match[str]]] = []
    for quantity, found in every:
        if all(found.end() <= one.start() or found.start() >= one.end() for _, one in kept):
            kept.append((quantity, found))
    return kept


def judge(
    reading: Reading,
    found: re.Match[str],
    quantity: Quantity,
    values: Sequence[float],
    kind: str,
) -> Iterator[Fault]:
    """The words against the values; `kind` is FRACTION or MULTIPLE."""
    if is_told(told_of_groups(reading), found.start()):
        return
    if not values:
        yield fault(Code(f"{kind}_UNSUPPORTED"), found[0], "no cited value measures this; cite one")
        return
    holds = all(_within(value, quantity) for value in values)
    if reading.negated(found.start()):  # `not even half` is less than half.
        holds = all(value < quantity.low for value in values)
        if not holds:
            yield fault(Code(f"{kind}_CONTRADICTED"), found[0], "the cited values say otherwise")
        return
    if not holds:
        yield fault(Code(f"{kind}_CONTRADICTED"), found[0], "the cited values say otherwise")


def _within(value: float, quantity: Quantity) -> bool:
    """Open at a bound that the words exclude: more than half is not half."""
    if quantity.open:
        return quantity.low < value < quantity.high or value == quantity.high == 1.0
    return quantity.low <= value <= quantity.high


def ratio_of(left: Cite, right: Cite) -> float | None:
    """The first figure as a multiple of the second; None for figures in different units."""
    figures = [main_number(cite.fact, cite.value) for cite in (left, right)]
    if figures[0] is None or figures[1] is None or not same_unit(figures[0], figures[1]):
        return None
    one, other = number(figures[0]), number(figures[1])
    return one / other if one is not None and other else None


def distinct(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each once."""
    return list({fact.id: fact for fact in facts}.values())
