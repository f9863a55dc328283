"""A server on a thread of its own, for tests of code that runs its own event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager


@contextmanager
def in_background(server: AbstractAsyncContextManager[str]) -> Iterator[str]:
    """Where the server answers, as long as the block lasts."""
    ready, stop, where = threading.Event(), threading.Event(), []

    async def serve() -> None:
        async with server as target:
            where.append(target)
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield where[0]
    finally:
        stop.set()
        thread.join(10)
