"""A small HTTP/1.1 server whose replies are scripted, down to broken ones."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Call:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Reply:
    """`act`: send (default), reset (nothing sent), cut (half the body), hang, drip."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    act: str = "send"
    delay: float = 0.0
    after_effect: bool = False
    """With a fault: whether the request took effect before the fault happened."""


def error(status: int, code: Any, message: str = "no", **headers: str) -> Reply:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Reply(status, {"error_code": code, "message": message}, named)


Handler = Callable[[Call], Reply]


class HttpServer:
    """Runs in a thread of its own; `handler` answers, planned faults go first."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.calls: list[Call] = []
        self.faults: list[tuple[str, re.Pattern[str], Reply]] = []
        self.port = 0
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, port: int = 0) -> None:
        self.port = port
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        assert self._loop and self._stop
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def fault(self, method: str, path: str, reply: Reply, times: int = 1) -> None:
        self.faults.extend([(method, re.compile(path), reply)] * times)

    def made(self, method: str, path: str) -> list[Call]:
        pattern = re.compile(path)
        return [c for c in list(self.calls) if c.method == method and pattern.search(c.path)]

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._connections.add(task)
        try:
            while (call := await self._read(reader)) is not None:
                if not await self._answer(call, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Call | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {k.lower(): v.strip() for k, v in (x.split(":", 1) for x in lines[1:] if x)}
        raw = await reader.readexactly(int(headers.get("content-length", "0")))
        parts = urlsplit(target)
        body = json.loads(raw) if raw.startswith(b"{") else raw.decode() or None
        return Call(method, parts.path, dict(parse_qsl(parts.query)), headers, body)

    async def _answer(self, call: Call, writer: asyncio.StreamWriter) -> bool:
        self.calls.append(call)
        reply = self._planned(call)
        if reply is None:
            reply = self.handler(call)
        elif reply.after_effect:
            self.handler(call)
        if reply.delay:
            await asyncio.sleep(reply.delay)
        if reply.act == "reset":
            writer.transport.abort()
            return False
        if reply.act == "hang":
            await asyncio.sleep(3600)
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        if reply.body is None:
            body = b"{}"
        headers = {"Content-Type": "application/json", **reply.headers}
        lines = [f"HTTP/1.1 {reply.status} Scripted", f"Content-Length: {len(body)}"]
        lines += [f"{key}: {value}" for key, value in headers.items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        if reply.act == "cut":
            writer.write(body[: len(body) // 2])
            await writer.drain()
            writer.transport.abort()
            return False
        if reply.act == "drip":
            for index in range(len(body)):
                writer.write(body[index : index + 1])
                await asyncio.sleep(0.05)
            return True
        writer.write(body)
        await writer.drain()
        return True

    def _planned(self, call: Call) -> Reply | None:
        for index, (method, pattern, reply) in enumerate(self.faults):
            if method == call.method and pattern.search(call.path):
                del self.faults[index]
                return reply
        return None
