"""Tokens, prices, the ledger, budgets, and answers kept for equal requests."""

import asyncio
from datetime import UTC, datetime, timedelta

from aislides.llm.v1 import llm_service_pb2 as pb
from calling import failure, generate, hello, plan_spec, write_spec
from google.protobuf.timestamp_pb2 import Timestamp
from llm_svc.domain.completion import Message, Role, Usage
from llm_svc.domain.money import Price
from llm_svc.domain.tokens import estimate, estimate_messages
from scripted import body, calls, says, usage

PRICES = {"m": {"input": 3.0, "output": 15.0, "cached_input": 0.3, "since": "2026-01-01"}}


def stamp(moment):
    value = Timestamp()
    value.FromDatetime(moment)
    return value


async def test_usage_is_summed_by_model_and_purpose_dearest_first(start, upstream):
    stub = await start(prices=PRICES)
    upstream.will(
        says("a", counted=usage(1000, 10, cached=500)),
        says("b", counted=usage(2000, 100)),
        says("c", counted=usage(10, 1)),
    )
    await generate(stub, hello(purpose="plan", tenant="a"))
    await generate(stub, hello(purpose="write", tenant="a"))
    await generate(stub, hello(purpose="write", tenant="b"))
    got = await stub.GetUsage(pb.GetUsageRequest())
    assert [(row.model, row.purpose) for row in got.rows] == [("m", "write"), ("m", "plan")]
    assert got.rows[1].usage == pb.Usage(
        input_tokens=1000,
        output_tokens=10,
        cached_input_tokens=500,
        cost_micro_usd=500 * 3 + 150 + 150,
        calls=1,
    )
    assert got.total.calls == 3 and got.total.input_tokens == 3010
    only_b = await stub.GetUsage(pb.GetUsageRequest(tenant="b"))
    assert only_b.total.input_tokens == 10


async def test_usage_is_filtered_by_deck_and_model(start, upstream):
    stub = await start(routes={"plan": ["m"], "write": ["n"]})
    upstream.will(*(says("x", counted=usage(number, 1)) for number in (1, 10, 100, 1000)))
    for request_id, purpose, tenant in (
        ("d1/1/plan", "plan", "a"),
        ("d1/1/write", "write", "a"),
        ("d10/1/plan", "plan", "a"),
        ("d1/2/plan", "plan", "b"),
    ):
        spec = hello(purpose=purpose, request_id=request_id, tenant=tenant)
        await generate(stub, spec)

    async def tokens(**wanted):
        return (await stub.GetUsage(pb.GetUsageRequest(**wanted))).total.input_tokens

    assert await tokens(deck_id="d1") == 1011  # of all tenants, and not the deck d10
    assert await tokens(deck_id="d1", tenant="a") == 11
    assert await tokens(model="m") == 1101
    assert await tokens(model="n", deck_id="d1") == 10
    assert await tokens(deck_id="d1%") == 0
    assert await tokens(model="other") == 0


async def test_usage_keeps_to_its_span_of_time(start, upstream):
    stub = await start()
    upstream.will(says("a", counted=usage(5, 5)))
    await generate(stub, hello())
    now = datetime.now(UTC)
    past = pb.GetUsageRequest(to=stamp(now - timedelta(hours=1)))
    assert not (await stub.GetUsage(past)).rows
    request = pb.GetUsageRequest(to=stamp(now + timedelta(minutes=1)))
    getattr(request, "from").CopyFrom(stamp(now - timedelta(minutes=1)))
    assert (await stub.GetUsage(request)).total.output_tokens == 5
    wrong = pb.GetUsageRequest(to=stamp(now - timedelta(days=1)))
    getattr(wrong, "from").CopyFrom(stamp(now))
    assert (await failure(stub.GetUsage(wrong))).reason == "INVALID_REQUEST"


async def test_tokens_are_estimated_where_the_provider_does_not_count(start, upstream):
    stub = await start()
    upstream.will(says("Some words of an answer"))
    done = await generate(stub, hello("A question of some words"))
    assert done.usage.estimated and 4 <= done.usage.output_tokens <= 8
    assert done.usage.input_tokens > 4


async def test_a_request_that_could_cost_too_much_is_refused_before_it_is_sent(start, upstream):
    stub = await start(prices=PRICES, budgets={"request": {"usd": 0.01}})
    error = await failure(generate(stub, hello(max_output_tokens=1000)))
    assert (error.kind, error.reason) == ("RESOURCE_EXHAUSTED", "LLM_BUDGET_EXCEEDED")
    assert error.metadata["scope"] == "request" and not upstream.received
    upstream.will(says("ok"))
    await generate(stub, hello(max_output_tokens=500))


async def test_a_deck_a_tenant_and_a_day_have_budgets(start, upstream):
    stub = await start(
        budgets={"deck": {"tokens": 1000}, "tenant_day": {"tokens": 1500}, "day": {"tokens": 2000}}
    )
    counted = usage(400, 400)
    upstream.will(*(says("ok", counted=counted) for _ in range(2)))
    await generate(stub, hello(request_id="d1/1/plan/0", tenant="a", max_output_tokens=100))
    error = await failure(
        generate(stub, hello(request_id="d1/1/write/0", tenant="a", max_output_tokens=300))
    )
    assert error.metadata["scope"] == "deck"
    error = await failure(
        generate(stub, hello(request_id="d2/1/plan/0", tenant="a", max_output_tokens=900))
    )
    assert error.metadata["scope"] == "tenant_day"
    await generate(stub, hello(request_id="d3/1/plan/0", tenant="b", max_output_tokens=100))
    error = await failure(
        generate(stub, hello(request_id="d4/1/plan/0", tenant="c", max_output_tokens=500))
    )
    assert error.metadata["scope"] == "day"


async def test_calls_in_flight_count_against_a_budget(start, upstream):
    stub = await start(budgets={"day": {"tokens": 1500}})
    go = asyncio.Event()

    async def waits(writer):
        await go.wait()
        await says("ok", counted=usage(5, 5))(writer)

    upstream.will(waits)
    first = asyncio.create_task(generate(stub, hello(max_output_tokens=1000)))
    while not upstream.received:
        await asyncio.sleep(0.01)
    error = await failure(generate(stub, hello(max_output_tokens=1000)))
    assert error.metadata["scope"] == "day"
    go.set()
    await first
    upstream.will(says("ok"))
    await generate(stub, hello(max_output_tokens=1000))


async def test_failed_calls_are_in_the_books_too(start, upstream):
    stub = await start(retries={"tries": 1, "base": 0, "cap": 0})
    upstream.will(body(503, {}))
    await failure(generate(stub, hello()))
    got = (await stub.GetUsage(pb.GetUsageRequest())).total
    assert (got.calls, got.input_tokens) == (1, 0)


PRINCIPAL = (("x-aislides-principal", "user-1"),)
CACHE = {"cache": {"ttl_seconds": 60}}


async def test_an_equal_request_of_the_same_principal_is_answered_from_memory(start, upstream):
    stub = await start(**CACHE)
    upstream.will(says("Kept"), says("Other"), says("Unknown"), says("Warm"))
    first = await generate(stub, hello(), metadata=PRINCIPAL)
    again = await generate(stub, hello(), metadata=PRINCIPAL)
    assert (first.replayed, again.replayed, again.text) == (False, True, "Kept")
    other = await generate(stub, hello(), metadata=(("x-aislides-principal", "user-2"),))
    assert other.text == "Other"
    assert (await generate(stub, hello())).text == "Unknown"
    assert (await generate(stub, hello(temperature=1), metadata=PRINCIPAL)).text == "Warm"


async def test_tool_turns_are_not_kept(start, upstream):
    stub = await start(**CACHE)
    upstream.will(calls("How many?"), calls("How many?"))
    spec = plan_spec()
    for _ in range(2):
        done = await generate(stub, spec, metadata=PRINCIPAL)
        assert not done.replayed


def test_prices_are_per_million_and_cached_input_has_its_own():
    price = Price(3.0, 15.0, 0.3)
    assert price.of(Usage(1_000_000, 0, 0)) == 3_000_000
    assert price.of(Usage(1_000_000, 1_000_000, 1_000_000)) == 15_300_000
    assert Price(2.0, 0.0).of(Usage(10, 0, 10)) == 20


def test_the_estimate_grows_with_the_text_and_knows_other_scripts():
    assert estimate("") == 0
    assert estimate("hello world") == 2
    assert 20 <= estimate("The quick brown fox jumps over the lazy dog. " * 3) <= 40
    assert estimate("日本語の文章") >= 6
    assert estimate("1234567890") == 4
    assert estimate("word " * 100, 2.0) == 200
    assert estimate_messages([Message(Role.USER, "")]) == 4


async def test_a_repair_that_the_budget_does_not_allow_is_not_asked_for(start, upstream):
    stub = await start(budgets={"request": {"tokens": 4000}})
    upstream.will(says("no JSON", counted=usage(2900, 100)))
    error = await failure(generate(stub, write_spec(max_output_tokens=500)))
    assert error.reason == "LLM_BUDGET_EXCEEDED" and len(upstream.received) == 1
    assert (await stub.GetUsage(pb.GetUsageRequest())).total.input_tokens == 2900


async def test_what_was_recorded_can_be_replayed_without_a_model(start, upstream, tmp_path):
    path = tmp_path / "transcripts.jsonl"
    recording = await start(record_transcripts=path)
    upstream.will(says('{"title": "T", "slides": [{"headline": "One"}]}'))
    first = await generate(recording, write_spec())
    replaying = await start(
        endpoint="replay/any",
        providers={"replay": {"kind": "replay", "transcripts": path}},
        database=f"sqlite+aiosqlite:///{tmp_path}/other.db",
    )
    again = await generate(replaying, write_spec())
    assert again.text == first.text and again.provider == "replay" and not again.replayed
    error = await failure(generate(replaying, hello()))
    assert (error.kind, error.reason) == ("NOT_FOUND", "LLM_NOT_RECORDED")
