"""Contrasts of two spreads: `season matters more than airport`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import Fact, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.entities import is_name, number, same_unit
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Cite, Reading
from orchestrator_svc.verify.spreads import mentioned, only_other, spread, spread_facts

_THAN = re.compile(r"\bthan\b")
_WORD = re.compile("[a-z]+")
_MULTIPLE = FormatKind.FORMAT_KIND_MULTIPLE


def check_contrasts(reading: Reading) -> Iterator[Fault]:
    """`A varies more than B`: by the two figures told, else by the spreads of their facts."""
    lexicon = reading.context.lexicon
    for sign, pattern in ((1, lexicon.differs_more), (-1, lexicon.differs_less)):
        for found in reading.find(pattern):
            told = _told(reading, found)
            if told is None:
                yield from _differs(reading, sign, found)
            elif sign * told <= 0:
                yield _contradicted(found[0])


def _told(reading: Reading, found: re.Match[str]) -> float | None:
    """By how much the first of two figures behind `than` exceeds the second: each of its side."""
    begin, end = reading.statement(found.start())
    than = _THAN.search(reading.flat, found.end(), end)
    if than is None or reading.marks(begin, than.end()):
        return None
    figures = [one for _, one in reading.marks(than.end(), end) if not is_name(one.value)]
    if len(figures) != 2 or figures[0].fact.id == figures[1].fact.id:
        return None
    if not same_unit(figures[0].value, figures[1].value):
        return None
    stop = next(at for at, _ in reading.marks(than.end(), end))
    sides = (reading.flat[begin : found.start()], reading.flat[than.end() : stop])
    own = [_is_of(reading, words, figures[at], figures[1 - at]) for at, words in enumerate(sides)]
    if (None in own and True not in own) or False in own:
        return None
    one, other = (number(figure.value) for figure in figures)
    if one is None or other is None:
        return None
    # Of two falls, the larger one is the faster.
    return abs(one) - abs(other) if one < 0 and other < 0 else one - other


def _is_of(reading: Reading, words: str, own: Cite, other: Cite) -> bool | None:
    """Whether the words name the figure's fact and not the other's; None when they name neither."""
    measured = [_measured(reading, words, one.fact) for one in (own, other)]
    split = mentioned(reading, words)
    first, second = measured if any(measured) else (own.fact in split, other.fact in split)
    return None if first == second else first


def _measured(reading: Reading, words: str, fact: Fact) -> bool:
    said = {root(word) for word in _WORD.findall(words)}
    named = reading.context.measures.named_by
    return any(fact.measure in named.get(word, frozenset()) for word in said)


def _differs(reading: Reading, sign: int, found: re.Match[str]) -> Iterator[Fault]:
    """`A and B vary more than C`: every spread at the left against every one at the right."""
    begin, end = reading.statement(found.start())
    than = _THAN.search(reading.flat, found.end(), end)
    if than:
        left = mentioned(reading, reading.flat[begin : than.start()])
        right = mentioned(reading, reading.flat[than.end() : end])
    else:
        start, stop = reading.clause(found.start())
        left = mentioned(reading, reading.flat[start:stop])
        right = mentioned(reading, reading.flat[begin:start] + reading.flat[stop:end])
        right = right or spread_facts(reading)
    if than and not (left and right):
        left, right = only_other(reading, left, right)
    right = [fact for fact in right if fact not in left]
    ones = [size for fact in left if (size := spread(fact)) is not None]
    others = [size for fact in right if (size := spread(fact)) is not None]
    if not ones or not others:
        yield _unsupported(found[0])
    elif (sign > 0 and min(ones) <= max(others)) or (sign < 0 and max(ones) >= min(others)):
        yield _contradicted(found[0])


def _contradicted(words: str) -> Fault:
    return fault(Code.COMPARISON_CONTRADICTED, words, "the cited values compare the other way")


def _unsupported(words: str) -> Fault:
    hint = "cite the two values that are compared, in this order"
    return fault(Code.COMPARISON_UNSUPPORTED, words, hint)
