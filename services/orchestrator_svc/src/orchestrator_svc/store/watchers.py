"""Wakes those who watch a deck in this process, as soon as something was written."""

from __future__ import annotations

import asyncio
from collections import defaultdict


class Watchers:
    """Who waits for which deck. Only a wake-up: what happened is read from the store."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def wake(self, deck_id: str) -> None:
        """Wakes all who wait for this deck."""
        for waiting in self._waiting.get(deck_id, ()):
            waiting.set()

    def register(self, deck_id: str) -> asyncio.Event:
        """An event that is set whenever the deck changes; give it back with `unregister`.

        Registered before the first read, no change between read and wait is missed.
        """
        changed = asyncio.Event()
        self._waiting[deck_id].add(changed)
        return changed

    def unregister(self, deck_id: str, changed: asyncio.Event) -> None:
        """Forgets a waiter."""
        self._waiting[deck_id].discard(changed)
        if not self._waiting[deck_id]:
            del self._waiting[deck_id]
