"""What a language's file of claim words holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words for a fraction or multiple, with the values they are true of: `low` to `high`."""

    pattern: Pattern
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PeriodWord:
    """Words for a part of the year (months 1 to 12) or of the day (hours 0 to 23)."""

    pattern: Pattern
    months: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Claim words as patterns over lower-case text in which references read `⟦0⟧`, `⟦1⟧`, ..."""

    language: str
    up: Pattern
    down: Pattern
    flat: Pattern
    highest: Pattern
    lowest: Pattern
    best: Pattern
    worst: Pattern
    greater: Pattern
    smaller: Pattern
    timely: Pattern
    better: Pattern
    worse: Pattern
    improving: Pattern
    worsening: Pattern
    equal: Pattern
    rank_change: Pattern
    differs_more: Pattern
    differs_less: Pattern
    spread_nouns: Pattern
    quantities: tuple[Quantity, ...]
    multiples: tuple[Quantity, ...]
    quantity_hint: Pattern
    each: Pattern
    universal: Pattern
    scope: Pattern
    earlier_first: Pattern
    later_first: Pattern
    consecutive: Pattern
    since: Pattern
    until: Pattern
    unusual: Pattern
    ordinary: Pattern
    cause: Pattern
    forecast: Pattern
    hedge: Pattern
    negation: Pattern
    ordinal: Pattern
    magnitudes: tuple[Quantity, ...]
    number_words: Mapping[str, int]
    months: Mapping[str, int]
    periods: tuple[PeriodWord, ...]
    units: Mapping[str, str]
    function_words: frozenset[str]
    several: Pattern
    based_on: Pattern
    rank_of: Pattern
    ordinal_low: Pattern
    clause_break: Pattern
    at_words: Pattern
    level_verbs: Pattern
    attribution_stops: Pattern
