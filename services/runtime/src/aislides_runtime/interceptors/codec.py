"""Decodes requests and encodes responses inside the other interceptors.

Left to grpc, bytes that do not decode answer UNKNOWN with the parser's text, before any handler
or interceptor could help. Here they are an InvalidRequest like any other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc.aio

from aislides_runtime.errors import InvalidRequest
from aislides_runtime.interceptors.wrapping import (
    Context,
    ContextProxy,
    Handler,
    WrappingInterceptor,
    has_refused,
    rebuild,
    respond,
)

Decode = Callable[[bytes], Any]
Encode = Callable[[Any], bytes]


class UndecodableRequest(InvalidRequest):
    """The bytes are not a message of the type that the method takes."""

    reason = "UNDECODABLE_REQUEST"
    default_message = (
        "the request's bytes are not a message of this method's type; "
        "check that both sides use the same protos"
    )


class CodecInterceptor(WrappingInterceptor):
    """Innermost interceptor: handlers see messages, the interceptors outside it see errors."""

    def wrap(self, method: str, handler: Handler) -> Handler:
        """A handler that takes and gives bytes."""
        decode: Decode = _strict(handler.request_deserializer or _same)
        encode: Encode = handler.response_serializer or _same

        async def answer(request: Any, context: Context) -> Any:
            messages = _decoded(request, decode) if handler.request_streaming else decode(request)
            inner: Any = _CodecContext(context, decode, encode)
            response = await respond(handler, messages, inner)
            if handler.response_streaming:
                return None
            return b"" if has_refused(context) else encode(response)

        return rebuild(handler, answer, None, None)


class _CodecContext(ContextProxy):
    def __init__(self, inner: Context, decode: Decode, encode: Encode) -> None:
        super().__init__(inner)
        self._decode = decode
        self._encode = encode

    async def read(self) -> Any:
        raw = await self._inner.read()
        return raw if raw is grpc.aio.EOF else self._decode(raw)

    async def write(self, message: Any) -> None:
        await self._inner.write(self._encode(message))


async def _decoded(raw: AsyncIterator[bytes], decode: Decode) -> AsyncIterator[Any]:
    async for message in raw:
        yield decode(message)


def _strict(decode: Decode) -> Decode:
    def decode_or_refuse(raw: bytes) -> Any:
        try:
            return decode(raw)
        except Exception:  # noqa: BLE001 - whatever the parser raises, the bytes are at fault
            raise UndecodableRequest from None

    return decode_or_refuse


def _same(value: Any) -> Any:
    return value
