"""Reads the rows of a query into exact types, within limits, with nothing dropped in silence."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from aislides_runtime.deadlines import Deadline

from genie_svc.domain.columns import Column
from genie_svc.domain.errors import AccessDenied, ConversationNotFound, UnsupportedResult
from genie_svc.domain.message import Message, Query
from genie_svc.domain.rows import CellLimits, Row, RowDecoder
from genie_svc.domain.snapshot import Snapshot
from genie_svc.domain.space import Space, unit_in
from genie_svc.domain.statement import Manifest, RawRow, State, Statement
from genie_svc.ports import Workspace
from genie_svc.statements import Statements, query_of, raw_rows, sql_error


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
    """A header, and the rows in order in batches.

    `snapshot` holds the same rows for later, where all of them were read before the header.
    """

    header: Header
    batches: AsyncGenerator[Sequence[Row], None]
    snapshot: Snapshot | None = None


class ReadResults:
    """Reads results under one identity."""

    def __init__(self, statements: Statements, limits: ResultLimits | None = None) -> None:
        self._statements = statements
        self._limits = limits or ResultLimits()

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
        statement = await self._statements.succeeded(workspace, message, query, deadline)
        statement, note = await self._statements.whole(
            workspace, message, statement, query, wanted=wanted, deadline=deadline
        )
        notes = [note] if note else []
        return await self._result(workspace, statement, query, wanted, notes, space)

    async def find(
        self,
        workspace: Workspace,
        statement_id: str,
        at: tuple[str, str, str] | None,
        deadline: Deadline,
        *,
        attachment_id: str = "",
        max_rows: int = 0,
        space: Space | None = None,
    ) -> tuple[Message | None, Result]:
        """The rows of a statement, or of the message at `at` (space, conversation, message).

        With both, the message's where the statement is gone or not for this identity.
        """
        if statement_id:
            try:
                return None, await self.read_statement(
                    workspace, statement_id, deadline, max_rows=max_rows, space=space
                )
            except (ConversationNotFound, AccessDenied):
                if at is None:
                    raise
        if at is None:
            raise AssertionError("neither a statement nor a message was named")
        message = await workspace.get_message(*at)
        return message, await self.read(
            workspace,
            message,
            deadline,
            attachment_id=attachment_id,
            max_rows=max_rows,
            space=space,
        )

    async def read_statement(
        self,
        workspace: Workspace,
        statement_id: str,
        deadline: Deadline,
        *,
        max_rows: int = 0,
        space: Space | None = None,
    ) -> Result:
        """The rows of a statement, whoever ran it; waits for one that still runs.

        Raises SqlFailed, QuestionTimedOut, UnsupportedResult and what the workspace answers.
        """
        wanted = max_rows or self._limits.rows
        statement = await workspace.statement(statement_id)
        statement = replace(statement, statement_id=statement_id)
        statement = await self._statements.ended(workspace, statement, deadline)
        if statement.state is not State.SUCCEEDED:
            raise sql_error(statement)
        return await self._result(workspace, statement, Query.unknown(), wanted, [], space)

    async def _result(
        self,
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
        source = raw_rows(workspace, statement, manifest, wanted, notes)
        made = _Made(query, statement.statement_id, manifest, notes, space)
        if wanted <= self._limits.held_rows:
            return await self._held(made, source)
        return await self._streamed(made, source, wanted)

    async def replay(
        self, snapshot: Snapshot, message: Message, *, max_rows: int = 0, space: Space | None = None
    ) -> Result | None:
        """The rows of a snapshot, None where more are wanted than it holds."""
        wanted = max_rows or self._limits.rows
        query = message.query
        complete = len(snapshot.rows) >= snapshot.manifest.row_count
        if query is None or (not complete and len(snapshot.rows) < wanted):
            return None
        made = _Made(query, snapshot.statement_id, snapshot.manifest, list(snapshot.notes), space)
        return await self._held(made, _once(snapshot.rows[:wanted]))

    async def _held(self, made: _Made, source: AsyncGenerator[Sequence[RawRow], None]) -> Result:
        """The result with all its rows in memory, so that the header knows every warning."""
        decoder = RowDecoder(made.manifest.columns, self._limits.cells)
        raw: list[RawRow] = []
        held: list[Sequence[Row]] = []
        cut = False
        async with aclosing(source) as slices:
            async for part in slices:
                raw.extend(part)
                held.append(decoder.decode(part))
                if decoder.characters > self._limits.held_characters:
                    cut = True
                    break
        notes = tuple(made.notes)
        if cut:
            made.notes.append(f"only the first {len(raw):,} rows are kept: the cells are too large")
        snapshot = Snapshot(made.statement_id, made.manifest, notes, tuple(raw))
        return Result(made.header(decoder, len(raw)), _batches(held, None, decoder), snapshot)

    async def _streamed(
        self, made: _Made, source: AsyncGenerator[Sequence[RawRow], None], wanted: int
    ) -> Result:
        """The result with only its first rows in memory; the rest comes as it is read."""
        decoder = RowDecoder(made.manifest.columns, self._limits.cells)
        held: list[Sequence[Row]] = []
        rows = 0
        rest: AsyncGenerator[Sequence[RawRow], None] | None = None
        async for part in source:
            held.append(decoder.decode(part))
            rows += len(part)
            full = decoder.characters > self._limits.held_characters
            if full or rows >= self._limits.held_rows:
                rest = source
                break
        delivered = rows if rest is None else max(rows, min(wanted, made.row_count))
        return Result(made.header(decoder, delivered), _batches(held, rest, decoder))


@dataclass(slots=True)
class _Made:
    """What is known of a result besides its rows; `notes` say what is missing."""

    query: Query
    statement_id: str
    manifest: Manifest
    notes: list[str]
    space: Space | None

    @property
    def row_count(self) -> int:
        """Rows by whoever claims most: the manifest or Genie."""
        return max(self.manifest.row_count, self.query.row_count)

    def header(self, decoder: RowDecoder, delivered: int) -> Header:
        """The header, once the first rows are decoded."""
        total = max(self.row_count, delivered)
        missing = delivered < total or bool(self.notes)
        return Header(
            columns=tuple(_described(column, self.space) for column in decoder.columns),
            row_count=total,
            truncated=self.manifest.truncated or self.query.truncated or missing,
            byte_count=self.manifest.byte_count,
            warnings=(*self.notes, *decoder.warnings),
            statement_id=self.statement_id or self.query.statement_id,
        )


async def _batches(
    held: list[Sequence[Row]],
    rest: AsyncGenerator[Sequence[RawRow], None] | None,
    decoder: RowDecoder,
) -> AsyncGenerator[Sequence[Row], None]:
    for index, batch in enumerate(held):
        held[index] = ()
        yield batch
    if rest is not None:
        async with aclosing(rest):
            async for part in rest:
                yield decoder.decode(part)


async def _once(rows: Sequence[RawRow]) -> AsyncGenerator[Sequence[RawRow], None]:
    yield rows


def _described(column: Column, space: Space | None) -> Column:
    known = space.column(column.name) if space else None
    if known is None:
        return column
    return replace(column, description=known.description, unit=unit_in(known.description))
