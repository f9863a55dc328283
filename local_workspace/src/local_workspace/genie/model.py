"""Conversations and messages of one Genie space."""

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from local_workspace.sandbox.result import Result
from local_workspace.statements.statement import Statement
from local_workspace.translate.plan import Plan


class Status(StrEnum):
    """The statuses Genie documents; a fault may set any other text. The last four are final."""

    SUBMITTED = "SUBMITTED"
    FETCHING_METADATA = "FETCHING_METADATA"
    FILTERING_CONTEXT = "FILTERING_CONTEXT"
    ASKING_AI = "ASKING_AI"
    PENDING_WAREHOUSE = "PENDING_WAREHOUSE"
    EXECUTING_QUERY = "EXECUTING_QUERY"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    QUERY_RESULT_EXPIRED = "QUERY_RESULT_EXPIRED"


FINAL = frozenset({"COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED"})


def new_id() -> str:
    """32 hexadecimal digits, as Genie's ids are."""
    return f"01f0{secrets.token_hex(14)}"


@dataclass(eq=False, slots=True)
class QueryAttachment:
    """A query that answers (part of) a message, and who or what wrote its SQL.

    `rows` caps what Genie itself hands out.
    """

    title: str
    description: str
    sql: str
    author: str = "rules"
    id: str = field(default_factory=new_id)
    statement: Statement | None = None
    row_count: int | None = None
    is_truncated: bool = False
    rows: int = 5_000
    updated: int = 0

    def visible(self) -> Result | None:
        """The rows that the Genie endpoints show."""
        if self.statement is None or self.statement.result is None:
            return None
        return self.statement.result.first(self.rows)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about a message."""

    content: str
    user_id: int
    created: int
    id: str = field(default_factory=new_id)


@dataclass(eq=False, slots=True)
class Message:
    """One question and its answer. `attachments` hold queries, texts and suggestions in order."""

    content: str
    conversation_id: str
    space_id: str
    user_id: int
    created: int
    updated: int
    id: str = field(default_factory=new_id)
    status: str = Status.SUBMITTED
    queries: list[QueryAttachment] = field(default_factory=list)
    attachments: list[dict[str, Any] | QueryAttachment] | None = None
    without_attachments: bool = False
    error: dict[str, str] | None = None
    feedback: dict[str, str] | None = None
    comments: list[Comment] = field(default_factory=list)
    plan: Plan | None = None

    def query(self, attachment_id: str) -> QueryAttachment | None:
        """The query attachment with this id."""
        return next((query for query in self.queries if query.id == attachment_id), None)


@dataclass(eq=False, slots=True)
class Conversation:
    """A thread of messages; private to its owner."""

    space_id: str
    owner: str
    user_id: int
    title: str
    created: int
    updated: int
    id: str = field(default_factory=new_id)
    messages: list[Message] = field(default_factory=list)
