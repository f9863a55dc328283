"""Cancelling while many decks are at work: the upstreams' own log tells that their calls ended, that
none began afterwards, and that no other deck was touched. How soon is `bench/cancel.py`."""

from __future__ import annotations

import asyncio
import json

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from fakes.results import monthly_delays
from fakes.scripted import Always, answers, hangs, plans
from fakes.serving import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")
STAGES = ("plan", "ask", "plan", "ask", "write")
DECKS, CANCELLED = 50, 10
OPEN = {"plan": 1, "ask": 2, "write": 1}
"""Calls that a deck has open where it hangs."""


def question(number):
    return f"How are delays, hanging at {STAGES[number % 5]}?"


async def plan(request, context):
    asked = json.loads(request.spec.prompt.data_json)["question"]
    act = hangs if "plan" in asked else plans(f"months, {asked}", f"delays, {asked}")
    async for part in act(request, context):
        yield part


async def ask(request, context):
    act = hangs if "hanging at ask" in request.question else answers(monthly_delays("r1"))
    async for part in act(request, context):
        yield part


def open_calls(script, deck_ids):
    spans = [span for span in script.spans if span.ended is None and span.request_id]
    return [span for span in spans if span.request_id[:32] in deck_ids]


@pytest.mark.timeout(180)
async def test_cancelling_some_of_many_decks_ends_their_calls_and_no_others(tmp_path):
    acts = {"plan": [Always(plan)], "ask": [Always(ask)], "write": [Always(hangs)]}
    async with serving(tmp_path, acts, seconds=170) as (stub, script):
        requests = [pb.CreateDeckRequest(question=question(number)) for number in range(DECKS)]
        made = await asyncio.gather(*(stub.CreateDeck(request) for request in requests))
        ids = [one.deck.deck_id for one in made]
        hanging = sum(OPEN[STAGES[number % 5]] for number in range(DECKS))
        async with asyncio.timeout(90):
            while len(open_calls(script, ids)) < hanging:
                await asyncio.sleep(0.02)
        gone, rest = ids[:CANCELLED], ids[CANCELLED:]
        untouched = len(open_calls(script, rest))
        async with asyncio.timeout(20):
            cancelled = await asyncio.gather(
                *(stub.CancelDeck(pb.CancelDeckRequest(deck_id=one)) for one in gone)
            )
            begun = len(script.spans)
            while open_calls(script, gone):
                await asyncio.sleep(0.01)
        assert {one.deck.state for one in cancelled} == {pb.STATE_CANCELLED}
        # Two polls of the runner: whatever could take a cancelled deck up again has had its turn.
        await asyncio.sleep(1.2)
        late = [span for span in script.spans[begun:] if span.request_id[:32] in gone]
        assert not late, "work on a cancelled deck went on"
        assert len(open_calls(script, rest)) == untouched
        running = [(await stub.GetDeck(pb.GetDeckRequest(deck_id=one))).deck.state for one in rest]
        assert set(running) == {pb.STATE_RUNNING}
