"""Relations that facts prove: one change offsets another, a week contains a day, a level turned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FactKind, TimeGrain
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import is_name, is_period, main_number, moment, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

_DAYS = {"DAY": 1, "WEEK": 7, "MONTH": 31, "QUARTER": 92, "YEAR": 366}
_SHIFT = FactKind.FACT_KIND_LEVEL_SHIFT


def check_offsets(reading: Reading) -> Iterator[Fault]:
    """Words that set two changes against each other, or put one period inside another."""
    words = reading.context.lexicon.proving
    for found in reading.find(words.offsetting):
        one, other = _sides(reading, found)
        if not _opposed(one, other, further=words.fully.search(found[0]) is not None):
            yield _unproved(found[0])
    for found in (*reading.find(words.opposing), *reading.find(words.against)):
        one, _ = _sides(reading, found)
        others = [cite for _, cite in reading.marks() if is_name(cite.value)]
        counter = one is not None and one.value.name.startswith("counter")
        if not counter and not any(_opposed(one, other, further=False) for other in others):
            yield _unproved(found[0])
    for found in reading.find(words.countering):
        one, _ = _sides(reading, found)
        if (
            one is None
            or not one.value.name.startswith("counter")
            or _backwards(reading, found, one)
        ):
            yield _unproved(found[0])
    for found in reading.find(words.containing):
        one, other = _sides(reading, found)
        if one is None or other is None or not (is_period(one.value) and is_period(other.value)):
            continue
        if not _within(other, one):
            yield _unproved(found[0])
    for found in reading.find(words.turning):
        cites = [cite for _, cite in reading.marks(*reading.statement(found.start()))]
        if not any(one.fact.kind == _SHIFT and one.value.name == "shift_period" for one in cites):
            yield _unproved(found[0])


def _backwards(reading: Reading, found: re.Match[str], one: Cite) -> bool:
    """`softened the decline`, of a whole that rose."""
    lexicon = reading.context.lexicon
    change = next((number(value) for value in one.fact.values if value.name == "change"), None)
    wrong = lexicon.down if (change or 0.0) > 0 else lexicon.up
    right = lexicon.up if (change or 0.0) > 0 else lexicon.down
    return bool(wrong.search(found[0])) and not right.search(found[0])


def _sides(reading: Reading, found: re.Match[str]) -> tuple[Cite | None, Cite | None]:
    """The last name before the words, and the first one behind them."""
    begin, end = reading.statement(found.start())
    groups = reading.context.lexicon.proving.containing.fullmatch(found[0]) is None
    names = [
        (at, one)
        for at, one in reading.marks(begin, end)
        if is_name(one.value) and not (groups and is_period(one.value))
    ]
    before = [one for at, one in names if at < found.start()]
    after = [one for at, one in names if at >= found.end()]
    return (before[-1] if before else None), (after[0] if after else None)


def _opposed(one: Cite | None, other: Cite | None, *, further: bool) -> bool:
    """Whether the two groups of one fact moved in two directions, the first one further."""
    if one is None or other is None or one.fact.id != other.fact.id:
        return False
    changes = [main_number(cite.fact, cite.value) for cite in (one, other)]
    sizes = [number(change) for change in changes if change is not None and change.format.signed]
    if len(sizes) < 2 or sizes[0] is None or sizes[1] is None:
        return False
    return sizes[0] * sizes[1] < 0 and (not further or abs(sizes[0]) > abs(sizes[1]))


def _within(inner: Cite, outer: Cite) -> bool:
    """Whether the inner period begins in the outer one, by their dates."""
    begin, at = moment(outer.value), moment(inner.value)
    grain = outer.value.format.grain
    days = next((long for word, long in _DAYS.items() if _grain(grain).endswith(word)), 0)
    return begin is not None and at is not None and begin <= at < begin + days


def _grain(grain: TimeGrain.ValueType) -> str:
    return TimeGrain.Name(grain)


def _unproved(words: str) -> Fault:
    hint = "no check proves that relation; say what each figure is"
    return fault(Code.RELATION_UNPROVED, words, hint)
