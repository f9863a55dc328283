"""Wholes: a group's figure names its group, a difference is told as one, a measure by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.entities import is_name, is_period, name_for, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

_UP_FROM = re.compile(r"(?:up|down) from $")
_DIFFERENCES = {"gap", "lead_over_second", "swing", "lag_gap"}
_SIDES = {"gap": {"first", "last"}, "lead_over_second": {"first", "second"}}


def check_wholes(reading: Reading) -> Iterator[Fault]:
    """Figures told of more than they were computed from, or of something else."""
    lexicon = reading.context.lexicon
    ranged = bool(lexicon.imperative.match(reading.flat)) or reading.has(
        *(lexicon.highest, lexicon.lowest, lexicon.best, lexicon.worst, lexicon.up),
        *(lexicon.down, lexicon.unusual, lexicon.spans.ranged, lexicon.spans.pronouns),
        *(lexicon.greater, lexicon.smaller),
    )
    told = bool(lexicon.imperative.match(reading.flat)) or reading.has(
        *(lexicon.highest, lexicon.lowest, lexicon.best, lexicon.worst, lexicon.spans.pronouns),
        *(lexicon.greater, lexicon.smaller, lexicon.spans.ranging),
    )
    for at, cite in reading.marks():
        if is_name(cite.value) or cite.typed:
            continue
        strict = not told and _of_a_group(cite)
        if (strict or not ranged) and _unnamed(reading, cite):
            hint = "the figure is that of one group or period; name it"
            yield fault(Code.MISATTRIBUTED, cite.value.name, hint)
        if cite.value.name in _DIFFERENCES and not _told_as_difference(reading, at):
            hint = "the figure is a difference; say between what"
            yield fault(Code.MISATTRIBUTED, cite.value.name, hint)
        if _between_others(reading, at, cite):
            hint = "the difference is not one of the names beside it"
            yield fault(Code.MISATTRIBUTED, cite.value.name, hint)
    yield from _shares_of_few(reading)
    yield from _sides_of_shift(reading)


def _of_a_group(cite: Cite) -> bool:
    owner = name_for(cite.fact, cite.value)
    return owner is not None and not is_period(owner)


def _unnamed(reading: Reading, cite: Cite) -> bool:
    """Whether the figure belongs to a group or period that the text never names."""
    own = name_for(cite.fact, cite.value)
    before = reading.context.lexicon.spans.the_one_before
    if cite.value.name == "previous" and before.search(reading.flat):
        return False  # `the year before` names it.
    if cite.value.name == "last" and _named_as_latest(reading, cite):
        return False
    single = len([one for one in cite.fact.values if is_name(one)]) < 2
    if own is None or (single and cite.fact.kind != FactKind.FACT_KIND_CAUTION):
        return False
    named = [one for _, one in reading.marks() if is_name(one.value)]
    parts = [part for _, one in reading.marks() for part in one.fact.scope]
    if own.value.text and own.value.text in parts:
        return False  # The part of the data that another figure is about is named as well.
    return not any(same_value(one.value.value, own.value) for one in named)


def _named_as_latest(reading: Reading, cite: Cite) -> bool:
    """Whether words say that it is the latest figure, or its change says where it comes from."""
    same = [one.value.name for _, one in reading.marks() if one.fact.id == cite.fact.id]
    latest = reading.has(reading.context.lexicon.bindings.latest)
    return latest or bool({"change", "change_share"} & set(same))


def _told_as_difference(reading: Reading, at: int) -> bool:
    begin, end = reading.statement(at)
    return reading.has(reading.context.lexicon.spans.differing, start=begin, end=end)


def _between_others(reading: Reading, at: int, cite: Cite) -> bool:
    """Whether the clause names only groups that the difference is not between."""
    sides = _SIDES.get(cite.value.name)
    clause = reading.marks(*reading.clause(at))
    own = [
        one.value.name for _, one in clause if is_name(one.value) and one.fact.id == cite.fact.id
    ]
    return sides is not None and bool(own) and not sides & set(own)


def _shares_of_few(reading: Reading) -> Iterator[Fault]:
    """The share of the few largest groups, told of a single one."""
    for at, cite in reading.marks():
        if cite.value.name != "share" or cite.fact.kind != FactKind.FACT_KIND_CONCENTRATION:
            continue
        cites = [one for _, one in reading.marks(*reading.clause(at))]
        few = any(one.value.name == "few" for _, one in reading.marks())
        few = few or _all_of_the_few(cite, cites)
        if not few and any(is_name(one.value) for one in cites):
            yield fault(Code.MISATTRIBUTED, "share", "the share is that of several groups")


def _all_of_the_few(share: Cite, cites: list[Cite]) -> bool:
    """Whether the clause names the few whose share it is: the first of the same ranking."""
    few = next((number(one) for one in share.fact.values if one.name == "few"), None)
    named = {
        one.value.name
        for one in cites
        if is_name(one.value)
        and one.fact.measure == share.fact.measure
        and one.fact.dimension == share.fact.dimension
    }
    return len(named) == few and named == set(("first", "second", "third")[: len(named)])


def _sides_of_shift(reading: Reading) -> Iterator[Fault]:
    """`⟦after⟧ until ⟦shift_period⟧`: the wrong side of a change of level."""
    lexicon = reading.context.lexicon
    for at, cite in reading.marks():
        wrong = {"after": lexicon.spans.before_side, "before": lexicon.spans.after_side}.get(
            cite.value.name
        )
        if wrong is None or cite.fact.kind != FactKind.FACT_KIND_LEVEL_SHIFT:
            continue
        begin, end = reading.clause(at)
        whole = reading.statement(at)
        alone = len([1 for _, one in reading.marks(*whole) if not is_name(one.value)]) == 1
        begin, end = whole if alone else (begin, end)
        figures = [one for _, one in reading.marks(begin, end) if not is_name(one.value)]
        told_before = cite.value.name == "before" and reading.flat.startswith(" before", at + 3)
        if _UP_FROM.search(reading.flat[:at]) or told_before:
            continue
        if len(figures) == 1 and reading.has(wrong, start=begin, end=end):
            yield fault(Code.ORDER_CONTRADICTED, cite.value.name, "the other side of the change")
