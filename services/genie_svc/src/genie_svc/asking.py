"""Gets a question accepted by Genie, exactly once for one request id."""

from __future__ import annotations

import asyncio
import unicodedata
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aislides_runtime.deadlines import Deadline

from genie_svc.background import Background
from genie_svc.domain.errors import (
    GenieError,
    OutcomeUnknown,
    RateLimited,
    RequestIdReused,
)
from genie_svc.domain.message import Message
from genie_svc.domain.question import Question
from genie_svc.ports import AskLost, Clock, Entry, Journal, Place, QuestionBudget, Workspace
from genie_svc.turns import Turns


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question that Genie took. `resumed` when nothing was asked now.

    `outcome` is the raw final message where it is known already. `message` is what Genie
    answered to the question itself, None when resumed.
    """

    conversation_id: str
    message_id: str
    resumed: bool
    outcome: str = ""
    cancelled: bool = False
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class AskingPolicy:
    """How a lost reply is settled.

    Genie shows a question that it took within `settle_seconds`. A question that another replica
    may still be sending is left alone for `foreign_seconds`. `send_seconds` bounds one question's
    sending and settling. `clock_skew_seconds` is how far the workspace's clock may be from ours.
    """

    settle_seconds: float = 10.0
    foreign_seconds: float = 0.0
    send_seconds: float = 90.0
    clock_skew_seconds: float = 600.0
    most_conversations: int = 20


class Asking:
    """Asks questions within the budget and never one of them twice."""

    def __init__(
        self,
        journal: Journal,
        budget: QuestionBudget,
        clock: Clock,
        background: Background,
        policy: AskingPolicy | None = None,
    ) -> None:
        self._journal = journal
        self._budget = budget
        self._clock = clock
        self._background = background
        self._policy = policy or AskingPolicy()
        self._turns = Turns()
        self._sending: dict[tuple[str, str], asyncio.Task[Accepted | None]] = {}

    async def ask(
        self, workspace: Workspace, question: Question, deadline: Deadline
    ) -> AsyncGenerator[Place | Accepted, None]:
        """Places in the queue while waiting, and at last what Genie accepted.

        Raises RequestIdReused, QueueFull, BudgetExhausted, OutcomeUnknown and what the workspace
        answers. A caller that goes away while the question is being sent loses nothing: what
        Genie accepted is recorded all the same.
        """
        key = (workspace.owner, question.request_id)
        async with self._turns.of(key):
            if under_way := self._sending.get(key):  # its caller went away
                await asyncio.wait([under_way])
            for _ in range(2):
                entry = await self._known(workspace, question)
                if entry is not None and not entry.message_id:
                    entry = await self._settled(workspace, question, entry)
                if entry is not None and entry.message_id:
                    yield _resumed(entry)
                    return
                async with aclosing(self._within_budget(workspace, question, entry, deadline)) as s:
                    async for step in s:
                        if step is None:
                            break
                        yield step
                        if isinstance(step, Accepted):
                            return
            raise OutcomeUnknown

    async def _within_budget(
        self, workspace: Workspace, question: Question, entry: Entry | None, deadline: Deadline
    ) -> AsyncGenerator[Place | Accepted | None, None]:
        """Places, then what Genie accepted, or None when the reply was lost and Genie shows
        no such question."""
        while True:
            async with self._budget.enter(question.tenant, deadline) as ticket:
                while (place := await ticket.advance()) is not None:
                    yield place
            try:
                yield await self._sent(workspace, question, entry)
            except RateLimited as limited:
                pause = limited.retry_after or 1.0
                await self._budget.pause(pause)
                if deadline.remaining() <= pause:
                    raise
                entry = None
            else:
                return

    async def _sent(
        self, workspace: Workspace, question: Question, entry: Entry | None
    ) -> Accepted | None:
        key = (workspace.owner, question.request_id)
        task = self._background.start(
            self._send(workspace, question, entry), seconds=self._policy.send_seconds
        )
        self._sending[key] = task
        task.add_done_callback(lambda _: self._sending.pop(key, None))
        return await asyncio.shield(task)

    async def _send(
        self, workspace: Workspace, question: Question, entry: Entry | None
    ) -> Accepted | None:
        owner, request_id = workspace.owner, question.request_id
        posted_at = self._clock.time()
        if not await self._journal.sending(owner, question, posted_at, instead_of=entry):
            return None  # another replica sends it: settle with what it recorded
        try:
            if question.conversation_id:
                message = await workspace.create_message(
                    question.space_id, question.conversation_id, question.text
                )
            else:
                message = await workspace.start_conversation(question.space_id, question.text)
        except AskLost:
            sent = Entry(question.fingerprint, posted_at)
            found = await self._look_up(workspace, question, sent, self._policy.settle_seconds)
            if found is None:
                return None
            message = found
        except GenieError:
            await self._journal.refused(owner, request_id)
            raise
        await self._journal.accepted(owner, request_id, message.conversation_id, message.message_id)
        return Accepted(message.conversation_id, message.message_id, resumed=False, message=message)

    async def _known(self, workspace: Workspace, question: Question) -> Entry | None:
        entry = await self._journal.find(workspace.owner, question.request_id)
        if entry is not None and entry.fingerprint != question.fingerprint:
            raise RequestIdReused
        return entry

    async def _settled(self, workspace: Workspace, question: Question, entry: Entry) -> Entry:
        """The entry with its message, where Genie shows one; a process may have died here."""
        since = self._clock.time() - entry.posted_at
        patience = self._policy.settle_seconds + self._policy.foreign_seconds
        left = min(patience, max(0.0, patience - since))
        found = await self._look_up(workspace, question, entry, left)
        if found is None:
            current = await self._known(workspace, question)
            return current if current is not None and current.message_id else entry
        await self._journal.accepted(
            workspace.owner, question.request_id, found.conversation_id, found.message_id
        )
        return Entry(entry.fingerprint, entry.posted_at, found.conversation_id, found.message_id)

    async def _look_up(
        self, workspace: Workspace, question: Question, entry: Entry, seconds: float
    ) -> Message | None:
        """The message in Genie that this question became, looked for until `seconds` are over.

        Raises OutcomeUnknown when Genie cannot be read: then nothing may be concluded.
        """
        ends = self._clock.monotonic() + seconds
        gap = 0.5
        while True:
            try:
                found = await self._look(workspace, question, entry)
            except GenieError as error:
                raise OutcomeUnknown(retry_after=error.retry_after) from error
            left = ends - self._clock.monotonic()
            if found is not None or left <= 0:
                return found
            await self._clock.sleep(min(gap, left))
            gap *= 2

    async def _look(self, workspace: Workspace, question: Question, entry: Entry) -> Message | None:
        oldest = datetime.fromtimestamp(entry.posted_at, UTC) - timedelta(
            seconds=self._policy.clock_skew_seconds
        )
        if question.conversation_id:
            conversations = [question.conversation_id]
        else:
            conversations = [
                summary.conversation_id
                for summary in await workspace.list_conversations(question.space_id)
                if summary.created_at is None or summary.created_at >= oldest
            ][: self._policy.most_conversations]
        if not conversations:
            return None
        claimed = await self._journal.claimed(workspace.owner, conversations)
        candidates: list[Message] = []
        for conversation_id in conversations:
            for message in await workspace.list_messages(question.space_id, conversation_id):
                same = unicodedata.normalize("NFC", message.question).strip() == question.text
                recent = message.created_at is None or message.created_at >= oldest
                if same and recent and message.message_id not in claimed:
                    candidates.append(message)
        newest = datetime.max.replace(tzinfo=UTC)
        return min(candidates, key=lambda m: m.created_at or newest, default=None)


def new_request_id() -> str:
    """An id for a caller who gave none."""
    return f"auto-{uuid.uuid4().hex}"


def _resumed(entry: Entry) -> Accepted:
    return Accepted(
        entry.conversation_id,
        entry.message_id,
        resumed=True,
        outcome=entry.outcome,
        cancelled=entry.cancelled,
    )
