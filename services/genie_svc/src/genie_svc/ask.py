"""Asks a question and reports until its outcome: the one use case that most callers need."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from aislides_runtime.deadlines import Deadline

from genie_svc.asking import Accepted, Asking
from genie_svc.background import Background
from genie_svc.domain.errors import GenieError, SqlFailed
from genie_svc.domain.failures import Failure, failure_of
from genie_svc.domain.message import Message, Query, Status, read_message
from genie_svc.domain.question import Question
from genie_svc.domain.snapshot import Snapshot
from genie_svc.domain.space import Space
from genie_svc.outcomes import (
    AskedBack,
    Event,
    Failed,
    Outcome,
    Rows,
    StatusChanged,
    Words,
    log_outcome,
)
from genie_svc.ports import Clock, Journal, Snapshots, Workspace
from genie_svc.results import ReadResults, Result
from genie_svc.spaces import Spaces
from genie_svc.statements import may_pass
from genie_svc.waiting import Released, Waiting

_SMALL: Final = 5_000
"""Cells that are packed faster than a thread is woken."""

_EMPTY: Final = Failure(
    "GENIE_EMPTY_ANSWER", "Genie finished without an answer; ask in other words", retryable=True
)
_GIVEN_UP: Final = Failure(
    "GENIE_CANCELLED", "the question was cancelled; ask again if you need it", retryable=False
)


class Ask:
    """Asks once, waits without a thread, reads all rows."""

    def __init__(
        self,
        *,
        asking: Asking,
        waiting: Waiting,
        results: ReadResults,
        spaces: Spaces,
        journal: Journal,
        snapshots: Snapshots,
        clock: Clock,
        background: Background,
        timeout_seconds: float = 600.0,
        cancel_abandoned_sql: bool = True,
    ) -> None:
        self._asking = asking
        self._waiting = waiting
        self._results = results
        self._spaces = spaces
        self._journal = journal
        self._snapshots = snapshots
        self._clock = clock
        self._background = background
        self._timeout_seconds = timeout_seconds
        self._cancel_abandoned_sql = cancel_abandoned_sql

    async def __call__(
        self, workspace: Workspace, question: Question, deadline: Deadline, *, max_rows: int = 0
    ) -> AsyncGenerator[Event, None]:
        """Events until the outcome: `Rows`, `Words`, `AskedBack` or `Failed`, always the last.

        Raises a GenieError where there is no outcome yet; the same request id then goes on.
        """
        started = self._clock.monotonic()
        accepted: Accepted | None = None
        async with aclosing(self._asking.ask(workspace, question, deadline)) as steps:
            async for step in steps:
                yield step
                accepted = step if isinstance(step, Accepted) else None
        if accepted is None:
            raise AssertionError("asking ends with an accepted question")
        message: Message | None = None
        async with aclosing(self._changes(workspace, question, accepted, deadline)) as changes:
            async for change in changes:
                if isinstance(change, Message):
                    message = change
                else:
                    yield change
        if message is None:
            raise AssertionError("waiting ends with a message")
        given_up = accepted.cancelled or not message.status.terminal
        outcome: Outcome = Failed(_GIVEN_UP, message)
        if not given_up:
            outcome = await self._outcome(workspace, accepted, message, deadline, max_rows)
        if isinstance(outcome, Rows):
            outcome = replace(outcome, seconds=self._seconds(accepted, message, started))
        if not accepted.outcome:
            await self._journal.finished(
                workspace.owner,
                question.request_id,
                json.dumps(message.raw),
                snapshot=await self._kept(workspace, outcome),
                cancelled=given_up,
            )
        log_outcome(accepted, message, outcome, self._clock.monotonic() - started)
        yield outcome

    async def _changes(
        self, workspace: Workspace, question: Question, accepted: Accepted, deadline: Deadline
    ) -> AsyncGenerator[Message | StatusChanged | Query, None]:
        """Changes worth telling, then the message: final, or as it was when told to stop."""
        if accepted.outcome:
            yield read_message(json.loads(accepted.outcome), space_id=question.space_id)
            return
        at = (question.space_id, accepted.conversation_id, accepted.message_id)
        limited = deadline.child(at_most=self._timeout_seconds)
        last = accepted.message
        status = ""
        sql: Query | None = None
        changes = self._waiting.changes(workspace, at, limited, asked_now=not accepted.resumed)
        try:
            async with aclosing(changes):
                async for message in changes:
                    last = message
                    if message.raw_status != status:
                        status = message.raw_status
                        yield StatusChanged(message.status, status)
                    query = message.query
                    if query is not None and query.sql and (sql is None or query.sql != sql.sql):
                        sql = query
                        yield query
        except Released:
            last = last or await workspace.get_message(*at)
            self._cancel_sql(workspace, last)
        except (asyncio.CancelledError, GeneratorExit):
            if last is not None and not self._waiting.count(workspace.owner, *at[1:]):
                self._cancel_sql(workspace, last)
            raise
        if last is not None:
            yield last

    def _cancel_sql(self, workspace: Workspace, message: Message) -> None:
        """Stops SQL that nobody waits for any more."""
        query = message.query
        running = message.status in (Status.EXECUTING_QUERY, Status.PENDING_WAREHOUSE)
        if not self._cancel_abandoned_sql or query is None or not query.statement_id or not running:
            return

        async def cancel() -> None:
            with contextlib.suppress(GenieError):
                await workspace.cancel_statement(query.statement_id)

        self._background.start(cancel(), seconds=30.0)

    async def _outcome(
        self,
        workspace: Workspace,
        accepted: Accepted,
        message: Message,
        deadline: Deadline,
        max_rows: int,
    ) -> Outcome:
        if message.status in (Status.FAILED, Status.CANCELLED):
            return Failed(failure_of(message), message)
        if message.query is not None:
            space = await self._spaces.known(workspace, message.space_id)
            try:
                result = await self._replayed(workspace, accepted, message, max_rows, space)
                if result is None:
                    result = await self._results.read(
                        workspace, message, deadline, max_rows=max_rows, space=space
                    )
            except SqlFailed as error:
                return Failed(Failure(error.reason, error.message, may_pass(error)), message)
            return Rows(message, result, 0.0, space.title if space else "")
        if message.clarification:
            return AskedBack(message)
        if message.text:
            return Words(message)
        return Failed(_EMPTY, message)

    async def _replayed(
        self,
        workspace: Workspace,
        accepted: Accepted,
        message: Message,
        max_rows: int,
        space: Space | None,
    ) -> Result | None:
        """The rows as an earlier call with the same request id got them, while they are kept."""
        if not accepted.snapshot:
            return None
        data = await self._snapshots.find(workspace.owner, accepted.snapshot)
        snapshot = Snapshot.unpack(data) if data is not None else None
        if snapshot is None:
            return None
        return await self._results.replay(snapshot, message, max_rows=max_rows, space=space)

    async def _kept(self, workspace: Workspace, outcome: Event) -> str:
        """The name of the outcome's rows, empty where there are none to keep."""
        if not isinstance(outcome, Rows) or outcome.result.snapshot is None:
            return ""
        snapshot = outcome.result.snapshot
        small = len(snapshot.rows) * len(snapshot.manifest.columns) <= _SMALL
        data = snapshot.pack() if small else await asyncio.to_thread(snapshot.pack)
        return await self._snapshots.keep(workspace.owner, data)

    def _seconds(self, accepted: Accepted, message: Message, started: float) -> float:
        if not accepted.resumed:
            return self._clock.monotonic() - started
        if message.created_at is None or message.updated_at is None:
            return 0.0
        return max(0.0, (message.updated_at - message.created_at).total_seconds())
