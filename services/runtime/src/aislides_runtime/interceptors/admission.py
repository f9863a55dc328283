"""Refuses calls beyond what the server can carry, at once and with a reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aislides_runtime.errors import Kind, ServiceError
from aislides_runtime.interceptors.access_log import HEALTH
from aislides_runtime.interceptors.wrapping import Context, WrappingInterceptor


class ServerBusy(ServiceError):
    """As many calls as the server takes are being served."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "SERVER_BUSY"
    default_message = "the service is busy; try again in a second"


class AdmissionInterceptor(WrappingInterceptor):
    """Lets at most `limit` calls in; health checks do not count and are always answered."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._inside = 0

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[Context]:
        """Runs the call if there is room."""
        if method.startswith(HEALTH):
            yield context
            return
        if self._inside >= self._limit:
            raise ServerBusy(retry_after=1.0)
        self._inside += 1
        try:
            yield context
        finally:
            self._inside -= 1
