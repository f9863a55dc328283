"""Degrees: `soared` and `slightly` need a difference of that size, `evenly` needs none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FactValue, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import main_number, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

STRONG: Final = 0.2
"""From this relative difference on, words such as `soared` or `by far` may stand."""
SLIGHT: Final = 0.1
"""Up to this relative difference, words such as `slightly` may stand."""
HARDLY: Final = 0.03
"""Up to this relative difference, something may hardly have changed."""
_HARDLY = ("hardly", "barely", "scarcely")
_DIFFERENCES = {"gap", "lead", "swing", "change", "slope", "pace", "share", "count", "ranked"}
_PAIRS: Final = (
    *(("first_value", "last_value"), ("previous", "last"), ("usual", "first_value")),
    *(("before", "after"), ("peak", "low"), ("start", "end")),
)


def check_degrees(reading: Reading) -> Iterator[Fault]:
    """Words of degree against the relative size of the difference that they speak of."""
    lexicon = reading.context.lexicon
    for pattern, least, most in (
        (lexicon.spans.strong, STRONG, float("inf")),
        (lexicon.spans.slight, 0.0, SLIGHT),
    ):
        for found in reading.find(pattern):
            size = _size(reading, found)
            if size is None or not least <= size <= most:
                hint = "the cited figures do not differ by that much or that little; leave it out"
                yield fault(Code.DEGREE_UNSUPPORTED, found[0], hint)
    for found in reading.find(lexicon.spans.even):
        size = _size(reading, found) if found[0].startswith(_HARDLY) else None
        if size is not None and size <= HARDLY:
            continue
        if not reading.negated(found.start()):
            hint = "no cited fact shows that things are alike"
            yield fault(Code.DEGREE_UNSUPPORTED, found[0], hint)


def _size(reading: Reading, found: re.Match[str]) -> float | None:
    """The relative difference told of: between the figures cited, else the fact's own."""
    cites = [cite for _, cite in reading.marks(*reading.statement(found.start()))]
    own = {cite.fact.id: cite.fact for cite in cites}
    if own and all(fact.kind == FactKind.FACT_KIND_OUTLIER for fact in own.values()):
        return max((_own_size(fact) or 0.0 for fact in own.values()), default=None)
    figures = [figure for cite in cites if (figure := _level(cite)) is not None]
    for one, other in pairwise(figures):
        if one.name != other.name and same_unit(one, other):
            return _apart(one, other)
    for fact in own.values() or reading.facts:
        size = _own_size(fact)
        if size is not None:
            return size
    return None


def _level(cite: Cite) -> FactValue | None:
    """The level that a name or figure stands for; None for a difference or ratio."""
    figure = main_number(cite.fact, cite.value)
    if figure is None or figure.name.split("_")[0] in _DIFFERENCES or figure.format.signed:
        return None
    return None if figure.format.kind == FormatKind.FORMAT_KIND_MULTIPLE else figure


def _own_size(fact: Fact) -> float | None:
    values = {value.name: value for value in fact.values}
    if "change_share" in values:
        share = number(values["change_share"])
        return None if share is None else abs(share)
    for one, other in _PAIRS:
        if one in values and other in values:
            return _apart(values[one], values[other])
    ratios = [v for v in fact.values if v.format.kind == FormatKind.FORMAT_KIND_MULTIPLE]
    return abs((number(ratios[0]) or 1.0) - 1) if ratios else None


def _apart(one: FactValue, other: FactValue) -> float | None:
    first, second = number(one), number(other)
    if first is None or second is None:
        return None
    base = min(abs(first), abs(second))
    return abs(first - second) / base if base else float("inf")
