"""Waits for Genie: many questions, no threads, one short read now and then for each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final

from aislides_runtime.deadlines import Deadline
from aislides_runtime.errors import Kind

from genie_svc.domain.errors import GenieError, QuestionTimedOut
from genie_svc.domain.message import Message, Status
from genie_svc.ports import Clock, Workspace


@dataclass(frozen=True, slots=True)
class WaitPolicy:
    """Gaps between reads grow from the first to the most, in seconds, with a tenth of jitter.

    SQL takes less time than finding it: once it runs, the gap falls back to that of read number
    `sql_number`. A workspace that cannot be read is given `patience_seconds` before the wait fails.
    """

    first_gap: float = 1.0
    most_gap: float = 5.0
    growth: float = 1.5
    sql_number: int = 2
    patience_seconds: float = 60.0

    def gap(self, number: int) -> float:
        """Seconds before read `number`, from 0."""
        gap = self.most_gap
        if number < 32:
            gap = min(self.most_gap, self.first_gap * self.growth**number)
        return gap * random.uniform(0.9, 1.0)  # noqa: S311 - spreads load, guards nothing


_SQL_RUNS: Final = (Status.PENDING_WAREHOUSE, Status.EXECUTING_QUERY)

Place = tuple[str, str, str]
"""Owner, conversation and message."""


class Released(Exception):
    """Somebody with the same identity told all waiters of this message to stop."""


class Draining(GenieError):
    """This replica stops; the question goes on in Genie and the same request id finds it."""

    kind = Kind.UNAVAILABLE
    reason = "GENIE_DRAINING"
    default_message = "this server stops; repeat the call with the same request_id to go on"


class Waiting:
    """Polls messages until they are final."""

    def __init__(self, clock: Clock, policy: WaitPolicy | None = None) -> None:
        self._clock = clock
        self._policy = policy or WaitPolicy()
        self._waiters: dict[Place, set[asyncio.Future[None]]] = {}
        self._draining = False

    async def changes(
        self,
        workspace: Workspace,
        at: tuple[str, str, str],
        deadline: Deadline,
        *,
        asked_now: bool,
    ) -> AsyncGenerator[Message, None]:
        """The message whenever it changed; the last one is final.

        `at` is space, conversation and message. Raises QuestionTimedOut at the deadline, Released
        when `release` was called, and what the workspace answers, except for faults that pass
        within the policy's patience.
        """
        if self._draining:
            raise Draining
        place = (workspace.owner, at[1], at[2])
        released: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.setdefault(place, set()).add(released)
        try:
            number = 0
            sql_runs = False
            failing_since: float | None = None
            last: Message | None = None
            gap = self._policy.gap(0) if asked_now else 0.0
            while True:
                await self._rest(gap, released, deadline)
                number += 1
                gap = self._policy.gap(number)
                try:
                    message = await workspace.poll_message(*at)
                except GenieError as error:
                    if error.kind not in (Kind.UNAVAILABLE, Kind.RESOURCE_EXHAUSTED):
                        raise
                    now = self._clock.monotonic()
                    failing_since = now if failing_since is None else failing_since
                    if now - failing_since >= self._policy.patience_seconds:
                        raise
                    gap = max(gap, error.retry_after or 0.0)
                    continue
                failing_since = None
                if message.status in _SQL_RUNS and not sql_runs:
                    sql_runs = True
                    number = min(number, self._policy.sql_number)
                    gap = self._policy.gap(number)
                if message != last:
                    last = message
                    yield message
                if message.status.terminal:
                    return
        finally:
            waiters = self._waiters[place]
            waiters.discard(released)
            if not waiters:
                del self._waiters[place]

    def release(self, owner: str, conversation_id: str, message_id: str) -> int:
        """Stops all waits of this identity for a message; returns how many."""
        waiting = [
            future
            for future in self._waiters.get((owner, conversation_id, message_id), ())
            if not future.done()
        ]
        for future in waiting:
            future.set_result(None)
        return len(waiting)

    def drain(self) -> None:
        """Hands all waits back to their callers, who can go on at another replica."""
        self._draining = True
        for futures in self._waiters.values():
            for future in futures:
                if not future.done():
                    future.set_result(None)

    def count(self, owner: str, conversation_id: str, message_id: str) -> int:
        """How many wait for a message."""
        return len(self._waiters.get((owner, conversation_id, message_id), ()))

    async def _rest(self, gap: float, released: asyncio.Future[None], deadline: Deadline) -> None:
        left = deadline.remaining()
        if gap > 0:
            sleep = asyncio.ensure_future(self._clock.sleep(min(gap, left)))
            try:
                await asyncio.wait({sleep, released}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                sleep.cancel()
        if released.done():
            raise Draining if self._draining else Released
        if gap > left or deadline.expired:
            raise QuestionTimedOut
