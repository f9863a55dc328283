"""A request id answers once: joined in flight, recorded when done, refused for another body."""

import asyncio
import json

import pytest
from aislides.llm.v1 import llm_service_pb2 as pb
from calling import DECK, events, failure, generate, hello, plan_spec, write_spec
from llm_svc.bootstrap import running_llm
from llm_svc.domain.completion import Element, Started, TextDelta
from llm_svc.once import Flight, _joined
from scripted import body, calls, chunk, says, stream


@pytest.fixture
def followed(monkeypatch):
    """The calls that somebody has begun to follow, once for each who did."""
    begun, follow = [], Flight.follow

    def noted(flight):
        begun.append(flight)
        return follow(flight)

    monkeypatch.setattr(Flight, "follow", noted)
    return begun


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


def slow(play, event):
    async def wait_and_play(writer):
        await event.wait()
        await play(writer)

    return wait_and_play


async def test_a_repeat_gets_the_recorded_answer_without_a_provider_call(start, upstream):
    stub = await start()
    upstream.will(says("First"))
    first = await generate(stub, hello(request_id="d1/1/write/0"))
    again = await generate(stub, hello(request_id="d1/1/write/0"))
    assert not first.replayed and again.replayed
    again.replayed = False
    assert again == first and len(upstream.received) == 1


async def test_a_recorded_answer_streams_its_elements_again(start, upstream):
    stub = await start()
    upstream.will(says(json.dumps(DECK)), calls("How many?"))
    first = await events(stub, write_spec(request_id="d/w"))
    again = await events(stub, write_spec(request_id="d/w"))
    kinds = [event.WhichOneof("event") for event in again]
    assert kinds == ["started", "element", "element", "completed"]
    assert [e.element for e in again[1:3]] == [e.element for e in first[1:3]]
    await events(stub, plan_spec(request_id="d/p"))
    planned = await events(stub, plan_spec(request_id="d/p"))
    assert [e.WhichOneof("event") for e in planned] == ["started", "tool_call", "completed"]


async def test_another_body_under_the_same_id_is_refused(start, upstream):
    stub = await start()
    upstream.will(says("First"))
    await generate(stub, hello(request_id="d1"))
    error = await failure(generate(stub, hello("Other", request_id="d1")))
    assert (error.kind, error.reason) == ("ALREADY_EXISTS", "LLM_REQUEST_ID_REUSED")


async def test_the_id_belongs_to_its_tenant(start, upstream):
    stub = await start()
    upstream.will(says("Mine"), says("Yours"))
    await generate(stub, hello(request_id="d1", tenant="a"))
    other = await generate(stub, hello("Other", request_id="d1", tenant="b"))
    assert other.text == "Yours" and not other.replayed


async def test_a_call_in_flight_is_joined(start, upstream, followed):
    stub = await start()
    go = asyncio.Event()
    upstream.will(slow(says("Once"), go))
    first = asyncio.create_task(generate(stub, hello(request_id="d1")))
    await until(lambda: upstream.received)
    second = asyncio.create_task(events(stub, hello(request_id="d1")))
    await until(lambda: len(followed) == 2)
    refused = await failure(generate(stub, hello("Other", request_id="d1")))
    assert refused.reason == "LLM_REQUEST_ID_REUSED"
    go.set()
    assert (await first).text == "Once"
    assert (await second)[-1].completed.text == "Once"
    assert len(upstream.received) == 1


async def test_who_joins_a_quiet_call_gets_its_elements_with_the_answer(start, upstream, followed):
    stub = await start()
    go = asyncio.Event()
    upstream.will(slow(says(json.dumps(DECK)), go))
    whole = asyncio.create_task(generate(stub, write_spec(request_id="d1")))
    await until(lambda: upstream.received)
    streamed = asyncio.create_task(events(stub, write_spec(request_id="d1")))
    await until(lambda: len(followed) == 2)
    go.set()
    kinds = [event.WhichOneof("event") for event in await streamed]
    assert [kind for kind in kinds if kind != "started"] == ["element", "element", "completed"]
    assert json.loads((await whole).text) == DECK


async def test_a_joined_call_goes_on_when_the_first_caller_leaves(start, upstream, followed):
    stub = await start()
    go = asyncio.Event()
    upstream.will(slow(says("Once"), go))
    request = pb.GenerateCompletionRequest(spec=hello(request_id="d1"))
    first = stub.GenerateCompletion(request, timeout=20)
    await until(lambda: upstream.received)
    second = asyncio.create_task(generate(stub, hello(request_id="d1")))
    await until(lambda: len(followed) == 2)
    first.cancel()
    await until(lambda: len(followed[0]._deadlines) == 1)
    go.set()
    assert (await second).text == "Once"


async def test_answers_survive_a_restart(settings, upstream):
    from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
    from aislides_runtime.channels import open_channel

    upstream.will(says("Durable"))
    answers = []
    for _ in range(2):
        async with running_llm(settings) as server, open_channel(server.target) as channel:
            answers.append(await generate(LlmServiceStub(channel), hello(request_id="d1")))
    assert [answer.replayed for answer in answers] == [False, True]
    assert answers[1].text == "Durable"


async def test_a_failure_that_a_repeat_cannot_change_is_recorded(start, upstream):
    stub = await start()
    upstream.will(says("no JSON"), says("no JSON"))
    first = await failure(generate(stub, write_spec(request_id="d1")))
    again = await failure(generate(stub, write_spec(request_id="d1")))
    assert (again.kind, again.reason, again.message) == (first.kind, first.reason, first.message)


async def test_a_passing_failure_is_not_recorded(start, upstream):
    stub = await start(retries={"tries": 1, "base": 0, "cap": 0})
    upstream.will(body(503, {}), says("Now"))
    await failure(generate(stub, hello(request_id="d1")))
    assert (await generate(stub, hello(request_id="d1"))).text == "Now"


async def test_a_cancelled_call_can_be_made_again_and_its_tokens_are_counted(start, upstream):
    stub = await start()

    async def speaks_and_hangs(writer):
        await stream(chunk("Some words"), done=False)(writer)
        await asyncio.sleep(30)

    upstream.will(speaks_and_hangs, says("Whole"))
    request = pb.StreamCompletionRequest(spec=hello(request_id="d1"))
    call = stub.StreamCompletion(request, timeout=20)
    for _ in range(2):
        await call.read()
    call.cancel()
    await upstream.left.wait()
    assert (await generate(stub, hello(request_id="d1"))).text == "Whole"
    usage = (await stub.GetUsage(pb.GetUsageRequest())).total
    assert usage.calls == 2 and usage.estimated


async def test_twenty_callers_with_one_id_cost_one_call(start, upstream):
    stub = await start()
    upstream.will(says("Once"))
    answers = await asyncio.gather(*(generate(stub, hello(request_id="d1")) for _ in range(20)))
    assert {answer.text for answer in answers} == {"Once"}
    assert len(upstream.received) == 1


@pytest.mark.parametrize("request_id", ["", "d1"])
async def test_offline_is_told_each_time(start, request_id):
    stub = await start(mode="offline")
    for _ in range(2):
        error = await failure(generate(stub, hello(request_id=request_id)))
        assert error.reason == "LLM_OFFLINE"


def test_who_reads_slowly_gets_adjacent_text_in_one_piece():
    events = [Started("p", "m"), TextDelta("a"), TextDelta("b"), Element(0, "{}"), TextDelta("c")]
    joined = [Started("p", "m"), TextDelta("ab"), Element(0, "{}"), TextDelta("c")]
    assert list(_joined(events)) == joined and list(_joined([])) == []
