"""Models through llm_svc."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Final

import grpc.aio
from aislides.llm.v1 import llm_service_pb2 as pb
from aislides.llm.v1 import llm_service_pb2_grpc as grpc_stub
from aislides_runtime.status import error_from_rpc

from orchestrator_svc.adapters.resuming import resumed
from orchestrator_svc.errors import AnswerUnusable
from orchestrator_svc.ports import Element, ModelUse, PlanAnswer, ToolTurn, Written

MAX_QUESTION: Final = 1_000
PLAN_PROMPT: Final = "intent_analysis"
PROMPTS: Final = {
    "write": ("html_generation", ("max_slides",)),
    "repair": ("slide_repair", ()),
    "revise": ("deck_revision", ("max_slides",)),
    "interpretation": ("data_interpretation", ()),
    "narrative": ("narrative_construction", ("max_slides",)),
}
"""The prompt of each purpose, and the variables that it takes. `html_generation` is the plan's name
for the prompt that writes slides; here they are written as data."""

QUERY_TOOL: Final = pb.Tool(
    name="query_genie",
    description=(
        "Answers one analytical question in plain English over the space's tables and returns "
        "one table. Each question must be self-contained."
    ),
    parameters_json_schema=json.dumps(
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "question": {"type": "string", "minLength": 1, "maxLength": MAX_QUESTION}
            },
            "required": ["question"],
        }
    ),
)
"""The model's only tool: one question, read-only, under the caller's identity."""


class LlmOverGrpc:
    """The Llm port over a channel to llm_svc."""

    def __init__(self, channel: grpc.aio.Channel, *, target: str, timeout_seconds: float) -> None:
        self._stub = grpc_stub.LlmServiceStub(channel)
        self._target = f"llm_svc at {target}"
        self._timeout = timeout_seconds

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
        spec = pb.CompletionSpec(
            prompt=pb.PromptCall(
                name=PLAN_PROMPT,
                variables={"max_questions": str(max_questions)},
                data_json=_json(data),
                turns=_messages(turns),
            ),
            purpose="plan",
            tools=[QUERY_TOOL],
            request_id=request_id,
            tenant=tenant,
        )
        try:
            response = await self._stub.GenerateCompletion(
                pb.GenerateCompletionRequest(spec=spec), timeout=self._timeout
            )
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._target) from error
        completion = response.completion
        questions = [
            _question(call.arguments_json)
            for call in completion.tool_calls
            if call.name == QUERY_TOOL.name
        ]
        return PlanAnswer(
            questions=tuple(dict.fromkeys(item for item in questions if item)),
            text=completion.text,
            model=completion.model,
            use=_use(completion),
        )

    async def write(
        self,
        *,
        data: Mapping[str, Any],
        schema_json: str,
        request_id: str,
        tenant: str,
        purpose: str,
    ) -> AsyncIterator[Element | Written]:
        """Slides as each is complete, and last the whole answer."""
        prompt, variables = PROMPTS[purpose]
        elements = "slides" if purpose in {"write", "repair", "revise"} else ""
        spec = pb.CompletionSpec(
            prompt=pb.PromptCall(
                name=prompt,
                variables={name: str(data[name]) for name in variables},
                data_json=_json(data),
            ),
            purpose=purpose,
            structured=pb.StructuredOutput(
                json_schema=schema_json, name="deck", element_path=elements
            ),
            request_id=request_id,
            tenant=tenant,
        )
        request = pb.StreamCompletionRequest(spec=spec)
        stream = resumed(lambda: self._stub.StreamCompletion(request, timeout=self._timeout))
        completed = False
        try:
            async with aclosing(stream):
                async for response in stream:
                    match response.WhichOneof("event"):
                        case "element":
                            element = response.element
                            yield Element(element.index, _from_json(element.json))
                        case "completed":
                            completed = True
                            completion = response.completed
                            yield Written(
                                _from_json(completion.text), completion.model, _use(completion)
                            )
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._target) from error
        if not completed:
            raise AnswerUnusable("llm_svc ended its stream without the whole answer")


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _from_json(text: str) -> Any:
    """The value of a model's JSON. Raises AnswerUnusable."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise AnswerUnusable("the model's answer is not JSON") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _question(arguments: str) -> str:
    """The question of a tool call; empty when it holds none."""
    try:
        called = _from_json(arguments)
    except AnswerUnusable:
        return ""
    question = called.get("question") if isinstance(called, dict) else None
    return question.strip()[:MAX_QUESTION] if isinstance(question, str) else ""


def _use(completion: pb.Completion) -> ModelUse:
    usage = completion.usage
    return ModelUse(
        calls=max(1, usage.calls),
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_micro_usd=usage.cost_micro_usd,
    )


def _messages(turns: Sequence[ToolTurn]) -> list[pb.ChatMessage]:
    """Earlier tool calls and what they brought, as chat turns."""
    if not turns:
        return []
    calls = [
        pb.ToolCall(
            id=turn.call_id,
            name=QUERY_TOOL.name,
            arguments_json=_json({"question": turn.question}),
        )
        for turn in turns
    ]
    answers = [
        pb.ChatMessage(role=pb.ROLE_TOOL, tool_call_id=turn.call_id, content=_json(turn.outcome))
        for turn in turns
    ]
    return [pb.ChatMessage(role=pb.ROLE_ASSISTANT, tool_calls=calls), *answers]
