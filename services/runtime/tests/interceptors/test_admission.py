from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.errors import Kind
from aislides_runtime.status import error_from_rpc
from google.protobuf.wrappers_pb2 import StringValue
from grpc_health.v1 import health_pb2, health_pb2_grpc


async def test_calls_beyond_the_limit_are_refused_at_once_but_health_answers(serve: Any) -> None:
    go = asyncio.Event()
    inside = asyncio.Semaphore(0)

    async def wait(request: Any, context: Any) -> StringValue:
        inside.release()
        await go.wait()
        return StringValue(value="done")

    async with serve(unary={"Wait": wait}, max_calls=2) as served:
        calls = [served.unary("Wait"), served.unary("Wait")]
        await inside.acquire()
        await inside.acquire()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.unary("Wait")
        error = error_from_rpc(caught.value)
        assert (error.kind, error.reason) == (Kind.RESOURCE_EXHAUSTED, "SERVER_BUSY")
        assert error.retry_after == 1.0
        health = health_pb2_grpc.HealthStub(served.channel)
        answer = await health.Check(health_pb2.HealthCheckRequest())
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
        go.set()
        assert [(await call).value for call in calls] == ["done", "done"]
        assert (await served.unary("Wait")).value == "done"
