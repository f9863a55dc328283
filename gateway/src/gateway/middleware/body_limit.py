"""Refuses bodies over the limit while they are read, declared or not."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import BodyTooLarge
from gateway.problems import problem


class BodyLimit:
    """Reads at most so many bytes of a request's body."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > self._limit:
            await problem(self._refusal())(scope, receive, send)
            return
        read, refused = 0, False

        async def limited() -> Message:
            nonlocal read, refused
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                refused = True
                raise self._refusal()
            return message

        async def send_unless_refused(message: Message) -> None:
            # The framework answers 400 for whatever goes wrong while it reads a body.
            if not refused:
                await send(message)

        try:
            await self._app(scope, limited, send_unless_refused)
        except BodyTooLarge:
            refused = True
        if refused:
            await problem(self._refusal())(scope, receive, send)

    def _refusal(self) -> BodyTooLarge:
        return BodyTooLarge(f"the body is larger than {self._limit:,} bytes; send less")
