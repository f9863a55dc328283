"""Refresh: the stored queries run again, every claim is checked anew. No model call, unless a claim
flipped: then only its slides are rewritten."""

from __future__ import annotations

import asyncio
from typing import Any

from aislides.deck.v1 import deck_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import NoRows
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.renewal import renewed
from orchestrator_svc.pipeline.proof import prove_anew
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.render.html import render_html


async def refreshed_bundle(run: Run, base: deck_pb2.DeckBundle) -> deck_pb2.DeckBundle | None:
    """The deck on today's data; None when the data are what they were.

    Raises ServiceError when a query cannot be run again.
    """
    async with run.journal.at_work_on(pb.STAGE_RETRIEVAL):
        results = await _run_again(run, base)
    before = {result.id: result.content_hash for result in base.results}
    if all(result.content_hash == before[result.id] for result in results):
        return None
    async with run.journal.at_work_on(pb.STAGE_ANALYSIS):
        facts = renewed(base.facts, find_facts(results))
    bundle = deck_pb2.DeckBundle(results=results, facts=facts)
    bundle.deck.CopyFrom(base.deck)
    async with run.journal.at_work_on(pb.STAGE_VERIFICATION):
        await prove_anew(run, bundle)
    async with run.journal.at_work_on(pb.STAGE_RENDERING):
        render_html(bundle)
    return bundle


async def _run_again(run: Run, base: deck_pb2.DeckBundle) -> list[result_pb2.Result]:
    def again(result: result_pb2.Result) -> Any:
        async def work() -> dict[str, Any]:
            fresh = await run.genie.run_again(
                result, max_rows=run.settings.orchestrator.max_result_rows
            )
            run.journal.keep_result(fresh)
            return {"result_id": fresh.id}

        return work

    asking = [
        asyncio.create_task(run.steps.step(f"again:{result.id}", again(result)))
        for result in base.results
    ]
    try:
        await asyncio.gather(*asking)
    finally:
        for task in asking:
            task.cancel()
    results = await run.store.results(run.deck_id, run.number)
    if not any(result.rows for result in results):
        raise NoRows("the queries of this deck return no rows any more; the deck stays as it was")
    return results
