"""Whole answers of a model, where nothing is shown before the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestrator_svc.deck.fitting import Unfit, fitting
from orchestrator_svc.errors import AnswerUnusable
from orchestrator_svc.pipeline.budget import seconds_left
from orchestrator_svc.pipeline.run import Run, answered_within
from orchestrator_svc.ports import Written


async def whole_answer(
    run: Run, purpose: str, data: Mapping[str, Any], schema_json: str
) -> Written:
    """The answer within the time that is left, its use reported. Raises ServiceError."""
    written: Written | None = None
    stream = run.llm.write(
        data=data,
        schema_json=schema_json,
        request_id=run.request_id(purpose),
        tenant=run.request.tenant,
        purpose=purpose,
    )
    async with answered_within(seconds_left()):
        async for part in stream:
            if isinstance(part, Written):
                written = part
    assert written is not None  # the port ends every stream with the whole answer
    run.journal.used(purpose, model=written.use)
    return written


def as_asked(written: Written, schema: Mapping[str, Any]) -> dict[str, Any]:
    """What of the answer the schema knows. Raises AnswerUnusable when that is nothing."""
    try:
        answer: dict[str, Any] = fitting(written.value, schema)
    except Unfit as unfit:
        raise AnswerUnusable(f"the model's answer cannot be used: {unfit}") from unfit
    return answer
