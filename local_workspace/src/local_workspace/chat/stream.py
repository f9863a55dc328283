"""A chat completion as server-sent events, at the speed of a model when one is set."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from local_workspace.chat.answer import CHARACTERS_A_TOKEN, Reply
from local_workspace.chat.request import ChatRequest
from local_workspace.chat.whole import blocks, tool_call, usage
from local_workspace.faults.rules import ChatFault

TOKENS_A_CHUNK = 6
ARGUMENT_PIECE = 24


class StreamBroken(Exception):
    """Cuts the connection in the middle of a stream, because a fault rule says so."""


class Streaming:
    """One streamed reply. `speed` is in tokens a second, None for no waiting."""

    def __init__(
        self,
        request: ChatRequest,
        reply: Reply,
        *,
        model: str,
        created: int,
        speed: float | None,
        fault: ChatFault,
    ) -> None:
        self._request = request
        self._reply = reply
        self._speed = speed
        self._fault = fault
        self._head = {
            "id": f"chatcmpl-{secrets.token_hex(8)}",
            "object": "chat.completion.chunk",
            "created": created,
            "model": model,
        }

    async def events(self, first_token_seconds: float) -> AsyncIterator[bytes]:
        """The events, paced."""
        await asyncio.sleep(first_token_seconds)
        started = time.monotonic()
        spent = 0
        for sent, (tokens, delta) in enumerate(self._deltas()):
            if self._fault.reset_after == sent:
                raise StreamBroken
            if self._fault.error_after == sent:
                yield event(self._error())
                return
            if self._speed:
                spent += tokens
                ahead = started + spent / self._speed - time.monotonic()
                if ahead > 0:
                    await asyncio.sleep(ahead)
            yield event(self._chunk(delta, None))
        if not self._fault.no_finish_reason:
            reason = self._fault.finish_reason or self._reply.finish_reason
            yield event(self._chunk({}, reason))
        if self._request.include_usage:
            counted = {"choices": [], "usage": usage(self._request, self._reply)}
            yield event(self._head | counted)
        if not self._fault.no_done:
            yield b"data: [DONE]\n\n"

    def _deltas(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Pieces of the reply with the tokens each stands for."""
        yield 0, {"role": "assistant", "content": ""}
        text = self._reply.content if self._fault.content is None else self._fault.content
        size = CHARACTERS_A_TOKEN * (1 if self._speed else TOKENS_A_CHUNK)
        for start in range(0, len(text or ""), size):
            piece = (text or "")[start : start + size]
            content = blocks(piece) if self._fault.content_blocks else piece
            yield size // CHARACTERS_A_TOKEN, {"content": content}
        for index, question in enumerate(self._reply.questions):
            yield from tool_deltas(index, question)

    def _chunk(self, delta: dict[str, Any], finish_reason: str | None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return self._head | {"choices": [choice]}

    def _error(self) -> dict[str, Any]:
        text = "The model is overloaded."
        if self._fault.error_style == "openai":
            return {"error": {"message": text, "type": "server_error", "code": 503}}
        return {"error_code": "TEMPORARILY_UNAVAILABLE", "message": text}


def tool_deltas(index: int, question: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """One tool call in pieces: the name first, then fragments of the arguments."""
    call = tool_call(question)
    arguments = call["function"]["arguments"]
    first = {**call, "index": index, "function": {**call["function"], "arguments": ""}}
    yield 4, {"tool_calls": [first]}
    for start in range(0, len(arguments), ARGUMENT_PIECE):
        piece = {"arguments": arguments[start : start + ARGUMENT_PIECE]}
        fragment = {"index": index, "function": piece}
        yield ARGUMENT_PIECE // CHARACTERS_A_TOKEN, {"tool_calls": [fragment]}


def event(body: dict[str, Any]) -> bytes:
    """One server-sent event."""
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()
