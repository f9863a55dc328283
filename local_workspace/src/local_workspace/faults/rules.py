"""What may go wrong, when, and how often. Given by configuration, header or the fault API."""

from typing import Annotated, Any, Literal

from aislides_runtime.settings import Section
from pydantic import Field

from local_workspace.pace import Delay

Probability = Annotated[float, Field(gt=0, le=1)]
Seconds = Annotated[float, Field(ge=0, le=3_600)]

Operation = Literal[
    "*",
    "start_conversation",
    "create_message",
    "get_message",
    "query_result",
    "execute_query",
    "download",
    "spaces",
    "statements",
    "external",
    "chat",
    "serving_endpoints",
    "me",
]


class HttpFault(Section):
    """What happens to the HTTP exchange itself, after a wait of `latency`.

    `lost_reply` does the work and then cuts the connection: the case in which a retried POST asks
    twice. `drip_bytes_a_second` sends the body slowly; `cut_after_bytes` breaks it off.
    """

    latency: Delay = Delay()
    status: Annotated[int, Field(ge=400, le=599)] | None = None
    error_code: str | int | None = None
    message: str | None = None
    retry_after: str | None = None
    html: bool = False
    reset: bool = False
    lost_reply: bool = False
    stuck: bool = False
    drip_bytes_a_second: Annotated[int, Field(ge=1)] | None = None
    cut_after_bytes: Annotated[int, Field(ge=0)] | None = None


class GenieFault(Section):
    """How an asked question goes wrong.

    `statuses` replaces the usual sequence (any text: unknown statuses are a case of their own);
    the last of them stays when it is a terminal one or `stuck` is set.
    """

    statuses: list[str] | None = None
    seconds: Seconds | None = None
    stuck: bool = False
    final: Literal["COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED"] | None = None
    error_type: str | None = None
    error: str | None = None
    attachments: Literal["null", "missing", "empty", "two_queries", "text_only"] | None = None
    clarification: str | None = None
    rows: Annotated[int, Field(ge=0)] | None = None
    statement_pending_seconds: Seconds = 0.0


class ChatFault(Section):
    """How a chat completion goes wrong. Counts are in stream chunks."""

    refuse: tuple[Literal["response_format", "temperature", "tools", "stream"], ...] = ()
    content_blocks: bool = False
    no_done: bool = False
    no_finish_reason: bool = False
    finish_reason: str | None = None
    error_after: Annotated[int, Field(ge=0)] | None = None
    error_style: Literal["databricks", "openai"] = "databricks"
    reset_after: Annotated[int, Field(ge=0)] | None = None
    tokens_a_second: Annotated[float, Field(gt=0)] | None = None
    content: str | None = None


class FaultRule(Section):
    """One rule. It applies to calls of `operation` by `user` (any when absent), to the `model` of a
    chat, after `skip` such calls, `times` times (always when absent), with `probability`.
    """

    operation: Operation = "*"
    user: str | None = None
    model: str | None = None
    space: str | None = None
    skip: Annotated[int, Field(ge=0)] = 0
    times: Annotated[int, Field(ge=1)] | None = None
    probability: Probability = 1.0
    http: HttpFault | None = None
    genie: GenieFault | None = None
    chat: ChatFault | None = None

    @property
    def aspects(self) -> frozenset[str]:
        """Of what the rule speaks: the exchange, the question, the completion."""
        said = {"http": self.http, "genie": self.genie, "chat": self.chat}
        return frozenset(name for name, fault in said.items() if fault is not None)

    def applies(self, operation: str, details: dict[str, Any]) -> bool:
        """Whether the rule speaks of this call at all."""
        if self.operation not in {"*", operation}:
            return False
        return all(
            wanted is None or details.get(name) == wanted
            for name, wanted in (
                ("user", self.user),
                ("model", self.model),
                ("space", self.space),
            )
        )
