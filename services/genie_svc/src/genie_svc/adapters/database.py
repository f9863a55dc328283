"""The service's own database: SQLite on one machine, PostgreSQL for several replicas."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from aislides_runtime.errors import Kind, ServiceError
from sqlalchemy import Executable, MetaData, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

T = TypeVar("T")
Work = Callable[[AsyncConnection], Awaitable[T]]

METADATA: Final = MetaData()
"""The tables of this service."""

_MOST_TOGETHER: Final = 256
_CLOSE_SECONDS: Final = 5.0
_AWAY: Final = "the database of genie_svc does not answer now; try again with the same request_id"


class DatabaseUnusable(ServiceError):
    """The database cannot be opened."""

    kind = Kind.UNAVAILABLE
    reason = "GENIE_DATABASE_UNUSABLE"
    default_message = "the database of genie_svc cannot be opened; check genie.database_url"


@dataclass(slots=True)
class _Write:
    """One write that waits for the next transaction: work, or a statement with its values."""

    done: asyncio.Future[Any]
    work: Work[Any] | None = None
    statement: Executable | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    async def run(self, connection: AsyncConnection) -> Any:
        if self.work is not None:
            return await self.work(connection)
        if self.statement is not None:
            await connection.execute(self.statement, self.values)
        return None


class Database:
    """Reads, and writes that share transactions.

    A write returns after the transaction that holds it is on disk. Writes that come while one
    transaction syncs form the next, so that a thousand callers cost a few syncs.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: list[_Write] = []
        self._writer: asyncio.Task[None] | None = None
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def shared(self) -> bool:
        """Whether other processes may use the same database."""
        return self._engine.dialect.name != "sqlite"

    async def read(self, work: Work[T]) -> T:
        """The result of reads on one connection."""
        async with self._counted(), self._engine.connect() as connection:
            return await work(connection)

    async def write(self, work: Work[T]) -> T:
        """The result of the work once it is committed; the work may run twice."""
        return cast("T", await self._written(_Write(_future(), work=work)))

    async def record(self, statement: Executable, values: Mapping[str, object]) -> None:
        """Returns once the statement is committed; callers with the same one cost as one."""
        await self._written(_Write(_future(), statement=statement, values=values))

    async def alone(self, work: Work[T]) -> T:
        """The result of the work in a transaction of its own."""
        async with self._counted(), self._engine.begin() as connection:
            return await work(connection)

    @contextlib.asynccontextmanager
    async def _counted(self) -> AsyncIterator[None]:
        self._inside += 1
        self._empty.clear()
        try:
            yield
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            raise DatabaseUnusable(_AWAY) from error
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    async def _written(self, write: _Write) -> Any:
        self._waiting.append(write)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        return await write.done

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch = self._waiting[:_MOST_TOGETHER]
                del self._waiting[:_MOST_TOGETHER]
                try:
                    results = await self._together(batch)
                except Exception:  # noqa: BLE001 - told to whom it concerns, one by one
                    await self._write_each(batch)
                    continue
                for write, result in zip(batch, results, strict=True):
                    if not write.done.done():
                        write.done.set_result(result)
        finally:
            self._writer = None

    async def _together(self, batch: Sequence[_Write]) -> list[Any]:
        results: list[Any] = []
        records: dict[Executable, list[Mapping[str, object]]] = {}
        async with self._engine.begin() as connection:
            for write in batch:
                if write.statement is not None:
                    records.setdefault(write.statement, []).append(write.values)
                    results.append(None)
                else:
                    results.append(await write.run(connection))
            for statement, values in records.items():
                await connection.execute(statement, values)
        return results

    async def _write_each(self, batch: Sequence[_Write]) -> None:
        """One faulty write must not fail its neighbours."""
        for write in batch:
            try:
                result = await self.alone(write.run)
            except Exception as error:  # noqa: BLE001 - told to the one who waits
                if not write.done.done():
                    write.done.set_exception(error)
            else:
                if not write.done.done():
                    write.done.set_result(result)

    async def check(self) -> None:
        """Raises when the database does not answer."""
        await self.read(lambda connection: connection.execute(text("SELECT 1")))

    async def close(self) -> None:
        """Returns once all that is under way is done and connections are closed."""
        if self._writer is not None:
            await self._writer
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._empty.wait()
        await self._engine.dispose()


def _future() -> asyncio.Future[Any]:
    return asyncio.get_running_loop().create_future()


@contextlib.asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """An open database with its tables made; raises DatabaseUnusable."""
    target = _async_url(url)
    if target.get_backend_name() == "sqlite":
        _try_file(target.database or "")
    engine = create_async_engine(target, pool_size=5, max_overflow=5, pool_pre_ping=False)
    if target.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _durable)
    try:
        await _make_tables(engine)
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        raise DatabaseUnusable from error
    database = Database(engine)
    try:
        yield database
    finally:
        await database.close()


async def _make_tables(engine: AsyncEngine) -> None:
    shared = engine.dialect.name != "sqlite"
    tables = [
        table for table in METADATA.sorted_tables if shared or not table.info.get("shared_only")
    ]
    async with engine.begin() as connection:
        if shared:  # replicas start together
            await connection.execute(text("SELECT pg_advisory_xact_lock(4733201)"))
        await connection.run_sync(METADATA.create_all, tables=tables)


def _try_file(path: str) -> None:
    """Raises DatabaseUnusable when the file cannot be made; aiosqlite would leave a thread."""
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        sqlite3.connect(path).close()
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusable from error


def _async_url(url: str) -> URL:
    try:
        target = make_url(url)
    except ArgumentError:
        raise DatabaseUnusable("genie.database_url is not a database URL") from None
    backend = target.get_backend_name()
    if backend == "sqlite":
        return target.set(drivername="sqlite+aiosqlite")
    if backend == "postgresql":
        return target.set(drivername="postgresql+psycopg")
    raise DatabaseUnusable("genie.database_url must begin with sqlite:// or postgresql://")


def _durable(connection: Any, _: object) -> None:
    """What was acknowledged survives a power cut."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
