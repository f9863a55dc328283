"""An open change of one deck: what happens inside the store's transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from aislides.deck.v1 import deck_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from sqlalchemy.ext.asyncio import AsyncConnection

from orchestrator_svc.store import tables
from orchestrator_svc.store.clock import timestamp


@dataclass(slots=True)
class Change:
    """An open change of one deck. `info` may be edited; everything is written on leaving."""

    info: pb.DeckInfo
    run: int
    request: pb.CreateDeckRequest
    _connection: AsyncConnection
    _next_sequence: int
    _now: int
    begun_anew: bool = False
    got_on: bool = False
    _events: list[dict[str, Any]] = field(default_factory=list)

    async def record(self, event: pb.DeckEvent, *, once: str | None = None) -> bool:
        """Appends an event to the log; False when an event marked `once` is there already."""
        if once is not None:
            found = await self._connection.execute(
                sa.select(tables.event.c.sequence).where(
                    tables.event.c.deck_id == self.info.deck_id, tables.event.c.once == once
                )
            )
            if found.first() is not None:
                return False
        self.append(event, once=once)
        return True

    def append(self, event: pb.DeckEvent, *, once: str | None) -> None:
        """Appends an event to the log; for callers who know which of theirs are there."""
        event.sequence = self._next_sequence
        event.at.CopyFrom(timestamp(self._now))
        self._events.append(
            {
                "deck_id": self.info.deck_id,
                "sequence": event.sequence,
                "body": event.SerializeToString(),
                "once": once,
            }
        )
        self._next_sequence += 1
        self.info.last_sequence = event.sequence

    async def keep_step(self, name: str, outcome: str) -> None:
        """Keeps what a finished step of this run returned, as JSON."""
        key = {"deck_id": self.info.deck_id, "run": self.run, "name": name}
        row = tables.step.insert().values(**key, outcome=outcome, at=self._now)
        await self._connection.execute(row)
        self.got_on = True

    async def keep_result(self, result: result_pb2.Result) -> None:
        """Keeps a query result of this run. Keeping it again changes nothing."""
        key = {"deck_id": self.info.deck_id, "run": self.run, "result_id": result.id}
        where = [tables.result.c[name] == value for name, value in key.items()]
        found = await self._connection.execute(sa.select(tables.result.c.result_id).where(*where))
        if found.first() is None:
            row = tables.result.insert().values(**key, body=result.SerializeToString())
            await self._connection.execute(row)

    async def add_revision(
        self,
        bundle: deck_pb2.DeckBundle,
        *,
        origin: str,
        title: str,
        instruction: str = "",
        parent: int | None = None,
    ) -> None:
        """Makes the bundle the current revision, made from `parent`, by default the one before."""
        revision = pb.RevisionInfo(
            revision=self.info.revision + 1,
            parent=self.info.revision if parent is None else parent,
            origin=origin,
            instruction=instruction,
            title=title,
            slide_count=len(bundle.deck.slides),
            created_at=timestamp(self._now),
        )
        await self._connection.execute(
            tables.revision.insert().values(
                deck_id=self.info.deck_id,
                revision=revision.revision,
                info=revision.SerializeToString(),
                bundle=bundle.SerializeToString(),
            )
        )
        self.info.revision = revision.revision
        self.info.title = title
        self.info.slide_count = revision.slide_count

    def begin_run(self, request: pb.CreateDeckRequest) -> None:
        """Work on the deck begins anew, with this request."""
        self.run += 1
        self.info.state = pb.STATE_QUEUED
        self.begun_anew = True
        self.request = request
