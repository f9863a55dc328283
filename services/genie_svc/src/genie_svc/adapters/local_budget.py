"""The question budget of a workspace within one process."""

from __future__ import annotations

import asyncio
import bisect
import contextlib
import itertools
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from aislides_runtime.deadlines import Deadline

from genie_svc.domain.errors import BudgetExhausted, QueueFull
from genie_svc.ports import Clock, Place


class Unlimited:
    """A budget that always grants, except while the workspace itself asked for a pause."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._paused_until = float("-inf")

    @contextlib.asynccontextmanager
    async def enter(self, tenant: str, deadline: Deadline) -> AsyncIterator[Unlimited]:
        """A ticket that is granted at once, or after the pause."""
        wait = self._paused_until - self._clock.monotonic()
        if wait > deadline.remaining():
            raise BudgetExhausted(retry_after=wait)
        yield self

    async def advance(self) -> Place | None:
        """None at once, or after the pause."""
        while (wait := self._paused_until - self._clock.monotonic()) > 0:
            await self._clock.sleep(wait)
        return None

    async def pause(self, seconds: float) -> None:
        """Grants nothing for a while."""
        self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)

    async def close(self) -> None:
        """Nothing to end."""


@dataclass(order=True)
class QueueTicket:
    """A place in the line. `tag` is its virtual time: lower goes first."""

    tag: float
    number: int
    tenant: str = field(compare=False)
    deadline: Deadline = field(compare=False)
    place: Place | None = field(compare=False, default=None)
    changed: asyncio.Event = field(compare=False, default_factory=asyncio.Event)
    fault: Exception | None = field(compare=False, default=None)

    async def advance(self) -> Place | None:
        """The next change of the place, None once granted."""
        await self.changed.wait()
        self.changed.clear()
        if self.fault is not None:
            raise self.fault
        if self.place is not None and self.place.expected_wait > self.deadline.remaining():
            raise BudgetExhausted(retry_after=self.place.expected_wait)
        return self.place

    def tell(self, place: Place | None) -> None:
        """Wakes the caller when it has something to report or to refuse."""
        before, self.place = self.place, place
        moved = place is None or before is None or before.ahead != place.ahead
        if moved or (place and place.expected_wait > self.deadline.remaining()):
            self.changed.set()

    def fail(self, fault: Exception) -> None:
        """Ends the wait with an error."""
        self.fault = fault
        self.changed.set()


class LocalBudget:
    """A token bucket with one fair line.

    Up to `burst` questions go at once, then one every `60 / per_minute` seconds. Each ticket gets
    a virtual time, a step of `1 / weight` after its tenant's last one: tenants take turns by
    weight, and a ticket is only ever overtaken by those of tenants who asked for less.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        per_minute: float,
        burst: float | None = None,
        most_queued: int = 2_000,
        weights: Mapping[str, int] | None = None,
    ) -> None:
        self._clock = clock
        self._rate = per_minute / 60.0
        self._size = max(1.0, per_minute if burst is None else burst)
        self._tokens = self._size
        self._counted_at = clock.monotonic()
        self._paused_until = float("-inf")
        self._most_queued = most_queued
        self._weights = dict(weights or {})
        self._line: list[QueueTicket] = []
        self._last_tags: dict[str, float] = {}
        self._now_serving = 0.0
        self._numbers = itertools.count()
        self._serving: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def enter(self, tenant: str, deadline: Deadline) -> AsyncIterator[QueueTicket]:
        """A ticket in the line."""
        if len(self._line) >= self._most_queued:
            raise QueueFull(retry_after=self._wait_for(0))
        tag = max(self._now_serving, self._last_tags.get(tenant, 0.0)) + 1.0 / self._weight(tenant)
        ticket = QueueTicket(tag, next(self._numbers), tenant, deadline)
        self._last_tags[tenant] = tag
        bisect.insort(self._line, ticket)
        self._serve()
        try:
            yield ticket
        finally:
            if ticket in self._line:
                self._line.remove(ticket)
                self._serve()

    async def pause(self, seconds: float) -> None:
        """Grants nothing for a while, and then no burst."""
        self._count()
        self._tokens = min(self._tokens, 1.0)
        self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)
        self._serve()

    async def close(self) -> None:
        """Serves nobody any more."""
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait([self._serving])

    def _serve(self) -> None:
        """Serves whom it can, tells the others their places, and sees to the next time."""
        self._count()
        if self._clock.monotonic() >= self._paused_until:
            while self._line and self._tokens >= 1.0 - 1e-9:
                self._tokens -= 1.0
                ticket = self._line.pop(0)
                self._now_serving = ticket.tag
                ticket.tell(None)
        for position, ticket in enumerate(self._line):
            ticket.tell(Place(position, self._wait_for(position)))
        if self._line and self._serving is None:
            self._serving = asyncio.create_task(self._serve_on())
        if not self._line:
            self._last_tags.clear()
            self._now_serving = 0.0

    async def _serve_on(self) -> None:
        try:
            while self._line:
                await self._clock.sleep(max(0.001, self._wait_for(0)))
                self._serve()
        finally:
            self._serving = None

    def _weight(self, tenant: str) -> int:
        return max(1, self._weights.get(tenant, 1))

    def _count(self) -> None:
        now = self._clock.monotonic()
        self._tokens = min(self._size, self._tokens + (now - self._counted_at) * self._rate)
        self._counted_at = now

    def _wait_for(self, position: int) -> float:
        """Seconds until the one at a position is served."""
        paused = max(0.0, self._paused_until - self._clock.monotonic())
        return max(paused, (position + 1 - self._tokens) / self._rate)
