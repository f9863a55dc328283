"""Requests that several tests make, and what came of them."""

from __future__ import annotations

import json
from typing import Any

import grpc
import pytest
from aislides.llm.v1 import llm_service_pb2 as pb
from aislides_runtime.status import error_from_rpc

SCHEMA = json.dumps(
    {
        "type": "object",
        "required": ["title", "slides"],
        "properties": {
            "title": {"type": "string"},
            "slides": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["headline"],
                    "properties": {"headline": {"type": "string", "maxLength": 40}},
                },
            },
        },
    }
)
DECK = {"title": "T", "slides": [{"headline": "One {f1.mean}"}, {"headline": "Two"}]}
TOOL = pb.Tool(
    name="query_genie",
    description="asks",
    parameters_json_schema=json.dumps(
        {
            "type": "object",
            "required": ["question"],
            "properties": {"question": {"type": "string"}},
        }
    ),
)


def write_spec(**more: Any) -> pb.CompletionSpec:
    prompt = pb.PromptCall(
        name="html_generation",
        variables={"max_slides": "5"},
        data_json='{"task": "write", "question": "Why?"}',
    )
    structured = pb.StructuredOutput(json_schema=SCHEMA, name="deck", element_path="slides")
    return pb.CompletionSpec(prompt=prompt, structured=structured, purpose="write", **more)


def plan_spec(**more: Any) -> pb.CompletionSpec:
    prompt = pb.PromptCall(
        name="intent_analysis",
        variables={"max_questions": "4"},
        data_json='{"task": "plan", "question": "Why?"}',
    )
    return pb.CompletionSpec(prompt=prompt, purpose="plan", **more)


def hello(text: str = "Hello", **more: Any) -> pb.CompletionSpec:
    message = pb.ChatMessage(role=pb.ROLE_USER, content=text)
    return pb.CompletionSpec(messages=pb.MessageList(messages=[message]), **more)


async def events(stub: Any, spec: pb.CompletionSpec, **more: Any) -> list[Any]:
    call = stub.StreamCompletion(pb.StreamCompletionRequest(spec=spec), timeout=20, **more)
    return [event async for event in call]


async def generate(stub: Any, spec: pb.CompletionSpec, **more: Any) -> pb.Completion:
    request = pb.GenerateCompletionRequest(spec=spec)
    return (await stub.GenerateCompletion(request, timeout=20, **more)).completion


async def failure(awaitable: Any) -> Any:
    """The typed error that a call ends with."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await awaitable
    return error_from_rpc(raised.value)
