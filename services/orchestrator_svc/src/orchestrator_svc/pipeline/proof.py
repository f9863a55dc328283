"""A whole deck proved anew: after its data changed, or its words."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.deck.text import template
from orchestrator_svc.errors import NoRows
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.pipeline.verification import Proving
from orchestrator_svc.store.clock import timestamp, wall_clock
from orchestrator_svc.verify import verdict


async def prove_anew(run: Run, bundle: deck_pb2.DeckBundle) -> None:
    """Settles every slide of the bundle, in place, and gives it a new verdict.

    Raises NoRows when nothing of it holds.
    """
    deck = bundle.deck
    proving = Proving.of(bundle)
    told = [slide for slide in deck.slides if slide.layout != deck_pb2.LAYOUT_APPENDIX]
    at_the_end = [slide for slide in deck.slides if slide.layout == deck_pb2.LAYOUT_APPENDIX]
    payload = write_payload(deck.question, len(told), bundle.results, bundle.facts)
    await proving.settle_slides(run, payload, dict(enumerate(told)))
    kept = proving.kept()
    if not kept:
        raise NoRows("nothing of this deck holds on today's data; make a new one")
    title = proving.proved_text(template(deck.title), kept[0].headline)
    subtitle = proving.proved_text(template(deck.subtitle), type(title)())
    deck.title.CopyFrom(title)
    deck.subtitle.CopyFrom(subtitle)
    del deck.slides[:]
    deck.slides.extend([*kept, *at_the_end])
    deck.prepared_at.CopyFrom(timestamp(wall_clock()))
    proving.settle_between(deck)
    bundle.verdict.CopyFrom(verdict(proving.verdicts(), deck))
