"""A completion: what is asked for, what happens on the way, what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeAlias


class Role(StrEnum):
    """Who speaks, by the names of the chat wire."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class ToolChoice(StrEnum):
    """How tools are used, by the names of the chat wire."""

    AUTO = "auto"
    NONE = "none"
    REQUIRED = "required"


class FinishReason(StrEnum):
    """Why a model stopped, by the names of the chat wire."""

    UNKNOWN = "unknown"
    STOP = "stop"
    LENGTH = "length"
    TOOL_CALLS = "tool_calls"
    CONTENT_FILTER = "content_filter"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model's call of a tool; the arguments are JSON text."""

    id: str
    name: str
    arguments_json: str


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Role
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that a model may call, with the closed JSON Schema of its arguments."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Structured:
    """The shape an answer must have; `element_path` names the array that is streamed."""

    name: str
    schema: Mapping[str, Any]
    element_path: tuple[str, ...] = ()
    max_repairs: int = 1


@dataclass(frozen=True, slots=True)
class PromptCall:
    """A prompt by name; `data_json` is one JSON object for the fence, "" for none."""

    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    data_json: str = ""
    turns: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """What to complete: a prompt call or messages, and how.

    `max_output_tokens` 0 and `temperature` None use the configured values. `principal` is who asks,
    "" when unknown; nothing is cached then.
    """

    prompt: PromptCall | None = None
    messages: tuple[Message, ...] = ()
    model: str = ""
    purpose: str = ""
    max_output_tokens: int = 0
    temperature: float | None = None
    seed: int | None = None
    structured: Structured | None = None
    tools: tuple[Tool, ...] = ()
    tool_choice: ToolChoice = ToolChoice.AUTO
    request_id: str = ""
    tenant: str = "default"
    principal: str = ""

    @property
    def deck(self) -> str:
        """The deck that the call works for: its request id up to the first `/`; "" for none."""
        head, slash, _ = self.request_id.partition("/")
        return head if slash else ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money of one or more provider calls."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    cost_micro_usd: int = 0
    calls: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_input_tokens + other.cached_input_tokens,
            self.cost_micro_usd + other.cost_micro_usd,
            self.calls + other.calls,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer and how it came about; latencies are in seconds."""

    text: str
    tool_calls: tuple[ToolCall, ...]
    finish_reason: FinishReason
    provider: str
    model: str
    route_reason: str = ""
    prompt_name: str = ""
    prompt_version: str = ""
    usage: Usage = field(default_factory=Usage)
    repairs: int = 0
    latency: float = 0.0
    first_token_latency: float = 0.0
    replayed: bool = False

    def again(self) -> Completion:
        """The same answer, marked as recorded earlier."""
        return replace(self, replayed=True)


@dataclass(frozen=True, slots=True)
class Started:
    """A model was chosen and the request sent; comes again when another model takes over."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More text."""

    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """A whole, schema-valid element of the streamed array, as JSON text."""

    index: int
    json: str


@dataclass(frozen=True, slots=True)
class RepairStarted:
    """The answer did not fit and is asked for again; elements already sent stay valid."""

    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """The whole answer; always the last event."""

    completion: Completion


Event: TypeAlias = Started | TextDelta | Element | ToolCall | RepairStarted | Completed
