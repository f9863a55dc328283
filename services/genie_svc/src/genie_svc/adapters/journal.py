"""The durable memory of questions, in SQL."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    CursorResult,
    Double,
    Index,
    String,
    Table,
    Text,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from genie_svc.adapters.database import METADATA, Database
from genie_svc.domain.question import Question
from genie_svc.ports import Clock, Entry

QUESTIONS: Final = Table(
    "genie_questions",
    METADATA,
    Column("owner", String(200), primary_key=True),
    Column("request_id", String(128), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("space_id", String(128), nullable=False),
    Column("posted_at", Double, nullable=False),
    Column("conversation_id", String(128), nullable=False, default=""),
    Column("message_id", String(128), nullable=False, default=""),
    Column("outcome", Text, nullable=False, default=""),
    Column("cancelled", Boolean, nullable=False, default=False),
    Index("genie_questions_by_conversation", "owner", "conversation_id"),
    Index("genie_questions_by_age", "posted_at"),
)


class SqlJournal:
    """A `Journal` in SQLite or PostgreSQL."""

    def __init__(self, database: Database, clock: Clock, *, kept_seconds: float) -> None:
        self._database = database
        self._clock = clock
        self._kept_seconds = kept_seconds

    async def find(self, owner: str, request_id: str) -> Entry | None:
        """What is known of a question."""
        query = select(
            QUESTIONS.c.fingerprint,
            QUESTIONS.c.posted_at,
            QUESTIONS.c.conversation_id,
            QUESTIONS.c.message_id,
            QUESTIONS.c.outcome,
            QUESTIONS.c.cancelled,
        ).where(QUESTIONS.c.owner == owner, QUESTIONS.c.request_id == request_id)

        async def work(connection: AsyncConnection) -> Entry | None:
            row = (await connection.execute(query)).one_or_none()
            return Entry(*row) if row is not None else None

        return await self._database.read(work)

    async def sending(
        self, owner: str, question: Question, posted_at: float, *, instead_of: Entry | None
    ) -> bool:
        """Records that the question is about to be sent."""
        values = {
            "owner": owner,
            "request_id": question.request_id,
            "fingerprint": question.fingerprint,
            "space_id": question.space_id,
            "posted_at": posted_at,
        }
        insert = postgres_insert if self._database.shared else sqlite_insert
        statement: Any
        if instead_of is None:
            statement = insert(QUESTIONS).values(values).on_conflict_do_nothing()
        else:
            statement = (
                update(QUESTIONS)
                .where(
                    QUESTIONS.c.owner == owner,
                    QUESTIONS.c.request_id == question.request_id,
                    QUESTIONS.c.message_id == "",
                    QUESTIONS.c.posted_at == instead_of.posted_at,
                )
                .values(posted_at=posted_at)
            )
        return await self._write(statement) == 1

    async def accepted(
        self, owner: str, request_id: str, conversation_id: str, message_id: str
    ) -> None:
        """Records that Genie took the question."""
        await self._update(
            owner, request_id, conversation_id=conversation_id, message_id=message_id
        )

    async def refused(self, owner: str, request_id: str) -> None:
        """Forgets a question that Genie certainly did not take."""
        await self._write(
            delete(QUESTIONS).where(
                QUESTIONS.c.owner == owner,
                QUESTIONS.c.request_id == request_id,
                QUESTIONS.c.message_id == "",
            )
        )

    async def finished(self, owner: str, request_id: str, outcome: str, *, cancelled: bool) -> None:
        """Records the final message."""
        await self._update(owner, request_id, outcome=outcome, cancelled=cancelled)

    async def claimed(self, owner: str, conversation_ids: Collection[str]) -> frozenset[str]:
        """Message ids that belong to recorded questions."""
        query = select(QUESTIONS.c.message_id).where(
            QUESTIONS.c.owner == owner, QUESTIONS.c.conversation_id.in_(conversation_ids)
        )

        async def work(connection: AsyncConnection) -> frozenset[str]:
            return frozenset((await connection.execute(query)).scalars())

        return await self._database.read(work)

    async def forget_old(self) -> int:
        """Drops questions that are older than the kept time; returns how many."""
        oldest = self._clock.time() - self._kept_seconds
        return await self._write(delete(QUESTIONS).where(QUESTIONS.c.posted_at < oldest))

    async def _update(self, owner: str, request_id: str, **values: object) -> None:
        await self._write(
            update(QUESTIONS)
            .where(QUESTIONS.c.owner == owner, QUESTIONS.c.request_id == request_id)
            .values(**values)
        )

    async def _write(self, statement: Any) -> int:
        async def work(connection: AsyncConnection) -> int:
            result: CursorResult[Any] = await connection.execute(statement)
            return result.rowcount

        return await self._database.write(work)
