"""The budget as callers of the service meet it."""

from __future__ import annotations

import asyncio

import grpc.aio
import pytest
from genie_client import details, kinds


async def test_waiting_is_reported_with_place_and_expected_time(genie, serve):
    # The last is asked long before the 2.5 seconds are over after which nobody would wait.
    async with serve(questions_per_minute=24) as client:
        outcomes = await asyncio.gather(*(client.ask(f"q{n}") for n in range(25)))
    waits = [e[0][1] for e in outcomes if kinds(e)[0] == "waiting"]
    assert waits and all(0 < w.expected_wait.ToMilliseconds() <= 2_500 for w in waits)
    assert all(events[-1][0] == "rows" for events in outcomes)


async def test_wait_beyond_the_deadline_is_a_typed_refusal_before_anything_is_asked(genie, serve):
    async with serve(questions_per_minute=1) as client:
        await client.ask("first")
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask("second", timeout=5)
    info, retry, _ = details(caught.value)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert info.reason == "GENIE_BUDGET_EXHAUSTED" and 50 < retry.retry_delay.seconds <= 60
    assert genie.asked == ["first"]
