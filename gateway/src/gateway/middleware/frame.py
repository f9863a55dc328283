"""Request ids, security headers and the caller's key, around every request."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence
from typing import Final

from aislides_runtime.logs import get_logger
from aislides_runtime.request_ids import HEADER, accept_request_id, current_request_id
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import KeyRequired
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
OPEN_PATHS: Final = ("/health", "/health/live", "/health/ready")


class Frame:
    """Gives each request an id, checks its key, and puts the security headers on its answer."""

    def __init__(self, app: ASGIApp, key_hashes: Sequence[str]) -> None:
        self._app = app
        self._key_hashes = tuple(key_hashes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = accept_request_id(headers.get(HEADER))
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
            tenant = self._tenant(headers)
            scope.setdefault("state", {})["tenant"] = tenant
            if self._key_hashes and not tenant and scope["path"] not in OPEN_PATHS:
                refusal = problem(KeyRequired("send a known key as Authorization: Bearer KEY"))
                await refusal(scope, receive, framed)
            else:
                await self._app(scope, receive, framed)
        finally:
            took = round((time.perf_counter() - began) * 1000, 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status, ms=took)
            current_request_id.reset(token)

    def _tenant(self, headers: Headers) -> str:
        """Whom the caller's key stands for; empty without a known key."""
        kind, _, key = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not key:
            return ""
        offered = hashlib.sha256(key.strip().encode()).hexdigest()
        known = [item for item in self._key_hashes if hmac.compare_digest(offered, item)]
        # Enough of the hash to tell callers apart, too little to be of use in a log.
        return f"key-{known[0][:12]}" if known else ""
