"""A reading: one way to put what facts hold."""

from __future__ import annotations

from dataclasses import dataclass

from aislides_analyst.writing.material import Fact


@dataclass(frozen=True)
class Reading:
    """A lead, one sentence, and the facts that prove it."""

    lead: str
    text: str
    facts: tuple[Fact, ...]
    short_lead: str = ""
    """For when names make the lead too long; empty takes the usual one of the fact's kind."""
