"""A question in a conversation and what Genie answered, read from its raw JSON.

Raw, because the SDK's typed classes turn statuses and error types that they do not know into
None, and because attachments may be null, missing, repeated or of new kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from genie_svc.domain.reading import Json, group, groups, moment, text, texts, whole


class Status(Enum):
    """Where Genie stands with a message."""

    RUNNING = "running"
    PENDING_WAREHOUSE = "pending warehouse"
    EXECUTING_QUERY = "executing query"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RESULT_EXPIRED = "result expired"

    @property
    def terminal(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self in _TERMINAL


_TERMINAL: Final = {Status.COMPLETED, Status.FAILED, Status.CANCELLED, Status.RESULT_EXPIRED}

_STATUSES: Final = {
    "PENDING_WAREHOUSE": Status.PENDING_WAREHOUSE,
    "EXECUTING_QUERY": Status.EXECUTING_QUERY,
    "COMPLETED": Status.COMPLETED,
    "FAILED": Status.FAILED,
    "CANCELLED": Status.CANCELLED,
    "QUERY_RESULT_EXPIRED": Status.RESULT_EXPIRED,
}
"""Genie's words that mean something special; every other word, known or not, means running."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that Genie wrote; `row_count` is -1 when Genie did not say."""

    attachment_id: str
    title: str
    description: str
    sql: str
    statement_id: str
    row_count: int
    truncated: bool
    thoughts: tuple[str, ...]

    @classmethod
    def unknown(cls) -> Query:
        """The query of rows that come without the message that asked for them."""
        return cls("", "", "", "", "", -1, False, ())


@dataclass(frozen=True, slots=True)
class MessageError:
    """Genie's error type and text, both untrusted."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands; `raw` is the JSON it was read from."""

    space_id: str
    conversation_id: str
    message_id: str
    question: str
    status: Status
    raw_status: str
    query: Query | None
    superseded: tuple[Query, ...]
    text: str
    clarification: str
    suggestions: tuple[str, ...]
    error: MessageError | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Json = field(repr=False, compare=False)


def read_message(raw: Json, *, space_id: str, conversation_id: str = "") -> Message:
    """The message that the raw JSON describes; never raises, whatever is missing.

    The last query counts. Words between the first and the last query belong to attempts that
    Genie replaced and are dropped. Words marked as a follow-up question, or words that end in a
    question mark where there is no query, are Genie asking back.
    """
    attachments = groups(raw, "attachments")
    at = [index for index, item in enumerate(attachments) if group(item, "query")]
    queries = [_query(attachments[index], raw) for index in at]
    said: list[str] = []
    asked: list[str] = []
    suggestions: list[str] = []
    for index, item in enumerate(attachments):
        suggestions.extend(texts(group(item, "suggested_questions"), "questions"))
        words = group(item, "text")
        content = text(words, "content").strip()
        if not content or (at and at[0] < index < at[-1]):
            continue
        follow_up = text(words, "purpose").endswith("FOLLOW_UP_QUESTION")
        (asked if follow_up else said).append(content)
    raw_status = text(raw, "status")
    status = _STATUSES.get(raw_status, Status.RUNNING)
    if status is Status.COMPLETED and not queries and not asked and said and said[-1].endswith("?"):
        said, asked = [], said
    return Message(
        space_id=text(raw, "space_id") or space_id,
        conversation_id=text(raw, "conversation_id") or conversation_id,
        message_id=text(raw, "message_id") or text(raw, "id"),
        question=text(raw, "content"),
        status=status,
        raw_status=raw_status,
        query=queries[-1] if queries else None,
        superseded=tuple(queries[:-1]),
        text="\n\n".join(said),
        clarification="\n\n".join(asked),
        suggestions=tuple(suggestions),
        error=_error(group(raw, "error")),
        created_at=moment(raw, "created_timestamp"),
        updated_at=moment(raw, "last_updated_timestamp"),
        raw=raw,
    )


def _query(attachment: Json, message: Json) -> Query:
    query = group(attachment, "query")
    metadata = group(query, "query_result_metadata")
    old_style = group(message, "query_result")
    return Query(
        attachment_id=text(attachment, "attachment_id") or text(query, "id"),
        title=text(query, "title"),
        description=text(query, "description"),
        sql=text(query, "query"),
        statement_id=text(query, "statement_id") or text(old_style, "statement_id"),
        row_count=whole(metadata, "row_count", -1),
        truncated=metadata.get("is_truncated") is True,
        thoughts=tuple(filter(None, (text(item, "content") for item in groups(query, "thoughts")))),
    )


def _error(raw: Json) -> MessageError | None:
    error = MessageError(type=text(raw, "type"), text=text(raw, "error"))
    return error if error.type or error.text else None
