"""Opens the ledger's database with its schema up to date."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from llm_svc.ledger.store import SqlLedger


@asynccontextmanager
async def open_ledger(
    url: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AsyncIterator[SqlLedger]:
    """The ledger at a database URL such as `sqlite+aiosqlite:///var/llm.db`.

    Acknowledged writes survive power loss: SQLite runs with WAL and `synchronous=FULL`.
    """
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # At DEBUG the driver logs whole rows: answers would be in the log.
    logging.getLogger("aiosqlite").setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    engine = create_async_engine(parsed, pool_pre_ping=not sqlite)
    if sqlite:
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
        ledger = SqlLedger(engine, now)
        try:
            yield ledger
        finally:
            await asyncio.shield(ledger.settle())
    finally:
        # A caller that is being cancelled must still give its connections back.
        await asyncio.shield(engine.dispose())


def _set_up_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(connection: Any) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
