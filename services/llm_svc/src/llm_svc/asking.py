"""Turns a prepared call into the plainest request that its model takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from llm_svc.domain.capability import Capabilities, StructuredMode
from llm_svc.domain.completion import Message, Role, Spec, Tool
from llm_svc.ports import Ask, NativeSchema
from llm_svc.structured.reader import write
from llm_svc.structured.schema import Shape, native


@dataclass(frozen=True, slots=True)
class Prepared:
    """A call ready to be sent to any model."""

    spec: Spec
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...]
    max_output_tokens: int
    temperature: float | None
    prompt_name: str = ""
    prompt_version: str = ""
    shape: Shape | None = None
    element_shape: Shape | None = None


def ask_for(
    call: Prepared,
    model: str,
    can: Capabilities,
    messages: tuple[Message, ...],
    *,
    timeout: float,
    max_bytes: int,
) -> Ask:
    """The request to a model, with what it does not take left out or put into words."""
    structured = call.spec.structured
    schema = None
    json_object = False
    stream = can.stream
    if structured is not None:
        schema = _native(structured.name, structured.schema, can)
        streams_elements = bool(structured.element_path)
        if schema is not None and can.stream and not can.stream_with_schema:
            # Seeing slides early is worth more than the provider's own check: ours is stricter.
            schema, stream = (None, True) if streams_elements else (schema, False)
        json_object = schema is None and can.structured is StructuredMode.JSON_OBJECT
        if schema is None:
            messages = _with_schema(messages, structured.schema)
    return Ask(
        model=model,
        messages=messages,
        max_output_tokens=call.max_output_tokens,
        timeout=timeout,
        max_bytes=max_bytes,
        temperature=call.temperature if can.temperature else None,
        seed=call.spec.seed if can.seed else None,
        tools=call.tools if can.tools else (),
        tool_choice=call.spec.tool_choice,
        schema=schema,
        json_object=json_object,
        stream=stream,
        stream_usage=can.stream_usage,
        max_tokens_field=can.max_tokens_field,
    )


def _native(name: str, schema: Mapping[str, Any], can: Capabilities) -> NativeSchema | None:
    if can.structured is not StructuredMode.JSON_SCHEMA:
        return None
    taken = native(schema)
    return None if taken is None else NativeSchema(name, *taken)


def _with_schema(messages: tuple[Message, ...], schema: Mapping[str, Any]) -> tuple[Message, ...]:
    """The messages with the schema added to the instructions."""
    words = (
        "Answer with ONE JSON object and nothing else: no code fence, no words around it. "
        f"It must fit this JSON Schema:\n{write(schema)}"
    )
    first = messages[0]
    if first.role is Role.SYSTEM:
        return (Message(Role.SYSTEM, f"{first.content}\n\n{words}"), *messages[1:])
    return (Message(Role.SYSTEM, words), *messages)
