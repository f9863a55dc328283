"""Chat completions, whole and streamed."""

import asyncio
import time
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse

from local_workspace.api_errors import ApiError
from local_workspace.chat.answer import answer
from local_workspace.chat.request import ChatRequest
from local_workspace.chat.stream import Streaming
from local_workspace.chat.whole import completion
from local_workspace.faults.rules import ChatFault
from local_workspace.pace import wait
from local_workspace.routes.access import Caller, Faulty, Served
from local_workspace.routes.endpoints import missing
from local_workspace.workspace import Workspace

router = APIRouter(prefix="/serving-endpoints")


@router.post("/chat/completions")
async def chat_completions(
    body: ChatRequest, workspace: Served, _: Caller, faults: Faulty
) -> Response:
    """The OpenAI client's path; the endpoint is named by `model`."""
    return await complete(body, body.model or "", workspace, faults.chat)


@router.post("/{name}/invocations")
async def invocations(
    name: str, body: ChatRequest, workspace: Served, _: Caller, faults: Faulty
) -> Response:
    """The same, with the endpoint in the path."""
    return await complete(body, name, workspace, faults.chat)


async def complete(
    body: ChatRequest, model: str, workspace: Workspace, fault: ChatFault
) -> Response:
    """Answers a chat request. Raises ApiError."""
    if model not in workspace.settings.chat_models:
        raise missing(model)
    refuse(body, fault)
    reply = await asyncio.to_thread(answer, body, workspace.analyst)
    created = int(workspace.now())
    first_token = workspace.pace.first_token.draw(workspace.dice)
    speed = fault.tokens_a_second or workspace.pace.tokens_a_second
    if body.stream:
        streaming = Streaming(body, reply, model=model, created=created, speed=speed, fault=fault)
        return StreamingResponse(streaming.events(first_token), media_type="text/event-stream")
    started = time.monotonic()
    await wait(
        first_token + (reply.tokens / speed if speed else 0.0) - (time.monotonic() - started)
    )
    return JSONResponse(completion(body, reply, model, created, fault))


def refuse(body: ChatRequest, fault: ChatFault) -> None:
    """Models differ in what they take; a rule says which parameter this one does not."""
    given: dict[str, Any] = {
        "response_format": body.response_format,
        "temperature": body.temperature,
        "tools": body.tools,
        "stream": body.stream or None,
    }
    for name in fault.refuse:
        if given[name] is not None:
            raise ApiError(400, "BAD_REQUEST", f"{name} is not supported for this model.")
