"""Genie through genie_svc."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import aclosing

import grpc.aio
from aislides.deck.v1 import result_pb2, table_pb2
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides.genie.v1 import genie_service_pb2_grpc as grpc_stub
from aislides_runtime.errors import Internal, Kind
from aislides_runtime.status import RemoteError, error_from_rpc

from orchestrator_svc.adapters.resuming import resumed
from orchestrator_svc.ports import (
    Progress,
    ReportProgress,
    Rows,
    Space,
    SpaceColumn,
    SpaceTable,
    Words,
)


class GenieOverGrpc:
    """The Genie port over a channel to genie_svc."""

    def __init__(
        self,
        channel: grpc.aio.Channel,
        *,
        target: str,
        ask_timeout_seconds: float,
        read_timeout_seconds: float = 30.0,
    ) -> None:
        self._stub = grpc_stub.GenieServiceStub(channel)
        self._target = f"genie_svc at {target}"
        self._ask_timeout = ask_timeout_seconds
        self._read_timeout = read_timeout_seconds

    async def list_spaces(self, page_size: int, page_token: str) -> tuple[list[Space], str]:
        """A page of spaces, and the token of the next page."""
        request = pb.ListSpacesRequest(page_size=page_size, page_token=page_token)
        try:
            response = await self._stub.ListSpaces(request, timeout=self._read_timeout)
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._target) from error
        return [_space(item) for item in response.spaces], response.next_page_token

    async def space(self, space_id: str) -> Space:
        """The space, genie_svc's default when `space_id` is empty."""
        try:
            response = await self._stub.GetSpace(
                pb.GetSpaceRequest(space_id=space_id), timeout=self._read_timeout
            )
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._target) from error
        return _space(response.space)

    async def ask(
        self,
        *,
        question: str,
        space: Space,
        result_id: str,
        request_id: str,
        tenant: str,
        max_rows: int,
        report: ReportProgress,
    ) -> Rows | Words:
        """The outcome of one question."""
        request = pb.AskRequest(
            space_id=space.space_id,
            question=question,
            request_id=request_id,
            max_rows=max_rows,
            tenant=tenant,
        )
        header: pb.RowsReady | None = None
        rows: list[table_pb2.Row] = []
        stream = resumed(lambda: self._stub.Ask(request, timeout=self._ask_timeout))
        try:
            async with aclosing(stream):
                async for response in stream:
                    match response.WhichOneof("event"):
                        case "rows_ready":
                            header, rows = response.rows_ready, []
                        case "rows":
                            rows.extend(response.rows.rows)
                        case "text":
                            return _words(response.text.message, asks_back=False)
                        case "clarification":
                            return _words(response.clarification.message, asks_back=True)
                        case "failed":
                            raise _failure(response.failed)
                        case _:
                            await _report(response, report)
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._target) from error
        if header is None:
            raise Internal("genie_svc ended its stream without an outcome")
        return Rows(_result(result_id, question, space, header, rows))

    async def run_again(self, result: result_pb2.Result, *, max_rows: int) -> result_pb2.Result:
        """The result of the same query on today's data, under the same id."""
        source = result.source
        request = pb.ReexecuteQueryRequest(
            space_id=source.space_id,
            conversation_id=source.conversation_id,
            message_id=source.message_id,
            attachment_id=source.attachment_id,
            # Genie forgets conversations; a deck keeps their SQL.
            stored_sql=source.sql,
        )
        header: pb.RowsReady | None = None
        rows: list[table_pb2.Row] = []
        try:
            begun = await self._stub.ReexecuteQuery(request, timeout=self._ask_timeout)
            asked = pb.GetQueryResultsRequest(statement_id=begun.statement_id, max_rows=max_rows)
            async for part in self._stub.GetQueryResults(asked, timeout=self._ask_timeout):
                if part.HasField("header"):
                    header = part.header
                else:
                    rows.extend(part.rows.rows)
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._target) from error
        if header is None:
            raise Internal("genie_svc ended its stream without an outcome")
        return _again(result, header, rows, begun.statement_id)


def _space(space: pb.Space) -> Space:
    return Space(
        space_id=space.space_id,
        title=space.title,
        description=space.description,
        tables=tuple(
            SpaceTable(
                name=table.name,
                description=table.description,
                columns=tuple(
                    SpaceColumn(
                        name=column.name,
                        type_text=column.type_text,
                        description=_with_synonyms(column),
                    )
                    for column in table.columns
                ),
            )
            for table in space.tables
        ),
        sample_questions=tuple(space.sample_questions),
        instructions=space.instructions,
    )


def _with_synonyms(column: pb.SpaceColumn) -> str:
    if not column.synonyms:
        return column.description
    also = f"also called: {', '.join(column.synonyms)}"
    return f"{column.description} ({also})" if column.description else also


def _words(message: pb.Message, *, asks_back: bool) -> Words:
    text = message.clarification or message.text
    return Words(text=text, suggestions=tuple(message.suggested_questions), asks_back=asks_back)


def _failure(failed: pb.Failed) -> RemoteError:
    kind = Kind.UNAVAILABLE if failed.retryable else Kind.FAILED_PRECONDITION
    return RemoteError(failed.text, kind=kind, reason=failed.reason)


async def _report(response: pb.AskResponse, report: ReportProgress) -> None:
    match response.WhichOneof("event"):
        case "waiting":
            wait = response.waiting.expected_wait.ToTimedelta().total_seconds()
            await report(Progress("waiting", expected_wait_seconds=wait))
        case "accepted":
            await report(Progress("accepted"))
        case "status_changed":
            await report(Progress(response.status_changed.raw_status.lower() or "running"))
        case "sql":
            await report(Progress("sql", sql=response.sql.sql))


def _result(
    result_id: str,
    question: str,
    space: Space,
    header: pb.RowsReady,
    rows: Sequence[table_pb2.Row],
) -> result_pb2.Result:
    message = header.message
    result = result_pb2.Result(
        id=result_id,
        question=question,
        columns=header.columns,
        rows=rows,
        row_count=max(header.row_count, len(rows)),
        truncated=header.truncated or header.row_count > len(rows),
        size_bytes=header.size_bytes,
        source=result_pb2.Source(
            space_id=message.space_id or space.space_id,
            space_title=header.space_title or space.title,
            conversation_id=message.conversation_id,
            message_id=message.message_id,
            attachment_id=message.query.attachment_id,
            statement_id=message.query.statement_id,
            sql=message.query.sql,
            title=message.query.title,
            description=message.query.description,
            asked_at=message.created_at,
            completed_at=message.updated_at,
            run_time=header.run_time,
        ),
    )
    _tell_columns_apart(result)
    _describe_columns(result, space)
    result.content_hash = content_hash(result)
    return result


def _again(
    result: result_pb2.Result,
    header: pb.RowsReady,
    rows: Sequence[table_pb2.Row],
    statement_id: str,
) -> result_pb2.Result:
    """What the query was, with what it gives now. Columns keep the meaning they had."""
    fresh = result_pb2.Result()
    fresh.CopyFrom(result)
    del fresh.rows[:]
    fresh.rows.extend(rows)
    if [column.name for column in result.columns] != [column.name for column in header.columns]:
        del fresh.columns[:]
        fresh.columns.extend(header.columns)
    fresh.row_count = max(header.row_count, len(rows))
    fresh.truncated = header.truncated or header.row_count > len(rows)
    fresh.size_bytes = header.size_bytes
    fresh.source.statement_id = statement_id
    fresh.source.completed_at.GetCurrentTime()
    fresh.content_hash = content_hash(fresh)
    return fresh


def _tell_columns_apart(result: result_pb2.Result) -> None:
    """Gives columns of the same name, or of none, names of their own: figures are told by them."""
    seen: set[str] = set()
    for number, column in enumerate(result.columns, start=1):
        base = column.name.strip() or f"column_{number}"
        name, copy = base, 2
        while name.casefold() in seen:
            name, copy = f"{base}_{copy}", copy + 1
        seen.add(name.casefold())
        column.name = name


def _describe_columns(result: result_pb2.Result, space: Space) -> None:
    """Gives result columns the meaning that the space has for a column of the same name."""
    known = {
        column.name.casefold(): column.description
        for table in space.tables
        for column in table.columns
        if column.description
    }
    for column in result.columns:
        column.description = column.description or known.get(column.name.casefold(), "")


def content_hash(result: result_pb2.Result) -> str:
    """SHA-256 over SQL, columns and rows: equal content, equal hash."""
    content = result_pb2.Result(
        columns=result.columns,
        rows=result.rows,
        source=result_pb2.Source(sql=result.source.sql),
    )
    return hashlib.sha256(content.SerializeToString(deterministic=True)).hexdigest()
