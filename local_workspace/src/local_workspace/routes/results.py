"""The rows behind Genie's query attachments."""

from typing import Any

from fastapi import APIRouter, Request

from local_workspace.routes.access import Asked, Caller, Here, Served
from local_workspace.routes.wellknown import base_url
from local_workspace.statements.manifest import statement_response

router = APIRouter(
    prefix="/api/2.0/genie/spaces/{space_id}/conversations/{conversation_id}"
    "/messages/{message_id}/attachments/{attachment_id}"
)


@router.get("/query-result")
async def query_result(attachment_id: str, message: Asked, workspace: Served) -> dict[str, Any]:
    """The rows, at most 5,000; status alone while the statement still runs."""
    statement, rows = workspace.genie.rows(message, attachment_id)
    return {"statement_response": statement_response(statement, result=rows)}


@router.post("/execute-query")
async def execute_query(
    attachment_id: str, place: Here, message: Asked, workspace: Served, user: Caller
) -> dict[str, Any]:
    """Runs the attachment's SQL again."""
    statement = workspace.genie.run_again(place.entry, message, attachment_id, user)
    return {"statement_response": statement_response(statement)}


@router.post("/downloads")
async def start_download(
    attachment_id: str, place: Here, message: Asked, workspace: Served, user: Caller
) -> dict[str, Any]:
    """Runs the SQL again for all of its rows."""
    download = workspace.genie.start_download(place.entry, message, attachment_id, user)
    return {"download_id": download[0], "download_id_signature": download[1]}


@router.get("/downloads/{download_id}")
async def get_download(
    download_id: str,
    request: Request,
    _: Asked,
    workspace: Served,
    download_id_signature: str = "",
) -> dict[str, Any]:
    """Links to all rows, once the statement is done."""
    statement = workspace.genie.download(download_id, download_id_signature)
    link = workspace.links.maker(statement, base_url(request))
    return {"statement_response": statement_response(statement, link=link)}
