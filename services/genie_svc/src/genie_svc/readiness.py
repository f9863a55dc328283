"""Whether the workspace can be used, asked rarely."""

from __future__ import annotations

import asyncio

from genie_svc.background import Background
from genie_svc.ports import Clock, WorkspaceFor


class WorkspaceCheck:
    """Raises while the workspace, or the configured space, cannot be read.

    Asks the workspace at most every `kept_seconds`; a slow answer is awaited in the background,
    so that a caller who stops waiting does not stop the question.
    """

    def __init__(
        self,
        identities: WorkspaceFor,
        clock: Clock,
        background: Background,
        *,
        space_id: str,
        kept_seconds: float = 30.0,
    ) -> None:
        self._identities = identities
        self._clock = clock
        self._background = background
        self._space_id = space_id
        self._kept_seconds = kept_seconds
        self._asked_at = 0.0
        self._asking: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        """Returns when the workspace answered well the last time it was asked."""
        now = self._clock.monotonic()
        fresh = now - self._asked_at < self._kept_seconds
        if self._asking is None or (self._asking.done() and not fresh):
            self._asked_at = now
            self._asking = self._background.start(self._ask(), seconds=30.0)
        await asyncio.shield(self._asking)

    async def _ask(self) -> None:
        workspace = await self._identities.workspace(None)
        if self._space_id:
            await workspace.get_space(self._space_id)
        else:
            await workspace.list_spaces(1, "")
