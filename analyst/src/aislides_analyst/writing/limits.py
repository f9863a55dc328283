"""What a reader must know of these data before relying on a deck, the most special first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aislides_analyst.writing import wording
from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.reading import Reading
from aislides_analyst.writing.story import Story

_A_YEAR = 12


def limits_of(story: Story, material: Material) -> Iterator[Reading]:
    """What the data lack: cut rows, gaps, partial periods, small groups, all but a part."""
    ranked = sorted(story.limits, key=lambda f: -f.score)
    # The same period is left out of each result and at each grain.
    every = {(f.says, f.measure) if f.kind != "coverage" else (f.says,): f for f in ranked[::-1]}
    for fact in sorted(every.values(), key=lambda f: -f.score):
        yield Reading(wording.lead(fact, material), wording.sentence(fact, material), (fact,))
    if material.only:
        text = f"Only the data for {material.only} were looked at."
        yield Reading("Part of the data", text, ())


def data_used(level: Fact) -> Iterator[Reading]:
    """What the deck rests on: how many rows, from when to when."""
    span = {"from_period", "to_period"} <= set(level.values)
    period = f"from {level.ref('from_period')} to {level.ref('to_period')}" if span else ""
    if span:
        period += _once(level)
    if "count" in level.values:
        text = f"The figures rest on {level.ref('count')} {period}".strip()
        yield Reading("Data used", f"{text}.", (level,))
    elif span:
        yield Reading("Data used", f"The data run {period}.", (level,))


def limits_headline(told: list[Reading], material: Material) -> Iterator[str]:
    """What is special about these data; the general warning where nothing is."""
    for reading in told:
        for fact in reading.facts:
            if fact.kind in ("coverage", "caution"):
                yield from wording.headlines(fact, material)
    yield "The figures show what happened, but not what caused it"


def _once(level: Fact) -> str:
    """The warning that belongs to data that hold no month of a year twice."""
    try:
        names = ("from_period", "to_period")
        first, last = (date.fromisoformat(str(level.values[n].exact)[:10]) for n in names)
    except ValueError:
        return ""
    months = (last.year - first.year) * 12 + last.month - first.month
    return ", so a recurring season cannot be shown" if 2 <= months < _A_YEAR else ""
