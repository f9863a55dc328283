"""Directions: rose, fell, held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import Claim, ClaimKind, Fact, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.breadth import is_told, told_of_groups
from orchestrator_svc.verify.checks.degrees import HARDLY
from orchestrator_svc.verify.derived import change_ratios
from orchestrator_svc.verify.entities import is_name, is_period, mates, name_for, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Cite, Reading
from orchestrator_svc.verify.seasons import values_within
from orchestrator_svc.verify.suppositions import supposed

_PARTS = {FactKind.FACT_KIND_CONTRIBUTION, FactKind.FACT_KIND_CONCENTRATION}
UP, DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN
HIGHEST, LOWEST = ClaimKind.CLAIM_KIND_HIGHEST, ClaimKind.CLAIM_KIND_LOWEST
_NEAR = 40
"""Characters before a word in which a hedge speaks of it."""
_IN = re.compile(r"(?: again| further| sharply| markedly| once more)* (?:in|at|on|by) ⟦(\d+)⟧")
_AFTER = re.compile(r"(?<![\w⟦])(?:after|since|from) (?:the [a-z]+ (?:in|of|at) )?⟦(\d+)⟧,?[^.;]*$")
_BY = re.compile(
    r" by (?:about |some |only |just |nearly |roughly |around |a |an |another )*⟦(\d+)⟧"
)
_TO_MARK = re.compile(r" (?:to|upon|on) ⟦(\d+)⟧")
_TO = re.compile(r"[^.;]{0,60}?\bto\s+(?:an?\s+|the\s+|peaks? of\s+)*⟦(\d+)⟧")
_FROM_TO = re.compile(
    r"from\s+(?:an?\s+|the\s+)*⟦(\d+)⟧[^.;]{0,60}?\bto\s+(?:an?\s+|the\s+|peak of\s+)*⟦(\d+)⟧"
)


def check_directions(reading: Reading) -> Iterator[Fault]:
    """Direction words against the claims of the facts that they speak of."""
    lexicon = reading.context.lexicon
    for kind, pattern in ((UP, lexicon.up), (DOWN, lexicon.down)):
        for found in reading.find(pattern):
            yield from _direction(reading, kind, found)
    for found in reading.find(lexicon.bindings.saving):
        if reading.better_at(found.start()):
            hint = "less of it is no saving"
            yield fault(Code.DIRECTION_UNSUPPORTED, found[0], hint)
        yield from _direction(reading, DOWN, found)
    for better, pattern in ((True, lexicon.improving), (False, lexicon.worsening)):
        for found in reading.find(pattern):
            if _advised(reading, found):
                continue
            more = reading.better_at(found.start())
            denied = reading.negated(found.start())
            if more is None and (denied or not hedged(reading, found)):
                hint = "the data does not say what is better; say that it rose or fell"
                yield fault(Code.DIRECTION_UNSUPPORTED, found[0], hint)
            elif more is not None:
                yield from _direction(reading, UP if better == more else DOWN, found)
    for found in reading.find(lexicon.flat):
        yield from _flat(reading, found)


def _told_elsewhere(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the direction is read by another check, or is none."""
    proving = reading.context.lexicon.proving
    countered = (*reading.find(proving.countering), *reading.find(proving.offsetting))
    return (
        is_told(told_of_groups(reading), found.start())
        or _advised(reading, found)
        or supposed(reading, found.start())
        or any(one.start() < found.start() < one.end() for one in countered)
        or _of_what_is_offset(reading, found)
        or _falls_to_a_group(reading, found)
        or _one_step(reading, found)
    )


def _direction(
    reading: Reading, kind: ClaimKind.ValueType, found: re.Match[str]
) -> Iterator[Fault]:
    """One direction word: by the values it joins, else by the claims of what it speaks of."""
    word = found[0]
    if _told_elsewhere(reading, found):
        return
    if reading.context.lexicon.loss.fullmatch(word) and not _change_follows(reading, found):
        return
    begin, end = reading.statement(found.start())
    joined = _FROM_TO.search(reading.flat, begin, end)
    if joined:
        first, last = (reading.cites[int(joined[place])] for place in (1, 2))
        moved = _moved(first, last)
        if moved is not None:
            said = moved > 0 if kind == UP else moved < 0
            if said == reading.negated(found.start()):
                yield _contradicted(word)
            return
    supports, opposes = _evidence(reading, kind, found)
    if reading.negated(found.start()):
        if supports and not opposes:
            yield fault(Code.NEGATION_CONTRADICTED, word, "the cited facts show that it did")
        elif not opposes and not reading.has(
            reading.context.lexicon.unclaimed, start=begin, end=end
        ):
            yield fault(Code.NEGATION_UNSUPPORTED, word, "no cited fact shows that it did not")
        return
    if supports:
        return
    if opposes:
        yield _contradicted(word)
    elif not hedged(reading, found):
        hint = "no cited fact shows that direction"
        yield fault(Code.DIRECTION_UNSUPPORTED, word, hint)


def _of_what_is_offset(reading: Reading, found: re.Match[str]) -> bool:
    """`offset the decline in ⟦counter⟧`: the check of the offset has read which way it went."""
    begin, _ = reading.clause(found.start())
    offset = reading.find(reading.context.lexicon.proving.offsetting)
    near = [one for one in offset if begin <= one.start() and 0 <= found.start() - one.end() < 16]
    return bool(near) and not reading.marks(near[-1].end(), found.start())


def _advised(reading: Reading, found: re.Match[str]) -> bool:
    """`Improve the rate at ⟦first⟧`: what should move, and not what moved."""
    begin, end = reading.statement(found.start())
    advice = reading.context.lexicon.imperative.match(reading.flat, begin, end)
    return advice is not None and advice.start() <= found.start() < advice.end()


def _one_step(reading: Reading, found: re.Match[str]) -> bool:
    """`not a gradual climb`, of a level that moved once: how it moved is denied, and not that."""
    start, _ = reading.clause(found.start())
    gradual = reading.has(
        reading.context.lexicon.bindings.even_pace, start=start, end=found.start()
    )
    moved_once = any(fact.kind == FactKind.FACT_KIND_LEVEL_SHIFT for fact in reading.facts)
    return gradual and moved_once and reading.negated(found.start())


def _inside_groups(reading: Reading, found: re.Match[str]) -> float | None:
    """`within channels, it fell`: the groups' own part in the change of a rate."""
    begin, _ = reading.clause(found.start())
    begin = begin if reading.marks(0, begin) else reading.statement(begin)[0]
    within = reading.context.lexicon.bindings.inside_groups.search(
        reading.flat, begin, found.start()
    )
    splits = reading.context.splits
    if within is None or reading.marks(begin, found.start()):
        return None
    for fact in reading.facts:
        if (
            fact.dimension
            and splits.get(root(next(filter(None, within.groups())))) == fact.dimension
        ):
            return next((number(one) for one in fact.values if one.name == "rate"), None)
    return None


def _falls_to_a_group(reading: Reading, found: re.Match[str]) -> bool:
    """`a third falls to ⟦group⟧`: a part, and no movement."""
    to = _TO_MARK.match(reading.flat, found.end())
    value = reading.cites[int(to[1])].value if to else None
    falls = found[0].startswith(("fall", "fell", "come down", "came down", "comes down"))
    return falls and value is not None and is_name(value) and not is_period(value)


def _change_follows(reading: Reading, found: re.Match[str]) -> bool:
    """Whether `lost` is told of a change, and not of time or money spent."""
    following = next(iter(reading.marks(found.end(), found.end() + 20)), None)
    return following is not None and (
        following[1].value.format.signed or following[1].value.name in {"pace", "slope"}
    )


def _moved(first: Cite, last: Cite) -> float | None:
    one, other = number(first.value), number(last.value)
    if one is None or other is None or not same_unit(first.value, last.value):
        return None
    return other - one


def _evidence(
    reading: Reading, kind: ClaimKind.ValueType, found: re.Match[str]
) -> tuple[bool, bool]:
    """Whether the facts support the direction, and whether they oppose it."""
    inside = _inside_groups(reading, found)
    if inside is not None:
        return (inside > 0) == (kind == UP), (inside > 0) != (kind == UP)
    if _against_its_figure(reading, kind, found):
        return False, True
    return _claims(reading, kind, found)


def _claims(reading: Reading, kind: ClaimKind.ValueType, found: re.Match[str]) -> tuple[bool, bool]:
    """Whether claims support the direction, and whether claims oppose it."""
    clause = reading.clause(found.start())
    target = _TO.match(reading.flat, found.end())
    if target:
        cite = reading.cites[int(target[1])]
        names = mates(cite.fact, cite.value)
        arrive = [
            one.kind for one in cite.fact.claims if one.subjects and one.subjects[-1] in names
        ]
        if UP in arrive or DOWN in arrive or not is_period(cite.value):
            return kind in arrive, _opposite(kind) in arrive
    begun = _from_here(reading, kind, found)
    if begun is not None:
        return begun, not begun
    cited = [cite for _, cite in reading.marks(*clause)]
    facts = _by_id(cite.fact for cite in cited)
    if not facts:
        facts = _about(reading, reading.flat[slice(*clause)])
    supports = opposes = False
    for fact in facts:
        names = set().union(
            *(mates(fact, cite.value) for cite in cited if cite.fact.id == fact.id), set()
        )
        for claim in fact.claims:
            if names and _of_another_group(fact, claim, names):
                continue
            touched = not names or bool(names & set(claim.subjects[-1:])) or not claim.subjects
            supports |= claim.kind == kind and (touched or not _ends(fact, names))
            opposes |= claim.kind == _opposite(kind) and touched
        for cite in cited:
            signed = number(cite.value) if cite.value.format.signed else None
            if cite.fact.id == fact.id and signed:
                supports |= (signed > 0) == (kind == UP)
                opposes |= (signed > 0) != (kind == UP)
    if (
        supports
        and opposes
        and not cited
        and not values_within(reading, reading.flat[slice(*clause)])
    ):
        # Some cited facts rose and some fell: each speaks by the first move that it claims.
        first = {
            next(claim.kind for claim in fact.claims if claim.kind in (UP, DOWN))
            for fact in facts
            if {UP, DOWN} & {claim.kind for claim in fact.claims}
        }
        return first == {kind}, first == {_opposite(kind)}
    if not facts or (not supports and not opposes and not cited):
        every = [claim.kind for fact in reading.facts for claim in fact.claims]
        mixed = kind in every and _opposite(kind) in every
        return kind in every and not mixed, _opposite(kind) in every and not mixed
    return supports, opposes


def _from_here(reading: Reading, kind: ClaimKind.ValueType, found: re.Match[str]) -> bool | None:
    """`rose in ⟦valley⟧`, `fell after ⟦low⟧`: whether a claim arrives at, or leaves, that period.

    None when the cited fact claims no movement that begins or ends there.
    """
    begin, _ = reading.statement(found.start())
    after = _AFTER.search(reading.flat, begin, found.start())
    inside = _IN.match(reading.flat, found.end())
    told = inside or after
    if told is None:
        return None
    cite = reading.cites[int(told[1])]
    if inside and cite.value.name in {"previous_period", "start_period"}:
        return None if " on " in inside[0] else False  # `up on ⟦previous_period⟧`
    if not is_period(cite.value) or cite.fact.kind != FactKind.FACT_KIND_SEASONALITY:
        return None
    names = mates(cite.fact, cite.value)
    moves = [one for one in cite.fact.claims if one.kind in (UP, DOWN) and len(one.subjects) > 1]
    ends = [one.kind for one in moves if one.subjects[-1] in names]
    begins = [one.kind for one in moves if one.subjects[0] in names]
    if inside:
        return kind in ends if ends or begins else None
    if begins or ends:
        return kind in begins
    turned = {HIGHEST: DOWN, LOWEST: UP}
    ranks = [
        turned[one.kind]
        for one in cite.fact.claims
        if one.kind in turned and names & set(one.subjects)
    ]
    return kind in ranks if ranks else None


def _of_another_group(fact: Fact, claim: Claim, names: set[str]) -> bool:
    """Whether the claim is one about a group of the fact that is not cited beside it."""
    subject = next((one for one in fact.values if one.name in claim.subjects[-1:]), None)
    owner = name_for(fact, subject) if subject is not None else None
    return owner is not None and not is_period(owner) and owner.name not in names


def _about(reading: Reading, words: str) -> list[Fact]:
    """Facts that the words speak of: by a season or part of the day, else by what they share."""
    within = [fact for fact, _ in values_within(reading, words)]
    return list({fact.id: fact for fact in within}.values()) or reading.about(words)


def _ends(fact: Fact, names: set[str]) -> bool:
    """Whether some direction claim of the fact arrives at one of the names."""
    return any(
        claim.kind in (UP, DOWN) and bool(set(claim.subjects[-1:]) & names) for claim in fact.claims
    )


def _by_id(facts: Iterator[Fact]) -> list[Fact]:
    return list({fact.id: fact for fact in facts}.values())


def _opposite(kind: ClaimKind.ValueType) -> ClaimKind.ValueType:
    return DOWN if kind == UP else UP


def _contradicted(word: str) -> Fault:
    return fault(Code.DIRECTION_CONTRADICTED, word, "the cited facts show the opposite")


def hedged(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the words right before say that nothing is claimed."""
    begin, _ = reading.statement(found.start())
    near = max(begin, found.start() - _NEAR)
    return reading.has(reading.context.lexicon.hedge, start=near, end=found.start())


def _hardly_moved(reading: Reading, found: re.Match[str]) -> bool:
    """`stable at ⟦last⟧`, of a change between two periods that is no more than a few per cent."""
    facts = [cite.fact for _, cite in reading.marks(*reading.statement(found.start()))]
    ratios = change_ratios([fact for fact in facts if fact.kind == FactKind.FACT_KIND_LEVEL])
    return bool(ratios) and all(abs(one - 1) <= HARDLY for one in ratios)


def _flat(reading: Reading, found: re.Match[str]) -> Iterator[Fault]:
    if supposed(reading, found.start()):
        return
    if reading.negated(found.start()):
        if not reading.claimed & {UP, DOWN}:
            hint = "no cited fact shows that it moved"
            yield fault(Code.NEGATION_UNSUPPORTED, found[0], hint)
        return
    if reading.context.lexicon.bindings.even_pace.fullmatch(found[0]) and reading.has(
        reading.context.lexicon.up,
        reading.context.lexicon.down,
        reading.context.lexicon.bindings.changes,
    ):
        # `a steady decline` tells how it fell; that it fell is checked by itself.
        if not any(fact.kind == FactKind.FACT_KIND_TREND for fact in reading.facts):
            yield fault(Code.DIRECTION_UNSUPPORTED, found[0], "no cited fact is a trend")
        return
    if found[0].startswith("no "):
        trending = [
            fact
            for fact in reading.facts
            if fact.kind == FactKind.FACT_KIND_TREND
            and {UP, DOWN} & {one.kind for one in fact.claims}
        ]
        if not trending:
            return
    if ClaimKind.CLAIM_KIND_FLAT not in reading.claimed and not _hardly_moved(reading, found):
        yield fault(Code.DIRECTION_UNSUPPORTED, found[0], "no cited fact shows that it held")


def _against_its_figure(
    reading: Reading, kind: ClaimKind.ValueType, found: re.Match[str]
) -> bool | None:
    """`rose by ⟦change⟧`: whether the change right behind goes the other way; None without one."""
    behind = _BY.match(reading.flat, found.end())
    value = reading.cites[int(behind[1])].value if behind else None
    size = number(value) if value is not None and value.format.signed else None
    return (size > 0) != (kind == UP) if size else None
