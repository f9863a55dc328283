"""Request ids and security headers, around every request and whatever becomes of it."""

from __future__ import annotations

import time
from typing import Final

from aislides_runtime.errors import Internal
from aislides_runtime.logs import get_logger
from aislides_runtime.request_ids import HEADER, accept_request_id, current_request_id
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.problems import problem

log = get_logger(__name__)

SECURITY_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
}


class Frame:
    """Gives each request an id and its answer the security headers; nothing unexpected gets out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = accept_request_id(Headers(scope=scope).get(HEADER))
        token = current_request_id.set(request_id)
        began, status = time.perf_counter(), 0

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(scope=message)
                answer[HEADER] = request_id
                for name, value in SECURITY_HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, framed)
        except Exception as error:  # the last place where it can be told apart from an answer
            log.error("request_failed", error_id=request_id, exc_info=error)
            if status:
                raise
            await problem(Internal.with_id(request_id))(scope, receive, framed)
        finally:
            took = round((time.perf_counter() - began) * 1000, 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status, ms=took)
            current_request_id.reset(token)
