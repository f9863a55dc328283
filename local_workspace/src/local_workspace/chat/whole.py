"""A chat completion as one JSON object."""

import json
import secrets
from typing import Any

from local_workspace.chat.answer import TOOL, Reply, tokens_in
from local_workspace.chat.request import ChatRequest
from local_workspace.faults.rules import ChatFault


def completion(
    request: ChatRequest, reply: Reply, model: str, created: int, fault: ChatFault
) -> dict[str, Any]:
    """The reply body."""
    text = reply.content if fault.content is None else fault.content
    content: Any = text
    if fault.content_blocks and text is not None:
        content = blocks(text)
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if reply.questions:
        message["tool_calls"] = [tool_call(question) for question in reply.questions]
    return {
        "id": f"chatcmpl-{secrets.token_hex(8)}",
        "object": "chat.completion",
        "created": created,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "finish_reason": fault.finish_reason or reply.finish_reason,
            }
        ],
        "usage": usage(request, reply),
    }


def tool_call(question: str) -> dict[str, Any]:
    """One call of `query_genie`."""
    arguments = json.dumps({"question": question}, ensure_ascii=False)
    return {
        "id": f"call_{secrets.token_hex(8)}",
        "type": "function",
        "function": {"name": TOOL, "arguments": arguments},
    }


def blocks(text: str) -> list[dict[str, Any]]:
    """Content as reasoning models send it."""
    thought = {"type": "summary_text", "text": "Looking at the data."}
    return [{"type": "reasoning", "summary": [thought]}, {"type": "text", "text": text}]


def usage(request: ChatRequest, reply: Reply) -> dict[str, int]:
    """Token counts, estimated from the number of characters."""
    prompt = tokens_in(json.dumps(request.messages, ensure_ascii=False))
    return {
        "prompt_tokens": prompt,
        "completion_tokens": reply.tokens,
        "total_tokens": prompt + reply.tokens,
    }
