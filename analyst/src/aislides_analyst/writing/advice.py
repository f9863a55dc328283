"""What a deck suggests: where to act first, how far it lies off, and what that would mean.

Only what a fact holds supports advice: a group behind the average of a measure that has a good
side, a group that made most of a change, or a part of a cost that somebody wants to cut. A peak or
a large share alone supports none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.reading import Reading
from aislides_analyst.writing.story import Finding, Story, bridges
from aislides_analyst.writing.wording import fits_point

_MOST_POINTS = 3
_FEWEST_POINTS = 2
_MOST_PLACES = 2
_COSTS = re.compile(
    r"\b(?:cost|costs|expenses?|spend|spending|delays?|waits?|churn|churned|complaints?|returns|refunds|"
    r"absences?|incidents?|accidents?|errors?|defects?|leavers|who left|downtime)\b"
)
"""What should be low: a rise of it is what to act on."""
_CUT = re.compile(r"\b(?:cut|reduce|save|saving|savings|trim|lower|cheaper)\b", re.I)


def advise(story: Story, material: Material) -> list[Reading]:
    """Return two or three points on where to act first; empty when no fact supports any."""
    said: list[Reading] = []
    grounds = _grounds(story, material)[:_MOST_PLACES]
    for fact in grounds:
        told = list(_advice(fact, story.level_of(fact)))
        said += told if len(grounds) == 1 else told[:2] if not said else _then(told[:1])
    fitting = [r for r in said if fits_point(r.text, material)][:_MOST_POINTS]
    return fitting if len(fitting) >= _FEWEST_POINTS else []


def advice_headlines(advice: list[Reading]) -> Iterator[str]:
    """Where to start, by name and with how far it lies off, the fullest wording first."""
    first = advice[0].facts[0]
    start = f"Start with {first.ref(_place(first))}"
    if len(advice[0].facts) > 1:
        mean = advice[0].facts[1].ref("mean")
        yield f"{start}, at {first.ref('lag_value')} against {mean} overall"
    elif bridges(first):
        yield f"{start}, which moved {first.measured} by {first.ref('first_change')}"
    elif "share" in first.values:
        yield f"{start}, which made up {first.ref('share')} of the total"
    yield start


def _grounds(story: Story, material: Material) -> list[Fact]:
    """Facts that support advice: groups behind, bad changes, then costs to cut.

    Those with most at stake come first; of facts about one group only the first counts.
    """
    findings = [f for finding in story.findings for f in _facts(finding)]
    behind = sorted((f for f in findings if "lag" in f.values), key=lambda f: -_stake(f, story))
    parts = sorted((f for f in findings if bridges(f) and _is_bad(f)), key=lambda f: -f.score)
    grounds = [*behind, *parts[:1]]
    if _CUT.search(material.question):
        grounds += [f for f in findings if f.kind == "leader" and "share" in f.values]
    named: dict[str, Fact] = {}
    for fact in grounds:
        if _place(fact):
            named.setdefault(fact.values[_place(fact)].display, fact)
    kept: dict[str, Fact] = {}
    for fact in named.values():
        # A group under the name of another breakdown has the same figures.
        figures = [fact.values[n].display for n in ("lag_value", "would") if n in fact.values]
        kept.setdefault(" ".join(figures) or fact.id, fact)
    return list(kept.values())


def _stake(fact: Fact, story: Story) -> float:
    """How far the whole would move, as part of itself, with the group behind at the average."""
    level = story.level_of(fact)
    mean = level.values.get("mean") if level else None
    would = fact.values.get("would")
    if not mean or not would:
        return 0.0
    before, after = mean.exact, would.exact
    if not isinstance(before, int | float) or not isinstance(after, int | float) or not before:
        return 0.0
    return abs(before - after) / abs(before)


def _is_bad(fact: Fact) -> bool:
    """True for a fall, and for a rise of what should be low."""
    change = fact.values["change"].exact
    costs = bool(_COSTS.search(fact.measured))
    return isinstance(change, int | float) and (change > 0) == costs


def _facts(finding: Finding) -> Iterator[Fact]:
    yield from finding.facts
    if finding.beside:
        yield from _facts(finding.beside)


def _place(fact: Fact) -> str:
    """The name of the value that says where to act; empty for none."""
    return next((name for name in ("lag", "first") if name in fact.values), "")


def _then(told: list[Reading]) -> list[Reading]:
    """The same as what to do next."""
    leads = {r.lead: r.lead.replace("Start with", "Then") for r in told}
    return [replace(r, lead=leads[r.lead], short_lead="Where to go on") for r in told]


def _advice(fact: Fact, level: Fact | None) -> Iterator[Reading]:
    if {"lag", "lag_value", "would"} <= set(fact.values):
        if level and "mean" in level.values:
            yield from _of_lag(fact, level)
    elif bridges(fact):
        yield from _of_part(fact)
    elif "share" in fact.values:
        yield Reading(
            f"Start with {fact.ref('first')}",
            f"{fact.ref('first')} made up {fact.ref('share')} of the total, "
            f"{fact.ref('first_value')}.",
            (fact,),
            "Where most of it is",
        )


def _of_lag(fact: Fact, level: Fact) -> Iterator[Reading]:
    lag, mean = fact.ref("lag"), level.ref("mean")
    rests = f"; the figure rests on {fact.ref('lag_base')}" if "lag_base" in fact.values else ""
    yield Reading(
        f"Start with {lag}",
        f"{lag} stood at {fact.ref('lag_value')}, against {mean} overall{rests}.",
        (fact, level),
        "Where to start",
    )
    yield Reading(
        "What it would bring",
        f"With {lag} at the overall {mean}, the whole would come to {fact.ref('would')}.",
        (fact, level),
    )
    best = "last" if fact.values["lag"].display == fact.values["first"].display else "first"
    yield Reading(
        f"Compare with {fact.ref(best)}",
        f"{fact.ref(best)} stood at {fact.ref(f'{best}_value')}; ask what it does differently.",
        (fact,),
        "Whom to compare with",
    )


def _of_part(fact: Fact) -> Iterator[Reading]:
    first = fact.ref("first")
    yield Reading(
        f"Start with {first}",
        f"{first} moved {fact.measured} by {fact.ref('first_change')}, "
        f"the whole by {fact.ref('change')}.",
        (fact,),
        "Where to start",
    )
    if "rest" in fact.values:
        yield Reading(
            "Without it",
            f"Without that part, the change would be {fact.ref('rest')}.",
            (fact,),
        )
    if {"previous_period", "last_period"} <= set(fact.values):
        yield Reading(
            "Ask what changed",
            f"Ask what changed for {first} from {fact.ref('previous_period')} "
            f"to {fact.ref('last_period')}.",
            (fact,),
        )
