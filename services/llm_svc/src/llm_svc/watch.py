"""Holds a provider's answer to its limits of time and size."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from aislides_runtime.errors import DeadlineExceeded

from llm_svc.domain.errors import AnswerTooLarge, ProviderSlow
from llm_svc.ports import Piece, RefusalPiece, TextPiece, ToolPiece


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to the first piece, between pieces and in all; bytes of an answer."""

    first_byte: float = 30.0
    gap: float = 15.0
    total: float = 120.0
    max_bytes: int = 1024 * 1024


async def watched(
    pieces: AsyncGenerator[Piece, None],
    limits: Limits,
    *,
    remaining: Callable[[], float],
    streaming: bool,
) -> AsyncGenerator[Piece, None]:
    """The same pieces, closed in every case when the reader leaves.

    `remaining` gives the seconds that the caller still has. An answer that does not stream gets
    the total for its first piece. Raises ProviderSlow and AnswerTooLarge, and DeadlineExceeded when
    it was the caller's time that ran out.
    """
    ends = time.monotonic() + limits.total
    patience = limits.first_byte if streaming else limits.total
    waiting_for = "first byte"
    size = 0
    try:
        while True:
            left = min(ends - time.monotonic(), remaining())
            try:
                async with asyncio.timeout(max(0.0, min(patience, left))):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except TimeoutError:
                if remaining() <= 0:
                    raise DeadlineExceeded from None
                which = "total" if left <= patience else waiting_for
                raise ProviderSlow(metadata={"limit": which}) from None
            size += _size(piece)
            if size > limits.max_bytes:
                raise AnswerTooLarge(metadata={"max_bytes": str(limits.max_bytes)})
            patience, waiting_for = limits.gap, "gap"
            yield piece
    finally:
        await pieces.aclose()


def _size(piece: Piece) -> int:
    match piece:
        case TextPiece(text) | RefusalPiece(text):
            return len(text.encode("utf-8", "replace"))
        case ToolPiece():
            return len(piece.arguments) + len(piece.name)
        case _:
            return 0
