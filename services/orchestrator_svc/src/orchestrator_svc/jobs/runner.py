"""Works on decks in this process: claims those that wait, and stops on those it lost."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.logs import get_logger

from orchestrator_svc.jobs.attempt import Attempt
from orchestrator_svc.jobs.leases import Leases
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.claims import Claim, Claims
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import FINAL_STATES

log = get_logger(__name__)


class JobRunner:
    """Runs a bounded number of decks at once.

    A deck waits in the store until an executor claims it. Decks of executors that died are freed
    and taken up again, by anybody: finished steps are kept, and calls carry the same request ids.
    """

    def __init__(
        self,
        store: DeckStore,
        claims: Claims,
        leases: Leases,
        attempt: Attempt,
        *,
        at_once: int,
        poll_seconds: float = 0.5,
    ) -> None:
        self._store = store
        self._claims = claims
        self._leases = leases
        self._attempt = attempt
        self._at_once = at_once
        self._poll_seconds = poll_seconds
        self._tasks: dict[str, tuple[Claim, asyncio.Task[None]]] = {}
        self._ending: set[str] = set()
        self._wake = asyncio.Event()
        self._closing = False

    @asynccontextmanager
    async def running(self, *, drain_seconds: float = 0.0) -> AsyncIterator[None]:
        """Works on decks inside the block. At its end, decks at work get `drain_seconds`; what is
        not done by then is handed back for another executor, or for the next start."""
        loop = asyncio.create_task(self._loop(), name="deck-jobs")
        try:
            yield
        finally:
            self._closing = True
            await self._drain(drain_seconds)
            loop.cancel()
            await asyncio.gather(loop, return_exceptions=True)
            await self._claims.hand_back(self._leases.executor_id)

    def submit(self, deck_id: str) -> None:
        """Tells that a deck waits. It waits in the store: this only spares it the polling time."""
        del deck_id
        self._wake.set()

    async def cancel(self, deck_id: str) -> pb.DeckInfo:
        """Ends work on a deck, at any executor; a finished deck stays, also when a change of it is
        what is called off. Raises DeckNotFound."""

        def edit(change: Change) -> pb.DeckInfo:
            if change.info.state not in FINAL_STATES:
                change.cancel()
                event = pb.DeckEvent(cancelled=pb.DeckCancelled())
                change.record(event, once=f"{change.run}:cancelled")
            return change.info

        # Work here stops before the end is written: under load the write waits for others, and
        # calls upstream would go on meanwhile. If it fails, the runner takes the deck up again.
        self._ending.add(deck_id)
        try:
            if deck_id in self._tasks:
                self._tasks[deck_id][1].cancel()
            info = await self._store.change(deck_id, edit)
            await self.forget(deck_id)
        finally:
            self._ending.discard(deck_id)
        return info

    async def forget(self, deck_id: str) -> None:
        """Stops work of this executor on a deck whose end is written, or that is about to go."""
        if deck_id in self._tasks:
            await _stop([self._tasks[deck_id][1]])

    @property
    def at_work(self) -> int:
        """Decks that are being made here."""
        return len(self._tasks)

    async def _loop(self) -> None:
        look_at = 0.0
        while True:
            self._wake.clear()
            try:
                if time.monotonic() >= look_at:
                    look_at = time.monotonic() + self._poll_seconds
                    await self._look()
                else:
                    await self._take()
            except Exception:
                # The database may be away for a while: decks wait, the process lives on.
                log.exception("deck_jobs_turn_failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, look_at - time.monotonic())):
                    await self._wake.wait()

    async def _look(self) -> None:
        """Learns what became of decks elsewhere, and takes some that wait."""
        me = self._leases.executor_id
        await self._leases.renew()
        seen = await self._claims.look(me)
        await self._drop_lost(seen.held)
        if self._closing:
            return
        waiting = seen.waiting
        if seen.others and (dead := await self._leases.dead(seen.others)):
            freed = await self._claims.let_go(dead)
            waiting = waiting or freed > 0
            log.warning("decks_of_dead_executors_freed", executors=sorted(dead), decks=freed)
        if waiting:
            await self._take()

    async def _take(self) -> None:
        room = self._at_once - len(self._tasks)
        if room > 0 and not self._closing:
            for claim in await self._claims.take(self._leases.executor_id, room):
                self._begin(claim)

    async def _drop_lost(self, held: dict[str, int]) -> None:
        """Stops work on decks that are not ours any more, and frees those nobody here works on."""
        lost = [
            task for claim, task in self._tasks.values() if held.get(claim.deck_id) != claim.number
        ]
        for task in lost:
            task.cancel()
        if idle := held.keys() - self._tasks.keys() - self._ending:
            await self._claims.hand_back(self._leases.executor_id, deck_ids=idle)

    def _begin(self, claim: Claim) -> None:
        task = asyncio.create_task(self._attempt.work(claim), name=f"deck:{claim.deck_id}")
        self._tasks[claim.deck_id] = (claim, task)
        task.add_done_callback(lambda _: self._done(claim))

    def _done(self, claim: Claim) -> None:
        if self._tasks.get(claim.deck_id, (None,))[0] is claim:
            del self._tasks[claim.deck_id]
        if len(self._tasks) == self._at_once - 1:
            # There was no room: decks may wait for it.
            self._wake.set()

    async def _drain(self, seconds: float) -> None:
        tasks = [task for _, task in self._tasks.values()]
        if tasks and seconds > 0:
            await asyncio.wait(tasks, timeout=seconds)
        await _stop(tasks)


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        # One that is stopping already is left to finish its last write.
        if not task.cancelling():
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
