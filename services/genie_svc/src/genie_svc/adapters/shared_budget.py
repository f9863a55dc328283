"""The question budget of a workspace for several replicas, kept in PostgreSQL.

Same rules as `LocalBudget`. Each process that has tickets in the line looks at it a few times a
second, serves whoever is first, also on behalf of the others, and reports its own places. Only
the database's clock counts.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aislides_runtime.deadlines import Deadline
from sqlalchemy import BigInteger, Column, Double, Identity, Index, Row, String, Table, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from genie_svc.adapters.database import METADATA, Database, DatabaseUnusable
from genie_svc.adapters.local_budget import QueueTicket
from genie_svc.domain.errors import BudgetExhausted, QueueFull
from genie_svc.ports import Clock, Place

BUDGETS: Final = Table(
    "genie_budgets",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("tokens", Double, nullable=False),
    Column("counted_at", Double, nullable=False),
    Column("paused_until", Double, nullable=False),
    Column("now_serving", Double, nullable=False),
    info={"shared_only": True},
)
LINE: Final = Table(
    "genie_line",
    METADATA,
    Column("number", BigInteger, Identity(), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("tenant", String(128), nullable=False),
    Column("tag", Double, nullable=False),
    Column("holder", String(32), nullable=False),
    Column("seen_at", Double, nullable=False),
    Column("granted", BigInteger, nullable=False, default=0),
    Index("genie_line_order", "workspace", "granted", "tag", "number"),
    info={"shared_only": True},
)

_SEEN_SECONDS: Final = 15.0
_MOST_GAP: Final = 0.5

_CREATE: Final = text(
    "INSERT INTO genie_budgets VALUES (:workspace, :size,"
    " extract(epoch from clock_timestamp()), 0, 0) ON CONFLICT DO NOTHING"
)
_LOCK: Final = text(
    "SELECT tokens, counted_at, paused_until, now_serving,"
    " extract(epoch from clock_timestamp())::float8 AS now"
    " FROM genie_budgets WHERE workspace = :workspace FOR UPDATE"
)
_SAVE: Final = text(
    "UPDATE genie_budgets SET tokens = :tokens, counted_at = :now, now_serving = :now_serving,"
    " paused_until = :paused_until WHERE workspace = :workspace"
)
_LEAVE_DEAD: Final = text(
    "DELETE FROM genie_line WHERE workspace = :workspace AND seen_at < :now - :seen"
)
_STILL_HERE: Final = text(
    "UPDATE genie_line SET seen_at = :now WHERE workspace = :workspace AND holder = :holder"
)
_TAIL: Final = text(
    "SELECT count(*) AS waiting, max(tag) FILTER (WHERE tenant = :tenant) AS last_tag"
    " FROM genie_line WHERE workspace = :workspace AND granted = 0"
)
_AHEAD: Final = text(
    "SELECT count(*) FROM genie_line WHERE workspace = :workspace AND granted = 0 AND tag <= :tag"
)
_JOIN: Final = text(
    "INSERT INTO genie_line (workspace, tenant, tag, holder, seen_at, granted)"
    " VALUES (:workspace, :tenant, :tag, :holder, :now, 0) RETURNING number"
)
_GRANT: Final = text(
    "UPDATE genie_line SET granted = 1 WHERE number IN (SELECT number FROM genie_line"
    " WHERE workspace = :workspace AND granted = 0 ORDER BY tag, number LIMIT :many)"
    " RETURNING tag"
)
_TAKE: Final = text(
    "DELETE FROM genie_line WHERE workspace = :workspace AND holder = :holder AND granted = 1"
    " RETURNING number"
)
_PLACES: Final = text(
    "SELECT number, ahead FROM (SELECT number, holder,"
    " row_number() OVER (ORDER BY tag, number) - 1 AS ahead FROM genie_line"
    " WHERE workspace = :workspace AND granted = 0) line WHERE holder = :holder"
)
_LEAVE: Final = text("DELETE FROM genie_line WHERE number = :number AND granted = 0")


@dataclass(slots=True)
class _Bucket:
    """The budget's row, locked by this transaction and brought up to date."""

    tokens: float
    paused_until: float
    now_serving: float
    now: float
    rate: float

    def wait_for(self, position: int) -> float:
        """Seconds until the one at a position is served."""
        return max(0.0, self.paused_until - self.now, (position + 1 - self.tokens) / self.rate)


@dataclass(frozen=True, slots=True)
class _Served:
    """What one look at the line did for our tickets, and seconds until the next look."""

    granted: list[int]
    places: list[tuple[int, Place]]
    gap: float


class SharedBudget:
    """A `QuestionBudget` that all processes with the same database and workspace share."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        workspace: str,
        per_minute: float,
        burst: float | None = None,
        most_queued: int = 2_000,
        weights: Mapping[str, int] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._rate = per_minute / 60.0
        self._size = max(1.0, per_minute if burst is None else burst)
        self._most_queued = most_queued
        self._weights = dict(weights or {})
        self._us: dict[str, object] = {
            "workspace": hashlib.sha256(workspace.encode()).hexdigest(),
            "holder": uuid.uuid4().hex,
        }
        self._tickets: dict[int, QueueTicket] = {}
        self._serving: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def enter(self, tenant: str, deadline: Deadline) -> AsyncIterator[QueueTicket]:
        """A ticket in the line of all replicas."""
        number = await self._database.alone(lambda c: self._join(c, tenant, deadline))
        ticket = QueueTicket(0.0, number, tenant, deadline)
        self._tickets[number] = ticket
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve_on())
        try:
            yield ticket
        finally:
            if self._tickets.pop(number, None) is not None:
                leave = self._database.alone(lambda c: c.execute(_LEAVE, {"number": number}))
                with contextlib.suppress(SQLAlchemyError, DatabaseUnusable):
                    await asyncio.shield(leave)

    async def pause(self, seconds: float) -> None:
        """Grants nothing for a while, at no replica, and then no burst."""

        async def work(connection: AsyncConnection) -> None:
            bucket = await self._lock(connection)
            bucket.tokens = min(bucket.tokens, 1.0)
            bucket.paused_until = max(bucket.paused_until, bucket.now + seconds)
            await self._save(connection, bucket)

        await self._database.alone(work)

    async def close(self) -> None:
        """Serves nobody any more."""
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait([self._serving])

    async def _join(self, connection: AsyncConnection, tenant: str, deadline: Deadline) -> int:
        bucket = await self._lock(connection)
        await connection.execute(
            _LEAVE_DEAD, {**self._us, "now": bucket.now, "seen": _SEEN_SECONDS}
        )
        tail: Row[Any] = (await connection.execute(_TAIL, {**self._us, "tenant": tenant})).one()
        if tail.waiting >= self._most_queued:
            raise QueueFull(retry_after=bucket.wait_for(0))
        step = 1.0 / max(1, self._weights.get(tenant, 1))
        tag = max(bucket.now_serving, tail.last_tag or 0.0) + step
        ahead = (await connection.execute(_AHEAD, {**self._us, "tag": tag})).scalar_one()
        wait = bucket.wait_for(ahead)
        if wait > deadline.remaining():
            raise BudgetExhausted(retry_after=wait)
        values = {**self._us, "tenant": tenant, "tag": tag, "now": bucket.now}
        await self._save(connection, bucket)
        return int((await connection.execute(_JOIN, values)).scalar_one())

    async def _serve_on(self) -> None:
        try:
            while self._tickets:
                served = await self._database.alone(self._serve)
                for number in served.granted:
                    if ticket := self._tickets.pop(number, None):
                        ticket.tell(None)
                for number, place in served.places:
                    if number in self._tickets:
                        self._tickets[number].tell(place)
                if self._tickets:
                    await self._clock.sleep(served.gap)
        except (SQLAlchemyError, DatabaseUnusable):
            for ticket in self._tickets.values():
                ticket.fail(DatabaseUnusable())
            self._tickets.clear()
        finally:
            self._serving = None

    async def _serve(self, connection: AsyncConnection) -> _Served:
        """Serves the first in line, whoever holds them."""
        bucket = await self._lock(connection)
        now = {**self._us, "now": bucket.now, "seen": _SEEN_SECONDS}
        await connection.execute(_STILL_HERE, now)
        await connection.execute(_LEAVE_DEAD, now)
        many = int(bucket.tokens + 1e-9) if bucket.now >= bucket.paused_until else 0
        if many > 0:
            granted = (await connection.execute(_GRANT, {**self._us, "many": many})).scalars().all()
            bucket.tokens -= len(granted)
            bucket.now_serving = max([bucket.now_serving, *granted])
        taken = (await connection.execute(_TAKE, self._us)).scalars().all()
        places = (await connection.execute(_PLACES, self._us)).all()
        await self._save(connection, bucket)
        return _Served(
            granted=list(taken),
            places=[(number, Place(ahead, bucket.wait_for(ahead))) for number, ahead in places],
            gap=min(_MOST_GAP, max(0.02, bucket.wait_for(0))),
        )

    async def _lock(self, connection: AsyncConnection) -> _Bucket:
        await connection.execute(_CREATE, {**self._us, "size": self._size})
        row: Row[Any] = (await connection.execute(_LOCK, self._us)).one()
        earned = max(0.0, row.now - row.counted_at) * self._rate
        return _Bucket(
            tokens=min(self._size, row.tokens + earned),
            paused_until=row.paused_until,
            now_serving=row.now_serving,
            now=row.now,
            rate=self._rate,
        )

    async def _save(self, connection: AsyncConnection, bucket: _Bucket) -> None:
        values = {
            "tokens": bucket.tokens,
            "now": bucket.now,
            "now_serving": bucket.now_serving,
            "paused_until": bucket.paused_until,
        }
        await connection.execute(_SAVE, {**self._us, **values})
