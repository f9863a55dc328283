"""What a deck tells, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aislides_analyst.planning.words import spoken, stems, words
from aislides_analyst.writing.columns import is_average, number_columns
from aislides_analyst.writing.exhibits import can_be_drawn
from aislides_analyst.writing.material import Column, Fact, Material, Result

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
_TIMELY = ("trend", "seasonality", "level_shift", "outlier", "level")
_EARLIER_WEIGHS = 0.05
_DIRECTION_WEIGHS = 0.25
_EVEN = 0.1


@dataclass(frozen=True)
class Finding:
    """One measure of one result, worth a slide: the first fact is the message."""

    result: Result
    facts: tuple[Fact, ...]
    cautions: tuple[Fact, ...] = ()

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

    def level_of(self, measure: str) -> Fact | None:
        """The overall level of a measure."""
        return next((f for f in self.levels if f.measure == measure), None)


def find_story(material: Material) -> Story:
    """Return the story of the facts; without facts it has no findings."""
    findings = [f for r in material.results.values() if can_be_drawn(r) for f in _of(r, material)]
    main = findings[0].message.measure if findings else ""
    findings.sort(key=lambda f: f.message.measure != main)
    findings = [f for f in findings if not is_even(f.message) or _is_asked(f, material)]
    told = {f.message.measure for f in findings}
    levels = [f for f in material.of_kind("level") if not f.by and (not told or f.measure in told)]
    levels.sort(key=lambda f: f.measure != main)
    return Story(tuple(findings), tuple(levels), tuple(material.of_kind("coverage", "caution")))


def pick(findings: Sequence[Finding], room: int) -> list[Finding]:
    """The `room` strongest findings, in the order they were; earlier questions weigh more."""
    ranked = sorted(
        enumerate(findings),
        key=lambda item: -item[1].message.score + _EARLIER_WEIGHS * item[0],
    )
    return [finding for _, finding in sorted(ranked[:room], key=lambda item: item[0])]


def is_timely(fact: Fact) -> bool:
    """True for facts about a course over time."""
    return fact.kind in _TIMELY


def _is_asked(finding: Finding, material: Material) -> bool:
    """True when the question names the breakdown of the finding."""
    asked = {w.stem for w in words(material.question)}
    return bool(asked & set(stems(spoken(finding.message.by))))


def _of(result: Result, material: Material) -> list[Finding]:
    """The findings of a result: one for each of its measures that has a message."""
    facts = [f for f in material.facts if f.result == result.id]
    cautions = [f for f in facts if f.kind == "caution"]
    found = []
    for column in _told_measures(result):
        telling = [f for f in facts if f.kind in _TELLING and f.measure in ("", column.name)]
        telling.sort(key=_rank)
        alike = tuple(f for f in cautions if f.measure in ("", column.name))
        if telling and any(f.by or f.kind != "level" for f in telling):
            found.append(Finding(result, tuple(telling), alike))
    if not found and (other := [f for f in facts if f.kind in _TELLING]):
        other.sort(key=_rank)
        found.append(Finding(result, tuple(other), tuple(cautions)))
    return found


def _rank(fact: Fact) -> tuple[bool, bool, float, int]:
    """What a slide leads with: the direction over time before its pattern, levels last."""
    direction = _DIRECTION_WEIGHS if fact.kind in ("trend", "level_shift") else 0.0
    return (fact.kind == "level", not fact.by, -fact.score - direction, fact.order)


def is_even(fact: Fact) -> bool:
    """True for a ranking whose first and last hardly differ."""
    return fact.kind == "leader" and fact.spread < _EVEN


def _told_measures(result: Result) -> list[Column]:
    """The measures worth a slide: not the counts that only came along to weigh an average."""
    numbers = number_columns(result)
    if not numbers:
        return []
    first = numbers[0]
    weighed = is_average(first) or first.unit in ("%", "share") or _is_share(result, first)
    others = [c for c in numbers[1:] if not (weighed and c.type in ("integer", ""))]
    return [first, *others]


def _is_share(result: Result, column: Column) -> bool:
    cells = [c for c in result.cells(column.name) if isinstance(c, int | float)]
    return bool(cells) and any(isinstance(c, float) for c in cells) and max(cells) <= 1
