"""Narrative: one streamed answer holds the story and the slides, as data. Each slide is proved and
published as soon as its object is complete. When no model answers, rules write from the facts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aislides_analyst
from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.deck.fitting import MAX_CHARACTERS, Unfit, fitting
from orchestrator_svc.deck.schema import (
    DECK_SCHEMA,
    DECK_SCHEMA_JSON,
    REPAIR_SCHEMA_JSON,
    SLIDE_SCHEMA,
)
from orchestrator_svc.errors import AnswerUnusable
from orchestrator_svc.pipeline.answers import whole_answer
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
                f"No model wrote this deck ({error.reason}); "
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
            await on_slide(part.index, usable_slide(part.value))
        else:
            written = part
    assert written is not None  # the port ends every stream with the whole answer
    run.journal.used("write", model=written.use)
    if not isinstance(written.value, Mapping) or not _slides(written.value):
        raise AnswerUnusable("the model's answer holds no slides")
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
        "title": _text(deck.get("title")),
        "subtitle": _text(deck.get("subtitle")),
        "slides": _slides(deck),
        "written_by": written_by,
    }


def _slides(deck: Mapping[str, Any]) -> list[dict[str, Any]]:
    given = deck.get("slides")
    most = DECK_SCHEMA["properties"]["slides"]["maxItems"]
    return [usable_slide(slide) for slide in given[:most]] if isinstance(given, list) else []


def usable_slide(data: Any) -> dict[str, Any]:
    """What of a written slide can be read; of none, a slide that says nothing, so that those
    behind it keep their places."""
    try:
        slide: dict[str, Any] = fitting(data, SLIDE_SCHEMA)
    except Unfit:
        return {"layout": "finding", "headline": ""}
    return slide


def _text(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= MAX_CHARACTERS else ""


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
        try:
            written = await whole_answer(run, "repair", data, REPAIR_SCHEMA_JSON)
        except ServiceError as error:
            if error.kind is Kind.CANCELLED:
                raise
            # Settling falls back to the facts' own sentences: the deck ships, marked.
            run.journal.remark(
                "no-repair",
                f"Sentences that could not be proved were not written anew ({error.reason}).",
            )
            return {"slides": []}
        usable = isinstance(written.value, Mapping)
        return {"slides": _slides(written.value) if usable else []}

    repaired: list[Mapping[str, Any]] = (await run.steps.step("repair", work))["slides"]
    return repaired if len(repaired) == len(slides) else []
