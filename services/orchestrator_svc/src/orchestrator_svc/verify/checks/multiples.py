"""Multiples in words and figures: twice, halved, four times the usual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import FactKind, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.amounts import distinct, judge, longest, ratio_of
from orchestrator_svc.verify.compared import ratios_to_sides
from orchestrator_svc.verify.derived import change_ratios, numbers
from orchestrator_svc.verify.entities import is_name, mates, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Cite, Reading

_RATIO_TOLERANCE = 0.01
_SCALED = re.compile(r"(?:halv|doubl|tripl|quadrupl)(?:e|es|ed|ing)$")
_NEAR = 40
_AS_FAST = re.compile(r" as (?:fast|quickly|strongly|sharply|steeply) as\b")
_LETTERS = re.compile("[a-z]+")
_FROM = re.compile(r",? from ⟦")
_MULTIPLE = FormatKind.FORMAT_KIND_MULTIPLE


def check_multiples(reading: Reading) -> Iterator[Fault]:
    """Multiples against the values at their sides."""
    for quantity, found in longest(reading.context.lexicon.multiple_of, reading):
        yield from judge(reading, found, quantity, _multiples(reading, found), "MULTIPLE")
    yield from _ratios(reading)


def _ratios(reading: Reading) -> Iterator[Fault]:
    """`⟦name⟧ takes ⟦ratio⟧ as long as ⟦name⟧`: the ratio of these two, in this order."""
    for at, cite in reading.marks():
        if cite.value.format.kind != _MULTIPLE:
            continue
        begin, end = reading.statement(at)
        left = [one for _, one in reading.marks(begin, at) if is_name(one.value)]
        right = [one for _, one in reading.marks(at + 1, end) if is_name(one.value)]
        told = ratio_of(left[-1], right[0]) if left and right else None
        size = number(cite.value)
        if told and size and abs(told / size - 1) > _RATIO_TOLERANCE:
            yield fault(Code.MULTIPLE_CONTRADICTED, cite.value.name, "not the ratio of these two")


def _multiples(  # noqa: PLR0911 - each kind of side ends by itself
    reading: Reading, found: re.Match[str]
) -> list[float]:
    """The ratio that a multiple speaks of: of the values at its sides, else a stored one."""
    lexicon = reading.context.lexicon
    begin, end = reading.statement(found.start())
    left = [cite for _, cite in reading.marks(begin, found.start())]
    right = [cite for _, cite in reading.marks(found.end(), end)]
    if reading.context.lexicon.bindings.of_what.match(reading.flat, found.end()):
        # `twice that of ⟦second⟧ and six times that of ⟦last⟧` has one subject.
        several = reading.possible(reading.context.lexicon.multiple_of)
        every = [one for each in several for one in reading.find(each.pattern)]
        first = min(one.start() for one in every if one.start() >= begin)
        left = [cite for _, cite in reading.marks(begin, first)] or left
    as_fast = _AS_FAST.match(reading.flat, found.end())
    if as_fast:
        return _of_two_moves(reading, as_fast.end(), begin)
    if reading.context.lexicon.bindings.average_of.match(reading.flat, found.end()):
        return _to_the_mean(reading, left)
    facts = distinct([cite.fact for cite in (*left, *right)]) or reading.facts
    told = ratios_to_sides(reading, found.end(), left, facts)
    if told:
        return told
    usual = lexicon.bindings.of_usual.match(reading.flat, found.end())
    named = [one for _, one in reading.marks(usual.end(), usual.end() + 5)] if usual else []
    if usual and not (named and is_name(named[0].value)):
        odd = [fact for fact in facts if fact.kind == FactKind.FACT_KIND_OUTLIER]
        return change_ratios(odd)
    moved = change_ratios(facts)
    if _SCALED.search(found[0]) and _FROM.match(reading.flat, found.end()):
        told = moved
    elif lexicon.spans.combined.search(reading.flat, found.end(), found.end() + _NEAR):
        told = _to_the_rest(left)
    if told:
        return told
    own = mates(left[-1].fact, left[-1].value) if left else set()
    right = [one for one in right if not left or not _same(one, left[-1], own)]
    ratio = ratio_of(left[-1], right[0]) if left and right else None
    if ratio is not None:
        return [ratio]
    facts = distinct([cite.fact for cite in (*left, *right)]) or reading.about(
        reading.flat[begin:end]
    )
    moved = change_ratios(facts)
    if moved and _SCALED.search(found[0]):
        return moved
    stored = [
        number(value)
        for fact in facts
        for value in fact.values
        if value.format.kind == FormatKind.FORMAT_KIND_MULTIPLE
    ]
    changes = [
        1 + size
        for fact in facts
        for value in fact.values
        if value.format.kind == FormatKind.FORMAT_KIND_PERCENT
        and value.format.signed
        and (size := number(value)) is not None
    ]
    return [one for one in stored if one is not None] or changes


def _of_two_moves(reading: Reading, end: int, begin: int) -> list[float]:
    """`grew twice as fast as nights (11% against 6%)`: the ratio of the two relative changes."""
    _, stop = reading.statement(end)
    cites = [cite for _, cite in reading.marks(begin, stop)]
    moved = [cite for cite in cites if cite.value.name == "change_share"]
    if len(moved) != 2 or moved[0].fact.id == moved[1].fact.id:
        return []
    figures = next(at for at, cite in reading.marks(begin, stop) if cite is moved[0])
    own = [reading.context.measures.words(cite.fact.measure) for cite in moved]
    before = {root(word) for word in _LETTERS.findall(reading.flat, begin, end)}
    after = {root(word) for word in _LETTERS.findall(reading.flat, end, figures)}
    crossed = own[0] & after - own[1] or own[1] & before - own[0]
    if figures < end or crossed or not (own[0] & before or own[1] & after):
        return []
    ratio = ratio_of(*moved)
    return [] if ratio is None else [ratio]


def _to_the_rest(left: Sequence[Cite]) -> list[float]:
    """How many times what all others make together the last name before makes."""
    own = numbers(left[-1].fact) if left and left[-1].value.name.startswith("first") else {}
    if own.get("rest") and "first_change" in own:
        return [own["first_change"] / own["rest"]]
    share = own.get("share")
    return [share / (1 - share)] if share and share < 1 else []


def _same(one: Cite, other: Cite, names: set[str]) -> bool:
    return one.fact.id == other.fact.id and one.value.name in names


def _to_the_mean(reading: Reading, left: Sequence[Cite]) -> list[float]:
    """How many times the overall mean the last figure before is."""
    means = [
        Cite(fact, value)
        for fact in reading.facts
        for value in fact.values
        if value.name == "mean" and left and fact.measure == left[-1].fact.measure
    ]
    ratio = ratio_of(left[-1], means[0]) if means else None
    return [] if ratio is None else [ratio]
