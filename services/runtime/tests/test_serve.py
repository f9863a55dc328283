from __future__ import annotations

import asyncio
import os
import signal
import sys
import textwrap
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.channels import open_channel
from aislides_runtime.errors import Kind
from aislides_runtime.serve import running_server, serve_until_stopped
from aislides_runtime.status import error_from_rpc
from google.protobuf.wrappers_pb2 import StringValue
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

NO_RETRY = {"retry_unavailable": False}


async def echo(request: Any, context: Any) -> Any:
    return request


async def size(request: Any, context: Any) -> StringValue:
    return StringValue(value="x" * int(request.value))


class Slow:
    """A handler that ends when told to."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.go = asyncio.Event()
        self.cancelled = False

    async def __call__(self, request: Any, context: Any) -> StringValue:
        self.begun.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return StringValue(value="finished")

    async def handler(self, request: Any, context: Any) -> StringValue:
        return await self(request, context)


async def code_of(call: Any) -> grpc.StatusCode:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return caught.value.code()


async def refusal_of(call: Any) -> grpc.StatusCode | None:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return None


async def test_a_drain_finishes_the_call_in_flight_and_refuses_a_new_one(serve: Any) -> None:
    slow = Slow()
    starting = serve(unary={"Slow": slow.handler, "Echo": echo}, channel=NO_RETRY, drain_seconds=30)
    served = await starting.__aenter__()
    channel = open_channel(served.server.target, retry_unavailable=False)
    method = channel.unary_unary(
        "/test.v1.Test/Slow", StringValue.SerializeToString, StringValue.FromString
    )
    in_flight = asyncio.ensure_future(method(StringValue()))
    await slow.begun.wait()
    stopping = asyncio.create_task(starting.__aexit__(None, None, None))
    await asyncio.wait_for(served.server.draining.wait(), 30)
    assert not served.server.health.ready
    fresh = open_channel(served.server.target, retry_unavailable=False)
    # A call that comes before the connection is told to go away is still answered; one that comes
    # in that moment is cancelled by grpc, which has taken no note of it yet.
    refused, early = None, (None, grpc.StatusCode.CANCELLED)
    async with asyncio.timeout(20):
        while (
            refused := await refusal_of(channel.unary_unary("/test.v1.Test/Echo")(b""))
        ) in early:
            await asyncio.sleep(0.01)
    assert refused is grpc.StatusCode.UNAVAILABLE
    assert await code_of(fresh.unary_unary("/test.v1.Test/Echo")(b"")) is (
        grpc.StatusCode.UNAVAILABLE
    )
    assert not stopping.done()
    slow.go.set()
    assert (await in_flight).value == "finished"
    await asyncio.wait_for(stopping, 30)
    await fresh.close()
    await channel.close()


async def test_a_drain_ends_after_its_time_and_cancels_what_is_left(serve: Any) -> None:
    slow = Slow()
    async with asyncio.timeout(30):
        async with serve(unary={"Slow": slow.handler}, channel=NO_RETRY, drain_seconds=60):
            pass
        async with running_server(
            lambda server: server.add_generic_rpc_handlers(
                (
                    grpc.method_handlers_generic_handler(
                        "s", {"Slow": grpc.unary_unary_rpc_method_handler(slow.handler)}
                    ),
                )
            ),
            drain_seconds=0.1,
        ) as server:
            channel = open_channel(server.target, retry_unavailable=False)
            call = asyncio.ensure_future(channel.unary_unary("/s/Slow")(b""))
            await slow.begun.wait()
    with pytest.raises((grpc.aio.AioRpcError, asyncio.CancelledError)):
        await call
    assert slow.cancelled
    await channel.close()


@pytest.mark.parametrize("fails", [False, True])
async def test_the_drain_hook_runs_and_its_failure_does_not_stop_the_stop(
    serve: Any, fails: bool
) -> None:
    ran = []

    async def hook() -> None:
        ran.append("hook")
        if fails:
            raise RuntimeError("x")

    async with serve(on_drain=hook) as served:
        assert ran == []
    assert ran == ["hook"]
    assert served.server.draining.is_set()


async def test_a_cancelled_drain_still_stops_the_server(serve: Any) -> None:
    slow = Slow()
    starting = serve(unary={"Slow": slow.handler}, channel=NO_RETRY)
    served = await starting.__aenter__()
    channel = open_channel(served.server.target, retry_unavailable=False)
    call = asyncio.ensure_future(channel.unary_unary("/test.v1.Test/Slow")(b""))
    await slow.begun.wait()
    stopping = asyncio.create_task(starting.__aexit__(None, None, None))
    await served.server.draining.wait()
    stopping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopping
    with pytest.raises((grpc.aio.AioRpcError, asyncio.CancelledError)):
        await call
    assert slow.cancelled
    await channel.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_serving_in_this_process(number: signal.Signals) -> None:
    async with asyncio.timeout(30):
        await serve_until_stopped(
            running_server(lambda server: None),
            on_started=lambda running: os.kill(os.getpid(), number),
        )


CHILD = textwrap.dedent("""
    import asyncio, sys
    import grpc
    from aislides_runtime.process import run
    from aislides_runtime.serve import running_server, serve_until_stopped

    async def slow(request, context):
        sys.stdout.write("begun\\n"); sys.stdout.flush()
        await asyncio.sleep(0.5)
        return b"finished"

    def add(server):
        handler = grpc.unary_unary_rpc_method_handler(slow)
        service = grpc.method_handlers_generic_handler("s", {"Slow": handler})
        server.add_generic_rpc_handlers((service,))

    def tell(running):
        sys.stdout.write(running.target + "\\n"); sys.stdout.flush()

    listen = sys.argv[1]
    sys.exit(run(lambda: serve_until_stopped(
        running_server(add, listen=listen, port_setting="X__PORT"), on_started=tell)))
""")


async def child(listen: str = "127.0.0.1:0") -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, listen),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def next_line(process: asyncio.subprocess.Process) -> str:
    """What the child says next, log lines left out."""
    assert process.stdout is not None
    while True:
        line = (await process.stdout.readline()).decode()
        if not line or "[info" not in line:
            return line.strip()


async def test_sigterm_lets_a_real_process_finish_its_call_and_exit_0() -> None:
    process = await child()
    target = await next_line(process)
    async with open_channel(target, retry_unavailable=False) as channel:
        call = asyncio.ensure_future(channel.unary_unary("/s/Slow")(b""))
        assert await next_line(process) == "begun"
        process.send_signal(signal.SIGTERM)
        assert await call == b"finished"
    _, err = await asyncio.wait_for(process.communicate(), 40)
    assert (process.returncode, err) == (0, b"")


async def test_a_process_whose_port_is_taken_exits_1_with_one_line(serve: Any) -> None:
    async with serve() as served:
        process = await child(served.server.target)
        _, err = await asyncio.wait_for(process.communicate(), 40)
    assert process.returncode == 1
    assert err.decode().count("\n") == 1
    assert err.decode().rstrip().endswith("choose another port with X__PORT [PORT_IN_USE]")


async def test_messages_over_the_limit_are_refused_both_ways(serve: Any) -> None:
    handlers = {"Echo": echo, "Size": size}
    big = {"message_bytes": 64 * 1024 * 1024}
    async with serve(unary=handlers, channel=big) as served:
        assert await code_of(served.unary("Echo", "x" * (8 * 1024 * 1024 + 1))) is (
            grpc.StatusCode.RESOURCE_EXHAUSTED
        )
        assert await code_of(served.unary("Size", str(8 * 1024 * 1024 + 1))) is (
            grpc.StatusCode.RESOURCE_EXHAUSTED
        )
        assert len((await served.unary("Size", str(8_000_000))).value) == 8_000_000
    async with serve(unary=handlers, message_bytes=64 * 1024 * 1024) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.unary("Size", str(8 * 1024 * 1024 + 1))
    assert error_from_rpc(caught.value).kind is Kind.RESOURCE_EXHAUSTED


async def test_metadata_over_the_limit_is_refused(serve: Any) -> None:
    async with serve(unary={"Echo": echo}, channel=NO_RETRY) as served:
        assert (await served.unary("Echo", "x", metadata=(("k", "v" * 14_000),))).value == "x"
        code = await code_of(served.unary("Echo", metadata=(("k", "v" * 17_000),)))
        assert code is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert (await served.unary("Echo", "x")).value == "x"


async def services(channel: grpc.aio.Channel) -> list[str]:
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    async for answer in stub.ServerReflectionInfo(iter([request])):
        return [service.name for service in answer.list_services_response.service]
    return []


async def test_reflection_is_off_unless_asked_for(serve: Any) -> None:
    async with serve(unary={"Echo": echo}) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await services(served.channel)
        assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
    async with serve(unary={"Echo": echo}, reflection_on=True) as served:
        assert "test.v1.Test" in await services(served.channel)
