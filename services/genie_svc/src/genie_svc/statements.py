"""Gets at all rows of a query: waits for its statement, runs it again, passes Genie's row cap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Final

from aislides_runtime.deadlines import Deadline
from aislides_runtime.errors import InvalidRequest

from genie_svc.domain.errors import (
    AccessDenied,
    ConversationNotFound,
    GenieError,
    LinkExpired,
    NoQuery,
    QuestionTimedOut,
    RequestRefused,
    SqlFailed,
)
from genie_svc.domain.failures import with_detail
from genie_svc.domain.ids import path_id
from genie_svc.domain.message import Message, Query, Status
from genie_svc.domain.statement import Chunk, Manifest, RawRow, State, Statement
from genie_svc.ports import Clock, Workspace
from genie_svc.waiting import WaitPolicy

GENIE_ROW_CAP: Final = 5_000
"""Genie's own result endpoint returns no more rows than this; the statement has them all."""

_SLICE: Final = 1_000


class Statements:
    """Statements of query attachments, under one identity."""

    def __init__(self, clock: Clock, gaps: WaitPolicy | None = None) -> None:
        self._clock = clock
        self._gaps = gaps or WaitPolicy(first_gap=0.3)

    async def succeeded(
        self, workspace: Workspace, message: Message, query: Query, deadline: Deadline
    ) -> Statement:
        """The statement once it has rows; an expired one is run again, once.

        Raises SqlFailed, QuestionTimedOut and what the workspace answers.
        """
        again = message.status is Status.RESULT_EXPIRED
        statement: Statement | None = None
        if again:
            statement = await workspace.execute_query(message, query.attachment_id)
        number = 0
        while True:
            if statement is None:
                try:
                    statement = await workspace.query_result(message, query.attachment_id)
                except ConversationNotFound:
                    if again:
                        raise
            if statement is None or (statement.state is State.CLOSED and not again):
                again = True
                statement = await workspace.execute_query(message, query.attachment_id)
            if statement.state is State.SUCCEEDED and statement.manifest is not None:
                return statement
            if statement.state not in (State.RUNNING, State.SUCCEEDED):
                raise sql_error(statement)
            gap = self._gaps.gap(number)
            if deadline.remaining() <= gap:
                raise QuestionTimedOut("the SQL did not finish in the time allowed; allow more")
            await self._clock.sleep(gap)
            statement = None
            number += 1

    async def ended(
        self, workspace: Workspace, statement: Statement, deadline: Deadline
    ) -> Statement:
        """The statement once it does not run any more, however it ended.

        Raises QuestionTimedOut at the deadline and what the workspace answers.
        """
        number = 0
        while statement.state is State.RUNNING:
            gap = self._gaps.gap(number)
            if deadline.remaining() <= gap:
                raise QuestionTimedOut("the SQL did not finish in the time allowed; allow more")
            await self._clock.sleep(gap)
            polled = await workspace.statement(statement.statement_id)
            statement = replace(polled, statement_id=statement.statement_id)
            number += 1
        return statement

    async def whole(
        self,
        workspace: Workspace,
        message: Message,
        statement: Statement,
        query: Query,
        *,
        wanted: int,
        deadline: Deadline,
    ) -> tuple[Statement, str]:
        """The statement with all its rows, where Genie's endpoint cut them and more are wanted.

        They come by the statement's id or, where that is not allowed, by a download. Where
        neither is, the statement as it was and a note.
        """
        manifest = statement.manifest
        if manifest is None or wanted <= manifest.row_count:
            return statement, ""
        cut = (
            manifest.truncated
            or query.truncated
            or query.row_count > manifest.row_count
            or manifest.row_count == GENIE_ROW_CAP
        )
        if not cut:
            return statement, ""
        whole = await self._by_id(workspace, statement.statement_id or query.statement_id)
        if whole is None:
            whole = await self._by_download(workspace, message, query, deadline)
        if whole is None or whole.manifest is None:
            note = f"Genie returns at most {GENIE_ROW_CAP:,} rows of this result"
            return replace(statement, manifest=replace(manifest, truncated=True)), note
        return (whole if whole.manifest.row_count > manifest.row_count else statement), ""

    async def _by_id(self, workspace: Workspace, statement_id: str) -> Statement | None:
        if not statement_id:
            return None
        try:
            whole = await workspace.statement(path_id("statement_id", statement_id))
        except (ConversationNotFound, AccessDenied):
            return None
        return whole if whole.state is State.SUCCEEDED and whole.manifest is not None else None

    async def _by_download(
        self, workspace: Workspace, message: Message, query: Query, deadline: Deadline
    ) -> Statement | None:
        try:
            download = await workspace.start_download(message, query.attachment_id)
            path_id("download_id", download.download_id)
            number = 0
            while True:
                whole = await workspace.download(message, query.attachment_id, download)
                if whole.state is not State.RUNNING:
                    break
                gap = self._gaps.gap(number)
                if deadline.remaining() <= gap:
                    return None
                await self._clock.sleep(gap)
                number += 1
        except (ConversationNotFound, AccessDenied, RequestRefused, InvalidRequest):
            return None
        return whole if whole.state is State.SUCCEEDED and whole.manifest is not None else None


async def raw_rows(
    workspace: Workspace, statement: Statement, manifest: Manifest, wanted: int, notes: list[str]
) -> AsyncGenerator[Sequence[RawRow], None]:
    """Slices of raw rows from all chunks in order, at most `wanted` rows.

    A chunk that is not available ends them, with a note.
    """
    chunk = statement.chunk
    seen = {0}
    left = wanted
    while chunk is not None and left > 0:
        for part in await _parts(workspace, statement, chunk, manifest):
            for start in range(0, min(len(part), left), _SLICE):
                yield part[start : min(start + _SLICE, left)]
                await asyncio.sleep(0)  # lets other questions in between
            left -= len(part)
            if left <= 0:
                return
        index = chunk.next_index
        if index is None or index in seen:
            return
        seen.add(index)
        try:
            chunk = await workspace.chunk(path_id("statement_id", statement.statement_id), index)
        except (ConversationNotFound, AccessDenied):
            notes.append(f"the rows from chunk {index} on are not available")
            return


async def _parts(
    workspace: Workspace, statement: Statement, chunk: Chunk, manifest: Manifest
) -> Sequence[Sequence[RawRow]]:
    if not chunk.links:
        return [chunk.rows]
    parts: list[Sequence[RawRow]] = []
    for link in chunk.links:
        try:
            part = await workspace.external_rows(link, manifest.format)
        except LinkExpired:
            statement_id = path_id("statement_id", statement.statement_id)
            fresh = await workspace.chunk(statement_id, link.chunk_index)
            if not fresh.links:
                raise
            part = await workspace.external_rows(fresh.links[0], manifest.format)
        parts.append(part)
    return parts


_PASSING: Final = {
    "ABORTED",
    "DEADLINE_EXCEEDED",
    "INTERNAL_ERROR",
    "IO_ERROR",
    "RESOURCE_EXHAUSTED",
    "SERVICE_UNDER_MAINTENANCE",
    "TEMPORARILY_UNAVAILABLE",
    "WORKSPACE_TEMPORARILY_UNAVAILABLE",
}


def may_pass(error: SqlFailed) -> bool:
    """Whether the same SQL may work later."""
    return error.metadata.get("error_code") in _PASSING


def sql_error(statement: Statement) -> GenieError:
    """Why a statement did not succeed."""
    if statement.state is State.CANCELED:
        return SqlFailed("the SQL was cancelled; ask again if you need it")
    if statement.state is State.CLOSED:
        return SqlFailed("the rows were thrown away before they could be read; ask again")
    return SqlFailed(
        with_detail(SqlFailed.default_message, statement.error_text),
        metadata={"error_code": statement.error_code} if statement.error_code else {},
    )


def query_of(message: Message, attachment_id: str) -> Query:
    """The query that counts, or that of the attachment; raises NoQuery."""
    queries = [*message.superseded, *([message.query] if message.query else [])]
    if attachment_id:
        queries = [query for query in queries if query.attachment_id == attachment_id]
    if not queries or not queries[-1].attachment_id:
        raise NoQuery
    path_id("attachment_id", queries[-1].attachment_id)
    return queries[-1]
