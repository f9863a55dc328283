"""What Genie does for a caller: ask, look, fetch rows, run again, forget."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from local_workspace.api_errors import ApiError, invalid, not_found
from local_workspace.background import Background
from local_workspace.faults.rules import GenieFault
from local_workspace.genie.answering import NO_FAULT, Answering
from local_workspace.genie.budget import Budget
from local_workspace.genie.model import Comment, Conversation, Message, QueryAttachment, Status
from local_workspace.genie.store import MOST_MESSAGES, Conversations
from local_workspace.identity import User
from local_workspace.registry import RegisteredSpace, Registry
from local_workspace.sandbox.result import Result
from local_workspace.statements.statement import Statement
from local_workspace.statements.store import Statements

MOST_DOWNLOADS = 1_000
MOST_COMMENTS = 1_000
LONGEST_QUESTION = 10_000
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call points: a space, and in it a conversation of the caller."""

    entry: RegisteredSpace
    conversation: Conversation


class Genie:
    """One per workspace. Every method checks that the user may see what is named."""

    def __init__(
        self,
        *,
        registry: Registry,
        answering: Answering,
        statements: Statements,
        background: Background,
        budget: Budget,
        now_ms: Callable[[], int],
    ) -> None:
        self._registry = registry
        self._answering = answering
        self._statements = statements
        self._background = background
        self.budget = budget
        self._now_ms = now_ms
        self.conversations = Conversations()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._downloads: dict[str, tuple[str, Statement]] = {}

    def start(
        self, space_id: str, content: str, user: User, fault: GenieFault = NO_FAULT
    ) -> tuple[Conversation, Message]:
        """Opens a conversation with a first question."""
        entry = self._registry.find(space_id, user)
        question = checked_question(content)
        self.budget.spend()
        now = self._now_ms()
        conversation = Conversation(
            entry.id, user.user_name, user.id, question[:TITLE_LENGTH], now, now
        )
        self.conversations.add(conversation)
        place = Place(entry, conversation)
        return conversation, self._ask(place, question, user, fault)

    def follow_up(
        self, place: Place, content: str, user: User, fault: GenieFault = NO_FAULT
    ) -> Message:
        """Asks the next question of a conversation."""
        question = checked_question(content)
        if len(place.conversation.messages) >= MOST_MESSAGES:
            raise invalid(f"A conversation holds at most {MOST_MESSAGES:,} messages.")
        self.budget.spend()
        return self._ask(place, question, user, fault)

    def _ask(self, place: Place, question: str, user: User, fault: GenieFault) -> Message:
        now = self._now_ms()
        entry, conversation = place.entry, place.conversation
        plans = [m.plan for m in conversation.messages if m.plan is not None]
        message = Message(question, conversation.id, entry.id, user.id, now, now)
        conversation.messages.append(message)
        conversation.updated = now
        work = self._answering.answer(message, entry, user, plans[-1] if plans else None, fault)
        task = self._background.start(work)
        self._tasks[message.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(message.id, None))
        return message

    def place(self, space_id: str, conversation_id: str, user: User) -> Place:
        """The conversation of the user in the space. Raises ApiError 403 or 404."""
        entry = self._registry.find(space_id, user)
        return Place(entry, self.conversations.get(entry.id, conversation_id, user))

    def message(self, place: Place, message_id: str) -> Message:
        """A message as it stands now; rows that have expired show in its status."""
        message = self.conversations.message(place.conversation, message_id)
        if message.queries and message.status in {Status.COMPLETED, Status.QUERY_RESULT_EXPIRED}:
            statement = message.queries[-1].statement
            expired = statement is not None and self._statements.expired(statement)
            message.status = Status.QUERY_RESULT_EXPIRED if expired else Status.COMPLETED
        return message

    def rows(self, message: Message, attachment_id: str) -> tuple[Statement, Result | None]:
        """The statement behind an attachment, and the rows Genie shows (None while it runs)."""
        query = attachment(message, attachment_id)
        ready = {Status.EXECUTING_QUERY, Status.COMPLETED, Status.QUERY_RESULT_EXPIRED}
        if message.status not in ready or query.statement is None:
            raise invalid(
                f"The message has status {message.status}; there is no query result to get."
            )
        if self._statements.expired(query.statement):
            raise ApiError(
                404,
                "RESOURCE_DOES_NOT_EXIST",
                "The query result has expired. Use execute-query to run it again.",
            )
        return query.statement, query.visible()

    def run_again(
        self, entry: RegisteredSpace, message: Message, attachment_id: str, user: User
    ) -> Statement:
        """Runs an attachment's SQL anew; its rows replace the old ones."""
        query = attachment(message, attachment_id)
        query.statement = self._answering.submit(query, entry, user)
        return query.statement

    def start_download(
        self, entry: RegisteredSpace, message: Message, attachment_id: str, user: User
    ) -> tuple[str, str]:
        """Runs the SQL again for a full download; returns the download's id and signature."""
        query = attachment(message, attachment_id)
        download_id, signature = secrets.token_hex(16), secrets.token_urlsafe(24)
        statement = self._answering.submit(query, entry, user, external=True)
        self._downloads[download_id] = (signature, statement)
        while len(self._downloads) > MOST_DOWNLOADS:
            del self._downloads[next(iter(self._downloads))]
        return download_id, signature

    def download(self, download_id: str, signature: str) -> Statement:
        """The statement of a download. Raises ApiError 404 unless both values are right."""
        expected, statement = self._downloads.get(download_id, ("", None))
        if statement is None or not secrets.compare_digest(expected, signature):
            raise not_found("Download", download_id)
        return statement

    def comment(self, message: Message, content: str, user: User) -> Comment:
        """Keeps what the user says about a message."""
        if len(message.comments) >= MOST_COMMENTS:
            raise invalid(f"A message holds at most {MOST_COMMENTS:,} comments.")
        comment = Comment(content, user.id, self._now_ms())
        message.comments.append(comment)
        return comment

    def delete_conversation(self, place: Place) -> None:
        """Forgets a conversation; questions still being answered are given up."""
        for message in place.conversation.messages:
            self._give_up(message)
        self.conversations.remove(place.conversation)

    def delete_message(self, place: Place, message: Message) -> None:
        """Forgets one message."""
        self._give_up(message)
        place.conversation.messages.remove(message)

    def _give_up(self, message: Message) -> None:
        if task := self._tasks.get(message.id):
            task.cancel()


def attachment(message: Message, attachment_id: str) -> QueryAttachment:
    """A query attachment of the message. Raises ApiError 404."""
    query = message.query(attachment_id)
    if query is None:
        raise not_found("Attachment", attachment_id)
    return query


def checked_question(content: str) -> str:
    """The question without white space around it. Raises ApiError 400."""
    question = content.strip()
    if not question:
        raise invalid("content must not be empty.")
    if len(question) > LONGEST_QUESTION:
        raise invalid(
            f"content has {len(question):,} characters; at most {LONGEST_QUESTION:,} are allowed."
        )
    return question
