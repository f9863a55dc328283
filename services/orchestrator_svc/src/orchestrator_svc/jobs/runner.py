"""Works on decks in this process: a bounded number at once, each within its time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.deadlines import Deadline, use_deadline
from aislides_runtime.errors import Internal, ServiceError
from aislides_runtime.logs import get_logger
from aislides_runtime.request_ids import current_request_id

from orchestrator_svc.errors import TimeLimit
from orchestrator_svc.pipeline.journal import Journal
from orchestrator_svc.pipeline.make_deck import AskBack
from orchestrator_svc.store.decks import FINAL_STATES, DeckStore

log = get_logger(__name__)

MakeDeck = Callable[[str, Journal], Awaitable[None]]
"""Makes the deck of this id; raises AskBack or ServiceError when it cannot."""


class JobRunner:
    """Runs jobs as tasks. A job that was cut off by a stop of the process is taken up again by
    `resume`: its calls carry the same request ids, so nothing is asked twice."""

    def __init__(
        self, store: DeckStore, make: MakeDeck, *, at_once: int, time_limit_seconds: float
    ) -> None:
        self._store = store
        self._make = make
        self._slots = asyncio.Semaphore(at_once)
        self._time_limit = time_limit_seconds
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    def submit(self, deck_id: str) -> None:
        """Begins work on a deck as soon as there is room. Does nothing while it is at work."""
        if deck_id in self._tasks or self._closing:
            return
        task = asyncio.create_task(self._work(deck_id), name=f"deck:{deck_id}")
        self._tasks[deck_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(deck_id, None))

    async def resume(self) -> int:
        """Takes up the decks that an earlier process left unfinished; how many."""
        left = await self._store.unfinished()
        for deck_id in left:
            self.submit(deck_id)
        return len(left)

    async def cancel(self, deck_id: str) -> pb.DeckInfo:
        """Stops work on a deck; a finished deck stays as it is. Raises DeckNotFound."""
        info = await self._store.get(deck_id)
        if info.state in FINAL_STATES:
            return info
        await self._stop(deck_id)
        info = await self._store.get(deck_id)
        if info.state not in FINAL_STATES:
            _, run = await self._store.request_of(deck_id)
            await Journal(self._store, deck_id, run).cancelled()
        return await self._store.get(deck_id)

    async def forget(self, deck_id: str) -> None:
        """Stops work on a deck that is about to be deleted."""
        await self._stop(deck_id)

    async def close(self) -> None:
        """Stops all work; unfinished decks are taken up at the next start."""
        self._closing = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def at_work(self) -> int:
        """Decks that are being made or wait for room."""
        return len(self._tasks)

    async def _stop(self, deck_id: str) -> None:
        task = self._tasks.get(deck_id)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _work(self, deck_id: str) -> None:
        if current_request_id.get() is None:
            current_request_id.set(deck_id)
        async with self._slots:
            request, run = await self._store.request_of(deck_id)
            journal = Journal(self._store, deck_id, run)
            limit = request.limits.time.ToTimedelta().total_seconds() or self._time_limit
            limit = min(limit, self._time_limit)
            try:
                # A job outlives the call that asked for it and has a deadline of its own.
                with use_deadline(Deadline(limit)):
                    async with asyncio.timeout(limit):
                        await journal.begin()
                        await self._make(deck_id, journal)
            except TimeoutError:
                await journal.failed(
                    TimeLimit(
                        f"the deck was not complete within {limit:g} s; ask for fewer slides, "
                        "use depth quick, or allow more time"
                    )
                )
            except AskBack as ask_back:
                await journal.needs_clarification(ask_back.clarification)
            except ServiceError as error:
                log.warning("deck_failed", deck_id=deck_id, reason=error.reason)
                await journal.failed(error)
            except Exception:
                log.exception("deck_broke", deck_id=deck_id)
                await journal.failed(Internal.with_id(deck_id))
