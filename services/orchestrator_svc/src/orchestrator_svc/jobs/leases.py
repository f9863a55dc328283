"""Tells which executors are alive: by a locked file on one machine, by leases on several."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from orchestrator_svc.store.database import Database
from orchestrator_svc.store.tables import executor


class Leases(Protocol):
    """This executor's sign of life, and those of others."""

    executor_id: str

    async def renew(self) -> None:
        """Says that this executor is alive. Called often; does little when it is not due."""

    async def dead(self, executor_ids: Collection[str]) -> set[str]:
        """Those of the executors that are surely gone, or whose lease ran out."""


@asynccontextmanager
async def open_leases(database: Database, *, seconds: float) -> AsyncIterator[Leases]:
    """A fresh identity of this process for the database, given up at the end.

    On SQLite the kernel tells at once who died; on PostgreSQL after `seconds` without renewal.
    """
    executor_id = f"{socket.gethostname()[:40]}-{secrets.token_hex(8)}"
    if database.file is not None:
        with _locked_file(executor_id, database.file) as leases:
            yield leases
        return
    leases = ClockLeases(executor_id, database, seconds)
    await leases.renew()
    try:
        yield leases
    finally:
        await leases.end()


class FileLeases:
    """Each executor holds a lock on a file beside the database; the kernel drops it on any end."""

    def __init__(self, executor_id: str, database: Path | None) -> None:
        self.executor_id = executor_id
        self._database = database

    def path(self, executor_id: str) -> Path | None:
        """The file that the executor locks; None for a database in memory."""
        if self._database is None:
            return None
        return self._database.with_name(f"{self._database.name}.{executor_id}.lease")

    async def renew(self) -> None:
        """Nothing to do: the lock lasts as long as the process."""

    async def dead(self, executor_ids: Collection[str]) -> set[str]:
        """Executors whose file is not locked any more."""
        return {name for name in executor_ids if self._is_dead(name)}

    def _is_dead(self, executor_id: str) -> bool:
        path = self.path(executor_id)
        if path is None:
            return True
        try:
            file = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
        except BlockingIOError:
            return False
        finally:
            os.close(file)
        return True


@contextlib.contextmanager
def _locked_file(executor_id: str, database: str) -> Any:
    leases = FileLeases(executor_id, Path(database) if database else None)
    path = leases.path(executor_id)
    if path is None:
        yield leases
        return
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield leases
    finally:
        path.unlink(missing_ok=True)
        os.close(file)


class ClockLeases:
    """Rows that each executor renews, measured by the database's clock alone."""

    def __init__(self, executor_id: str, database: Database, seconds: float) -> None:
        self.executor_id = executor_id
        self._database = database
        self._seconds = seconds
        self._renewed = -seconds

    async def renew(self) -> None:
        """Extends this executor's lease when a fifth of it has passed."""
        if time.monotonic() - self._renewed < self._seconds / 5:
            return
        began = time.monotonic()
        until = _now() + int(self._seconds * 1_000_000)
        row = insert(executor).values(
            executor_id=self.executor_id, started_at=_now(), expires_at=until
        )
        longer = row.on_conflict_do_update(
            index_elements=[executor.c.executor_id], set_={"expires_at": until}
        )
        await self._database.write(lambda connection: connection.execute(longer))
        self._renewed = began

    async def dead(self, executor_ids: Collection[str]) -> set[str]:
        """Executors without a lease that still runs."""
        query = sa.select(executor.c.executor_id).where(
            executor.c.executor_id.in_(executor_ids), executor.c.expires_at >= _now()
        )
        # Rows of processes that are long gone are of no use to anybody.
        day = 86_400_000_000
        gone = executor.delete().where(executor.c.expires_at < _now() - day)

        def work(connection: sa.Connection) -> set[str]:
            alive = {row.executor_id for row in connection.execute(query)}
            connection.execute(gone)
            return alive

        return set(executor_ids) - await self._database.write(work)

    async def end(self) -> None:
        """Gives the lease up, so that nobody waits for it to run out."""
        mine = executor.delete().where(executor.c.executor_id == self.executor_id)
        await self._database.write(lambda connection: connection.execute(mine))


def _now() -> sa.ColumnElement[int]:
    """Microseconds since 1970 by the database's clock."""
    return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()) * 1_000_000, sa.BigInteger)
