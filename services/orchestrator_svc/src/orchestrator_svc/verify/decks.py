"""The deck as a whole: no headline twice, no slide against another, totals of what ships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aislides.deck.v1.deck_pb2 import Deck, Layout, Slide
from aislides.deck.v1.verdict_pb2 import SentenceOutcome, SentenceVerdict, Verdict

from orchestrator_svc.deck.text import UnknownReference, print_text, references
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.contradictions import contradictions
from orchestrator_svc.verify.faults import Code, SentenceFault, fault
from orchestrator_svc.verify.sentences import sentences


def verify_deck(deck: Deck, context: VerifyContext) -> list[SentenceFault]:
    """What is wrong between slides: duplicate headlines, and what contradicts an earlier one."""
    slides = [slide for slide in deck.slides if slide.layout != Layout.LAYOUT_APPENDIX]
    return [*_duplicates(slides, context), *contradictions(slides, context)]


def verdict(sentence_verdicts: Iterable[SentenceVerdict], deck: Deck) -> Verdict:
    """The totals over all sentences, and how many references the deck prints."""
    found = Verdict(sentences=sentence_verdicts)
    counts = [one.outcome for one in found.sentences]
    found.proved = counts.count(SentenceOutcome.SENTENCE_OUTCOME_PROVED)
    found.repaired = counts.count(SentenceOutcome.SENTENCE_OUTCOME_REPAIRED)
    found.replaced = counts.count(SentenceOutcome.SENTENCE_OUTCOME_REPLACED)
    found.removed = counts.count(SentenceOutcome.SENTENCE_OUTCOME_REMOVED)
    found.references = len(references(deck.title)) + len(references(deck.subtitle))
    for slide in deck.slides:
        found.references += len(slide.kpis) + sum(kpi.HasField("change") for kpi in slide.kpis)
        found.references += sum(len(references(one.text)) for one in sentences(slide))
    return found


def _duplicates(slides: Iterable[Slide], context: VerifyContext) -> Iterator[SentenceFault]:
    seen: dict[str, str] = {}
    for slide in slides:
        try:
            shown = print_text(slide.headline, context.facts, context.locale)
        except UnknownReference:
            continue
        key = " ".join(shown.lower().rstrip(".").split())
        if key in seen:
            problem = fault(
                Code.DUPLICATE_HEADLINE,
                shown,
                f"slide {seen[key]} says so already; say what is new",
            )
            yield SentenceFault(slide.id, "headline", (problem,))
        seen.setdefault(key, slide.id)
