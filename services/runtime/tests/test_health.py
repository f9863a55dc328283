from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.health import Health
from aislides_runtime.status import error_from_rpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN


class Database:
    def __init__(self) -> None:
        self.up = True
        self.asked = 0

    async def check(self) -> None:
        self.asked += 1
        if not self.up:
            raise ConnectionError("10.0.0.1 refused")


async def status(stub: Any, name: str = "") -> int:
    answer = await stub.Check(health_pb2.HealthCheckRequest(service=name))
    return int(answer.status)


async def test_readiness_follows_the_checks_and_liveness_does_not(serve: Any) -> None:
    database = Database()
    async with serve(readiness={"database": database.check}) as served:
        stub = health_pb2_grpc.HealthStub(served.channel)
        health = served.server.health
        names = ("", "test.v1.Test", "live")
        assert [await status(stub, name) for name in names] == [SERVING] * 3
        database.up = False
        await health.refresh()
        assert [await status(stub, name) for name in names] == [NOT_SERVING, NOT_SERVING, SERVING]
        database.up = True
        await health.refresh()
        assert await status(stub) == SERVING
        listed = (await stub.List(health_pb2.HealthListRequest())).statuses
        assert set(listed) == {"", "live", "test.v1.Test"}


async def test_answers_come_from_the_last_check_not_from_a_new_one(serve: Any) -> None:
    database = Database()
    async with serve(
        readiness={"database": database.check}, readiness_interval_seconds=60
    ) as served:
        stub = health_pb2_grpc.HealthStub(served.channel)
        for _ in range(5):
            await status(stub)
    assert database.asked == 1


async def test_a_name_that_is_not_here_is_told(serve: Any) -> None:
    async with serve() as served:
        stub = health_pb2_grpc.HealthStub(served.channel)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await status(stub, "elsewhere")
        assert error_from_rpc(caught.value).reason == "UNKNOWN_HEALTH_NAME"
        call = stub.Watch(health_pb2.HealthCheckRequest(service="elsewhere"))
        assert (await call.read()).status == UNKNOWN
        call.cancel()


async def test_a_watcher_hears_of_changes_and_ends_with_the_drain(serve: Any) -> None:
    database = Database()
    heard: list[int] = []
    first = asyncio.Event()

    async with serve(
        readiness={"database": database.check}, readiness_interval_seconds=0.01
    ) as served:

        async def watch() -> None:
            stub = health_pb2_grpc.HealthStub(served.channel)
            async for update in stub.Watch(health_pb2.HealthCheckRequest()):
                heard.append(update.status)
                first.set()

        watching = asyncio.create_task(watch())
        await asyncio.wait_for(first.wait(), 30)
        first.clear()
        database.up = False
        await asyncio.wait_for(first.wait(), 30)
        first.clear()
        database.up = True
        await asyncio.wait_for(first.wait(), 30)
        await served.server.health.drain()
        await asyncio.wait_for(watching, 30)
    assert heard == [SERVING, NOT_SERVING, SERVING, NOT_SERVING]


async def test_a_check_that_hangs_counts_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aislides_runtime.health._TIMEOUT_SECONDS", 0.01)

    async def hang() -> None:
        await asyncio.Event().wait()

    health = Health({"hang": hang})
    await health.refresh()
    assert not health.ready
