"""What every provider must do, run against every server there is.

The scripted server and `local-analyst` run always; llama.cpp's own server, which nobody here
wrote, when AISLIDES_REAL_MODEL_PYTHON names a Python that has it (README.md).
"""

import asyncio
import dataclasses
import json
from contextlib import aclosing

import pytest
from aislides_runtime.settings import Secret
from llm_contract_servers import KINDS, server_of
from llm_svc.adapters.replay import Recorder, Replay
from llm_svc.domain.completion import FinishReason, Message, Role, Tool
from llm_svc.domain.errors import CredentialsRefused, ModelNotFound, ProviderFault
from llm_svc.ports import Ask, FinishPiece, NativeSchema, TextPiece, ToolPiece, UsagePiece
from llm_svc.prompts.fence import fence, new_marker

QUESTION = "How did departure delays develop, and which airports drive them?"
SPACE = {
    "title": "Flights",
    "description": "Departures from New York",
    "tables": [
        {
            "name": "flights",
            "description": "one row per flight",
            "columns": [
                {"name": "flight_date", "type": "DATE", "description": "day"},
                {"name": "origin", "type": "STRING", "description": "airport"},
                {"name": "dep_delay", "type": "DOUBLE", "description": "minutes late"},
            ],
        }
    ],
    "sample_questions": ["Average departure delay by month"],
    "instructions": "",
}
PLAN = {"task": "plan", "question": QUESTION, "max_questions": 3, "space": SPACE}
TOOL = Tool(
    "query_genie",
    "Answers one question",
    {
        "type": "object",
        "required": ["question"],
        "properties": {"question": {"type": "string"}},
        "additionalProperties": False,
    },
)
SCHEMA = {
    "type": "object",
    "required": ["answer"],
    "properties": {"answer": {"enum": ["x", "y"]}},
    "additionalProperties": False,
}


@pytest.fixture(params=KINDS)
async def server(request, tmp_path):
    async with server_of(request.param, tmp_path) as running:
        yield running


@pytest.fixture
async def provider(server):
    made = server.provider()
    yield made
    await made.close()


def ask(server, text="Say hello.", **more):
    values = {
        "model": server.model,
        "messages": (Message(Role.SYSTEM, "You are brief."), Message(Role.USER, text)),
        "max_output_tokens": 200,
        "timeout": 20.0,
        "max_bytes": 1_000_000,
        "temperature": 0.0,
        "seed": 7,
    }
    return Ask(**{**values, **more})


async def pieces_of(provider, asked):
    async with aclosing(provider.answer(asked)) as pieces:
        return [piece async for piece in pieces]


def text_of(pieces):
    return "".join(piece.text for piece in pieces if isinstance(piece, TextPiece))


def finish_of(pieces):
    (finish,) = [piece.reason for piece in pieces if isinstance(piece, FinishPiece)]
    return finish


@pytest.mark.parametrize("stream", [True, False])
async def test_an_answer_has_words_one_finish_and_a_count(server, provider, stream):
    pieces = await pieces_of(provider, ask(server, stream=stream))
    assert text_of(pieces)
    assert finish_of(pieces) in (FinishReason.STOP, FinishReason.LENGTH)
    (counted,) = [piece.usage for piece in pieces if isinstance(piece, UsagePiece)]
    assert counted.input_tokens > 0 and counted.output_tokens > 0
    assert not stream or sum(isinstance(piece, TextPiece) for piece in pieces) > 1


async def test_the_same_request_with_temperature_0_and_a_seed_gives_the_same_words(
    server, provider
):
    first, second = [text_of(await pieces_of(provider, ask(server))) for _ in range(2)]
    assert first == second


async def test_an_answer_stops_at_its_limit_of_tokens_where_the_server_has_one(server, provider):
    pieces = await pieces_of(provider, ask(server, max_output_tokens=10))
    expected = FinishReason.LENGTH if server.counts_tokens else FinishReason.STOP
    assert finish_of(pieces) is expected


@pytest.mark.parametrize("stream", [True, False])
async def test_a_schema_is_followed_where_the_server_says_so(server, provider, stream):
    schema = NativeSchema("a", SCHEMA, strict=True)
    pieces = await pieces_of(provider, ask(server, schema=schema, stream=stream))
    words = text_of(pieces)
    assert words
    if server.follows_schemas:
        assert json.loads(words)["answer"] in ("x", "y")


@pytest.mark.parametrize("stream", [True, False])
async def test_tools_are_called_in_parallel_with_whole_arguments(server, provider, stream):
    data = fence(json.dumps(PLAN), new_marker())
    pieces = await pieces_of(provider, ask(server, data, tools=(TOOL,), stream=stream))
    calls: dict[int, list[ToolPiece]] = {}
    for piece in pieces:
        if isinstance(piece, ToolPiece):
            calls.setdefault(piece.index, []).append(piece)
    assert calls or text_of(pieces)
    if server.plans:
        assert len(calls) > 1 and finish_of(pieces) is FinishReason.TOOL_CALLS
    for parts in calls.values():
        assert [part.name for part in parts if part.name] == ["query_genie"]
        assert json.loads("".join(part.arguments for part in parts))["question"]


async def test_a_wrong_key_is_told_as_such(server):
    stranger = server.provider(Secret("sk-wrong"))
    with pytest.raises(CredentialsRefused):
        await pieces_of(stranger, ask(server))
    await stranger.close()


async def test_an_unknown_model_is_told_as_such(server, provider):
    asked = ask(server, model=f"{server.model}-not")
    if server.knows_models:
        with pytest.raises(ModelNotFound):
            await pieces_of(provider, asked)
    else:
        # llama.cpp serves the one model it has, whatever it is called.
        assert text_of(await pieces_of(provider, asked))


async def test_leaving_in_the_middle_frees_the_server_for_the_next_call(server, provider):
    for _ in range(5):
        async with aclosing(provider.answer(ask(server))) as pieces:
            await anext(pieces)
    async with asyncio.timeout(20):
        assert text_of(await pieces_of(provider, ask(server)))


async def test_twenty_calls_at_once_do_not_mix(server, provider):
    answers = await asyncio.gather(
        *(pieces_of(provider, ask(server, max_output_tokens=60)) for _ in range(20))
    )
    assert all(text_of(pieces) for pieces in answers)


async def test_what_was_recorded_is_replayed_piece_by_piece(server, provider, tmp_path):
    path = tmp_path / "transcripts.jsonl"
    recorder = Recorder(provider, path)
    fenced = ask(server, fence('{"task": "x"}', new_marker()))
    recorded = await pieces_of(recorder, ask(server))
    replay = Replay("replay", path)
    assert await pieces_of(replay, ask(server)) == recorded
    assert await pieces_of(replay, dataclasses.replace(ask(server), timeout=1)) == recorded
    with pytest.raises(ProviderFault, match="record one first"):
        await pieces_of(replay, fenced)
