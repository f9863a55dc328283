"""Which model answers: chains, breakers, tenants."""

import asyncio

import pytest
from aislides.llm.v1 import llm_service_pb2 as pb
from calling import events, failure, generate, hello, write_spec
from llm_svc import routing
from llm_svc.domain.breaker import Breaker, BreakerPolicy, BreakerState
from scripted import HEAD, body, chunk, says, scripted_server, stream

NO_RETRY = {"retries": {"tries": 1, "base": 0.0, "cap": 0.0}}


@pytest.fixture
async def second():
    async with scripted_server() as server:
        yield server


@pytest.fixture
def chain(second):
    return {
        **NO_RETRY,
        "fallbacks": ["other/m2"],
        "providers": {"other": {"kind": "openai", "base_url": second.url}},
    }


FAILING = {
    "down": body(503, {}),
    "rate limited": body(429, {}),
    "broken": stream({"error": {"message": "x"}}),
    "refusing": stream(chunk(refusal="no"), chunk(finish="stop")),
    "rejecting": body(400, {"message": "bad"}),
    "unknown there": body(404, {}),
}


@pytest.mark.parametrize("name", FAILING)
async def test_the_next_model_takes_over_before_the_first_word(
    start, upstream, second, chain, name
):
    stub = await start(**chain)
    upstream.will(FAILING[name])
    second.will(says("From the second"))
    seen = await events(stub, hello())
    assert [e.started.provider for e in seen if e.HasField("started")] == ["databricks", "other"]
    done = seen[-1].completed
    assert (done.text, done.provider, done.model) == ("From the second", "other", "m2")
    assert done.route_reason.startswith("databricks/m failed: LLM_")


async def test_answers_that_never_fit_are_asked_of_the_next_model(start, upstream, second, chain):
    stub = await start(**chain)
    upstream.will(says("no"), says("no"))
    second.will(says('{"title": "T", "slides": []}'))
    done = await generate(stub, write_spec())
    assert done.model == "m2" and "LLM_OUTPUT_INVALID" in done.route_reason


async def test_no_model_takes_over_after_the_first_word(start, upstream, second, chain):
    stub = await start(**chain)
    upstream.will(stream(chunk("Some")))
    error = await failure(events(stub, hello()))
    assert error.reason == "LLM_STREAM_BROKEN" and not second.received


async def test_a_whole_answer_may_come_from_another_model_after_half_of_one(
    start, upstream, second, chain
):
    stub = await start(**chain)
    upstream.will(stream(chunk("Some")))
    second.will(says("All of it"))
    assert (await generate(stub, hello())).text == "All of it"


async def test_data_never_goes_to_a_provider_that_the_tenant_excludes(
    start, upstream, second, chain
):
    stub = await start(**chain, tenants={"bank": {"providers": ["databricks"]}})
    upstream.will(body(503, {}))
    error = await failure(generate(stub, hello(tenant="bank")))
    assert error.reason == "LLM_PROVIDER_UNAVAILABLE" and not second.received
    error = await failure(generate(stub, hello(tenant="bank", model="other/m2")))
    assert (error.kind, error.reason) == ("FAILED_PRECONDITION", "LLM_NO_MODEL_ALLOWED")


async def test_a_purpose_has_its_own_chain_and_a_model_can_be_named(start, upstream, second, chain):
    stub = await start(**chain, routes={"write": ["other/m2"]})
    second.will(says("a"), says("b"))
    assert (await generate(stub, hello(purpose="write"))).model == "m2"
    assert (await generate(stub, hello(model="write"))).model == "m2"
    upstream.will(says("c"))
    assert (await generate(stub, hello(model="m"))).model == "m"
    error = await failure(generate(stub, hello(model="unheard-of")))
    assert error.reason == "LLM_NO_MODEL_ALLOWED"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


async def test_a_failing_model_is_left_alone_and_then_probed(
    start, upstream, second, chain, monkeypatch
):
    clock = Clock()
    monkeypatch.setattr(routing, "Breaker", lambda policy, _: Breaker(policy, clock))
    stub = await start(**chain, breaker={"min_calls": 2, "open_for": 15})
    upstream.will(body(503, {}), body(503, {}))
    second.will(says("1"), says("2"), says("3"))
    for _ in range(2):
        await generate(stub, hello())
    done = await generate(stub, hello())
    assert done.route_reason == "databricks/m is out of service"
    models = (await stub.ListModels(pb.ListModelsRequest())).models
    assert [(m.name, m.ready, m.breaker) for m in models] == [
        ("m", False, "open"),
        ("m2", True, "closed"),
    ]
    clock.now += 15
    upstream.will(says("Back"))
    assert (await generate(stub, hello())).model == "m"
    assert len(upstream.received) == 3


async def test_when_all_are_out_of_service_the_caller_learns_how_long(start, upstream):
    stub = await start(**NO_RETRY, breaker={"min_calls": 1})
    upstream.will(body(503, {}))
    await failure(generate(stub, hello()))
    error = await failure(generate(stub, hello()))
    assert (error.kind, error.reason) == ("UNAVAILABLE", "LLM_ALL_MODELS_DOWN")
    assert 1 <= error.retry_after <= 15


async def test_a_slow_first_token_counts_against_a_model(start, upstream, second, chain):
    async def late(writer):
        writer.write(HEAD)
        await writer.drain()
        await asyncio.sleep(0.15)
        await says("late")(writer)

    stub = await start(**chain, breaker={"min_calls": 1, "slow": 0.1})
    upstream.will(late)
    second.will(says("quick"))
    await generate(stub, hello())
    assert (await generate(stub, hello())).model == "m2"


def test_only_one_probe_goes_at_a_time_and_a_lost_one_frees_its_place():
    clock = Clock()
    breaker = Breaker(BreakerPolicy(min_calls=1, open_for=10), clock)
    assert breaker.enter()
    breaker.bad()
    assert breaker.state is BreakerState.OPEN and not breaker.enter() and breaker.wait() == 10
    clock.now = 10
    assert breaker.state is BreakerState.HALF_OPEN
    assert breaker.enter() and not breaker.enter()
    breaker.left()
    assert breaker.enter()
    breaker.bad(retry_after=60)
    clock.now = 69
    assert not breaker.enter()
    clock.now = 70
    assert breaker.enter()
    breaker.good(0.1)
    assert breaker.state is BreakerState.CLOSED and breaker.enter()


def test_old_failures_are_forgotten():
    clock = Clock()
    breaker = Breaker(BreakerPolicy(window=60, min_calls=2), clock)
    breaker.bad()
    clock.now = 61
    breaker.bad()
    assert breaker.state is BreakerState.CLOSED
    breaker.bad()
    assert breaker.state is BreakerState.OPEN


async def test_a_silent_model_leaves_time_for_the_next_one(start, upstream, second, chain):
    async def silent(writer):
        await asyncio.sleep(30)

    stub = await start(**chain)
    upstream.will(silent)
    second.will(says("In time"))
    request = pb.GenerateCompletionRequest(spec=hello())
    done = (await stub.GenerateCompletion(request, timeout=5.0)).completion
    assert done.text == "In time" and "LLM_PROVIDER_SLOW" in done.route_reason
