"""The service as a caller sees it: a bare gRPC client, a real server, a scripted model."""

import json

from aislides.llm.v1 import llm_service_pb2 as pb
from calling import DECK, TOOL, events, failure, generate, hello, plan_spec, write_spec
from scripted import body, calls, chunk, says, stream, usage, whole


async def test_text_is_streamed_and_comes_whole_at_the_end(start, upstream):
    stub = await start()
    upstream.will(says("Hello, you there", counted=usage(20, 4, cached=8)))
    seen = await events(stub, hello())
    kinds = [event.WhichOneof("event") for event in seen]
    assert (kinds[0], kinds[-1], set(kinds[1:-1])) == ("started", "completed", {"text_delta"})
    assert "".join(event.text_delta.text for event in seen) == "Hello, you there"
    done = seen[-1].completed
    assert (done.text, done.provider, done.model) == ("Hello, you there", "databricks", "m")
    assert done.finish_reason == pb.FINISH_REASON_STOP
    assert done.usage == pb.Usage(input_tokens=20, output_tokens=4, cached_input_tokens=8, calls=1)
    asked = upstream.received[0]
    assert asked.path == "/serving-endpoints/chat/completions"
    assert asked.headers["authorization"] == "Bearer dapi-test"
    assert asked.body["max_tokens"] == 8000


async def test_slides_are_emitted_as_soon_as_each_is_whole(start, upstream):
    stub = await start()
    upstream.will(says(json.dumps(DECK)))
    seen = await events(stub, write_spec())
    elements = [event.element for event in seen if event.HasField("element")]
    assert [(e.index, json.loads(e.json)) for e in elements] == list(enumerate(DECK["slides"]))
    done = seen[-1].completed
    assert json.loads(done.text) == DECK
    assert done.prompt_name == "html_generation" and len(done.prompt_version) == 12
    asked = upstream.received[0].body
    assert asked["response_format"]["json_schema"]["name"] == "deck"
    assert "<<<DATA " in asked["messages"][1]["content"]


async def test_tool_calls_are_assembled_from_fragments(start, upstream):
    stub = await start()
    upstream.will(calls("How many?", "Who leads?"))
    done = await generate(stub, plan_spec())
    questions = [json.loads(call.arguments_json)["question"] for call in done.tool_calls]
    assert questions == ["How many?", "Who leads?"]
    assert done.finish_reason == pb.FINISH_REASON_TOOL_CALLS
    offered = upstream.received[0].body["tools"]
    assert [tool["function"]["name"] for tool in offered] == ["query_genie"]


async def test_a_clarification_comes_as_text(start, upstream):
    stub = await start()
    upstream.will(says('{"clarification": "c", "suggestions": []}'))
    done = await generate(stub, plan_spec())
    assert json.loads(done.text)["clarification"] == "c" and not done.tool_calls


async def test_a_faulty_answer_is_repaired_once_with_the_exact_faults(start, upstream):
    stub = await start()
    bad = {"title": "T", "slides": [DECK["slides"][0], {"head": "x"}]}
    upstream.will(says(json.dumps(bad)), says(json.dumps(DECK)))
    seen = await events(stub, write_spec())
    kinds = [event.WhichOneof("event") for event in seen]
    assert kinds == ["started", "element", "repair_started", "element", "completed"]
    faults = list(seen[2].repair_started.faults)
    assert faults == ["slides[1].headline: is missing", "slides[1].head: is not a known key"]
    assert seen[-1].completed.repairs == 1 and seen[-1].completed.usage.calls == 2
    assert faults[0] in upstream.received[1].body["messages"][-1]["content"]


async def test_an_element_that_was_sent_stays_as_it_was_after_a_repair(start, upstream):
    stub = await start()
    bad = {"title": "T", "slides": [{"headline": "As sent"}, {"head": "x"}]}
    upstream.will(says(json.dumps(bad)), says(json.dumps(DECK)))
    done = (await events(stub, write_spec()))[-1].completed
    assert json.loads(done.text)["slides"] == [{"headline": "As sent"}, {"headline": "Two"}]


async def test_an_answer_that_never_fits_is_refused(start, upstream):
    stub = await start()
    upstream.will(says("no JSON"), says('{"title": NaN, "slides": []}'))
    error = await failure(generate(stub, write_spec()))
    assert (error.kind, error.reason) == ("FAILED_PRECONDITION", "LLM_OUTPUT_INVALID")
    assert "NaN" in error.message


async def test_malformed_tool_arguments_are_repaired_once(start, upstream):
    stub = await start()
    broken = chunk(
        tool_calls=[
            {"index": 0, "id": "a", "function": {"name": "query_genie", "arguments": '{"q'}}
        ]
    )
    upstream.will(stream(broken, chunk(finish="tool_calls")), calls("Right?"))
    done = await generate(stub, plan_spec(tools=[TOOL]))
    assert [call.name for call in done.tool_calls] == ["query_genie"] and done.repairs == 1
    assert "call 1 of query_genie" in upstream.received[1].body["messages"][-1]["content"]


async def test_tool_calls_are_repaired_after_words_that_were_streamed(start, upstream):
    stub = await start()
    broken = {"index": 0, "id": "a", "function": {"name": "query_genie", "arguments": "{"}}
    upstream.will(
        stream(chunk("Let me ask."), chunk(tool_calls=[broken]), chunk(finish="tool_calls")),
        calls("How many?"),
    )
    seen = await events(stub, plan_spec())
    kinds = [event.WhichOneof("event") for event in seen]
    assert kinds == ["started", "text_delta", "repair_started", "tool_call", "completed"]


async def test_a_tool_that_was_not_offered_and_one_that_was_not_called(start, upstream):
    stub = await start()
    upstream.will(calls("How many?", name="drop_table"), calls("How many?"))
    done = await generate(stub, plan_spec())
    assert [call.name for call in done.tool_calls] == ["query_genie"]
    assert "no such tool; tools: query_genie" in upstream.received[1].text
    upstream.will(says("I would rather talk"), says("Still talking"))
    error = await failure(generate(stub, plan_spec(tool_choice=pb.TOOL_CHOICE_REQUIRED)))
    assert (error.reason, error.metadata["faults"]) == ("LLM_OUTPUT_INVALID", "1")


async def test_a_refused_schema_is_asked_for_in_words_and_remembered(start, upstream):
    stub = await start()
    refusal = {"error_code": "BAD_REQUEST", "message": "response_format is not supported"}
    fenced = f"Here it is:\n```json\n{json.dumps(DECK)}\n```"
    upstream.will(body(400, refusal), says(fenced), says(json.dumps(DECK)))
    first = await generate(stub, write_spec())
    await generate(stub, write_spec())
    assert json.loads(first.text) == DECK and first.usage.calls == 1
    asked = [request.body for request in upstream.received]
    assert ["response_format" in a for a in asked] == [True, False, False]
    assert '"additionalProperties":false' in asked[1]["messages"][0]["content"]


async def test_a_refused_temperature_is_left_out(start, upstream):
    stub = await start()
    upstream.will(body(400, {"message": "temperature is not supported"}), says("ok"))
    await generate(stub, hello(temperature=0.5))
    asked = [request.body for request in upstream.received]
    assert ["temperature" in a for a in asked] == [True, False]


async def test_content_blocks_are_read_without_reasoning(start, upstream):
    stub = await start()
    blocks = [{"type": "reasoning", "summary": []}, {"type": "text", "text": "plain"}]
    upstream.will(stream(chunk(blocks), chunk(finish="stop")), whole(blocks))
    assert (await generate(stub, hello())).text == "plain"
    assert (await generate(stub, hello())).text == "plain"


async def test_offline_calls_nothing_and_says_so(start):
    stub = await start(mode="offline")
    error = await failure(generate(stub, hello()))
    assert (error.kind, error.reason) == ("FAILED_PRECONDITION", "LLM_OFFLINE")
    models = (await stub.ListModels(pb.ListModelsRequest())).models
    assert [(model.name, model.ready) for model in models] == [("m", False)]
