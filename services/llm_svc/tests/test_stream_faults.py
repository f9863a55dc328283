"""What a model's server can do wrong in the middle of an answer, and what a caller is told."""

import asyncio
import json

import grpc
import pytest
from aislides.llm.v1 import llm_service_pb2 as pb
from calling import DECK, events, failure, generate, hello, write_spec
from scripted import HEAD, body, chunk, data, says, stream, whole

ONCE = {"retries": {"tries": 1, "base": 0.0, "cap": 0.0}}
PATIENT = {"first_byte": 20.0, "gap": 20.0, "total": 20.0}


async def hangs(writer):
    await asyncio.sleep(30)


async def starts_and_hangs(writer):
    writer.write(HEAD + data(chunk("Some")))
    await writer.drain()
    await asyncio.sleep(30)


async def one_byte_at_a_time(writer):
    writer.write(HEAD)
    for byte in data(chunk("x" * 200)):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def a_word_at_a_time_for_ever(writer):
    writer.write(HEAD)
    while True:
        writer.write(data(chunk("word ")))
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless(writer):
    writer.write(HEAD)
    while True:
        writer.write(data(chunk("x" * 10_000)))
        await writer.drain()


async def endless_line(writer):
    writer.write(HEAD + b"data: ")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


async def resets(writer):
    writer.write(HEAD + data(chunk("Some")))
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.transport.abort()


async def is_cut_off(writer):
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n"
    writer.write(head + data(chunk("Some")))


FAULTS = {
    "databricks error object": (
        stream(chunk("Some"), {"error_code": "INTERNAL_ERROR", "message": "secret host"}),
        ("UNAVAILABLE", "LLM_STREAM_BROKEN"),
    ),
    "openai error object": (
        stream({"error": {"message": "overloaded"}}),
        ("UNAVAILABLE", "LLM_STREAM_BROKEN"),
    ),
    "rate limit inside the stream": (
        stream({"error_code": "REQUEST_LIMIT_EXCEEDED", "message": "REQUEST_LIMIT_EXCEEDED: x"}),
        ("RESOURCE_EXHAUSTED", "LLM_RATE_LIMITED"),
    ),
    "choices null": (stream({"id": "x", "choices": None}), ("UNAVAILABLE", "LLM_STREAM_BROKEN")),
    "no finish reason": (stream(chunk("Some")), ("UNAVAILABLE", "LLM_STREAM_BROKEN")),
    "no end marker either": (
        stream(chunk("Some"), done=False),
        ("UNAVAILABLE", "LLM_STREAM_BROKEN"),
    ),
    "not JSON": (
        body(200, b"<html>", content_type="text/html"),
        ("UNAVAILABLE", "LLM_STREAM_BROKEN"),
    ),
    "refusal": (
        stream(chunk(refusal="I cannot"), chunk(finish="stop")),
        ("FAILED_PRECONDITION", "LLM_REFUSED"),
    ),
    "content filter": (
        stream(chunk("So"), chunk(finish="content_filter")),
        ("FAILED_PRECONDITION", "LLM_CONTENT_FILTERED"),
    ),
    "empty": (stream(chunk(""), chunk(finish="stop")), ("FAILED_PRECONDITION", "LLM_EMPTY_ANSWER")),
    "all tokens used for thinking": (
        stream(chunk([{"type": "reasoning"}]), chunk(finish="length")),
        ("FAILED_PRECONDITION", "LLM_EMPTY_ANSWER"),
    ),
    "200 with an error body": (
        body(200, {"error": {"message": "no"}}),
        ("UNAVAILABLE", "LLM_STREAM_BROKEN"),
    ),
    "endless": (endless, ("RESOURCE_EXHAUSTED", "LLM_ANSWER_TOO_LARGE")),
    "endless line": (endless_line, ("RESOURCE_EXHAUSTED", "LLM_ANSWER_TOO_LARGE")),
    "reset": (resets, ("UNAVAILABLE", "LLM_STREAM_BROKEN")),
    "cut off": (is_cut_off, ("UNAVAILABLE", "LLM_STREAM_BROKEN")),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_is_typed(start, upstream, name):
    play, expected = FAULTS[name]
    stub = await start(**ONCE)
    upstream.will(play)
    error = await failure(generate(stub, hello()))
    assert (error.kind, error.reason) == expected
    assert "secret" not in error.message


@pytest.mark.parametrize(
    ("play", "limit", "seconds"),
    [
        (hangs, "first byte", 0.5),
        (starts_and_hangs, "gap", 0.5),
        (one_byte_at_a_time, "first byte", 0.5),
        (a_word_at_a_time_for_ever, "total", 1.5),
    ],
)
async def test_each_limit_of_time_holds(start, upstream, play, limit, seconds):
    # The other limits are far away, so that a busy machine meets none of them.
    stub = await start(**ONCE, timeouts={**PATIENT, limit.replace(" ", "_"): seconds})
    upstream.will(play)
    error = await failure(generate(stub, hello()))
    assert (error.kind, error.reason) == ("DEADLINE_EXCEEDED", "LLM_PROVIDER_SLOW")
    assert error.metadata["limit"] == limit
    async with asyncio.timeout(20):
        await upstream.left.wait()


STATUSES = [
    (401, {"error_code": 401, "message": "no"}, "UNAUTHENTICATED", "LLM_CREDENTIALS_REFUSED"),
    (403, {"error_code": 403, "message": "Invalid access token."}, "UNAUTHENTICATED", None),
    (403, {"message": "needs CAN QUERY"}, "PERMISSION_DENIED", "LLM_ACCESS_DENIED"),
    (404, {"error_code": "ENDPOINT_NOT_FOUND"}, "NOT_FOUND", "LLM_MODEL_NOT_FOUND"),
    (400, {"message": "bad"}, "INVALID_ARGUMENT", "LLM_REQUEST_REJECTED"),
    (400, {"message": "maximum context length is 8"}, "INVALID_ARGUMENT", "LLM_CONTEXT_TOO_LONG"),
    (400, {"message": "REQUEST_LIMIT_EXCEEDED: x"}, "RESOURCE_EXHAUSTED", "LLM_RATE_LIMITED"),
    (500, b"<html>oops", "UNAVAILABLE", "LLM_PROVIDER_UNAVAILABLE"),
]


@pytest.mark.parametrize(("status", "said", "kind", "reason"), STATUSES)
async def test_each_http_error_is_typed(start, upstream, status, said, kind, reason):
    stub = await start(**ONCE)
    upstream.will(body(status, said))
    error = await failure(generate(stub, hello(temperature=0)))
    assert error.kind == kind
    assert reason is None or error.reason == reason


async def test_a_rate_limit_tells_how_long_to_wait(start, upstream):
    stub = await start(**ONCE)
    upstream.will(body(429, {"message": "later"}, retry_after="42"))
    error = await failure(generate(stub, hello()))
    assert (error.reason, error.retry_after) == ("LLM_RATE_LIMITED", 42.0)


async def test_a_server_that_is_away_is_unavailable(start):
    stub = await start(**ONCE, base_url="http://127.0.0.1:9")
    error = await failure(generate(stub, hello()))
    assert (error.kind, error.reason) == ("UNAVAILABLE", "LLM_PROVIDER_UNAVAILABLE")


async def test_failures_before_the_first_word_are_retried(start, upstream):
    stub = await start()
    upstream.will(body(503, {}), stream({"error": {"message": "x"}}), says("Well"))
    done = await generate(stub, hello())
    assert (done.text, done.usage.calls) == ("Well", 3)


async def test_nothing_is_retried_after_the_first_word(start, upstream):
    stub = await start()
    upstream.will(stream(chunk("Some")))
    error = await failure(events(stub, hello()))
    assert error.reason == "LLM_STREAM_BROKEN"


async def test_a_caller_of_the_whole_answer_has_seen_no_word_so_it_is_tried_again(start, upstream):
    stub = await start()
    upstream.will(stream(chunk("Some")), says("All of it"))
    assert (await generate(stub, hello())).text == "All of it"


async def test_a_server_that_does_not_stream_is_understood(start, upstream):
    stub = await start()
    upstream.will(whole("All at once"))
    done = await generate(stub, hello())
    assert done.text == "All at once" and done.usage.input_tokens == 11


async def test_a_model_that_cannot_stream_schemas_is_not_asked_to(start, upstream):
    stub = await start(models=[{"match": "m", "stream_with_schema": False}])
    upstream.will(whole(json.dumps(DECK)), says(json.dumps(DECK)))
    spec = write_spec()
    streaming = write_spec()
    spec.structured.element_path = ""
    await generate(stub, spec)
    await events(stub, streaming)
    asked = [request.body for request in upstream.received]
    assert [(a["stream"], "response_format" in a) for a in asked] == [(False, True), (True, False)]


async def test_a_cancelled_caller_cancels_upstream(start, upstream):
    stub = await start()
    upstream.will(starts_and_hangs)
    call = stub.StreamCompletion(pb.StreamCompletionRequest(spec=hello()), timeout=20)
    seen = [(await call.read()).WhichOneof("event") for _ in range(2)]
    assert seen == ["started", "text_delta"]
    call.cancel()
    # A tenth of a second here; left alone, the server would hang for thirty.
    async with asyncio.timeout(20):
        await upstream.left.wait()


async def test_a_deadline_ends_the_call_upstream(start, upstream):
    stub = await start()
    upstream.will(says("warm"), hangs)
    await generate(stub, hello())
    request = pb.GenerateCompletionRequest(spec=hello())
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.GenerateCompletion(request, timeout=1.0)
    assert raised.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    async with asyncio.timeout(20):
        await upstream.left.wait()


async def test_an_answer_cut_off_by_its_limit_is_asked_for_again(start, upstream):
    stub = await start()
    upstream.will(says(json.dumps(DECK)[:40], finish="length"), says(json.dumps(DECK)))
    done = await generate(stub, write_spec())
    assert done.repairs == 1 and json.loads(done.text)["slides"][1] == {"headline": "Two"}
