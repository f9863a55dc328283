"""Gives each call its request id and tells it to the caller."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from aislides_runtime.interceptors.wrapping import (
    Context,
    ContextProxy,
    WrappingInterceptor,
    has_refused,
)
from aislides_runtime.request_ids import HEADER, accept_request_id, current_request_id


class RequestIdInterceptor(WrappingInterceptor):
    """Takes a well-formed `x-request-id` or makes a new one; echoes it in metadata.

    The echo goes out with the first response: sent earlier it would commit the call, and the
    client could no longer retry one that answers UNAVAILABLE. A failed call has it in its
    trailing metadata.
    """

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[Context]:
        """Runs the call with its id bound to logs and to outgoing calls."""
        offered = next((v for k, v in context.invocation_metadata() or () if k == HEADER), None)
        request_id = accept_request_id(offered)
        current_request_id.set(request_id)
        echoing = _EchoingContext(context, request_id)
        try:
            yield cast("Context", echoing)
        except Exception:
            if not echoing.echoed:
                trailing = tuple(context.trailing_metadata() or ())
                context.set_trailing_metadata((*trailing, (HEADER, request_id)))
            raise
        if not has_refused(context):
            await echoing.echo()


class _EchoingContext(ContextProxy):
    def __init__(self, inner: Context, request_id: str) -> None:
        super().__init__(inner)
        self._request_id = request_id
        self.echoed = False

    async def echo(self, metadata: tuple[tuple[str, str | bytes], ...] = ()) -> None:
        if not self.echoed:
            self.echoed = True
            await self._inner.send_initial_metadata((*metadata, (HEADER, self._request_id)))

    async def send_initial_metadata(self, metadata: Any) -> None:
        await self.echo(tuple(metadata))

    async def write(self, message: Any) -> None:
        await self.echo()
        await self._inner.write(message)
