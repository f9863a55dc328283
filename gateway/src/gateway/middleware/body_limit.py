"""Refuses bodies over the limit while they are read, declared or not, and those that stall."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import BodyTooLarge, SlowBody
from gateway.problems import problem

PATIENCE_SECONDS: Final = 20.0


class BodyLimit:
    """Reads at most so many bytes of a request's body, each part within so many seconds."""

    def __init__(self, app: ASGIApp, limit: int, patience: float = PATIENCE_SECONDS) -> None:
        self._app = app
        self._limit = limit
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > self._limit:
            await problem(self._refusal())(scope, receive, send)
            return
        read, whole = 0, False
        refused: BodyTooLarge | SlowBody | None = None

        async def limited() -> Message:
            nonlocal read, refused, whole
            try:
                # After the body only the end of the connection comes: that may take its time.
                async with asyncio.timeout(None if whole else self._patience):
                    message = await receive()
            except TimeoutError:
                refused = SlowBody(f"nothing of the body came for {self._patience:g} s")
                raise refused from None
            read += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if read > self._limit:
                refused = self._refusal()
                raise refused
            return message

        async def send_unless_refused(message: Message) -> None:
            # The framework answers 400 for whatever goes wrong while it reads a body.
            if refused is None:
                await send(message)

        try:
            await self._app(scope, limited, send_unless_refused)
        except (BodyTooLarge, SlowBody) as error:
            refused = error
        if refused is not None:
            await problem(refused)(scope, receive, send)

    def _refusal(self) -> BodyTooLarge:
        return BodyTooLarge(f"the body is larger than {self._limit:,} bytes; send less")
