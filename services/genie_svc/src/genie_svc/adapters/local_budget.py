"""The question budget of a workspace within one process."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from aislides_runtime.deadlines import Deadline

from genie_svc.domain.errors import BudgetExhausted, QueueFull
from genie_svc.ports import Clock, Place


class Unlimited:
    """A budget that always grants, except while the workspace itself asked for a pause."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._paused_until = 0.0

    @contextlib.asynccontextmanager
    async def enter(self, tenant: str, deadline: Deadline) -> AsyncIterator[Unlimited]:
        """A ticket that is granted at once, or after the pause."""
        wait = self._paused_until - self._clock.monotonic()
        if wait > deadline.remaining():
            raise BudgetExhausted(retry_after=wait)
        yield self

    async def advance(self) -> Place | None:
        """None at once, or after the pause."""
        wait = self._paused_until - self._clock.monotonic()
        if wait > 0:
            await self._clock.sleep(wait)
        return None

    async def pause(self, seconds: float) -> None:
        """Grants nothing for a while."""
        self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)


@dataclass(eq=False)
class _Waiter:
    """A ticket. `place` is None once it is granted."""

    deadline: Deadline
    place: Place | None
    changed: asyncio.Event
    told: bool = False

    async def advance(self) -> Place | None:
        if self.told:
            await self.changed.wait()
        self.told = True
        self.changed.clear()
        place = self.place
        if place is not None and place.expected_wait > self.deadline.remaining():
            raise BudgetExhausted(retry_after=place.expected_wait)
        return place


class LocalBudget:
    """A token bucket with fair queues: tenants take turns, each by its weight.

    Up to `per_minute` questions may go at once, then one every `60 / per_minute` seconds.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        per_minute: float,
        most_queued: int = 2_000,
        weights: Mapping[str, int] | None = None,
    ) -> None:
        self._clock = clock
        self._rate = per_minute / 60.0
        self._size = max(1.0, per_minute)
        self._tokens = self._size
        self._counted_at = clock.monotonic()
        self._paused_until = 0.0
        self._most_queued = most_queued
        self._weights = dict(weights or {})
        self._queues: OrderedDict[str, deque[_Waiter]] = OrderedDict()
        self._turns_used = 0
        self._granting: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def enter(self, tenant: str, deadline: Deadline) -> AsyncIterator[_Waiter]:
        """A ticket in the tenant's queue."""
        queued = sum(len(queue) for queue in self._queues.values())
        if queued >= self._most_queued:
            raise QueueFull(retry_after=self._wait_for(queued))
        waiter = _Waiter(deadline, Place(queued, 0.0), asyncio.Event())
        self._queues.setdefault(tenant, deque()).append(waiter)
        self._grant()
        try:
            if waiter.place is not None and waiter.place.expected_wait > deadline.remaining():
                raise BudgetExhausted(retry_after=waiter.place.expected_wait)
            yield waiter
        finally:
            queue = self._queues.get(tenant)
            if queue is not None and waiter in queue:
                queue.remove(waiter)
                if not queue:
                    self._forget(tenant)
                self._grant()

    async def pause(self, seconds: float) -> None:
        """Grants nothing for a while and starts over with an empty bucket."""
        self._count()
        self._tokens = min(self._tokens, 1.0)
        self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)
        self._grant()

    def _grant(self) -> None:
        """Serves whom it can, tells the others their places, and sees to the next time."""
        self._count()
        if self._clock.monotonic() >= self._paused_until:
            while self._queues and self._tokens >= 1.0 - 1e-9:
                self._tokens -= 1.0
                waiter = self._next()
                waiter.place = None
                waiter.changed.set()
        for position, waiter in enumerate(self._order()):
            place = Place(position, self._wait_for(position))
            if (
                waiter.place is None
                or waiter.place.ahead != position
                or not waiter.told
                or place.expected_wait > waiter.deadline.remaining()
            ):
                waiter.changed.set()
            waiter.place = place
        if self._queues and self._granting is None:
            self._granting = asyncio.create_task(self._grant_on())

    async def _grant_on(self) -> None:
        try:
            while self._queues:
                await self._clock.sleep(max(0.001, self._wait_for(0)))
                self._grant()
        finally:
            self._granting = None

    def _next(self) -> _Waiter:
        """The first of the tenant whose turn it is."""
        tenant, queue = next(iter(self._queues.items()))
        waiter = queue.popleft()
        self._turns_used += 1
        if not queue:
            self._forget(tenant)
        elif self._turns_used >= self._weight(tenant):
            self._queues.move_to_end(tenant)
            self._turns_used = 0
        return waiter

    def _forget(self, tenant: str) -> None:
        if tenant == next(iter(self._queues)):
            self._turns_used = 0
        del self._queues[tenant]

    def _order(self) -> list[_Waiter]:
        """All who wait, in the order in which they would be served if nobody else came."""
        order: list[_Waiter] = []
        lines = [(self._weight(tenant), deque(queue)) for tenant, queue in self._queues.items()]
        used = self._turns_used
        while lines:
            for weight, line in lines:
                for _ in range(min(weight - used, len(line))):
                    order.append(line.popleft())
                used = 0
            lines = [(weight, line) for weight, line in lines if line]
        return order

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
