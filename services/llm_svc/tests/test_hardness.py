"""What must hold whatever comes: odd messages, killed processes, curious logs."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import random
import signal
import sys

import grpc
import pytest
from aislides.llm.v1 import llm_service_pb2 as pb
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.logs import configure_logging
from calling import DECK, events, failure, generate, hello, write_spec
from google.protobuf.descriptor import FieldDescriptor as Field
from llm_contract_servers import server_of
from llm_settings import PROMPTS, settings_for
from llm_svc.bootstrap import running_llm
from scripted import body, says

WORDS = ["", "a", "html_generation", "plan", "\x00", "é\u202e", "{}", '{"a": 1}', "m", "x" * 3000]


def value_for(field, dice, depth):
    match field.cpp_type:
        case Field.CPPTYPE_STRING:
            return dice.choice(WORDS)
        case Field.CPPTYPE_BOOL:
            return dice.random() < 0.5
        case Field.CPPTYPE_ENUM:
            return dice.choice([0, 1, 2, 3, 99])
        case Field.CPPTYPE_FLOAT | Field.CPPTYPE_DOUBLE:
            return dice.choice([0.0, -1.0, 1.5, float("nan"), float("inf")])
        case Field.CPPTYPE_MESSAGE:
            return odd_message(field.message_type._concrete_class(), dice, depth - 1)
        case Field.CPPTYPE_INT32:
            return dice.choice([0, 1, -1, 5, 100_001, 2**31 - 1, -(2**31)])
        case _:
            return dice.choice([0, 1, -1, 2**63 - 1, -(2**63)])


def odd_message(message, dice, depth=4):
    """A well-formed message with odd values in some of its fields."""
    for field in message.DESCRIPTOR.fields:
        if dice.random() < 0.4 or depth < 0:
            continue
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            entries, value = (
                getattr(message, field.name),
                field.message_type.fields_by_name["value"],
            )
            if value.message_type is None:
                entries[dice.choice(WORDS)] = value_for(value, dice, depth)
            else:
                entries[dice.choice(WORDS)].CopyFrom(value_for(value, dice, depth))
        elif field.is_repeated:
            for _ in range(dice.randint(0, 3)):
                value = value_for(field, dice, depth)
                if field.message_type is not None:
                    getattr(message, field.name).add().CopyFrom(value)
                else:
                    getattr(message, field.name).append(value)
        elif field.message_type is not None:
            getattr(message, field.name).CopyFrom(value_for(field, dice, depth))
        else:
            setattr(message, field.name, value_for(field, dice, depth))
    return message


async def code_of(call):
    try:
        if hasattr(call, "__aiter__"):
            async for _ in call:
                pass
        else:
            await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def test_no_well_formed_message_is_answered_with_internal_or_unknown(tmp_path):
    dice = random.Random(20261121)
    service = pb.DESCRIPTOR.services_by_name["LlmService"]
    async with server_of("scripted", tmp_path) as server:
        settings = settings_for(
            tmp_path,
            None,
            base_url=server.base_url,
            api_key=server.key,
            timeouts={"total": 5},
            budgets={"day": {"tokens": 10**9}},
            cache={"ttl_seconds": 60},
        )
        async with running_llm(settings) as running, open_channel(running.target) as channel:
            stub = LlmServiceStub(channel)
            codes = set()
            for number in range(600):
                method = service.methods[number % len(service.methods)]
                request = odd_message(method.input_type._concrete_class(), dice)
                codes.add(await code_of(getattr(stub, method.name)(request, timeout=10)))
            assert not codes & {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN}
            assert {grpc.StatusCode.OK, grpc.StatusCode.INVALID_ARGUMENT} <= codes


@pytest.mark.spawn
async def test_an_answer_survives_kill_9_right_after_it_was_given(tmp_path, upstream):
    config = tmp_path / "config.yaml"
    config.write_text(
        json.dumps(
            {"llm": {"listen": "127.0.0.1:0", "endpoint": "m", "prompts_file": str(PROMPTS)}}
        )
    )
    environ = {"PATH": "/usr/bin", "DATABRICKS_HOST": upstream.url, "DATABRICKS_TOKEN": "t"}
    upstream.will(says("Once only"))
    answers = []
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "llm_svc", "--config", str(config)),
            cwd=tmp_path,
            env=environ,
            stdout=asyncio.subprocess.PIPE,
        )
        started = json.loads(await process.stdout.readline())
        async with open_channel(started["target"]) as channel:
            answers.append(await generate(LlmServiceStub(channel), hello(request_id="d/1/write/0")))
        process.send_signal(signal.SIGKILL)
        await process.wait()
    assert [answer.text for answer in answers] == ["Once only"] * 2
    assert [answer.replayed for answer in answers] == [False, True]
    assert len(upstream.received) == 1


@pytest.fixture
def log_lines():
    """All log lines at DEBUG, as configured for production."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure_logging("DEBUG", "json", "llm_svc", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_no_log_line_holds_a_token_a_prompt_or_an_answer(start, upstream, log_lines):
    stub = await start()
    secret = body(403, {"message": "host=https://secret-host token=dapi-test"})
    upstream.will(says(json.dumps(DECK)), says("never JSON"), says("never JSON"), secret)
    await events(stub, write_spec())
    await failure(generate(stub, write_spec()))
    await failure(generate(stub, hello("classified question")))
    lines = log_lines.getvalue()
    assert "rpc_served" in lines
    for word in ("dapi-test", "secret-host", "classified", "<<<DATA", "f1.mean", "never JSON"):
        assert word not in lines, word


def flights():
    names = [task.get_coro().__qualname__ for task in asyncio.all_tasks()]
    return [name for name in names if name.startswith("Flight.")]


async def test_callers_that_leave_at_any_moment_leave_nothing_behind(tmp_path):
    dice = random.Random(4)
    async with server_of("scripted", tmp_path) as server:
        settings = settings_for(tmp_path, None, base_url=server.base_url, api_key=server.key)
        async with running_llm(settings) as running, open_channel(running.target) as channel:
            stub = LlmServiceStub(channel)

            async def leave(number: int) -> None:
                request = pb.GenerateCompletionRequest(spec=hello(request_id=f"d/{number % 40}"))
                call = stub.GenerateCompletion(request, timeout=10)
                await asyncio.sleep(dice.random() * 0.1)
                call.cancel()
                await asyncio.wait([asyncio.ensure_future(code_of(call))])

            await asyncio.gather(*(leave(number) for number in range(200)))
            answers = [await generate(stub, hello(request_id=f"d/{n}")) for n in range(40)]
            assert {answer.text for answer in answers} == {"Hello, I am a model."}
            async with asyncio.timeout(10):
                while flights():
                    await asyncio.sleep(0.01)
    gc.collect()  # a connection that was lost would warn here, and warnings are errors
