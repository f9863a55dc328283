"""The domain into responses."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aislides.genie.v1 import genie_service_pb2 as pb
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from genie_svc.asking import Accepted
from genie_svc.domain.message import Message, Query, Status
from genie_svc.domain.space import Space
from genie_svc.mapping.tables import column_to
from genie_svc.outcomes import AskedBack, Event, Failed, Rows, StatusChanged, Words
from genie_svc.ports import ConversationSummary, Place
from genie_svc.results import Header

_STATUSES: Final = {
    Status.RUNNING: pb.MESSAGE_STATUS_RUNNING,
    Status.PENDING_WAREHOUSE: pb.MESSAGE_STATUS_PENDING_WAREHOUSE,
    Status.EXECUTING_QUERY: pb.MESSAGE_STATUS_EXECUTING_QUERY,
    Status.COMPLETED: pb.MESSAGE_STATUS_COMPLETED,
    Status.FAILED: pb.MESSAGE_STATUS_FAILED,
    Status.CANCELLED: pb.MESSAGE_STATUS_CANCELLED,
    Status.RESULT_EXPIRED: pb.MESSAGE_STATUS_RESULT_EXPIRED,
}


def event_to(event: Event, space_id: str) -> pb.AskResponse:
    """One report; rows follow `rows_ready` as chunks of their own."""
    response = pb.AskResponse()
    match event:
        case Place():
            response.waiting.position = event.ahead
            response.waiting.expected_wait.CopyFrom(_duration(event.expected_wait))
        case Accepted():
            response.accepted.space_id = space_id
            response.accepted.conversation_id = event.conversation_id
            response.accepted.message_id = event.message_id
            response.accepted.resumed = event.resumed
        case StatusChanged():
            response.status_changed.status = _STATUSES[event.status]
            response.status_changed.raw_status = event.raw_status
        case Query():
            response.sql.CopyFrom(query_to(event))
        case Rows():
            response.rows_ready.CopyFrom(rows_ready_to(event))
        case Words():
            response.text.message.CopyFrom(message_to(event.message))
        case AskedBack():
            response.clarification.message.CopyFrom(message_to(event.message))
        case Failed():
            response.failed.reason = event.failure.reason
            response.failed.text = event.failure.text
            response.failed.retryable = event.failure.retryable
            response.failed.message.CopyFrom(message_to(event.message))
    return response


def rows_ready_to(rows: Rows) -> pb.RowsReady:
    """What is known of the rows before they come."""
    ready = header_to(rows.message, rows.result.header)
    ready.run_time.CopyFrom(_duration(rows.seconds))
    ready.space_title = rows.space_title
    return ready


def header_to(message: Message | None, header: Header) -> pb.RowsReady:
    """Columns and sizes of a result; the message is unknown for rows of a bare statement."""
    ready = pb.RowsReady(
        message=message_to(message) if message else pb.Message(query=query_to(Query.unknown())),
        columns=[column_to(column) for column in header.columns],
        row_count=header.row_count,
        truncated=header.truncated,
        size_bytes=header.byte_count,
        warnings=header.warnings,
    )
    if header.statement_id:
        ready.message.query.statement_id = header.statement_id
    return ready


def message_to(message: Message) -> pb.Message:
    """A message."""
    result = pb.Message(
        space_id=message.space_id,
        conversation_id=message.conversation_id,
        message_id=message.message_id,
        question=message.question,
        status=_STATUSES[message.status],
        raw_status=message.raw_status,
        query=query_to(message.query) if message.query else None,
        superseded_queries=[query_to(query) for query in message.superseded],
        text=message.text,
        clarification=message.clarification,
        suggested_questions=message.suggestions,
        created_at=_timestamp(message.created_at),
        updated_at=_timestamp(message.updated_at),
    )
    if message.error is not None:
        result.error.type = message.error.type
        result.error.text = message.error.text
    return result


def query_to(query: Query) -> pb.Query:
    """A query."""
    return pb.Query(
        attachment_id=query.attachment_id,
        title=query.title,
        description=query.description,
        sql=query.sql,
        statement_id=query.statement_id,
        row_count=query.row_count,
        truncated=query.truncated,
        thoughts=query.thoughts,
    )


def space_to(space: Space) -> pb.Space:
    """A space."""
    return pb.Space(
        space_id=space.space_id,
        title=space.title,
        description=space.description,
        warehouse_id=space.warehouse_id,
        tables=[
            pb.SpaceTable(
                name=table.name,
                description=table.description,
                columns=[
                    pb.SpaceColumn(
                        name=column.name,
                        type_text=column.type_text,
                        description=column.description,
                        synonyms=column.synonyms,
                    )
                    for column in table.columns
                ],
            )
            for table in space.tables
        ],
        sample_questions=space.sample_questions,
        instructions=space.instructions,
    )


def conversation_to(summary: ConversationSummary) -> pb.Conversation:
    """A conversation of a list."""
    return pb.Conversation(
        conversation_id=summary.conversation_id,
        title=summary.title,
        created_at=_timestamp(summary.created_at),
    )


def _duration(seconds: float) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(round(min(max(0.0, seconds), 86_400_000.0) * 1000))
    return duration


def _timestamp(moment: datetime | None) -> Timestamp | None:
    if moment is None:
        return None
    timestamp = Timestamp()
    timestamp.FromDatetime(moment)
    return timestamp
