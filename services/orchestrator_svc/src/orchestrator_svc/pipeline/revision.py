"""Revision by instruction: a model names the slides that stay and writes those that change; all are
proved anew on the deck's own data. Genie is asked nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import aislides_analyst
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.deck.schema import REVISION_SCHEMA, REVISION_SCHEMA_JSON
from orchestrator_svc.deck.spec import slide_from_json, slide_to_json
from orchestrator_svc.deck.text import parse_text, template
from orchestrator_svc.errors import AnswerUnusable, NotUnderstood
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.pipeline.answers import as_asked, whole_answer
from orchestrator_svc.pipeline.budget import repairing, short_of
from orchestrator_svc.pipeline.proof import prove_anew
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.render.html import render_html

MOST_SLIDES: Final = 40


async def revised_bundle(
    run: Run, base: deck_pb2.DeckBundle, instruction: str
) -> deck_pb2.DeckBundle:
    """The deck as the instruction wants it, as far as its facts prove it.

    Raises NotUnderstood when nothing would change.
    """
    told = {
        slide.id: slide for slide in base.deck.slides if slide.layout != deck_pb2.LAYOUT_APPENDIX
    }
    at_the_end = [slide for slide in base.deck.slides if slide.id not in told]
    room = MOST_SLIDES - len(at_the_end)
    payload = write_payload(base.deck.question, room, base.results, base.facts) | {
        "task": "revise",
        "instruction": instruction,
        "title": template(base.deck.title),
        "slides": [{"id": slide.id} | slide_to_json(slide) for slide in told.values()],
    }
    async with run.journal.at_work_on(pb.STAGE_NARRATIVE):
        answer = await _revise(run, payload)
    bundle = deck_pb2.DeckBundle()
    bundle.CopyFrom(base)
    wanted = _slides(answer["slides"][:room], told, at_the_end)
    if answer.get("title"):
        bundle.deck.title.CopyFrom(parse_text(answer["title"]))
    same = wanted == list(told.values()) and bundle.deck.title == base.deck.title
    if same or not wanted:
        raise NotUnderstood(
            "nothing of the deck would change: name slides to change, drop or move, or what to "
            "say about the data it has; ask a new question for other data"
        )
    del bundle.deck.slides[:]
    bundle.deck.slides.extend([*wanted, *at_the_end])
    bundle.deck.written_by = answer["written_by"] or base.deck.written_by
    async with run.journal.at_work_on(pb.STAGE_VERIFICATION):
        await prove_anew(run, bundle)
    async with run.journal.at_work_on(pb.STAGE_RENDERING):
        render_html(bundle)
    return bundle


def _slides(
    entries: Sequence[Mapping[str, Any]],
    told: Mapping[str, deck_pb2.Slide],
    at_the_end: Sequence[deck_pb2.Slide],
) -> list[deck_pb2.Slide]:
    """The slides of the answer in its order, each id once; new ones get ids that are free."""
    taken = {*told, *(slide.id for slide in at_the_end)}
    free = (name for number in range(1, 1_000) if (name := f"s{number}") not in taken)
    wanted: dict[str, deck_pb2.Slide] = {}
    for entry in entries:
        known = told.get(entry["id"])
        if known is not None and not entry.get("headline"):
            wanted.setdefault(known.id, known)
        elif entry.get("headline"):
            is_new = known is None or known.id in wanted
            layout = {"layout": slide_to_json(known)["layout"] if known is not None else "finding"}
            slide_id = next(free) if is_new or known is None else known.id
            wanted[slide_id] = slide_from_json({**layout, **entry}, slide_id)
    return list(wanted.values())


async def _revise(run: Run, payload: dict[str, Any]) -> dict[str, Any]:
    async def work() -> dict[str, Any]:
        short = await short_of(run, repairing(len(payload["slides"]), payload))
        if not short:
            try:
                written = await whole_answer(run, "revise", payload, REVISION_SCHEMA_JSON)
                answer = as_asked(written, REVISION_SCHEMA)
                if not answer.get("slides"):
                    raise AnswerUnusable("the model's answer names no slides")
                return answer | {"written_by": written.model}
            except ServiceError as error:
                if error.kind is Kind.CANCELLED:
                    raise
                short = f"{error.reason}: {error.message}"
        run.journal.remark("revise-by-rules", f"No model changed this deck ({short}); rules did.")
        return {**aislides_analyst.revise(payload), "written_by": ""}

    return await run.steps.step("revise", work)
