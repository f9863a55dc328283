"""A stream that breaks off is taken up again: the service knows the outcome by its request id."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, Final

import grpc
import grpc.aio

PAUSES: Final = (0.3, 1.0)
"""Seconds before the second and the third try, the last."""


async def resumed(call: Callable[[], Any]) -> AsyncGenerator[Any, None]:
    """The messages of the call. When it ends UNAVAILABLE after its first message, those of the same
    call made again follow, from the first one on; before it, the channel itself has retried."""
    for pause in (*PAUSES, None):
        stream, begun = call(), False
        try:
            async for message in stream:
                begun = True
                yield message
            return
        except grpc.aio.AioRpcError as error:
            unavailable = error.code() is grpc.StatusCode.UNAVAILABLE
            if not (unavailable and begun) or pause is None:
                raise
        finally:
            stream.cancel()
        await asyncio.sleep(pause)
