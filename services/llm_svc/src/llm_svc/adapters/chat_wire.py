"""Reads the chat-completions wire: chunks and replies of any OpenAI-compatible server.

Servers differ: content as text or as blocks, errors as objects in the stream, usage in a last
chunk or in each, tool calls in fragments or whole. All of it becomes the same pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from llm_svc.domain.completion import FinishReason, Message, Role, Usage
from llm_svc.domain.errors import ProviderFault, RateLimited, StreamBroken
from llm_svc.ports import (
    Ask,
    FinishPiece,
    Piece,
    RefusalPiece,
    TextPiece,
    ToolPiece,
    UsagePiece,
)

Json = Mapping[str, Any]

_FINISH = {
    "stop": FinishReason.STOP,
    "eos": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "tool_calls": FinishReason.TOOL_CALLS,
    "function_call": FinishReason.TOOL_CALLS,
    "content_filter": FinishReason.CONTENT_FILTER,
}


def request_of(ask: Ask) -> dict[str, Any]:
    """The body of the request."""
    body: dict[str, Any] = {
        "model": ask.model,
        "messages": [_message(message) for message in ask.messages],
        ask.max_tokens_field: ask.max_output_tokens,
        "stream": ask.stream,
    }
    if ask.stream and ask.stream_usage:
        body["stream_options"] = {"include_usage": True}
    if ask.temperature is not None:
        body["temperature"] = ask.temperature
    if ask.seed is not None:
        body["seed"] = ask.seed
    if ask.tools:
        body["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": dict(tool.parameters),
                },
            }
            for tool in ask.tools
        ]
        body["tool_choice"] = ask.tool_choice.value
    if ask.schema is not None:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": ask.schema.name,
                "strict": ask.schema.strict,
                "schema": dict(ask.schema.schema),
            },
        }
    elif ask.json_object:
        body["response_format"] = {"type": "json_object"}
    return body


def pieces_of_chunk(chunk: Any) -> Iterator[Piece]:
    """The pieces in one chunk of a stream. Raises a ProviderFault for an error object."""
    choices = _choices(chunk)
    for choice in choices[:1]:
        yield from _spoken(_mapping(choice.get("delta")))
        if choice.get("finish_reason") is not None:
            yield FinishPiece(_finish(choice["finish_reason"]))
    yield from _usage(chunk)


def pieces_of_reply(reply: Any) -> Iterator[Piece]:
    """The pieces of a reply that came in one. Raises a ProviderFault for an error object."""
    choices = _choices(reply)
    for choice in choices[:1]:
        yield from _spoken(_mapping(choice.get("message")))
        yield FinishPiece(_finish(choice.get("finish_reason") or "stop"))
    yield from _usage(reply)


def fault_in(body: Any) -> ProviderFault:
    """The fault that an error object in the middle of an answer tells."""
    words = str(body.get("error") or body.get("message") or "") if isinstance(body, Mapping) else ""
    if "REQUEST_LIMIT_EXCEEDED" in words or "rate limit" in words.lower():
        return RateLimited()
    return StreamBroken()


def _message(message: Message) -> dict[str, Any]:
    body: dict[str, Any] = {"role": message.role.value, "content": message.content}
    if message.tool_calls:
        # Some models refuse an assistant's turn with tool calls and no words at all.
        body["content"] = message.content or " "
        body["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments_json},
            }
            for call in message.tool_calls
        ]
    if message.role is Role.TOOL:
        body["tool_call_id"] = message.tool_call_id
    return body


def _choices(body: Any) -> list[Json]:
    if not isinstance(body, Mapping) or body.get("error") or body.get("error_code"):
        raise fault_in(body)
    choices = body.get("choices")
    if not isinstance(choices, list):
        raise fault_in(body)
    return [choice for choice in choices if isinstance(choice, Mapping)]


def _spoken(said: Json) -> Iterator[Piece]:
    text = _text(said.get("content"))
    if text:
        yield TextPiece(text)
    refusal = said.get("refusal")
    if isinstance(refusal, str) and refusal:
        yield RefusalPiece(refusal)
    calls = said.get("tool_calls")
    for position, call in enumerate(calls if isinstance(calls, list) else ()):
        fragment = _mapping(call)
        function = _mapping(fragment.get("function"))
        index = fragment.get("index")
        arguments = function.get("arguments")
        yield ToolPiece(
            index if isinstance(index, int) else position,
            str(fragment.get("id") or ""),
            str(function.get("name") or ""),
            arguments if isinstance(arguments, str) else "",
        )


def _text(content: Any) -> str:
    """The words in a content, be it text or a list of blocks; reasoning is left out."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    blocks = [_mapping(block) for block in content]
    return "".join(
        str(block.get("text") or "")
        for block in blocks
        if block.get("type") in ("text", "output_text")
    )


def _finish(reason: Any) -> FinishReason:
    return _FINISH.get(str(reason), FinishReason.STOP)


def _usage(body: Json) -> Iterator[UsagePiece]:
    usage = body.get("usage")
    if not isinstance(usage, Mapping):
        return
    details = _mapping(usage.get("prompt_tokens_details"))
    cached = details.get("cached_tokens") or usage.get("cache_read_input_tokens")
    read = _count(usage.get("prompt_tokens"))
    yield UsagePiece(Usage(read, _count(usage.get("completion_tokens")), min(_count(cached), read)))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _mapping(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}
