"""Everything that can go wrong between a question and its rows.

GenieError                    root; see `ServiceError` for what an error carries
├── NoSpace                   no space was named and none is configured
├── SpaceNotFound             no such space, or not for this identity
├── ConversationNotFound      no such conversation, message or result for this identity
├── AccessDenied              the identity lacks a grant
├── CredentialsRejected       the workspace does not accept the token
├── RequestRefused            the workspace calls the request invalid
├── RateLimited               the workspace takes no more questions now
├── BudgetExhausted           our own question budget cannot serve this in time
├── QueueFull                 too many questions wait already
├── WorkspaceUnreachable      no connection, or the workspace is down
├── BadReply                  the workspace answered something that is no answer
├── OutcomeUnknown            nobody can say whether the question was asked
├── RequestIdReused           the request id belongs to another question
├── NoWarehouse               the space has no warehouse to run SQL on
├── RunLost                   nobody can say whether the SQL runs
├── NoQuery                   the message has no query whose rows could be read
├── SqlFailed                 the warehouse could not run the SQL
├── QuestionTimedOut          Genie did not answer in the time allowed
├── UnsupportedResult         rows in a form that we do not read
├── Conflict                  the conversation is busy
└── LinkExpired               a presigned link to rows is no longer good
"""

from __future__ import annotations

from aislides_runtime.errors import Kind, ServiceError


class GenieError(ServiceError):
    """Root of this service's errors."""


class NoSpace(GenieError):
    """No space was named and none is configured."""

    kind = Kind.INVALID_ARGUMENT
    reason = "GENIE_SPACE_MISSING"
    default_message = "name a space_id, or configure genie.space_id"


class SpaceNotFound(GenieError):
    """The space does not exist, or this identity may not see it."""

    kind = Kind.NOT_FOUND
    reason = "GENIE_SPACE_NOT_FOUND"
    default_message = "there is no such Genie space for this identity; check the id and the grants"


class ConversationNotFound(GenieError):
    """The conversation, message or result does not exist for this identity."""

    kind = Kind.NOT_FOUND
    reason = "GENIE_CONVERSATION_NOT_FOUND"
    default_message = "there is no such conversation, message or result for this identity"


class AccessDenied(GenieError):
    """The identity lacks a grant."""

    kind = Kind.PERMISSION_DENIED
    reason = "GENIE_ACCESS_DENIED"
    default_message = (
        "the workspace refuses this identity; it needs CAN RUN on the space, CAN USE on its"
        " warehouse and SELECT on its tables"
    )


class CredentialsRejected(GenieError):
    """The workspace does not accept the token."""

    kind = Kind.UNAUTHENTICATED
    reason = "GENIE_CREDENTIALS_REJECTED"
    default_message = "the workspace does not accept the token; it may be wrong or expired"


class RequestRefused(GenieError):
    """The workspace calls the request invalid."""

    kind = Kind.INVALID_ARGUMENT
    reason = "GENIE_REQUEST_REFUSED"
    default_message = "the workspace calls the request invalid"


class RateLimited(GenieError):
    """The workspace takes no more questions now."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "GENIE_RATE_LIMITED"
    default_message = "the workspace takes no more requests now; try again later"


class BudgetExhausted(GenieError):
    """The question budget cannot serve this question before its deadline."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "GENIE_BUDGET_EXHAUSTED"
    default_message = "the workspace's question budget is used up for longer than the time allowed"


class QueueFull(GenieError):
    """Too many questions wait already."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "GENIE_QUEUE_FULL"
    default_message = "too many questions wait for the workspace already; try again later"


class WorkspaceUnreachable(GenieError):
    """There is no connection to the workspace, or it is down. Nothing was asked."""

    kind = Kind.UNAVAILABLE
    reason = "GENIE_WORKSPACE_UNREACHABLE"
    default_message = "the Databricks workspace cannot be reached; check DATABRICKS_HOST"


class BadReply(GenieError):
    """The workspace answered something that is no answer."""

    kind = Kind.UNAVAILABLE
    reason = "GENIE_BAD_REPLY"
    default_message = "the workspace sent a reply that cannot be read; check DATABRICKS_HOST"


class OutcomeUnknown(GenieError):
    """A question was sent and the reply lost; nobody can say yet whether it was asked."""

    kind = Kind.UNAVAILABLE
    reason = "GENIE_OUTCOME_UNKNOWN"
    default_message = (
        "the reply to the question was lost and Genie does not show it yet; repeat the call with"
        " the same request_id, it will not be asked twice"
    )


class RequestIdReused(GenieError):
    """The request id belongs to another question."""

    kind = Kind.ALREADY_EXISTS
    reason = "GENIE_REQUEST_ID_REUSED"
    default_message = "this request_id was used for another question; use a new one"


class NoQuery(GenieError):
    """The message has no query whose rows could be read."""

    kind = Kind.FAILED_PRECONDITION
    reason = "GENIE_NO_QUERY"
    default_message = "this message has no query, so it has no rows"


class NoWarehouse(GenieError):
    """The space names no warehouse to run SQL on, or one that does not exist."""

    kind = Kind.FAILED_PRECONDITION
    reason = "GENIE_NO_WAREHOUSE"
    default_message = "the space has no SQL warehouse to run on; choose one in the space's settings"


class RunLost(GenieError):
    """SQL was sent and the reply lost.

    Not UNAVAILABLE, which channels repeat by themselves: a warehouse costs money by the second.
    """

    kind = Kind.ABORTED
    reason = "GENIE_RUN_LOST"
    default_message = (
        "the reply to the SQL was lost, so it may run or not; it only reads, so repeat the call"
    )


class SqlFailed(GenieError):
    """The warehouse could not run the SQL."""

    kind = Kind.FAILED_PRECONDITION
    reason = "GENIE_SQL_FAILED"
    default_message = "the warehouse could not run the SQL; ask in other words"


class QuestionTimedOut(GenieError):
    """Genie did not answer in the time allowed; the same request id goes on waiting."""

    kind = Kind.DEADLINE_EXCEEDED
    reason = "GENIE_TIMED_OUT"
    default_message = (
        "Genie did not answer in the time allowed; the same request_id goes on waiting for it"
    )


class UnsupportedResult(GenieError):
    """The rows came in a form that this service does not read."""

    kind = Kind.FAILED_PRECONDITION
    reason = "GENIE_UNSUPPORTED_RESULT"
    default_message = "the rows came in a form that this service does not read"


class Conflict(GenieError):
    """The workspace is busy with something that excludes this request."""

    kind = Kind.ABORTED
    reason = "GENIE_CONFLICT"
    default_message = "the conversation is busy with another question; try again when it is done"


class LinkExpired(GenieError):
    """A presigned link to rows is no longer good; a fresh one may be."""

    kind = Kind.UNAVAILABLE
    reason = "GENIE_LINK_EXPIRED"
    default_message = "the link to the rows is no longer good; read the result again"
