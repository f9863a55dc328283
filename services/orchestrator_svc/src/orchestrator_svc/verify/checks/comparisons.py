"""Comparisons: above, below, more than, inside one fact and across facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, FactValue, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.compared import named_side
from orchestrator_svc.verify.entities import (
    is_name,
    is_period,
    main_number,
    mates,
    number,
    same_unit,
)
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading
from orchestrator_svc.verify.spreads import mentioned, spread, spread_facts
from orchestrator_svc.verify.suppositions import supposed

_RANGE = re.compile(r"from\s+⟦(\d+)⟧[^.;⟦]{0,40}\bto\s+⟦(\d+)⟧")
_ADJACENT = re.compile(r"⟦(\d+)⟧(?: (?:points?|days?|hours?|minutes?|weeks?))?\s*$")
_CLOSE = 1e-6
_OF_ONE_PERIOD = {FactKind.FACT_KIND_LEVEL_SHIFT, FactKind.FACT_KIND_OUTLIER}
_LAGGING = ("trail", "lag", "behind")
_BEATING = ("beat", "outperform", "underperform", "trail", "lag")
_QUANTIFIED = re.compile(
    r"\s*(?:a |one |an )?"
    r"(?:half|halv|third|quarter|fifth|tenth|twice|doubl|tripl|quadrupl|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thousand|million|billion"
    r"|(?:[a-z]+ )?(?:in|out of) (?:a |every )?(?:two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|[a-z]+ty|hundred))"
)


def check_comparisons(reading: Reading) -> Iterator[Fault]:
    """Each comparison between the values at its two sides."""
    lexicon = reading.context.lexicon
    more = reading.more_is_better
    good = 0 if more is None else 1 if more else -1
    for sign, pattern in (
        (1, lexicon.greater),
        (-1, lexicon.smaller),
        (good, lexicon.better),
        (-good, lexicon.worse),
    ):
        for found in reading.find(pattern):
            elsewhere = _part_of_other(reading, found) or _ranking(reading, found)
            elsewhere = elsewhere or supposed(reading, found.start())
            if not elsewhere and not _QUANTIFIED.match(reading.flat, found.end()):
                turn = -1 if _of_the_opposite(reading, found) else 1
                yield from _comparison(reading, sign * turn, found)


def _of_the_opposite(reading: Reading, found: re.Match[str]) -> bool:
    """`more likely to fail than`, of a pass rate: the rate compares the other way."""
    opposites = reading.context.lexicon.opposites
    if not reading.has(*opposites.values(), start=found.start(), end=found.end()):
        return False
    roots = {one for fact in reading.facts for one in reading.context.measures.words(fact.measure)}
    told = [phrases for base, phrases in opposites.items() if base in roots]
    return reading.has(*told, start=found.start(), end=found.end())


def _part_of_other(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the words belong to `differs more than`, which is checked by itself."""
    lexicon, start = reading.context.lexicon, max(0, found.start() - 20)
    return reading.has(lexicon.differs_more, lexicon.differs_less, start=start, end=found.end())


def _ranking(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the words belong to `more than any other` and the like, checked as rankings."""
    lexicon = reading.context.lexicon
    return any(
        one.start() < found.end() and found.start() < one.end()
        for pattern in (lexicon.spans.than_any_other, lexicon.spans.none_more_than)
        for one in reading.find(pattern)
    ) or any(0 <= one.start() - found.end() <= 1 for one in reading.find(lexicon.spans.combined))


def _comparison(  # noqa: PLR0911, PLR0912, PLR0915 - each kind of side ends by itself
    reading: Reading, sign: int, found: re.Match[str]
) -> Iterator[Fault]:
    begin, end = reading.statement(found.start())
    left = [cite for _, cite in reading.marks(begin, found.end())]
    if _own_figure_follows(reading, found, left):
        return
    timely = bool(reading.context.lexicon.timely.fullmatch(found[0]))
    right = None
    if not reading.context.lexicon.spans.period_before.match(reading.flat, found.end()):
        right = _right_side(reading, found.end(), end, timely=timely)
    negative = reading.negated(found.start())
    if sign == 0 and found[0].startswith(_BEATING):
        sign = -1 if found[0].startswith(_LAGGING) else 1  # Where nothing is better, more is ahead.
    if sign == 0:
        yield _unsupported(found[0])
        return
    if not right and _before_a_period(reading, found.end()):
        by_so_much = _change_before(reading, found)
        beaten = found[0].startswith(_BEATING)
        if not timely and (beaten or found[0] not in {"above", "over"}):
            yield from _periods(reading, sign or 1, found, left)
        elif by_so_much is not None:
            yield from _judge(sign, by_so_much, found[0], negative=negative)
        elif sign < 0:
            yield _unsupported(found[0])
        return
    if not right and reading.context.lexicon.spans.period_before.match(reading.flat, found.end()):
        told = _change_before(reading, found)
        if told is None:
            told = _change_of(reading, left)
        if told is None:
            yield _unsupported(found[0])
        else:
            yield from _judge(sign, told, found[0], negative=negative)
        return
    if not right and found[0].startswith(_LAGGING) and _is_last(left):
        return
    if found[0] == "behind" and _of_its_own(reading, found):
        return
    if left:
        named = named_side(reading, found.end(), left)
        if named is not None:
            yield from _judge(sign, named, found[0], negative=negative)
            return
    if not right:
        yield from _in_words(reading, sign, found, (begin, end))
        return
    if not left and right[0].value.name in {"previous_period", "start_period"}:
        yield from _periods(reading, sign, found, left)
        return
    if not left:
        left_size = _topic_spread(reading, reading.flat[begin : found.start()])
        if left_size is None:
            yield from _by_claims(reading, sign, found, right)
            return
        yield from _judge(sign, left_size - right[1], found[0], negative=negative)
        return
    difference = _difference(reading, found, left, right)
    if difference is not None:
        if not difference:
            yield _contradicted(found[0])
        return
    figure = _left_figure(left, right[2])
    size = number(figure) if figure is not None else None
    if figure is None or size is None or not same_unit(figure, right[2]):
        yield from _by_claims(reading, sign, found, right)
        return
    if reading.context.lexicon.frames.that_moved.match(reading.flat, found.end()):
        # `rose by more than ⟦other⟧ fell`: the sizes of two moves.
        size, right = abs(size), (right[0], abs(right[1]), right[2])
    elif figure.format.signed and right[2].format.signed and size * right[1] > 0:
        sign = sign if size > 0 else -sign  # Of two falls, the larger one is more.
    told = _told_difference(reading, found.end(), end)
    if told is not None and abs(abs(size - right[1]) - told) > _CLOSE + 1e-6 * abs(size):
        yield _contradicted(found[0])
        return
    yield from _judge(sign, size - right[1], found[0], negative=negative)


def _of_its_own(reading: Reading, found: re.Match[str]) -> bool:
    """`⟦first⟧ stands behind ⟦first_value⟧`: what it is counted with, and no place."""
    following = next(iter(reading.marks(found.end(), found.end() + 3)), None)
    before = [one for _, one in reading.marks(0, found.start()) if is_name(one.value)]
    if following is None or not before or is_name(following[1].value):
        return False
    own = mates(before[-1].fact, before[-1].value)
    counted = following[1].value.format.kind == FormatKind.FORMAT_KIND_COUNT
    return counted and following[1].fact.id == before[-1].fact.id and following[1].value.name in own


def _is_last(left: Sequence[Cite]) -> bool:
    """Whether the last name before is the lowest of its ranking, or the one that lags in it."""
    if not left:
        return False
    lags = [one.value for one in left[-1].fact.values if one.name in {"last", "lag"}]
    return any(same_value(one, left[-1].value.value) for one in lags)


def _own_figure_follows(reading: Reading, found: re.Match[str], left: Sequence[Cite]) -> bool:
    """`⟦last⟧ trails at ⟦last_value⟧`: nothing is compared with, only a place is told."""
    own = re.compile(r"\s+(?:at|with|on)\s+(?:just |only |about )?⟦(\d+)⟧").match(
        reading.flat, found.end()
    )
    if not own or not left or not is_name(left[-1].value):
        return False
    cite = reading.cites[int(own[1])]
    last = left[-1].value.name.startswith(("last", "low"))
    return last and cite.value.name in mates(left[-1].fact, left[-1].value)


def _left_figure(left: Sequence[Cite], wanted: FactValue) -> FactValue | None:
    """The figure that is compared: that of the last name before, or told before its period."""
    cite = left[-1]
    if is_period(cite.value) and cite.fact.kind in _OF_ONE_PERIOD:
        figures = [one.value for one in left if not is_name(one.value)]
        return next((one for one in reversed(figures) if same_unit(one, wanted)), None)
    return main_number(cite.fact, cite.value)


def _periods(
    reading: Reading, sign: int, found: re.Match[str], left: Sequence[Cite]
) -> Iterator[Fault]:
    """`more in ⟦last_period⟧ than in ⟦previous_period⟧`: the change of the fact, or of a group."""
    near = reading.marks(found.end(), found.end() + 8)
    if not near:
        yield _unsupported(found[0])
        return
    right = near[0][1]
    values = {value.name: value for value in right.fact.values}
    groups = [one.value.name for one in left if is_name(one.value) and not is_period(one.value)]
    wanted = [f"{name}_change" for name in groups] or ["change", "slope"]
    size = next((number(values[name]) for name in wanted if name in values), None)
    order = {"previous_period": 1, "start_period": 1, "last_period": -1, "end_period": -1}
    turn = order.get(right.value.name)
    if size is None or turn is None:
        if main_number(right.fact, right.value) is None:
            yield from _by_claims(reading, sign, found, (right, 0.0, right.value))
        return
    yield from _judge(sign, turn * size, found[0], negative=reading.negated(found.start()))


def _before_a_period(reading: Reading, end: int) -> bool:
    """Whether the words mean time, as in `ahead of 19:00`: order is checked elsewhere."""
    following = next(iter(reading.marks(end, end + 6)), None)
    return following is not None and is_period(following[1].value)


Side = tuple[Cite, float, FactValue]
"""One side of a comparison: what it cites, its size, and the figure that tells the unit."""


def _right_side(reading: Reading, start: int, end: int, *, timely: bool) -> Side | None:
    """The value right of a comparison: the next one, or the width of `from a to b`."""
    before = [cite for _, cite in reading.marks(0, start)]
    alone = bool(before) and before[-1].fact.kind in _OF_ONE_PERIOD
    own = mates(before[-1].fact, before[-1].value) if before and not alone else set()
    following = [
        (at, cite)
        for at, cite in reading.marks(start, end)
        if not before or cite.fact.id != before[-1].fact.id or cite.value.name not in own
    ]
    if not following:
        return None
    at, cite = following[0]
    if timely and is_period(cite.value) and at - start <= 2:
        return None
    between = reading.flat[start:at]
    joined = _RANGE.search(reading.flat, start, end)
    if joined and reading.context.lexicon.spread_nouns.search(between):
        low, high = (reading.cites[int(joined[place])] for place in (1, 2))
        one, other = number(low.value), number(high.value)
        if one is not None and other is not None:
            return cite, abs(other - one), low.value
    figure = main_number(cite.fact, cite.value)
    size = number(figure) if figure is not None else None
    if figure is None or size is None:
        return None
    return cite, size, figure


def _difference(
    reading: Reading, found: re.Match[str], left: Sequence[Cite], right: Side
) -> bool | None:
    """For `⟦gap⟧ above ⟦last⟧`: whether subject minus right side is the gap; None when no gap."""
    adjacent = _ADJACENT.search(reading.flat[: found.start()])
    if not adjacent or not _is_difference(reading.cites[int(adjacent[1])]):
        return None
    gap = reading.cites[int(adjacent[1])]
    size = number(gap.value)
    subjects = [cite for cite in left if cite is not gap]
    alike = [
        cite
        for cite in subjects
        if (figure := main_number(cite.fact, cite.value)) is not None
        and same_unit(figure, right[2])
    ]
    subjects = alike or subjects
    if size is None:
        return None
    candidates = subjects or [Cite(gap.fact, value) for value in gap.fact.values]
    sizes = [
        number(figure)
        for cite in reversed(candidates)
        if (figure := main_number(cite.fact, cite.value)) is not None
    ]
    lexicon = reading.context.lexicon
    sign = -1 if lexicon.smaller.fullmatch(found[0]) else 1
    if lexicon.better.fullmatch(found[0]) or lexicon.worse.fullmatch(found[0]):
        more = reading.more_is_better
        sign = 1 if more == bool(lexicon.better.fullmatch(found[0])) else -1
    percent = gap.value.format.kind == FormatKind.FORMAT_KIND_PERCENT
    relative = percent and not same_unit(gap.value, right[2])
    base = right[1] if relative else 1.0
    # The subject is the last name before, or the first, of two comparisons with one subject.
    for one in (sizes[0], sizes[-1]) if subjects and sizes else sizes:
        if one is None or not base:
            continue
        if abs(sign * (one - right[1]) / base - abs(size)) <= _CLOSE + 1e-6 * abs(one / base):
            return True
    return False


def _change_before(reading: Reading, found: re.Match[str]) -> float | None:
    """The signed change in `⟦change⟧ more than the month before`."""
    adjacent = _ADJACENT.search(reading.flat[: found.start()])
    value = reading.cites[int(adjacent[1])].value if adjacent else None
    return number(value) if value is not None and "change" in value.name.split("_") else None


def _change_of(reading: Reading, left: Sequence[Cite]) -> float | None:
    """The signed change of the fact whose last figure or period stands left."""
    for cite in reversed(left):
        if cite.value.name in {"last", "last_period", "end", "end_period"}:
            values = {value.name: value for value in cite.fact.values}
            size = number(values["change"]) if "change" in values else None
            if size is not None:
                return size
    return None


def _told_difference(reading: Reading, start: int, end: int) -> float | None:
    """The size of `by ⟦gap⟧` behind the right side of a comparison; None when there is none."""
    found = re.compile(r"\s*(?:the\s+)?⟦\d+⟧\s+by\s+⟦(\d+)⟧").match(reading.flat, start, end)
    cite = reading.cites[int(found[1])] if found else None
    size = number(cite.value) if cite is not None and _is_difference(cite) else None
    return None if size is None else abs(size)


def _is_difference(cite: Cite) -> bool:
    named = cite.value.name.split("_")[0] in {"gap", "lead", "swing", "difference", "change"}
    return named or bool(re.search(r"[\w)] - [\w(]", cite.value.provenance.formula))


def _judge(sign: int, difference: float, words: str, *, negative: bool) -> Iterator[Fault]:
    holds = sign * difference > 0
    if holds == negative:
        yield _contradicted(words)


def _by_claims(reading: Reading, sign: int, found: re.Match[str], right: Side) -> Iterator[Fault]:
    """A side has no figure: a claim of the right value's fact must order the two."""
    cite = right[0]
    names = mates(cite.fact, cite.value)
    for claim in cite.fact.claims:
        if claim.kind != ClaimKind.CLAIM_KIND_ABOVE or len(claim.subjects) != 2:
            continue
        if claim.subjects[1 if sign > 0 else 0] in names:
            return
    yield _unsupported(found[0])


def _in_words(
    reading: Reading, sign: int, found: re.Match[str], statement: tuple[int, int]
) -> Iterator[Fault]:
    """A comparison of two things without values: their facts' spreads, when both are known."""
    begin, end = statement
    if reading.has(reading.context.lexicon.spread_nouns, start=begin, end=end):
        left = mentioned(reading, reading.flat[begin : found.start()])
        right = mentioned(reading, reading.flat[found.end() : end])
        left = left or [fact for fact in spread_facts(reading) if fact not in right]
        if len(left) == 1 and len(right) == 1 and left != right:
            one, other = spread(left[0]), spread(right[0])
            if sign * ((one or 0.0) - (other or 0.0)) <= 0:
                yield _contradicted(found[0])
            return
    if reading.has(reading.context.lexicon.hedge, start=begin, end=found.start()):
        return
    if re.fullmatch(r"above|below|over|under|behind", found[0]):
        after = reading.flat[found.end() : found.end() + 12].strip()
        if not re.match(r"(?:the|its|their|average|mean|all|any|every|⟦)", after):
            return
    yield _unsupported(found[0])


def _topic_spread(reading: Reading, words: str) -> float | None:
    """The spread that the words speak of, when they name exactly one."""
    if not reading.context.lexicon.spread_nouns.search(words):
        return None
    facts = mentioned(reading, words)
    return spread(facts[0]) if len(facts) == 1 else None


def _contradicted(words: str) -> Fault:
    return fault(Code.COMPARISON_CONTRADICTED, words, "the cited values compare the other way")


def _unsupported(words: str) -> Fault:
    return fault(
        Code.COMPARISON_UNSUPPORTED, words, "cite the two values that are compared, in this order"
    )
