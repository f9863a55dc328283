"""Quantities in words: half, most, twice, each, all, none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, FactValue, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.derived import change_ratios, joint_share, side_of_change
from orchestrator_svc.verify.entities import (
    figures_of,
    is_name,
    main_number,
    mates,
    number,
    same_unit,
)
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.phrases import Phrases
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.lexicon.shape import Quantity
from orchestrator_svc.verify.reading import Cite, Reading

_RATIO_TOLERANCE = 0.01
_ONLY = re.compile(r"only ⟦(\d+)⟧")
_SCALED = re.compile(r"(?:halv|doubl|tripl|quadrupl)(?:e|es|ed|ing)$")
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION
_MULTIPLE = FormatKind.FORMAT_KIND_MULTIPLE


def check_quantities(reading: Reading) -> Iterator[Fault]:
    """Fractions and multiples against the values they speak of, then universals."""
    proved: list[tuple[int, int]] = []
    lexicon = reading.context.lexicon
    for quantity, found in _longest(lexicon.fraction_of, reading):
        values = _of_what(reading, found) or _shares(reading, found.start())
        if _of_the_rest(reading, found):
            values = [1 - one for one in values]  # `the others make less than a quarter`
        yield from _judge(reading, found, quantity, values, "FRACTION")
        proved.append(found.span())
    for quantity, found in _longest(lexicon.multiple_of, reading):
        values = _multiples(reading, found)
        yield from _judge(reading, found, quantity, values, "MULTIPLE")
        proved.append(found.span())
    for found in reading.find(lexicon.spans.n_in_m):
        if not any(start <= found.start() < end for start, end in proved):
            values = _on_its_side(reading, found) or _shares(reading, found.start())
            if _of_the_rest(reading, found):
                values = [1 - one for one in values]
            yield from _judge(reading, found, _n_in_m(found, reading), values, "FRACTION")
            proved.append(found.span())
    yield from _ratios(reading)
    yield from _universals(reading, bool(proved))


def _of_the_rest(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the part is one of what the cited share leaves: of the others, or of its opposite."""
    lexicon = reading.context.lexicon
    begin, end = reading.clause(found.start())
    if begin == found.start() and not reading.marks(begin, end):
        # `the others share the rest, less than a sixth`: the clause before tells of what.
        start, _ = reading.statement(found.start())
        before = reading.clause(max(start, begin - 3))[0]
        begin = begin if reading.marks(before, begin) else before
    if reading.has(lexicon.bindings.others, start=begin, end=end):
        return True
    facts = _distinct([cite.fact for _, cite in reading.marks()]) or reading.facts
    roots = {one for fact in facts for one in reading.context.measures.words(fact.measure)}
    return any(
        reading.has(phrases, start=begin, end=end)
        for base, phrases in lexicon.opposites.items()
        if base in roots
    )


def _on_its_side(reading: Reading, found: re.Match[str]) -> list[float]:
    """The share before, or since, of a fact that has both: `seven in ten before ⟦shift_period⟧`."""
    spans = reading.context.lexicon.spans
    begin, end = reading.clause(found.start())
    earlier = reading.has(spans.earlier_side, start=begin, end=end)
    if earlier == reading.has(spans.later_side, start=begin, end=end):
        return []
    facts = _distinct([cite.fact for _, cite in reading.marks()]) or reading.facts
    sides = [side_of_change(fact, earlier=earlier) for fact in facts]
    return [one for one in sides if one is not None]


def _n_in_m(found: re.Match[str], reading: Reading) -> Quantity:
    """`three in four` as the range of shares that it is true of."""
    numbers = {"one": 1, **reading.context.lexicon.number_words, **reading.context.lexicon.tens}
    share = numbers[found[1]] / numbers[found[2]]
    return Quantity(reading.context.lexicon.spans.n_in_m, share * 0.9, share * 1.1)


def _ratios(reading: Reading) -> Iterator[Fault]:
    """`⟦name⟧ takes ⟦ratio⟧ as long as ⟦name⟧`: the ratio of these two, in this order."""
    for at, cite in reading.marks():
        if cite.value.format.kind != _MULTIPLE:
            continue
        begin, end = reading.statement(at)
        left = [one for _, one in reading.marks(begin, at) if is_name(one.value)]
        right = [one for _, one in reading.marks(at + 1, end) if is_name(one.value)]
        told = _ratio(left[-1], right[0]) if left and right else None
        size = number(cite.value)
        if told and size and abs(told / size - 1) > _RATIO_TOLERANCE:
            yield fault(Code.MULTIPLE_CONTRADICTED, cite.value.name, "not the ratio of these two")


def _longest(
    quantities: Mapping[Phrases, Quantity], reading: Reading
) -> list[tuple[Quantity, re.Match[str]]]:
    """Matches in the text; of those that overlap, the longest."""
    every = [
        (one, found) for one in reading.possible(quantities) for found in reading.find(one.pattern)
    ]
    if len(every) < 2:
        return every
    every.sort(key=lambda pair: (-(pair[1].end() - pair[1].start()), pair[1].start()))
    kept: list[tuple[Quantity, re.Match[str]]] = []
    for quantity, found in every:
        if all(found.end() <= one.start() or found.start() >= one.end() for _, one in kept):
            kept.append((quantity, found))
    return kept


def _judge(
    reading: Reading,
    found: re.Match[str],
    quantity: Quantity,
    values: Sequence[float],
    kind: str,
) -> Iterator[Fault]:
    if not values:
        yield fault(Code(f"{kind}_UNSUPPORTED"), found[0], "no cited value measures this; cite one")
        return
    holds = all(_within(value, quantity) for value in values)
    if holds == reading.negated(found.start()):
        yield fault(Code(f"{kind}_CONTRADICTED"), found[0], "the cited values say otherwise")


def _within(value: float, quantity: Quantity) -> bool:
    """Open at a bound that the words exclude: more than half is not half."""
    if quantity.open:
        return quantity.low < value < quantity.high or value == quantity.high == 1.0
    return quantity.low <= value <= quantity.high


def _shares(reading: Reading, position: int) -> list[float]:
    """The shares that a fraction word speaks of."""
    begin, end = reading.statement(position)
    for within in (reading.clause(position), (begin, end)):
        cited = [cite for _, cite in reading.marks(*within)]
        found = [share for cite in cited for share in _shares_of(cite.fact, cite.value)]
        if found:
            return found
    facts = [cite.fact for cite in cited] or reading.about(reading.flat[begin:end])
    return [
        share
        for fact in _distinct(facts)
        if not _of_others(fact, [cite for cite in cited if cite.fact.id == fact.id])
        for share in _all_shares(fact)
    ]


def _of_what(reading: Reading, found: re.Match[str]) -> list[float]:
    """The ratio in `a third of what ⟦name⟧ uses`, `half the usual`, `half of the products`."""
    words = reading.context.lexicon.bindings
    begin, end = reading.statement(found.start())
    other = words.of_what.match(reading.flat, found.end())
    left = [cite for _, cite in reading.marks(begin, found.start())]
    if other and left:
        ratio = _ratio(left[-1], reading.cites[int(other[1])])
        return [] if ratio is None else [ratio]
    facts = _distinct([cite.fact for _, cite in reading.marks(begin, end)])
    joint = joint_share(left) if reading.has(words.together, start=begin, end=end) else None
    moved = _moved_by(reading, found, left, facts) or ([] if joint is None else [joint])
    if moved:
        return moved
    for fact in facts:
        values = {value.name: size for value in fact.values if (size := number(value)) is not None}
        if words.of_usual.match(reading.flat, found.end()) and values.get("usual"):
            return [values["first_value"] / values["usual"]] if "first_value" in values else []
        whole = values.get("change") if fact.kind == _CONTRIBUTION and "share" not in values else 0
        if whole and words.of_change.match(reading.flat, found.end()) and "first_change" in values:
            # A part that is more than the whole, because others went the other way, is most of it.
            return [min(1.0, values["first_change"] / whole)]
        noun = words.of_groups.match(reading.flat, found.end())
        counted = noun and values.get("groups") and "few" in values
        if noun and counted and root(noun[1]) == root(fact.dimension.lower().rpartition("_")[2]):
            return [values["few"] / values["groups"]]
    return []


def _moved_by(
    reading: Reading, found: re.Match[str], left: Sequence[Cite], facts: Sequence[Fact]
) -> list[float]:
    """The relative difference in `down by a third`, `a third more than ⟦second⟧`."""
    words = reading.context.lexicon.bindings
    more = words.more_by.match(reading.flat, found.end())
    if more and left:
        ratio = _ratio(left[-1], reading.cites[int(more[2])])
        sign = 1 if reading.context.lexicon.greater.search(found[0] + more[0]) else -1
        return [] if ratio is None else [sign * (ratio - 1)]
    if words.by_how_much.search(reading.flat[: found.start()]) and not found[0].endswith(" of"):
        return [abs(one - 1) for one in change_ratios(facts or reading.facts)]
    return []


def _of_others(fact: Fact, cited: Sequence[Cite]) -> bool:
    """Whether the fact's share belongs to a name, and the statement cites only other names."""
    owners = {
        subject
        for claim in fact.claims
        if claim.kind == ClaimKind.CLAIM_KIND_SHARE
        for subject in claim.subjects
    }
    names = [cite.value for cite in cited if is_name(cite.value)]
    return bool(owners and names) and not any(mates(fact, name) & owners for name in names)


def _shares_of(fact: Fact, value: FactValue) -> list[float]:
    """The shares of the entity that the value belongs to."""
    measured = {
        claim.measured_by
        for claim in fact.claims
        if claim.kind == ClaimKind.CLAIM_KIND_SHARE and value.name in claim.subjects
    }
    own = [one for one in fact.values if one.name in measured]
    own.extend(one for one in figures_of(fact, value) if _is_share(one))
    return [size for one in own if (size := number(one)) is not None]


def _all_shares(fact: Fact) -> list[float]:
    measured = {
        claim.measured_by for claim in fact.claims if claim.kind == ClaimKind.CLAIM_KIND_SHARE
    }
    chosen = [value for value in fact.values if value.name in measured] or [
        value for value in fact.values if _is_share(value)
    ]
    return [size for value in chosen if (size := number(value)) is not None]


def _is_share(value: FactValue) -> bool:
    return value.format.kind == FormatKind.FORMAT_KIND_PERCENT and not value.format.signed


def _multiples(reading: Reading, found: re.Match[str]) -> list[float]:
    """The ratio that a multiple speaks of: of the values at its sides, else a stored one."""
    begin, end = reading.statement(found.start())
    left = [cite for _, cite in reading.marks(begin, found.start())]
    right = [cite for _, cite in reading.marks(found.end(), end)]
    if reading.context.lexicon.bindings.average_of.match(reading.flat, found.end()):
        return _to_the_mean(reading, left)
    facts = _distinct([cite.fact for cite in (*left, *right)]) or reading.facts
    if reading.context.lexicon.bindings.of_usual.match(reading.flat, found.end()):
        odd = [fact for fact in facts if fact.kind == FactKind.FACT_KIND_OUTLIER]
        return change_ratios(odd)
    own = mates(left[-1].fact, left[-1].value) if left else set()
    right = [one for one in right if not left or not _same(one, left[-1], own)]
    ratio = _ratio(left[-1], right[0]) if left and right else None
    if ratio is not None:
        return [ratio]
    facts = _distinct([cite.fact for cite in (*left, *right)]) or reading.about(
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
    ratio = _ratio(left[-1], means[0]) if means else None
    return [] if ratio is None else [ratio]


def _ratio(left: Cite, right: Cite) -> float | None:
    figures = [main_number(cite.fact, cite.value) for cite in (left, right)]
    if figures[0] is None or figures[1] is None or not same_unit(figures[0], figures[1]):
        return None
    one, other = number(figures[0]), number(figures[1])
    return one / other if one is not None and other else None


def _universals(reading: Reading, quantified: bool) -> Iterator[Fault]:
    """All, each, none: proved by a fraction that holds for all, by scope, or by a claim."""
    lexicon = reading.context.lexicon
    if not reading.find(lexicon.universal):
        return
    scopes = [found.span() for found in reading.find(lexicon.scope)]
    paces = list(lexicon.spans.per_period.finditer(reading.flat))
    for found in reading.find(lexicon.universal):
        if found[0] == "both" and not _both_ways(reading, found.start()):
            continue
        only = _ONLY.match(found[0])
        if only and not is_name(reading.cites[int(only[1])].value):
            continue  # `only ⟦4%⟧ is lost` tells how little, and not of all others.
        scoped = any(start <= found.start() < end for start, end in scopes)
        ranked = reading.first(lexicon.spans.none_more_than)
        if ranked and ranked.start() <= found.start() < ranked.end():
            continue
        if any(one.start() <= found.start() < one.end() for one in paces):
            continue  # `⟦pace⟧ each month` is checked as a pace.
        if scoped and not _moves(reading, found.start()):
            continue
        if (
            found[0] == "each"
            and "averag" in reading.flat[slice(*reading.statement(found.start()))]
        ):
            continue
        if quantified and lexicon.each.fullmatch(found[0]):
            continue
        if reading.negated(found.start()):
            continue
        if reading.claimed & {ClaimKind.CLAIM_KIND_ALL, ClaimKind.CLAIM_KIND_NONE}:
            continue
        yield fault(Code.UNIVERSAL_UNSUPPORTED, found[0], "no cited fact holds for all or for none")


def _both_ways(reading: Reading, position: int) -> bool:
    """Whether `both` is told to move one way, though the cited facts move both ways."""
    if not _moves(reading, position):
        return False
    return {ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN} <= reading.claimed


def _moves(reading: Reading, position: int) -> bool:
    """Whether the statement tells a direction without citing it: `fell across all airports`."""
    lexicon = reading.context.lexicon
    begin, end = reading.statement(position)
    told = reading.has(lexicon.up, lexicon.down, start=begin, end=end)
    return told and not reading.marks(begin, end)


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    return list({fact.id: fact for fact in facts}.values())
