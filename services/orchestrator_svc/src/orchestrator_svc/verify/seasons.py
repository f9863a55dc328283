"""Seasons and parts of the day in words, and the cited values that lie in them."""

from __future__ import annotations

import re

from aislides.deck.v1.fact_pb2 import Fact, FactValue

from orchestrator_svc.verify.entities import months_and_hours
from orchestrator_svc.verify.reading import Reading


def values_within(reading: Reading, words: str) -> list[tuple[Fact, FactValue]]:
    """Values of cited facts that lie in a season or part of the day that the words name."""
    found = []
    for period in reading.possible(reading.context.lexicon.period_of):
        seen = period.pattern.search(words)
        if not seen:
            continue
        for fact in reading.facts:
            for value in fact.values:
                months, hours = months_and_hours([value])
                months |= named_months(reading, value)
                called = seen[0].rstrip("s") in value.name
                if called or months & period.months or hours & period.hours:
                    found.append((fact, value))
    return found


def named_months(reading: Reading, value: FactValue) -> set[int]:
    """Months that the value's own name spells, such as `dec`."""
    lexicon = reading.context.lexicon
    spelled = re.findall(r"[a-z]+", value.name.lower().replace("_", " "))
    return {lexicon.months[word] for word in spelled if word in lexicon.months}
