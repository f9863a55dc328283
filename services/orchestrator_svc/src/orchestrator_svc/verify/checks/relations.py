"""Relations: what is said to hold between two names, or two claims, needs a check that proved it.

A word that no check has taken may stand beside one figure; between two names it relates them, and
facts tell relations of size and rank alone. So between names only known joints may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aislides.deck.v1.fact_pb2 import Fact, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.checks.vocabulary import bases, meant
from orchestrator_svc.verify.entities import is_name, is_period, main_number, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_WORD = re.compile(r"(?<!['’])[^\W\d_]+")
_SIDES = re.compile(r"(?:\bas|\bwhat|\bthat of|\bthose of|\bthan|\brate of|\bof)(?: [a-z]+){0,3} $")
_ONE_VERB = re.compile(r"⟦\d+⟧ ([a-z]+(?:s|ed))(?: for| on| to)? ⟦")
_AS_MUCH = re.compile(r"\bas (?:[a-z]+)(?: [a-z]+){0,3} $")
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION
_LEAD = 4
"""Characters before a conjunction that begins its statement."""
_OTHER = re.compile(r" (?:(?:in|at|for|on|the|that of|those of) )*⟦")
_WHEN = ("when", "whenever", "where", "wherever", "if", "as")
_TITLE = 4
"""Words of a title such as `Rebound after the low`, which names what its slide shows."""
_HINT = "no check proves that relation; say what each figure is"


def check_relations(reading: Reading) -> Iterator[Fault]:
    """Words that relate two names, two claims, or a claim and a name of another fact."""
    lexicon = reading.context.lexicon
    taken = [claim.span() for claim in reading.claims()]
    for begin, end in reading.statements:
        if lexicon.imperative.match(reading.flat, begin, end):
            continue
        if reading.has(lexicon.unclaimed, start=begin, end=end):
            continue
        yield from _between_names(reading, begin, end, taken)
        yield from _idioms(reading, begin, end, taken)
        yield from _of_the_others(reading, begin, end)
        yield from _together(reading, begin, end)
        yield from _agents(reading, begin, end)
        yield from _doers(reading, begin, end)


def _between_names(
    reading: Reading, begin: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[Fault]:
    """`⟦first⟧ makes room for ⟦last⟧`: a word between two names that is no known joint."""
    context = reading.context
    marks = reading.marks(begin, end)
    for (start, one), (stop, other) in pairwise(marks):
        if not is_name(one.value) or not is_name(other.value):
            continue
        groups = not (is_period(one.value) or is_period(other.value))
        if groups and context.lexicon.relations.passing_to.search(reading.flat, start, stop):
            yield fault(Code.RELATION_UNPROVED, _shown(reading.flat[start:stop]), _HINT)
            return
        if _compared(reading, start, stop):
            continue
        verb = _ONE_VERB.match(reading.flat, start)
        if groups and verb and not _is_comparison(reading, verb):
            yield fault(Code.RELATION_UNPROVED, _shown(reading.flat[start:stop]), _HINT)
            return
        for found in _WORD.finditer(reading.flat, start, stop):
            word = found[0]
            if word in context.lexicon.joints or root(word) in context.data_roots:
                continue
            if any(first <= found.start() < last for first, last in taken):
                continue
            if meant(word, reading) or _a_new_clause(reading, start, found.start()):
                continue
            yield fault(Code.RELATION_UNPROVED, _shown(reading.flat[start:stop]), _HINT)
            return


def _is_comparison(reading: Reading, verb: re.Match[str]) -> bool:
    """Whether the verb between two groups lists, ranks or compares them."""
    lexicon = reading.context.lexicon
    word = verb[1]
    if word in lexicon.joints or any(base in lexicon.joints for base in bases(word)):
        return True
    if lexicon.bindings.yields.search(reading.flat, verb.start(1), verb.end()):
        return False
    return any(one.start() <= verb.start(1) < one.end() for one in reading.claims())


def _compared(reading: Reading, start: int, stop: int) -> bool:
    """`⟦first⟧ moves five times as many bottles as ⟦last⟧`: an amount relates the two names.

    The check of that amount has taken the two as its sides; the rest is what is compared.
    """
    if "," in reading.flat[start:stop].removesuffix(", "):
        return False
    amounts = [one for one in reading.amounts() if start <= one.start() and one.end() <= stop]
    last = amounts[-1].end() if amounts else None
    if last is not None and _SIDES.search(reading.flat, last, stop):
        return True
    lexicon = reading.context.lexicon
    compared = (*reading.find(lexicon.greater), *reading.find(lexicon.smaller))
    return any(
        start <= one.start() and one[0].endswith("than") and _OTHER.match(reading.flat, one.end())
        for one in compared
        if one.end() <= stop
    )


def _a_new_clause(reading: Reading, start: int, position: int) -> bool:
    """Whether a conjunction and a subject of its own stand between the name and the word."""
    begin, _ = reading.clause(position)
    return begin > start and len(reading.flat[begin:position].split()) > 1


def _idioms(
    reading: Reading, begin: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[Fault]:
    """`makes up for`, `in step with`: known words that together say something else."""
    lexicon = reading.context.lexicon
    frames = lexicon.relations
    said = reading.words
    verbal = not (said.isdisjoint(frames.verbs) or said.isdisjoint(frames.particles))
    for found in frames.light_verb.finditer(reading.flat, begin, end) if verbal else ():
        if frames.plain_verb.match(reading.flat, found.start()):
            continue
        if any(start <= found.start() < stop for start, stop in taken):
            continue
        if found[0].endswith("up for") and frames.part_of_a_move.match(reading.flat, found.end()):
            continue  # The part is checked as one.
        if found[0].endswith("up for") and _outweighs(reading, begin, found.start(), end):
            continue
        own = (word for word in found[0].split() if word not in lexicon.function_words)
        if any(meant(word, reading) for word in own):
            continue  # `come back`, of readmissions.
        yield fault(Code.RELATION_UNPROVED, found[0], _HINT)
        return
    for found in frames.compound.finditer(reading.flat, begin, end):
        noun = found[1]
        if any(one in frames.plain_nouns for one in bases(noun)) or _taken(found, taken):
            continue
        if root(noun) in reading.context.data_roots or reading.context.lexicon.topics_of(noun):
            continue
        yield fault(Code.RELATION_UNPROVED, found[0], _HINT)
        return
    if said.isdisjoint(frames.idiom_words):
        return
    idiom = frames.idioms.search(reading.flat, begin, end)
    if idiom:
        yield fault(Code.RELATION_UNPROVED, idiom[0], _HINT)


def _outweighs(reading: Reading, begin: int, position: int, end: int) -> bool:
    """`⟦first⟧ made up for ⟦counter⟧`: they moved in two directions, the first one further."""
    before, after = reading.marks(begin, position), reading.marks(position, end)
    if not before or not after or before[-1][1].fact.kind != _CONTRIBUTION:
        return False
    if before[-1][1].fact.id != after[0][1].fact.id:
        return False
    one, other = (main_number(cite.fact, cite.value) for cite in (before[-1][1], after[0][1]))
    if one is None or other is None or not (one.format.signed and other.format.signed):
        return False
    size, against = number(one) or 0.0, number(other) or 0.0
    return size * against < 0 and abs(size) > abs(against)


def _of_the_others(reading: Reading, begin: int, end: int) -> Iterator[Fault]:
    """`it took ⟦share⟧ from the others`: what other groups did is told by few figures."""
    lexicon = reading.context.lexicon
    if reading.words.isdisjoint(("other", "others", "rest", "to")):
        return
    found = lexicon.relations.of_others.search(reading.flat, begin, end)
    if found:
        yield fault(Code.RELATION_UNPROVED, found[0], _HINT)


def _taken(found: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(start < found.end() and found.start() < stop for start, stop in taken)


def _together(reading: Reading, begin: int, end: int) -> Iterator[Fault]:
    """`waiting is worst when volume is lowest`: two claims that are said to go together."""
    lexicon = reading.context.lexicon
    ranks = (lexicon.highest, lexicon.lowest, lexicon.best, lexicon.worst)
    claims = (*ranks, lexicon.up, lexicon.down, lexicon.bindings.bare)
    joined = not reading.words.isdisjoint(_WHEN)
    for found in lexicon.relations.when.finditer(reading.flat, begin, end) if joined else ():
        if found[0] == "as" and _AS_MUCH.search(reading.flat, begin, found.start()):
            continue
        comma = reading.flat.find(",", found.end(), end)
        sides = ((begin, found.start()), (found.end(), end))
        if found.start() - begin < _LEAD and comma > 0:
            sides = ((found.end(), comma), (comma, end))
        if _of_one_fact(reading, sides):
            continue
        if all(
            reading.has(*claims, start=one, end=other)
            or lexicon.relations.too.search(reading.flat, one, other)
            for one, other in sides
        ):
            if any(
                is_period(cite.value) for _, cite in reading.marks(found.start() - 6, found.start())
            ):
                continue
            yield fault(Code.RELATION_UNPROVED, found[0], _HINT)
            return
    if reading.marks(begin, end) or len(reading.flat[begin:end].split()) <= _TITLE:
        return
    ordered = lexicon.relations.order.search(reading.flat, begin, end)
    if ordered and reading.has(*claims, start=begin, end=end):
        yield fault(Code.ORDER_UNSUPPORTED, ordered[0], "cite both, in this order")


def _of_one_fact(reading: Reading, sides: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """`⟦first⟧ fell, as ⟦counter⟧ rose`: parts of one change happened between the same periods."""
    facts = [{cite.fact.id for _, cite in reading.marks(*side)} for side in sides]
    changed = {FactKind.FACT_KIND_CONTRIBUTION}
    kinds = {cite.fact.kind for side in sides for _, cite in reading.marks(*side)}
    return len(facts[0]) == 1 and facts[0] == facts[1] and kinds == changed


def _agents(reading: Reading, begin: int, end: int) -> Iterator[Fault]:
    """`it stepped up, led by ⟦group⟧`, of two facts that know nothing of each other."""
    if "by" not in reading.words:
        return
    for found in reading.context.lexicon.relations.agent.finditer(reading.flat, begin, end):
        cite = reading.cites[int(found[1])]
        if not is_name(cite.value) or is_period(cite.value):
            continue
        before = [one for _, one in reading.marks(begin, found.start())]
        if _of_the_same_change(cite, before):
            continue
        if before and all(one.fact.id != cite.fact.id for one in before):
            yield fault(Code.RELATION_UNPROVED, _shown(found[0]), _HINT)


def _of_the_same_change(cite: Cite, before: list[Cite]) -> bool:
    """`up ⟦change_share⟧, driven by ⟦first⟧`: two facts of one change between the same periods."""
    if cite.fact.kind != _CONTRIBUTION or cite.value.name != "first":
        return False
    return any(
        one.fact.measure == cite.fact.measure and _edges(one.fact) == _edges(cite.fact)
        for one in before
    )


def _edges(fact: Fact) -> set[str]:
    names = ("previous_period", "last_period")
    return {str(one.value) for one in fact.values if one.name in names}


def _doers(reading: Reading, begin: int, end: int) -> Iterator[Fault]:
    """`with new staff, it came to ⟦last⟧`, `⟦total⟧ shows that it pays`: nothing here does that."""
    relations = reading.context.lexicon.relations
    new = relations.new_things.match(reading.flat, begin, end)
    if new:
        yield fault(Code.CAUSE_UNSUPPORTED, new[0].strip(), "data shows no cause; say what is seen")
    for found in reading.context.lexicon.frames.moving_from.finditer(reading.flat, begin, end):
        value = reading.cites[int(found[1])].value
        if is_name(value) and not is_period(value):
            yield fault(Code.RELATION_UNPROVED, _shown(found[0]), _HINT)
    for found in relations.doing.finditer(reading.flat, begin, end):
        if not is_name(reading.cites[int(found[1])].value):
            yield fault(Code.RELATION_UNPROVED, _shown(found[0]), _HINT)


def _shown(words: str) -> str:
    return MARK.sub("…", words).strip()
