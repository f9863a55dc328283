"""The deck as a whole: no headline twice, one value for one measure, totals of what ships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aislides.deck.v1.deck_pb2 import Deck, Layout, Slide
from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind
from aislides.deck.v1.verdict_pb2 import SentenceOutcome, SentenceVerdict, Verdict

from orchestrator_svc.deck.text import (
    UnknownReference,
    print_text,
    print_value,
    references,
    resolve,
)
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.faults import Code, SentenceFault, fault
from orchestrator_svc.verify.sentences import sentences, slide_facts

_OVERALL = {"mean", "total", "value", "count"}
_DIRECTIONS = {ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN}


def verify_deck(deck: Deck, context: VerifyContext) -> list[SentenceFault]:
    """What is wrong between slides: duplicate headlines, one measure with two values."""
    slides = [slide for slide in deck.slides if slide.layout != Layout.LAYOUT_APPENDIX]
    return [
        *_duplicates(slides, context),
        *_two_values(slides, context),
        *_two_ways(slides, context),
    ]


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


def _two_values(slides: Iterable[Slide], context: VerifyContext) -> Iterator[SentenceFault]:
    """Two facts that give one measure two overall values, on different slides."""
    seen: dict[tuple[str, ...], tuple[str, str]] = {}
    for slide in slides:
        texts = [(one.field, references(one.text)) for one in sentences(slide)]
        texts.extend((f"kpis[{at}]", [kpi.value]) for at, kpi in enumerate(slide.kpis))
        for path, refs in texts:
            for ref in refs:
                fact = context.facts.get(ref.fact_id)
                if fact is None or not _overall(fact) or ref.name not in _OVERALL:
                    continue
                try:
                    shown = print_value(resolve(ref, context.facts), context.locale)
                except UnknownReference:
                    continue
                about = (fact.measure, ref.name, *fact.scope)
                first = seen.setdefault(about, (shown, slide.id))
                if first[0] != shown:
                    hint = f"slide {first[1]} gives {first[0]} for the same measure"
                    problem = fault(Code.CONTRADICTS_SLIDE, shown, hint)
                    yield SentenceFault(slide.id, path, (problem,))


def _two_ways(slides: Iterable[Slide], context: VerifyContext) -> Iterator[SentenceFault]:
    """Trends of one measure that go both ways."""
    seen: dict[tuple[str, ...], tuple[frozenset[ClaimKind.ValueType], str]] = {}
    for slide in slides:
        for fact_id in slide_facts(slide):
            fact = context.facts.get(fact_id)
            if fact is None or fact.kind != FactKind.FACT_KIND_TREND:
                continue
            ways = frozenset(claim.kind for claim in fact.claims) & _DIRECTIONS
            first = seen.setdefault((fact.measure, *fact.scope), (ways, slide.id))
            if first[0] and ways and not first[0] & ways:
                hint = f"slide {first[1]} shows the opposite direction; say over which period"
                problem = fault(Code.CONTRADICTS_SLIDE, fact.measure, hint)
                yield SentenceFault(slide.id, "headline", (problem,))


def _overall(fact: Fact) -> bool:
    return fact.kind == FactKind.FACT_KIND_LEVEL and not fact.dimension
