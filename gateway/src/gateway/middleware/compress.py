"""Compresses whole answers, with Brotli where the caller knows it, else gzip. Streams pass as they
are: an event must not wait for the next one."""

from __future__ import annotations

import gzip
from typing import Final

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES: Final = 1024
KINDS: Final = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class Compress:
    """Packs what is worth it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        coding = ""
        if scope["type"] == "http":
            coding = accepted_coding(Headers(scope=scope).get("accept-encoding", ""))
        if not coding:
            await self._app(scope, receive, send)
            return
        start: Message = {}

        async def packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start:
                headers = MutableHeaders(scope=start)
                body = message.get("body", b"")
                if not message.get("more_body") and _worth(headers, body):
                    message = {**message, "body": _pack(body, coding, headers)}
                begun, start = start, {}
                await send(begun)
            await send(message)

        await self._app(scope, receive, packed)


def accepted_coding(accepts: str) -> str:
    """`br` or `gzip`, whichever the caller takes; empty for neither."""
    taken = set()
    for item in accepts.lower().split(","):
        name, _, weight = item.partition(";")
        if weight.strip().replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            taken.add(name.strip())
    return next((name for name in ("br", "gzip") if name in taken), "")


def _worth(headers: Headers, body: bytes) -> bool:
    kind = headers.get("content-type", "")
    return len(body) >= LEAST_BYTES and kind.startswith(KINDS) and "content-encoding" not in headers


def _pack(body: bytes, coding: str, headers: MutableHeaders) -> bytes:
    small: bytes = (
        brotli.compress(body, quality=4) if coding == "br" else gzip.compress(body, 6, mtime=0)
    )
    headers["Content-Encoding"] = coding
    headers["Content-Length"] = str(len(small))
    headers.add_vary_header("Accept-Encoding")
    tag = headers.get("etag", "")
    if tag and not tag.startswith("W/"):
        # The same content in other bytes.
        headers["ETag"] = f"W/{tag}"
    return small
