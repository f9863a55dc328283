"""Runs statements for users and keeps their results for a while."""

import asyncio
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from local_workspace.api_errors import not_found
from local_workspace.background import Background
from local_workspace.identity import User
from local_workspace.pace import Delay, wait
from local_workspace.registry import RegisteredSpace, Registry
from local_workspace.sandbox.binding import executable, with_parameters
from local_workspace.sandbox.errors import StatementError, StatementTooLarge
from local_workspace.sandbox.guard import checked
from local_workspace.sandbox.pool import Sandbox, StatementLimits
from local_workspace.sandbox.result import Result
from local_workspace.settings import StatementSettings
from local_workspace.statements.statement import State, Statement

MOST_STATEMENTS = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """What to run: Databricks SQL over the tables of `spaces`.

    `first_wins` says that their order decides which table a bare name means.
    """

    text: str
    spaces: Sequence[RegisteredSpace]
    first_wins: bool = False
    parameters: Mapping[str, exp.Expr] | None = None
    row_limit: int | None = None
    byte_limit: int | None = None
    external: bool = False
    format: str = "JSON_ARRAY"
    pending_seconds: float = 0.0


class Statements:
    """All statements of the workspace, by id; each belongs to the user who submitted it."""

    def __init__(
        self,
        *,
        settings: StatementSettings,
        delay: Delay,
        dice: random.Random,
        sandbox: Sandbox,
        registry: Registry,
        background: Background,
        now: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._delay = delay
        self._dice = dice
        self._sandbox = sandbox
        self._registry = registry
        self._background = background
        self._now = now
        self._statements: dict[str, Statement] = {}

    def submit(self, user: User, request: Request) -> Statement:
        """Starts a statement and returns at once."""
        self._forget_old()
        statement = Statement(
            id=f"01f0{secrets.token_hex(14)}",
            owner=user.user_name,
            text=request.text,
            expires=self._now() + self._settings.result_seconds,
            external=request.external,
            format=request.format,
        )
        self._statements[statement.id] = statement
        statement.task = self._background.start(self._run(statement, user, request))
        return statement

    def get(self, statement_id: str, user: User) -> Statement:
        """The user's own statement; its rows are gone when it has expired. Raises ApiError 404."""
        statement = self._statements.get(statement_id)
        if statement is None or statement.owner != user.user_name:
            raise not_found("Statement", statement_id)
        self.expired(statement)
        return statement

    def expired(self, statement: Statement) -> bool:
        """Whether the rows are gone; drops them when their time has come."""
        if statement.finished.is_set() and self._now() >= statement.expires:
            statement.close()
        return statement.state is State.CLOSED

    async def wait(self, statement: Statement, seconds: float) -> None:
        """Waits for the end of the statement, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await statement.finished.wait()
        except TimeoutError:
            return

    async def cancel(self, statement: Statement) -> None:
        """Ends a statement that still runs; does nothing to a finished one."""
        if statement.task is not None and not statement.finished.is_set():
            statement.task.cancel()
            await asyncio.wait([statement.task])
            if not statement.finished.is_set():  # cancelled before its first step
                statement.finish(State.CANCELED)

    async def _run(self, statement: Statement, user: User, request: Request) -> None:
        try:
            await wait(request.pending_seconds + self._delay.draw(self._dice))
            statement.state = State.RUNNING
            statement.result = await self._rows(user, request)
            statement.expires = self._now() + self._settings.result_seconds
            statement.finish(State.SUCCEEDED)
            self._drop_oldest_results()
        except StatementError as error:
            statement.error = error
            statement.finish(State.FAILED)
        except asyncio.CancelledError:
            statement.finish(State.CANCELED)
            raise
        except BaseException:
            statement.error = StatementError("The statement could not be run.", "XX000")
            statement.finish(State.FAILED)
            raise

    def _prepared(self, user: User, request: Request) -> tuple[RegisteredSpace, str]:
        """The space whose tables are read, and the DuckDB text that runs."""
        schemas = [entry.schema for entry in request.spaces]
        query = checked(request.text, schemas, first_wins=request.first_wins)
        with_parameters(query, request.parameters or {})
        entry = next((e for e in request.spaces if query.schema in {None, e.schema}), None)
        if entry is None:
            raise StatementError("No space is shared with this user.", "42501")
        restrictions = user.restrictions.get(entry.space.name, {})
        return entry, executable(query, restrictions, self._row_limit(request) + 1)

    def _row_limit(self, request: Request) -> int:
        return min(request.row_limit or self._settings.rows, self._settings.rows)

    async def _rows(self, user: User, request: Request) -> Result:
        # Parsing takes up to 10 ms: in a thread, so that other calls are not held up.
        entry, sql = await asyncio.to_thread(self._prepared, user, request)
        largest = self._settings.external_bytes if request.external else self._settings.inline_bytes
        result = await self._sandbox.run(
            await self._registry.database(entry),
            sql,
            StatementLimits(
                seconds=self._settings.seconds,
                rows=self._row_limit(request),
                bytes=min(request.byte_limit or largest, largest),
                chunk_rows=self._settings.chunk_rows,
            ),
        )
        if result.truncated == "bytes" and not request.byte_limit and not request.external:
            raise StatementTooLarge(
                f"Inline byte limit exceeded. Statements executed with disposition=INLINE can have "
                f"a result size of at most {largest} bytes. Please execute the statement with "
                "disposition=EXTERNAL_LINKS if you want to download the full result."
            )
        return result

    def _drop_oldest_results(self) -> None:
        held = [s for s in self._statements.values() if s.result is not None]
        total = sum(s.result.size for s in held if s.result is not None)
        for statement in held[:-1]:
            if total <= self._settings.kept_bytes:
                return
            total -= statement.result.size if statement.result is not None else 0
            statement.close()

    def _forget_old(self) -> None:
        """Forgets the oldest finished statements when there are too many."""
        excess = len(self._statements) - MOST_STATEMENTS + 1
        if excess > 0:
            done = [s.id for s in self._statements.values() if s.finished.is_set()]
            for statement_id in done[:excess]:
                del self._statements[statement_id]
