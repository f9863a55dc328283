"""Things: the noun behind a figure is what it counts, and a size is one of what adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import GROUP_COUNTS
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Reading

_BESIDE = re.compile(r"⟦(\d+)⟧ ([a-z]+)")
_PLURAL = re.compile(r"[^s]s$")
_PERCENT, _COUNT = FormatKind.FORMAT_KIND_PERCENT, FormatKind.FORMAT_KIND_COUNT


def check_things(reading: Reading) -> Iterator[Fault]:
    """Figures told as a number of things that they do not count, and sizes of rates."""
    yield from _counted_groups(reading)
    yield from _sizes(reading)
    yield from _percents_of_things(reading)
    yield from _parts_of_people(reading)
    yield from _kinds_of_groups(reading)


def _counted_groups(reading: Reading) -> Iterator[Fault]:
    """`⟦groups⟧ complaints`: a number of groups told as one of what is measured."""
    measures = reading.context.measures
    for found in _BESIDE.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        split = root(cite.fact.dimension.lower().rpartition("_")[2]) if cite.fact.dimension else ""
        other_split = root(found[2]) in reading.context.split_roots - {split, root("group")}
        if cite.value.name in GROUP_COUNTS and other_split:
            yield _misattributed(found[0], f"the figure counts {cite.fact.dimension}")
        counted = cite.value.format.kind == _COUNT and cite.value.name not in GROUP_COUNTS
        splits = reading.context.split_roots
        if (
            counted
            and root(found[2]) in splits - {root(cite.value.format.unit)}
            and (found[2] not in reading.context.lexicon.plain or root(found[2]) == split)
        ):
            yield _misattributed(found[0], f"the figure counts {cite.value.format.unit}")
        if counted and found[2] in reading.context.lexicon.frames.persons:
            own = {root(word) for word in reading.context.fact_words(cite.fact)}
            if root(found[2]) not in own:
                yield _misattributed(found[0], f"the figure counts {cite.fact.measure}")
        if cite.value.name not in GROUP_COUNTS:
            continue
        named = measures.named_by.get(root(found[2]), frozenset())
        if named & {cite.fact.measure} and found[2] not in reading.context.lexicon.plain:
            yield _misattributed(found[0], "the figure is a number of groups")
        of_all = reading.context.lexicon.bindings.of_all.match(reading.flat, found.start())
        if of_all and cite.value.name == "groups":
            yield _misattributed(found[0], "the figure is a number of groups")


def _percents_of_things(reading: Reading) -> Iterator[Fault]:
    """`⟦4.1%⟧ bottles`: a share told as a number of things."""
    measures = reading.context.measures
    for found in _BESIDE.finditer(reading.flat):
        value = reading.cites[int(found[1])].value
        counted = measures.spelled.get(root(found[2]), frozenset()) & measures.counts
        things = bool(counted or reading.context.lexicon.topics_of(found[2]))
        things = things or root(found[2]) in reading.context.column_roots
        if value.format.kind == _PERCENT and things and _PLURAL.search(found[2]):
            yield _misattributed(found[0], "the figure is a share; say of what")


def _parts_of_people(reading: Reading) -> Iterator[Fault]:
    """`half of all guests complain`, of complaints: a part of people whom no cited fact counts."""
    frames = reading.context.lexicon.frames
    if reading.words.isdisjoint(frames.persons) or not reading.facts:
        return
    for part in (*reading.amounts(), *reading.find(reading.context.lexicon.spans.n_in_m)):
        noun = frames.of_people.match(reading.flat, part.end())
        if noun is None or noun[1] not in frames.persons:
            continue
        facts = [one.fact for _, one in reading.marks()] or reading.facts
        own = {root(word) for fact in facts for word in reading.context.fact_words(fact)}
        rests = any(reading.context.rests_on(fact, noun[1]) for fact in facts)
        if root(noun[1]) not in own and not rests:
            yield _misattributed(f"{part[0]} {noun[1]}", "no cited fact counts them")


def _kinds_of_groups(reading: Reading) -> Iterator[Fault]:
    """`big depots are late more often`, of one depot: a rule for all of a kind."""
    lexicon = reading.context.lexicon
    for found in lexicon.frames.of_a_kind.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        if lexicon.imperative.match(reading.flat, begin, end):
            continue
        if root(found[1]) in reading.context.split_roots and not reading.has(
            lexicon.unclaimed, start=begin, end=end
        ):
            hint = "no cited fact holds for all or for none"
            yield fault(Code.UNIVERSAL_UNSUPPORTED, found[0], hint)


def _sizes(reading: Reading) -> Iterator[Fault]:
    """`the largest channel`, of a rate: a group is as large as what adds up in it."""
    for found in reading.find(reading.context.lexicon.bindings.sizes):
        noun = root(found[0].rpartition(" ")[2])
        alone = not reading.marks(*reading.clause(found.start()))
        cites = [one.fact for _, one in reading.marks(*reading.statement(found.start()))]
        near = reading.facts if alone else cites
        facts = {one.id: one for one in near if one.dimension}.values()
        split = [one for one in facts if noun == root(one.dimension.lower().rpartition("_")[2])]
        if split and not any(reading.context.measures.sums(one) for one in split):
            yield _misattributed(found[0], "the cited fact ranks a rate, and no size")


def _misattributed(words: str, hint: str) -> Fault:
    return fault(Code.MISATTRIBUTED, MARK.sub("…", words), hint)
