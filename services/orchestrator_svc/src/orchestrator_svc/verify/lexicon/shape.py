"""What a language's file of claim words holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

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


@dataclass(frozen=True)
class SpanWords:
    """Words for what a figure is told of: the whole, a period, a difference, a rank, a degree."""

    strong: Pattern
    slight: Pattern
    even: Pattern
    overall: Pattern
    ranged: Pattern
    pronouns: Pattern
    differing: Pattern
    before_side: Pattern
    after_side: Pattern
    beginning: Pattern
    per_period: Pattern
    from_to: Pattern
    each_period: Pattern
    relative_period: Pattern
    grain_words: Mapping[str, str]
    than_any_other: Pattern
    none_more_than: Pattern
    place: Pattern
    place_names: Mapping[str, str]
    of_all: Pattern
    combined: Pattern
    period_before: Pattern
    n_in_m: Pattern


@dataclass(frozen=True)
class Lexicon:
    """Claim words as patterns over lower-case text in which references read `⟦0⟧`, `⟦1⟧`, ..."""

    language: str
    up: Pattern
    down: Pattern
    loss: Pattern
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
    tens: Mapping[str, int]
    months: Mapping[str, int]
    periods: tuple[PeriodWord, ...]
    units: Mapping[str, str]
    function_words: frozenset[str]
    several: Pattern
    spans: SpanWords
    based_on: Pattern
    rank_of: Pattern
    ordinal_low: Pattern
    clause_break: Pattern
    at_words: Pattern
    level_verbs: Pattern
    attribution_stops: Pattern
    judged: frozenset[str]
    plain: frozenset[str]
    topics: tuple[frozenset[str], ...]
    unclaimed: Pattern
    imperative: Pattern

    @cached_property
    def claims(self) -> tuple[Pattern, ...]:
        """Every pattern whose words some check understands."""
        own = [getattr(part, one.name) for part in (self, self.spans) for one in fields(part)]
        several = (*self.quantities, *self.multiples, *self.magnitudes)
        words = "|".join(sorted((*self.number_words, *self.months), key=len)[::-1])
        return (
            *(one for one in own if isinstance(one, re.Pattern) and one not in self._not_claims),
            *(one.pattern for one in several),
            *(one.pattern for one in self.periods),
            re.compile(rf"(?<![\w⟦])(?:{words})(?![\w⟧])"),
        )

    @property
    def _not_claims(self) -> tuple[Pattern, ...]:
        """Patterns that find where a claim stands, and not what it says."""
        spans = self.spans
        return (
            *(self.clause_break, self.attribution_stops, self.level_verbs, self.quantity_hint),
            *(self.imperative, self.at_words, self.rank_of, self.based_on, spans.from_to),
            *(spans.differing, spans.before_side, spans.after_side, spans.ranged, spans.pronouns),
        )
