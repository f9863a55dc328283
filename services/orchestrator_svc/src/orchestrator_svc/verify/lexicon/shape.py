"""What a language's file of claim words holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from orchestrator_svc.verify.lexicon.phrases import Index, Phrases, words
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.lexicon.shape_frames import FrameWords, RelationWords
from orchestrator_svc.verify.lexicon.shape_proofs import (
    BreadthWords,
    ComparedWords,
    JudgingWords,
    ProvingWords,
    SupposingWords,
)

Pattern = re.Pattern[str]
_OPEN = re.compile("more than|over|less|under|below")


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words for a fraction or multiple, with the values they are true of: `low` to `high`."""

    pattern: Phrases
    low: float
    high: float

    @property
    def open(self) -> bool:
        """Whether the words exclude their bound: more than half is not half."""
        return bool(_OPEN.search(self.pattern.text))


@dataclass(frozen=True, slots=True)
class PeriodWord:
    """Words for a part of the year (months 1 to 12) or of the day (hours 0 to 23)."""

    pattern: Phrases
    months: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Topic:
    """Words for one thing: when the data hold one of `named_by`, a sentence may use all `words`."""

    named_by: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class SpanWords:
    """Words for what a figure is told of: the whole, a period, a difference, a rank, a degree."""

    strong: Phrases
    slight: Phrases
    even: Phrases
    overall: Phrases
    ranged: Phrases
    ranging: Phrases
    pronouns: Phrases
    differing: Phrases
    before_side: Phrases
    after_side: Phrases
    earlier_side: Phrases
    later_side: Phrases
    beginning: Phrases
    per_period: Pattern
    from_to: Pattern
    each_period: Phrases
    relative_period: Phrases
    grain_words: Mapping[str, str]
    than_any_other: Phrases
    none_more_than: Phrases
    place: Phrases
    place_names: Mapping[str, str]
    of_all: Phrases
    of_the_ranked: Phrases
    """Words by which a ranking is one of the larger groups only."""
    combined: Phrases
    period_before: Pattern
    the_one_before: Pattern
    n_in_m: Phrases
    breadth: BreadthWords


@dataclass(frozen=True, slots=True)
class BindingWords:
    """Words that bind a figure: to a whole, a unit, an aggregate, a basis, an owner, a role."""

    share_of: Pattern
    of_all: Pattern
    per: Pattern
    ranked_thing: Pattern
    together: Phrases
    chiefly_in: Pattern
    to_level: Pattern
    multiple_above: Pattern
    more_than: Pattern
    of_what: Pattern
    of_that: Pattern
    of_usual: Pattern
    more_by: Pattern
    by_how_much: Pattern
    out_of: Pattern
    unit_apart: Pattern
    bound: Pattern
    of_groups: Pattern
    of_change: Pattern
    yields: Phrases
    denying: Phrases
    not_denying: Phrases
    left_out: Phrases
    remaining: Phrases
    presumed: Pattern
    ranked_grain: Phrases
    grain_of: Pattern
    figure_before: Pattern
    in_period: Pattern
    sizes: Phrases
    no_part: Phrases
    idioms: Phrases
    others: Phrases
    others_before: Pattern
    """What stands before the number of groups that are left."""
    losing: Pattern
    """Verbs whose object is what a rate leaves, such as `loses`."""
    average_of: Pattern
    bare: Phrases
    bare_up: frozenset[str]
    slow: frozenset[str]
    durations: frozenset[str]
    at_least: Phrases
    one_of: Pattern
    costing: Phrases
    made_do: Pattern
    inside_groups: Pattern
    saving: Phrases
    seasonal: Pattern
    ranked_one: Pattern
    is_the_one: Pattern
    continuing: Phrases
    latest: Phrases
    quantified: Pattern
    rated: Pattern
    changes: Phrases
    even_pace: Phrases
    outranking: Phrases
    adjacent: Phrases
    stemming: Phrases
    warning: Phrases
    resting: Phrases
    totalled: Phrases
    in_total: Phrases
    averaged: Phrases
    median: Phrases
    bases: tuple[tuple[Phrases, float], ...]


@dataclass(frozen=True)
class Lexicon:
    """Claim words as patterns over lower-case text in which references read `⟦0⟧`, `⟦1⟧`, ..."""

    language: str
    up: Phrases
    down: Phrases
    loss: Phrases
    flat: Phrases
    highest: Phrases
    lowest: Phrases
    best: Phrases
    worst: Phrases
    greater: Phrases
    smaller: Phrases
    timely: Phrases
    better: Phrases
    worse: Phrases
    improving: Phrases
    worsening: Phrases
    equal: Phrases
    rank_change: Phrases
    differs_more: Phrases
    differs_less: Phrases
    spread_nouns: Phrases
    quantities: tuple[Quantity, ...]
    multiples: tuple[Quantity, ...]
    each: Phrases
    universal: Phrases
    scope: Phrases
    earlier_first: Phrases
    later_first: Phrases
    consecutive: Phrases
    since: Phrases
    until: Phrases
    unusual: Phrases
    ordinary: Phrases
    cause: Phrases
    forecast: Phrases
    hedge: Phrases
    negation: Phrases
    merely: Pattern
    """What makes an addition of a denial: `not only`."""
    mental: Pattern
    ordinal: Phrases
    magnitudes: tuple[Quantity, ...]
    number_words: Mapping[str, int]
    tens: Mapping[str, int]
    months: Mapping[str, int]
    periods: tuple[PeriodWord, ...]
    units: Mapping[str, str]
    function_words: frozenset[str]
    several: Phrases
    spans: SpanWords
    bindings: BindingWords
    compared: ComparedWords
    judging: JudgingWords
    frames: FrameWords
    relations: RelationWords
    joints: frozenset[str]
    supposing: SupposingWords
    proving: ProvingWords
    based_on: Pattern
    rank_of: Pattern
    ordinal_low: Phrases
    clause_break: Pattern
    at_words: Pattern
    level_verbs: Pattern
    attribution_stops: Phrases
    judged: frozenset[str]
    unwelcome: frozenset[str]
    welcome: frozenset[str]
    people: frozenset[str]
    opposites: Mapping[str, Phrases]
    plain: frozenset[str]
    guarded: frozenset[str]
    topics: tuple[Topic, ...]
    measured: tuple[Topic, ...]
    of_any_measure: frozenset[str]
    unclaimed: Phrases
    imperative: Pattern

    @cached_property
    def double_digits(self) -> Phrases | None:
        """Words for a relative change of ten to ninety-nine per cent."""
        return next((one.pattern for one in self.quantities if "digit" in one.pattern.text), None)

    @cached_property
    def moves_and_ranks(self) -> frozenset[Phrases]:
        """Words that move, rank or compare, unless they are what is measured."""
        moves = (self.up, self.down, self.loss, self.flat, self.greater, self.smaller)
        return frozenset(
            (*moves, self.highest, self.lowest, self.best, self.worst, self.rank_change)
        )

    @cached_property
    def told(self) -> frozenset[str]:
        """The plain words that a statement of what is may use."""
        return self.plain - self.guarded

    @cached_property
    def doers(self) -> frozenset[str]:
        """Words that may stand before what is said to have added or cut something."""
        return self.function_words | self.joints | self.frames.agents

    def topics_of(self, word: str) -> tuple[Topic, ...]:
        """The topics that the word is one of."""
        found = self._topics_of.get(word, ())
        doer = word.endswith(("er", "ers", "or", "ors"))
        return self._topics_of_root.get(root(word), ()) if doer and not found else found

    @cached_property
    def _topics_of(self) -> Mapping[str, tuple[Topic, ...]]:
        found: dict[str, tuple[Topic, ...]] = {}
        for topic in self.topics:
            for word in topic.words:
                found[word] = (*found.get(word, ()), topic)
        return found

    @cached_property
    def _topics_of_root(self) -> Mapping[str, tuple[Topic, ...]]:
        found: dict[str, tuple[Topic, ...]] = {}
        for word, topics in self._topics_of.items():
            found[root(word)] = tuple(dict.fromkeys((*found.get(root(word), ()), *topics)))
        return found

    @cached_property
    def fraction_of(self) -> Mapping[Phrases, Quantity]:
        """The fractions by their phrases."""
        return {one.pattern: one for one in self.quantities}

    @cached_property
    def multiple_of(self) -> Mapping[Phrases, Quantity]:
        """The multiples by their phrases."""
        return {one.pattern: one for one in self.multiples}

    @cached_property
    def magnitude_of(self) -> Mapping[Phrases, Quantity]:
        """The magnitudes by their phrases."""
        return {one.pattern: one for one in self.magnitudes}

    @cached_property
    def period_of(self) -> Mapping[Phrases, PeriodWord]:
        """The parts of the year and of the day by their phrases."""
        return {one.pattern: one for one in self.periods}

    @cached_property
    def claims(self) -> frozenset[Phrases]:
        """All whose words some check understands."""
        return frozenset((*self._phrases, self._numbers)) - {*self._not_claims}

    @cached_property
    def index(self) -> Index:
        """Which of the phrases may stand in a text."""
        return Index((*self._phrases, self._numbers))

    @cached_property
    def _numbers(self) -> Phrases:
        return words("; ".join((*self.number_words, *self.tens, *self.months)))

    @cached_property
    def _phrases(self) -> tuple[Phrases, ...]:
        own = [
            getattr(part, one.name)
            for part in (self, self.spans, self.bindings, self.judging, self.proving)
            for one in fields(part)
        ]
        several = (*self.quantities, *self.multiples, *self.magnitudes)
        return (
            *(one for one in own if isinstance(one, Phrases)),
            *(one.pattern for one in several),
            *(one.pattern for one in self.periods),
            *(one for one, _ in self.bindings.bases),
            *self.opposites.values(),
        )

    @property
    def _not_claims(self) -> tuple[Phrases, ...]:
        """Patterns that find where a claim stands, and not what it says."""
        spans = self.spans
        return (
            *(self.attribution_stops, spans.differing, spans.before_side, spans.after_side),
            *(spans.earlier_side, spans.later_side, *self.opposites.values()),
            *(spans.ranged, spans.ranging, spans.pronouns, self.bindings.warning),
            *(self.bindings.yields, self.bindings.resting, self.bindings.remaining),
            *(self.bindings.left_out, self.bindings.others, self.bindings.costing),
        )
