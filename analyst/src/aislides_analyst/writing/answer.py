"""The answer of a deck in one sentence: how it developed, and who stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides_analyst.planning.movers import asks_who_moved
from aislides_analyst.planning.words import spoken, stems, was
from aislides_analyst.writing.breadth import is_breadth
from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.story import (
    SAME_MONTHS,
    Story,
    is_even,
    is_growth,
    is_named,
    is_timely,
)
from aislides_analyst.writing.wording import (
    fits_headline,
    headline,
    headlines,
    sentence,
    shorter,
    spanned,
    weak_end,
)

_SUPERLATIVE = re.compile(r"^\{[^{}]+\} (?:had the (highest|largest)|came first)\b")
_MOST_NAMED = 2
_BELOW = re.compile(
    r"\b(?:loss(?:es)?|los(?:e|es|t|ing) (?:us )?money|unprofitable|negative|below zero|in the red|"
    r"deficits?)\b",
    re.I,
)


def answers(story: Story, material: Material) -> list[str]:
    """Headlines that answer the question, the fullest first; all print on two lines."""
    messages = sorted(story.messages, key=lambda f: (-f.score, f.order))
    telling = [f for f in messages if not is_even(f)]
    leaders = [f for f in story.messages if _superlative(f) and not is_even(f)]
    ahead = material.asks_who and leaders[:1] == story.messages[:1]
    candidates = [
        *_asked_first(story, material),
        *(joined(leaders[:1], material) if ahead else ()),
        *_joined(story.messages, material),
    ]
    named = _named_in(messages, material)
    for fact in (*named, *telling):
        candidates += [_short(fact, material), headline(fact, material)]
    candidates += [headline(f, material) for f in (*story.levels, *messages)]
    candidates += [sentence(f, material).rstrip(".") for f in (*messages, *story.levels)]
    return [text for text in candidates if text and fits_headline(text, material)]


def _short(fact: Fact, material: Material) -> str:
    """The headline without its last figure, so that its slide has more to say."""
    text = headline(fact, material)
    short = shorter(text)
    return "" if is_even(fact) or short == text else short


def _asked_first(story: Story, material: Material) -> Iterator[str]:
    """The breakdown that the question names where it hardly differs; the way where one is asked."""
    if asks_who_moved(material.question):
        widths = [f for finding in story.findings for f in finding.facts if is_breadth(f)]
        yield from (text for f in widths[:1] for text in headlines(f, material))
    if _BELOW.search(material.question):
        every = [f for finding in story.findings for f in finding.facts if "below" in f.values]
        yield from (headline(f, material) for f in every[:1])
    if material.asks_who and not material.asks_for_the_weak:
        asked = _named_in(story.messages, material)
        yield from joined(asked[:1], material)
        if not any(_superlative(f) for f in asked):
            yield from (headline(f, material) for f in asked[:1])
    for fact in story.messages[:1]:
        named = set(stems(spoken(fact.by))) & set(stems(material.question))
        if is_even(fact) and named:
            if material.asks_who and not material.asks_for_the_weak and _superlative(fact):
                yield fact.headline
            yield headline(fact, material)
    courses = [f for f in story.messages if is_timely(f) and not is_even(f)]
    if material.asks_how_much:
        yield from (headline(f, material) for f in story.levels[:1])
    if material.asks_for_a_change:
        yield from (spanned(f, material) for f in courses[:1])


def _named_in(messages: Sequence[Fact], material: Material) -> list[Fact]:
    """Facts by what the question names: of "which SKUs" not those by category."""
    return [f for f in messages if not is_even(f) and is_named(f, material)]


def _joined(messages: Sequence[Fact], material: Material) -> Iterator[str]:
    """The course of a measure with the groups where it is highest, in one sentence."""
    courses = [f for f in messages if _is_course(f)]
    named = _named_in([f for f in messages if f.kind == "leader"], material)
    leaders = [f for f in named or messages if _superlative(f) and not is_even(f)]
    for course in courses[:1]:
        alike = [f for f in leaders if (f.measure, f.scope) == (course.measure, course.scope)]
        clause = _course(course)
        if course.kind == "outlier":
            yield clause
        for names, rank in _named(alike, material):
            yield f"{clause} and {was(course.measured)} {rank} for {names}"
        if is_growth(course) and (not alike or course.says.endswith(SAME_MONTHS)):
            yield clause
    yield from joined(leaders, material)


def joined(leaders: Sequence[Fact], material: Material) -> Iterator[str]:
    """The first groups of several rankings of one measure in one sentence, the most first.

    The last groups, where the question is about those.
    """
    ranked = [f for f in leaders if _superlative(f)]
    if not ranked:
        return
    first = ranked[0]
    alike = [f for f in ranked if (f.measure, f.scope) == (first.measure, first.scope)]
    for names, rank in _named(alike, material):
        measured = _measured(alike[0])
        yield f"{measured} {was(measured.lower())} {rank} for {names}"


def _is_course(fact: Fact) -> bool:
    """True for a development whose subject is the measure itself."""
    lasting = is_timely(fact) and (fact.kind != "level" or is_growth(fact))
    return lasting and not fact.headline.startswith("The peak of ")


def _course(fact: Fact) -> str:
    """How a measure developed, in few words."""
    if fact.says.endswith(SAME_MONTHS) and "change_share" in fact.values:
        verb = "grew" if " rose " in fact.headline else "fell"
        span = f"from {fact.ref('from_period')} to {fact.ref('to_period')}, year on year"
        return f"{fact.subject} {verb} by {fact.ref('change_share')} {span}"
    if is_growth(fact) and "change_share" in fact.values:
        rose, year = " rose " in fact.headline, fact.ref("last_period")
        if fact.measured.startswith("average"):
            return f"{fact.subject} {'rose' if rose else 'fell'} to {fact.ref('last')} in {year}"
        verb = "grew" if rose else "fell"
        return f"{fact.subject} {verb} by {fact.ref('change_share')} in {year}"
    return shorter(fact.headline)


def _named(leaders: Sequence[Fact], material: Material) -> Iterator[tuple[str, str]]:
    """The first of the rankings by name, as many as fit, with the word for their rank."""
    ends = [weak_end(f, material) for f in leaders]
    told = [
        (place, word) if place else (f.ref("first"), _superlative(f))
        for f, (place, word) in zip(leaders, ends, strict=True)
    ]
    told = [(name, rank) for name, rank in told if rank == told[0][1]]
    for count in range(min(_MOST_NAMED, len(told)), 0, -1):
        yield " and ".join(name for name, _ in told[:count]), told[0][1]


def _measured(leader: Fact) -> str:
    """What the ranking measures, at the start of a sentence; things counted as their number."""
    measured = leader.measured
    first = leader.values.get("first_value")
    if first and first.unit and first.unit == measured:
        return f"The number of {measured}"
    return f"{measured[:1].upper()}{measured[1:]}"


def _superlative(leader: Fact) -> str:
    """The word for a leader's rank; empty where the ranking leaves groups out."""
    found = _SUPERLATIVE.match(leader.headline)
    if leader.kind != "leader" or not found or "first" not in leader.values:
        return ""
    return found[1] or "largest"
