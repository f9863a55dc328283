"""What a language's words for proofs hold: what is compared, offset, supposed or praised."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestrator_svc.verify.lexicon.phrases import Phrases

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ComparedWords:
    """What words behind `above` or `more than` name, other than a value."""

    next_one: Pattern
    average: Pattern
    usual: Pattern
    start: Pattern
    sides: tuple[tuple[Pattern, tuple[str, ...]], ...]
    """Levels in words behind a part or a comparison, and the values that they may be."""
    apart: Pattern
    """A difference right behind a part: off, below or above something."""
    lost: Pattern
    """Words by which a part is one of what a fall took away."""
    whole_change: Pattern


@dataclass(frozen=True, slots=True)
class JudgingWords:
    """Words that praise or blame what they are said of."""

    praising: Phrases
    blaming: Phrases


@dataclass(frozen=True, slots=True)
class ProvingWords:
    """Words for relations that figures can prove."""

    offsetting: Phrases
    fully: Pattern
    countering: Phrases
    against: Phrases
    containing: Phrases
    opposing: Phrases
    turning: Phrases


@dataclass(frozen=True, slots=True)
class SupposingWords:
    """Words that suppose a part away, and what would have been then."""

    condition: Pattern
    leaving_out: Pattern
    """The beginning of a statement that leaves one group out."""
    would: Pattern
    larger: Pattern
    smaller: Pattern
    half_a_point: Pattern
    pronoun: Pattern
    mix: Pattern


@dataclass(frozen=True, slots=True)
class BreadthWords:
    """Words for how many of some groups moved one way."""

    every: Pattern
    none: Pattern
    all_but: Pattern
    """With what is left out: a number word, or a mark."""
    only: Pattern
    the_only: Pattern
    few: Pattern
