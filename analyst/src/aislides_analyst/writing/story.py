"""What a deck tells, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aislides_analyst.writing.columns import number_columns
from aislides_analyst.writing.exhibits import can_be_drawn
from aislides_analyst.writing.material import Fact, Material, Result

_TELLING = (
    "trend",
    "seasonality",
    "level_shift",
    "outlier",
    "leader",
    "concentration",
    "contribution",
    "level",
)
_TIMELY = ("trend", "seasonality", "level_shift", "outlier", "contribution", "level")
_MOST_READINGS = 3


@dataclass(frozen=True)
class Finding:
    """One result worth a slide; the first fact is its message, the others its readings."""

    result: Result
    facts: tuple[Fact, ...]

    @property
    def message(self) -> Fact:
        """What the slide says."""
        return self.facts[0]


@dataclass(frozen=True)
class Story:
    """The findings in the order they are told, and what surrounds them."""

    findings: tuple[Finding, ...]
    levels: tuple[Fact, ...]
    limits: tuple[Fact, ...]

    @property
    def messages(self) -> list[Fact]:
        """The findings' messages, in order."""
        return [f.message for f in self.findings]


def find_story(material: Material) -> Story:
    """Return the story of the facts; without facts it has no findings."""
    findings = [
        finding
        for result in material.results.values()
        if can_be_drawn(result) and (finding := _finding(result, material))
    ]
    shown = {f.id for finding in findings for f in finding.facts}
    levels = tuple(f for f in material.of_kind("level"))
    limits = tuple(f for f in material.of_kind("coverage", "caution") if f.id not in shown)
    return Story(tuple(findings), levels, limits)


def _finding(result: Result, material: Material) -> Finding | None:
    facts = [f for f in material.facts if f.result == result.id and f.kind in _TELLING]
    if not facts:
        return None
    numbers = [c.name for c in number_columns(result)]
    asked = numbers[0] if numbers else ""

    def rank(fact: Fact) -> tuple[bool, bool, float]:
        return (fact.measure not in ("", asked), fact.kind == "level", -fact.score)

    return Finding(result, tuple(_varied(sorted(facts, key=rank))[:_MOST_READINGS]))


def _varied(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with those first that are of a kind and measure not told before."""
    told: set[tuple[str, str]] = set()
    first: list[Fact] = []
    later: list[Fact] = []
    for fact in facts:
        key = (fact.kind, fact.measure)
        (later if key in told else first).append(fact)
        told.add(key)
    return first + later


def pick(findings: Sequence[Finding], room: int) -> list[Finding]:
    """The `room` strongest findings, in the order they were; earlier questions weigh more."""
    ranked = sorted(
        enumerate(findings), key=lambda item: (-item[1].message.score + 0.05 * item[0], item[0])
    )
    return [finding for _, finding in sorted(ranked[:room], key=lambda item: item[0])]


def is_timely(fact: Fact) -> bool:
    """True for facts about a course over time."""
    return fact.kind in _TIMELY
