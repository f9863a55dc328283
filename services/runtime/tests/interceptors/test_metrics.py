from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.errors import InvalidRequest
from aislides_runtime.interceptors.metrics import RpcMetrics
from google.protobuf.wrappers_pb2 import StringValue
from prometheus_client import CollectorRegistry


async def echo(request: Any, context: Any) -> Any:
    return request


async def refuse(request: Any, context: Any) -> Any:
    raise InvalidRequest("no")


async def crash(request: Any, context: Any) -> Any:
    raise RuntimeError("x")


async def abort(request: Any, context: Any) -> Any:
    await context.abort(grpc.StatusCode.NOT_FOUND, "x")


HANDLERS = {"Echo": echo, "Refuse": refuse, "Crash": crash, "Abort": abort}


def handled(registry: CollectorRegistry) -> dict[tuple[str, str], float]:
    return {
        (sample.labels["method"].rpartition("/")[2], sample.labels["code"]): sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "aislides_rpc_handled_total"
    }


async def test_calls_are_counted_by_method_and_code(serve: Any) -> None:
    registry = CollectorRegistry()
    async with serve(unary=HANDLERS, metrics=RpcMetrics(registry)) as served:
        await served.unary("Echo")
        await served.unary("Echo")
        for name in ("Refuse", "Crash", "Abort"):
            with pytest.raises(grpc.aio.AioRpcError):
                await served.unary(name)
        with pytest.raises(grpc.aio.AioRpcError):
            await served.raw("Echo", b"\xff")
    assert handled(registry) == {
        ("Echo", "OK"): 2,
        ("Echo", "INVALID_ARGUMENT"): 1,
        ("Refuse", "INVALID_ARGUMENT"): 1,
        ("Crash", "INTERNAL"): 1,
        ("Abort", "NOT_FOUND"): 1,
    }
    method = {"method": "/test.v1.Test/Echo"}
    assert registry.get_sample_value("aislides_rpc_seconds_count", method) == 3
    assert registry.get_sample_value("aislides_rpc_in_flight", method) == 0


async def test_made_up_methods_add_no_series(serve: Any) -> None:
    registry = CollectorRegistry()
    async with serve(unary=HANDLERS, metrics=RpcMetrics(registry)) as served:
        for number in range(50):
            with pytest.raises(grpc.aio.AioRpcError):
                await served.unary(f"Odd{number}")
    assert handled(registry) == {}


async def test_calls_in_flight_are_gauged_and_cancellation_is_counted(serve: Any) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hang(request: Any, context: Any) -> StringValue:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return StringValue()

    async with serve(unary={"Hang": hang}) as served:
        registry = served.server.metrics.registry
        method = {"method": "/test.v1.Test/Hang"}
        call = served.unary("Hang")
        await begun.wait()
        assert registry.get_sample_value("aislides_rpc_in_flight", method) == 1
        call.cancel()
        await asyncio.wait_for(ended.wait(), 30)
    assert handled(registry) == {("Hang", "CANCELLED"): 1}


async def test_two_servers_can_share_one_set_of_metrics(serve: Any) -> None:
    metrics = RpcMetrics()
    async with (
        serve(unary=HANDLERS, metrics=metrics) as one,
        serve(unary=HANDLERS, metrics=metrics) as two,
    ):
        await one.unary("Echo")
        await two.unary("Echo")
    assert handled(metrics.registry) == {("Echo", "OK"): 2}
