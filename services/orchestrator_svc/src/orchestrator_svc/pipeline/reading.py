"""Deep decks only: what the results say, and the story to tell, before a slide is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.deck.schema import FINDINGS_SCHEMA, STORYLINE_SCHEMA
from orchestrator_svc.pipeline.answers import as_asked, whole_answer
from orchestrator_svc.pipeline.budget import reading, short_of
from orchestrator_svc.pipeline.run import Run


async def read_deeply(run: Run, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with `interpretation` and `narrative` of a model, as far as there are any."""
    told = dict(payload)
    for task, schema in (
        ("interpretation", FINDINGS_SCHEMA),
        ("narrative", STORYLINE_SCHEMA),
    ):
        answer = await _read(run, task, dict(told), schema)
        if not answer:
            break
        told[task] = answer
    return told


async def _read(
    run: Run, task: str, told: dict[str, Any], schema: dict[str, Any]
) -> dict[str, Any]:
    async def work() -> dict[str, Any]:
        if short := await short_of(run, reading(run, told)):
            run.journal.remark("no-reading", f"Written without a separate {task}: {short}.")
            return {}
        try:
            written = await whole_answer(run, task, told | {"task": task}, json.dumps(schema))
            return as_asked(written, schema)
        except ServiceError as error:
            if error.kind is Kind.CANCELLED:
                raise
            run.journal.remark("no-reading", f"Written without a separate {task} ({error.reason}).")
            return {}

    return await run.steps.step(task, work)
