"""Dimensions: a word of degree or a verb measures one kind of thing, and the figure is of that.

`takes longest` needs a time, `cheapest` money; `passes the most` a count of those that pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, FormatKind, TimeGrain
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.checks.spans import grains
from orchestrator_svc.verify.checks.vocabulary import meant
from orchestrator_svc.verify.entities import is_name, is_period, name_for
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_WORD = re.compile("[a-z]+")
_PERCENT = FormatKind.FORMAT_KIND_PERCENT
_COUNT = FormatKind.FORMAT_KIND_COUNT
_BASES = frozenset(
    ("share", "change_share", "count", "first_count", "ranked", "minimum", "few", "groups")
)
_TIMED = ("_hours", "_minutes", "_seconds", "_days")
_TREND, _SHIFT = FactKind.FACT_KIND_TREND, FactKind.FACT_KIND_LEVEL_SHIFT
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION
_WIDE = frozenset(
    ("before", "after", "last", "previous", "start", "end", "first_value", "peak", "low")
)
_OF_THEM = re.compile(
    r"⟦\d+⟧ of (?:(?!not\b|never\b|no\b)[a-z⟦⟧\d]+ ){1,3}(?:are |were |is |was |have |has )?"
)
_NEAR = 12
_JUST = ("", "only", "just", "about", "nearly", "almost", "some", "roughly")
_SPLITS = frozenset(
    ("mix", "shifts", "shift", "within", "groups", "changes", "movements", "between")
)


def check_dimensions(reading: Reading) -> Iterator[Fault]:
    """Words that measure something else than the figures do, or claim more of them."""
    said = reading.words
    yield from _degrees(reading)
    if not said.isdisjoint(("most", "fewest", "more", "fewer", "least")):
        yield from _verbs(reading)
    if "at" in said:
        yield from _bounds(reading)
    if "and" in said:
        yield from _joint(reading)
    yield from _spans(reading)
    yield from _growing(reading)
    if not said.isdisjoint(("from", "out")):
        yield from _from_outside(reading)
    yield from _agents(reading)
    yield from _opposites(reading)
    if "across" in said:
        yield from _across(reading)
    if not said.isdisjoint(("also", "time", "top")):
        yield from _also(reading)


def _degrees(reading: Reading) -> Iterator[Fault]:
    for words, units in reading.context.lexicon.frames.of_a_unit:
        for found in words.finditer(reading.flat):
            facts = _facts(reading, found.start())
            if len({fact.id for fact in facts if _has_change(reading, fact)}) > 1:
                continue  # Of two changes, one is faster.
            if facts and not any(_words(fact) & units for fact in facts):
                yield _other(found[0], "the cited figures measure nothing of that kind")
                return
    often = reading.context.lexicon.frames.often.search(reading.flat)
    if often and not any(map(_is_count, _facts(reading, often.start()))):
        yield _other(often[0], "the cited figures count nothing")


def _has_change(reading: Reading, fact: Fact) -> bool:
    """Whether a relative change of the fact is cited."""
    cites = (one for _, one in reading.marks() if one.fact.id == fact.id)
    return any(one.value.name == "change_share" for one in cites)


def _is_count(fact: Fact) -> bool:
    kinds = {value.format.kind for value in fact.values if value.name not in _BASES}
    return bool(kinds & {_COUNT, _PERCENT}) and not fact.measure.endswith(_TIMED)


def _facts(reading: Reading, position: int) -> list[Fact]:
    if not reading.marks(*reading.clause(position)):
        return reading.facts
    within = reading.marks(*reading.statement(position))
    return list({cite.fact.id: cite.fact for _, cite in within}.values())


def _words(fact: Fact) -> frozenset[str]:
    units = {value.format.unit.lower() for value in fact.values}
    return frozenset((*units, *name_tokens(fact.measure)))


def _verbs(reading: Reading) -> Iterator[Fault]:
    """`⟦first⟧ passes the most candidates`, of all candidates, where a rate of passing is known."""
    measures = reading.context.measures
    for found in reading.context.lexicon.frames.rated_most.finditer(reading.flat):
        rates = measures.spelled.get(root(found[1]), frozenset()) - measures.counts
        counted = measures.spelled.get(root(found[2]), frozenset()) & measures.counts
        facts = _facts(reading, found.start())
        own = {fact.measure for fact in facts}
        rate = any(
            fact.measure in rates and _is_rate(fact) for fact in reading.context.facts.values()
        )
        if rate and counted and not own & rates:
            yield _other(found[0], "the cited figures count all of them")
            return


def _is_rate(fact: Fact) -> bool:
    return any(value.format.kind == _PERCENT and not value.format.signed for value in fact.values)


def _bounds(reading: Reading) -> Iterator[Fault]:
    """`⟦mean⟧ at most`: no figure but a threshold bounds others."""
    for found in reading.context.lexicon.frames.at_bound.finditer(reading.flat):
        value = reading.cites[int(found[1] or found[2])].value
        if not is_name(value) and value.name != "minimum":
            hint = "no cited fact holds for all or for none"
            yield fault(Code.UNIVERSAL_UNSUPPORTED, MARK.sub("…", found[0]), hint)


def _joint(reading: Reading) -> Iterator[Fault]:
    """`⟦first⟧ and ⟦second⟧ share ⟦first_value⟧`: the figure is that of one of them."""
    for found in reading.context.lexicon.frames.joint_subject.finditer(reading.flat):
        one, other, figure = (reading.cites[int(found[place])] for place in (1, 2, 3))
        own = _owner(figure)
        if (
            own is None
            or is_name(figure.value)
            or not (is_name(one.value) and is_name(other.value))
        ):
            continue
        if own in (one.value.name, other.value.name) and figure.fact.id == one.fact.id:
            yield _other(MARK.sub("…", found[0]), "the figure is that of one of them")


def _owner(cite: Cite) -> str | None:
    found = name_for(cite.fact, cite.value)
    return None if found is None else found.name


def _spans(reading: Reading) -> Iterator[Fault]:
    """`over the whole span, ⟦after⟧`; `July saw ⟦first_value⟧`, of a day."""
    frames = reading.context.lexicon.frames
    for found in frames.whole_span.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        figures = [cite for _, cite in reading.marks(begin, end) if not is_name(cite.value)]
        timed = [one for one in figures if _of_a_period(one)]
        if len(figures) == 1 and timed and timed[0].value.name in _WIDE:
            yield fault(Code.PERIOD_UNSUPPORTED, found[0], "the figure is one of a part of it")
    for found in frames.typed_month.finditer(reading.flat):
        following = reading.marks(found.end(), found.end() + 30)[:1]
        if not following or is_name(following[0][1].value):
            continue
        cite = following[0][1]
        own = name_for(cite.fact, cite.value)
        days = own is not None and is_period(own) and "-" in str(own.value) and _is_day(cite)
        if days:
            yield fault(Code.PERIOD_UNSUPPORTED, found[0], "the figure is that of a single day")

    for at, period in reading.marks():
        if not period.month_only or period.value.format.grain == TimeGrain.TIME_GRAIN_MONTH:
            continue
        cites = [cite for _, cite in reading.marks(*reading.statement(at))]
        same = [one for one in cites if one.fact.id == period.fact.id and not one.month_only]
        named = any(is_name(one.value) for one in same)
        told = [one for one in same if _owner(one) == period.value.name]
        if told and not named and not grains(period.fact) & reading.words:
            hint = "the figure is that of a shorter or longer period"
            yield fault(Code.PERIOD_UNSUPPORTED, period.value.name, hint)


def _of_a_period(cite: Cite) -> bool:
    own = name_for(cite.fact, cite.value)
    return cite.fact.kind == _SHIFT or (own is not None and is_period(own))


def _is_day(cite: Cite) -> bool:
    return cite.fact.kind == FactKind.FACT_KIND_OUTLIER


def _growing(reading: Reading) -> Iterator[Fault]:
    """`the gap is widening`, `it has stayed there`: only a trend or a lasting change shows it."""
    lexicon = reading.context.lexicon
    frames = lexicon.frames
    kinds = {fact.kind for fact in reading.facts}
    for pattern, wanted in ((frames.growing, _TREND), (frames.stayed, _SHIFT)):
        found = pattern.search(reading.flat)
        if found is None or wanted in kinds or lexicon.imperative.match(reading.flat):
            continue
        if not reading.has(lexicon.unclaimed):
            hint = "no cited fact shows that it went on"
            yield fault(Code.DIRECTION_UNSUPPORTED, found[0], hint)
            return


def _from_outside(reading: Reading) -> Iterator[Fault]:
    """`the rise came from new customers`: its source is nothing that the data are split by."""
    lexicon = reading.context.lexicon
    for found in lexicon.frames.from_outside.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        if reading.has(lexicon.unclaimed, lexicon.hedge, start=begin, end=found.start()):
            continue
        if lexicon.imperative.match(reading.flat, begin, end):
            continue
        words = found[1].split()
        splits = reading.context.split_roots
        if reading.marks(found.end() - len(found[1]), found.end() + 2):
            continue
        if any(word in _SPLITS or root(word) in splits for word in words):
            continue
        hint = "the cited facts do not split it by that"
        yield fault(Code.CAUSE_UNSUPPORTED, found[0], hint)
        return


def _agents(reading: Reading) -> Iterator[Fault]:
    """`strong demand in ⟦first⟧ added ⟦first_change⟧`: who or what is said to have done it."""
    lexicon = reading.context.lexicon
    for found in lexicon.frames.agency.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        begin, end = reading.statement(found.start())
        clause, _ = reading.clause(found.start())
        if is_name(cite.value) or lexicon.imperative.match(reading.flat, begin, end):
            continue
        if reading.has(lexicon.hedge, lexicon.unclaimed, start=begin, end=found.start()):
            continue
        for word in _WORD.findall(reading.flat, clause, found.start()):
            known = word in lexicon.function_words or word in lexicon.joints
            known = (
                known or word in lexicon.frames.agents or root(word) in reading.context.data_roots
            )
            if not known and not _claimed(reading, word, clause, found.start()):
                hint = "data shows no cause; say which group or part the figure is of"
                yield fault(Code.CAUSE_UNSUPPORTED, word, hint)
                return


def _claimed(reading: Reading, word: str, start: int, end: int) -> bool:
    position = reading.flat.find(word, start, end)
    return meant(word, reading) or any(
        one.start() <= position < one.end() for one in reading.claims()
    )


def _opposites(reading: Reading) -> Iterator[Fault]:
    """`⟦last⟧ fails ⟦pass rate⟧ of its candidates`: the share is that of the others."""
    opposites = reading.context.lexicon.opposites
    for at, cite in reading.marks():
        value = cite.value
        if value.format.kind != _PERCENT or value.format.signed or is_name(value):
            continue
        begin, _ = reading.clause(at)
        for word in name_tokens(cite.fact.measure):
            phrases = opposites.get(root(word))
            said = reading.find(phrases) if phrases is not None else ()
            near = [one for one in said if begin <= one.start() and 0 < at - one.end() <= _NEAR]
            behind = [one for one in said if at < one.start() < at + 60]
            if any(_OF_THEM.fullmatch(reading.flat, at, one.start()) for one in behind):
                yield _other(behind[0][0], "the share is that of the rest")
                return
            if near and reading.flat[near[-1].end() : at].strip() in _JUST:
                yield _other(near[-1][0], "the share is that of the rest")
                return


def _across(reading: Reading) -> Iterator[Fault]:
    """`it grew across the regions`, of a whole that grew."""
    lexicon = reading.context.lexicon
    for found in lexicon.frames.across.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        moves = reading.has(lexicon.up, lexicon.down, start=begin, end=end)
        read = reading.has(lexicon.universal, lexicon.unclaimed, start=begin, end=end)
        groups = root(found[1]) in reading.context.split_roots and found[1].endswith("s")
        if moves and groups and not read:
            hint = "no cited fact holds for all or for none"
            yield fault(Code.UNIVERSAL_UNSUPPORTED, found[0], hint)


def _also(reading: Reading) -> Iterator[Fault]:
    """`⟦first⟧ has the most customers and also the highest rate`: first by two facts."""
    lexicon = reading.context.lexicon
    ranks = (lexicon.highest, lexicon.lowest, lexicon.best, lexicon.worst)
    for found in lexicon.frames.also.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        told = [one for words in ranks for one in reading.find(words) if begin <= one.start() < end]
        names = [one for _, one in reading.marks(begin, end) if is_name(one.value)]
        groups = {str(one.value.value): one for one in names if not is_period(one.value)}
        if len(told) < 2 or len(groups) != 1:
            continue
        group = next(iter(groups.values()))
        ranked = [fact.id for fact in reading.facts if _is_ranked(fact, group)]
        if len(ranked) < 2:
            hint = "no second cited fact ranks this name so"
            yield fault(Code.SUPERLATIVE_UNSUPPORTED, found[0], hint)


def _is_ranked(fact: Fact, group: Cite) -> bool:
    ends = {ClaimKind.CLAIM_KIND_HIGHEST, ClaimKind.CLAIM_KIND_LOWEST}
    subjects = {name for claim in fact.claims if claim.kind in ends for name in claim.subjects}
    subjects -= {"lag", "lag_value"}
    return any(
        value.name in subjects and same_value(value.value, group.value.value)
        for value in fact.values
    )


def _other(words: str, hint: str) -> Fault:
    return fault(Code.MISATTRIBUTED, MARK.sub("…", words), hint)
