"""Work that must be finished even when its caller is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from aislides_runtime.deadlines import Deadline, current_deadline

T = TypeVar("T")


class Background:
    """Tasks that outlive their callers, each within its own time limit."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T], *, seconds: float) -> asyncio.Task[T]:
        """Runs the work under a deadline of its own."""

        async def limited() -> T:
            current_deadline.set(Deadline(seconds))
            return await work

        task = asyncio.create_task(limited())
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def drain(self) -> None:
        """Returns once nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # told to the caller, if there still is one
