from __future__ import annotations

from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.errors import Kind
from aislides_runtime.status import error_from_rpc
from google.protobuf.wrappers_pb2 import StringValue

GARBAGE = b"\x0a\xff\xff\xff\xff\x0fabc"


async def echo(request: StringValue, context: Any) -> StringValue:
    return request


async def echo_stream(request: StringValue, context: Any) -> Any:
    yield request
    yield request


async def join(messages: Any, context: Any) -> StringValue:
    return StringValue(value="+".join([m.value async for m in messages]))


async def echo_each(messages: Any, context: Any) -> Any:
    async for message in messages:
        yield message


async def echo_by_context(_: Any, context: Any) -> None:
    while (message := await context.read()) is not grpc.aio.EOF:
        await context.write(StringValue(value=message.value.upper()))


ALL: dict[str, Any] = {
    "unary": {"UnaryUnary": echo},
    "stream": {"UnaryStream": echo_stream},
    "arities": {
        "StreamUnary": (grpc.stream_unary_rpc_method_handler, join),
        "StreamStream": (grpc.stream_stream_rpc_method_handler, echo_each),
        "ByContext": (grpc.stream_stream_rpc_method_handler, echo_by_context),
    },
}
CALLS = {
    "UnaryUnary": ("unary_unary", False),
    "UnaryStream": ("unary_stream", False),
    "StreamUnary": ("stream_unary", True),
    "StreamStream": ("stream_stream", True),
    "ByContext": ("stream_stream", True),
}


async def call(channel: grpc.aio.Channel, name: str, *bodies: bytes) -> list[str]:
    arity, streaming = CALLS[name]
    made = getattr(channel, arity)(f"/test.v1.Test/{name}")(
        iter(bodies) if streaming else bodies[0]
    )
    answers = [a async for a in made] if hasattr(made, "__aiter__") else [await made]
    return [StringValue.FromString(answer).value for answer in answers]


@pytest.mark.parametrize("name", CALLS)
async def test_undecodable_bytes_are_the_callers_fault_and_tell_no_internals(
    serve: Any, name: str
) -> None:
    async with serve(**ALL) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call(served.channel, name, GARBAGE)
    error = error_from_rpc(caught.value)
    assert (error.kind, error.reason) == (Kind.INVALID_ARGUMENT, "UNDECODABLE_REQUEST")
    assert "Error parsing" not in str(caught.value)
    assert "DecodeError" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("UnaryUnary", ["a"]),
        ("UnaryStream", ["a", "a"]),
        ("StreamUnary", ["a+b"]),
        ("StreamStream", ["a", "b"]),
        ("ByContext", ["A", "B"]),
    ],
)
async def test_messages_of_every_arity_pass(serve: Any, name: str, answers: list[str]) -> None:
    bodies = [StringValue(value=v).SerializeToString() for v in ("a", "b")]
    async with serve(**ALL) as served:
        assert await call(served.channel, name, *bodies) == answers
