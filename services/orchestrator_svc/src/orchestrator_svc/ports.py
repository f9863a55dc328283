"""What the pipeline needs from the world, in its own words. Imports neither grpc nor vendors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from aislides.deck.v1 import result_pb2


@dataclass(frozen=True, slots=True)
class SpaceColumn:
    """One column of a table that can be asked about."""

    name: str
    type_text: str
    description: str


@dataclass(frozen=True, slots=True)
class SpaceTable:
    """One table that can be asked about."""

    name: str
    description: str
    columns: tuple[SpaceColumn, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """A Genie space, as far as the identity may see it."""

    space_id: str
    title: str
    description: str = ""
    tables: tuple[SpaceTable, ...] = ()
    sample_questions: tuple[str, ...] = ()
    instructions: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One report on the way to an answer."""

    status: str
    expected_wait_seconds: float | None = None
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The question was answered with rows. `result.id` is the id that was asked for."""

    result: result_pb2.Result


@dataclass(frozen=True, slots=True)
class Words:
    """Genie answered or asked back in words; there are no rows."""

    text: str
    suggestions: tuple[str, ...] = ()
    asks_back: bool = True


ReportProgress = Callable[[Progress], Awaitable[None]]


class Genie(Protocol):
    """Asks questions of a Genie space. Raises ServiceError with the reason when it cannot."""

    async def list_spaces(self, page_size: int, page_token: str) -> tuple[list[Space], str]:
        """A page of spaces, and the token of the next page."""

    async def space(self, space_id: str) -> Space:
        """The space, the configured default when `space_id` is empty."""

    async def ask(
        self,
        *,
        question: str,
        space: Space,
        result_id: str,
        request_id: str,
        tenant: str,
        max_rows: int,
        report: ReportProgress,
    ) -> Rows | Words:
        """The outcome of one question. The same `request_id` is never asked twice."""

    async def run_again(self, result: result_pb2.Result, *, max_rows: int) -> result_pb2.Result:
        """The result of the same query on today's data, under the same id. Asks no question."""


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What one or more model calls used."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micro_usd: int = 0

    def __add__(self, other: ModelUse) -> ModelUse:
        return ModelUse(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost_micro_usd + other.cost_micro_usd,
        )


@dataclass(frozen=True, slots=True)
class ToolTurn:
    """A model's earlier tool calls with what they brought, for a follow-up round."""

    call_id: str
    question: str
    outcome: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """What a model wants to know: questions, or words when it asks back."""

    questions: tuple[str, ...]
    text: str
    model: str
    use: ModelUse


@dataclass(frozen=True, slots=True)
class Element:
    """A whole element of a streamed answer."""

    index: int
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The whole of a streamed answer."""

    value: Mapping[str, Any]
    model: str
    use: ModelUse


class Llm(Protocol):
    """Asks a model. Raises ServiceError with the reason when it cannot."""

    async def plan(
        self,
        *,
        data: Mapping[str, Any],
        max_questions: int,
        request_id: str,
        tenant: str,
        turns: Sequence[ToolTurn] = (),
    ) -> PlanAnswer:
        """The questions that a model wants to ask of the data."""

    def write(
        self,
        *,
        data: Mapping[str, Any],
        schema_json: str,
        request_id: str,
        tenant: str,
        purpose: str,
    ) -> AsyncIterator[Element | Written]:
        """Slides as each is complete, and last the whole answer."""
