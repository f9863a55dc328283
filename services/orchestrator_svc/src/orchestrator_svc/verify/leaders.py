"""Who leads in what words name: `the one that leaks most`, by the ranking of that measure."""

from __future__ import annotations

import re
from typing import Final

from aislides.deck.v1.fact_pb2 import FactKind

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.entities import is_name
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Reading

_WORD: Final = re.compile("[a-z]+")


def leads(reading: Reading, start: int, position: int) -> bool | None:
    """Whether the last name before `start` is first in what the words from `position` on rank.

    None when they rank nothing that a cited fact ranks.
    """
    begin, end = reading.statement(start)
    ranked = reading.context.lexicon.bindings.ranked_one.match(reading.flat, position, end)
    before = [one for _, one in reading.marks(begin, start) if is_name(one.value)]
    if ranked is None or not before:
        return None
    named = map(root, _WORD.findall(reading.flat, position, ranked.end()))
    measures = reading.context.measures.named_by
    wanted = {one for word in named for one in measures.get(word, ())}
    for fact in reading.facts:
        firsts = [one for one in fact.values if one.name == "first"]
        if fact.measure in wanted and fact.kind == FactKind.FACT_KIND_LEADER and firsts:
            if fact.dimension != before[-1].fact.dimension:
                return None
            return same_value(firsts[0].value, before[-1].value.value)
    return None
