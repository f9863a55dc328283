"""Genie's objects as JSON, field by field as the REST API names them."""

import json
from collections.abc import Mapping
from typing import Any

from local_workspace.genie.model import Comment, Conversation, Message, QueryAttachment
from local_workspace.registry import WAREHOUSE_ID, RegisteredSpace


def space_json(
    entry: RegisteredSpace, *, serialized: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """GenieSpace. `serialized_space` is a JSON string inside the JSON."""
    space = entry.space
    body: dict[str, Any] = {
        "space_id": entry.id,
        "title": space.title,
        "description": space.description,
        "warehouse_id": WAREHOUSE_ID,
    }
    if serialized is not None:
        body["serialized_space"] = json.dumps(serialized, ensure_ascii=False)
    return body


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    """GenieConversation."""
    return {
        "id": conversation.id,
        "conversation_id": conversation.id,
        "space_id": conversation.space_id,
        "user_id": conversation.user_id,
        "title": conversation.title,
        "created_timestamp": conversation.created,
        "last_updated_timestamp": conversation.updated,
    }


def summary_json(conversation: Conversation) -> dict[str, Any]:
    """GenieConversationSummary."""
    return {
        "conversation_id": conversation.id,
        "title": conversation.title,
        "created_timestamp": conversation.created,
        "agent_type": "GENIE_CONVERSATION_TYPE_CHAT",
    }


def message_json(message: Message) -> dict[str, Any]:
    """GenieMessage."""
    body: dict[str, Any] = {
        "id": message.id,
        "message_id": message.id,
        "conversation_id": message.conversation_id,
        "space_id": message.space_id,
        "user_id": message.user_id,
        "content": message.content,
        "status": str(message.status),
        "attachments": attachments_json(message),
        "error": message.error,
        "created_timestamp": message.created,
        "last_updated_timestamp": message.updated,
    }
    if message.without_attachments:
        del body["attachments"]
    if message.feedback is not None:
        body["feedback"] = message.feedback
    return body


def comment_json(message: Message, comment: Comment) -> dict[str, Any]:
    """GenieMessageComment."""
    return {
        "message_comment_id": comment.id,
        "message_id": message.id,
        "conversation_id": message.conversation_id,
        "space_id": message.space_id,
        "content": comment.content,
        "user_id": comment.user_id,
        "created_timestamp": comment.created,
    }


def attachments_json(message: Message) -> list[dict[str, Any]] | None:
    """The attachments in order, or null before there are any."""
    if message.attachments is None:
        return None
    return [
        query_json(item) if isinstance(item, QueryAttachment) else item
        for item in message.attachments
    ]


def query_json(query: QueryAttachment) -> dict[str, Any]:
    """A query attachment; it grows as the query is written, submitted and run."""
    body: dict[str, Any] = {
        "id": query.id,
        "title": query.title,
        "description": query.description,
        "query": query.sql,
        "parameters": [],
        "thoughts": [
            {"thought_type": "THOUGHT_TYPE_DESCRIPTION", "content": query.description},
            {"thought_type": "THOUGHT_TYPE_STEPS", "content": f"SQL written by {query.author}."},
        ],
        "last_updated_timestamp": query.updated,
    }
    if query.statement is not None:
        body["statement_id"] = query.statement.id
    if query.row_count is not None:
        body["query_result_metadata"] = {
            "row_count": query.row_count,
            "is_truncated": query.is_truncated,
        }
    return {"attachment_id": query.id, "query": body}


def text_json(attachment_id: str, content: str, *, asks_back: bool) -> dict[str, Any]:
    """A text attachment: an answer, or a question back."""
    purpose = "FOLLOW_UP_QUESTION" if asks_back else "TEXT_ATTACHMENT_PURPOSE_ANSWER"
    return {
        "attachment_id": attachment_id,
        "text": {"id": attachment_id, "content": content, "purpose": purpose},
    }


def suggestions_json(attachment_id: str, questions: list[str]) -> dict[str, Any]:
    """A list of questions that would get an answer."""
    return {"attachment_id": attachment_id, "suggested_questions": {"questions": questions}}
