from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.channels import open_channel
from aislides_runtime.deadlines import Deadline, current_deadline, use_deadline
from aislides_runtime.errors import InvalidRequest, Unavailable
from aislides_runtime.request_ids import HEADER, current_request_id
from aislides_runtime.serve import running_server
from aislides_runtime.status import error_from_rpc
from google.protobuf.wrappers_pb2 import StringValue


async def remaining(request: Any, context: Any) -> StringValue:
    deadline = current_deadline.get()
    assert deadline is not None
    return StringValue(value=f"{deadline.remaining()}")


async def remaining_stream(request: Any, context: Any) -> Any:
    yield await remaining(request, context)


async def tell_id(request: Any, context: Any) -> StringValue:
    return StringValue(value=current_request_id.get())


@pytest.mark.parametrize("streaming", [False, True])
async def test_the_deadline_shrinks_by_the_margin_at_each_of_two_hops(
    serve: Any, streaming: bool
) -> None:
    margin = {"margin_seconds": 1.0}
    async with serve(
        unary={"Far": remaining}, stream={"Far": remaining_stream}, channel=margin
    ) as last:

        async def relay(request: Any, context: Any) -> StringValue:
            deadline = current_deadline.get()
            assert deadline is not None
            here = deadline.remaining()
            if streaming:
                far = await last.stream("Far").read()
            else:
                far = await last.unary("Far")
            return StringValue(value=f"{here} {far.value}")

        names = {"unary": {"Relay": relay}}
        async with serve(**names, channel=margin) as first:
            with use_deadline(Deadline(10)):
                answer = await first.unary("Relay")
    here, far = map(float, answer.value.split())
    assert 8.0 < here <= 9.1
    # One margin is taken off, not two: the rest is for a busy machine.
    assert here - 1.9 < far <= here - 0.9


@pytest.mark.parametrize(
    ("given", "low", "high"), [(None, 8.0, 9.1), (2.0, 1.1, 2.1), (60.0, 8.0, 9.1)]
)
async def test_a_shorter_timeout_of_the_caller_holds_a_longer_one_does_not(
    serve: Any, given: float | None, low: float, high: float
) -> None:
    async with serve(unary={"Tell": remaining}, channel={"margin_seconds": 1.0}) as served:
        with use_deadline(Deadline(10)):
            answer = await served.unary("Tell", timeout=given)
    assert low < float(answer.value) <= high


async def test_without_a_deadline_or_with_an_endless_one_the_callers_timeout_holds(
    serve: Any,
) -> None:
    async with serve(unary={"Tell": remaining}) as served:
        assert float((await served.unary("Tell", timeout=7)).value) <= 7.1
        with use_deadline(Deadline(float("inf"))):
            assert float((await served.unary("Tell")).value) > 250
            assert float((await served.unary("Tell", timeout=7)).value) <= 7.1


@pytest.mark.parametrize("name", ["unary", "stream"])
async def test_a_call_for_which_no_time_is_left_does_not_reach_the_server(
    serve: Any, name: str
) -> None:
    reached = []

    async def note(request: Any, context: Any) -> StringValue:
        reached.append(1)
        return StringValue()

    async def note_stream(request: Any, context: Any) -> Any:
        yield await note(request, context)

    async with serve(unary={"Note": note}, stream={"NoteStream": note_stream}) as served:
        with use_deadline(Deadline(0.04)), pytest.raises(grpc.aio.AioRpcError) as caught:
            if name == "unary":
                await served.unary("Note")
            else:
                await served.stream("NoteStream").read()
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert reached == []


async def test_the_request_id_travels_on(serve: Any) -> None:
    async with serve(unary={"Tell": tell_id}) as last:

        async def relay(request: Any, context: Any) -> Any:
            return await last.unary("Tell")

        async with serve(unary={"Relay": relay}) as first:
            answer = await first.unary("Relay", metadata=((HEADER, "req-1"),))
            assert answer.value == "req-1"


async def test_an_id_and_metadata_given_with_the_call_are_kept(serve: Any) -> None:
    async def tell_both(request: Any, context: Any) -> StringValue:
        metadata = dict(context.invocation_metadata())
        return StringValue(value=f"{metadata[HEADER]} {metadata['other']}")

    async with serve(unary={"Tell": tell_both}) as served:
        token = current_request_id.set("outer")
        mine = await served.unary("Tell", metadata=((HEADER, "mine"), ("other", "x")))
        outer = await served.unary("Tell", metadata=(("other", "x"),))
        current_request_id.reset(token)
    assert (mine.value, outer.value) == ("mine x", "outer x")


class Flaky:
    """Fails so many times, then answers."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures, self.error, self.calls = failures, error, 0

    async def handler(self, request: Any, context: Any) -> StringValue:
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error
        return StringValue(value="ok")

    async def stream(self, request: Any, context: Any) -> Any:
        yield await self.handler(request, context)


@pytest.mark.parametrize(
    ("flaky", "retry", "calls", "ends"),
    [
        (Flaky(2, Unavailable()), True, 3, "ok"),
        (Flaky(9, Unavailable("down")), True, 3, "SERVICE_UNAVAILABLE"),
        (Flaky(1, Unavailable()), False, 1, "SERVICE_UNAVAILABLE"),
        (Flaky(1, InvalidRequest()), True, 1, "INVALID_REQUEST"),
        (Flaky(1, RuntimeError()), True, 1, "INTERNAL"),
    ],
)
@pytest.mark.parametrize("streaming", [False, True])
async def test_only_unavailable_is_tried_again_up_to_three_times_in_all(
    serve: Any, flaky: Flaky, retry: bool, calls: int, ends: str, streaming: bool
) -> None:
    flaky.calls = 0
    async with serve(
        unary={"Flaky": flaky.handler},
        stream={"FlakyStream": flaky.stream},
        channel={"retry_unavailable": retry},
    ) as served:
        try:
            if streaming:
                answer = await served.stream("FlakyStream").read()
            else:
                answer = await served.unary("Flaky")
            result = answer.value
        except grpc.aio.AioRpcError as error:
            result = error_from_rpc(error).reason
    assert (result, flaky.calls) == (ends, calls)


async def test_a_stream_is_not_tried_again_after_its_first_message(serve: Any) -> None:
    calls = []

    async def breaks(request: Any, context: Any) -> Any:
        calls.append(1)
        yield StringValue(value="first")
        raise Unavailable

    async with serve(stream={"Breaks": breaks}) as served:
        call = served.stream("Breaks")
        assert (await call.read()).value == "first"
        with pytest.raises(grpc.aio.AioRpcError):
            await call.read()
    assert calls == [1]


async def test_a_target_where_nobody_listens_is_unavailable_by_name(serve: Any) -> None:
    async with serve() as served:
        target = served.server.target
    async with open_channel(target, retry_unavailable=False) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await channel.unary_unary("/a/B")(b"", timeout=5)
    error = error_from_rpc(caught.value, target=f"genie_svc at {target}")
    assert type(error) is Unavailable
    assert error.message.startswith(f"genie_svc at {target} cannot be reached")


async def test_a_channel_finds_a_server_that_comes_back(serve: Any) -> None:
    async with serve(unary={"Tell": tell_id}) as served:
        target = served.server.target
        await served.unary("Tell")
    method = "/test.v1.Test/Tell"
    async with open_channel(target) as channel:
        with pytest.raises(grpc.aio.AioRpcError):
            await channel.unary_unary(method)(b"", timeout=5)
        async with serve(unary={"Tell": tell_id}, listen=target):
            assert await channel.unary_unary(method)(b"", timeout=5, wait_for_ready=True)


async def test_a_server_that_is_too_busy_to_say_hello_at_once_is_waited_for(serve: Any) -> None:
    async with serve(unary={"Tell": tell_id}) as served:
        host, port = served.server.target.rsplit(":", 1)

        async def pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
            while data := await source.read(65_536):
                into.write(data)
            into.close()

        async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.7)
            far_reader, far_writer = await asyncio.open_connection(host, port)
            await asyncio.gather(
                pour(reader, far_writer), pour(far_reader, writer), return_exceptions=True
            )

        async with await asyncio.start_server(late, "127.0.0.1", 0) as door:
            target = f"127.0.0.1:{door.sockets[0].getsockname()[1]}"
            async with open_channel(target, retry_unavailable=False) as channel:
                assert await channel.unary_unary("/test.v1.Test/Tell")(b"", timeout=20)


async def test_calls_go_to_all_addresses_in_turn() -> None:
    seen: dict[int, int] = {0: 0, 1: 0}

    def add(number: int) -> Any:
        async def count(request: Any, context: Any) -> bytes:
            seen[number] += 1
            return b""

        handler = grpc.unary_unary_rpc_method_handler(count)
        return lambda server: server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("s", {"Count": handler}),)
        )

    async with (
        running_server(add(0)) as one,
        running_server(add(1)) as two,
        open_channel(f"ipv4:{one.target},{two.target}") as channel,
    ):
        call = channel.unary_unary("/s/Count")
        async with asyncio.timeout(20):
            while not all(seen.values()):
                await call(b"")
        before = dict(seen)
        for _ in range(10):
            await call(b"")
    assert {number: seen[number] - before[number] for number in seen} == {0: 5, 1: 5}
