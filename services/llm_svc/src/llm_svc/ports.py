"""What the use cases need from the world."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from llm_svc.domain.completion import (
    Completion,
    FinishReason,
    Message,
    Tool,
    ToolChoice,
    Usage,
)


@dataclass(frozen=True, slots=True)
class NativeSchema:
    """A JSON schema that the provider itself is asked to hold the answer to."""

    name: str
    schema: Mapping[str, Any]
    strict: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """One call of a model, in the plainest form that every provider can be told.

    None leaves a parameter out. `timeout` in seconds bounds the whole call; `max_bytes` the answer.
    """

    model: str
    messages: tuple[Message, ...]
    max_output_tokens: int
    timeout: float
    max_bytes: int
    temperature: float | None = None
    seed: int | None = None
    tools: tuple[Tool, ...] = ()
    tool_choice: ToolChoice = ToolChoice.AUTO
    schema: NativeSchema | None = None
    json_object: bool = False
    stream: bool = True
    stream_usage: bool = True
    max_tokens_field: str = "max_tokens"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """More text of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolPiece:
    """A part of the tool call at `index`; id and name come once, arguments in fragments."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class RefusalPiece:
    """Words with which the model declines."""

    text: str


@dataclass(frozen=True, slots=True)
class FinishPiece:
    """Why the model stopped."""

    reason: FinishReason


@dataclass(frozen=True, slots=True)
class UsagePiece:
    """What the provider counted for this call."""

    usage: Usage


Piece: TypeAlias = TextPiece | ToolPiece | RefusalPiece | FinishPiece | UsagePiece


class Provider(Protocol):
    """A source of answers."""

    @property
    def name(self) -> str:
        """Its name in the configuration."""
        ...

    def answer(self, ask: Ask) -> AsyncGenerator[Piece, None]:
        """The answer in pieces, in order; one FinishPiece when it is whole.

        Raises ProviderFault. Closing the generator, or cancelling it, ends the call upstream.
        Nothing is retried here.
        """
        ...

    async def close(self) -> None:
        """Releases connections."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call with a request id ended: an answer, or a failure that a repeat cannot change."""

    tenant: str
    request_id: str
    body_hash: str
    completion: Completion | None = None
    failure: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what one model cost for one call; latency in seconds.

    `outcome` is `ok`, `cached`, `cancelled` or the reason of the failure. `saved_micro_usd` is
    what a cached answer would have cost.
    """

    request_id: str
    tenant: str
    deck: str
    purpose: str
    prompt_name: str
    prompt_version: str
    provider: str
    model: str
    usage: Usage
    latency: float
    outcome: str
    saved_micro_usd: int = 0


@dataclass(frozen=True, slots=True)
class UsageSum:
    """Usage of one model for one purpose."""

    model: str
    purpose: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Spent:
    """Money and tokens spent."""

    micro_usd: int = 0
    tokens: int = 0


class Ledger(Protocol):
    """Durable memory of outcomes and costs; what was begun ends even when its caller leaves."""

    async def outcome(self, tenant: str, request_id: str) -> Outcome | None:
        """The recorded outcome of a request, None when there is none."""
        ...

    async def record(self, entries: Sequence[Entry], outcome: Outcome | None = None) -> None:
        """Keeps entries and outcome, all or nothing, on disk before it returns.

        An outcome that exists already stays as it is.
        """
        ...

    async def usage(
        self,
        since: datetime,
        until: datetime,
        *,
        tenant: str = "",
        deck: str = "",
        model: str = "",
    ) -> list[UsageSum]:
        """Sums by model and purpose in [since, until), dearest first; "" does not restrict."""
        ...

    async def spent(self, *, since: datetime | None, tenant: str = "", deck: str = "") -> Spent:
        """What was spent since then by a tenant and deck; "" and None do not restrict."""
        ...
