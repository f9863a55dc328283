"""Cuts the data of server-sent events out of bytes, within a limit."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator

from llm_svc.domain.errors import AnswerTooLarge


async def sse_data(chunks: AsyncIterable[bytes], max_event_bytes: int) -> AsyncIterator[bytes]:
    """The data of each event; comments and other fields are skipped.

    Raises AnswerTooLarge when a line or an event is longer than `max_event_bytes`.
    """
    rest = b""
    data: list[bytes] = []
    async for chunk in chunks:
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if len(rest) > max_event_bytes:
            raise AnswerTooLarge
        for raw in lines:
            line = raw.removesuffix(b"\r")
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" "))
                if sum(map(len, data)) > max_event_bytes:
                    raise AnswerTooLarge
            elif not line and data:
                yield b"\n".join(data)
                data = []
    if rest.startswith(b"data:"):
        data.append(rest[5:].strip())
    if data:
        yield b"\n".join(data)
