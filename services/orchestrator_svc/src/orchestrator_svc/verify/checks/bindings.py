"""Bindings: the measure, whole, unit, aggregate and basis that words give a figure are its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FactValue, FormatKind, TimeGrain
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.entities import GROUP_COUNTS, is_name, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_WORD = re.compile(r"[a-z]+")
_VERB = re.compile(r"([a-z]+) (?:the )?$")
_NEXT = re.compile(r"[sd]? (?:about |only |just |over |nearly )?⟦(\d+)⟧")
_MONTHS = {
    TimeGrain.TIME_GRAIN_WEEK: 0.23,
    TimeGrain.TIME_GRAIN_MONTH: 1.0,
    TimeGrain.TIME_GRAIN_QUARTER: 3.0,
    TimeGrain.TIME_GRAIN_YEAR: 12.0,
}
_DOING = re.compile(r"(?:handle|process|serve)[sd]?")
_PERCENT, _COUNT = FormatKind.FORMAT_KIND_PERCENT, FormatKind.FORMAT_KIND_COUNT
_BASES: Final = frozenset(("count", "minimum", "first_count", "last_count"))
_NO_MEANS: Final = frozenset(("total", "change", "change_share", "swing"))
_TIMES = frozenset(("min", "h", "s", "ms", "days", "weeks", "minutes", "hours", "seconds"))
_MEAN = re.compile(r"mean\(|median\(|slope\(")
_CHANGES: Final = frozenset(("change", "change_share", "share"))
_LOSSES = frozenset(("loss", "losses", "deficit", "deficits"))
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION


def check_bindings(reading: Reading) -> Iterator[Fault]:
    """Figures told of another measure, whole, unit, aggregate or basis than their own."""
    lexicon = reading.context.lexicon
    concerned = any(map(reading.context.measures.concerned, reading.words))
    ranked = lexicon.bindings.ranked_thing.search(reading.flat)
    for begin, end in reading.statements if concerned or ranked else ():
        cites = [cite for _, cite in reading.marks(begin, end)]
        if cites and not lexicon.imperative.match(reading.flat, begin, end):
            yield from _measures(reading, begin, end, cites)
            yield from _ranked_things(reading, begin, end, cites)
    yield from _wholes(reading)


def _measures(reading: Reading, begin: int, end: int, cites: Sequence[Cite]) -> Iterator[Fault]:
    """Words for a measure that no figure of the statement measures."""
    context = reading.context
    measures = context.measures
    facts = list({cite.fact.id: cite.fact for cite in cites}.values())
    cited = measures.about(facts)
    listed = measures.about(reading.facts)
    for found in _WORD.finditer(reading.flat, begin, end):
        if not measures.concerned(found[0]):
            continue
        if _DOING.fullmatch(found[0]) and _verb_of_a_count(reading, found.end()):
            continue
        # A clause without figures may speak of any fact that the sentence relies on.
        own, words = cited if reading.marks(*reading.clause(found.start())) else listed
        base = root(found[0])
        spelled = measures.spelled.get(base)
        telling = spelled is not None and len(spelled) == 1 and not spelled <= measures.counts
        telling = telling and not _synonym(reading, found[0], facts)
        if spelled and telling and _part_of_a_rate(reading, found.start(), facts, spelled):
            continue
        if spelled and telling and _elsewhere(reading, found, spelled):
            yield _misattributed(found[0], "the figures beside it measure something else")
            return
        named = measures.named_by.get(base)
        if found[0] in context.lexicon.plain or not named:
            rated = context.lexicon.bindings.rated.match(reading.flat, found.end())
            rated = rated or context.lexicon.frames.how_often.match(reading.flat, found.end())
            named = measures.spelled.get(base) if rated else None
        if not named or ((named & own or base in words) and not _elsewhere(reading, found, named)):
            continue
        if reading.has(context.lexicon.unclaimed, start=begin, end=found.start()):
            return
        following = _WORD.findall(reading.flat, found.end(), min(end, found.end() + 24))[:3]
        if any(measures.spelled.get(root(word), frozenset()) & own for word in following):
            continue  # `handles more contacts`: a verb of what is counted.
        counted = named <= measures.counts
        if counted and not _quantified(reading, begin, found.start()):
            continue
        if counted and _in_its_result(reading, facts, named):
            continue
        hint = f"the figures here measure {', '.join(sorted(own)[:3])}"
        yield fault(Code.MISATTRIBUTED, found[0], hint)
        return


def _part_of_a_rate(
    reading: Reading, position: int, facts: Sequence[Fact], named: frozenset[str]
) -> bool:
    """`half of the rooms`, of an occupancy rate whose own result counts rooms."""
    rates = [fact for fact in facts if any(_is_rate(one) for one in fact.values)]
    part = reading.context.lexicon.frames.part_of.search(reading.flat, 0, position)
    return part is not None and bool(rates) and _in_its_result(reading, rates, named)


def _is_rate(value: FactValue) -> bool:
    return value.format.kind == _PERCENT and not value.format.signed and value.name != "share"


def _verb_of_a_count(reading: Reading, end: int) -> bool:
    """`handles ⟦first_value⟧`, of calls that are counted: what is done to them, and no measure."""
    told = _NEXT.match(reading.flat, end)
    fact = reading.cites[int(told[1])].fact if told else None
    return fact is not None and fact.measure in reading.context.measures.counts


def _synonym(reading: Reading, word: str, facts: Sequence[Fact]) -> bool:
    """Whether the word is one for what the facts measure: fuel, of litres a kilometre."""
    own = {token for fact in facts for token in name_tokens(fact.measure)}
    topics = reading.context.lexicon.topics_of(word)
    return any(topic.named_by & own for topic in topics)


def _ranked_things(
    reading: Reading, begin: int, end: int, cites: Sequence[Cite]
) -> Iterator[Fault]:
    """`the most tickets`: what there are most of is a thing that the cited facts speak of."""
    context = reading.context
    facts = {cite.fact.id: cite.fact for cite in cites}.values()
    for found in context.lexicon.bindings.ranked_thing.finditer(reading.flat, begin, end):
        thing = found[1]
        if thing in _LOSSES and any((number(one.value) or 0.0) < 0 for one in cites):
            continue  # The lowest figure, below zero, is checked as a rank.
        alone = not reading.marks(*reading.clause(found.start()))
        near = reading.facts if alone else facts
        own = frozenset().union(*(context.fact_words(fact) for fact in near))
        roots = {root(word) for word in own}
        if _ranked_by_another(reading, cites, thing) or (
            alone and not _ranks(reading, found, cites)
        ):
            yield _misattributed(found[0], "no cited fact ranks this name by that")
        elif _ranked_by_none(reading, facts, thing) and not _done_to(reading, found, facts):
            yield _misattributed(found[0], "the figures here measure something else")
        timed = any(one.value.format.unit in _TIMES for one in cites)
        if thing == "time" and not timed and "time" not in own:
            yield _misattributed(found[0], "the cited facts measure no time")
        if thing in context.lexicon.plain or root(thing) in roots:
            continue
        topics = context.lexicon.topics_of(thing)
        counted = [
            one for one in topics if one in context.lexicon.measured or thing in one.named_by
        ]
        if any(topic.named_by & own for topic in counted):
            continue
        if topics or thing in context.spelled_words:
            yield _misattributed(found[0], "the cited facts rank nothing of that kind")


def _ranks(reading: Reading, found: re.Match[str], cites: Sequence[Cite]) -> bool:
    """`but has the fewest seats`, without a figure: a listed fact puts the name before there."""
    named = reading.context.measures.named_by.get(root(found[1]), frozenset())
    ranked = [
        fact
        for fact in reading.facts
        if fact.measure in named and fact.kind == FactKind.FACT_KIND_LEADER
    ]
    names = [cite.value for cite in cites if is_name(cite.value)]
    if not ranked or not names:
        return True
    low = reading.context.lexicon.lowest.search(found[0]) is not None
    ends = [
        one for fact in ranked for one in fact.values if one.name == ("last" if low else "first")
    ]
    return any(same_value(one.value, other.value) for one in ends for other in names)


def _ranked_by_another(reading: Reading, cites: Sequence[Cite], thing: str) -> bool:
    """`⟦first⟧ has the most deliveries`, of a name that is first by another measure."""
    base, words = root(thing), reading.context.measures.words
    named = reading.context.measures.spelled.get(base, frozenset())
    measures = {one for one in named if words(one) == {base}}
    ranked = [
        fact
        for fact in reading.facts
        if fact.measure in measures and fact.kind == FactKind.FACT_KIND_LEADER
    ]
    names = [cite.value.value.text for cite in cites if is_name(cite.value)]
    ends = {
        value.value.text
        for fact in ranked
        for value in fact.values
        if value.name in {"first", "last"}
    }
    return bool(ranked and names and any(names)) and not ends & set(names)


def _ranked_by_none(reading: Reading, facts: Iterable[Fact], thing: str) -> bool:
    """`⟦first⟧ brings the most claims, ⟦rate⟧`, where no listed fact ranks claims."""
    context = reading.context
    if thing in context.lexicon.people:
        spelled = {word for fact in reading.facts for word in _own_tokens(fact)}
        return bool(facts) and thing not in spelled and root(thing) not in map(root, spelled)
    named = context.measures.spelled.get(root(thing), frozenset())
    if thing in context.lexicon.plain or not named & context.measures.counts:
        return False
    ranking = {fact.measure for fact in reading.facts}
    return not named & ranking


def _done_to(reading: Reading, found: re.Match[str], facts: Iterable[Fact]) -> bool:
    """`readmits more patients`, of a rate of readmissions: the verb is what is measured."""
    verb = _VERB.search(reading.flat, max(0, found.start() - 30), found.start())
    words = reading.context.measures.words
    if verb is None:
        return False
    tables = reading.context.tables
    columns = (
        name
        for fact in facts
        for one in fact.result_ids
        if one in tables
        for name in (fact.measure, *tables[one].names)
    )
    named = any(root(verb[1]) in words(name) for name in columns)
    return named or _synonym(reading, verb[1], tuple(facts))


def _own_tokens(fact: Fact) -> set[str]:
    units = {value.format.unit for value in fact.values if value.name not in _BASES}
    return {*name_tokens(fact.measure), *name_tokens(fact.dimension), *units}


def _elsewhere(reading: Reading, found: re.Match[str], named: frozenset[str]) -> bool:
    """Whether the figures of the word's own clause measure another thing, and nothing says so."""
    measures = reading.context.measures
    begin, end = reading.clause(found.start())
    figures = [cite for _, cite in reading.marks(begin, end) if not is_name(cite.value)]
    own = frozenset().union(*(measures.of(cite.fact) for cite in figures))
    words = frozenset().union(*(measures.own_words(cite.fact) for cite in figures))
    said = {root(word) for word in _WORD.findall(reading.flat, begin, end)}
    told = any(measures.spelled.get(word, frozenset()) & own for word in said)
    return bool(figures) and not (named & own or root(found[0]) in words or told)


def _quantified(reading: Reading, begin: int, position: int) -> bool:
    """Whether the thing at the position is told to be many, few, or a part of a whole."""
    before = reading.flat[begin:position]
    return bool(reading.context.lexicon.bindings.quantified.search(before))


def _in_its_result(reading: Reading, facts: Sequence[Fact], named: frozenset[str]) -> bool:
    """Whether a rate's own result counts these things: a rate is told of what it rests on."""
    tables = reading.context.tables
    return any(
        one in tables[result]
        for fact in facts
        if not reading.context.measures.sums(fact)
        for result in fact.result_ids
        if result in tables
        for one in named
    )


def is_part_of_whole(cite: Cite) -> bool:
    """Whether the figure is a share of a total, and not a rate that was measured."""
    value = cite.value
    return (
        value.format.kind == _PERCENT
        and not value.format.signed
        and " / " in value.provenance.formula
        and not value.name.startswith("share_")
    )


def _wholes(reading: Reading) -> Iterator[Fault]:
    """`⟦share⟧ of the growth`: what it is a share of; a share of the total is none of a change."""
    lexicon = reading.context.lexicon
    measures = reading.context.measures
    for found in lexicon.bindings.share_of.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if not is_part_of_whole(cite):
            if cite.value.name in GROUP_COUNTS and found[0].split(" of ", 1)[1].startswith("all "):
                yield _misattributed(found[0], "the figure is a number of groups")
            rate = cite.value.format.kind == _PERCENT and not cite.value.format.signed
            rate = rate and not cite.value.name.startswith("share_")
            if (
                rate
                and not reading.context.rests_on(cite.fact, found[2])
                and _another_thing(reading, cite, found[2])
            ):
                yield _misattributed(found[0], f"the figure is a {cite.fact.measure}")
            continue
        if found[2] in ("groups", "names"):
            yield _misattributed(found[0], "the share is one of what is measured")
            continue
        base = root(found[2])
        if found[3] and root(found[3]) in measures.named_by and base not in measures.named_by:
            base = root(found[3])  # `of the fuel bill`
        change = bool(lexicon.bindings.changes.fullmatch(found[3] or found[2]))
        change = change or bool(lexicon.bindings.changes.fullmatch(found[2]))
        of_change = cite.fact.kind == _CONTRIBUTION and cite.value.name in _CHANGES
        whole = base in measures.named_by and bool(measures.named_by[base] & measures.of(cite.fact))
        other = base in measures.named_by and not whole
        foreign = other and not change and base not in measures.own_words(cite.fact)
        if foreign or (not change and _another_thing(reading, cite, found[2])):
            yield _misattributed(found[0], f"the share is one of {cite.fact.measure}")
        elif change != of_change and (change or whole):
            told = "the change" if of_change else "the total"
            yield _misattributed(found[0], f"the share is one of {told}")


def _another_thing(reading: Reading, cite: Cite, thing: str) -> bool:
    """Whether the noun is one of the data, but not what the fact measures."""
    context = reading.context
    split = root(cite.fact.dimension.lower().rpartition("_")[2])
    if root(thing) == split and split not in context.measures.words(cite.fact.measure):
        return True
    if thing in context.lexicon.plain or thing in " ".join(context.extra_names).lower():
        return False
    own = context.fact_words(cite.fact)
    topics = context.lexicon.topics_of(thing)
    if root(thing) in {root(word) for word in own} or any(one.named_by & own for one in topics):
        return False
    return bool(topics) or thing in context.spelled_words


def _misattributed(words: str, hint: str) -> Fault:
    return fault(Code.MISATTRIBUTED, MARK.sub("…", words), hint)
