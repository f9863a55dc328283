"""Narrative: one streamed answer holds the story and the slides, as data. Each slide is proved and
published as soon as its object is complete. When no model answers, rules write from the facts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aislides_analyst
from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.deck.schema import DECK_SCHEMA_JSON, REPAIR_SCHEMA_JSON
from orchestrator_svc.pipeline.budget import repairing, seconds_left, short_of, writing
from orchestrator_svc.pipeline.run import Run, answered_within
from orchestrator_svc.ports import Element, Written

RULES = "local rules, without a model"
"""Who wrote a deck that no model wrote."""

OnSlide = Callable[[int, Mapping[str, Any]], Awaitable[None]]


async def write_story(run: Run, payload: dict[str, Any], on_slide: OnSlide) -> dict[str, Any]:
    """The deck as the writer left it: `title`, `subtitle`, `slides`, `written_by`.

    `on_slide(index, slide)` is called for each slide as soon as it is complete.
    """

    async def work() -> dict[str, Any]:
        if short := await short_of(run, writing(run, payload)):
            run.journal.remark(
                "write-by-rules",
                f"No model wrote this deck: {short}; its sentences are templates of the facts.",
            )
            return await _by_rules(payload, on_slide)
        try:
            async with answered_within(seconds_left()):
                return await _by_model(run, payload, on_slide)
        except ServiceError as error:
            if error.kind is Kind.CANCELLED:
                raise
            run.journal.remark(
                "write-by-rules",
                f"No model wrote this deck ({error.reason}: {error.message}); "
                "its sentences are templates of the facts.",
            )
        return await _by_rules(payload, on_slide)

    return await run.steps.step("write", work)


async def _by_model(run: Run, payload: dict[str, Any], on_slide: OnSlide) -> dict[str, Any]:
    written: Written | None = None
    stream = run.llm.write(
        data=payload,
        schema_json=DECK_SCHEMA_JSON,
        request_id=run.request_id("write"),
        tenant=run.request.tenant,
        purpose="write",
    )
    async for part in stream:
        if isinstance(part, Element):
            await on_slide(part.index, part.value)
        else:
            written = part
    assert written is not None  # the port ends every stream with the whole answer
    run.journal.used("write", model=written.use)
    return _story(written.value, written.model)


async def _by_rules(payload: dict[str, Any], on_slide: OnSlide) -> dict[str, Any]:
    story = rules_story(payload)
    for index, slide in enumerate(story["slides"]):
        await on_slide(index, slide)
    return story


def rules_story(payload: dict[str, Any]) -> dict[str, Any]:
    """The deck as rules write it from the facts alone."""
    return _story(aislides_analyst.write(payload), RULES)


def _story(deck: Mapping[str, Any], written_by: str) -> dict[str, Any]:
    return {
        "title": deck["title"],
        "subtitle": deck.get("subtitle", ""),
        "slides": list(deck["slides"]),
        "written_by": written_by,
    }


async def repair_slides(
    run: Run,
    payload: dict[str, Any],
    slides: Sequence[Mapping[str, Any]],
    faults: Sequence[Mapping[str, Any]],
) -> list[Mapping[str, Any]]:
    """The faulty slides rewritten once, in order; empty when no model could."""

    async def work() -> dict[str, Any]:
        data = {
            "task": "repair",
            "question": payload["question"],
            "slides": list(slides),
            "faults": list(faults),
            "facts": payload["facts"],
            "results": payload["results"],
        }
        if short := await short_of(run, repairing(len(slides), data)):
            run.journal.remark(
                "no-repair", f"Sentences that could not be proved were not asked for anew: {short}."
            )
            return {"slides": []}
        written: Written | None = None
        stream = run.llm.write(
            data=data,
            schema_json=REPAIR_SCHEMA_JSON,
            request_id=run.request_id("repair"),
            tenant=run.request.tenant,
            purpose="repair",
        )
        try:
            async with answered_within(seconds_left()):
                async for part in stream:
                    if isinstance(part, Written):
                        written = part
        except ServiceError as error:
            if error.kind is Kind.CANCELLED:
                raise
            # Settling falls back to the facts' own sentences: the deck ships, marked.
            return {"slides": []}
        assert written is not None
        run.journal.used("repair", model=written.use)
        return {"slides": list(written.value["slides"])}

    repaired: list[Mapping[str, Any]] = (await run.steps.step("repair", work))["slides"]
    return repaired if len(repaired) == len(slides) else []
