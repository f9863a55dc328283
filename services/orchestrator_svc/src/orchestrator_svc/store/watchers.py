"""Tells those who watch a deck in this process what was written, as soon as it is durable; those
who must read it share one read of the same place of the same log."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Hashable
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

T = TypeVar("T")

KEPT_SECONDS: Final = 0.5
"""For so long a read is good for others, unless this process wrote: another one may have."""
KEPT_EVENTS: Final = 200
"""Events of a deck that are kept for those who watch it."""


class Log(NamedTuple):
    """A part of a deck's log."""

    events: list[pb.DeckEvent]
    final: bool
    """Nobody works on the deck, and these events are the last."""


class Watchers:
    """Who waits for which deck, and what was last written to the logs that are watched."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._reads: defaultdict[str, dict[Hashable, asyncio.Task[Any]]] = defaultdict(dict)
        self._tails: dict[str, _Tail] = {}
        self._reached: dict[str, int] = {}

    def tell(self, deck_id: str, written: Log) -> None:
        """Tells all who wait for this deck what is durable now. A write may be told of after one
        that came later."""
        if deck_id not in self._waiting:
            return
        tail = self._tails.get(deck_id)
        if not written.events:
            if written.final:
                self.wake(deck_id)
            return
        if tail is None or not tail.goes_on_with(written):
            tail = self._tails[deck_id] = _Tail()
        tail.add(written)
        self.reached(deck_id, written.events[-1].sequence)
        self._wake(deck_id)

    def wake(self, deck_id: str) -> None:
        """Has all who wait for this deck read the store."""
        self._tails.pop(deck_id, None)
        self._wake(deck_id)

    def _wake(self, deck_id: str) -> None:
        # A read that began before the change must not answer for one that begins after it.
        self._reads.pop(deck_id, None)
        for waiting in self._waiting.get(deck_id, ()):
            waiting.set()

    def reached(self, deck_id: str, sequence: int) -> None:
        """Notes that the log is known here up to this number."""
        self._reached[deck_id] = max(sequence, self._reached.get(deck_id, 0))

    def known(self) -> dict[str, int]:
        """How far the logs of all decks that are watched are known here."""
        return {deck_id: self._reached.get(deck_id, 0) for deck_id in self._waiting}

    def told_after(self, deck_id: str, sequence: int) -> Log | None:
        """What was told since; None when that must be read from the store."""
        tail = self._tails.get(deck_id)
        return tail.after(sequence) if tail else None

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
            self._tails.pop(deck_id, None)
            self._reached.pop(deck_id, None)

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


class _Tail:
    """The newest events of a log, without gaps."""

    def __init__(self) -> None:
        self._events: deque[pb.DeckEvent] = deque(maxlen=KEPT_EVENTS)
        self._final = False

    def goes_on_with(self, written: Log) -> bool:
        """Whether what was written is next, or old."""
        return written.events[0].sequence <= self._events[-1].sequence + 1

    def add(self, written: Log) -> None:
        """Appends what is new."""
        if not self._events or written.events[0].sequence > self._events[-1].sequence:
            self._events.extend(written.events)
            self._final = written.final

    def after(self, sequence: int) -> Log | None:
        """The events behind one; None when some of them are not here."""
        skipped = sequence + 1 - self._events[0].sequence
        if not 0 <= skipped <= len(self._events):
            return None
        return Log(list(islice(self._events, skipped, None)), self._final)


def _seen(task: asyncio.Task[Any]) -> None:
    """Looks at a failure, also where nobody waits for it any more."""
    if not task.cancelled():
        task.exception()
