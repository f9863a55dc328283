"""Single steps of a conversation, for callers who wait themselves."""

from __future__ import annotations

from contextlib import aclosing

from aislides_runtime.deadlines import Deadline

from genie_svc.asking import Accepted, Asking
from genie_svc.domain.errors import GenieError
from genie_svc.domain.message import Message
from genie_svc.domain.question import Question
from genie_svc.ports import Workspace
from genie_svc.waiting import Waiting


class Conversations:
    """Asks without waiting, and acts on messages."""

    def __init__(self, asking: Asking, waiting: Waiting) -> None:
        self._asking = asking
        self._waiting = waiting

    async def ask(self, workspace: Workspace, question: Question, deadline: Deadline) -> Message:
        """The message as soon as Genie accepted it, or as it stands when it was asked before."""
        accepted: Accepted | None = None
        async with aclosing(self._asking.ask(workspace, question, deadline)) as steps:
            async for step in steps:
                if isinstance(step, Accepted):
                    accepted = step
        if accepted is None:
            raise AssertionError("asking ends with an accepted question")
        if accepted.message is not None:
            return accepted.message
        return await workspace.get_message(
            question.space_id, accepted.conversation_id, accepted.message_id
        )

    async def cancel(self, workspace: Workspace, message: Message) -> tuple[bool, int]:
        """Releases all who wait for the message and cancels its statement.

        Returns whether a statement was told to cancel, and how many were released.
        """
        released = self._waiting.release(
            workspace.owner, message.conversation_id, message.message_id
        )
        query = message.query
        if message.status.terminal or query is None or not query.statement_id:
            return False, released
        try:
            await workspace.cancel_statement(query.statement_id)
        except GenieError:
            return False, released
        return True, released
