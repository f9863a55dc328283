from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import grpc
import grpc.aio
import pytest
from aislides_runtime.errors import FieldViolation, InvalidRequest, Kind, Unavailable
from aislides_runtime.logs import configure_logging
from aislides_runtime.status import DETAILS_KEY, RemoteError, error_from_rpc
from google.protobuf.wrappers_pb2 import StringValue

SECRET = "dapi-hush at /home/us"


async def crash(request: Any, context: Any) -> Any:
    raise RuntimeError(SECRET)


async def crash_late(request: Any, context: Any) -> AsyncIterator[StringValue]:
    yield StringValue(value="first")
    raise RuntimeError(SECRET)


async def crash_on_messages(messages: Any, context: Any) -> Any:
    async for _ in messages:
        raise RuntimeError(SECRET)


async def wrong_type(request: Any, context: Any) -> Any:
    return {"not": SECRET}


async def wrong_type_in_stream(request: Any, context: Any) -> Any:
    yield {"not": SECRET}


async def refuse(request: Any, context: Any) -> Any:
    raise InvalidRequest(
        "question must not be empty",
        metadata={"limit": "10"},
        field_violations=[FieldViolation("question", "must not be empty")],
    )


async def refuse_in_group(request: Any, context: Any) -> Any:
    async with asyncio.TaskGroup() as group:
        group.create_task(refuse(request, context))


async def abort(request: Any, context: Any) -> Any:
    context.set_trailing_metadata((("kept", "yes"),))
    await context.abort(grpc.StatusCode.NOT_FOUND, "plain abort")


async def failed(call: Any) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        if hasattr(call, "__aiter__"):
            async for _ in call:
                pass
        else:
            await call
    return caught.value


def everything_told(error: grpc.aio.AioRpcError) -> str:
    parts = [error.details(), error.debug_error_string()]
    for metadata in (error.initial_metadata(), error.trailing_metadata()):
        for key, value in metadata or ():
            parts += [key, value.decode("latin-1") if isinstance(value, bytes) else value]
    return " ".join(str(part) for part in parts)


UNARY = {"Crash": crash, "WrongType": wrong_type}
STREAM = {"CrashLate": crash_late, "WrongInStream": wrong_type_in_stream}
ARITIES = {
    "StreamUnary": (grpc.stream_unary_rpc_method_handler, crash_on_messages),
    "StreamStream": (grpc.stream_stream_rpc_method_handler, crash_on_messages),
}


@pytest.mark.parametrize("name", [*UNARY, *STREAM, *ARITIES])
async def test_the_text_of_an_unexpected_exception_never_reaches_the_client(
    serve: Any, name: str
) -> None:
    out = io.StringIO()
    configure_logging("INFO", "json", "t", out)
    async with serve(unary=UNARY, stream=STREAM, arities=ARITIES) as served:
        if name in UNARY:
            call = served.unary(name)
        elif name in STREAM:
            call = served.stream(name)
        elif name == "StreamUnary":
            call = served.channel.stream_unary(f"/test.v1.Test/{name}")(iter([b""]))
        else:
            call = served.channel.stream_stream(f"/test.v1.Test/{name}")(iter([b""]))
        error = await failed(call)
    assert error.code() is grpc.StatusCode.INTERNAL
    told = everything_told(error)
    assert "hush" not in told
    assert "RuntimeError" not in told
    error_id = error_from_rpc(error).metadata["error_id"]
    crashed = [json.loads(li) for li in out.getvalue().splitlines() if "rpc_crashed" in li]
    assert [line["error_id"] for line in crashed] == [error_id]
    assert "Traceback" in crashed[0]["exception"]
    assert "wrapping.py" not in crashed[0]["exception"]


@pytest.mark.parametrize("handler", [refuse, refuse_in_group])
async def test_a_service_error_arrives_with_all_its_data(serve: Any, handler: Any) -> None:
    async with serve(unary={"Refuse": handler}) as served:
        error = error_from_rpc(await failed(served.unary("Refuse")))
    assert type(error) is InvalidRequest
    assert error.message == "question must not be empty"
    assert error.metadata == {"limit": "10"}
    assert error.field_violations == [FieldViolation("question", "must not be empty")]


async def test_the_handlers_own_abort_passes_unchanged(serve: Any) -> None:
    async with serve(unary={"Abort": abort}) as served:
        error = await failed(served.unary("Abort"))
    assert (error.code(), error.details()) == (grpc.StatusCode.NOT_FOUND, "plain abort")
    trailing = dict(error.trailing_metadata())
    assert trailing["kept"] == "yes"
    assert DETAILS_KEY not in trailing


async def test_an_error_keeps_the_trailing_metadata_of_the_handler(serve: Any) -> None:
    async def refuse_with_metadata(request: Any, context: Any) -> Any:
        context.set_trailing_metadata((("kept", "yes"),))
        raise InvalidRequest("no")

    async with serve(unary={"Refuse": refuse_with_metadata}) as served:
        error = await failed(served.unary("Refuse"))
    assert dict(error.trailing_metadata())["kept"] == "yes"
    assert type(error_from_rpc(error)) is InvalidRequest


async def test_messages_before_an_error_arrive(serve: Any) -> None:
    got = []
    async with serve(stream=STREAM) as served:
        with pytest.raises(grpc.aio.AioRpcError):
            async for message in served.stream("CrashLate"):
                got.append(message.value)
    assert got == ["first"]


async def test_what_a_generated_base_servicer_lacks_is_unimplemented(serve: Any) -> None:
    def not_yet(request: Any, context: Any) -> Any:
        context.set_code(grpc.StatusCode.UNIMPLEMENTED)
        context.set_details("Method not implemented!")
        raise NotImplementedError("Method not implemented!")

    async with serve(unary={"NotYet": not_yet}) as served:
        for name in ("NotYet", "Unheard"):
            error = error_from_rpc(await failed(served.unary(name)))
            assert (error.kind, error.reason) == (Kind.UNIMPLEMENTED, "UNIMPLEMENTED")


async def test_a_not_implemented_error_of_other_code_is_internal(serve: Any) -> None:
    async def handler(request: Any, context: Any) -> Any:
        raise NotImplementedError(SECRET)

    async with serve(unary={"Handler": handler}) as served:
        error = await failed(served.unary("Handler"))
    assert error.code() is grpc.StatusCode.INTERNAL
    assert "hush" not in everything_told(error)


async def test_a_code_set_by_the_handler_is_answered_without_a_response(serve: Any) -> None:
    async def handler(request: Any, context: Any) -> Any:
        context.set_code(grpc.StatusCode.ABORTED)
        context.set_details("changed meanwhile")

    async with serve(unary={"Handler": handler}) as served:
        error = await failed(served.unary("Handler"))
    assert (error.code(), error.details()) == (grpc.StatusCode.ABORTED, "changed meanwhile")


async def test_a_cancelled_call_is_no_crash_and_stops_the_work(serve: Any) -> None:
    out = io.StringIO()
    configure_logging("INFO", "json", "t", out)
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def wait(request: Any, context: Any) -> Any:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with serve(unary={"Wait": wait}) as served:
        call = served.unary("Wait")
        await begun.wait()
        call.cancel()
        await asyncio.wait_for(stopped.wait(), 30)
        with pytest.raises(asyncio.CancelledError):
            await call
    assert "rpc_crashed" not in out.getvalue()
    assert '"code": "CANCELLED"' in out.getvalue()


async def test_leaving_a_stream_closes_its_generator(serve: Any) -> None:
    closed = asyncio.Event()

    async def endless(request: Any, context: Any) -> Any:
        try:
            while True:
                yield StringValue(value="x")
                await asyncio.sleep(0)
        finally:
            closed.set()

    async with serve(stream={"Endless": endless}) as served:
        call = served.stream("Endless")
        async for _ in call:
            break
        call.cancel()
        await asyncio.wait_for(closed.wait(), 30)


async def test_refusals_are_logged_without_traceback(serve: Any) -> None:
    out = io.StringIO()
    configure_logging("INFO", "json", "t", out)
    async with serve(unary={"Refuse": refuse}) as served:
        await failed(served.unary("Refuse"))
    refused = [json.loads(li) for li in out.getvalue().splitlines() if "rpc_refused" in li]
    assert [(line["level"], line["reason"]) for line in refused] == [("info", "INVALID_REQUEST")]
    assert "exception" not in refused[0]
    assert logging.getLogger().level == logging.INFO


async def test_unavailable_with_a_wait_is_restored(serve: Any) -> None:
    async def busy(request: Any, context: Any) -> Any:
        raise Unavailable(retry_after=7)

    async with serve(unary={"Busy": busy}, channel={"retry_unavailable": False}) as served:
        error = error_from_rpc(await failed(served.unary("Busy")))
    assert not isinstance(error, RemoteError)
    assert error.retry_after == 7
