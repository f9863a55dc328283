"""Calls that Databricks has replaced and that older samples still make: rows by message."""

from typing import Any

from fastapi import APIRouter

from local_workspace.api_errors import not_found
from local_workspace.genie.model import Message
from local_workspace.routes.access import Asked, Caller, Here, Served
from local_workspace.routes.results import execute_query, query_result

router = APIRouter(
    prefix="/api/2.0/genie/spaces/{space_id}/conversations/{conversation_id}/messages/{message_id}"
)


@router.get("/query-result")
async def message_query_result(message: Asked, workspace: Served) -> dict[str, Any]:
    """The rows of the message's last query."""
    return await query_result(_last(message), message, workspace)


@router.get("/query-result/{attachment_id}")
async def attachment_query_result(
    attachment_id: str, message: Asked, workspace: Served
) -> dict[str, Any]:
    """The rows of one query of the message."""
    return await query_result(attachment_id, message, workspace)


@router.post("/execute-query")
async def execute_message_query(
    place: Here, message: Asked, workspace: Served, user: Caller
) -> dict[str, Any]:
    """Runs the message's last query again."""
    return await execute_query(_last(message), place, message, workspace, user)


def _last(message: Message) -> str:
    if not message.queries:
        raise not_found("Query of message", message.id)
    return message.queries[-1].id
