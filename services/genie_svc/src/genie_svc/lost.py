"""Finds out whether a question whose reply was lost was asked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from genie_svc.domain.errors import GenieError, OutcomeUnknown
from genie_svc.domain.message import Message
from genie_svc.domain.question import Question
from genie_svc.ports import Clock, Entry, Journal, Workspace


@dataclass(frozen=True, slots=True)
class LostPolicy:
    """How long and how far to look.

    Genie shows a question that it took within `settle_seconds`. A question that another replica
    may still be sending is left alone for `foreign_seconds` more. `clock_skew_seconds` is how far
    the workspace's clock may be from ours.
    """

    settle_seconds: float = 10.0
    foreign_seconds: float = 0.0
    clock_skew_seconds: float = 600.0
    most_conversations: int = 20


class LostQuestions:
    """Looks a question up in Genie, by the conversations of the one who asked."""

    def __init__(self, journal: Journal, clock: Clock, policy: LostPolicy | None = None) -> None:
        self._journal = journal
        self._clock = clock
        self._policy = policy or LostPolicy()

    async def find(self, workspace: Workspace, question: Question, entry: Entry) -> Entry | None:
        """The entry with the message that the question became, recorded; None when Genie does not
        show one after long enough.

        Looks at once, then with growing gaps until the question was sent `settle_seconds` ago.
        Raises OutcomeUnknown when Genie cannot be read: then nothing may be concluded.
        """
        patience = self._policy.settle_seconds + self._policy.foreign_seconds
        age = self._clock.time() - entry.posted_at  # of any sign, should the clock have jumped
        ends = self._clock.monotonic() + min(patience, max(0.0, patience - age))
        gap = 0.25
        while True:
            current = await self._journal.find(workspace.owner, question.request_id)
            if current is not None and current.message_id:
                return current
            message = await self._look(workspace, question, entry)
            if message is not None:
                ids = (message.conversation_id, message.message_id)
                await self._journal.accepted(workspace.owner, question.request_id, *ids)
                return Entry(entry.fingerprint, entry.posted_at, *ids)
            left = ends - self._clock.monotonic()
            if left <= 0:
                return None
            await self._clock.sleep(min(gap, left))
            gap *= 2

    async def _look(self, workspace: Workspace, question: Question, entry: Entry) -> Message | None:
        """The first message with the question's text that no recorded question claims."""
        oldest = datetime.fromtimestamp(entry.posted_at, UTC) - timedelta(
            seconds=self._policy.clock_skew_seconds
        )
        candidates: list[Message] = []
        try:
            conversations = await self._conversations(workspace, question, oldest)
            claimed = await self._journal.claimed(workspace.owner, conversations)
            for conversation_id in conversations:
                for message in await workspace.list_messages(question.space_id, conversation_id):
                    same = unicodedata.normalize("NFC", message.question).strip() == question.text
                    recent = message.created_at is None or message.created_at >= oldest
                    if same and recent and message.message_id not in claimed:
                        candidates.append(message)
        except GenieError as error:
            raise OutcomeUnknown(retry_after=error.retry_after) from error
        newest = datetime.max.replace(tzinfo=UTC)
        return min(candidates, key=lambda m: m.created_at or newest, default=None)

    async def _conversations(
        self, workspace: Workspace, question: Question, oldest: datetime
    ) -> list[str]:
        if question.conversation_id:
            return [question.conversation_id]
        recent = [
            summary.conversation_id
            for summary in await workspace.list_conversations(question.space_id)
            if summary.created_at is None or summary.created_at >= oldest
        ]
        return recent[: self._policy.most_conversations]
