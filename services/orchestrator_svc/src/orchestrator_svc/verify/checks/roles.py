"""Roles: a change is told as a change, a number of groups as one, a threshold as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FactKind, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import is_name
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_DIFFERENCES = {"change", "pace", "slope", "gap", "lead", "swing", "difference"}
_MULTIPLE = FormatKind.FORMAT_KIND_MULTIPLE
_CONCENTRATION = FactKind.FACT_KIND_CONCENTRATION
_BASES = {"count", "first_count", "last_count"}
_WORD = re.compile("[a-z]+")
_OF_BEFORE = re.compile(
    r"⟦(\d+)⟧ of (?:its|the|their) (?:former|previous|earlier|old|initial|original|starting)\b"
)
_FROM = re.compile(r"from (?:an? |the )*⟦\d+⟧ $")


def check_roles(reading: Reading) -> Iterator[Fault]:
    """Numbers told as another sort of number than they are, and what is said to make them so."""
    bindings = reading.context.lexicon.bindings
    for found in bindings.to_level.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if _is_difference(cite) and not _FROM.search(reading.flat[: found.start()]):
            yield _other_sort(found[0], "the figure is a difference, and no level")
    for found in bindings.multiple_above.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if cite.value.format.kind == _MULTIPLE:
            yield _other_sort(found[0], "the figure is a multiple; say `times as much as`")
    for found in bindings.more_than.finditer(reading.flat):
        cite, other = (reading.cites[int(found[place])] for place in (1, 2))
        level = not _is_difference(cite) and not cite.value.format.signed
        ratio = cite.value.format.kind == _MULTIPLE
        if level and not ratio and is_name(other.value) and not is_name(cite.value):
            yield _other_sort(found[0], "the figure is a level, and no difference")
    for found in _OF_BEFORE.finditer(reading.flat):
        value = reading.cites[int(found[1])].value
        if value.format.kind != FormatKind.FORMAT_KIND_PERCENT:
            yield _other_sort(found[0], "the figure is no part of the level before")
    yield from _thresholds(reading)
    yield from _few_of_groups(reading)
    yield from _bases(reading)
    cause = bindings.made_do.search(reading.flat)
    group = cause is not None and is_name(reading.cites[int(cause[1])].value)
    if cause and group and not reading.has(reading.context.lexicon.hedge, end=cause.start()):
        hint = "data shows no cause; describe what is seen"
        yield fault(Code.CAUSE_UNSUPPORTED, MARK.sub("…", cause[0]), hint)


def _is_difference(cite: Cite) -> bool:
    words = set(cite.value.name.split("_"))
    return not is_name(cite.value) and bool(words & _DIFFERENCES)


def _thresholds(reading: Reading) -> Iterator[Fault]:
    """`⟦minimum⟧ were handled`: the least that a group needs to be ranked is no count of one."""
    at_least = reading.context.lexicon.bindings.at_least
    for at, cite in reading.marks():
        begin, end = reading.statement(at)
        if cite.value.name == "minimum" and not reading.has(at_least, start=begin, end=end):
            yield _other_sort("minimum", "the figure is a threshold; say `at least`")


def _bases(reading: Reading) -> Iterator[Fault]:
    """`⟦first_count⟧ arrived late`: the number that a rate rests on, told as what it measures."""
    measures = reading.context.measures
    bindings = reading.context.lexicon.bindings
    for at, cite in reading.marks():
        if cite.value.name not in _BASES or measures.sums(cite.fact):
            continue
        begin, end = reading.clause(at)
        if begin == at:
            begin, _ = reading.statement(at)  # `rests on few patients, ⟦count⟧`
        figures = [one for _, one in reading.marks(begin, end) if not is_name(one.value)]
        rests = reading.has(bindings.warning, bindings.resting, start=begin, end=end)
        if len(figures) > 1 or rests:
            continue
        said = {root(word) for word in _WORD.findall(reading.flat, begin, end)}
        whole = cite.fact.kind == FactKind.FACT_KIND_LEVEL
        if whole and not said & measures.words(cite.fact.measure):
            continue
        yield _other_sort(cite.value.name, "the figure is the number that the rate rests on")


def _few_of_groups(reading: Reading) -> Iterator[Fault]:
    """`⟦groups⟧ products make ⟦share⟧`: it is the few of them that do."""
    for at, cite in reading.marks():
        if cite.fact.kind != _CONCENTRATION or cite.value.name != "groups":
            continue
        told = {one.value.name for _, one in reading.marks(*reading.statement(at))}
        if "share" in told and "few" not in told:
            yield _other_sort("groups", "the share is that of the few, and not of all groups")


def _other_sort(words: str, hint: str) -> Fault:
    return fault(Code.MISATTRIBUTED, MARK.sub("…", words), hint)
