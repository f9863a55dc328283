"""One attempt at a deck: within its time limit, and always with an end that is written down."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from aislides_runtime.deadlines import Deadline, use_deadline
from aislides_runtime.errors import Internal, ServiceError
from aislides_runtime.logs import get_logger
from aislides_runtime.request_ids import current_request_id

from orchestrator_svc.errors import DeckNotFound, GivenUp, TimeLimit
from orchestrator_svc.pipeline.journal import Journal
from orchestrator_svc.pipeline.make_deck import AskBack
from orchestrator_svc.store.claims import Claim
from orchestrator_svc.store.decks import Begun, ClaimLost, DeckStore

log = get_logger(__name__)

MakeDeck = Callable[[Claim, Journal, Begun], Awaitable[None]]
"""Makes the claimed deck; raises AskBack or ServiceError when it cannot."""


class Attempt:
    """How a claimed deck is worked on."""

    def __init__(
        self,
        store: DeckStore,
        make: MakeDeck,
        *,
        time_limit_seconds: float,
        max_attempts: int = 5,
    ) -> None:
        self._store = store
        self._make = make
        self._time_limit = time_limit_seconds
        self._max_attempts = max_attempts

    async def work(self, claim: Claim) -> None:
        """Makes the deck or writes down why there is none. Never raises but CancelledError."""
        if current_request_id.get() is None:
            current_request_id.set(claim.deck_id)
        try:
            await self._work(claim)
        except (ClaimLost, DeckNotFound):
            # Cancelled, deleted, or taken over: whoever did it has written what became of it.
            log.info("deck_taken_away", deck_id=claim.deck_id)
        except Exception:
            # Not even the failure could be written: the runner frees the deck for another attempt.
            log.exception("deck_attempt_lost", deck_id=claim.deck_id)

    async def _work(self, claim: Claim) -> None:
        journal = Journal(self._store, claim.deck_id, claim=claim.number)
        begun = await journal.begin()
        if claim.attempts > self._max_attempts:
            await journal.failed(
                GivenUp(
                    f"work on this deck was cut off {self._max_attempts} times without getting on; "
                    "ask for it again, or for less"
                )
            )
            return
        limit = begun.request.limits.time.ToTimedelta().total_seconds() or self._time_limit
        limit = min(limit, self._time_limit)
        try:
            await self._within(limit, claim, journal, begun)
        finally:
            # No write of this attempt may come after its end.
            with contextlib.suppress(Exception):
                await journal.settled()

    async def _within(self, limit: float, claim: Claim, journal: Journal, begun: Begun) -> None:
        try:
            # A job outlives the call that asked for it and has a deadline of its own.
            with use_deadline(Deadline(limit)):
                async with asyncio.timeout(limit):
                    await self._make(claim, journal, begun)
        except TimeoutError:
            await journal.failed(
                TimeLimit(
                    f"the deck was not complete within {limit:g} s; ask for fewer slides, "
                    "use depth quick, or allow more time"
                )
            )
        except AskBack as ask_back:
            await journal.needs_clarification(ask_back.clarification)
        except (ClaimLost, DeckNotFound):
            raise
        except ServiceError as error:
            log.warning("deck_failed", deck_id=claim.deck_id, reason=error.reason)
            await journal.failed(error)
        except Exception:
            log.exception("deck_broke", deck_id=claim.deck_id)
            await journal.failed(Internal.with_id(claim.deck_id))
