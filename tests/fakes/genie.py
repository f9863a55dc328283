"""A Genie that answers as scripted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aislides.deck.v1 import result_pb2
from aislides_runtime.errors import ServiceError
from orchestrator_svc.ports import Progress, ReportProgress, Rows, Space, Words

Reply = result_pb2.Result | Words | ServiceError | asyncio.Event


class FakeGenie:
    """Answers each question with the scripted reply; an Event is waited for, for ever if unset."""

    def __init__(
        self, replies: Mapping[str, Reply], *, space: Space | ServiceError | None = None
    ) -> None:
        self._replies = dict(replies)
        self._space = space or Space("space1", "Test space")
        self.asked: list[tuple[str, str]] = []
        self.tenants: set[str] = set()

    async def list_spaces(self, page_size: int, page_token: str) -> tuple[list[Space], str]:
        """The one space."""
        return [await self.space("")], ""

    async def space(self, space_id: str) -> Space:
        """The scripted space."""
        if isinstance(self._space, ServiceError):
            raise self._space
        return self._space

    async def ask(
        self,
        *,
        question: str,
        space: Space,
        result_id: str,
        request_id: str,
        tenant: str,
        max_rows: int,
        report: ReportProgress,
    ) -> Rows | Words:
        """The scripted reply."""
        self.asked.append((question, request_id))
        self.tenants.add(tenant)
        await report(Progress("accepted"))
        reply = self._replies.pop(question)
        if isinstance(reply, asyncio.Event):
            await reply.wait()
            raise AssertionError("nobody scripted what follows")
        if isinstance(reply, ServiceError):
            raise reply
        if isinstance(reply, Words):
            return reply
        answer = result_pb2.Result()
        answer.CopyFrom(reply)
        answer.id = result_id
        answer.question = question
        return Rows(answer)

    def assert_used_up(self) -> None:
        """Fails when a scripted reply was not asked for."""
        assert not self._replies, f"never asked: {list(self._replies)}"
