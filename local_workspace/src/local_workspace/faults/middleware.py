"""Lets faults strike HTTP exchanges, outermost, so that bytes and sockets can break too."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local_workspace.api_errors import ApiError
from local_workspace.faults.book import FaultBook, Struck
from local_workspace.faults.operations import operation_of
from local_workspace.faults.rules import FaultRule, HttpFault
from local_workspace.identity import User
from local_workspace.pace import wait

HEADER = b"x-aislides-fault"
LARGEST_BODY = 16 * 2**20
DRIPS_A_SECOND = 10

CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "RESOURCE_DOES_NOT_EXIST",
    409: "ABORTED",
    429: "REQUEST_LIMIT_EXCEEDED",
    500: "INTERNAL_ERROR",
    503: "TEMPORARILY_UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


class Faults:
    """ASGI middleware. `identify` gives the user of an Authorization header, or raises ApiError."""

    def __init__(
        self, app: ASGIApp, book: FaultBook, identify: Callable[[str | None], User]
    ) -> None:
        self._app = app
        self._book = book
        self._identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one exchange."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        operation, told = operation_of(scope["method"], scope["path"])
        headers = dict(scope["headers"])
        details: dict[str, Any] = {**told, "user": self._user_name(headers)}
        again = receive
        if operation == "chat":
            again, body = await replayed(receive)
            details.setdefault("model", model_in(body))
        try:
            extra = rule_in(headers)
        except ValidationError as error:
            await respond(send, 400, "INVALID_PARAMETER_VALUE", f"X-Aislides-Fault: {error}")
            return
        struck = self._book.strike(operation, details, extra) if operation else Struck()
        scope.setdefault("state", {})["struck"] = struck
        await self._exchange(struck.http, scope, (receive, again), send)

    async def _exchange(
        self, fault: HttpFault, scope: Scope, receives: tuple[Receive, Receive], send: Send
    ) -> None:
        original, receive = receives
        await wait(self._book.draw(fault.latency))
        if fault.stuck:
            while (await original())["type"] != "http.disconnect":
                pass
        elif fault.reset:
            abort(original)
        elif fault.html:
            await respond_html(send, fault.status or 502, fault.message or "Bad Gateway")
        elif fault.status is not None:
            code = CODES.get(fault.status, "UNKNOWN")
            await respond(
                send,
                fault.status,
                code if fault.error_code is None else fault.error_code,
                fault.message or "A fault was asked for.",
                fault.retry_after,
            )
        elif fault.lost_reply:
            await self._app(scope, receive, nowhere)
            abort(original)
        else:
            await self._app(scope, receive, slowed(fault, send, lambda: abort(original)))

    def _user_name(self, headers: dict[bytes, bytes]) -> str | None:
        try:
            given = headers.get(b"authorization", b"").decode("latin-1")
            return self._identify(given).user_name
        except ApiError:
            return None


def rule_in(headers: dict[bytes, bytes]) -> FaultRule | None:
    """The rule that a request brings along. Raises ValidationError."""
    text = headers.get(HEADER)
    return None if text is None else FaultRule.model_validate_json(text)


async def replayed(receive: Receive) -> tuple[Receive, bytes]:
    """Reads the whole body; the returned channel gives it again."""
    body = b""
    more = True
    while more and len(body) <= LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again, body


def model_in(body: bytes) -> str | None:
    """The model that a chat request names."""
    try:
        request = json.loads(body)
    except ValueError:
        return None
    model = request.get("model") if isinstance(request, dict) else None
    return model if isinstance(model, str) else None


def abort(receive: Receive) -> None:
    """Resets the connection: uvicorn's `receive` is a method of what holds the socket."""
    cycle = getattr(receive, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is not None:
        transport.abort()


async def nowhere(message: Message) -> None:
    """Takes a response and drops it."""


def slowed(fault: HttpFault, send: Send, cut: Callable[[], None]) -> Send:
    """Sends the body drop by drop, or breaks it off; unchanged when nothing of it is asked for."""
    if fault.drip_bytes_a_second is None and fault.cut_after_bytes is None:
        return send
    left = fault.cut_after_bytes

    async def sending(message: Message) -> None:
        nonlocal left
        body: bytes = message.get("body", b"")
        if left is not None and message["type"] == "http.response.body":
            await send({**message, "body": body[:left], "more_body": True})
            left -= len(body[:left])
            if left == 0:
                cut()
            return
        if fault.drip_bytes_a_second is None or not body:
            await send(message)
            return
        size = max(1, fault.drip_bytes_a_second // DRIPS_A_SECOND)
        for start in range(0, len(body), size):
            await send({**message, "body": body[start : start + size], "more_body": True})
            await asyncio.sleep(size / fault.drip_bytes_a_second)
        await send({**message, "body": b""})

    return sending


async def respond(
    send: Send, status: int, code: str | int, text: str, retry_after: str | None = None
) -> None:
    """A REST error."""
    body = json.dumps({"error_code": code, "message": text}).encode()
    headers = [(b"retry-after", retry_after.encode())] if retry_after is not None else []
    await whole(send, status, b"application/json", body, headers)


async def respond_html(send: Send, status: int, title: str) -> None:
    """What a proxy in front of a workspace answers."""
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    await whole(send, status, b"text/html", body.encode(), [])


async def whole(
    send: Send,
    status: int,
    content_type: bytes,
    body: bytes,
    headers: list[tuple[bytes, bytes]],
) -> None:
    """Sends a complete response."""
    size = str(len(body)).encode()
    all_headers = [(b"content-type", content_type), (b"content-length", size), *headers]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body})
