"""Answers one message in the background, status by status, as one watches the real Genie do."""

import asyncio
import logging
import random
from collections.abc import Callable
from functools import partial

from local_workspace.faults.rules import GenieFault
from local_workspace.genie.model import FINAL, Message, QueryAttachment, Status, new_id
from local_workspace.genie.qualify import qualified
from local_workspace.genie.shapes import suggestions_json, text_json
from local_workspace.identity import User
from local_workspace.model_translation.translator import ModelTranslator
from local_workspace.pace import Delay, wait
from local_workspace.ports import Translator
from local_workspace.registry import RegisteredSpace, Registry
from local_workspace.spaces import SpaceDataError
from local_workspace.statements.statement import State, Statement
from local_workspace.statements.store import Request, Statements
from local_workspace.translate.plan import Answer, Clarification, Plan

log = logging.getLogger(__name__)

BEFORE_SQL = (Status.FETCHING_METADATA, Status.FILTERING_CONTEXT, Status.ASKING_AI)
SHARES = {
    Status.FETCHING_METADATA: 0.1,
    Status.FILTERING_CONTEXT: 0.1,
    Status.ASKING_AI: 0.5,
    Status.PENDING_WAREHOUSE: 0.1,
    Status.EXECUTING_QUERY: 0.2,
}
NO_FAULT = GenieFault()
LONGEST_TEXT_ROW = 5


class Answering:
    """Translates the question, runs the SQL, fills in the message."""

    def __init__(
        self,
        *,
        translate: Translator,
        registry: Registry,
        statements: Statements,
        delay: Delay,
        dice: random.Random,
        rows: int,
        now_ms: Callable[[], int],
        second: ModelTranslator | None = None,
    ) -> None:
        self._translate = translate
        self._second = second
        self._registry = registry
        self._statements = statements
        self._delay = delay
        self._dice = dice
        self._rows = rows
        self._now_ms = now_ms

    async def answer(
        self,
        message: Message,
        entry: RegisteredSpace,
        user: User,
        previous: Plan | None,
        fault: GenieFault = NO_FAULT,
    ) -> None:
        """Brings the message to a final status, whatever happens."""
        try:
            await self._answer(message, entry, user, previous, fault)
        except asyncio.CancelledError:
            self._set(message, Status.CANCELLED)
            raise
        except SpaceDataError as error:
            self._fail(message, "TABLES_MISSING_EXCEPTION", str(error))
        except Exception:
            log.exception("a Genie question failed")
            self._fail(message, "UNEXPECTED_REPLY_PROCESS_EXCEPTION", "Something went wrong.")

    async def _answer(
        self,
        message: Message,
        entry: RegisteredSpace,
        user: User,
        previous: Plan | None,
        fault: GenieFault,
    ) -> None:
        seconds = self._delay.draw(self._dice) if fault.seconds is None else fault.seconds
        for status in BEFORE_SQL:
            await self._step(message, status, seconds)
        if fault.statuses is not None:
            for unusual in fault.statuses:
                await self._step(message, unusual, seconds)
            if fault.statuses[-1:] and fault.statuses[-1] in FINAL:
                return
        if fault.stuck:
            await asyncio.Event().wait()
        if self._ended_by(fault, message):
            return
        if fault.clarification is not None:
            reply: Answer | Clarification = Clarification(fault.clarification)
        else:
            catalog = await self._registry.catalog(entry)
            # The first question of a space builds its word list: half a second, off the loop.
            reply = await asyncio.to_thread(self._translate, message.content, catalog, previous)
            if isinstance(reply, Clarification) and self._second is not None:
                trial = partial(self._why_it_fails, entry, user)
                reply = await self._second.answer(
                    message.content,
                    catalog,
                    reply,
                    trial,
                    with_values=not user.restrictions.get(entry.space.name),
                )
        if isinstance(reply, Clarification):
            self._ask_back(message, reply)
        else:
            await self._run(message, entry, user, reply, fault, seconds)

    async def _why_it_fails(self, entry: RegisteredSpace, user: User, sql: str) -> str:
        """Runs SQL as the user, behind the same checks as everybody's; empty when it runs."""
        statement = self._statements.submit(user, Request(sql, [entry]))
        await statement.finished.wait()
        if statement.state is State.SUCCEEDED:
            return ""
        return statement.error.message if statement.error is not None else "It was cancelled."

    async def _run(
        self,
        message: Message,
        entry: RegisteredSpace,
        user: User,
        reply: Answer,
        fault: GenieFault,
        seconds: float,
    ) -> None:
        message.plan = reply.plan
        sql = await asyncio.to_thread(qualified, reply.sql, entry)
        query = QueryAttachment(reply.title, reply.description, sql, reply.source, rows=self._rows)
        query.updated = self._now_ms()
        if fault.rows is not None:
            query.rows = fault.rows
        if fault.attachments == "two_queries":
            # What a self-correction leaves behind: the query that was given up comes first.
            first = QueryAttachment(
                reply.title,
                reply.description,
                f"SELECT * FROM ({sql}) LIMIT 1",  # noqa: S608
            )
            aside = text_json(new_id(), "Let me correct the query.", asks_back=False)
            message.queries.append(first)
            message.attachments = [first, aside, query]
        else:
            message.attachments = [query]
        message.queries.append(query)
        await self._step(message, Status.PENDING_WAREHOUSE, seconds)
        for item in message.queries:
            item.statement = self.submit(item, entry, user, fault.statement_pending_seconds)
        await self._step(message, Status.EXECUTING_QUERY, seconds)
        for item in message.queries:
            if item.statement is not None and not fault.statement_pending_seconds:
                await item.statement.finished.wait()
        self._finish(message, query, fault)

    def submit(
        self,
        query: QueryAttachment,
        entry: RegisteredSpace,
        user: User,
        pending: float = 0.0,
        *,
        external: bool = False,
    ) -> Statement:
        """Runs a query attachment's SQL as the user, over the tables of the space."""
        format_name = "CSV" if external else "JSON_ARRAY"
        request = Request(
            query.sql, [entry], external=external, format=format_name, pending_seconds=pending
        )
        return self._statements.submit(user, request)

    def _finish(self, message: Message, query: QueryAttachment, fault: GenieFault) -> None:
        statement = query.statement
        if statement is not None and statement.state is State.FAILED:
            text = statement.error.message if statement.error is not None else ""
            self._fail(message, "SQL_EXECUTION_EXCEPTION", text)
            return
        if statement is not None and statement.state is State.CANCELED:
            self._set(message, Status.CANCELLED)
            return
        for item in message.queries:
            if item.statement is not None and item.statement.result is not None:
                whole = item.statement.result
                item.row_count = whole.row_count
                item.is_truncated = bool(whole.truncated) or whole.row_count > item.rows
        if query.row_count is not None and message.attachments is not None:
            message.attachments.append(
                text_json(new_id(), f"{query.description} {counted(query)}", asks_back=False)
            )
        reshape(message, fault)
        # Set at once: whoever looked just before this reads the status only when it answers.
        expired = fault.final == "QUERY_RESULT_EXPIRED"
        self._set(message, Status.QUERY_RESULT_EXPIRED if expired else Status.COMPLETED)

    def _ask_back(self, message: Message, reply: Clarification) -> None:
        message.attachments = [text_json(new_id(), reply.text, asks_back=True)]
        if reply.suggestions:
            message.attachments.append(suggestions_json(new_id(), list(reply.suggestions)))
        self._set(message, Status.COMPLETED)

    def _ended_by(self, fault: GenieFault, message: Message) -> bool:
        if fault.final in {None, "COMPLETED", "QUERY_RESULT_EXPIRED"} and not fault.error_type:
            return False
        if fault.final == "CANCELLED":
            message.attachments = []
            message.error = {
                "error": fault.error or "Message was cancelled.",
                "type": fault.error_type or "MESSAGE_CANCELLED_WHILE_EXECUTING_EXCEPTION",
            }
            self._set(message, Status.CANCELLED)
            return True
        self._fail(
            message,
            fault.error_type or "GENERIC_CHAT_COMPLETION_EXCEPTION",
            fault.error or "The question could not be answered.",
        )
        return True

    async def _step(self, message: Message, status: str, seconds: float) -> None:
        self._set(message, status)
        known = Status(status) if status in Status.__members__ else None
        await wait(seconds * SHARES.get(known, 0.1) if known else seconds * 0.1)

    def _fail(self, message: Message, error_type: str, text: str) -> None:
        message.error = {"error": text, "type": error_type}
        self._set(message, Status.FAILED)

    def _set(self, message: Message, status: str) -> None:
        message.status = status
        message.updated = self._now_ms()


def counted(query: QueryAttachment) -> str:
    """How many rows the query gave, in words."""
    noun = "row" if query.row_count == 1 else "rows"
    cut = f", of which {query.rows:,} are shown" if query.is_truncated else ""
    return f"The query returned {query.row_count:,} {noun}{cut}."


def reshape(message: Message, fault: GenieFault) -> None:
    """Gives a completed message the attachments that a fault asks for."""
    if fault.attachments == "null":
        message.attachments = None
    elif fault.attachments == "missing":
        message.without_attachments = True
    elif fault.attachments == "empty":
        message.attachments = []
    elif fault.attachments == "text_only":
        kept = message.attachments or []
        message.attachments = [item for item in kept if isinstance(item, dict)]
    if fault.final == "QUERY_RESULT_EXPIRED":
        for query in message.queries:
            if query.statement is not None:
                query.statement.close()
