"""Retrieval: all questions at once through genie_svc. Goes on with what there is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.pipeline.budget import seconds_left
from orchestrator_svc.pipeline.journal import job_error, seconds
from orchestrator_svc.pipeline.run import Run, answered_within
from orchestrator_svc.ports import Progress, Rows, Space


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that brought no rows, and why."""

    question: str
    text: str
    suggestions: tuple[str, ...] = ()
    error: dict[str, Any] | None = None
    """The failure as `reason`, `message` and `kind`; None when Genie asked back."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a round of questions brought. Rows are in the store."""

    answered: tuple[str, ...]
    unanswered: tuple[Unanswered, ...]


async def ask_all(run: Run, space: Space, questions: Sequence[str], *, first: int = 1) -> Retrieved:
    """Asks every question in parallel. Their results are `r<first>`, `r<first+1>`, ..."""
    asking = [
        asyncio.create_task(run.steps.step(f"ask:{index}", _asking(run, space, question, index)))
        for index, question in enumerate(questions, start=first)
    ]
    try:
        outcomes = await asyncio.gather(*asking)
    finally:
        for task in asking:
            task.cancel()
    return Retrieved(
        answered=tuple(item["result_id"] for item in outcomes if item["answered"]),
        unanswered=tuple(
            Unanswered(
                question=item["question"],
                text=item["text"],
                suggestions=tuple(item["suggestions"]),
                error=item["error"],
            )
            for item in outcomes
            if not item["answered"]
        ),
    )


def _asking(run: Run, space: Space, question: str, index: int) -> Any:
    async def work() -> dict[str, Any]:
        return await _ask(run, space, question, index)

    return work


async def _ask(run: Run, space: Space, question: str, index: int) -> dict[str, Any]:
    result_id = f"r{index}"
    outcome: dict[str, Any] = {
        "result_id": result_id,
        "question": question,
        "answered": False,
        "text": "",
        "suggestions": [],
        "error": None,
    }

    async def report(progress: Progress) -> None:
        event = pb.QueryProgress(result_id=result_id, status=progress.status, sql=progress.sql)
        if progress.expected_wait_seconds is not None:
            event.expected_wait.CopyFrom(seconds(progress.expected_wait_seconds))
        key = f"{result_id}:{progress.status}"
        run.journal.record(key, pb.DeckEvent(query_progress=event))

    began = time.monotonic()
    try:
        async with answered_within(seconds_left()):
            answer = await run.genie.ask(
                question=question,
                space=space,
                result_id=result_id,
                request_id=run.request_id("ask", index),
                tenant=run.request.tenant,
                max_rows=run.settings.orchestrator.max_result_rows,
                report=report,
            )
    except ServiceError as error:
        if error.kind is Kind.CANCELLED:
            raise
        failed = pb.QueryFailed(result_id=result_id, error=job_error(error, pb.STAGE_RETRIEVAL))
        run.journal.record(f"{result_id}:failed", pb.DeckEvent(query_failed=failed))
        outcome["text"] = error.message
        outcome["error"] = {
            "reason": error.reason,
            "message": error.message,
            "kind": error.kind.value,
        }
        return outcome
    run.journal.used(f"{result_id}:used", questions=1)
    if isinstance(answer, Rows):
        run.journal.keep_result(answer.result)
        answered = pb.QueryAnswered(
            result_id=result_id,
            row_count=answer.result.row_count,
            truncated=answer.result.truncated,
            duration=seconds(time.monotonic() - began),
        )
        run.journal.record(f"{result_id}:answered", pb.DeckEvent(query_answered=answered))
        return outcome | {"answered": True}
    failed = pb.QueryFailed(
        result_id=result_id,
        error=pb.JobError(reason="GENIE_ASKED_BACK", message=answer.text, stage=pb.STAGE_RETRIEVAL),
    )
    run.journal.record(f"{result_id}:failed", pb.DeckEvent(query_failed=failed))
    return outcome | {"text": answer.text, "suggestions": list(answer.suggestions)}
