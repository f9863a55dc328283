"""Turns what a handler raises into a status; nothing unexpected is told to the caller."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType

import grpc
import grpc.aio

from aislides_runtime.errors import Internal, Kind, ServiceError, Unimplemented, service_error_in
from aislides_runtime.interceptors.wrapping import Context, WrappingInterceptor
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
        try:
            yield context
        except grpc.aio.AbortError:
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
            await context.abort(status.code, status.message, trailing)


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
