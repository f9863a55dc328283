"""An open change of one deck: what happens inside the store's transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa
from aislides.deck.v1 import deck_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.store import statements
from orchestrator_svc.store.clock import timestamp
from orchestrator_svc.store.tables import FINAL_STATES

_BEFORE: Final = "before-it"
"""The step that keeps what a run takes from the deck and gives back when it fails."""


@dataclass
class Change:
    """An open change of one deck. `info` may be edited; everything is written at the end."""

    info: pb.DeckInfo
    run: int
    _row: Any
    _connection: sa.Connection
    _next_sequence: int
    _now: int
    begun_anew: bool = False
    got_on: bool = False
    events: list[pb.DeckEvent] = field(default_factory=list)
    """What was appended to the log."""
    _once: list[str | None] = field(default_factory=list)

    @cached_property
    def request(self) -> pb.CreateDeckRequest:
        """What the deck is made from."""
        return pb.CreateDeckRequest.FromString(self._row.request)

    def record(self, event: pb.DeckEvent, *, once: str | None = None) -> bool:
        """Appends an event to the log; False when an event marked `once` is there already."""
        if once is not None:
            key = {"of_deck": self.info.deck_id, "mark": once}
            if self._connection.execute(statements.EVENT_ONCE, key).first() is not None:
                return False
        self.append(event, once=once)
        return True

    def append(self, event: pb.DeckEvent, *, once: str | None) -> None:
        """Appends an event to the log; for callers who know which of theirs are there."""
        event.sequence = self._next_sequence
        event.at.CopyFrom(timestamp(self._now))
        self.events.append(event)
        self._once.append(once)
        self._next_sequence += 1
        self.info.last_sequence = event.sequence

    def keep_step(self, name: str, outcome: str) -> None:
        """Keeps what a finished step of this run returned, as JSON."""
        key = {"deck_id": self.info.deck_id, "run": self.run, "name": name}
        self._connection.execute(
            statements.INSERT_STEP, key | {"outcome": outcome, "at": self._now}
        )
        self.got_on = True

    def steps(self) -> dict[str, str]:
        """What the finished steps of this run returned, by name."""
        key = {"of_deck": self.info.deck_id, "of_run": self.run}
        return {row.name: row.outcome for row in self._connection.execute(statements.STEPS, key)}

    def keep_result(self, result: result_pb2.Result) -> None:
        """Keeps a query result of this run. Keeping it again changes nothing."""
        key = {"deck_id": self.info.deck_id, "run": self.run, "result_id": result.id}
        row = key | {"body": result.SerializeToString()}
        self._connection.execute(statements.KEEP_RESULT, row)

    def add_revision(
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
        self._connection.execute(
            statements.INSERT_REVISION,
            {
                "deck_id": self.info.deck_id,
                "revision": revision.revision,
                "info": revision.SerializeToString(),
                "bundle": bundle.SerializeToString(),
            },
        )
        self.info.revision = revision.revision
        self.info.title = title
        self.info.slide_count = revision.slide_count

    def begin_run(self, request: pb.CreateDeckRequest) -> None:
        """Work on the deck begins anew, with this request."""
        self.run += 1
        self.begun_anew = True
        self.request = request
        self.info.state = pb.STATE_QUEUED
        if self.info.revision:
            self.keep_step(_BEFORE, json.dumps({"remarks": list(self.info.remarks)}))
        for field_name in ("error", "change_error", "clarification", "remarks"):
            self.info.ClearField(field_name)

    def fail(self, why: pb.JobError) -> None:
        """The run ends without a deck of its own; a deck that has a revision is as it was."""
        if self.info.revision:
            self._back(why)
        else:
            self.info.state = pb.STATE_FAILED
            self.info.error.CopyFrom(why)

    def cancel(self) -> None:
        """The run was called off; a deck that has a revision is as it was."""
        if self.info.revision:
            message = "the change was cancelled; the deck is as it was"
            self._back(pb.JobError(reason="DECK_CANCELLED", message=message))
        else:
            self.info.state = pb.STATE_CANCELLED

    def _back(self, why: pb.JobError) -> None:
        self.info.state = pb.STATE_SUCCEEDED
        self.info.change_error.CopyFrom(why)
        if (before := self.steps().get(_BEFORE)) is not None:
            self.info.remarks[:] = json.loads(before)["remarks"]

    def write(self) -> None:
        """Writes the events and the deck's row. A change that ends or restarts work takes the deck
        away from whoever works on it."""
        info = self.info
        info.updated_at.CopyFrom(timestamp(self._now))
        ended = info.state in FINAL_STATES
        if ended:
            info.finished_at.CopyFrom(timestamp(self._now))
        else:
            info.ClearField("finished_at")
        more: dict[str, Any] = {}
        if ended or self.begun_anew:
            more = {"claimed_by": None, "claim": self._row.claim + 1, "attempts": 0}
        elif self.got_on:
            more = {"attempts": 0}
        if self.begun_anew:
            more["request"] = self.request.SerializeToString()
        if self.events:
            self._connection.execute(statements.INSERT_EVENT, self._rows())
        self._connection.execute(
            statements.UPDATE_DECK,
            {
                "of_deck": info.deck_id,
                "state": info.state,
                "space_id": info.space_id,
                "search_text": f"{info.question}\n{info.title}".casefold().replace("\0", ""),
                "updated_at": self._now,
                "next_sequence": self._next_sequence,
                "run": self.run,
                "info": info.SerializeToString(),
                **more,
            },
        )

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "deck_id": self.info.deck_id,
                "sequence": event.sequence,
                "body": event.SerializeToString(),
                "once": once,
            }
            for event, once in zip(self.events, self._once, strict=True)
        ]
