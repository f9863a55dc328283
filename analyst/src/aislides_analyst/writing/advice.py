"""What a deck suggests to look into: what a gap, a peak or an outlier supports, never a cause."""

from __future__ import annotations

from collections.abc import Iterator

from aislides_analyst.writing.material import Fact
from aislides_analyst.writing.readings import Reading, preposition
from aislides_analyst.writing.story import Story, is_even

_MOST_ADVICE = 3


def advise(story: Story) -> list[Reading]:
    """Return at most three things to look into; empty when no finding supports one."""
    found: list[tuple[Fact, Reading]] = []
    named: set[str] = set()
    for fact in story.drivers:
        place = _place(fact)
        value = fact.values.get(place)
        if value and value.display not in named and not is_even(fact):
            named.add(value.display)
            found += [(fact, advice) for advice in _advice(fact)]
    best = sorted(found, key=lambda pair: -pair[0].score)[:_MOST_ADVICE]
    return [advice for fact, advice in found if (fact, advice) in best]


def advice_headline(advice: list[Reading]) -> str:
    """What to look at first, by name."""
    facts = [reading.facts[0] for reading in advice]
    names = [fact.ref(_place(fact)) for fact in facts]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"Look first at {listed}"


def _place(fact: Fact) -> str:
    """The name of the value that says where to look; empty for none."""
    places = ("first", "peak_period", "first_period")
    return next((name for name in places if name in fact.values), "")


def _advice(fact: Fact) -> Iterator[Reading]:
    values = fact.values
    if fact.kind == "contribution" and {"first", "share"} <= set(values):
        yield Reading(
            f"Ask about {fact.ref('first')}",
            f"Find out why {fact.ref('first')} made {fact.ref('share')} of the change.",
            (fact,),
            "A change to check",
        )
    if fact.kind == "leader" and "share" in values:
        yield Reading(
            f"Ask about {fact.ref('first')}",
            f"Find out what makes up the {fact.ref('share')} share of {fact.ref('first')}.",
            (fact,),
            "A part to check",
        )
    elif fact.kind == "leader" and {"first", "last", "gap"} <= set(values):
        yield Reading(
            f"Ask about {fact.ref('first')}",
            f"Find out what sets {fact.ref('first')} apart from {fact.ref('last')}; "
            f"the gap is {fact.ref('gap')}.",
            (fact,),
            "A gap to check",
        )
    if fact.kind == "seasonality" and {"peak", "peak_period"} <= set(values):
        when = preposition(fact, "peak_period")
        yield Reading(
            f"Look into {fact.ref('peak_period')}",
            f"Find out what lies behind the peak of {fact.ref('peak')} "
            f"{when} {fact.ref('peak_period')}.",
            (fact,),
            "A peak to check",
        )
    if fact.kind == "outlier" and {"first_period", "first_value", "usual"} <= set(values):
        when = preposition(fact, "first_period")
        yield Reading(
            f"Check {fact.ref('first_period')}",
            f"Find out what happened {when} {fact.ref('first_period')}, at "
            f"{fact.ref('first_value')} against a usual {fact.ref('usual')}.",
            (fact,),
        )
