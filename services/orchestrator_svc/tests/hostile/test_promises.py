"""What callers are promised, with real upstreams: cancelling reaches them, watchers never hold up a
deck, each printed figure has its evidence, and what is deleted is gone from the file as well."""

from __future__ import annotations

import asyncio

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from oracle import Reader
from orchestrator_svc.deck.values import same_value

from fakes.results import delays_by_origin, monthly_delays
from fakes.scripted import Always, answers, hangs, plans, writes
from fakes.serving import end, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROWS = {"r1": monthly_delays("r1"), "r2": delays_by_origin("r2")}


async def answer(request, context):
    rows = ROWS["r2" if "origin" in request.question else "r1"]
    async for part in answers(rows)(request, context):
        yield part


def script(**changed):
    plan = [plans("delays by month", "delays by origin")]
    return {"plan": plan, "ask": [answer, answer], "write": [writes()], **changed}


@pytest.mark.parametrize("stage", ["plan", "ask", "write", "repair"])
async def test_cancelling_ends_the_calls_upstream(tmp_path, stage):
    lying = writes(
        lambda deck: deck | {"slides": [{**one, "caption": "99.9"} for one in deck["slides"]]}
    )
    acts = script(**({"write": [lying]} if stage == "repair" else {}), **{stage: [Always(hangs)]})
    order = ["plan", "ask", "write", "repair"]
    acts = {kind: acts[kind] for kind in order[: order.index(stage) + 1]}
    async with serving(tmp_path, acts) as (stub, upstreams):
        created = await stub.CreateDeck(pb.CreateDeckRequest(question="How are delays?"))
        deck_id = created.deck.deck_id
        async with asyncio.timeout(10):
            while stage not in {kind for kind, _ in upstreams.calls} or not upstreams.at_work:
                await asyncio.sleep(0.01)
        # One second is promised; a busy test machine gets some more.
        async with asyncio.timeout(4):
            await stub.CancelDeck(pb.CancelDeckRequest(deck_id=deck_id))
            while upstreams.at_work:
                await asyncio.sleep(0.01)
        info = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id))).deck
        assert info.state == pb.STATE_CANCELLED
        calls = len(upstreams.calls)
        await asyncio.sleep(0.6)
        assert len(upstreams.calls) == calls, "work went on"


async def test_watchers_of_any_speed_do_not_hold_up_the_deck(tmp_path):
    async with serving(tmp_path, script()) as (stub, _):
        watching = []

        async def slow(deck_id):
            call = stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id))
            await call.read()
            watching.append(call)  # and never reads on

        async def quick(deck_id, after):
            request = pb.WatchDeckRequest(deck_id=deck_id, after_sequence=after)
            return [one.event.sequence async for one in stub.WatchDeck(request)]

        created = await stub.CreateDeck(pb.CreateDeckRequest(question="How are delays?"))
        deck_id = created.deck.deck_id
        async with asyncio.timeout(20):
            await asyncio.gather(*(slow(deck_id) for _ in range(20)))
            seen = await asyncio.gather(*(quick(deck_id, after) for after in (0, 0, 3, 0)))
        assert seen[0] == seen[1] == list(range(1, seen[0][-1] + 1))
        assert seen[2] == seen[0][3:]
        info = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id))).deck
        assert info.state == pb.STATE_SUCCEEDED, info.error
        for call in watching:
            call.cancel()


async def test_each_printed_figure_has_evidence_that_comes_out_the_same(tmp_path):
    async with serving(tmp_path, script()) as (stub, upstreams):
        made = await end(stub, upstreams)
        reader = Reader()
        reader.feed(made.html)
        refs = {ref for ref, _ in reader.figures}
        assert len(refs) > 10
        for ref in refs:
            request = pb.GetEvidenceRequest(deck_id=made.info.deck_id, ref=ref)
            proof = (await stub.GetEvidence(request)).evidence
            assert same_value(proof.value, proof.recomputed), ref


async def test_a_deleted_deck_is_gone_from_the_file(tmp_path):
    marker = "a question that nobody may read again"
    async with serving(tmp_path, script()) as (stub, upstreams):
        made = await end(stub, upstreams, question=f"How are delays, {marker}?")
        assert holding(tmp_path, marker)
        await stub.DeleteDeck(pb.DeleteDeckRequest(deck_id=made.info.deck_id))
    assert not holding(tmp_path, marker)


def holding(folder, marker):
    """The files that hold the marker."""
    return [file.name for file in folder.iterdir() if marker.encode() in file.read_bytes()]
