"""Wakes those who watch a deck in this process, as soon as something was written; those who look at
the same place of the same log share one read."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")

KEPT_SECONDS: Final = 0.5
"""For so long a read is good for others, unless this process wrote: another one may have."""


class Watchers:
    """Who waits for which deck. Only a wake-up: what happened is read from the store."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._reads: defaultdict[str, dict[Hashable, asyncio.Task[Any]]] = defaultdict(dict)

    def wake(self, deck_id: str) -> None:
        """Wakes all who wait for this deck."""
        # A read that began before the change must not answer for one that begins after it.
        self._reads.pop(deck_id, None)
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
            self._reads.pop(deck_id, None)

    async def shared(
        self, deck_id: str, what: Hashable, read: Callable[[], Coroutine[Any, Any, T]]
    ) -> T:
        """What `read` brings; one that was begun a moment ago, since the last wake-up, will do."""
        reads = self._reads[deck_id]
        task: asyncio.Task[T] | None = reads.get(what)
        if task is None:
            task = reads[what] = asyncio.create_task(read())
            task.add_done_callback(_seen)
            asyncio.get_running_loop().call_later(KEPT_SECONDS, reads.pop, what, None)
        # One watcher that leaves takes nothing from the others.
        return await asyncio.shield(task)


def _seen(task: asyncio.Task[Any]) -> None:
    """Looks at a failure, also where nobody waits for it any more."""
    if not task.cancelled():
        task.exception()
