from __future__ import annotations

import asyncio

import pytest
from orchestrator_svc.store import watchers as module
from orchestrator_svc.store.watchers import Watchers


class Log:
    """Counts its reads; each takes a turn of the loop and brings its number."""

    def __init__(self):
        self.reads = 0

    async def read(self):
        self.reads += 1
        mine = self.reads
        await asyncio.sleep(0)
        return mine


async def test_watchers_at_the_same_place_share_one_read():
    watchers, log = Watchers(), Log()
    seen = await asyncio.gather(*(watchers.shared("d", 7, log.read) for _ in range(500)))
    assert set(seen) == {1}
    assert await watchers.shared("d", 8, log.read) == 2
    assert await watchers.shared("other", 7, log.read) == 3


async def test_after_a_change_nobody_gets_what_was_read_before_it():
    watchers, log = Watchers(), Log()
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
    watchers, log = Watchers(), Log()
    await watchers.shared("d", 7, log.read)
    await asyncio.sleep(0.01)
    assert await watchers.shared("d", 7, log.read) == 2


async def test_one_that_leaves_takes_nothing_from_the_others_and_failures_reach_all():
    watchers, log = Watchers(), Log()
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
