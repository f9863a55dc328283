"""Packed results in the service's database, named by their content."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Index,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from genie_svc.adapters.database import METADATA, Database
from genie_svc.domain.snapshot import content_hash
from genie_svc.ports import Clock

SNAPSHOTS: Final = Table(
    "genie_snapshots",
    METADATA,
    Column("owner", String(200), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kept_at", Double, nullable=False),
    Index("genie_snapshots_by_age", "kept_at"),
)
_AT: Final = (SNAPSHOTS.c.owner == bindparam("at_owner"), SNAPSHOTS.c.hash == bindparam("at_hash"))
_FIND: Final = select(SNAPSHOTS.c.data).where(*_AT, SNAPSHOTS.c.kept_at >= bindparam("oldest"))
_SIZE: Final = select(func.coalesce(func.sum(SNAPSHOTS.c.size), 0))
_FORGET_OLD: Final = delete(SNAPSHOTS).where(SNAPSHOTS.c.kept_at < bindparam("oldest"))
_BY_AGE: Final = select(SNAPSHOTS.c.kept_at, SNAPSHOTS.c.size).order_by(SNAPSHOTS.c.kept_at)


class SqlSnapshots:
    """Keeps packed results by owner, for a time and up to a size in all."""

    def __init__(
        self, database: Database, clock: Clock, *, kept_seconds: float, most_bytes: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._kept_seconds = kept_seconds
        self._most_bytes = most_bytes
        insert: Any = postgres_insert if database.shared else sqlite_insert
        made = insert(SNAPSHOTS)
        self._keep = made.on_conflict_do_update(
            index_elements=["owner", "hash"], set_={"kept_at": made.excluded.kept_at}
        )

    async def keep(self, owner: str, data: bytes) -> str:
        """The name under which the bytes are kept, empty when they are too large to keep."""
        if len(data) > self._most_bytes // 8:
            return ""
        name = content_hash(data)
        values = {
            "owner": owner,
            "hash": name,
            "data": data,
            "size": len(data),
            "kept_at": self._clock.time(),
        }
        await self._database.record(self._keep, values)
        return name

    async def find(self, owner: str, name: str) -> bytes | None:
        """The bytes that this owner kept under a name, None when they are gone."""
        values = {"at_owner": owner, "at_hash": name, "oldest": self._oldest()}

        async def work(connection: AsyncConnection) -> bytes | None:
            return (await connection.execute(_FIND, values)).scalar_one_or_none()

        return await self._database.read(work)

    async def tidy(self) -> None:
        """Drops what is too old, then the oldest until the rest is small enough."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(_FORGET_OLD, {"oldest": self._oldest()})
            too_much = (await connection.execute(_SIZE)).scalar_one() - self._most_bytes
            if too_much <= 0:
                return
            freed, newest = 0, 0.0
            for kept_at, size in (await connection.execute(_BY_AGE)).all():
                freed, newest = freed + size, kept_at
                if freed >= too_much:
                    break
            await connection.execute(delete(SNAPSHOTS).where(SNAPSHOTS.c.kept_at <= newest))

        await self._database.write(work)

    def _oldest(self) -> float:
        return self._clock.time() - self._kept_seconds
