"""Decks, their log and their revisions, each change in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import sqlalchemy as sa
from aislides.deck.v1 import deck_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from orchestrator_svc.errors import (
    DeckNotFound,
    QueueFull,
    RequestIdReused,
    RevisionNotFound,
)
from orchestrator_svc.store import tables
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.clock import WallClock, timestamp, wall_clock
from orchestrator_svc.store.database import READS_ONLY
from orchestrator_svc.store.watchers import Watchers

FINAL_STATES = frozenset(
    {
        pb.STATE_SUCCEEDED,
        pb.STATE_FAILED,
        pb.STATE_CANCELLED,
        pb.STATE_NEEDS_CLARIFICATION,
    }
)
"""States in which nobody works on a deck."""


class ClaimLost(Exception):
    """Another executor works on the deck now, or it was ended: stop, and write nothing."""


def body_hash(request: pb.CreateDeckRequest) -> str:
    """Tells whether two requests with the same key ask for the same deck."""
    body = pb.CreateDeckRequest()
    body.CopyFrom(request)
    body.ClearField("request_id")
    return hashlib.sha256(body.SerializeToString(deterministic=True)).hexdigest()


def tenant_of(request: pb.CreateDeckRequest) -> str:
    """Whom the deck is for."""
    return request.tenant or "default"


class Log(NamedTuple):
    """A part of a deck's log."""

    events: list[pb.DeckEvent]
    final: bool
    """Nobody works on the deck, and these events are the last."""


class DeckStore:
    """Keeps decks. Every method is one transaction; what it returned is durable."""

    def __init__(
        self,
        engine: AsyncEngine,
        watchers: Watchers,
        *,
        clock: WallClock = wall_clock,
        max_unfinished: int = 1_000_000,
        max_unfinished_per_tenant: int = 1_000_000,
    ) -> None:
        """Refuses new decks while so many are waiting or at work, of all or of one tenant."""
        self._engine = engine
        self._reads = engine.execution_options(**{READS_ONLY: True})
        self._clock = clock
        self._max_unfinished = max_unfinished
        self._max_per_tenant = max_unfinished_per_tenant
        self.watchers = watchers

    async def create(self, deck_id: str, request: pb.CreateDeckRequest) -> tuple[pb.DeckInfo, bool]:
        """The new deck, or the one that the same `request_id` made before; and whether it did.

        Raises RequestIdReused when the key came with another body before, QueueFull when too many
        decks wait.
        """
        try:
            return await self._insert(deck_id, request), False
        except IntegrityError:
            # Only the key can collide: deck ids are random.
            return await self._existing(request), True

    async def _insert(self, deck_id: str, request: pb.CreateDeckRequest) -> pb.DeckInfo:
        now = self._clock()
        info = pb.DeckInfo(
            deck_id=deck_id,
            state=pb.STATE_QUEUED,
            question=request.question,
            space_id=request.space_id,
            theme=request.theme,
            depth=request.depth,
            created_at=timestamp(now),
            updated_at=timestamp(now),
            last_sequence=1,
        )
        accepted = pb.DeckEvent(
            sequence=1,
            at=timestamp(now),
            accepted=pb.DeckAccepted(question=request.question),
        )
        async with self._engine.begin() as connection:
            if request.request_id:
                await connection.execute(
                    tables.request_key.insert().values(
                        tenant=tenant_of(request),
                        request_id=request.request_id,
                        body_hash=body_hash(request),
                        deck_id=deck_id,
                    )
                )
            await self._require_room(connection, tenant_of(request))
            await connection.execute(
                tables.deck.insert().values(
                    deck_id=deck_id,
                    state=info.state,
                    space_id=info.space_id,
                    search_text=info.question.casefold(),
                    created_at=now,
                    updated_at=now,
                    next_sequence=2,
                    run=1,
                    tenant=tenant_of(request),
                    request=request.SerializeToString(),
                    info=info.SerializeToString(),
                )
            )
            await connection.execute(
                tables.event.insert().values(
                    deck_id=deck_id, sequence=1, body=accepted.SerializeToString(), once=None
                )
            )
        return info

    async def _require_room(self, connection: AsyncConnection, tenant: str) -> None:
        of_tenant = sa.func.count().filter(tables.deck.c.tenant == tenant)
        query = sa.select(sa.func.count(), of_tenant).where(
            tables.deck.c.state.not_in(FINAL_STATES)
        )
        waiting, own = (await connection.execute(query)).one()
        if waiting >= self._max_unfinished:
            told = f"{waiting} decks are waiting or being made already"
        elif own >= self._max_per_tenant:
            told = f"{own} of your decks are waiting or being made already"
        else:
            return
        raise QueueFull(f"{told}; try again in a minute", retry_after=60.0)

    async def _existing(self, request: pb.CreateDeckRequest) -> pb.DeckInfo:
        async with self._reads.connect() as connection:
            row = (
                await connection.execute(
                    sa.select(tables.request_key).where(
                        tables.request_key.c.tenant == tenant_of(request),
                        tables.request_key.c.request_id == request.request_id,
                    )
                )
            ).one()
        if row.body_hash != body_hash(request):
            raise RequestIdReused(
                f"request_id {request.request_id!r} was used for another request before; "
                "send a new one, or the same request again",
                metadata={"deck_id": row.deck_id},
            )
        return await self.get(row.deck_id)

    async def get(self, deck_id: str) -> pb.DeckInfo:
        """The deck as it stands. Raises DeckNotFound."""
        async with self._reads.connect() as connection:
            row = await self._row(connection, deck_id)
        return pb.DeckInfo.FromString(row.info)

    @asynccontextmanager
    async def change(self, deck_id: str, *, claim: int | None = None) -> AsyncIterator[Change]:
        """Changes a deck; written when the block ends, not at all when it raises.

        A change that ends or restarts work takes the deck away from whoever works on it. Raises
        DeckNotFound; ClaimLost when `claim` is given and is not the deck's any more.
        """
        async with self._engine.begin() as connection:
            row = await self._locked(connection, deck_id, claim)
            change = Change(
                info=pb.DeckInfo.FromString(row.info),
                run=row.run,
                request=pb.CreateDeckRequest.FromString(row.request),
                _connection=connection,
                _next_sequence=row.next_sequence,
                _now=self._clock(),
            )
            yield change
            info = change.info
            info.updated_at.CopyFrom(timestamp(change._now))
            more: dict[str, Any] = {}
            if info.state in FINAL_STATES:
                info.finished_at.CopyFrom(timestamp(change._now))
            else:
                info.ClearField("finished_at")
            if info.state in FINAL_STATES or change.begun_anew:
                more = {"claimed_by": None, "claim": row.claim + 1, "attempts": 0}
            elif change.got_on:
                more = {"attempts": 0}
            if change.begun_anew:
                more["request"] = change.request.SerializeToString()
            if change._events:
                await connection.execute(tables.event.insert(), change._events)
            await connection.execute(
                tables.deck.update()
                .where(tables.deck.c.deck_id == deck_id)
                .values(
                    state=info.state,
                    space_id=info.space_id,
                    search_text=f"{info.question}\n{info.title}".casefold().replace("\0", ""),
                    updated_at=change._now,
                    next_sequence=change._next_sequence,
                    run=change.run,
                    info=info.SerializeToString(),
                    **more,
                )
            )
        self.watchers.wake(deck_id)

    async def delete(self, deck_id: str) -> None:
        """Removes a deck with all that belongs to it. Raises DeckNotFound."""
        async with self._engine.begin() as connection:
            await self._locked(connection, deck_id)
            for table in (
                tables.event,
                tables.step,
                tables.result,
                tables.revision,
                tables.request_key,
                tables.deck,
            ):
                await connection.execute(table.delete().where(table.c.deck_id == deck_id))
        self.watchers.wake(deck_id)

    async def request_of(self, deck_id: str) -> tuple[pb.CreateDeckRequest, int]:
        """The request that the deck is made from, and the number of its run."""
        async with self._reads.connect() as connection:
            row = await self._row(connection, deck_id)
        return pb.CreateDeckRequest.FromString(row.request), int(row.run)

    async def log_after(self, deck_id: str, sequence: int, limit: int = 200) -> Log:
        """Events with a greater sequence number, and the state they led to. Raises DeckNotFound."""
        newer = sa.and_(
            tables.event.c.deck_id == tables.deck.c.deck_id, tables.event.c.sequence > sequence
        )
        # One statement, so that what the state says is surely in the log.
        query = (
            sa.select(tables.deck.c.state, tables.event.c.body)
            .outerjoin(tables.event, newer)
            .where(tables.deck.c.deck_id == deck_id)
            .order_by(tables.event.c.sequence)
            .limit(limit)
        )
        rows = await self.page(query)
        if not rows:
            raise _unknown(deck_id)
        events = [pb.DeckEvent.FromString(row.body) for row in rows if row.body is not None]
        return Log(events, final=rows[0].state in FINAL_STATES and len(rows) < limit)

    async def once_keys(self, deck_id: str) -> set[str]:
        """The marks of all events that are written at most once."""
        query = sa.select(tables.event.c.once).where(
            tables.event.c.deck_id == deck_id, tables.event.c.once.is_not(None)
        )
        return {row.once for row in await self.page(query)}

    async def steps(self, deck_id: str, run: int) -> dict[str, str]:
        """What the finished steps of a run returned, by name."""
        where = (tables.step.c.deck_id == deck_id, tables.step.c.run == run)
        query = sa.select(tables.step.c.name, tables.step.c.outcome).where(*where)
        return {row.name: row.outcome for row in await self.page(query)}

    async def results(self, deck_id: str, run: int) -> list[result_pb2.Result]:
        """The results of a run, ordered by id."""
        async with self._reads.connect() as connection:
            rows = await connection.execute(
                sa.select(tables.result.c.body).where(
                    tables.result.c.deck_id == deck_id, tables.result.c.run == run
                )
            )
            found = [result_pb2.Result.FromString(row.body) for row in rows]
        return sorted(found, key=lambda item: (len(item.id), item.id))

    async def revision(
        self, deck_id: str, number: int
    ) -> tuple[pb.RevisionInfo, deck_pb2.DeckBundle]:
        """A revision, the current one for 0. Raises DeckNotFound or RevisionNotFound."""
        async with self._reads.connect() as connection:
            deck = pb.DeckInfo.FromString((await self._row(connection, deck_id)).info)
            wanted = number or deck.revision
            row = (
                await connection.execute(
                    sa.select(tables.revision).where(
                        tables.revision.c.deck_id == deck_id,
                        tables.revision.c.revision == wanted,
                    )
                )
            ).first()
        if row is None:
            raise RevisionNotFound(
                f"deck {deck_id} has no revision {wanted}; it has {deck.revision}",
                metadata={"deck_id": deck_id, "revisions": str(deck.revision)},
            )
        return (
            pb.RevisionInfo.FromString(row.info),
            deck_pb2.DeckBundle.FromString(row.bundle),
        )

    async def revisions(self, deck_id: str, *, before: int, limit: int) -> list[pb.RevisionInfo]:
        """Revisions below `before`, newest first."""
        async with self._reads.connect() as connection:
            await self._row(connection, deck_id)
            rows = await connection.execute(
                sa.select(tables.revision.c.info)
                .where(
                    tables.revision.c.deck_id == deck_id,
                    tables.revision.c.revision < before,
                )
                .order_by(tables.revision.c.revision.desc())
                .limit(limit)
            )
            return [pb.RevisionInfo.FromString(row.info) for row in rows]

    async def page(self, query: sa.Select[Any]) -> Sequence[Any]:
        """The rows of a listing query."""
        async with self._reads.connect() as connection:
            rows: Sequence[Any] = (await connection.execute(query)).all()
            return rows

    async def _locked(
        self, connection: AsyncConnection, deck_id: str, claim: int | None = None
    ) -> Any:
        """The deck's row, held against other writers until the transaction ends."""
        row = await self._row(connection, deck_id, lock=True)
        if claim is not None and row.claim != claim:
            raise ClaimLost(deck_id)
        return row

    @staticmethod
    async def _row(connection: AsyncConnection, deck_id: str, *, lock: bool = False) -> Any:
        query = sa.select(tables.deck).where(tables.deck.c.deck_id == deck_id)
        row = (await connection.execute(query.with_for_update() if lock else query)).first()
        if row is None:
            raise _unknown(deck_id)
        return row


def _unknown(deck_id: str) -> DeckNotFound:
    return DeckNotFound(
        f"there is no deck {deck_id!r}; list decks to see those there are",
        metadata={"deck_id": deck_id[:64]},
    )
