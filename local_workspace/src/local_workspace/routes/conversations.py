"""Asking Genie: conversations and their messages."""

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from local_workspace.genie.shapes import conversation_json, message_json, summary_json
from local_workspace.routes.access import Asked, Caller, Faulty, Here, Served
from local_workspace.routes.pages import Page

router = APIRouter(prefix="/api/2.0/genie/spaces/{space_id}")
MESSAGE = "/conversations/{conversation_id}/messages/{message_id}"


class Question(BaseModel):
    """The body of both asking POSTs."""

    content: str
    enable_visualization: bool | None = None


class Feedback(BaseModel):
    """What the caller thinks of an answer."""

    rating: Literal["POSITIVE", "NEGATIVE", "NONE"]
    comment: str | None = None


@router.post("/start-conversation")
async def start_conversation(
    space_id: str, question: Question, workspace: Served, user: Caller, faults: Faulty
) -> dict[str, Any]:
    """Asks the first question of a new conversation."""
    conversation, message = workspace.genie.start(space_id, question.content, user, faults.genie)
    return {
        "conversation_id": conversation.id,
        "message_id": message.id,
        "conversation": conversation_json(conversation),
        "message": message_json(message),
    }


@router.get("/conversations")
async def list_conversations(
    space_id: str, workspace: Served, user: Caller, page: Page
) -> dict[str, Any]:
    """The caller's conversations, newest first."""
    entry = workspace.registry.find(space_id, user)
    mine = workspace.genie.conversations.of(entry.id, user)
    return page.of("conversations", mine, summary_json)


@router.delete("/conversations/{conversation_id}")
async def delete_conversation(place: Here, workspace: Served) -> dict[str, Any]:
    """Forgets a conversation."""
    workspace.genie.delete_conversation(place)
    return {}


@router.post("/conversations/{conversation_id}/messages")
async def create_message(
    place: Here, question: Question, workspace: Served, user: Caller, faults: Faulty
) -> dict[str, Any]:
    """Asks the next question of a conversation."""
    message = workspace.genie.follow_up(place, question.content, user, faults.genie)
    return message_json(message)


@router.get("/conversations/{conversation_id}/messages")
async def list_messages(place: Here, workspace: Served, page: Page) -> dict[str, Any]:
    """The messages of a conversation, oldest first."""
    ids = [message.id for message in place.conversation.messages]
    return page.of("messages", ids, lambda i: message_json(workspace.genie.message(place, i)))


@router.get(MESSAGE)
async def get_message(message: Asked) -> dict[str, Any]:
    """The message as it stands now."""
    return message_json(message)


@router.delete(MESSAGE)
async def delete_message(place: Here, message: Asked, workspace: Served) -> dict[str, Any]:
    """Forgets a message."""
    workspace.genie.delete_message(place, message)
    return {}


@router.post(f"{MESSAGE}/feedback")
async def send_feedback(message: Asked, feedback: Feedback) -> dict[str, Any]:
    """Keeps the caller's rating with the message."""
    message.feedback = feedback.model_dump(exclude_none=True)
    return {}
