"""The durable memory of questions, in SQL."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    CursorResult,
    Double,
    Executable,
    Index,
    String,
    Table,
    Text,
    bindparam,
    delete,
    select,
    tuple_,
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
    Column("snapshot", String(64), nullable=False, default=""),
    Column("cancelled", Boolean, nullable=False, default=False),
    Index("genie_questions_by_conversation", "owner", "conversation_id"),
    Index("genie_questions_by_age", "posted_at"),
)


_MOST_TOGETHER: Final = 256
_Key = tuple[str, str]

_HERE: Final = (
    QUESTIONS.c.owner == bindparam("at_owner"),
    QUESTIONS.c.request_id == bindparam("at_request_id"),
)
_FIND: Final = select(
    QUESTIONS.c.owner,
    QUESTIONS.c.request_id,
    QUESTIONS.c.fingerprint,
    QUESTIONS.c.posted_at,
    QUESTIONS.c.conversation_id,
    QUESTIONS.c.message_id,
    QUESTIONS.c.outcome,
    QUESTIONS.c.snapshot,
    QUESTIONS.c.cancelled,
).where(tuple_(QUESTIONS.c.owner, QUESTIONS.c.request_id).in_(bindparam("keys", expanding=True)))
_SEND_AGAIN: Final = (
    update(QUESTIONS)
    .where(*_HERE, QUESTIONS.c.message_id == "", QUESTIONS.c.posted_at == bindparam("at_posted_at"))
    .values(posted_at=bindparam("posted_at"))
)
_ACCEPT: Final = (
    update(QUESTIONS)
    .where(*_HERE)
    .values(conversation_id=bindparam("conversation_id"), message_id=bindparam("message_id"))
)
_FORGET: Final = delete(QUESTIONS).where(*_HERE, QUESTIONS.c.message_id == "")
_FINISH: Final = (
    update(QUESTIONS)
    .where(*_HERE)
    .values(
        outcome=bindparam("outcome"),
        snapshot=bindparam("snapshot"),
        cancelled=bindparam("cancelled"),
    )
)
_CLAIMED: Final = select(QUESTIONS.c.message_id).where(
    QUESTIONS.c.owner == bindparam("at_owner"),
    QUESTIONS.c.conversation_id.in_(bindparam("conversation_ids", expanding=True)),
)
_FORGET_OLD: Final = delete(QUESTIONS).where(QUESTIONS.c.posted_at < bindparam("oldest"))


class SqlJournal:
    """A `Journal` in SQLite or PostgreSQL."""

    def __init__(self, database: Database, clock: Clock, *, kept_seconds: float) -> None:
        self._database = database
        self._clock = clock
        self._kept_seconds = kept_seconds
        self._sought: list[tuple[_Key, asyncio.Future[Entry | None]]] = []
        self._finding: asyncio.Task[None] | None = None
        insert = postgres_insert if database.shared else sqlite_insert
        # RETURNING tells whether a row went in; SQLAlchemy keeps no row count of inserts.
        self._insert = insert(QUESTIONS).on_conflict_do_nothing().returning(QUESTIONS.c.request_id)

    async def find(self, owner: str, request_id: str) -> Entry | None:
        """What is known of a question."""
        sought: asyncio.Future[Entry | None] = asyncio.get_running_loop().create_future()
        self._sought.append(((owner, request_id), sought))
        if self._finding is None:
            self._finding = asyncio.create_task(self._find_all())
        return await sought

    async def sending(
        self, owner: str, question: Question, posted_at: float, *, instead_of: Entry | None
    ) -> bool:
        """Records that the question is about to be sent."""
        if instead_of is not None:
            again = {
                "at_owner": owner,
                "at_request_id": question.request_id,
                "at_posted_at": instead_of.posted_at,
                "posted_at": posted_at,
            }
            return await self._write(_SEND_AGAIN, again) == 1
        values = {
            "owner": owner,
            "request_id": question.request_id,
            "fingerprint": question.fingerprint,
            "space_id": question.space_id,
            "posted_at": posted_at,
            "conversation_id": "",
            "message_id": "",
            "outcome": "",
            "snapshot": "",
            "cancelled": False,
        }

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(self._insert, values)).first() is not None

        return await self._database.write(work)

    async def accepted(
        self, owner: str, request_id: str, conversation_id: str, message_id: str
    ) -> None:
        """Records that Genie took the question."""
        ids = {"conversation_id": conversation_id, "message_id": message_id}
        await self._record(_ACCEPT, owner, request_id, **ids)

    async def refused(self, owner: str, request_id: str) -> None:
        """Forgets a question that Genie certainly did not take."""
        await self._record(_FORGET, owner, request_id)

    async def finished(
        self, owner: str, request_id: str, outcome: str, *, snapshot: str, cancelled: bool
    ) -> None:
        """Records the final message and the name of its rows."""
        values = {"outcome": outcome, "snapshot": snapshot, "cancelled": cancelled}
        await self._record(_FINISH, owner, request_id, **values)

    async def claimed(self, owner: str, conversation_ids: Collection[str]) -> frozenset[str]:
        """Message ids that belong to recorded questions."""
        values = {"at_owner": owner, "conversation_ids": list(conversation_ids)}

        async def work(connection: AsyncConnection) -> frozenset[str]:
            return frozenset((await connection.execute(_CLAIMED, values)).scalars())

        return await self._database.read(work)

    async def forget_old(self) -> int:
        """Drops questions that are older than the kept time; returns how many."""
        oldest = self._clock.time() - self._kept_seconds
        return await self._write(_FORGET_OLD, {"oldest": oldest})

    async def _find_all(self) -> None:
        """Looks up in one query what was asked for while the last one ran."""
        try:
            while self._sought:
                batch = self._sought[:_MOST_TOGETHER]
                del self._sought[:_MOST_TOGETHER]
                try:
                    found = await self._entries({key for key, _ in batch})
                except Exception as error:  # noqa: BLE001 - told to those who wait
                    for _, sought in batch:
                        if not sought.done():
                            sought.set_exception(error)
                    continue
                for key, sought in batch:
                    if not sought.done():
                        sought.set_result(found.get(key))
        finally:
            self._finding = None

    async def _entries(self, keys: set[_Key]) -> dict[_Key, Entry]:
        async def work(connection: AsyncConnection) -> dict[_Key, Entry]:
            rows = (await connection.execute(_FIND, {"keys": list(keys)})).all()
            return {(row[0], row[1]): Entry(*row[2:]) for row in rows}

        return await self._database.read(work)

    async def _record(
        self, statement: Executable, owner: str, request_id: str, **values: object
    ) -> None:
        at = {"at_owner": owner, "at_request_id": request_id}
        await self._database.record(statement, {**at, **values})

    async def _write(self, statement: Executable, values: dict[str, object]) -> int:
        async def work(connection: AsyncConnection) -> int:
            result: CursorResult[Any] = await connection.execute(statement, values)
            return result.rowcount

        return await self._database.write(work)
