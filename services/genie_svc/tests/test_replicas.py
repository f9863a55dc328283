"""Two replicas with one PostgreSQL database."""

from __future__ import annotations

import asyncio

import pytest
from genie_http import Reply
from genie_script import Script

pytestmark = pytest.mark.postgres


async def test_one_request_id_at_two_replicas_is_one_question(genie, serve, postgres_url):
    genie.default = Script(seconds=0.2)
    genie.server.fault(
        "POST", "start-conversation", Reply(act="reset", delay=0.3, after_effect=True)
    )
    shared = {"database_url": postgres_url}
    async with serve(**shared) as one, serve(**shared) as other:
        outcomes = await asyncio.gather(
            one.ask(request_id="both"), other.ask(request_id="both"), one.ask(request_id="both")
        )
        again = await other.ask(request_id="both")
    assert {events[-1][0] for events in outcomes} == {"rows"} and len(genie.asked) == 1
    assert again[0][1].resumed


async def test_replicas_share_the_question_budget(genie, serve, postgres_url):
    shared = {"database_url": postgres_url, "questions_per_minute": 3}
    async with serve(**shared) as one, serve(**shared) as other:
        for number in range(3):
            await (one, other)[number % 2].ask(f"q{number}")
        waiting = asyncio.create_task(other.ask("q3", timeout=60))
        await asyncio.sleep(0.3)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert genie.asked == ["q0", "q1", "q2"]
