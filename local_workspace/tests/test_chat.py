"""The chat endpoint, driven with the plain `openai` client."""

import asyncio
import json
import time
from typing import Any

import pytest
from databricks.sdk.service.serving import ChatMessage, ChatMessageRole
from openai import APIError, AsyncOpenAI, BadRequestError, NotFoundError

TOOL = {
    "type": "function",
    "function": {
        "name": "query_genie",
        "parameters": {"type": "object", "properties": {"question": {"type": "string"}}},
    },
}
DECK = {"title": "Delays – 2013", "slides": [{"layout": "cover", "headline": "Late"}]}
PLAN = {
    "intent": "trend",
    "questions": [
        {"question": "Delay by month", "why": "trend"},
        {"question": "Delay by airline", "why": "leader"},
    ],
}


class ScriptedAnalyst:
    """Answers with what it was given and keeps the payloads."""

    def __init__(self, plan: Any = None, deck: Any = None) -> None:
        self._plan, self._deck = plan, deck
        self.payloads: list[dict[str, Any]] = []

    def plan(self, payload: dict[str, Any]) -> dict[str, Any]:
        self.payloads.append(payload)
        return dict(self._plan)

    def write(self, payload: dict[str, Any]) -> dict[str, Any]:
        self.payloads.append(payload)
        return {"title": payload["facts"]} if self._deck is None else self._deck

    def repair(self, payload: dict[str, Any]) -> dict[str, Any]:
        self.payloads.append(payload)
        return {"slides": payload["slides"]}


def fenced(payload: dict[str, Any], marker: str = "a1b2c3d4") -> list[dict[str, Any]]:
    text = f"Do it.\n<<<DATA {marker}\n{json.dumps(payload)}\nDATA {marker}>>>\nThanks."
    return [{"role": "system", "content": "You plan."}, {"role": "user", "content": text}]


def client(running: Any, token: str = "test-token") -> AsyncOpenAI:
    return AsyncOpenAI(
        base_url=f"{running.host}/serving-endpoints", api_key=token, max_retries=0, timeout=20
    )


async def ask(running: Any, messages: Any, **more: Any) -> Any:
    async with client(running) as openai:
        return await openai.chat.completions.create(
            model=more.pop("model", "local-analyst"), messages=messages, **more
        )


async def test_plain_hello_gets_an_honest_sentence(start: Any) -> None:
    reply = await ask(await start(), [{"role": "user", "content": "hello"}])
    assert "not a language model" in reply.choices[0].message.content
    assert reply.choices[0].finish_reason == "stop"
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens


async def test_plan_becomes_parallel_tool_calls(start: Any) -> None:
    analyst = ScriptedAnalyst(PLAN)
    payload = {"task": "plan", "question": "Delays?"}
    reply = await ask(await start(analyst=analyst), fenced(payload), tools=[TOOL])
    choice = reply.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert [json.loads(call.function.arguments) for call in choice.message.tool_calls] == [
        {"question": "Delay by month"},
        {"question": "Delay by airline"},
    ]
    assert {call.function.name for call in choice.message.tool_calls} == {"query_genie"}
    assert analyst.payloads == [payload]


@pytest.mark.parametrize("more", [{}, {"tools": [TOOL], "tool_choice": "none"}])
async def test_plan_without_the_tool_is_json(start: Any, more: Any) -> None:
    running = await start(analyst=ScriptedAnalyst(PLAN))
    reply = await ask(running, fenced({"task": "plan"}), **more)
    assert json.loads(reply.choices[0].message.content) == PLAN


async def test_clarification_is_content_even_with_the_tool(start: Any) -> None:
    back = {"clarification": "Which measure?", "suggestions": ["Delay by month"]}
    running = await start(analyst=ScriptedAnalyst(back))
    reply = await ask(running, fenced({"task": "plan"}), tools=[TOOL])
    assert json.loads(reply.choices[0].message.content) == back
    assert reply.choices[0].message.tool_calls is None


async def test_after_tool_results_there_are_no_more_questions(start: Any) -> None:
    running = await start(analyst=ScriptedAnalyst(PLAN))
    messages = [
        *fenced({"task": "plan"}),
        {"role": "assistant", "content": " "},
        {"role": "tool", "tool_call_id": "x", "content": "rows"},
    ]
    reply = await ask(running, messages, tools=[TOOL])
    assert reply.choices[0].message.tool_calls is None


async def test_write_is_json_of_the_deck_with_response_format(start: Any) -> None:
    running = await start(analyst=ScriptedAnalyst(deck=DECK))
    schema = {"type": "json_schema", "json_schema": {"name": "deck", "schema": {}}}
    reply = await ask(running, fenced({"task": "write"}), response_format=schema, temperature=0)
    assert json.loads(reply.choices[0].message.content) == DECK


async def test_repair_gives_back_slides(start: Any) -> None:
    running = await start(analyst=ScriptedAnalyst())
    reply = await ask(running, fenced({"task": "repair", "slides": [{"headline": "x"}]}))
    assert json.loads(reply.choices[0].message.content) == {"slides": [{"headline": "x"}]}


async def test_own_analyst_plans_questions_over_a_space(start: Any) -> None:
    columns = [
        {"name": "region", "type": "STRING", "description": "Sales region"},
        {"name": "amount", "type": "DECIMAL(10,2)", "description": "Revenue in USD"},
        {"name": "order_date", "type": "DATE", "description": "Day of the order"},
    ]
    space = {
        "title": "Shop",
        "description": "Orders of a shop.",
        "tables": [{"name": "orders", "description": "Orders", "columns": columns}],
        "sample_questions": ["Revenue by region"],
        "instructions": "",
    }
    payload = {
        "task": "plan",
        "question": "How did revenue develop, and which regions drive it?",
        "max_questions": 4,
        "space": space,
    }
    reply = await ask(await start(), fenced(payload), tools=[TOOL])
    calls = reply.choices[0].message.tool_calls
    assert 1 <= len(calls) <= 4
    assert any("region" in json.loads(call.function.arguments)["question"] for call in calls)


async def test_last_fence_counts_and_broken_ones_do_not(start: Any) -> None:
    analyst = ScriptedAnalyst(deck=DECK)
    running = await start(analyst=analyst)
    hostile = "<<<DATA aaaa\n{broken\nDATA aaaa>>>"
    messages = [
        *fenced({"task": "plan"}),
        {
            "role": "user",
            "content": [{"type": "text", "text": fenced({"task": "write"})[1]["content"]}],
        },
        {"role": "user", "content": hostile},
    ]
    await ask(running, messages)
    assert analyst.payloads == [{"task": "write"}]


@pytest.mark.parametrize("payload", [{"task": "sing"}, {"task": "write"}])
async def test_unusable_payload_is_a_400(start: Any, payload: Any) -> None:
    running = await start(analyst=ScriptedAnalyst())
    with pytest.raises(BadRequestError) as refused:
        await ask(running, fenced(payload))
    assert refused.value.body["error_code"] == "BAD_REQUEST"  # type: ignore[index]


async def test_unknown_model_is_endpoint_not_found(start: Any) -> None:
    with pytest.raises(NotFoundError) as missing:
        await ask(await start(), [{"role": "user", "content": "hi"}], model="gpt")
    assert missing.value.body["error_code"] == "ENDPOINT_NOT_FOUND"  # type: ignore[index]


async def streamed(running: Any, messages: Any, **more: Any) -> list[Any]:
    async with client(running) as openai:
        stream = await openai.chat.completions.create(
            model="local-analyst", messages=messages, stream=True, **more
        )
        return [chunk async for chunk in stream]


async def test_deck_is_streamed_in_small_pieces_with_usage(start: Any) -> None:
    running = await start(analyst=ScriptedAnalyst(deck=DECK))
    chunks = await streamed(
        running, fenced({"task": "write"}), stream_options={"include_usage": True}
    )
    pieces = [c.choices[0].delta.content or "" for c in chunks if c.choices]
    assert json.loads("".join(pieces)) == DECK
    assert max(map(len, pieces)) <= 24
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[-1].choices == []
    assert chunks[-1].usage.completion_tokens > 0


async def test_tool_calls_are_streamed_in_fragments(start: Any) -> None:
    running = await start(analyst=ScriptedAnalyst(PLAN))
    chunks = await streamed(running, fenced({"task": "plan"}), tools=[TOOL])
    arguments: dict[int, str] = {}
    for chunk in chunks:
        for call in chunk.choices[0].delta.tool_calls or []:
            arguments[call.index] = arguments.get(call.index, "") + call.function.arguments
    assert [json.loads(text)["question"] for text in arguments.values()] == [
        "Delay by month",
        "Delay by airline",
    ]
    assert chunks[-1].choices[0].finish_reason == "tool_calls"


async def test_stream_has_the_speed_that_is_set(start: Any) -> None:
    deck = {"title": "x" * 388}  # 400 characters, 100 tokens
    pace = {"tokens_a_second": 400, "first_token": {"median": 0.1}}
    running = await start(analyst=ScriptedAnalyst(deck=deck), pace=pace)
    started = time.monotonic()
    await streamed(running, fenced({"task": "write"}))
    assert time.monotonic() - started > 0.3


async def test_invocations_path_serves_the_sdks_query(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    reply = await asyncio.to_thread(
        lambda: client.serving_endpoints.query(
            "local-analyst",
            messages=[ChatMessage(role=ChatMessageRole.USER, content="hello")],
        )
    )
    assert "local-analyst" in reply.choices[0].message.content


async def test_endpoints_are_listed_and_found(start: Any, sdk: Any) -> None:
    client = await sdk(await start(chat_models=("local-analyst", "other")))
    names = await asyncio.to_thread(lambda: [e.name for e in client.serving_endpoints.list()])
    assert names == ["local-analyst", "other"]
    endpoint = await asyncio.to_thread(client.serving_endpoints.get, "other")
    assert (endpoint.task, endpoint.state.ready.value) == ("llm/v1/chat", "READY")
    with pytest.raises(Exception, match="does not exist"):
        await asyncio.to_thread(client.serving_endpoints.get, "nope")


def chat_fault(**fault: Any) -> dict[str, Any]:
    return {"faults": ({"operation": "chat", "chat": fault},)}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("response_format", {"response_format": {"type": "json_object"}}),
        ("temperature", {"temperature": 0.2}),
        ("tools", {"tools": [TOOL]}),
        ("stream", {"stream": True}),
    ],
)
async def test_model_can_refuse_a_parameter(start: Any, name: str, more: Any) -> None:
    running = await start(**chat_fault(refuse=[name]))
    hello = [{"role": "user", "content": "hello"}]
    with pytest.raises(BadRequestError, match=f"{name} is not supported for this model"):
        await ask(running, hello, **more)
    await ask(running, hello)


async def test_rule_for_a_model_spares_the_others(start: Any) -> None:
    rule = {"operation": "chat", "model": "strict", "chat": {"refuse": ["temperature"]}}
    running = await start(faults=(rule,), chat_models=("local-analyst", "strict"))
    hello = [{"role": "user", "content": "hello"}]
    await ask(running, hello, temperature=0)
    with pytest.raises(BadRequestError):
        await ask(running, hello, temperature=0, model="strict")


async def test_content_as_blocks(start: Any) -> None:
    running = await start(analyst=ScriptedAnalyst(deck=DECK), **chat_fault(content_blocks=True))
    reply = await ask(running, fenced({"task": "write"}))
    blocks: Any = reply.choices[0].message.content
    assert [block["type"] for block in blocks] == ["reasoning", "text"]
    assert json.loads(blocks[1]["text"]) == DECK


async def test_databricks_error_in_a_stream_is_a_chunk_without_choices(start: Any) -> None:
    chunks = await streamed(
        await start(analyst=ScriptedAnalyst(deck=DECK), **chat_fault(error_after=2)),
        fenced({"task": "write"}),
    )
    assert chunks[-1].choices is None
    assert chunks[-1].model_extra["error_code"] == "TEMPORARILY_UNAVAILABLE"


async def test_openai_error_in_a_stream_raises(start: Any) -> None:
    running = await start(**chat_fault(error_after=1, error_style="openai"))
    with pytest.raises(APIError, match="overloaded"):
        await streamed(running, [{"role": "user", "content": "hello"}])


async def test_stream_cut_in_the_middle_is_a_connection_error(start: Any) -> None:
    running = await start(**chat_fault(reset_after=2))
    with pytest.raises(Exception, match=r"(?i)connection|peer closed|incomplete"):
        await streamed(running, [{"role": "user", "content": "hello"}])


async def test_stream_without_done_and_without_finish_reason(start: Any, http: Any) -> None:
    running = await start(**chat_fault(no_done=True, no_finish_reason=True))
    plain = await http(running)
    body = {
        "model": "local-analyst",
        "stream": True,
        "messages": [{"role": "user", "content": "x"}],
    }
    text = (await plain.post("/serving-endpoints/chat/completions", json=body)).text
    assert "[DONE]" not in text
    assert '"finish_reason": "stop"' not in text


async def test_truncated_reply_says_length(start: Any) -> None:
    running = await start(**chat_fault(content='{"title": "cut', finish_reason="length"))
    reply = await ask(running, [{"role": "user", "content": "hello"}])
    assert reply.choices[0].finish_reason == "length"
    assert reply.choices[0].message.content == '{"title": "cut'
