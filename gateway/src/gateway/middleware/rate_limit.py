"""Requests a minute for each caller: a token bucket by key, else by address."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import TooManyRequests
from gateway.problems import problem

MOST_CALLERS: Final = 10_000
FREE_PATHS: Final = ("/health", "/health/live", "/health/ready", "/metrics")


class RateLimit:
    """Lets each caller make so many requests a minute, in bursts of as many."""

    def __init__(
        self, app: ASGIApp, per_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http" or scope["path"] in FREE_PATHS:
            await self._app(scope, receive, send)
            return
        left = self._take(_caller(scope))
        reset = max(1, round(60 * (1 - min(left, 0.0)) / self._per_minute))

        async def limited(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"] = f'"default";q={self._per_minute};w=60'
                headers["RateLimit"] = f'"default";r={max(0, int(left))};t={reset}'
            await send(message)

        if left < 0:
            refusal = TooManyRequests(
                f"more than {self._per_minute} requests a minute; wait {reset} s",
                retry_after=reset,
            )
            await problem(refusal)(scope, receive, limited)
            return
        await self._app(scope, receive, limited)

    def _take(self, caller: str) -> float:
        """What is left after this request; negative when there was nothing to take."""
        now = self._clock()
        tokens, then = self._buckets.pop(caller, (float(self._per_minute), now))
        tokens = min(self._per_minute, tokens + (now - then) * self._per_minute / 60)
        left = tokens - 1
        self._buckets[caller] = (max(left, 0.0) if left >= 0 else tokens, now)
        while len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        return left


def _caller(scope: Scope) -> str:
    caller: str = scope["state"]["caller"]
    client = scope.get("client")
    return caller or (client[0] if client else "unknown")
