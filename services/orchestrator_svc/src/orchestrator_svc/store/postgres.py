"""PostgreSQL: several replicas share it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

T = TypeVar("T")


class Postgres:
    """Transactions run on the event loop; a caller that is cancelled ends its own."""

    file = None

    def __init__(self, url: URL) -> None:
        # Managed servers close idle connections and rotate what logins need.
        self._engine = create_async_engine(
            url, pool_pre_ping=True, pool_recycle=1800, pool_size=10, max_overflow=10
        )

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` returned, committed."""
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` read."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        """Gives the connections back, also for a caller that is being cancelled."""
        await asyncio.shield(self._engine.dispose())
