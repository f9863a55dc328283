"""A deck from a finished bundle: proved and drawn like any other, without any model call."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import FieldViolation, InvalidRequest

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.facts.evidence import evidence
from orchestrator_svc.facts.ours import in_our_words
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.pipeline.verification import Proving
from orchestrator_svc.render.html import render_html
from orchestrator_svc.store.clock import timestamp, wall_clock
from orchestrator_svc.verify import verdict


async def bundle_from_spec(run: Run) -> deck_pb2.DeckBundle:
    """The bundle of the request with its verdict. What its facts say is said in our own words.

    Raises InvalidRequest when a fact's value is not what its formula gives on the results.
    """
    bundle = deck_pb2.DeckBundle()
    bundle.CopyFrom(run.request.spec)
    deck = bundle.deck
    deck.question = deck.question or run.request.question
    deck.locale = run.request.locale or deck.locale or run.settings.output.locale
    deck.theme = run.request.theme or deck.theme or run.settings.output.theme
    if not deck.HasField("prepared_at"):
        deck.prepared_at.CopyFrom(timestamp(wall_clock()))
    async with run.journal.at_work_on(pb.STAGE_VERIFICATION):
        _require_true_facts(bundle)
        in_our_words(bundle.facts, bundle.results)
        proving = Proving.of(bundle)
        for index, slide in enumerate(deck.slides):
            slide.id = slide.id or f"s{index + 1}"
            if slide.layout == deck_pb2.LAYOUT_APPENDIX:
                proving.slides[index] = slide
            else:
                await proving.settle(run, index, slide)
        kept = proving.kept()
        del deck.slides[:]
        deck.slides.extend(kept)
        proving.settle_between(deck)
        if not deck.slides:
            raise _at("spec.deck.slides", "no slide could be proved from the facts given")
        bundle.verdict.CopyFrom(verdict(proving.verdicts(), deck))
    async with run.journal.at_work_on(pb.STAGE_RENDERING):
        render_html(bundle)
    return bundle


def _require_true_facts(bundle: deck_pb2.DeckBundle) -> None:
    for fact in bundle.facts:
        for value in fact.values:
            proof = evidence(bundle, f"{fact.id}.{value.name}")
            if not same_value(proof.value, proof.recomputed):
                raise _at(
                    f"spec.facts[{fact.id}].values[{value.name}]",
                    "is not what its formula gives on the results",
                )


def _at(field: str, fault: str) -> InvalidRequest:
    return InvalidRequest(f"{field}: {fault}", field_violations=[FieldViolation(field, fault)])
