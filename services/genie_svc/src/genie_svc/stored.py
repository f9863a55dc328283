"""Runs stored SQL through statement execution, under the caller's identity."""

from __future__ import annotations

import asyncio
import contextlib

from aislides_runtime.deadlines import Deadline

from genie_svc.background import Background
from genie_svc.domain.errors import GenieError, NoWarehouse
from genie_svc.domain.ids import path_id
from genie_svc.domain.statement import State, Statement
from genie_svc.ports import Workspace
from genie_svc.spaces import Spaces
from genie_svc.statements import Statements, sql_error


class StoredSql:
    """Sends SQL once and waits for it; SQL whose caller leaves is cancelled."""

    def __init__(
        self,
        statements: Statements,
        spaces: Spaces,
        background: Background,
        *,
        send_seconds: float = 60.0,
    ) -> None:
        self._statements = statements
        self._spaces = spaces
        self._background = background
        self._send_seconds = send_seconds

    async def run(self, workspace: Workspace, space_id: str, sql: str, deadline: Deadline) -> str:
        """The id of the statement, once its rows can be read.

        Runs on the warehouse of the space. Raises NoWarehouse, SqlFailed, RunLost when nobody can
        say whether it runs, QuestionTimedOut at the deadline, and what the workspace answers.
        """
        space = await self._spaces.get(workspace, space_id)
        if not space.warehouse_id:
            raise NoWarehouse
        # Not given up halfway: only the reply names the statement that must then be cancelled.
        sending = self._background.start(
            workspace.run_statement(space.warehouse_id, sql), seconds=self._send_seconds
        )
        try:
            statement = await asyncio.shield(sending)
            path_id("statement_id", statement.statement_id)
            statement = await self._statements.ended(workspace, statement, deadline)
        except BaseException:
            self._background.start(_cancel(workspace, sending), seconds=2 * self._send_seconds)
            raise
        if statement.state is not State.SUCCEEDED:
            raise sql_error(statement)
        return statement.statement_id


async def _cancel(workspace: Workspace, sending: asyncio.Task[Statement]) -> None:
    with contextlib.suppress(GenieError):
        statement = await sending
        if statement.statement_id and statement.state is State.RUNNING:
            path_id("statement_id", statement.statement_id)
            await workspace.cancel_statement(statement.statement_id)
