"""Faults: why a sentence is not proved, in a form that its writer can act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aislides.deck.v1.verdict_pb2 import Fault


class Code(StrEnum):
    """Stable codes; never rename one."""

    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    MALFORMED_REFERENCE = "MALFORMED_REFERENCE"
    EMPTY = "EMPTY"
    TOO_LONG = "TOO_LONG"
    MARKUP = "MARKUP"
    LANGUAGE = "LANGUAGE"
    TYPED_NUMBER = "TYPED_NUMBER"
    NUMBER_WORD_UNSUPPORTED = "NUMBER_WORD_UNSUPPORTED"
    UNIT_CONTRADICTED = "UNIT_CONTRADICTED"
    PERIOD_UNSUPPORTED = "PERIOD_UNSUPPORTED"
    NAME_NOT_CITED = "NAME_NOT_CITED"
    MISATTRIBUTED = "MISATTRIBUTED"
    DIRECTION_CONTRADICTED = "DIRECTION_CONTRADICTED"
    DIRECTION_UNSUPPORTED = "DIRECTION_UNSUPPORTED"
    SUPERLATIVE_CONTRADICTED = "SUPERLATIVE_CONTRADICTED"
    SUPERLATIVE_UNSUPPORTED = "SUPERLATIVE_UNSUPPORTED"
    COMPARISON_CONTRADICTED = "COMPARISON_CONTRADICTED"
    COMPARISON_UNSUPPORTED = "COMPARISON_UNSUPPORTED"
    FRACTION_CONTRADICTED = "FRACTION_CONTRADICTED"
    FRACTION_UNSUPPORTED = "FRACTION_UNSUPPORTED"
    MULTIPLE_CONTRADICTED = "MULTIPLE_CONTRADICTED"
    MULTIPLE_UNSUPPORTED = "MULTIPLE_UNSUPPORTED"
    UNIVERSAL_UNSUPPORTED = "UNIVERSAL_UNSUPPORTED"
    ORDER_CONTRADICTED = "ORDER_CONTRADICTED"
    ORDER_UNSUPPORTED = "ORDER_UNSUPPORTED"
    SINCE_UNSUPPORTED = "SINCE_UNSUPPORTED"
    UNUSUAL_UNSUPPORTED = "UNUSUAL_UNSUPPORTED"
    NEGATION_CONTRADICTED = "NEGATION_CONTRADICTED"
    CAUSE_UNSUPPORTED = "CAUSE_UNSUPPORTED"
    FORECAST_UNSUPPORTED = "FORECAST_UNSUPPORTED"
    UNKNOWN_RESULT = "UNKNOWN_RESULT"
    UNKNOWN_COLUMN = "UNKNOWN_COLUMN"
    HIGHLIGHT_UNRESOLVED = "HIGHLIGHT_UNRESOLVED"
    FILTER_MISSING = "FILTER_MISSING"
    TOTAL_REFUSED = "TOTAL_REFUSED"
    DUPLICATE_HEADLINE = "DUPLICATE_HEADLINE"
    CONTRADICTS_SLIDE = "CONTRADICTS_SLIDE"
    TOO_MANY = "TOO_MANY"


@dataclass(frozen=True, slots=True)
class SentenceFault:
    """The faults of one sentence or part of a slide."""

    slide_id: str
    field: str
    faults: tuple[Fault, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the faults, in reading order."""
        return tuple(fault.code for fault in self.faults)


def fault(code: Code, words: str, hint: str) -> Fault:
    """One reason, with the words at fault and what would make them right."""
    return Fault(code=code, words=words[:120], hint=hint[:300])
