"""Makes each request id answer once: a repeat joins the call in flight or gets its outcome."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing, suppress
from functools import partial

from aislides_runtime.deadlines import Deadline, current_deadline
from aislides_runtime.errors import Kind, ServiceError

from llm_svc.domain.completion import (
    Completed,
    Completion,
    Element,
    Event,
    Spec,
    Started,
    TextDelta,
)
from llm_svc.domain.errors import RecordedFailure, RequestIdReused
from llm_svc.fingerprint import fingerprint
from llm_svc.ports import Ledger, Outcome
from llm_svc.structured.splitter import Splitter

Work = Callable[["Flight"], AsyncGenerator[Event, None]]


class Flight:
    """One call under way, and everyone who waits for it."""

    def __init__(self, body_hash: str, *, quiet: bool) -> None:
        self.body_hash = body_hash
        self.quiet = quiet
        """Whether nobody wants words before the answer is whole, so none are told."""
        self._events: list[Event] = []
        self._error: Exception | None = None
        self._landed = False
        self.abandoned = False
        """Whether all who waited have left, so that it is being cancelled: nobody may join."""
        self._news = asyncio.Event()
        self._deadlines: list[Deadline] = []
        self._task: asyncio.Task[None] | None = None

    def remaining(self) -> float:
        """Seconds that the most patient of those who wait still has."""
        return max((d.remaining() for d in self._deadlines), default=0.0)

    def start(self, work: AsyncGenerator[Event, None], landed: Callable[[], object]) -> None:
        """Begins the work in a task of its own; `landed` is called however it ends."""
        self._task = asyncio.create_task(self._fly(work))
        self._task.add_done_callback(lambda _: landed())

    async def follow(self) -> AsyncGenerator[Event, None]:
        """All events from the first on. The last to leave early ends the work, upstream too."""
        deadline = current_deadline.get() or Deadline(math.inf)
        self._deadlines.append(deadline)
        seen = 0
        try:
            while True:
                news = self._news
                new = self._events[seen:]
                seen += len(new)
                for event in _joined(new):
                    yield event
                if seen < len(self._events):
                    continue
                if self._landed:
                    if self._error is not None:
                        raise self._error
                    return
                await news.wait()
        finally:
            self._deadlines.remove(deadline)
            if not self._deadlines and self._task is not None and not self._landed:
                self.abandoned = True
                self._task.cancel()
                with suppress(asyncio.CancelledError):
                    await self._task

    async def _fly(self, work: AsyncGenerator[Event, None]) -> None:
        try:
            async with aclosing(work):
                async for event in work:
                    self._events.append(event)
                    self._tell()
        except Exception as error:  # noqa: BLE001 - raised again for everyone who waits
            self._error = error
        except asyncio.CancelledError:
            self._error = ServiceError("the call was cancelled")
            raise
        finally:
            self._landed = True
            self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


class Once:
    """Runs work at most once for each tenant and request id."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._flights: dict[tuple[str, str], Flight] = {}

    async def run(
        self, spec: Spec, work: Work, *, quiet: bool = False
    ) -> AsyncGenerator[Event, None]:
        """The events of the work, of the same work under way, or of its recorded outcome.

        `quiet` asks for no words before the answer is whole, if the work begins with this call.
        Raises RequestIdReused when the id belongs to another request.
        """
        key = (spec.tenant, spec.request_id)
        body_hash = fingerprint(spec)
        flight = self._flights.get(key)
        if flight is None or flight.abandoned:
            flight = self._flights[key] = Flight(body_hash, quiet=quiet)
            flight.start(self._once(spec, flight, work), partial(self._forget, key, flight))
        elif flight.body_hash != body_hash:
            raise RequestIdReused
        async with aclosing(flight.follow()) as events:
            async for event in events:
                if flight.quiet and isinstance(event, Completed) and not quiet:
                    for told in replay(event.completion, spec):
                        yield told
                else:
                    yield event

    async def _once(self, spec: Spec, flight: Flight, work: Work) -> AsyncGenerator[Event, None]:
        key = (spec.tenant, spec.request_id)
        try:
            outcome = await self._ledger.outcome(*key)
            if outcome is not None:
                for event in _recorded(outcome, flight.body_hash, spec):
                    yield event
                return
            async with aclosing(work(flight)) as events:
                async for event in events:
                    yield event
        finally:
            # Before anyone hears of a failure, so that a repeat begins anew.
            self._forget(key, flight)

    def _forget(self, key: tuple[str, str], flight: Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]


def _joined(events: Iterable[Event]) -> Iterator[Event]:
    """The same events with adjacent text in one piece: who reads slowly gets fewer messages."""
    text: list[str] = []
    for event in events:
        if isinstance(event, TextDelta):
            text.append(event.text)
            continue
        if text:
            yield TextDelta("".join(text))
            text.clear()
        yield event
    if text:
        yield TextDelta("".join(text))


def _recorded(outcome: Outcome, body_hash: str, spec: Spec) -> list[Event]:
    if outcome.body_hash != body_hash:
        raise RequestIdReused
    if outcome.completion is None:
        failure = outcome.failure
        raise RecordedFailure(
            Kind(failure["kind"]), failure["reason"], failure["message"], failure["metadata"]
        )
    return replay(outcome.completion.again(), spec)


def replay(completion: Completion, spec: Spec) -> list[Event]:
    """The events by which a whole answer would have come."""
    events: list[Event] = [Started(completion.provider, completion.model)]
    if spec.structured is not None and spec.structured.element_path:
        texts = Splitter(spec.structured.element_path).feed(completion.text)
        events += [Element(index, text) for index, text in enumerate(texts)]
    elif spec.structured is None and completion.text:
        events.append(TextDelta(completion.text))
    events += completion.tool_calls
    return [*events, Completed(completion)]


def failure_of(error: ServiceError) -> dict[str, object]:
    """What is kept of a failure that a repeat cannot change."""
    return {
        "kind": error.kind.value,
        "reason": error.reason,
        "message": error.message,
        "metadata": error.metadata,
    }
