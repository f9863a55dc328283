"""Owners: a figure is told of the group and period that it belongs to, and of no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import Fact, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.entities import is_name, is_period, name_for
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon import Lexicon
from orchestrator_svc.verify.lexicon.phrases import Phrases
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Cite, Reading

_WORD = re.compile(r"[^\W\d_]+")
_RANGES = re.compile(r"\brang(?:es|ed|ing)? from\b")
_WHOLE = re.compile(r" as a whole\b| average\b| overall\b|-wide\b")
_WHOLES = {"total", "mean", "count", "from_period", "to_period"}
_SHARED = {FactKind.FACT_KIND_CONCENTRATION, FactKind.FACT_KIND_CONTRIBUTION}


def check_owners(reading: Reading) -> Iterator[Fault]:
    """Figures beside another group, another fact's period, several groups, or an uncited name."""
    grouped = any(map(reading.context.of_a_group, reading.words))
    for begin, end in reading.statements:
        cites = reading.marks(begin, end)
        if not cites or reading.context.lexicon.imperative.match(reading.flat, begin, end):
            continue
        yield from _of_another(reading, cites)
        if grouped:
            yield from _uncited_groups(reading, begin, end, [cite for _, cite in cites])
    yield from _of_two_facts(reading)
    yield from _together(reading)
    yield from _chiefly(reading)
    yield from _one_of(reading)
    for found in reading.find(reading.context.lexicon.bindings.remaining):
        following = next(iter(reading.marks(found.end(), found.end() + 14)), None)
        if following is not None and following[1].value.name in {"share", "first_share"}:
            yield fault(Code.MISATTRIBUTED, found[0], "the share is that of the first, or the few")


def _of_another(reading: Reading, cites: list[tuple[int, Cite]]) -> Iterator[Fault]:
    """A group's figure in a statement that names groups, and not this one."""
    lexicon = reading.context.lexicon
    groups = [one for _, one in cites if is_name(one.value) and not is_period(one.value)]
    for at, cite in cites:
        owner = None if is_name(cite.value) or cite.typed else name_for(cite.fact, cite.value)
        if owner is None or is_period(owner) or not groups or cite.fact.kind in _SHARED:
            continue
        if any(same_value(one.value.value, owner.value) for one in groups):
            continue
        begin, end = reading.clause(at)
        told = (lexicon.highest, lexicon.lowest, lexicon.best, lexicon.worst)
        if not reading.has(*told, start=begin, end=end) and not _RANGES.search(
            reading.flat, begin, end
        ):
            hint = "the figure belongs to a group that the sentence does not name"
            yield fault(Code.MISATTRIBUTED, f"{cite.fact.id}.{cite.value.name}", hint)


def _of_two_facts(reading: Reading) -> Iterator[Fault]:
    """`⟦group⟧ cut its use to ⟦after⟧`: a clause of two facts that know nothing of each other."""
    lexicon = reading.context.lexicon
    clauses = dict.fromkeys(reading.clause(at) for at, _ in reading.marks())
    for begin, end in clauses:
        if lexicon.imperative.match(reading.flat, reading.statement(begin)[0]):
            continue
        cites = [one for _, one in reading.marks(begin, end)]
        groups = [one for one in cites if is_name(one.value) and not is_period(one.value)]
        for cite in cites:
            if (
                not groups
                or not _by_time(cite.fact)
                or any(_knows(cite.fact, one) for one in groups)
            ):
                continue
            compared = reading.has(*_comparing(lexicon), start=begin, end=end)
            if not compared and cite.value.name not in _WHOLES:
                hint = "no cited fact tells this group by that period"
                yield fault(Code.MISATTRIBUTED, f"{cite.fact.id}.{cite.value.name}", hint)
                return


def _by_time(fact: Fact) -> bool:
    """Whether the fact is one over time, that names no group."""
    names = [value for value in fact.values if is_name(value)]
    return bool(names) and all(is_period(value) for value in names)


def _knows(fact: Fact, group: Cite) -> bool:
    """Whether the fact is about part of the data that is the group's, or the group's about time."""
    periods = any(is_period(value) for value in group.fact.values)
    return periods or any(str(group.value.value.text) in part for part in fact.scope)


def _comparing(lexicon: Lexicon) -> tuple[Phrases, ...]:
    return (lexicon.greater, lexicon.smaller, lexicon.better, lexicon.worse, lexicon.equal)


def _uncited_groups(reading: Reading, begin: int, end: int, cites: list[Cite]) -> Iterator[Fault]:
    """A word of a group's name, when no cited fact has it."""
    context = reading.context
    own = {word for cite in cites for word in context.fact_words(cite.fact)}
    roots = {root(word) for word in own}
    amounts = [one.span() for one in reading.amounts()]
    for found in _WORD.finditer(reading.flat, begin, end):
        word = found[0]
        if (
            not context.of_a_group(word)
            or word in own
            or root(word) in roots
            or word in context.lexicon.plain
            or any(start <= found.start() < stop for start, stop in amounts)
            or _WHOLE.match(reading.flat, found.end())
        ):
            continue
        if reading.has(context.lexicon.unclaimed, start=begin, end=found.start()):
            return
        hint = "a group of the data that no figure here belongs to; cite it"
        yield fault(Code.NAME_NOT_CITED, word, hint)
        return


def _together(reading: Reading) -> Iterator[Fault]:
    """`A and B together earn ⟦first_value⟧`: the figure is that of one of them."""
    for found in reading.find(reading.context.lexicon.bindings.together):
        _, end = reading.clause(found.start())
        start, _ = reading.statement(found.start())
        groups = [one for _, one in reading.marks(start, end) if is_name(one.value)]
        for _, cite in reading.marks(found.start(), end):
            single = not is_name(cite.value) and name_for(cite.fact, cite.value) is not None
            if single and cite.value.name != "share" and len(groups) > 1:
                yield fault(Code.MISATTRIBUTED, found[0], "the figure is that of one of them")
                return


def _chiefly(reading: Reading) -> Iterator[Fault]:
    """`⟦group⟧ earns most, above all in ⟦month⟧`, of two facts that know nothing of each other."""
    for found in reading.context.lexicon.bindings.chiefly_in.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        begin, _ = reading.statement(found.start())
        before = [one for _, one in reading.marks(begin, found.start())]
        groups = [one for one in before if is_name(one.value) and not is_period(one.value)]
        low = is_period(cite.value) and cite.value.name.startswith(("low", "last", "previous"))
        if low or any(one.fact.id != cite.fact.id for one in groups):
            hint = "no cited fact tells this group by that period"
            yield fault(Code.PERIOD_UNSUPPORTED, found[0].split(" ⟦")[0], hint)


def _one_of(reading: Reading) -> Iterator[Fault]:
    """`⟦total⟧ happened at one depot`, of a fact that is not split by depots."""
    splits = reading.context.splits
    for found in reading.context.lexicon.bindings.one_of.finditer(reading.flat):
        split = splits.get(root(found[1]))
        if found[1] in reading.context.lexicon.spans.grain_words and " one " not in found[0]:
            continue  # `in a year that gained`: no group of years.
        facts = [cite.fact for _, cite in reading.marks(*reading.statement(found.start()))]
        if found[1] in reading.context.lexicon.relations.places and facts:
            cites = [cite for _, cite in reading.marks(*reading.statement(found.start()))]
            if not any(is_name(one.value) and not is_period(one.value) for one in cites):
                yield fault(Code.MISATTRIBUTED, found[0], "no cited figure is one of that alone")
                return
        if split and facts and all(fact.dimension != split for fact in facts):
            hint = f"the cited facts are not split by {split}"
            yield fault(Code.MISATTRIBUTED, found[0], hint)
