"""The ledger in SQLite or PostgreSQL: the only file with queries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from llm_svc.domain.completion import Usage
from llm_svc.ledger.stored import dump, load
from llm_svc.ledger.tables import entries, outcomes
from llm_svc.ports import Entry, Outcome, Spent, UsageSum

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate["SqlLedger", P], Coroutine[Any, Any, T]]


def _to_the_end(work: Work[P, T]) -> Work[P, T]:
    """Work that ends even when its caller is cancelled.

    A connection that is given up halfway is lost to the pool, and what was spent must be written.
    """

    @wraps(work)
    async def run(self: SqlLedger, /, *args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(work(self, *args, **kwargs))
        self.working.add(task)
        task.add_done_callback(self.ended)
        return await asyncio.shield(task)

    return run


class SqlLedger:
    """Outcomes and entries in a database; what `record` returned from survives a power cut."""

    def __init__(self, engine: AsyncEngine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        self.working: set[asyncio.Task[Any]] = set()
        """Work under way, also that whose callers have left."""

    def ended(self, task: asyncio.Task[Any]) -> None:
        """Forgets work that ended; its error belongs to the caller, who may have left."""
        self.working.discard(task)
        if not task.cancelled():
            task.exception()

    async def settle(self) -> None:
        """Waits for all work under way."""
        await asyncio.gather(*self.working, return_exceptions=True)

    @_to_the_end
    async def ready(self) -> None:
        """Raises when the database does not answer."""
        async with self._engine.connect() as connection:
            await connection.execute(sa.select(1))

    @_to_the_end
    async def outcome(self, tenant: str, request_id: str) -> Outcome | None:
        """The recorded outcome of a request; see the port."""
        query = sa.select(outcomes).where(
            outcomes.c.tenant == tenant, outcomes.c.request_id == request_id
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Outcome(
            tenant,
            request_id,
            row.body_hash,
            load(row.completion) if row.completion else None,
            json.loads(row.failure) if row.failure else {},
        )

    @_to_the_end
    async def record(self, new: Sequence[Entry], outcome: Outcome | None = None) -> None:
        """Keeps entries and outcome in one transaction; see the port."""
        at = self._now().timestamp()
        async with self._engine.begin() as connection:
            if new:
                await connection.execute(sa.insert(entries), [_row(entry, at) for entry in new])
            if outcome is not None:
                await connection.execute(self._insert_outcome(outcome, at))

    @_to_the_end
    async def usage(
        self,
        since: datetime,
        until: datetime,
        *,
        tenant: str = "",
        deck: str = "",
        model: str = "",
    ) -> list[UsageSum]:
        """Sums by model and purpose, dearest first; see the port."""
        cost = sa.func.sum(entries.c.cost_micro_usd)
        read = sa.func.sum(entries.c.input_tokens)
        query = (
            sa.select(
                entries.c.model,
                entries.c.purpose,
                read,
                sa.func.sum(entries.c.output_tokens),
                sa.func.sum(entries.c.cached_input_tokens),
                cost,
                sa.func.sum(entries.c.calls),
                sa.func.max(sa.cast(entries.c.estimated, sa.Integer)),
            )
            .where(
                entries.c.recorded_at >= since.timestamp(),
                entries.c.recorded_at < until.timestamp(),
            )
            .group_by(entries.c.model, entries.c.purpose)
            .order_by(cost.desc(), read.desc(), entries.c.model, entries.c.purpose)
        )
        for column, wanted in (
            (entries.c.tenant, tenant),
            (entries.c.deck, deck),
            (entries.c.model, model),
        ):
            if wanted:
                query = query.where(column == wanted)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [UsageSum(row[0], row[1], _usage(row)) for row in rows]

    @_to_the_end
    async def spent(self, *, since: datetime | None, tenant: str = "", deck: str = "") -> Spent:
        """What was spent; see the port."""
        query = sa.select(
            sa.func.coalesce(sa.func.sum(entries.c.cost_micro_usd), 0),
            sa.func.coalesce(sa.func.sum(entries.c.input_tokens + entries.c.output_tokens), 0),
        )
        if since is not None:
            query = query.where(entries.c.recorded_at >= since.timestamp())
        if tenant:
            query = query.where(entries.c.tenant == tenant)
        if deck:
            query = query.where(entries.c.deck == deck)
        async with self._engine.connect() as connection:
            money, tokens = (await connection.execute(query)).one()
        return Spent(int(money), int(tokens))

    @_to_the_end
    async def forget(self, older_than: timedelta) -> int:
        """Drops outcomes recorded longer ago than that, and tells how many. Entries stay."""
        before = (self._now() - older_than).timestamp()
        async with self._engine.begin() as connection:
            result: Any = await connection.execute(
                sa.delete(outcomes).where(outcomes.c.recorded_at < before)
            )
        return int(result.rowcount)

    def _insert_outcome(self, outcome: Outcome, at: float) -> sa.Insert:
        postgres = self._engine.dialect.name == "postgresql"
        insert: Any = postgresql.insert if postgres else sqlite.insert
        statement: sa.Insert = (
            insert(outcomes)
            .values(
                tenant=outcome.tenant,
                request_id=outcome.request_id,
                body_hash=outcome.body_hash,
                completion=dump(outcome.completion) if outcome.completion else None,
                failure=json.dumps(outcome.failure) if outcome.failure else None,
                recorded_at=at,
            )
            .on_conflict_do_nothing()
        )
        return statement


def _usage(row: Sequence[Any]) -> Usage:
    read, wrote, cached, cost, calls, estimated = (int(number) for number in row[2:8])
    return Usage(read, wrote, cached, cost, calls, bool(estimated))


def _row(entry: Entry, at: float) -> dict[str, Any]:
    return {
        "recorded_at": at,
        "request_id": entry.request_id,
        "tenant": entry.tenant,
        "deck": entry.deck,
        "purpose": entry.purpose,
        "prompt_name": entry.prompt_name,
        "prompt_version": entry.prompt_version,
        "provider": entry.provider,
        "model": entry.model,
        "input_tokens": entry.usage.input_tokens,
        "output_tokens": entry.usage.output_tokens,
        "cached_input_tokens": entry.usage.cached_input_tokens,
        "cost_micro_usd": entry.usage.cost_micro_usd,
        "calls": entry.usage.calls,
        "estimated": entry.usage.estimated,
        "latency_ms": round(entry.latency * 1000),
        "outcome": entry.outcome,
        "saved_micro_usd": entry.saved_micro_usd,
    }
