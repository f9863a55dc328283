"""Decks, their log and their revisions, each change in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import sqlalchemy as sa
from aislides.deck.v1 import deck_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from sqlalchemy.exc import IntegrityError

from orchestrator_svc.errors import (
    DeckNotFound,
    QueueFull,
    RequestIdReused,
    RevisionNotFound,
)
from orchestrator_svc.store import statements, tables
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.clock import WallClock, timestamp, wall_clock
from orchestrator_svc.store.database import Database
from orchestrator_svc.store.tables import FINAL_STATES
from orchestrator_svc.store.tenants import EVERYBODY, may_see, tenant_named
from orchestrator_svc.store.watchers import Log, Watchers


class ClaimLost(Exception):
    """Another executor works on the deck now, or it was ended: stop, and write nothing."""


def body_hash(request: pb.CreateDeckRequest) -> str:
    """Tells whether two requests with the same key ask for the same deck."""
    body = pb.CreateDeckRequest()
    body.CopyFrom(request)
    body.ClearField("request_id")
    return hashlib.sha256(body.SerializeToString(deterministic=True)).hexdigest()


T = TypeVar("T")

_AT_ONCE: Final = 500
"""Ids in one statement, which may hold so many parameters only."""


class Begun(NamedTuple):
    """What a run is made from."""

    request: pb.CreateDeckRequest
    run: int
    steps: Mapping[str, str]
    """What earlier attempts finished, as JSON, by name."""


class DeckStore:
    """Keeps decks. Every method is one transaction; what it returned is durable."""

    def __init__(
        self,
        database: Database,
        watchers: Watchers,
        *,
        clock: WallClock = wall_clock,
        max_unfinished: int = 1_000_000,
        max_unfinished_per_tenant: int = 1_000_000,
    ) -> None:
        """Refuses new decks while so many are waiting or at work, of all or of one tenant."""
        self._database = database
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

        def insert(connection: sa.Connection) -> None:
            if request.request_id:
                connection.execute(
                    tables.request_key.insert(),
                    {
                        "tenant": tenant_named(request.tenant),
                        "request_id": request.request_id,
                        "body_hash": body_hash(request),
                        "deck_id": deck_id,
                    },
                )
            self._require_room(connection, tenant_named(request.tenant))
            connection.execute(
                statements.INSERT_DECK,
                {
                    "deck_id": deck_id,
                    "state": info.state,
                    "space_id": info.space_id,
                    "search_text": info.question.casefold(),
                    "created_at": now,
                    "updated_at": now,
                    "next_sequence": 2,
                    "run": 1,
                    "tenant": tenant_named(request.tenant),
                    "request": request.SerializeToString(),
                    "info": info.SerializeToString(),
                },
            )
            body = accepted.SerializeToString()
            row = {"deck_id": deck_id, "sequence": 1, "body": body, "once": None}
            connection.execute(statements.INSERT_EVENT, row)

        await self._database.write(insert)
        return info

    def _require_room(self, connection: sa.Connection, tenant: str) -> None:
        of_tenant = {"of_tenant": tenant}
        waiting, own = connection.execute(statements.UNFINISHED, of_tenant).one()
        if waiting >= self._max_unfinished:
            told = f"{waiting} decks are waiting or being made already"
        elif own >= self._max_per_tenant:
            told = f"{own} of your decks are waiting or being made already"
        else:
            return
        raise QueueFull(f"{told}; try again in a minute", retry_after=60.0)

    async def _existing(self, request: pb.CreateDeckRequest) -> pb.DeckInfo:
        query = sa.select(tables.request_key).where(
            tables.request_key.c.tenant == tenant_named(request.tenant),
            tables.request_key.c.request_id == request.request_id,
        )
        row = (await self.page(query))[0]
        if row.body_hash != body_hash(request):
            raise RequestIdReused(
                f"request_id {request.request_id!r} was used for another request before; "
                "send a new one, or the same request again",
                metadata={"deck_id": row.deck_id},
            )
        return await self.get(row.deck_id)

    async def get(self, deck_id: str, *, tenant: str = EVERYBODY) -> pb.DeckInfo:
        """The deck as it stands. Raises DeckNotFound, also when it is another tenant's."""
        row = await self._database.read(lambda connection: _row(connection, deck_id))
        if not may_see(tenant, row.tenant):
            raise _unknown(deck_id)
        return pb.DeckInfo.FromString(row.info)

    async def change(
        self, deck_id: str, edit: Callable[[Change], T], *, claim: int | None = None
    ) -> T:
        """Changes a deck as `edit` does; what that returned. Writes nothing when it raises.

        A change that ends or restarts work takes the deck away from whoever works on it. Raises
        DeckNotFound; ClaimLost when `claim` is given and is not the deck's any more.
        """

        def work(connection: sa.Connection) -> tuple[T, Change]:
            row = _row(connection, deck_id, claim=claim, query=statements.LOCKED_DECK)
            change = Change(
                info=pb.DeckInfo.FromString(row.info),
                run=row.run,
                _row=row,
                _connection=connection,
                _next_sequence=row.next_sequence,
                _now=self._clock(),
            )
            edited = edit(change)
            change.write()
            return edited, change

        edited, change = await self._database.write(work)
        self.watchers.tell(deck_id, Log(change.events, change.info.state in FINAL_STATES))
        return edited

    async def delete(self, deck_id: str) -> None:
        """Removes a deck with all that belongs to it. Raises DeckNotFound."""

        def work(connection: sa.Connection) -> None:
            _row(connection, deck_id, query=statements.LOCKED_DECK)
            for table in (
                tables.event,
                tables.step,
                tables.result,
                tables.revision,
                tables.request_key,
                tables.deck,
            ):
                connection.execute(table.delete().where(table.c.deck_id == deck_id))

        await self._database.write(work)
        self.watchers.wake(deck_id)

    async def tenant_of(self, deck_id: str) -> str:
        """Whose deck it is. Raises DeckNotFound."""
        row = await self._database.read(lambda connection: _row(connection, deck_id))
        return str(row.tenant)

    async def request_of(self, deck_id: str) -> tuple[pb.CreateDeckRequest, int]:
        """The request that the deck is made from, and the number of its run."""
        row = await self._database.read(lambda connection: _row(connection, deck_id))
        return pb.CreateDeckRequest.FromString(row.request), int(row.run)

    async def begun(
        self, deck_id: str, *, claim: int | None = None
    ) -> tuple[Begun, pb.DeckInfo, set[str]]:
        """Where work on a deck stands, the deck, and the marks of its events written once.

        Raises DeckNotFound; ClaimLost when `claim` is given and is not the deck's any more.
        """

        def work(connection: sa.Connection) -> tuple[Begun, pb.DeckInfo, set[str]]:
            row = _row(connection, deck_id, claim=claim)
            request = pb.CreateDeckRequest.FromString(row.request)
            of_run = {"of_deck": deck_id, "of_run": row.run}
            steps = connection.execute(statements.STEPS, of_run)
            marks = connection.execute(statements.ONCE_KEYS, {"of_deck": deck_id})
            return (
                Begun(request, row.run, {step.name: step.outcome for step in steps}),
                pb.DeckInfo.FromString(row.info),
                {mark.once for mark in marks},
            )

        return await self._database.read(work)

    async def log_after(self, deck_id: str, sequence: int, limit: int = 200) -> Log:
        """Events with a greater sequence number, and the state they led to. Raises DeckNotFound."""
        rows = await self.page(
            statements.LOG_AFTER, {"of_deck": deck_id, "after": sequence, "most": limit}
        )
        if not rows:
            raise _unknown(deck_id)
        events = [pb.DeckEvent.FromString(row.body) for row in rows if row.body is not None]
        return Log(events, final=rows[0].state in FINAL_STATES and len(rows) < limit)

    async def newest(self, deck_ids: Collection[str]) -> dict[str, int]:
        """The number of the newest event of each of the decks that there are."""
        ids, newest = list(deck_ids), dict[str, int]()
        for some in (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)):
            query = sa.select(tables.deck.c.deck_id, tables.deck.c.next_sequence)
            rows = await self.page(query.where(tables.deck.c.deck_id.in_(some)))
            newest |= {row.deck_id: row.next_sequence - 1 for row in rows}
        return newest

    async def steps(self, deck_id: str, run: int) -> dict[str, str]:
        """What the finished steps of a run returned, by name."""
        rows = await self.page(statements.STEPS, {"of_deck": deck_id, "of_run": run})
        return {row.name: row.outcome for row in rows}

    async def results(self, deck_id: str, run: int) -> list[result_pb2.Result]:
        """The results of a run, ordered by id."""
        rows = await self.page(statements.RESULTS, {"of_deck": deck_id, "of_run": run})
        found = [result_pb2.Result.FromString(row.body) for row in rows]
        return sorted(found, key=lambda item: (len(item.id), item.id))

    async def revision(
        self, deck_id: str, number: int
    ) -> tuple[pb.RevisionInfo, deck_pb2.DeckBundle]:
        """A revision, the current one for 0. Raises DeckNotFound or RevisionNotFound."""

        def work(connection: sa.Connection) -> tuple[pb.DeckInfo, int, Any]:
            deck = pb.DeckInfo.FromString(_row(connection, deck_id).info)
            wanted = number or deck.revision
            query = sa.select(tables.revision).where(
                tables.revision.c.deck_id == deck_id, tables.revision.c.revision == wanted
            )
            return deck, wanted, connection.execute(query).first()

        deck, wanted, row = await self._database.read(work)
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
        query = (
            sa.select(tables.revision.c.info)
            .where(tables.revision.c.deck_id == deck_id, tables.revision.c.revision < before)
            .order_by(tables.revision.c.revision.desc())
            .limit(limit)
        )

        def work(connection: sa.Connection) -> Sequence[Any]:
            _row(connection, deck_id)
            return connection.execute(query).all()

        return [pb.RevisionInfo.FromString(row.info) for row in await self._database.read(work)]

    async def page(
        self, query: sa.Select[Any], values: Mapping[str, Any] | None = None
    ) -> Sequence[Any]:
        """The rows of a listing query, with these values of its parameters."""
        return await self._database.read(lambda connection: connection.execute(query, values).all())


def _row(
    connection: sa.Connection,
    deck_id: str,
    *,
    claim: int | None = None,
    query: sa.Select[Any] = statements.DECK,
) -> Any:
    """The deck's row. Raises DeckNotFound; ClaimLost when `claim` is given and not its own."""
    row = connection.execute(query, {"of_deck": deck_id}).first()
    if row is None:
        raise _unknown(deck_id)
    if claim is not None and row.claim != claim:
        raise ClaimLost(deck_id)
    return row


def _unknown(deck_id: str) -> DeckNotFound:
    return DeckNotFound(
        f"there is no deck {deck_id!r}; list decks to see those there are",
        metadata={"deck_id": deck_id[:64]},
    )
