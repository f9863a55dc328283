"""Opens the database: SQLite on one machine, PostgreSQL for several replicas."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_MIGRATION_LOCK: Final = 0x41_49_53_4C  # "AISL"
READS_ONLY: Final = "reads_only"
"""Execution option of connections that never write, so that they take no write lock."""


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine whose schema is up to date; closed at the end.

    Acknowledged writes survive power loss: SQLite runs with WAL and `synchronous=FULL`.
    """
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _sqlite(parsed) if sqlite else _postgres(parsed)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate)
            await connection.commit()
        yield engine
    finally:
        # A caller that is being cancelled must still give its connections back.
        await asyncio.shield(engine.dispose())


def _postgres(url: URL) -> AsyncEngine:
    # Managed servers close idle connections and rotate what logins need.
    return create_async_engine(
        url, pool_pre_ping=True, pool_recycle=1800, pool_size=10, max_overflow=10
    )


_FEW: Final = {"pool_size": 5, "max_overflow": 0, "pool_timeout": 300}


def _in_memory(url: URL) -> bool:
    return not url.database or url.database == ":memory:"


def _sqlite(url: URL) -> AsyncEngine:
    # One writer at a time is all that SQLite has: more connections would only wait in its lock.
    engine = create_async_engine(url, **({} if _in_memory(url) else _FEW))

    @event.listens_for(engine.sync_engine, "connect")
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

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        # Taking the write lock at once turns lock upgrades, which fail, into short waits.
        # What is only read is read statement by statement: rows that belong together never change.
        if not connection.get_execution_options().get(READS_ONLY):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _migrate(connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        # Replicas start together; one migrates, the others wait and find it done.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    command.upgrade(migrations(connection), "head")


def migrations(connection: Any) -> Config:
    """Alembic's configuration for our migrations on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
