"""Gives each call a deadline and ends it on time."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aislides_runtime.deadlines import Clock, Deadline, current_deadline
from aislides_runtime.errors import DeadlineExceeded
from aislides_runtime.interceptors.wrapping import Context, WrappingInterceptor


class DeadlineInterceptor(WrappingInterceptor):
    """Sets `current_deadline` to what the caller allows, at most `max_seconds`.

    `max_seconds_by_method` (full method name, `/package.Service/Method`) makes exceptions;
    `math.inf` lets a call live as long as its caller. When time is up the handler is cancelled and
    the caller gets DEADLINE_EXCEEDED.
    """

    def __init__(
        self,
        max_seconds: float,
        max_seconds_by_method: Mapping[str, float] | None = None,
        *,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__()
        self._max_seconds = max_seconds
        self._by_method = dict(max_seconds_by_method or {})
        self._clock = clock

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[Context]:
        """Runs the call until it ends or time is up."""
        allowed = context.time_remaining()
        seconds: float = min(
            math.inf if allowed is None else allowed,
            self._by_method.get(method, self._max_seconds),
        )
        current_deadline.set(Deadline(seconds, clock=self._clock))
        scope = asyncio.timeout(None if math.isinf(seconds) else seconds)
        try:
            async with scope:
                yield context
        except TimeoutError:
            if scope.expired():
                raise DeadlineExceeded from None
            raise
