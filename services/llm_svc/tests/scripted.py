"""A chat server on a real socket that answers as it is told, byte by byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Play = Callable[[asyncio.StreamWriter], Awaitable[None]]

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


def chunk(content: Any = None, *, finish: str | None = None, **delta: Any) -> dict[str, Any]:
    if content is not None:
        delta["content"] = content
    return {
        "id": "x1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def usage(read: int, wrote: int, cached: int = 0) -> dict[str, Any]:
    return {
        "prompt_tokens": read,
        "completion_tokens": wrote,
        "total_tokens": read + wrote,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def data(value: Any) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def cut(text: str, size: int = 7) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def stream(*chunks: Any, done: bool = True) -> Play:
    """Chunks as they are, then the end marker."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for value in chunks:
            writer.write(data(value))
            await writer.drain()
        if done:
            writer.write(b"data: [DONE]\n\n")

    return play


def says(text: str, *, finish: str | None = "stop", counted: dict[str, Any] | None = None) -> Play:
    """A streamed answer in small pieces."""
    pieces = [chunk(part) for part in cut(text)]
    tail = [{"id": "x1", "choices": [], "usage": counted}] if counted else []
    return stream(chunk("", role="assistant"), *pieces, chunk(finish=finish), *tail)


def calls(*questions: str, finish: str = "tool_calls", name: str = "query_genie") -> Play:
    """Parallel tool calls with their arguments in fragments."""
    chunks = []
    for index, question in enumerate(questions):
        head = {"index": index, "id": f"call_{index}", "type": "function"}
        chunks.append(chunk(tool_calls=[{**head, "function": {"name": name, "arguments": ""}}]))
        chunks += [
            chunk(tool_calls=[{"index": index, "function": {"arguments": part}}])
            for part in cut(json.dumps({"question": question}), 5)
        ]
    return stream(*chunks, chunk(finish=finish))


def body(status: int, value: Any, **headers: str) -> Play:
    """A whole reply."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()

    async def play(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status} X", f"content-length: {len(raw)}", "connection: close"]
        sent = {"content-type": "application/json"} | {
            key.replace("_", "-"): text for key, text in headers.items()
        }
        lines += [f"{key}: {text}" for key, text in sent.items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + raw)

    return play


def whole(content: Any, *, finish: str = "stop", **message: Any) -> Play:
    """An answer that does not stream."""
    said = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "finish_reason": finish, "message": said}
    return body(200, {"id": "x", "choices": [choice], "usage": usage(11, 7)})


def whole_calls(*questions: str) -> Play:
    """Tool calls that do not stream."""
    made = [
        {
            "id": f"call_{index}",
            "type": "function",
            "function": {"name": "query_genie", "arguments": json.dumps({"question": question})},
        }
        for index, question in enumerate(questions)
    ]
    return whole(None, finish="tool_calls", tool_calls=made)


@dataclass
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body["messages"])


@dataclass
class ScriptedServer:
    """Plays its replies in order; `left` is set when a client goes away in the middle."""

    url: str = ""
    replies: list[Play] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    def will(self, *replies: Play) -> None:
        self.replies.extend(replies)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.received.append(await _request(reader))
            assert self.replies, "the server was asked more often than scripted"
            play = asyncio.create_task(_play(self.replies.pop(0), writer))
            gone = asyncio.create_task(reader.read(1))
            await asyncio.wait({play, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not play.done():
                self.left.set()
            for task in (play, gone):
                task.cancel()
            await asyncio.gather(play, gone, return_exceptions=True)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def _play(play: Play, writer: asyncio.StreamWriter) -> None:
    await play(writer)
    await writer.drain()


async def _request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {
        key.lower(): text for key, _, text in (line.partition(": ") for line in head[1:] if line)
    }
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(head[0].split()[1], headers, json.loads(raw))


@asynccontextmanager
async def scripted_server(replies: Sequence[Play] = ()) -> AsyncIterator[ScriptedServer]:
    """A running server; leaving the block fails when a scripted reply was not asked for."""
    scripted = ScriptedServer(replies=list(replies))
    server = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    scripted.url = f"http://127.0.0.1:{port}"
    try:
        yield scripted
    finally:
        server.close()
    assert not scripted.replies, f"{len(scripted.replies)} scripted replies were not asked for"
