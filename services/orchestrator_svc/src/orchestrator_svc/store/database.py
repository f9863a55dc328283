"""Opens the database: SQLite on one machine, PostgreSQL for several replicas."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from orchestrator_svc.store.postgres import Postgres
from orchestrator_svc.store.sqlite import Sqlite

_MIGRATION_LOCK: Final = 0x41_49_53_4C  # "AISL"

T = TypeVar("T")


class Database(Protocol):
    """Runs transactions. Each is a plain function of a connection, called elsewhere: it touches
    nothing that others use meanwhile."""

    @property
    def file(self) -> str | None:
        """The file of a SQLite database; empty for one in memory, None for PostgreSQL."""

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` returned, once all that it wrote is durable. Writes nothing when it raises;
        when the caller is cancelled, all or nothing."""

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` read. Statements of one `work` may see different moments."""


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """A database whose schema is up to date; closed at the end.

    Acknowledged writes survive power loss: SQLite runs with WAL and `synchronous=FULL`.
    """
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    database = Sqlite(parsed) if sqlite else Postgres(parsed)
    try:
        await database.write(_migrate)
        yield database
    finally:
        await database.close()


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
