"""Requests into the domain; everything a caller can get wrong is refused here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aislides.genie.v1 import genie_service_pb2 as pb
from aislides_runtime.errors import FieldViolation, InvalidRequest

from genie_svc.again import Rerun
from genie_svc.domain.errors import NoSpace
from genie_svc.domain.ids import path_id, request_id
from genie_svc.domain.question import Question, question_text
from genie_svc.domain.stored_sql import stored_select

MOST_PAGE: Final = 100
DEFAULT_PAGE: Final = 50
MOST_ROWS: Final = 1_000_000

MessageAt = tuple[str, str, str]
"""Space, conversation and message."""


def space_of(space_id: str, default: str) -> str:
    """The space that a request means; raises NoSpace, InvalidRequest."""
    if not space_id and not default:
        raise NoSpace
    return path_id("space_id", space_id or default)


def question_of(request: pb.AskRequest, default_space: str, new_id: str) -> Question:
    """The question of an Ask."""
    conversation = request.conversation_id
    return Question(
        space_id=space_of(request.space_id, default_space),
        text=question_text(request.question),
        conversation_id=path_id("conversation_id", conversation) if conversation else "",
        request_id=request_id(request.request_id or new_id),
        tenant=_tenant(request.tenant),
    )


def first_question_of(
    request: pb.CreateConversationRequest, default_space: str, new_id: str
) -> Question:
    """The question that starts a conversation."""
    return Question(
        space_id=space_of(request.space_id, default_space),
        text=question_text(request.question),
        conversation_id="",
        request_id=request_id(request.request_id or new_id),
        tenant=_tenant(""),
    )


def follow_up_of(request: pb.SendMessageRequest, default_space: str, new_id: str) -> Question:
    """The question that follows in a conversation."""
    return Question(
        space_id=space_of(request.space_id, default_space),
        text=question_text(request.question),
        conversation_id=path_id("conversation_id", request.conversation_id),
        request_id=request_id(request.request_id or new_id),
        tenant=_tenant(""),
    )


def message_of(
    request: pb.GetMessageRequest
    | pb.GetQueryResultsRequest
    | pb.ReexecuteQueryRequest
    | pb.CancelMessageRequest
    | pb.SendFeedbackRequest,
    default_space: str,
) -> MessageAt:
    """The message that a request names."""
    return (
        space_of(request.space_id, default_space),
        path_id("conversation_id", request.conversation_id),
        path_id("message_id", request.message_id),
    )


def rerun_of(request: pb.ReexecuteQueryRequest, default_space: str) -> Rerun:
    """What to run again: `stored_sql` alone, or an answer with it in reserve."""
    sql = stored_select(request.stored_sql) if request.stored_sql else ""
    named = bool(request.conversation_id or request.message_id or request.attachment_id)
    if named or not sql:
        space_id, *answer = message_of(request, default_space)
        attachment = attachment_of(request.attachment_id)
        return Rerun(space_id, (answer[0], answer[1]), attachment, sql)
    return Rerun(space_of(request.space_id, default_space), None, "", sql)


@dataclass(frozen=True, slots=True)
class RowsAt:
    """Where rows are: under a statement, in an answer, or in the second if not in the first."""

    space_id: str
    statement_id: str
    message: MessageAt | None
    attachment_id: str


def rows_at(request: pb.GetQueryResultsRequest, default_space: str) -> RowsAt:
    """The rows that a request names."""
    statement = path_id("statement_id", request.statement_id) if request.statement_id else ""
    attachment = attachment_of(request.attachment_id)
    if statement and not (request.conversation_id or request.message_id):
        space = request.space_id or default_space
        return RowsAt(path_id("space_id", space) if space else "", statement, None, attachment)
    at = message_of(request, default_space)
    return RowsAt(at[0], statement, at, attachment)


def attachment_of(attachment_id: str) -> str:
    """The attachment that a request names, empty for the query that counts."""
    return path_id("attachment_id", attachment_id) if attachment_id else ""


def rows_of(max_rows: int) -> int:
    """Rows wanted, 0 for the configured limit; at most a million."""
    if max_rows < 0:
        raise _refused("max_rows", "must not be negative; 0 means the configured limit")
    return min(max_rows, MOST_ROWS)


def page_of(request: pb.ListSpacesRequest | pb.ListConversationsRequest) -> tuple[int, str]:
    """Page size and token."""
    if request.page_size < 0:
        raise _refused("page_size", "must not be negative; 0 means 50")
    if len(request.page_token) > 4096:
        raise _refused("page_token", "must be a next_page_token of this service")
    return min(request.page_size or DEFAULT_PAGE, MOST_PAGE), request.page_token


_RATINGS: Final = {
    pb.RATING_POSITIVE: "POSITIVE",
    pb.RATING_NEGATIVE: "NEGATIVE",
    pb.RATING_NONE: "NONE",
}


def feedback_of(request: pb.SendFeedbackRequest) -> tuple[str, str]:
    """Rating and comment."""
    rating = _RATINGS.get(request.rating)
    if rating is None:
        raise _refused("rating", "must be positive, negative or none")
    if len(request.comment) > 2_000:
        raise _refused("comment", "must have at most 2,000 characters")
    return rating, request.comment


def _tenant(tenant: str) -> str:
    if len(tenant) > 128 or any(not character.isprintable() for character in tenant):
        raise _refused("tenant", "must be at most 128 printable characters")
    return tenant or "default"


def _refused(field: str, description: str) -> InvalidRequest:
    return InvalidRequest(
        f"{field} {description}", field_violations=[FieldViolation(field, description)]
    )
