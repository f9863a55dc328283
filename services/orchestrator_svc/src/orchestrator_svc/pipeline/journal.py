"""What a run tells those who watch: events and the deck's own state, each at most once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Kind, ServiceError
from google.protobuf.duration_pb2 import Duration

from orchestrator_svc.ports import ModelUse
from orchestrator_svc.store.decks import Change, DeckStore

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


class Journal:
    """Writes the log of one run. A run that is resumed writes no event twice.

    Every write raises ClaimLost once `claim` is not the deck's any more.
    """

    def __init__(
        self, store: DeckStore, deck_id: str, run: int, *, claim: int | None = None
    ) -> None:
        self._store = store
        self.claim = claim
        self.deck_id = deck_id
        self.run = run
        self.stage: pb.Stage.ValueType = pb.STAGE_UNSPECIFIED
        self._began = time.monotonic()

    def change(self) -> AbstractAsyncContextManager[Change]:
        """A change of the deck as its worker."""
        return self._store.change(self.deck_id, claim=self.claim)

    async def begin(self) -> None:
        """Marks the deck as being worked on."""
        async with self.change() as change:
            change.info.state = pb.STATE_RUNNING
            change.info.ClearField("error")

    @asynccontextmanager
    async def at_work_on(self, stage: pb.Stage.ValueType) -> AsyncIterator[None]:
        """Reports that a stage begins, and that it ended with the time it took."""
        self.stage = stage
        name = pb.Stage.Name(stage)
        await self.record(
            f"{name}:started", pb.DeckEvent(stage_started=pb.StageStarted(stage=stage))
        )
        began = time.monotonic()
        yield
        took = seconds(time.monotonic() - began)
        completed = pb.StageCompleted(stage=stage, duration=took)
        await self.record(f"{name}:completed", pb.DeckEvent(stage_completed=completed))

    async def record(self, key: str, event: pb.DeckEvent) -> None:
        """Appends an event, unless this run has recorded one with this key."""
        async with self.change() as change:
            await self._once(change, key, event)

    async def remark(self, key: str, text: str) -> None:
        """Tells watchers and later readers of the deck something they should know."""
        async with self.change() as change:
            if await self._once(change, key, pb.DeckEvent(remark=pb.Remark(text=text))):
                change.info.remarks.append(text)

    async def used(self, key: str, *, model: ModelUse | None = None, questions: int = 0) -> None:
        """Adds to what the deck used so far, and reports the sum."""
        async with self.change() as change:
            usage = pb.JobUsage()
            usage.CopyFrom(change.info.usage)
            usage.genie_questions += questions
            if model is not None:
                usage.model_calls += model.calls
                usage.input_tokens += model.input_tokens
                usage.output_tokens += model.output_tokens
                usage.cost_micro_usd += model.cost_micro_usd
            usage.wall_time.CopyFrom(seconds(time.monotonic() - self._began))
            event = pb.DeckEvent(usage_reported=pb.UsageReported(usage=usage))
            if await self._once(change, key, event):
                change.info.usage.CopyFrom(usage)

    async def slide_ready(self, ready: pb.SlideReady) -> None:
        """Reports that a slide is proved."""
        async with self.change() as change:
            event = pb.DeckEvent(slide_ready=ready)
            if await self._once(change, f"slide:{ready.slide_id}", event):
                change.info.slide_count += 1

    async def failed(self, error: ServiceError) -> None:
        """Ends the run without a deck."""
        async with self.change() as change:
            failure = job_error(error, self.stage)
            change.info.state = pb.STATE_FAILED
            change.info.error.CopyFrom(failure)
            change.info.usage.wall_time.CopyFrom(seconds(time.monotonic() - self._began))
            await self._once(change, "failed", pb.DeckEvent(failed=failure))

    async def needs_clarification(self, clarification: pb.DeckClarification) -> None:
        """Ends the run with a question back."""
        async with self.change() as change:
            change.info.state = pb.STATE_NEEDS_CLARIFICATION
            change.info.clarification.CopyFrom(clarification)
            change.info.usage.wall_time.CopyFrom(seconds(time.monotonic() - self._began))
            event = pb.DeckEvent(clarification_needed=clarification)
            await self._once(change, "clarification", event)

    def wall_time(self) -> Duration:
        """Time since this process took up the run."""
        return seconds(time.monotonic() - self._began)

    async def _once(self, change: Change, key: str, event: pb.DeckEvent) -> bool:
        return await change.record(event, once=f"{self.run}:{key}"[:64])
