"""What the use cases need from the world."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aislides_runtime.deadlines import Deadline
from aislides_runtime.settings import Secret

from genie_svc.domain.message import Message
from genie_svc.domain.question import Question
from genie_svc.domain.space import Space, SpaceColumn
from genie_svc.domain.statement import Chunk, ExternalLink, RawRow, Statement


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def time(self) -> float:
        """Seconds since the epoch; may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Returns after `seconds`."""
        ...


class AskLost(Exception):
    """A question was sent but no usable reply came: it may have been asked or not."""


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One conversation of a list."""

    conversation_id: str
    created_at: datetime | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """The pair that names a download; the signature is a secret."""

    download_id: str
    signature: str = field(repr=False)


class Workspace(Protocol):
    """The Databricks workspace under one identity, which never changes.

    Every method raises a GenieError with a message that is safe to show. Reads are retried a few
    times; questions are sent once.
    """

    @property
    def owner(self) -> str:
        """Who acts: stable for a user or service across tokens, and never a token."""
        ...

    async def start_conversation(self, space_id: str, text: str) -> Message:
        """Asks a first question once; raises AskLost when nobody can say whether it was asked."""
        ...

    async def create_message(self, space_id: str, conversation_id: str, text: str) -> Message:
        """Asks a follow-up once; raises AskLost when nobody can say whether it was asked."""
        ...

    async def poll_message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        """The message as it stands, read once and not retried: the next poll is the retry."""
        ...

    async def get_message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        """The message as it stands."""
        ...

    async def list_conversations(self, space_id: str) -> Sequence[ConversationSummary]:
        """The newest conversations of this identity, at most a few hundred."""
        ...

    async def conversations_page(
        self, space_id: str, page_size: int, page_token: str
    ) -> tuple[Sequence[ConversationSummary], str]:
        """A page of this identity's conversations, newest first, and the token of the next."""
        ...

    async def list_messages(self, space_id: str, conversation_id: str) -> Sequence[Message]:
        """The messages of a conversation, at most a few hundred."""
        ...

    async def query_result(self, message: Message, attachment_id: str) -> Statement:
        """The statement of a query attachment, with at most 5,000 rows."""
        ...

    async def execute_query(self, message: Message, attachment_id: str) -> Statement:
        """Runs the SQL of a query attachment again."""
        ...

    async def start_download(self, message: Message, attachment_id: str) -> Download:
        """Has all rows of a query attachment made ready, whatever their number."""
        ...

    async def download(self, message: Message, attachment_id: str, download: Download) -> Statement:
        """The statement of a download, with links to its rows once it succeeded."""
        ...

    async def run_statement(self, warehouse_id: str, sql: str) -> Statement:
        """Sends SQL to a warehouse once, and waits for nothing.

        Raises RunLost when nobody can say whether it was taken.
        """
        ...

    async def statement(self, statement_id: str) -> Statement:
        """A statement as it stands."""
        ...

    async def chunk(self, statement_id: str, index: int) -> Chunk:
        """One further chunk of a statement's result."""
        ...

    async def external_rows(self, link: ExternalLink, file_format: str) -> Sequence[RawRow]:
        """The rows behind a link, fetched without credentials."""
        ...

    async def cancel_statement(self, statement_id: str) -> None:
        """Tells the warehouse to stop a statement."""
        ...

    async def send_feedback(self, message: tuple[str, str, str], rating: str, comment: str) -> None:
        """Rates a message: POSITIVE, NEGATIVE or NONE."""
        ...

    async def list_spaces(self, page_size: int, page_token: str) -> tuple[Sequence[Space], str]:
        """A page of spaces and the token of the next page."""
        ...

    async def get_space(self, space_id: str) -> Space:
        """A space with all that the identity may see of it."""
        ...

    async def table_columns(self, table: str) -> Sequence[SpaceColumn]:
        """The columns of `catalog.schema.table` with their types."""
        ...


class WorkspaceFor(Protocol):
    """Gives the workspace under an identity."""

    async def workspace(self, user_token: Secret | None) -> Workspace:
        """The workspace under a user's token, or under the service's own identity."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: questions ahead, and expected seconds until this one is asked."""

    ahead: int
    expected_wait: float


class Ticket(Protocol):
    """One question waiting for the budget."""

    async def advance(self) -> Place | None:
        """The next change of the place, or None once the question may be asked.

        Raises BudgetExhausted as soon as the wait is known to exceed the deadline.
        """
        ...


class QuestionBudget(Protocol):
    """How many questions the workspace takes, shared fairly by tenants."""

    def enter(self, tenant: str, deadline: Deadline) -> AbstractAsyncContextManager[Ticket]:
        """A ticket in the queue; leaving the context gives the place up.

        Raises QueueFull when too many wait, BudgetExhausted when the wait exceeds the deadline.
        """
        ...

    async def pause(self, seconds: float) -> None:
        """Grants nothing for a while, because the workspace itself refused a question."""
        ...

    async def close(self) -> None:
        """Serves nobody any more."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a question that was, or may have been, asked.

    `posted_at` is the epoch when it was sent. Without `message_id` nobody knows whether Genie
    took it. `outcome` is the raw final message, empty until there is one; `snapshot` names its
    rows where they are kept; `cancelled` says that a caller gave it up.
    """

    fingerprint: str
    posted_at: float
    conversation_id: str = ""
    message_id: str = ""
    outcome: str = ""
    snapshot: str = ""
    cancelled: bool = False


class Journal(Protocol):
    """Durable memory of questions by owner and request id. Returns only after the disk has it."""

    async def find(self, owner: str, request_id: str) -> Entry | None:
        """What is known, or None when the question was never sent."""
        ...

    async def sending(
        self, owner: str, question: Question, posted_at: float, *, instead_of: Entry | None
    ) -> bool:
        """Records that the question is about to be sent, in place of the entry that was found.

        False when another caller recorded something in the meantime.
        """
        ...

    async def accepted(
        self, owner: str, request_id: str, conversation_id: str, message_id: str
    ) -> None:
        """Records that Genie took the question."""
        ...

    async def refused(self, owner: str, request_id: str) -> None:
        """Records that Genie certainly did not take it, so that it may be sent again."""
        ...

    async def finished(
        self, owner: str, request_id: str, outcome: str, *, snapshot: str, cancelled: bool
    ) -> None:
        """Records the final message and the name of its rows."""
        ...

    async def claimed(self, owner: str, conversation_ids: Collection[str]) -> frozenset[str]:
        """Message ids in these conversations that belong to recorded questions."""
        ...


class Snapshots(Protocol):
    """Packed results, readable only by the owner who kept them."""

    async def keep(self, owner: str, data: bytes) -> str:
        """The name under which the bytes are kept, empty when they are too large to keep."""
        ...

    async def find(self, owner: str, name: str) -> bytes | None:
        """The bytes that this owner kept under a name, None when they are gone."""
        ...
