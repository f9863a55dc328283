"""The verifier: a sentence ships only when the facts it cites prove every claim in it.

context = VerifyContext(facts, results, question, extra_names=())
verify_slide(slide, context)                -> faults, for the writer's one repair round
settle_slide(slide, context, repaired=None) -> the slide that may ship, and what became of it
verify_deck(deck, context)                  -> faults between slides
verdict(sentence_verdicts, deck)            -> the totals that the deck carries
"""

from __future__ import annotations

from aislides.deck.v1.deck_pb2 import Slide
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.decks import verdict, verify_deck
from orchestrator_svc.verify.faults import Code, SentenceFault, fault
from orchestrator_svc.verify.sentences import faults_in, faults_of, sentences
from orchestrator_svc.verify.settle import settle_slide
from orchestrator_svc.verify.structure import structure_faults

__all__ = [
    "Code",
    "SentenceFault",
    "VerifyContext",
    "settle_slide",
    "verdict",
    "verify_deck",
    "verify_slide",
    "verify_text",
]


def verify_slide(slide: Slide, context: VerifyContext) -> list[SentenceFault]:
    """The sentences and parts of the slide that are not proved, in reading order."""
    found: dict[str, list[Fault]] = {}
    if not slide.headline.spans:
        found["headline"] = [fault(Code.EMPTY, "", "a slide needs a headline")]
    for sentence in sentences(slide):
        faults = faults_in(sentence, context)
        if faults:
            found.setdefault(sentence.field, []).extend(faults)
    for path, problem in structure_faults(slide, context):
        found.setdefault(path, []).append(problem)
    return [SentenceFault(slide.id, path, tuple(faults)) for path, faults in found.items()]


verify_text = faults_of
"""Faults of one text that may rely on the facts with these ids, such as a deck's title."""
