"""Gives each call its request id and tells it to the caller."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
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
            if not has_refused(context):
                await echoing.echo()
        except BaseException:
            await echoing.settle()
            if not echoing.begun:
                trailing = tuple(context.trailing_metadata() or ())
                context.set_trailing_metadata((*trailing, (HEADER, request_id)))
            raise


class _EchoingContext(ContextProxy):
    def __init__(self, inner: Context, request_id: str) -> None:
        super().__init__(inner)
        self._request_id = request_id
        self._echo: asyncio.Future[None] | None = None

    @property
    def begun(self) -> bool:
        return self._echo is not None

    async def echo(self, metadata: tuple[tuple[str, str | bytes], ...] = ()) -> None:
        if self._echo is None:
            echo = self._inner.send_initial_metadata((*metadata, (HEADER, self._request_id)))
            self._echo = asyncio.ensure_future(echo)
            await asyncio.shield(self._echo)

    async def settle(self) -> None:
        """Waits for an echo on its way, even if the handler was cancelled in the middle of it.

        grpc would send initial metadata a second time with the status, fail, and send no status at
        all: a caller without a deadline would wait for ever.
        """
        while self._echo is not None and not self._echo.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([self._echo])

    async def send_initial_metadata(self, metadata: Any) -> None:
        await self.echo(tuple(metadata))

    async def write(self, message: Any) -> None:
        await self.echo()
        await self._inner.write(message)
