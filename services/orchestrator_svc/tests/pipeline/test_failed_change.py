"""A refresh or revision that comes to nothing leaves the deck as good as it was, and says why."""

from __future__ import annotations

import asyncio

import aislides_analyst
import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Unavailable
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.ports import Words
from orchestrator_svc.refresh import begin_refresh
from orchestrator_svc.restore import restore_revision
from orchestrator_svc.revise import begin_revision

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import monthly_delays

ID = "a" * 32
QUESTION = "How did departure delays develop in 2013?"
KEPT = ("state", "revision", "title", "slide_count", "theme", "verdict", "remarks", "question")


class Genie(FakeGenie):
    """Answers one of two questions; what a query that runs again does is told later."""

    def __init__(self):
        super().__init__({"by month": monthly_delays(), "by planet": Words("Which planet?")})
        self.again = asyncio.Event()

    async def run_again(self, result, *, max_rows):
        if isinstance(self.again, Exception):
            raise self.again
        await self.again.wait()
        return result


def model(*more):
    results = [monthly_delays("r1")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    return FakeLlm([["by month", "by planet"]], [deck, *more])


async def made_with_a_remark(house):
    info = await house.make(QUESTION, depth=pb.DEPTH_QUICK)
    assert (info.state, len(info.remarks)) == (pb.STATE_SUCCEEDED, 1)
    return info


async def as_it_was(house, before, reason):
    """The deck at its end, which must be what it was but for the reason."""
    after = await house.end()
    assert after.change_error.reason == reason
    assert not after.HasField("error")
    for name in KEPT:
        assert getattr(after, name) == getattr(before, name), name
    assert (await house.store.revision(ID, 0))[1].deck.slides
    return after


async def test_a_refresh_that_fails(house):
    async with house(Genie(), model()) as made:
        before = await made_with_a_remark(made)
        made.genie.again = Unavailable("genie_svc is away")
        await begin_refresh(made.store, ID, "")
        made.jobs.submit(ID)
        after = await as_it_was(made, before, "SERVICE_UNAVAILABLE")
        assert after.change_error.retryable
        assert (await made.kinds())[-1] == "failed"


async def test_a_refresh_that_takes_too_long(house):
    async with house(Genie(), model()) as made:
        before = await made_with_a_remark(made)
    async with house(Genie(), model(), time_limit=0.5) as made:
        await begin_refresh(made.store, ID, "")
        made.jobs.submit(ID)
        await as_it_was(made, before, "DECK_TIME_LIMIT")


async def test_an_instruction_that_is_not_understood(house):
    async with house(Genie(), model({"slides": [{"id": "s77"}]})) as made:
        before = await made_with_a_remark(made)
        await begin_revision(made.store, pb.ReviseDeckRequest(deck_id=ID, instruction="Sing"))
        made.jobs.submit(ID)
        await as_it_was(made, before, "INSTRUCTION_NOT_UNDERSTOOD")


@pytest.mark.parametrize("begun", [False, True])
async def test_a_refresh_that_is_cancelled(house, begun):
    async with house(Genie(), model()) as made:
        before = await made_with_a_remark(made)
        await begin_refresh(made.store, ID, "")
        if begun:
            made.jobs.submit(ID)
            async with asyncio.timeout(10):
                while (await made.store.get(ID)).state != pb.STATE_RUNNING:
                    await asyncio.sleep(0.005)
        assert (await made.jobs.cancel(ID)).state == pb.STATE_SUCCEEDED
        await as_it_was(made, before, "DECK_CANCELLED")
        assert (await made.kinds())[-1] == "cancelled"


@pytest.mark.parametrize("way", ["refresh", "restore"])
async def test_the_reason_goes_with_the_next_change(house, way):
    async with house(Genie(), model()) as made:
        before = await made_with_a_remark(made)
        made.genie.again = Unavailable("genie_svc is away")
        await begin_refresh(made.store, ID, "")
        made.jobs.submit(ID)
        await as_it_was(made, before, "SERVICE_UNAVAILABLE")
        if way == "restore":
            info = await restore_revision(made.store, ID, 1, "")
        else:
            made.genie.again = asyncio.Event()
            made.genie.again.set()
            assert not (await begin_refresh(made.store, ID, "")).HasField("change_error")
            made.jobs.submit(ID)
            info = await made.end()
        assert info.state == pb.STATE_SUCCEEDED
        assert not info.HasField("change_error")
