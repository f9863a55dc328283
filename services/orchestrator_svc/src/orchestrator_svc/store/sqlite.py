"""SQLite: one machine's own file. A whole transaction is one call of a thread.

A driver that goes to its thread and back for every statement costs more than the statements.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool, StaticPool

T = TypeVar("T")

READERS: Final = 3
READS_ONLY: Final = "reads_only"
"""Execution option of connections that never write, so that they take no write lock."""


class Sqlite:
    """One thread writes, as one writer at a time is all that SQLite has; a few others read.

    A transaction that has begun when its caller is cancelled is finished all the same.
    """

    def __init__(self, url: URL) -> None:
        self.file = "" if url.database in (None, ":memory:") else str(url.database)
        if self.file:
            Path(self.file).parent.mkdir(parents=True, exist_ok=True)
        self._engine = sa.create_engine(
            url.set(drivername="sqlite"),
            # The only connection of a database in memory is the database.
            poolclass=QueuePool if self.file else StaticPool,
            connect_args={"check_same_thread": False},
        )
        sa.event.listen(self._engine, "connect", _configure)
        sa.event.listen(self._engine, "begin", _begin)
        self._reads = self._engine.execution_options(**{READS_ONLY: True})
        self._writer = ThreadPoolExecutor(1, "sqlite-writer")
        self._writing: sa.Connection | None = None
        self._readers = ThreadPoolExecutor(READERS, "sqlite-reader") if self.file else self._writer

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` returned, committed."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write, work)

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` read."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def close(self) -> None:
        """Ends when all transactions have, also for a caller that is being cancelled."""
        await asyncio.shield(asyncio.to_thread(self._close))

    def _write(self, work: Callable[[sa.Connection], T]) -> T:
        # The one writer keeps its connection: to get it and give it back costs as much as a row.
        connection = self._writing = self._writing or self._engine.connect()
        with connection.begin():
            return work(connection)

    def _read(self, work: Callable[[sa.Connection], T]) -> T:
        with self._reads.connect() as connection:
            return work(connection)

    def _close(self) -> None:
        self._writer.shutdown()
        self._readers.shutdown()
        if self._writing is not None:
            self._writing.close()
        self._engine.dispose()


def _configure(connection: Any, _record: Any) -> None:
    # SQLAlchemy begins transactions itself (below), the driver must not.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=30000",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # Taking the write lock at once turns lock upgrades, which fail, into short waits.
    # What is only read is read statement by statement: rows that belong together never change.
    if not connection.get_execution_options().get(READS_ONLY):
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN IMMEDIATE")
