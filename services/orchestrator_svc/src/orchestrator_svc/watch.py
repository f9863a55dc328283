"""Follows a deck's log from any point, until its run ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.watchers import Log

HEARTBEAT_SECONDS: Final = 15.0
MOST_EVENTS: Final = 200
"""Events read at once."""
LOOK_AGAIN_SECONDS: Final = 1.0
"""Another process may have written without waking us."""


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
    silent = 0.0
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
                silent = 0.0
            if told.final:
                return
            full, told = len(told.events) == MOST_EVENTS, None
            if full:
                continue
            try:
                async with asyncio.timeout(min(LOOK_AGAIN_SECONDS, heartbeat_seconds)):
                    await changed.wait()
                changed.clear()
                told = store.watchers.told_after(deck_id, seen)
            except TimeoutError:
                silent += min(LOOK_AGAIN_SECONDS, heartbeat_seconds)
                if silent >= heartbeat_seconds:
                    silent = 0.0
                    yield None
    finally:
        store.watchers.unregister(deck_id, changed)
