"""The budget as callers of the service meet it."""

from __future__ import annotations

import asyncio
import time

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import details, kinds
from genie_svc.adapters.clock import SystemClock


async def test_waiting_is_reported_with_place_and_expected_time(genie, serve, monkeypatch):
    # The clock stands still until the wait was told: nobody gets a turn by asking slowly.
    stopped, told = time.monotonic(), []
    monkeypatch.setattr(SystemClock, "monotonic", lambda _: time.monotonic() if told else stopped)
    async with serve(questions_per_minute=60) as client:
        outcomes = await asyncio.gather(*(client.ask(f"q{n}") for n in range(60)))
        async for event in client.stub.Ask(pb.AskRequest(question="q60"), timeout=20):
            told.append(event)
    assert {kinds(events)[0] for events in outcomes} == {"accepted"}
    assert {kinds(events)[-1] for events in outcomes} == {"rows"}
    waiting = told[0].waiting
    assert (waiting.position, waiting.expected_wait.ToMilliseconds()) == (0, 1_000)
    assert told[-1].WhichOneof("event") == "rows"


async def test_wait_beyond_the_deadline_is_a_typed_refusal_before_anything_is_asked(genie, serve):
    async with serve(questions_per_minute=1) as client:
        await client.ask("first")
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask("second", timeout=5)
    info, retry, _ = details(caught.value)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert info.reason == "GENIE_BUDGET_EXHAUSTED" and 50 < retry.retry_delay.seconds <= 60
    assert genie.asked == ["first"]
