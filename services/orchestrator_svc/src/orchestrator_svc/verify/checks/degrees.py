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
WELL: Final = 0.1
"""From this relative difference on, something is well above or below another."""
SLIGHT: Final = 0.1
"""Up to this relative difference, words such as `slightly` may stand."""
A_POINT: Final = 0.01
"""Shares that differ by no more than a point differ slightly, however small they are."""
HARDLY: Final = 0.03
"""Up to this relative difference, something may hardly have changed."""
_HARDLY = ("hardly", "barely", "scarcely")
_DIFFERENCES = {"gap", "lead", "swing", "change", "slope", "pace", "share", "count", "ranked"}
_COMPARED: Final = re.compile(
    r" (?:above|below|over|under|more than|less than|fewer than|[a-z]+er than)(?![\w⟧])"
)
_BEHIND: Final = re.compile(r"(?: than)?(?: (?:the|that of|its|in|at|what|[a-z]+-wide))* ⟦(\d+)⟧")
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
            if _of_a_part(reading, found):
                continue
            size = _beside(reading, found)
            size = _size(reading, found) if size is None else size
            least_here = WELL if found[0].startswith("well") else least
            if size is None or not least_here <= size <= most:
                hint = "the cited figures do not differ by that much or that little; leave it out"
                yield fault(Code.DEGREE_UNSUPPORTED, found[0], hint)
    for found in reading.find(lexicon.spans.even):
        size = _size(reading, found) if found[0].startswith(_HARDLY) else None
        if size is not None and size <= HARDLY:
            continue
        if not reading.negated(found.start()):
            hint = "no cited fact shows that things are alike"
            yield fault(Code.DEGREE_UNSUPPORTED, found[0], hint)


def _of_a_part(reading: Reading, found: re.Match[str]) -> bool:
    """`just over half`: the words belong to a part, which is checked as one."""
    return any(one.start() <= found.end() + 1 < one.end() for one in reading.amounts())


def _beside(reading: Reading, found: re.Match[str]) -> float | None:
    """The difference from what is named right behind: `far below ⟦start⟧`, `the month before`."""
    begin, _ = reading.statement(found.start())
    left = [cite for _, cite in reading.marks(begin, found.start())]
    if not left:
        return None
    beyond = _COMPARED.match(reading.flat, found.end())
    behind_it = beyond.end() if beyond else found.end()
    if reading.context.lexicon.spans.period_before.match(reading.flat, behind_it):
        changes = (_own_size(cite.fact) for cite in reversed(left) if cite.value.name == "last")
        return next((one for one in changes if one is not None), None)
    behind = _BEHIND.match(reading.flat, behind_it)
    if behind is None:
        return None
    right = reading.cites[int(behind[1])]
    other = main_number(right.fact, right.value)
    levels = [one for cite in left if (one := _level(cite)) is not None]
    if other is None or right.value.name in _DIFFERENCES:
        return None
    apart = (_apart(one, other) for one in levels if same_unit(one, other))
    return next((one for one in apart if one), None)


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
    if fact.kind == FactKind.FACT_KIND_TREND and "pace" in values and "start" in values:
        pace, start = number(values["pace"]), number(values["start"])
        return abs(pace / start) if pace is not None and start else None
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
    share = one.format.kind == FormatKind.FORMAT_KIND_PERCENT
    if share and abs(first - second) <= A_POINT:
        return min(abs(first - second) / (abs(first) or 1.0), SLIGHT)
    base = min(abs(first), abs(second))
    return abs(first - second) / base if base else float("inf")
