"""Runs the SQL of an earlier answer again, without asking Genie."""

from __future__ import annotations

from dataclasses import dataclass

from aislides_runtime.deadlines import Deadline

from genie_svc.domain.errors import AccessDenied, ConversationNotFound, NoQuery
from genie_svc.domain.statement import State
from genie_svc.ports import Workspace
from genie_svc.statements import query_of, sql_error
from genie_svc.stored import StoredSql


@dataclass(frozen=True, slots=True)
class Rerun:
    """What to run again: an answer of Genie, stored SQL, or the second where the first is gone.

    `answer` is conversation and message; `attachment_id` may be empty.
    """

    space_id: str
    answer: tuple[str, str] | None
    attachment_id: str
    sql: str


class RunAgain:
    """Prefers what Genie holds: an answer that its owner corrected runs corrected."""

    def __init__(self, stored: StoredSql) -> None:
        self._stored = stored

    async def __call__(self, workspace: Workspace, wanted: Rerun, deadline: Deadline) -> str:
        """The id of the new statement; what Genie runs again may still be running.

        Raises NoQuery, SqlFailed, what `StoredSql.run` raises and what the workspace answers.
        """
        if wanted.answer is not None:
            try:
                return await _by_genie(workspace, wanted, wanted.answer)
            except (ConversationNotFound, NoQuery, AccessDenied):
                # Conversations are private to who began them; the rows are not: there the grants
                # of this identity decide.
                if not wanted.sql:
                    raise
        return await self._stored.run(workspace, wanted.space_id, wanted.sql, deadline)


async def _by_genie(workspace: Workspace, wanted: Rerun, answer: tuple[str, str]) -> str:
    message = await workspace.get_message(wanted.space_id, *answer)
    query = query_of(message, wanted.attachment_id)
    statement = await workspace.execute_query(message, query.attachment_id)
    if statement.state not in (State.RUNNING, State.SUCCEEDED):
        raise sql_error(statement)
    if not statement.statement_id:
        raise NoQuery("the workspace did not run the query again")
    return statement.statement_id
