"""Verification: every sentence is proved, repaired once, replaced by a fact's own, or left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from aislides.deck.v1 import deck_pb2, fact_pb2, verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.deck.complete import complete_slide
from orchestrator_svc.deck.spec import slide_from_json, slide_to_json
from orchestrator_svc.deck.text import name_reference, print_text, template
from orchestrator_svc.pipeline.narrative import repair_slides
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.verify import (
    SentenceFault,
    VerifyContext,
    settle_slide,
    verify_deck,
    verify_slide,
)


@dataclass(slots=True)
class Proving:
    """The slides of one run on their way from written to proved."""

    context: VerifyContext
    facts: Mapping[str, fact_pb2.Fact]
    locale: str
    limit: int
    """Slides that may be kept; what the writer adds beyond is dropped."""
    slides: dict[float, deck_pb2.Slide] = field(default_factory=dict)
    """By place; what code adds stands between two places of what was written."""
    sentences: dict[float, list[verdict_pb2.SentenceVerdict]] = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: deck_pb2.DeckBundle) -> Proving:
        """For the slides of a deck that is there already."""
        deck = bundle.deck
        return cls(
            context=VerifyContext(bundle.facts, bundle.results, deck.question, locale=deck.locale),
            facts={fact.id: fact for fact in bundle.facts},
            locale=deck.locale,
            limit=len(deck.slides),
        )

    def slide(self, index: int, data: Mapping[str, Any]) -> deck_pb2.Slide:
        """The slide as written."""
        return slide_from_json(data, f"s{index + 1}")

    async def publish_if_proved(self, run: Run, index: int, data: Mapping[str, Any]) -> None:
        """Keeps and publishes a slide that needs no repair."""
        if index >= self.limit or index in self.slides:
            return
        slide = self.slide(index, data)
        # A writer that repeats itself must not fill the deck before its answer is whole.
        said = template(slide.headline)
        repeats = any(template(kept.headline) == said for kept in self.slides.values())
        if not repeats and not verify_slide(slide, self.context):
            await self.settle(run, index, slide)

    async def settle_rest(
        self, run: Run, payload: dict[str, Any], story: Mapping[str, Any]
    ) -> None:
        """Repairs what could not be proved as written, once, and settles all that is left."""
        waiting = {
            index: self.slide(index, data)
            for index, data in enumerate(story["slides"][: self.limit])
            if index not in self.slides
        }
        await self.settle_slides(run, payload, waiting)

    async def settle_slides(
        self, run: Run, payload: dict[str, Any], waiting: Mapping[int, deck_pb2.Slide]
    ) -> None:
        """Repairs those that cannot be proved, once, and settles all."""
        faulty = {index: verify_slide(slide, self.context) for index, slide in waiting.items()}
        faulty = {index: faults for index, faults in faulty.items() if faults}
        order = sorted(faulty)
        repaired: dict[int, deck_pb2.Slide] = {}
        if order:
            answers = await repair_slides(
                run,
                payload,
                [slide_to_json(waiting[index]) for index in order],
                [
                    {
                        "slide": position,
                        "field": sentence.field,
                        "code": fault.code,
                        "words": fault.words,
                        "hint": fault.hint,
                    }
                    for position, index in enumerate(order)
                    for sentence in faulty[index]
                    for fault in sentence.faults
                ],
            )
            for index, data in zip(order, answers, strict=False):
                repaired[index] = self.slide(index, data)
        for index in sorted(waiting):
            await self.settle(run, index, waiting[index], repaired.get(index))

    async def settle(
        self,
        run: Run,
        index: float,
        slide: deck_pb2.Slide,
        repaired: deck_pb2.Slide | None = None,
    ) -> None:
        """Keeps and publishes what of the slide can be proved."""
        settled, verdicts = settle_slide(slide, self.context, repaired)
        self.sentences[index] = verdicts
        if settled is None:
            return
        complete_slide(settled, self.facts, self.context.tables)
        self.slides[index] = settled
        ready = pb.SlideReady(
            position=len(self.slides),
            slide_id=settled.id,
            headline=print_text(settled.headline, self.facts, self.locale),
            layout=settled.layout,
            slide=settled,
        )
        run.journal.slide_ready(ready)

    def kept(self) -> list[deck_pb2.Slide]:
        """The proved slides, in order."""
        return [self.slides[index] for index in sorted(self.slides)]

    def verdicts(self) -> list[verdict_pb2.SentenceVerdict]:
        """What became of every sentence, in slide order."""
        return [item for index in sorted(self.sentences) for item in self.sentences[index]]

    def settle_between(self, deck: deck_pb2.Deck) -> None:
        """Takes out of the deck, in place, what contradicts or repeats an earlier slide."""
        # From the last part to the first, so that what is left keeps its place.
        for found in sorted(verify_deck(deck, self.context), key=_place, reverse=True):
            slide = next((item for item in deck.slides if item.id == found.slide_id), None)
            if slide is None:
                continue
            original = _take_out(deck, slide, found.field)
            self.sentences.setdefault(len(self.sentences), []).append(
                verdict_pb2.SentenceVerdict(
                    slide_id=found.slide_id,
                    field=found.field,
                    outcome=verdict_pb2.SENTENCE_OUTCOME_REMOVED,
                    faults=found.faults,
                    original=original,
                )
            )

    def proved_text(self, text: str, fallback: fact_pb2.Text) -> fact_pb2.Text:
        """The text when it can be proved as a cover's headline, else the fallback."""
        if text.strip():
            probe = slide_from_json({"layout": "cover", "headline": text}, "title")
            if not verify_slide(probe, self.context):
                return probe.headline
        return fallback


def _place(found: SentenceFault) -> int:
    position = found.field.partition("[")[2].partition("]")[0]
    return int(position) if position else -1


_LINES: Final[tuple[Literal["kicker", "caption", "notes"], ...]] = ("kicker", "caption", "notes")
"""Lines that a slide can do without."""


def _take_out(deck: deck_pb2.Deck, slide: deck_pb2.Slide, field_name: str) -> str:
    """Removes a point, a key figure or a line, else the whole slide; what it said."""
    part, _, position = field_name.partition("[")
    index = int(position.split("]")[0]) if position else -1
    if part == "points" and 0 <= index < len(slide.points):
        said = template(slide.points[index].text)
        del slide.points[index]
        return said
    if part == "kpis" and 0 <= index < len(slide.kpis):
        said = name_reference(slide.kpis[index].value)
        del slide.kpis[index]
        return said
    line = next((name for name in _LINES if name == field_name), None)
    if line is not None:
        said = template(getattr(slide, line))
        slide.ClearField(line)
        return said
    if part == "footnotes" and 0 <= index < len(slide.footnotes):
        said = template(slide.footnotes[index])
        del slide.footnotes[index]
        return said
    said = template(slide.headline)
    deck.slides.remove(slide)
    return said
