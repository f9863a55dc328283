"""Asynchronous calls through blocking clients: a bounded pool of threads, retries for reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aislides_runtime.deadlines import current_deadline
from aislides_runtime.errors import DeadlineExceeded

from genie_svc.adapters.faults import Fault
from genie_svc.adapters.retries import RetryBudget, RetryPolicy
from genie_svc.domain.reading import Json
from genie_svc.ports import Clock

T = TypeVar("T")


class Threads:
    """A bounded pool for short blocking calls; waiting in line costs no thread."""

    def __init__(self, size: int) -> None:
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="databricks")

    async def run(self, function: Callable[[], T]) -> T:
        """The function's result; raises DeadlineExceeded when the caller's time is up first."""
        deadline = current_deadline.get()
        seconds = None
        if deadline is not None:
            deadline.check()
            seconds = deadline.remaining()
        future = asyncio.get_running_loop().run_in_executor(self._pool, function)
        try:
            async with asyncio.timeout(seconds if seconds != float("inf") else None):
                return await future
        except TimeoutError:
            if deadline is not None and deadline.expired:
                raise DeadlineExceeded from None
            raise

    def close(self) -> None:
        """Starts nothing more; calls under way end by their own timeouts."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class Calls:
    """Single-attempt and retried calls to one workspace."""

    def __init__(
        self,
        threads: Threads,
        clock: Clock,
        policy: RetryPolicy,
        budget: RetryBudget,
        *,
        polling: Threads | None = None,
    ) -> None:
        self._threads = threads
        self._polling = polling or threads
        self._clock = clock
        self._policy = policy
        self._budget = budget

    async def once(self, call: Callable[[], Json]) -> Json:
        """One attempt; raises a Fault."""
        return await self._threads.run(call)

    async def glance(self, call: Callable[[], Json]) -> Json:
        """One attempt in the threads for polls, so that they hold up no answer; raises a Fault."""
        return await self._polling.run(call)

    async def read(self, call: Callable[[], T]) -> T:
        """Attempts until one succeeds, a fault is final, or policy, budget or time end it."""
        self._budget.request()
        attempt = 1
        while True:
            try:
                return await self._threads.run(call)
            except Fault as fault:
                wait = self._policy.wait(attempt, fault.retry_after) if fault.retryable else None
                deadline = current_deadline.get()
                late = deadline is not None and wait is not None and deadline.remaining() <= wait
                if wait is None or late or not self._budget.take():
                    raise
            await self._clock.sleep(wait)
            attempt += 1
