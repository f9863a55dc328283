"""Follows a deck's log from any point, until its run ends."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.logs import get_logger

from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.watchers import Log

HEARTBEAT_SECONDS: Final = 15.0
MOST_EVENTS: Final = 200
"""Events read at once."""
LOOK_SECONDS: Final = 1.0
"""So often one look is taken at all decks that are watched: another process may have written."""

log = get_logger(__name__)


async def watch(
    store: DeckStore,
    deck_id: str,
    after_sequence: int,
    *,
    heartbeat_seconds: float = HEARTBEAT_SECONDS,
) -> AsyncIterator[pb.DeckEvent | None]:
    """Events in order, None as heartbeat in silence; ends with the run. Raises DeckNotFound."""
    changed = store.watchers.register(deck_id)
    seen = after_sequence
    told: Log | None = None
    try:
        while True:
            if told is None:
                changed.clear()
                told = await store.watchers.shared(
                    deck_id, seen, partial(store.log_after, deck_id, seen, MOST_EVENTS)
                )
            for event in told.events:
                yield event
                seen = event.sequence
            if told.final:
                return
            full, told = len(told.events) == MOST_EVENTS, None
            if full:
                continue
            store.watchers.reached(deck_id, seen)
            try:
                async with asyncio.timeout(heartbeat_seconds):
                    await changed.wait()
                changed.clear()
                told = store.watchers.told_after(deck_id, seen)
            except TimeoutError:
                yield None
    finally:
        store.watchers.unregister(deck_id, changed)


@asynccontextmanager
async def looking(store: DeckStore, *, seconds: float = LOOK_SECONDS) -> AsyncIterator[None]:
    """Wakes those who watch decks to which another process wrote, inside the block."""

    async def look() -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                known = store.watchers.known()
                newest = await store.newest(known)
                for deck_id, sequence in known.items():
                    if newest.get(deck_id, math.inf) > sequence:
                        store.watchers.wake(deck_id)
            except Exception:
                # The database may be away for a while: those who watch wait, the process lives on.
                log.exception("looking_for_events_failed")

    looks = asyncio.create_task(look(), name="deck-looks")
    try:
        yield
    finally:
        looks.cancel()
        await asyncio.gather(looks, return_exceptions=True)
