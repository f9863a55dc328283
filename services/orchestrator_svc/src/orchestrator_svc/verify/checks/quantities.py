"""Parts in words: half, most, a third more, one in nine, against the shares that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, FactValue, FormatKind, Polarity
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.amounts import distinct, judge, longest, ratio_of
from orchestrator_svc.verify.breadth import is_told, told_of_groups
from orchestrator_svc.verify.compared import apart_from_side, ratios_to_sides
from orchestrator_svc.verify.derived import change_ratios, joint_share, numbers, side_of_change
from orchestrator_svc.verify.entities import figures_of, is_name, main_number, mates, number
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.lexicon.shape import Quantity
from orchestrator_svc.verify.reading import Cite, Reading
from orchestrator_svc.verify.suppositions import supposed

_NUMBERS_OF_GROUPS = {"few", "groups", "ranked", "minimum"}
_NOUN = re.compile(r"most (?:[a-z-]+ )?([a-z]+)(?=[.,;:]| and\b|$)")
_THAN = re.compile(r" (?:more|less|fewer|higher|lower|larger|smaller|longer|shorter) than")
_LISTED = re.compile(r"(?:[:,]| and| with| has| have| had) $")
_VERB = re.compile(r"(?<![\w⟦])([a-z]+) $")
_LOST = re.compile(r"(?: |the|about|nearly|almost|over|more than|well)*")
_WANTED = frozenset((Polarity.POLARITY_MORE_IS_BETTER,))
_MOVED = {
    FactKind.FACT_KIND_LEVEL,
    FactKind.FACT_KIND_TREND,
    FactKind.FACT_KIND_LEVEL_SHIFT,
}
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION


def check_quantities(reading: Reading) -> Iterator[Fault]:
    """Fractions against the shares that they speak of."""
    proved: list[tuple[int, int]] = []
    lexicon = reading.context.lexicon
    for quantity, found in longest(lexicon.fraction_of, reading):
        if (
            supposed(reading, found.start())
            or _ranks_first(reading, found)
            or _ranked_in_words(reading, found)
            or _in_multiple(reading, found)
        ):
            continue
        if quantity.pattern is lexicon.double_digits:
            facts = distinct([cite.fact for _, cite in reading.marks()]) or reading.facts
            moved = [abs(one - 1) for one in change_ratios(facts)]
            yield from judge(reading, found, quantity, moved, "FRACTION")
            continue
        values = _of_what(reading, found) or _lost(reading, found)
        values = values or _shares(reading, found.start())
        if _of_the_rest(reading, found):
            values = [1 - one for one in values]  # `the others make less than a quarter`
        yield from judge(reading, found, quantity, values, "FRACTION")
        proved.append(found.span())
    for found in reading.find(lexicon.spans.n_in_m):
        if is_told(told_of_groups(reading), found.start()):
            continue
        if not any(start <= found.start() < end for start, end in proved):
            begin, _ = reading.statement(found.start())
            values = _on_its_side(reading, found) or _part_of_other(reading, begin, found)
            values = values or _lost(reading, found) or _shares(reading, found.start())
            if _of_the_rest(reading, found):
                values = [1 - one for one in values]
            yield from judge(reading, found, _n_in_m(found, reading), values, "FRACTION")


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
    losing = lexicon.bindings.losing.search(reading.flat, begin, found.start())
    if losing and _LOST.fullmatch(reading.flat, losing.end(), found.start()):
        rates = distinct([cite.fact for _, cite in reading.marks()])
        return all(reading.context.polarity(fact) == _WANTED for fact in rates if _is_rate(fact))
    facts = distinct([cite.fact for _, cite in reading.marks()]) or reading.facts
    roots = {one for fact in facts for one in reading.context.measures.words(fact.measure)}
    return any(
        reading.has(phrases, start=begin, end=end)
        for base, phrases in lexicon.opposites.items()
        if base in roots
    )


def _is_rate(fact: Fact) -> bool:
    return any(one.format.kind == FormatKind.FORMAT_KIND_PERCENT for one in fact.values)


def _lost(reading: Reading, found: re.Match[str]) -> list[float]:
    """`one hour in six was lost`, `a sixth was lost`: what a fall took of the level before."""
    begin, end = reading.clause(found.start())
    if not reading.context.lexicon.compared.lost.search(reading.flat, begin, end):
        return []
    facts = distinct([cite.fact for _, cite in reading.marks()]) or reading.facts
    own = _group_changes(reading, begin, end, facts)
    levels = [one for one in facts if one.kind in _MOVED]
    return own or [1 - ratio for ratio in change_ratios(levels) if ratio < 1]


def _group_changes(reading: Reading, begin: int, end: int, facts: Sequence[Fact]) -> list[float]:
    """`⟦faller⟧ lost a sixth of its income`: the relative fall of the group that is named."""
    names = [one for _, one in reading.marks(begin, end) if is_name(one.value)]
    names = names or [one for _, one in reading.marks() if is_name(one.value)]
    found = []
    for fact in (*facts, *reading.facts):
        own = numbers(fact)
        for value in fact.values:
            size = own.get(f"{value.name}_change_share")
            same = any(same_value(one.value.value, value.value) for one in names)
            if size is not None and size < 0 and same:
                found.append(-size)
    return found[:1]


def _in_multiple(reading: Reading, found: re.Match[str]) -> bool:
    """`three and a half times`: no half of anything."""
    return any(
        one.start() <= found.start() < one.end() and one != found and one.end() > found.end()
        for one in reading.amounts()
    )


def _ranks_first(reading: Reading, found: re.Match[str]) -> bool:
    """`most tickets, ⟦first_value⟧`: a rank, and no part; the figure is the highest."""
    ranked = re.compile(r"most (?:[a-z-]+ ){0,2}[a-z-]+,? (?:at |with )?⟦(\d+)⟧").match(
        reading.flat, found.start()
    )
    cite = reading.cites[int(ranked[1])] if ranked else None
    return cite is not None and any(
        claim.kind == ClaimKind.CLAIM_KIND_HIGHEST and cite.value.name in claim.subjects
        for claim in cite.fact.claims
    )


def _ranked_in_words(reading: Reading, found: re.Match[str]) -> bool:
    """`⟦first⟧ leads: most shows and most revenue`, `⟦first⟧ leaks most of the larger districts`.

    The noun, or the verb before, names a measure by which a listed fact puts that name first.
    """
    if not found[0].startswith("most"):
        return False
    names = [one for _, one in reading.marks(0, found.start()) if is_name(one.value)]
    listed = _LISTED.search(reading.flat[: found.start()])
    noun = _NOUN.match(reading.flat, found.start()) if listed else None
    verb = _VERB.search(reading.flat[: found.start()]) if found[0].endswith("of") else None
    word = verb[1] if verb else noun[1] if noun else ""
    measures = reading.context.measures.named_by.get(root(word), frozenset())
    return bool(names) and any(
        fact.kind == FactKind.FACT_KIND_LEADER
        and fact.measure in measures
        and any(
            one.name == "first" and same_value(one.value, names[-1].value.value)
            for one in fact.values
        )
        for fact in reading.facts
    )


def _on_its_side(reading: Reading, found: re.Match[str]) -> list[float]:
    """The share before, or since, of a fact that has both: `seven in ten before ⟦shift_period⟧`."""
    spans = reading.context.lexicon.spans
    begin, end = reading.clause(found.start())
    earlier = reading.has(spans.earlier_side, start=begin, end=end)
    if earlier == reading.has(spans.later_side, start=begin, end=end):
        return []
    facts = distinct([cite.fact for _, cite in reading.marks()]) or reading.facts
    sides = [side_of_change(fact, earlier=earlier) for fact in facts]
    return [one for one in sides if one is not None]


def _n_in_m(found: re.Match[str], reading: Reading) -> Quantity:
    """`three in four` as the range of shares that it is true of."""
    numbers = {"one": 1, **reading.context.lexicon.number_words, **reading.context.lexicon.tens}
    share = numbers[found[1]] / numbers[found[2]]
    before = reading.context.lexicon.bindings.bound.search(reading.flat[: found.start()])
    phrases = reading.context.lexicon.spans.n_in_m
    if before:
        more = before[1] in ("more", "over", "above")
        return Quantity(phrases, share if more else 0.0, 1.0 if more else share)
    return Quantity(phrases, share * 0.9, share * 1.1)


def _shares(reading: Reading, position: int) -> list[float]:
    """The shares that a fraction word speaks of."""
    begin, end = reading.statement(position)
    for within in (reading.clause(position), (begin, end)):
        cited = [cite for _, cite in reading.marks(*within)]
        found = [share for cite in cited for share in _shares_of(cite.fact, cite.value)]
        found = found or _of_the_total(reading, cited)
        if found:
            return found
    facts = [cite.fact for cite in cited] or reading.about(reading.flat[begin:end])
    return [
        share
        for fact in distinct(facts)
        if not _of_others(fact, [cite for cite in cited if cite.fact.id == fact.id])
        for share in _all_shares(fact)
    ]


def _of_what(  # noqa: PLR0911 - each kind of whole ends by itself
    reading: Reading, found: re.Match[str]
) -> list[float]:
    """The ratio in `a third of what ⟦name⟧ uses`, `half the usual`, `half of the products`."""
    words = reading.context.lexicon.bindings
    begin, end = reading.statement(found.start())
    left = [cite for _, cite in reading.marks(begin, found.start())]
    pair = _sides(reading, found, left)
    if pair is not None:
        ratio = ratio_of(*pair)
        return [] if ratio is None else [abs(ratio)]
    facts = distinct([cite.fact for _, cite in reading.marks(begin, end)])
    together = reading.has(words.together, start=begin, end=end)
    both = reading.has(reading.context.lexicon.several, start=begin, end=end)
    named = left if together else [cite for _, cite in reading.marks(begin, end)]
    joint = joint_share(named) if together or both else None
    sides = apart_from_side(reading, found.end(), left, facts or reading.facts)
    sides = sides or ratios_to_sides(reading, found.end(), left, facts or reading.facts)
    if sides:
        return sides
    moved = _moved_by(reading, found, left, facts) or ([] if joint is None else [joint])
    moved = moved or _part_of_other(reading, begin, found)
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


def _sides(
    reading: Reading, found: re.Match[str], left: Sequence[Cite]
) -> tuple[Cite, Cite] | None:
    """The two figures in `half of what ⟦name⟧ uses`, and in `⟦mean⟧; ⟦name⟧ needs half of that`."""
    words = reading.context.lexicon.bindings
    other = words.of_what.match(reading.flat, found.end())
    if other and left:
        return left[-1], reading.cites[int(next(filter(None, other.groups())))]
    told = [cite for _, cite in reading.marks(0, found.start())]
    that = words.of_that.match(reading.flat, found.end())
    share = bool(told) and told[-1].fact.kind == _CONTRIBUTION
    return (told[-1], told[-2]) if that and len(told) > 1 and not share else None


def _moved_by(
    reading: Reading, found: re.Match[str], left: Sequence[Cite], facts: Sequence[Fact]
) -> list[float]:
    """The relative difference in `down by a third`, `a third more than ⟦second⟧`."""
    words = reading.context.lexicon.bindings
    more = words.more_by.match(reading.flat, found.end())
    if more and left:
        ratio = ratio_of(left[-1], reading.cites[int(more[2])])
        sign = 1 if reading.context.lexicon.greater.search(found[0] + more[0]) else -1
        return [] if ratio is None else [sign * (ratio - 1)]
    if more and reading.cites[int(more[2])].value.name in {"previous_period", "start_period"}:
        return [abs(one - 1) for one in change_ratios([reading.cites[int(more[2])].fact])]
    than = _THAN.match(reading.flat, found.end())
    if than and reading.context.lexicon.compared.start.match(reading.flat, than.end()):
        return [abs(one - 1) for one in change_ratios(facts)]
    if words.by_how_much.search(reading.flat[: found.start()]) and not found[0].endswith(" of"):
        return [abs(one - 1) for one in change_ratios(facts or reading.facts)]
    return []


def _part_of_other(reading: Reading, begin: int, found: re.Match[str]) -> list[float]:
    """The ratio in `⟦total⟧ of ⟦total⟧, less than a third`: of the two figures told before."""
    told = list(
        reading.context.lexicon.bindings.out_of.finditer(reading.flat, begin, found.start())
    )
    sides = [reading.cites[int(told[-1][place])] for place in (1, 2)] if told else []
    if not sides or any(one.value.name in _NUMBERS_OF_GROUPS for one in sides):
        return []
    ratio = ratio_of(*sides)
    return [] if ratio is None else [ratio]


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


def _of_the_total(reading: Reading, cites: Sequence[Cite]) -> list[float]:
    """What part of the total that another cited fact tells the group of a ranking makes."""
    found: list[float] = []
    for cite in cites:
        figure = main_number(cite.fact, cite.value) if is_name(cite.value) else None
        size = number(figure) if figure is not None else None
        same = (
            numbers(fact).get("total")
            for fact in reading.facts
            if fact.measure == cite.fact.measure and fact.scope == cite.fact.scope
        )
        ranked = cite.fact.kind == FactKind.FACT_KIND_LEADER
        found.extend(size / total for total in same if ranked and size is not None and total)
    return found


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
