from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.errors import InvalidRequest
from aislides_runtime.interceptors.request_id import RequestIdInterceptor
from aislides_runtime.request_ids import HEADER, current_request_id
from google.protobuf.wrappers_pb2 import StringValue


async def tell(request: Any, context: Any) -> StringValue:
    return StringValue(value=current_request_id.get())


async def tell_stream(request: Any, context: Any) -> Any:
    for _ in range(int(request.value)):
        yield StringValue(value=current_request_id.get())


async def refuse(request: Any, context: Any) -> Any:
    raise InvalidRequest("no")


async def test_a_well_formed_id_is_used_and_echoed(serve: Any) -> None:
    async with serve(unary={"Tell": tell}) as served:
        call = served.unary("Tell", metadata=((HEADER, "req-1"),))
        assert (await call).value == "req-1"
        assert (await call.initial_metadata())[HEADER] == "req-1"


@pytest.mark.parametrize("odd", ["a b", "x" * 65, '{"a":1}'])
async def test_an_odd_id_is_replaced(serve: Any, odd: str) -> None:
    async with serve(unary={"Tell": tell}) as served:
        call = served.unary("Tell", metadata=((HEADER, odd),))
        made = (await call).value
        assert made != odd
        assert len(made) == 32
        assert (await call.initial_metadata())[HEADER] == made


async def test_calls_without_id_get_different_ones(serve: Any) -> None:
    async with serve(unary={"Tell": tell}) as served:
        assert (await served.unary("Tell")).value != (await served.unary("Tell")).value


@pytest.mark.parametrize("messages", ["0", "3"])
async def test_streams_echo_the_id_too(serve: Any, messages: str) -> None:
    async with serve(stream={"Tell": tell_stream}) as served:
        call = served.stream("Tell", messages, metadata=((HEADER, "req-1"),))
        assert [m.value async for m in call] == ["req-1"] * int(messages)
        assert (await call.initial_metadata())[HEADER] == "req-1"


async def test_a_refused_call_has_the_id_in_its_trailing_metadata(serve: Any) -> None:
    async with serve(unary={"Refuse": refuse}) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.unary("Refuse", metadata=((HEADER, "req-1"),))
    assert caught.value.trailing_metadata()[HEADER] == "req-1"


async def test_initial_metadata_of_the_handler_goes_along(serve: Any) -> None:
    async def with_metadata(request: Any, context: Any) -> StringValue:
        await context.send_initial_metadata((("kept", "yes"),))
        return StringValue()

    async with serve(unary={"With": with_metadata}) as served:
        call = served.unary("With", metadata=((HEADER, "req-1"),))
        await call
        metadata = await call.initial_metadata()
    assert (metadata["kept"], metadata[HEADER]) == ("yes", "req-1")


class SlowContext:
    """A servicer context whose initial metadata takes its time to go out."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.sent: list[Any] = []

    def invocation_metadata(self) -> tuple[()]:
        return ()

    async def send_initial_metadata(self, metadata: Any) -> None:
        await self.go.wait()
        self.sent.append(metadata)


async def test_an_error_waits_for_an_echo_that_is_on_its_way() -> None:
    """Else grpc fails to send the status, and a caller without a deadline hangs."""
    slow: Any = SlowContext()

    async def serve_one() -> None:
        async with RequestIdInterceptor().around("/a.B/C", slow) as context:
            try:
                await context.write("first")
            except asyncio.CancelledError:
                raise InvalidRequest("time is up") from None

    call = asyncio.create_task(serve_one())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    call.cancel()
    await asyncio.sleep(0)
    call.cancel()
    await asyncio.sleep(0)
    assert not call.done()
    slow.go.set()
    with pytest.raises(InvalidRequest):
        await call
    assert len(slow.sent) == 1
