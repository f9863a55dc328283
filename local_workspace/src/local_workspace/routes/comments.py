"""Comments on Genie's messages."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from local_workspace.genie.shapes import comment_json
from local_workspace.routes.access import Asked, Caller, Here, Served
from local_workspace.routes.pages import Page

router = APIRouter(prefix="/api/2.0/genie/spaces/{space_id}/conversations/{conversation_id}")
COMMENTS = "/messages/{message_id}/comments"


class NewComment(BaseModel):
    """The body of the POST."""

    content: str = Field(min_length=1, max_length=10_000)


@router.post(COMMENTS)
async def create_comment(
    message: Asked, comment: NewComment, workspace: Served, user: Caller
) -> dict[str, Any]:
    """Keeps a comment with the message."""
    return comment_json(message, workspace.genie.comment(message, comment.content, user))


@router.get(COMMENTS)
async def list_message_comments(message: Asked, page: Page) -> dict[str, Any]:
    """The comments on one message, oldest first."""
    return page.of("comments", message.comments, lambda one: comment_json(message, one))


@router.get("/list-comments")
async def list_conversation_comments(place: Here, page: Page) -> dict[str, Any]:
    """The comments on all messages of the conversation."""
    both = [(m, comment) for m in place.conversation.messages for comment in m.comments]
    return page.of("comments", both, lambda one: comment_json(*one))
