"""What a run tells those who watch: events and the deck's own state, each at most once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from aislides.deck.v1 import result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Kind, ServiceError
from google.protobuf.duration_pb2 import Duration

from orchestrator_svc.ports import ModelUse
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.decks import Begun, DeckStore
from orchestrator_svc.store.tables import FINAL_STATES

_RETRYABLE = frozenset(
    {Kind.UNAVAILABLE, Kind.RESOURCE_EXHAUSTED, Kind.ABORTED, Kind.DEADLINE_EXCEEDED}
)


def seconds(value: float) -> Duration:
    """A protobuf duration of so many seconds, to the microsecond."""
    duration = Duration()
    duration.FromMicroseconds(round(max(0.0, value) * 1_000_000))
    return duration


def job_error(error: ServiceError, stage: pb.Stage.ValueType) -> pb.JobError:
    """The error as it is kept with the deck."""
    return pb.JobError(
        reason=error.reason,
        message=error.message,
        stage=stage,
        retryable=error.kind in _RETRYABLE,
    )


Mutation = Callable[[Change], object]


class Journal:
    """Writes the log of one run. A run that is resumed writes no event twice.

    What is recorded while an earlier write is on its way is written in one transaction with what
    came meanwhile, in order. Every method raises ClaimLost once `claim` is not the deck's any more.
    """

    def __init__(
        self, store: DeckStore, deck_id: str, run: int = 0, *, claim: int | None = None
    ) -> None:
        self._store = store
        self._info = pb.DeckInfo()
        self.claim = claim
        self.deck_id = deck_id
        self.run = run
        self.stage: pb.Stage.ValueType = pb.STAGE_UNSPECIFIED
        self._began = time.monotonic()
        self._written: set[str] = set()
        self._waiting: list[Mutation] = []
        self._writing: asyncio.Task[None] | None = None
        self._fault: Exception | None = None

    async def change(self, edit: Mutation) -> None:
        """A change of the deck as its worker, in one transaction with what was recorded before."""
        self._write(edit)
        await self.settled()

    async def settled(self) -> None:
        """Returns when all that was recorded is durable. Raises why it could not be."""
        while self._writing is not None and not self._writing.done():
            await asyncio.shield(self._writing)
        if self._fault is not None:
            raise self._fault

    async def info(self) -> pb.DeckInfo:
        """The deck with all that was recorded, once it has begun."""
        await self.settled()
        return self._info

    async def begin(self) -> Begun:
        """Where work on the deck stands. It is marked as at work with what is recorded first."""
        begun, self._info, self._written = await self._store.begun(self.deck_id, claim=self.claim)
        self.run = begun.run

        def edit(change: Change) -> None:
            change.info.state = pb.STATE_RUNNING
            change.info.ClearField("error")

        self._write(edit)
        return begun

    async def keep_step(self, name: str, outcome: str) -> None:
        """Keeps what a step returned, in one transaction with the events before it."""
        self._write(lambda change: change.keep_step(name, outcome))
        await self.settled()

    def keep_result(self, result: result_pb2.Result) -> None:
        """Keeps a query result, durable not later than the step that brought it."""
        self._write(lambda change: change.keep_result(result))

    @asynccontextmanager
    async def at_work_on(self, stage: pb.Stage.ValueType) -> AsyncIterator[None]:
        """Reports that a stage begins, and that it ended with the time it took."""
        self.stage = stage
        name = pb.Stage.Name(stage)
        self.record(f"{name}:started", pb.DeckEvent(stage_started=pb.StageStarted(stage=stage)))
        began = time.monotonic()
        yield
        took = seconds(time.monotonic() - began)
        completed = pb.StageCompleted(stage=stage, duration=took)
        self.record(f"{name}:completed", pb.DeckEvent(stage_completed=completed))

    def record(self, key: str, event: pb.DeckEvent) -> None:
        """Appends an event, unless this run has recorded one with this key."""

        self._write(lambda change: self._once(change, key, event))

    def remark(self, key: str, text: str) -> None:
        """Tells watchers and later readers of the deck something they should know."""

        def append(change: Change) -> None:
            if self._once(change, key, pb.DeckEvent(remark=pb.Remark(text=text))):
                change.info.remarks.append(text)

        self._write(append)

    def used(self, key: str, *, model: ModelUse | None = None, questions: int = 0) -> None:
        """Adds to what the deck used so far, and reports the sum."""

        def add(change: Change) -> None:
            usage = pb.JobUsage()
            usage.CopyFrom(change.info.usage)
            usage.genie_questions += questions
            if model is not None:
                usage.model_calls += model.calls
                usage.input_tokens += model.input_tokens
                usage.output_tokens += model.output_tokens
                usage.cost_micro_usd += model.cost_micro_usd
            usage.wall_time.CopyFrom(self.wall_time())
            event = pb.DeckEvent(usage_reported=pb.UsageReported(usage=usage))
            if self._once(change, key, event):
                change.info.usage.CopyFrom(usage)

        self._write(add)

    def slide_ready(self, ready: pb.SlideReady) -> None:
        """Reports that a slide is proved."""

        def append(change: Change) -> None:
            if self._once(change, f"slide:{ready.slide_id}", pb.DeckEvent(slide_ready=ready)):
                # Beside a current revision the count is that revision's.
                change.info.slide_count += not change.info.revision

        self._write(append)

    async def failed(self, error: ServiceError) -> None:
        """Ends the run without a deck of its own; a deck that has a revision stays as it was."""
        failure = job_error(error, self.stage)

        def edit(change: Change) -> None:
            change.fail(failure)
            change.info.usage.wall_time.CopyFrom(self.wall_time())
            self._once(change, "failed", pb.DeckEvent(failed=failure))

        await self._end(edit)

    async def needs_clarification(self, clarification: pb.DeckClarification) -> None:
        """Ends the run with a question back."""

        def edit(change: Change) -> None:
            change.info.state = pb.STATE_NEEDS_CLARIFICATION
            change.info.clarification.CopyFrom(clarification)
            change.info.usage.wall_time.CopyFrom(self.wall_time())
            event = pb.DeckEvent(clarification_needed=clarification)
            self._once(change, "clarification", event)

        await self._end(edit)

    async def _end(self, edit: Mutation) -> None:
        """Ends the run, unless an end whose caller gave up waiting comes before."""

        def unless_ended(change: Change) -> None:
            if change.info.state not in FINAL_STATES:
                edit(change)

        await self.change(unless_ended)

    def wall_time(self) -> Duration:
        """Time since this process took up the run."""
        return seconds(time.monotonic() - self._began)

    def _once(self, change: Change, key: str, event: pb.DeckEvent) -> bool:
        mark = f"{self.run}:{key}"[:64]
        if mark in self._written:
            return False
        self._written.add(mark)
        change.append(event, once=mark)
        return True

    def _write(self, mutation: Mutation) -> None:
        if self._fault is not None:
            raise self._fault
        self._waiting.append(mutation)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                # Nobody else changes a deck while the claim holds: what we wrote is how it stands.
                self._info = await self._store.change(
                    self.deck_id, partial(_all, batch), claim=self.claim
                )
        except Exception as error:  # noqa: BLE001 - told to whoever records or settles next
            self._fault = error


def _all(mutations: Sequence[Mutation], change: Change) -> pb.DeckInfo:
    for mutation in mutations:
        mutation(change)
    return change.info
