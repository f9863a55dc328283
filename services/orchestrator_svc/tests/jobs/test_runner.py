from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Unavailable
from orchestrator_svc.jobs.attempt import Attempt
from orchestrator_svc.jobs.leases import open_leases
from orchestrator_svc.jobs.runner import JobRunner
from orchestrator_svc.jobs.steps import KeptSteps
from orchestrator_svc.pipeline.journal import Journal
from orchestrator_svc.store.claims import Claims
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.watchers import Watchers

IDS = [f"{number:032x}" for number in range(20)]
STATES = {
    pb.STATE_QUEUED: "queued",
    pb.STATE_RUNNING: "running",
    pb.STATE_SUCCEEDED: "succeeded",
    pb.STATE_FAILED: "failed",
    pb.STATE_CANCELLED: "cancelled",
}


class Work:
    """What a replica does with a deck: it waits for a sign, then succeeds."""

    def __init__(self):
        self.begun: list[str] = []
        self.stopped: list[str] = []
        self.go = asyncio.Event()
        self.fault: Exception | None = None

    async def make(self, claim, journal, begun):
        self.begun.append(claim.deck_id)
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.stopped.append(claim.deck_id)
            raise
        if self.fault is not None:
            raise self.fault

        def edit(change):
            change.info.state = pb.STATE_SUCCEEDED

        await journal.change(edit)


@pytest.fixture
async def database(database_url):
    async with open_database(database_url) as database:
        yield database


@pytest.fixture
def store(database):
    return DeckStore(database, Watchers())


@pytest.fixture
def replica(database, store):
    @asynccontextmanager
    async def build(work, *, at_once=4, drain=0.0, max_attempts=5):
        async with open_leases(database, seconds=15) as leases:
            attempt = Attempt(store, work.make, time_limit_seconds=30, max_attempts=max_attempts)
            jobs = JobRunner(
                store, Claims(database), leases, attempt, at_once=at_once, poll_seconds=0.02
            )
            async with jobs.running(drain_seconds=drain):
                yield jobs

    return build


async def create(store, *numbers):
    for number in numbers:
        await store.create(IDS[number], pb.CreateDeckRequest(question=f"Q{number}?"))


async def until(condition):
    async with asyncio.timeout(30):
        while not await condition():
            await asyncio.sleep(0.005)


async def begins(work, number):
    async def begun():
        return IDS[number] in work.begun

    await until(begun)


async def reaches(store, number, state):
    async def there():
        return STATES[(await store.get(IDS[number])).state] == state

    await until(there)


async def test_no_more_decks_are_at_work_than_allowed_and_the_oldest_come_first(store, replica):
    work = Work()
    await create(store, 0, 1, 2)
    async with replica(work, at_once=2) as jobs:

        async def two_begun():
            return len(work.begun) == 2

        await until(two_begun)
        assert jobs.at_work == 2
        assert sorted(work.begun) == IDS[:2]
        work.go.set()
        await reaches(store, 2, "succeeded")


async def test_cancelling_at_one_replica_stops_work_at_another_at_once(store, replica):
    work, idle = Work(), Work()
    async with replica(work) as _:
        await create(store, 0)
        await begins(work, 0)
        # Less than the fifteen seconds that a lease would take to run out.
        async with replica(idle, at_once=1) as other, asyncio.timeout(8):
            info = await other.cancel(IDS[0])
            assert info.state == pb.STATE_CANCELLED

            async def stopped():
                return work.stopped == [IDS[0]]

            await until(stopped)
    events = (await store.log_after(IDS[0], 0)).events
    assert [event.WhichOneof("body") for event in events] == ["accepted", "cancelled"]
    assert idle.begun == []


async def test_cancelled_work_stops_before_its_end_is_written(store, replica, monkeypatch):
    work, may_write, change = Work(), asyncio.Event(), store.change

    async def slow_change(*of, **claim):
        await may_write.wait()
        return await change(*of, **claim)

    async with replica(work) as jobs:
        await create(store, 0)
        await begins(work, 0)
        await reaches(store, 0, "running")
        monkeypatch.setattr(store, "change", slow_change)
        cancelling = asyncio.create_task(jobs.cancel(IDS[0]))

        async def stopped():
            return work.stopped == [IDS[0]]

        await until(stopped)
        await asyncio.sleep(0.1)  # the runner looks several times for decks that nobody works on
        assert (await store.get(IDS[0])).state == pb.STATE_RUNNING
        may_write.set()
        assert (await cancelling).state == pb.STATE_CANCELLED
        assert work.begun == [IDS[0]]


async def test_a_deck_whose_cancelling_could_not_be_written_is_taken_up_again(
    store, replica, monkeypatch
):
    work, change = Work(), store.change

    async def no_change(*of, **claim):
        raise OSError("the database is away")

    async with replica(work) as jobs:
        await create(store, 0)
        await begins(work, 0)
        await reaches(store, 0, "running")
        monkeypatch.setattr(store, "change", no_change)
        with pytest.raises(OSError, match="away"):
            await jobs.cancel(IDS[0])
        monkeypatch.setattr(store, "change", change)
        work.go.set()
        await reaches(store, 0, "succeeded")


async def test_a_finished_deck_cannot_be_cancelled(store, replica):
    work = Work()
    work.go.set()
    async with replica(work) as jobs:
        await create(store, 0)
        await reaches(store, 0, "succeeded")
        assert (await jobs.cancel(IDS[0])).state == pb.STATE_SUCCEEDED


async def test_a_replica_that_stops_hands_its_decks_to_the_next(store, replica):
    first, second = Work(), Work()
    await create(store, 0)
    async with replica(first):
        await begins(first, 0)
    assert first.stopped == [IDS[0]]
    second.go.set()
    async with replica(second):
        await reaches(store, 0, "succeeded")


async def test_decks_at_work_may_finish_while_the_replica_drains(store, replica):
    work = Work()
    await create(store, 0, 1)
    async with replica(work, at_once=1, drain=5):
        await begins(work, 0)
        asyncio.get_running_loop().call_later(0.05, work.go.set)
    assert (await store.get(IDS[0])).state == pb.STATE_SUCCEEDED
    assert (await store.get(IDS[1])).state == pb.STATE_QUEUED


async def test_decks_of_a_dead_executor_are_taken_over(database, store, replica):
    await create(store, 0)
    await Claims(database).take("long-dead", 1)
    work = Work()
    work.go.set()
    async with replica(work):
        await reaches(store, 0, "succeeded")


async def test_a_deck_that_kills_its_worker_is_given_up(database, store, replica):
    await create(store, 0)
    for _ in range(2):
        await Claims(database).take("dies", 1)
        await Claims(database).let_go(["dies"])
    async with replica(Work(), max_attempts=2):
        await reaches(store, 0, "failed")
    info = await store.get(IDS[0])
    assert (info.error.reason, info.error.retryable) == ("DECK_GIVEN_UP", True)


async def test_an_unexpected_fault_ends_the_deck_without_telling_its_text(store, replica):
    work = Work()
    work.fault = RuntimeError("secret in a traceback")
    work.go.set()
    async with replica(work):
        await create(store, 0)
        await reaches(store, 0, "failed")
    assert "secret" not in str(await store.get(IDS[0]))


async def test_a_deck_whose_failure_could_not_be_written_is_tried_again(
    store, replica, monkeypatch
):
    work = Work()
    work.go.set()
    begins = 0
    change = store.change

    async def away_once(*of, **claim):
        nonlocal begins
        begins += 1
        if begins == 1:
            raise OSError("the database is away")
        return await change(*of, **claim)

    monkeypatch.setattr(store, "change", away_once)
    async with replica(work):
        await create(store, 0)
        await reaches(store, 0, "succeeded")
    assert begins == 2


async def test_a_deleted_deck_is_forgotten(store, replica):
    work = Work()
    async with replica(work) as jobs:
        await create(store, 0)
        await begins(work, 0)
        await jobs.forget(IDS[0])
        await store.delete(IDS[0])
        assert jobs.at_work == 0


async def test_a_finished_step_is_not_done_again(database, store):
    await create(store, 0)
    claim = (await Claims(database).take("e", 1))[0]
    done = []

    async def work():
        done.append(1)
        return {"n": len(done)}

    async def fails():
        raise Unavailable("away")

    journal = Journal(store, IDS[0], claim=claim.number)
    steps = KeptSteps(journal, (await journal.begin()).steps)
    assert await steps.step("plan", work) == {"n": 1}
    assert await steps.step("plan", work) == {"n": 1}
    with pytest.raises(Unavailable):
        await steps.step("ask:1", fails)
    again = KeptSteps(journal, (await journal.begin()).steps)
    assert await again.step("plan", work) == {"n": 1}
    assert await again.step("ask:1", work) == {"n": 2}


async def test_what_is_recorded_meanwhile_shares_a_write_and_the_first_end_counts(
    database, store, monkeypatch
):
    await create(store, 0)
    claim = (await Claims(database).take("e", 1))[0]
    journal = Journal(store, IDS[0], claim=claim.number)
    may_write, change, writes = asyncio.Event(), store.change, 0

    async def slow_change(*of, **claim):
        nonlocal writes
        writes += 1
        await may_write.wait()
        return await change(*of, **claim)

    def succeed(change):
        change.info.state = pb.STATE_SUCCEEDED
        change.append(pb.DeckEvent(completed=pb.DeckCompleted()), once="1:completed")

    monkeypatch.setattr(store, "change", slow_change)
    await journal.begin()
    journal.remark("one", "first")
    await asyncio.sleep(0)
    journal.remark("two", "second")
    finishing = asyncio.create_task(journal.change(succeed))
    await asyncio.sleep(0)
    finishing.cancel()
    failing = asyncio.create_task(journal.failed(Unavailable("too late")))
    await asyncio.sleep(0)
    may_write.set()
    await failing
    events = (await store.log_after(IDS[0], 1)).events
    assert [event.WhichOneof("body") for event in events] == ["remark", "remark", "completed"]
    info = await store.get(IDS[0])
    assert (STATES[info.state], list(info.remarks), writes) == ("succeeded", ["first", "second"], 2)
