"""Whether the orchestrator can take work, asked seldom enough to hold under load."""

from __future__ import annotations

import asyncio
from typing import Final

from aislides_runtime.probe import serving

KEPT_SECONDS: Final = 2.0


class Readiness:
    """What the orchestrator's health said last, asked at most every two seconds."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._asked_at = -KEPT_SECONDS
        self._ready = False
        self._asking = asyncio.Lock()

    async def ready(self) -> bool:
        """Whether the orchestrator takes calls."""
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if now - self._asked_at >= KEPT_SECONDS:
                self._ready = await asyncio.to_thread(serving, self._target)
                self._asked_at = asyncio.get_running_loop().time()
            return self._ready
