from __future__ import annotations

import asyncio

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.errors import DeckNotFound
from orchestrator_svc.store import watchers as module
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.watchers import KEPT_EVENTS, Log, Watchers
from orchestrator_svc.watch import looking, watch


def written(first, last, *, final=False):
    return Log([pb.DeckEvent(sequence=number) for number in range(first, last + 1)], final)


def numbers(log):
    return None if log is None else [event.sequence for event in log.events]


@pytest.fixture
def watched():
    watchers = Watchers()
    changed = watchers.register("d")
    yield watchers
    watchers.unregister("d", changed)


def test_watchers_are_given_what_was_written(watched):
    assert watched.told_after("d", 0) is None
    watched.tell("d", written(4, 5))
    watched.tell("d", written(6, 6, final=True))
    assert numbers(watched.told_after("d", 3)) == [4, 5, 6]
    assert numbers(watched.told_after("d", 5)) == [6]
    assert watched.told_after("d", 6) == Log([], True)
    # What came before is in the store alone, as is what a client asks for ahead of its time.
    assert watched.told_after("d", 2) is None
    assert watched.told_after("d", 7) is None


def test_a_write_told_late_changes_nothing_and_a_gap_is_read_from_the_store(watched):
    watched.tell("d", written(5, 5, final=True))
    watched.tell("d", written(4, 4))
    assert watched.told_after("d", 4) == written(5, 5, final=True)
    watched.tell("d", written(9, 9))
    assert watched.told_after("d", 5) is None
    assert numbers(watched.told_after("d", 8)) == [9]


def test_only_so_much_is_kept_and_nothing_without_watchers(watched):
    watched.tell("d", written(1, KEPT_EVENTS + 1))
    assert watched.told_after("d", 0) is None
    assert len(watched.told_after("d", 1).events) == KEPT_EVENTS
    watched.tell("other", written(1, 2))
    assert watched.told_after("other", 0) is None


def test_an_end_without_an_event_sends_watchers_to_the_store():
    watchers = Watchers()
    changed = watchers.register("d")
    watchers.tell("d", written(1, 1))
    changed.clear()
    watchers.tell("d", Log([], False))
    assert not changed.is_set()
    watchers.tell("d", Log([], True))
    assert changed.is_set()
    assert watchers.told_after("d", 1) is None


class Reads:
    """Counts its reads; each takes a turn of the loop and brings its number."""

    def __init__(self):
        self.reads = 0

    async def read(self):
        self.reads += 1
        mine = self.reads
        await asyncio.sleep(0)
        return mine


async def test_watchers_at_the_same_place_share_one_read():
    watchers, log = Watchers(), Reads()
    seen = await asyncio.gather(*(watchers.shared("d", 7, log.read) for _ in range(500)))
    assert set(seen) == {1}
    assert await watchers.shared("d", 8, log.read) == 2
    assert await watchers.shared("other", 7, log.read) == 3


async def test_after_a_change_nobody_gets_what_was_read_before_it():
    watchers, log = Watchers(), Reads()
    changed = watchers.register("d")
    early = asyncio.create_task(watchers.shared("d", 7, log.read))
    await asyncio.sleep(0)
    watchers.wake("d")
    assert changed.is_set()
    assert await watchers.shared("d", 7, log.read) == 2
    assert await early == 1
    watchers.unregister("d", changed)


async def test_what_another_process_wrote_is_seen_a_moment_later(monkeypatch):
    monkeypatch.setattr(module, "KEPT_SECONDS", 0.0)
    watchers, log = Watchers(), Reads()
    await watchers.shared("d", 7, log.read)
    await asyncio.sleep(0.01)
    assert await watchers.shared("d", 7, log.read) == 2


async def test_one_that_leaves_takes_nothing_from_the_others_and_failures_reach_all():
    watchers, log = Watchers(), Reads()
    leaving = asyncio.create_task(watchers.shared("d", 1, log.read))
    staying = asyncio.create_task(watchers.shared("d", 1, log.read))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == 1

    async def broken():
        raise LookupError("gone")

    for _ in range(2):
        with pytest.raises(LookupError):
            await watchers.shared("d", 2, broken)


async def test_what_another_process_wrote_to_a_watched_deck_is_noticed(database_url):
    def edit(change):
        change.record(pb.DeckEvent(cancelled=pb.DeckCancelled()))
        change.info.state = pb.STATE_CANCELLED

    deck_id, seen = "a" * 32, []
    async with open_database(database_url) as ours, open_database(database_url) as theirs:
        store, other = DeckStore(ours, Watchers()), DeckStore(theirs, Watchers())
        await store.create(deck_id, pb.CreateDeckRequest(question="?"))

        async def follow():
            async for event in watch(store, deck_id, 0):
                seen.append(event)

        async with looking(store, seconds=0.01), asyncio.timeout(10):
            following = asyncio.create_task(follow())
            while not seen:
                await asyncio.sleep(0.01)
            await other.change(deck_id, edit)
            await following
    assert [event.WhichOneof("body") for event in seen] == ["accepted", "cancelled"]


async def test_silence_is_told_and_a_watched_deck_that_goes_is_missed(database_url):
    deck_id = "a" * 32
    async with open_database(database_url) as ours, open_database(database_url) as theirs:
        store, other = DeckStore(ours, Watchers()), DeckStore(theirs, Watchers())
        await store.create(deck_id, pb.CreateDeckRequest(question="?"))
        events = watch(store, deck_id, 1, heartbeat_seconds=0.01)
        assert await anext(events) is None
        async with looking(store, seconds=0.01), asyncio.timeout(10):
            await other.delete(deck_id)
            with pytest.raises(DeckNotFound):
                while True:
                    await anext(events)
