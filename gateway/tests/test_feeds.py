from __future__ import annotations

import asyncio
from functools import partial

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Unavailable
from gateway.feeds import ALIVE, Feeds


class Orchestrator:
    """Streams that bring what a test puts into them."""

    def __init__(self):
        self.begun: list[int] = []
        self.stopped = 0
        self.lines: list[asyncio.Queue] = []

    async def watch(self, deck_id, after):
        self.begun.append(after)
        line = asyncio.Queue()
        self.lines.append(line)
        try:
            while True:
                for item in await line.get():
                    if isinstance(item, Exception):
                        raise item
                    if item == "end":
                        return
                    yield item
        except asyncio.CancelledError:
            self.stopped += 1
            raise

    def bring(self, *items, stream=-1):
        self.lines[stream].put_nowait(items)


def event(number):
    return pb.DeckEvent(sequence=number, remark=pb.Remark(text=f"remark {number}"))


def ids(messages):
    return [int(line[4:]) for text in messages for line in lines(text) if line.startswith("id: ")]


def lines(message):
    return message.decode().splitlines()


@pytest.fixture
def orchestrator():
    return Orchestrator()


@pytest.fixture
def following(orchestrator):
    """Begins to follow; what came is in the list, and the task ends with the feed."""
    feeds = Feeds()

    async def begin(after=0, deck_id="d"):
        seen = []

        async def follow():
            watch = partial(orchestrator.watch, deck_id)
            async for message in feeds.follow(("", deck_id), after, watch):
                seen.append(message)

        task = asyncio.create_task(follow())
        await turns()
        return seen, task

    return begin


async def turns():
    """Lets everything run that waits for nothing, however long that takes."""
    for _ in range(20):
        await asyncio.sleep(0)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.001)


async def test_all_who_follow_a_deck_share_one_stream_and_its_messages(orchestrator, following):
    begun = [await following() for _ in range(3)]
    orchestrator.bring(event(1), event(2))
    await until(lambda: all(ids(seen) == [1, 2] for seen, _ in begun))
    begun.append(await following())
    begun.append(await following(after=1))
    orchestrator.bring(event(3), "end")
    await asyncio.gather(*(task for _, task in begun))
    assert orchestrator.begun == [0]
    assert [ids(seen) for seen, _ in begun] == [[1, 2, 3]] * 4 + [[2, 3]]
    assert "event: remark" in lines(begun[0][0][0])
    # What came together goes together.
    assert [len(seen) for seen, _ in begun[:3]] == [2, 2, 2]


async def test_whoever_wants_more_than_the_stream_brings_gets_one_of_their_own(
    orchestrator, following
):
    late, first = await following(after=7)
    early, second = await following(after=2)
    assert orchestrator.begun == [7, 2]
    orchestrator.bring(event(8), "end", stream=0)
    orchestrator.bring(event(3), event(4), "end", stream=1)
    await asyncio.gather(first, second)
    assert (ids(late), ids(early)) == ([8], [3, 4])


async def test_the_stream_ends_with_its_last_follower_and_begins_anew(orchestrator, following):
    (_, one), (_, other) = await following(), await following()
    one.cancel()
    await turns()
    assert orchestrator.stopped == 0
    other.cancel()
    await until(lambda: orchestrator.stopped == 1)
    seen, task = await following()
    orchestrator.bring(event(1), "end")
    await task
    assert ids(seen) == [1]


async def test_a_run_that_follows_an_ended_one_is_a_stream_of_its_own(orchestrator, following):
    seen, task = await following()
    orchestrator.bring(event(1), "end")
    await task
    again, task = await following(after=1)
    orchestrator.bring(event(2), "end")
    await task
    assert (orchestrator.begun, ids(seen), ids(again)) == ([0, 1], [1], [2])


async def test_silence_and_failure_reach_all(orchestrator, following):
    begun = [await following(), await following()]
    orchestrator.bring(event(1), None)
    await until(lambda: all(len(seen) == 2 for seen, _ in begun))
    orchestrator.bring(Unavailable("the orchestrator is away"))
    await asyncio.gather(*(task for _, task in begun))
    for seen, _ in begun:
        assert seen[1] == ALIVE
        assert "event: stream_error" in lines(seen[2])
        assert "away" in seen[2].decode()
