"""Reads the rows of a query: all chunks, exact types, within limits, nothing dropped in silence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from aislides_runtime.deadlines import Deadline

from genie_svc.domain.columns import Column
from genie_svc.domain.errors import (
    AccessDenied,
    ConversationNotFound,
    GenieError,
    LinkExpired,
    NoQuery,
    QuestionTimedOut,
    SqlFailed,
    UnsupportedResult,
)
from genie_svc.domain.failures import with_detail
from genie_svc.domain.ids import path_id
from genie_svc.domain.message import Message, Query
from genie_svc.domain.rows import CellLimits, Row, RowDecoder
from genie_svc.domain.space import Space, unit_in
from genie_svc.domain.statement import Chunk, Manifest, RawRow, State, Statement
from genie_svc.ports import Clock, Workspace
from genie_svc.waiting import WaitPolicy

GENIE_ROW_CAP: Final = 5_000
"""Genie's own result endpoint returns no more rows than this; the statement has them all."""

_SLICE: Final = 1_000


@dataclass(frozen=True, slots=True)
class ResultLimits:
    """Rows streamed by default, and rows and characters held before the header is sent."""

    rows: int = 10_000
    held_rows: int = 10_000
    held_characters: int = 16 * 1024 * 1024
    cells: CellLimits = field(default_factory=CellLimits)


@dataclass(frozen=True, slots=True)
class Header:
    """What a result is: columns and sizes. `byte_count` is 0 when the warehouse does not say."""

    columns: tuple[Column, ...]
    row_count: int
    truncated: bool
    byte_count: int
    warnings: tuple[str, ...]
    statement_id: str


@dataclass(frozen=True, slots=True)
class Result:
    """A header, and the rows in order in batches."""

    header: Header
    batches: AsyncGenerator[Sequence[Row], None]


class ReadResults:
    """Reads results under one identity."""

    def __init__(
        self,
        clock: Clock,
        limits: ResultLimits | None = None,
        gaps: WaitPolicy | None = None,
    ) -> None:
        self._clock = clock
        self._limits = limits or ResultLimits()
        self._gaps = gaps or WaitPolicy(first_gap=0.3)

    async def read(
        self,
        workspace: Workspace,
        message: Message,
        deadline: Deadline,
        *,
        attachment_id: str = "",
        max_rows: int = 0,
        space: Space | None = None,
    ) -> Result:
        """The rows of the query that counts, or of the given attachment.

        Waits for a statement that still runs and runs an expired one again. At most `max_rows`
        rows (0 means the configured limit). Raises NoQuery, SqlFailed, UnsupportedResult and what
        the workspace answers.
        """
        query = query_of(message, attachment_id)
        wanted = max_rows or self._limits.rows
        statement = await self._succeeded(workspace, message, query, deadline)
        notes: list[str] = []
        whole = await self._beyond_cap(workspace, statement, query, wanted, notes)
        return await self._decoded(
            workspace=workspace,
            statement=whole,
            query=query,
            wanted=wanted,
            notes=notes,
            space=space,
        )

    async def _succeeded(
        self, workspace: Workspace, message: Message, query: Query, deadline: Deadline
    ) -> Statement:
        again = False
        number = 0
        while True:
            statement: Statement | None = None
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
            number += 1

    async def _beyond_cap(
        self,
        workspace: Workspace,
        statement: Statement,
        query: Query,
        wanted: int,
        notes: list[str],
    ) -> Statement:
        """The statement with all its rows, where Genie's endpoint cut them and it is allowed."""
        manifest = statement.manifest
        statement_id = statement.statement_id or query.statement_id
        if manifest is None or not statement_id or wanted <= manifest.row_count:
            return statement
        cut = (
            manifest.truncated
            or query.truncated
            or query.row_count > manifest.row_count
            or manifest.row_count == GENIE_ROW_CAP
        )
        if not cut:
            return statement
        try:
            whole = await workspace.statement(path_id("statement_id", statement_id))
        except (ConversationNotFound, AccessDenied):
            whole = None
        if whole is None or whole.manifest is None or whole.state is not State.SUCCEEDED:
            notes.append(f"Genie returns at most {GENIE_ROW_CAP:,} rows of this result")
            return replace(statement, manifest=replace(manifest, truncated=True))
        return whole if whole.manifest.row_count > manifest.row_count else statement

    async def _decoded(
        self,
        *,
        workspace: Workspace,
        statement: Statement,
        query: Query,
        wanted: int,
        notes: list[str],
        space: Space | None,
    ) -> Result:
        manifest = statement.manifest
        if manifest is None or not manifest.columns:
            raise UnsupportedResult("the result has no columns")
        decoder = RowDecoder(manifest.columns, self._limits.cells)
        source = self._raw(workspace, statement, manifest, wanted, notes)
        held: list[list[Row]] = []
        rows = 0
        cut = False
        bounded = wanted <= self._limits.held_rows
        async for raw in source:
            held.append(decoder.decode(raw))
            rows += len(raw)
            if decoder.characters > self._limits.held_characters:
                cut = bounded
                break
            if not bounded and rows >= self._limits.held_rows:
                break
        else:
            bounded = True
        if bounded:
            await source.aclose()
        total = max(manifest.row_count, query.row_count, rows)
        delivered = rows if bounded else min(wanted, total)
        if cut:
            notes.append(f"only the first {rows:,} rows are kept: the cells are too large")
        header = Header(
            columns=tuple(_described(column, space) for column in decoder.columns),
            row_count=total,
            truncated=manifest.truncated or query.truncated or delivered < total or bool(notes),
            byte_count=manifest.byte_count,
            warnings=(*notes, *decoder.warnings),
            statement_id=statement.statement_id or query.statement_id,
        )
        return Result(header, _batches(held, None if bounded else source, decoder))

    async def _raw(
        self,
        workspace: Workspace,
        statement: Statement,
        manifest: Manifest,
        wanted: int,
        notes: list[str],
    ) -> AsyncGenerator[Sequence[RawRow], None]:
        """Slices of raw rows, at most `wanted` rows in all."""
        chunk = statement.chunk
        seen = {0}
        left = wanted
        while chunk is not None and left > 0:
            for part in await _parts(workspace, statement, chunk, manifest):
                for start in range(0, min(len(part), left), _SLICE):
                    rows = part[start : min(start + _SLICE, left)]
                    yield rows
                    await asyncio.sleep(0)
                left -= len(part)
                if left <= 0:
                    return
            index = chunk.next_index
            if index is None or index in seen:
                return
            seen.add(index)
            try:
                chunk = await workspace.chunk(
                    path_id("statement_id", statement.statement_id), index
                )
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


async def _batches(
    held: list[list[Row]],
    source: AsyncGenerator[Sequence[RawRow], None] | None,
    decoder: RowDecoder,
) -> AsyncGenerator[Sequence[Row], None]:
    for index, batch in enumerate(held):
        held[index] = []
        yield batch
    if source is not None:
        async for raw in source:
            yield decoder.decode(raw)


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
    if not queries:
        raise NoQuery
    path_id("attachment_id", queries[-1].attachment_id)
    return queries[-1]


def _described(column: Column, space: Space | None) -> Column:
    known = space.column(column.name) if space else None
    if known is None:
        return column
    return replace(column, description=known.description, unit=unit_in(known.description))
