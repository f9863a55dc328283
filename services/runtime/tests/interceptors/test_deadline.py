from __future__ import annotations

import asyncio
import math
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.deadlines import current_deadline
from aislides_runtime.errors import DeadlineExceeded
from aislides_runtime.status import DETAILS_KEY, error_from_rpc
from google.protobuf.wrappers_pb2 import StringValue

METHOD = "/test.v1.Test/Tell"


async def tell(request: Any, context: Any) -> StringValue:
    deadline = current_deadline.get()
    assert deadline is not None
    return StringValue(value=str(deadline.remaining()))


@pytest.mark.parametrize(
    ("options", "timeout", "low", "high"),
    [
        ({"max_call_seconds": 20}, None, 19, 20),
        ({"max_call_seconds": 20}, 5, 4, 5.1),
        ({"max_call_seconds": 20}, 50, 19, 20),
        ({"max_call_seconds_by_method": {METHOD: 900}}, None, 899, 900),
        ({"max_call_seconds_by_method": {METHOD: math.inf}}, None, math.inf, math.inf),
        ({}, None, 299, 300),
    ],
)
async def test_a_call_has_what_the_caller_allows_at_most_the_servers_maximum(
    serve: Any, options: dict[str, Any], timeout: float | None, low: float, high: float
) -> None:
    async with serve(unary={"Tell": tell}, **options) as served:
        remaining = float((await served.unary("Tell", timeout=timeout)).value)
    assert low <= remaining <= high


async def hang(request: Any, context: Any) -> Any:
    await asyncio.Event().wait()


async def hang_in_stream(request: Any, context: Any) -> Any:
    yield StringValue(value="first")
    await asyncio.Event().wait()


async def flood(request: Any, context: Any) -> Any:
    while True:  # never waits itself: stuck in sending when the caller does not read
        yield StringValue(value="x" * 1_000_000)


@pytest.mark.parametrize("name", ["Hang", "HangInStream", "Flood"])
async def test_when_time_is_up_the_handler_stops_and_the_caller_is_told(
    serve: Any, name: str
) -> None:
    async with serve(
        unary={"Hang": hang},
        stream={"HangInStream": hang_in_stream, "Flood": flood},
        max_call_seconds=0.1,
    ) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            if name == "Hang":
                await served.unary(name)
            else:
                call = served.stream(name)
                await call.read()
                await asyncio.sleep(0.3)
                async for _ in call:
                    pass
    error = error_from_rpc(caught.value)
    assert type(error) is DeadlineExceeded
    assert DETAILS_KEY in caught.value.trailing_metadata()


async def test_a_timeout_of_the_handlers_own_is_not_the_deadline(serve: Any) -> None:
    async def impatient(request: Any, context: Any) -> Any:
        raise TimeoutError("upstream")

    async with serve(unary={"Impatient": impatient}) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.unary("Impatient")
    assert caught.value.code() is grpc.StatusCode.INTERNAL
