"""What facts from outside may claim: what our own search finds in the same results, and no more.

A caller's fact is numbers with formulas, which are computed again. What it claims, which part of
the data it is about, and its sentences are words: they are those of the fact that we find with the
same formulas. A fact that we do not find claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aislides.deck.v1.fact_pb2 import Fact
from aislides.deck.v1.result_pb2 import Result

from orchestrator_svc.facts.search import find_facts

_Key = tuple[tuple[str, ...], str, str, frozenset[tuple[str, str]]]


def in_our_words(facts: Iterable[Fact], results: Sequence[Result]) -> None:
    """Makes each fact, in place, our own fact with the same values; else takes its words away."""
    ours = {_key(fact): fact for fact in find_facts(results)}
    for fact in facts:
        found = ours.get(_key(fact))
        if found is None:
            _take_words(fact)
            continue
        name = fact.id
        fact.CopyFrom(found)
        fact.id = name
        for text in (fact.sentence, fact.headline, *fact.caveats):
            for span in text.spans:
                if span.WhichOneof("kind") == "value":
                    span.value.fact_id = name


def _key(fact: Fact) -> _Key:
    formulas = frozenset((value.name, value.provenance.formula) for value in fact.values)
    return tuple(fact.result_ids), fact.measure, fact.dimension, formulas


def _take_words(fact: Fact) -> None:
    for words in (fact.claims, fact.caveats, fact.filters, fact.scope):
        del words[:]
    fact.ClearField("sentence")
    fact.ClearField("headline")
    fact.ClearField("lead")
    fact.ClearField("says")
    for value in fact.values:
        value.ClearField("label")
