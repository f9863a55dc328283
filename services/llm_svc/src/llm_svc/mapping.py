"""Protobuf to domain and back; pure functions that refuse what the contract does not allow."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from aislides.llm.v1 import llm_service_pb2 as pb
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from google.protobuf.timestamp_pb2 import Timestamp

from llm_svc.domain.completion import (
    Completed,
    Completion,
    Element,
    Event,
    FinishReason,
    Message,
    PromptCall,
    RepairStarted,
    Role,
    Spec,
    Started,
    Structured,
    TextDelta,
    Tool,
    ToolCall,
    ToolChoice,
    Usage,
)
from llm_svc.domain.errors import invalid
from llm_svc.structured.schema import BadSchema, read_schema

MAX_TOOLS: Final = 32
MAX_MESSAGES: Final = 200

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:/-]{1,128}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TENANT = re.compile(r"[A-Za-z0-9._:@-]{1,128}")
_PURPOSE = re.compile(r"[A-Za-z0-9_.-]{0,64}")

_ROLES = {
    pb.ROLE_SYSTEM: Role.SYSTEM,
    pb.ROLE_USER: Role.USER,
    pb.ROLE_ASSISTANT: Role.ASSISTANT,
    pb.ROLE_TOOL: Role.TOOL,
}
_ROLES_BACK = {role: value for value, role in _ROLES.items()}
_CHOICES = {
    pb.TOOL_CHOICE_UNSPECIFIED: ToolChoice.AUTO,
    pb.TOOL_CHOICE_NONE: ToolChoice.NONE,
    pb.TOOL_CHOICE_REQUIRED: ToolChoice.REQUIRED,
}
_FINISH = {
    FinishReason.STOP: pb.FINISH_REASON_STOP,
    FinishReason.LENGTH: pb.FINISH_REASON_LENGTH,
    FinishReason.TOOL_CALLS: pb.FINISH_REASON_TOOL_CALLS,
    FinishReason.CONTENT_FILTER: pb.FINISH_REASON_CONTENT_FILTER,
}


def spec_from(spec: pb.CompletionSpec, principal: str = "") -> Spec:
    """The domain's request. Raises InvalidRequest."""
    kind = spec.WhichOneof("instruction")
    if kind is None:
        raise invalid("spec.instruction", "set prompt or messages")
    if not 0 <= spec.max_output_tokens <= 100_000:
        raise invalid(
            "spec.max_output_tokens", "must be 1 to 100000, or 0 for the configured limit"
        )
    temperature = spec.temperature if spec.HasField("temperature") else None
    if temperature is not None and not 0 <= temperature <= 2:
        raise invalid("spec.temperature", "must be 0 to 2")
    if spec.HasField("structured") and spec.tools:
        raise invalid("spec.tools", "cannot be combined with structured")
    _require("spec.request_id", spec.request_id, _REQUEST_ID, optional=True)
    _require("spec.tenant", spec.tenant, _TENANT, optional=True)
    _require("spec.purpose", spec.purpose, _PURPOSE, optional=True)
    if spec.tool_choice not in _CHOICES:
        raise invalid("spec.tool_choice", "is not a known value")
    return Spec(
        prompt=prompt_from(spec.prompt) if kind == "prompt" else None,
        messages=_messages_from(spec.messages.messages) if kind == "messages" else (),
        model=_short("spec.model", spec.model, 256),
        purpose=spec.purpose,
        max_output_tokens=spec.max_output_tokens,
        temperature=temperature,
        seed=spec.seed if spec.HasField("seed") else None,
        structured=_structured_from(spec.structured) if spec.HasField("structured") else None,
        tools=_tools_from(spec.tools),
        tool_choice=_CHOICES[spec.tool_choice],
        request_id=spec.request_id,
        tenant=spec.tenant or "default",
        principal=principal,
    )


def prompt_from(call: pb.PromptCall, field: str = "spec.prompt") -> PromptCall:
    """The domain's prompt call. Raises InvalidRequest."""
    if not call.name:
        raise invalid(f"{field}.name", "is missing; ListPrompts names the prompts")
    if call.HasField("data") and call.data_json:
        raise invalid(f"{field}.data_json", "cannot be combined with data")
    try:
        data_json = _json_of(call.data) if call.HasField("data") else call.data_json
    except ValueError:
        raise invalid(f"{field}.data", "must hold finite numbers only") from None
    return PromptCall(
        call.name,
        dict(call.variables),
        data_json,
        _turns_from(call.turns, f"{field}.turns"),
    )


def message_to(message: Message) -> pb.ChatMessage:
    """A chat message on the wire."""
    return pb.ChatMessage(
        role=_ROLES_BACK[message.role],
        content=message.content,
        tool_calls=[tool_call_to(call) for call in message.tool_calls],
        tool_call_id=message.tool_call_id,
    )


def tool_call_to(call: ToolCall) -> pb.ToolCall:
    """A tool call on the wire."""
    return pb.ToolCall(id=call.id, name=call.name, arguments_json=call.arguments_json)


def usage_to(usage: Usage) -> pb.Usage:
    """Usage on the wire."""
    return pb.Usage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        cost_micro_usd=usage.cost_micro_usd,
        calls=usage.calls,
        estimated=usage.estimated,
    )


def completion_to(completion: Completion) -> pb.Completion:
    """A whole answer on the wire."""
    answer = pb.Completion(
        text=completion.text,
        tool_calls=[tool_call_to(call) for call in completion.tool_calls],
        finish_reason=_FINISH.get(completion.finish_reason, pb.FINISH_REASON_UNSPECIFIED),
        provider=completion.provider,
        model=completion.model,
        route_reason=completion.route_reason,
        prompt_name=completion.prompt_name,
        prompt_version=completion.prompt_version,
        usage=usage_to(completion.usage),
        repairs=completion.repairs,
        replayed=completion.replayed,
    )
    answer.latency.FromTimedelta(timedelta(seconds=completion.latency))
    answer.first_token_latency.FromTimedelta(timedelta(seconds=completion.first_token_latency))
    return answer


def event_to(event: Event) -> pb.StreamCompletionResponse:
    """One event of a stream on the wire."""
    response = pb.StreamCompletionResponse()
    match event:
        case Started(provider, model):
            response.started.provider = provider
            response.started.model = model
        case TextDelta(text):
            response.text_delta.text = text
        case Element(index, element):
            response.element.index = index
            response.element.json = element
        case ToolCall():
            response.tool_call.CopyFrom(tool_call_to(event))
        case RepairStarted(faults):
            response.repair_started.faults.extend(faults)
            response.repair_started.SetInParent()
        case Completed(completion):
            response.completed.CopyFrom(completion_to(completion))
    return response


def moment_from(field: str, stamp: Timestamp) -> datetime:
    """The time of a Timestamp. Raises InvalidRequest for one outside years 1 to 9999."""
    try:
        return stamp.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise invalid(field, "is not a valid time") from None


def _messages_from(messages: Sequence[pb.ChatMessage]) -> tuple[Message, ...]:
    if not messages:
        raise invalid("spec.messages", "needs at least one message")
    return _turns_from(messages, "spec.messages")


def _turns_from(messages: Sequence[pb.ChatMessage], field: str) -> tuple[Message, ...]:
    if len(messages) > MAX_MESSAGES:
        raise invalid(field, f"has more than {MAX_MESSAGES} messages")
    return tuple(
        _message_from(message, f"{field}[{number}]") for number, message in enumerate(messages)
    )


def _message_from(message: pb.ChatMessage, field: str) -> Message:
    role = _ROLES.get(message.role)
    if role is None:
        raise invalid(f"{field}.role", "must be one of system, user, assistant, tool")
    if role is Role.TOOL and not message.tool_call_id:
        raise invalid(f"{field}.tool_call_id", "is missing; a tool's answer names its call")
    if message.tool_calls and role is not Role.ASSISTANT:
        raise invalid(f"{field}.tool_calls", "only an assistant calls tools")
    if not message.content and not message.tool_calls:
        raise invalid(f"{field}.content", "is empty")
    calls = tuple(ToolCall(c.id, c.name, c.arguments_json) for c in message.tool_calls)
    return Message(role, message.content, calls, message.tool_call_id)


def _structured_from(structured: pb.StructuredOutput) -> Structured:
    field = "spec.structured"
    name = structured.name or "answer"
    _require(f"{field}.name", name, _NAME)
    repairs = structured.max_repairs if structured.HasField("max_repairs") else 1
    if not 0 <= repairs <= 2:
        raise invalid(f"{field}.max_repairs", "must be 0 to 2")
    path = tuple(structured.element_path.split(".")) if structured.element_path else ()
    if any(not part for part in path):
        raise invalid(f"{field}.element_path", "must be names joined by dots")
    try:
        schema = read_schema(structured.json_schema)
    except BadSchema as error:
        raise invalid(f"{field}.json_schema", str(error)) from None
    return Structured(name, schema, path, repairs)


def _tools_from(tools: Sequence[pb.Tool]) -> tuple[Tool, ...]:
    if len(tools) > MAX_TOOLS:
        raise invalid("spec.tools", f"has more than {MAX_TOOLS} tools")
    found: dict[str, Tool] = {}
    for number, tool in enumerate(tools):
        field = f"spec.tools[{number}]"
        _require(f"{field}.name", tool.name, _NAME)
        if tool.name in found:
            raise invalid(f"{field}.name", f"{tool.name} is given twice")
        try:
            parameters = read_schema(tool.parameters_json_schema)
        except BadSchema as error:
            raise invalid(f"{field}.parameters_json_schema", str(error)) from None
        found[tool.name] = Tool(tool.name, tool.description, parameters)
    return tuple(found.values())


def _json_of(data: Struct) -> str:
    """The struct as JSON with sorted keys; whole numbers without a point."""
    return json.dumps(_plain(MessageToDict(data)), ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _require(field: str, value: str, pattern: re.Pattern[str], *, optional: bool = False) -> None:
    if optional and not value:
        return
    if not pattern.fullmatch(value):
        raise invalid(field, f"must match {pattern.pattern}")


def _short(field: str, value: str, most: int) -> str:
    if len(value) > most:
        raise invalid(field, f"is longer than {most} characters")
    return value
