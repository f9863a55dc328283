"""Presumed movements: `stop the decline in revenue` says that it declines, and no fact is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aislides.deck.v1.deck_pb2 import Slide
from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, Text

from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.faults import Code, SentenceFault, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.sentences import Sentence

UP, DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN
_WORD = re.compile("[a-z]+")


def presumed_moves(
    texts: Iterable[tuple[Slide, Sequence[Sentence]]], context: VerifyContext
) -> Iterator[SentenceFault]:
    """Advice about a rise of what the deck's trends show to fall, and the other way round."""
    lexicon = context.lexicon
    for slide, own in texts:
        for sentence in own:
            words = _plain(sentence.text)
            for found in lexicon.bindings.presumed.finditer(words):
                said = UP if lexicon.up.search(found[1]) else DOWN
                ways = _ways(context, found[2])
                if len(ways) == 1 and said not in ways:
                    hint = "the trend of that measure goes the other way"
                    problem = fault(Code.CONTRADICTS_SLIDE, found[0], hint)
                    yield SentenceFault(slide.id, sentence.field, (problem,))


def _ways(context: VerifyContext, words: str) -> set[ClaimKind.ValueType]:
    """The directions of the trends of the measure that the words name; empty when none is."""
    named = context.measures.named_by
    measures = {one for word in _WORD.findall(words) for one in named.get(root(word), ())}
    if len(measures) != 1:
        return set()
    trends = [fact for fact in context.facts.values() if _moves(fact) and fact.measure in measures]
    return {claim.kind for fact in trends for claim in fact.claims} & {UP, DOWN}


def _moves(fact: Fact) -> bool:
    changed = fact.kind == FactKind.FACT_KIND_LEVEL and bool(fact.dimension)
    return not fact.scope and (fact.kind == FactKind.FACT_KIND_TREND or changed)


def _plain(text: Text) -> str:
    return "".join(span.text for span in text.spans).lower()
