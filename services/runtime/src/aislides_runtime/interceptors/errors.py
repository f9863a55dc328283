"""Turns what a handler raises into a status; nothing unexpected is told to the caller."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, cast

import grpc
import grpc.aio

from aislides_runtime.errors import Internal, Kind, ServiceError, Unimplemented, service_error_in
from aislides_runtime.interceptors.wrapping import Context, ContextProxy, WrappingInterceptor
from aislides_runtime.logs import get_logger
from aislides_runtime.status import status_of

log = get_logger(__name__)


class ErrorsInterceptor(WrappingInterceptor):
    """Outermost interceptor: ServiceError to its status, any other exception to INTERNAL.

    An unexpected exception is logged with its traceback under an error id; the caller gets the
    id and a fixed text. Cancellation and `context.abort` pass through.
    """

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[Context]:
        """Runs the call and answers its error."""
        sending = _SendingContext(context)
        try:
            yield cast("Context", sending)
        except grpc.aio.AbortError:
            raise
        except asyncio.CancelledError:
            await sending.settle()
            raise
        except Exception as raised:
            error = service_error_in(raised) or _not_implemented(raised, context)
            if error is None:
                error = Internal.with_id(uuid.uuid4().hex[:16])
                error_id = error.metadata["error_id"]
                trimmed = raised.with_traceback(_below_interceptors(raised.__traceback__))
                log.error("rpc_crashed", method=method, error_id=error_id, exc_info=trimmed)
            else:
                level = "error" if error.kind is Kind.INTERNAL else "info"
                getattr(log, level)("rpc_refused", method=method, reason=error.reason)
            status = status_of(error)
            trailing = tuple(context.trailing_metadata() or ()) + status.trailing_metadata
            await sending.settle()
            await context.abort(status.code, status.message, trailing)


class _SendingContext(ContextProxy):
    """Lets a message that is on its way get out, even when its handler is cancelled meanwhile.

    grpc cannot send a status while a message is being sent: it would send none at all, and a caller
    without a deadline would wait for ever.
    """

    _sending: asyncio.Future[Any] | None = None

    async def write(self, message: Any) -> None:
        await self._send(self._inner.write(message))

    async def send_initial_metadata(self, metadata: Any) -> None:
        await self._send(self._inner.send_initial_metadata(metadata))

    async def settle(self) -> None:
        """Waits until nothing is being sent any more; a caller who is gone ends the wait."""
        while self._sending is not None and not self._sending.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([self._sending])

    async def _send(self, operation: Awaitable[Any]) -> None:
        self._sending = asyncio.ensure_future(operation)
        await asyncio.shield(self._sending)


def _not_implemented(raised: Exception, context: Context) -> ServiceError | None:
    """Generated base servicers set the code, then raise NotImplementedError."""
    meant = context.code() is grpc.StatusCode.UNIMPLEMENTED
    return Unimplemented() if meant and isinstance(raised, NotImplementedError) else None


def _below_interceptors(traceback: TracebackType | None) -> TracebackType | None:
    """The part of a traceback that tells something: from the handler on."""
    ours = __name__.rpartition(".")[0]
    at = traceback
    while at and at.tb_next and at.tb_frame.f_globals.get("__name__", "").startswith(ours):
        at = at.tb_next
    return at
