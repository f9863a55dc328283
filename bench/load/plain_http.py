"""As little HTTP/1.1 as a load needs: a client that costs less than what it measures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self


class Connection:
    """One kept connection to `host:port`; one request at a time."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        host, port = self._address.rsplit(":", 1)
        self._reader, self._writer = await asyncio.open_connection(host, int(port), limit=2**20)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._writer.close()

    @property
    def closed(self) -> bool:
        """Whether the server closed it."""
        return self._reader.at_eof()

    async def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        status, headers = await self._begin(path)
        return status, await self._reader.readexactly(int(headers.get("content-length", "0")))

    async def events(self, path: str) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """Server-sent events, by name; the chunks of the transfer are only looked through."""
        status, _ = await self._begin(path)
        assert status == 200, status
        name = ""
        while line := await self._reader.readline():
            if line.startswith(b"event: "):
                name = line[7:].decode().strip()
            elif line.startswith(b"data: "):
                yield name, json.loads(line[6:])
            elif line == b"0\r\n":
                return

    async def _begin(self, path: str) -> tuple[int, dict[str, str]]:
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: {self._address}\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        return int(head[0].split()[1]), headers


class Pool:
    """Connections that are made when all others are at work."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._idle: list[Connection] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for connection in self._idle:
            await connection.__aexit__(None, None, None)

    async def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        # Servers close connections that idle for some seconds.
        self._idle = [one for one in self._idle if not one.closed]
        if self._idle:
            connection = self._idle.pop()
        else:
            connection = await Connection(self._address).__aenter__()
        answer = await connection.get(path)
        self._idle.append(connection)
        return answer
