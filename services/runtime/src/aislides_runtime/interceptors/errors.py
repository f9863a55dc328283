"""Turns what a handler raises into a status; nothing unexpected is told to the caller."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc.aio

from aislides_runtime.errors import Internal, Kind, service_error_in
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
            error = service_error_in(raised)
            if error is None:
                error = Internal.with_id(uuid.uuid4().hex[:16])
                error_id = error.metadata["error_id"]
                log.exception("rpc_crashed", method=method, error_id=error_id)
            else:
                level = "error" if error.kind is Kind.INTERNAL else "info"
                getattr(log, level)("rpc_refused", method=method, reason=error.reason)
            status = status_of(error)
            trailing = tuple(context.trailing_metadata() or ()) + status.trailing_metadata
            await context.abort(status.code, status.message, trailing)
