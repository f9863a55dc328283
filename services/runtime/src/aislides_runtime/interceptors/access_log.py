"""One log line for each call that was served."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aislides_runtime.interceptors.wrapping import Context, WrappingInterceptor
from aislides_runtime.logs import get_logger
from aislides_runtime.status import code_of_outcome

log = get_logger(__name__)

HEALTH = "/grpc.health.v1.Health/"


class AccessLogInterceptor(WrappingInterceptor):
    """Logs method, code and duration (milliseconds); health checks only at DEBUG."""

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[Context]:
        """Runs the call and logs how it ended."""
        level = logging.DEBUG if method.startswith(HEALTH) else logging.INFO
        began = time.monotonic()
        error: BaseException | None = None
        try:
            yield context
        except BaseException as raised:
            error = raised
            raise
        finally:
            log.log(
                level,
                "rpc_served",
                method=method,
                code=code_of_outcome(context, error).name,
                ms=round((time.monotonic() - began) * 1000, 1),
            )
