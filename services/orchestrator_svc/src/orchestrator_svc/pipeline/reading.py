"""Deep decks only: what the results say, and the story to tell, before a slide is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.deck.fitting import Unfit, fitting
from orchestrator_svc.deck.schema import FINDINGS_SCHEMA_JSON, STORYLINE_SCHEMA_JSON
from orchestrator_svc.pipeline.budget import reading, seconds_left, short_of
from orchestrator_svc.pipeline.run import Run, answered_within
from orchestrator_svc.ports import Written


async def read_deeply(run: Run, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with `interpretation` and `narrative` of a model, as far as there are any."""
    told = dict(payload)
    for task, schema in (
        ("interpretation", FINDINGS_SCHEMA_JSON),
        ("narrative", STORYLINE_SCHEMA_JSON),
    ):
        answer = await _read(run, task, dict(told), schema)
        if not answer:
            break
        told[task] = answer
    return told


async def _read(run: Run, task: str, told: dict[str, Any], schema: str) -> dict[str, Any]:
    async def work() -> dict[str, Any]:
        if short := await short_of(run, reading(run, told)):
            run.journal.remark("no-reading", f"Written without a separate {task}: {short}.")
            return {}
        written: Written | None = None
        stream = run.llm.write(
            data=told | {"task": task},
            schema_json=schema,
            request_id=run.request_id(task),
            tenant=run.request.tenant,
            purpose=task,
        )
        try:
            async with answered_within(seconds_left()):
                async for part in stream:
                    if isinstance(part, Written):
                        written = part
        except ServiceError as error:
            if error.kind is Kind.CANCELLED:
                raise
            run.journal.remark("no-reading", f"Written without a separate {task} ({error.reason}).")
            return {}
        assert written is not None  # the port ends every stream with the whole answer
        run.journal.used(task, model=written.use)
        try:
            answer: dict[str, Any] = fitting(written.value, json.loads(schema))
        except Unfit:
            run.journal.remark("no-reading", f"Written without a separate {task}: unusable answer.")
            return {}
        return answer

    return await run.steps.step(task, work)
