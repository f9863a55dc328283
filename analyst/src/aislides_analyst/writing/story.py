"""What a deck tells, and in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aislides_analyst.planning.movers import asks_who_moved
from aislides_analyst.planning.words import spoken, stems, words
from aislides_analyst.writing.breadth import is_breadth
from aislides_analyst.writing.columns import (
    group_columns,
    is_average,
    is_ordered,
    is_time,
    number_columns,
    role,
)
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
_SLIGHT = 0.02
_WEAK = 0.06
_CLEAR = 0.1
"""Part by which the last of a ranking of means lies below the first, for it to be a finding."""
_PAIR = 2
_FEW = 3
_MOST_BESIDE = 12
"""Groups of a ranking that can stand beside another."""
_WHOLE = re.compile(r"\{[^{}]+\} (?:had the (?:highest|largest)|came first)\b")
_BREAKDOWN = re.compile(r"\bby (.+?)(?: (?:for|in|where|from|with|since|and)\b|$)", re.I)
"""What the question behind a result calls its groups, where the column has another name."""
_SHORT_WORD = 2
"""Letters of words that name nothing: of, by, in."""
_SIDE_BY_SIDE = "side by side"
"""How a fact about two periods alone says what it is about."""
SAME_MONTHS = "months so far against those of the year before"
"""The same of a fact about a year that is not whole."""
_YEAR = re.compile(r"(?:FY ?)?(?:19|20)\d\d$")


@dataclass(frozen=True)
class Finding:
    """One measure of one result, worth a slide: the first fact is the message."""

    result: Result
    facts: tuple[Fact, ...]
    cautions: tuple[Fact, ...] = ()
    beside: Finding | None = None
    """Another ranking of the same measure that this one is compared with on one slide."""

    @property
    def message(self) -> Fact:
        """What the slide says."""
        return self.facts[0]

    @property
    def driver(self) -> Fact:
        """What a summary says of the finding: what made the change, else its message."""
        parts = [f for f in self.facts if f.kind == "contribution" and "first" in f.values]
        return parts[0] if parts else self.message


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

    @property
    def drivers(self) -> list[Fact]:
        """The findings' messages, or what made the change where that is known."""
        return [f.driver for f in self.findings]

    def level_of(self, fact: Fact) -> Fact | None:
        """The overall level of what a fact measures, over the same part of the data."""
        alike = (f for f in self.levels if (f.measure, f.scope) == (fact.measure, fact.scope))
        return next(alike, None)


def find_story(material: Material) -> Story:
    """Return the story of the facts; without facts it has no findings."""
    drawn = [r for r in material.results.values() if can_be_drawn(r)]
    plain = [r for r in drawn if len(group_columns(r)) == 1]
    findings = [f for r in plain for f in _of(r, material)]
    told = {f.message.measure for f in findings}
    finer = [f for r in drawn if r not in plain for f in _of(r, material)]
    findings += [f for f in finer if f.message.measure not in told]
    every = findings
    findings = [f for f in findings if not is_even(f.message) or _is_asked(f, material)]
    findings = [f for f in findings if not _is_slight(f, material)] or findings
    if len(findings) < _FEW:
        # That groups hardly differ is worth a slide where there is little else to tell.
        even = [f for f in every if is_even(f.message) and f not in findings]
        findings = [f for f in every if f in [*findings, *even[: _FEW - len(findings)]]]
    main = findings[0].message.measure if findings else ""
    findings.sort(key=lambda f: f.message.measure != main)
    told = {f.message.measure for f in findings}
    levels = [f for f in material.of_kind("level") if not f.by and (not told or f.measure in told)]
    levels.sort(key=lambda f: (len(f.scope), f.measure != main, "value" in f.values))
    best = {(f.measure, f.scope): f for f in reversed(levels)}
    limits = material.of_kind("coverage", "caution")
    return Story(
        findings=tuple(_with_bridges(_paired(findings), material)),
        levels=tuple(f for f in levels if best[f.measure, f.scope] is f),
        limits=tuple(f for f in limits if not _is_of_a_moment(f, material)),
    )


def bridges(fact: Fact) -> bool:
    """True for a fact about the groups' parts in a change between two spans of time."""
    return fact.kind == "contribution" and {"first_change", "change"} <= set(fact.values)


def _with_bridges(findings: Sequence[Finding], material: Material) -> list[Finding]:
    """The findings, those with a change of their groups followed by what it is made of."""
    told: list[Finding] = []
    for finding in findings:
        changes = [f for f in finding.facts if _is_change(f, material)]
        rest = tuple(f for f in finding.facts if f not in changes)
        told += [replace(finding, facts=rest)] if rest else []
        told += _changes(changes, material)[:1]
    used = {f.result for finding in told for f in finding.facts if _is_change(f, material)}
    seen = {finding.result.id for finding in told}
    left = [f for f in material.facts if _is_change(f, material) and f.result not in used | seen]
    told += _changes(left, material)
    return told


def _is_change(fact: Fact, material: Material) -> bool:
    asked = is_breadth(fact) and asks_who_moved(material.question)
    return asked or ((bridges(fact) or is_breadth(fact)) and fact.score >= _WEAK)


def _changes(facts: Sequence[Fact], material: Material) -> list[Finding]:
    """One slide for each result: the main part of a change, and how many groups moved so.

    The latter leads where the question asks who moved.
    """
    found: list[Finding] = []
    for result in dict.fromkeys(f.result for f in facts if f.result in material.results):
        own = [f for f in facts if f.result == result]
        widths = [f for f in own if is_breadth(f)]
        ahead = widths[:1] if asks_who_moved(material.question) else []
        first = next(iter([*ahead, *own]))
        alike = [f for f in own if f is not first and _spans(f) == _spans(first)]
        found.append(Finding(material.results[result], (first, *alike)))
    return found


def _spans(fact: Fact) -> tuple[str, ...]:
    """What a change is of, and between which spans."""
    names = ("previous_period", "last_period")
    spans = (fact.values[name].display for name in names if name in fact.values)
    return (fact.measure, fact.by, *spans)


def _paired(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, the last two whole rankings of one measure as one comparison.

    Only where other findings remain: two slides alike are dull, one alone tells more.
    """
    rankings = [f for f in findings if _is_whole_ranking(f)]
    alike = [f for f in rankings if rankings and f.message.measure == rankings[-1].message.measure]
    if len(alike) < _PAIR or len(findings) < _PAIR + 1:
        return list(findings)
    left, right = alike[-2:]
    paired = replace(left, beside=right)
    return [paired if f is left else f for f in findings if f is not right]


def _is_whole_ranking(finding: Finding) -> bool:
    fact = finding.message
    whole = bool(_WHOLE.match(fact.headline)) and not is_even(fact)
    return fact.kind == "leader" and whole and len(finding.result.rows) <= _MOST_BESIDE


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
    """True when the question names the breakdown, or its result came first."""
    named = _names(material.question, finding.message.by, finding.result.question)
    return named or finding.result.id == next(iter(material.results))


def is_named(fact: Fact, material: Material) -> bool:
    """True when the question names what the fact is split by."""
    result = material.results.get(fact.result)
    return _names(material.question, fact.by, result.question if result else "")


def _names(question: str, by: str, query: str) -> bool:
    """Whether a question names a breakdown as its column or as the query behind it calls it."""
    called = _BREAKDOWN.search(query)
    own = {*stems(spoken(by)), *(stems(called[1]) if called else ())}
    asked = {word.stem for word in words(question)}
    asked |= {stem.removesuffix("s") for stem in asked}  # SKUs, NGOs
    return any(len(stem) > _SHORT_WORD for stem in own & asked)


def _of(result: Result, material: Material) -> list[Finding]:
    """The findings of a result: one for each of its measures that has a message."""
    facts = _facts_of(result, material)
    cautions = [f for f in facts if f.kind == "caution" and not _is_of_a_moment(f, material)]
    found = []
    for column in _told_measures(result):
        telling = [f for f in facts if f.kind in _TELLING and f.measure in ("", column.name)]
        telling.sort(key=_rank)
        alike = tuple(f for f in cautions if f.measure in ("", column.name))
        if telling and any(f.by or f.kind != "level" for f in telling):
            found.append(Finding(result, tuple(telling), alike))
    first = _told_measures(result)[:1]
    names = ("", *(c.name for c in first))
    other = [f for f in facts if f.kind in _TELLING and f.measure in names]
    if not found and any(f.by or f.kind != "level" for f in other):
        other.sort(key=_rank)
        found.append(Finding(result, tuple(other), tuple(cautions)))
    return found


def _rank(fact: Fact) -> tuple[int, float, int]:
    """What a slide leads with: growth and direction before patterns, other levels last."""
    if fact.kind == "level":
        place = 0 if is_growth(fact) else 3 if fact.by else 4
    else:
        place = {"trend": 1, "contribution": 3}.get(fact.kind, 2)
    return (place, -fact.score, fact.order)


def _is_slight(finding: Finding, material: Material) -> bool:
    """True for a last change, or a difference nobody asked about, too small to carry a slide."""
    fact = finding.message
    if fact.kind == "level":
        return fact.score < _SLIGHT
    share = fact.values.get("share")
    part = share.exact if share else None
    if fact.kind == "leader" and isinstance(part, int | float) and part < _SLIGHT:
        return not _is_asked(finding, material)
    if fact.kind == "leader" and fact.spread >= _CLEAR and "share" not in fact.values:
        return False
    column = finding.result.column(fact.by)
    course = column is not None and is_time(role(finding.result, column))
    return fact.score < _WEAK and not course and not _is_asked(finding, material)


def is_growth(fact: Fact) -> bool:
    """True for the change of a whole year against the year before, or between two periods that
    the question compares."""
    last = fact.values.get("last_period") or fact.values.get("to_period")
    share = fact.values.get("change_share")
    size = share.exact if share else None
    small = isinstance(size, int | float) and abs(size) < _SLIGHT
    yearly = last is not None and bool(_YEAR.match(last.display))
    asked = fact.says.endswith((_SIDE_BY_SIDE, SAME_MONTHS))
    return fact.kind == "level" and (yearly or asked) and not small


def _facts_of(result: Result, material: Material) -> list[Fact]:
    """Facts about a result, and those about its measures and groups that finer results gave."""
    groups = [c.name for c in group_columns(result)]
    finer = {r.id for r in material.results.values() if len(group_columns(r)) > len(groups)}
    return [
        f
        for f in material.facts
        if f.result == result.id
        or (f.result in finer and [f.by] == groups and result.column(f.measure) is not None)
    ]


def _is_of_a_moment(fact: Fact, material: Material) -> bool:
    """True for a caution about a moment in time, which no reader would take for a ranking."""
    result = material.results.get(fact.result)
    column = result.column(fact.by) if result else None
    return fact.kind == "caution" and bool(result and column and is_ordered(role(result, column)))


def is_even(fact: Fact) -> bool:
    """True for a ranking or a pattern whose highest and lowest hardly differ."""
    return fact.is_even


def _told_measures(result: Result) -> list[Column]:
    """The measures worth a slide: not the counts that only came along to weigh an average."""
    numbers = number_columns(result)
    if not numbers:
        return []
    first = numbers[0]
    parts = set(_parts_of(first))
    weighed = is_average(first) or first.unit in ("%", "share") or _is_share(result, first)
    weighed = weighed or bool(parts)
    asked = set(stems(result.question))
    others = (c for c in numbers[1:] if not parts & set(spoken(c.name).split()))
    return [first, *(c for c in others if not _came_along(c, asked, weighed=weighed))]


def _parts_of(ratio: Column) -> list[str]:
    """What a ratio such as `revenue_per_spend` divides: sums of it came along to weigh it."""
    upper, _, lower = spoken(ratio.name).partition(" per ")
    return [*upper.split()[-1:], *lower.split()[:1]] if lower else []


def _came_along(column: Column, asked: set[str], *, weighed: bool) -> bool:
    """True for a count that weighs an average, or that nobody asked for."""
    counts = column.type in ("integer", "")
    return counts and (weighed or not asked & set(stems(spoken(column.name))))


def _is_share(result: Result, column: Column) -> bool:
    cells = [c for c in result.cells(column.name) if isinstance(c, int | float)]
    return bool(cells) and any(isinstance(c, float) for c in cells) and max(cells) <= 1
