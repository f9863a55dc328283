"""Gets a question accepted by Genie, exactly once for one request id."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from aislides_runtime.deadlines import Deadline
from aislides_runtime.logs import get_logger

from genie_svc.background import Background
from genie_svc.domain.errors import (
    GenieError,
    OutcomeUnknown,
    RateLimited,
    RequestIdReused,
)
from genie_svc.domain.message import Message
from genie_svc.domain.question import Question
from genie_svc.lost import LostQuestions
from genie_svc.ports import AskLost, Clock, Entry, Journal, Place, QuestionBudget, Workspace
from genie_svc.turns import Turns

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question that Genie took. `resumed` when nothing was asked now.

    `outcome` is the raw final message where it is known already, `snapshot` the name of its rows.
    `message` is what Genie answered to the question itself, None when resumed.
    """

    conversation_id: str
    message_id: str
    resumed: bool
    outcome: str = ""
    snapshot: str = ""
    cancelled: bool = False
    message: Message | None = None


class Asking:
    """Asks questions within the budget and never one of them twice."""

    def __init__(
        self,
        journal: Journal,
        budget: QuestionBudget,
        clock: Clock,
        background: Background,
        lost: LostQuestions,
        *,
        send_seconds: float = 90.0,
    ) -> None:
        self._journal = journal
        self._budget = budget
        self._clock = clock
        self._background = background
        self._lost = lost
        self._send_seconds = send_seconds
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
                    entry = await self._lost.find(workspace, question, entry) or entry
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
            self._send(workspace, question, entry), seconds=self._send_seconds
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
            found = await self._lost.find(workspace, question, sent)
            log.warning("question_reply_lost", request_id=request_id, found=found is not None)
            if found is None:
                return None
            return Accepted(found.conversation_id, found.message_id, resumed=False)
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


def new_request_id() -> str:
    """An id for a caller who gave none."""
    return f"auto-{uuid.uuid4().hex}"


def _resumed(entry: Entry) -> Accepted:
    return Accepted(
        entry.conversation_id,
        entry.message_id,
        resumed=True,
        outcome=entry.outcome,
        snapshot=entry.snapshot,
        cancelled=entry.cancelled,
    )
