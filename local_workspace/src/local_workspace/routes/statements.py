"""SQL statement execution."""

import re
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from local_workspace.api_errors import invalid, not_found
from local_workspace.identity import User
from local_workspace.registry import RegisteredSpace
from local_workspace.routes.access import Caller, Served
from local_workspace.routes.wellknown import base_url
from local_workspace.statements.manifest import chunk, statement_response
from local_workspace.statements.parameters import parameter_values
from local_workspace.statements.store import Request as StatementRequest
from local_workspace.workspace import Workspace

LONGEST_WAIT, SHORTEST_WAIT = 50, 5
WAIT = re.compile(r"(\d{1,3})s")

router = APIRouter(prefix="/api/2.0/sql/statements")


class ExecuteStatement(BaseModel):
    """The body of the POST. `wait_timeout` is 0s or 5s to 50s."""

    statement: str
    warehouse_id: str
    wait_timeout: str = "10s"
    on_wait_timeout: Literal["CONTINUE", "CANCEL"] = "CONTINUE"
    disposition: Literal["INLINE", "EXTERNAL_LINKS"] = "INLINE"
    format: Literal["JSON_ARRAY", "ARROW_STREAM", "CSV"] = "JSON_ARRAY"
    row_limit: int | None = None
    byte_limit: int | None = None
    parameters: list[dict[str, Any]] = []
    catalog: str | None = None
    schema_name: str | None = None
    query_tags: list[dict[str, Any]] = []

    model_config = {"populate_by_name": True}


@router.post("")
async def execute_statement(request: Request, workspace: Served, user: Caller) -> dict[str, Any]:
    """Submits a statement and waits for it as long as `wait_timeout` says."""
    try:
        raw = await request.json()
    except ValueError as error:
        raise invalid("The body is not JSON.") from error
    if isinstance(raw, dict) and "schema" in raw:
        raw["schema_name"] = raw.pop("schema")
    body = ExecuteStatement.model_validate(raw)
    seconds = wait_seconds(body.wait_timeout)
    statement = workspace.statements.submit(user, asked_for(body, workspace, user))
    await workspace.statements.wait(statement, seconds)
    if not statement.finished.is_set() and body.on_wait_timeout == "CANCEL" and seconds:
        await workspace.statements.cancel(statement)
    return statement_response(statement, link=workspace.links.maker(statement, base_url(request)))


def asked_for(body: ExecuteStatement, workspace: Workspace, user: User) -> StatementRequest:
    """The statement to run. Raises ApiError 400."""
    external = body.disposition == "EXTERNAL_LINKS"
    if body.format == "ARROW_STREAM":
        raise invalid("The local workspace has no ARROW_STREAM format; use JSON_ARRAY or CSV.")
    if body.format != "JSON_ARRAY" and not external:
        raise invalid(f"The format {body.format} needs the disposition EXTERNAL_LINKS.")
    for name, limit in (("row_limit", body.row_limit), ("byte_limit", body.byte_limit)):
        if limit is not None and limit < 1:
            raise invalid(f"{name} must be at least 1.")
    return StatementRequest(
        text=body.statement,
        spaces=in_order(workspace.registry.visible_to(user), body.catalog, body.schema_name),
        first_wins=bool(body.schema_name),
        parameters=parameter_values(body.parameters),
        row_limit=body.row_limit,
        byte_limit=body.byte_limit,
        external=external,
        format=body.format,
    )


def in_order(
    entries: list[RegisteredSpace], catalog: str | None, schema: str | None
) -> list[RegisteredSpace]:
    """The spaces whose tables may be read, those of the default schema first."""

    def elsewhere(entry: RegisteredSpace) -> bool:
        named = entry.schema
        return (catalog or named.catalog, schema or named.name) != (named.catalog, named.name)

    return sorted(entries, key=elsewhere)


def wait_seconds(text: str) -> int:
    """The seconds in a `wait_timeout`. Raises ApiError 400."""
    match = WAIT.fullmatch(text)
    seconds = int(match[1]) if match else -1
    if seconds != 0 and not SHORTEST_WAIT <= seconds <= LONGEST_WAIT:
        raise invalid(
            f"wait_timeout must be 0s or between {SHORTEST_WAIT}s and {LONGEST_WAIT}s, "
            f"not '{text[:20]}'."
        )
    return seconds


@router.get("/{statement_id}")
async def get_statement(
    statement_id: str, request: Request, workspace: Served, user: Caller
) -> dict[str, Any]:
    """State, and once it has succeeded manifest and first chunk."""
    statement = workspace.statements.get(statement_id, user)
    return statement_response(statement, link=workspace.links.maker(statement, base_url(request)))


@router.get("/{statement_id}/result/chunks/{index}")
async def get_chunk(
    statement_id: str, index: int, request: Request, workspace: Served, user: Caller
) -> dict[str, Any]:
    """One chunk of the rows."""
    statement = workspace.statements.get(statement_id, user)
    if statement.result is None:
        raise not_found("Result of statement", statement_id)
    link = workspace.links.maker(statement, base_url(request))
    try:
        return chunk(statement.id, statement.result, index, link)
    except IndexError as error:
        raise invalid(
            f"chunk_index {index} is not one of the {len(statement.result.chunks)} chunks."
        ) from error


@router.post("/{statement_id}/cancel")
async def cancel_statement(statement_id: str, workspace: Served, user: Caller) -> dict[str, Any]:
    """Ends a running statement; a finished one stays as it is."""
    await workspace.statements.cancel(workspace.statements.get(statement_id, user))
    return {}
