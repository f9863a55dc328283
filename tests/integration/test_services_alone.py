"""genie_svc and llm_svc alone, driven by a bare gRPC client as another backend would."""

from __future__ import annotations

import json
from pathlib import Path

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as genie_pb
from aislides.genie.v1.genie_service_pb2_grpc import GenieServiceStub
from aislides.llm.v1 import llm_service_pb2 as llm_pb
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
from aislides_cli.environment import for_embedded
from genie_svc.bootstrap import running_genie
from genie_svc.settings import load_genie_settings
from llm_svc.bootstrap import running_llm
from llm_svc.settings import read_settings
from local_workspace.server import running_workspace
from local_workspace.settings import LocalWorkspaceSettings

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def told(tmp_path, monkeypatch):
    """The environment of services beside a running local workspace."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    settings = LocalWorkspaceSettings(
        port=0, data_directory=tmp_path / "workspace", demo_spaces=("flights",)
    )
    async with running_workspace(settings) as workspace:
        yield for_embedded(
            {
                "AISLIDES_GENIE__LISTEN": "127.0.0.1:0",
                "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{tmp_path}/genie.db",
                "AISLIDES_LLM__LISTEN": "127.0.0.1:0",
                "AISLIDES_LLM__DATABASE": f"sqlite+aiosqlite:///{tmp_path}/llm.db",
                "AISLIDES_LLM__PROMPTS_FILE": str(ROOT / "config/prompts.yaml"),
            },
            workspace.host,
            workspace.token,
        )


async def test_genie_alone_answers_with_typed_rows_and_sql(told):
    async with (
        running_genie(load_genie_settings(environ=told)) as server,
        grpc.aio.insecure_channel(server.target) as channel,
    ):
        stub = GenieServiceStub(channel)
        request = genie_pb.AskRequest(question="How many flights were there in 2013?")
        events = [event async for event in stub.Ask(request, timeout=30)]
    kinds = [event.WhichOneof("event") for event in events]
    assert kinds[0] == "accepted"
    ready = next(event.rows_ready for event in events if event.HasField("rows_ready"))
    assert "count(*)" in ready.message.query.sql.lower()
    rows = [row for event in events if event.HasField("rows") for row in event.rows.rows]
    assert [row.values[0].integer for row in rows] == [336_776]


async def test_genie_alone_asks_back_where_the_data_has_no_answer(told):
    async with (
        running_genie(load_genie_settings(environ=told)) as server,
        grpc.aio.insecure_channel(server.target) as channel,
    ):
        request = genie_pb.AskRequest(question="Who is the CEO of Delta?")
        events = [event async for event in GenieServiceStub(channel).Ask(request, timeout=30)]
    assert events[-1].WhichOneof("event") == "clarification"
    assert events[-1].clarification.message.clarification


async def test_llm_alone_plans_with_tool_calls_and_writes_what_fits_the_schema(told):
    payload = {
        "task": "plan",
        "question": "How did departure delays develop in 2013?",
        "max_questions": 2,
        "space": {
            "title": "Flights",
            "description": "",
            "tables": [
                {
                    "name": "flights",
                    "description": "",
                    "columns": [
                        {"name": "flight_date", "type": "DATE", "description": ""},
                        {"name": "dep_delay", "type": "DOUBLE", "description": "departure delay"},
                        {"name": "origin", "type": "STRING", "description": "origin airport"},
                    ],
                }
            ],
            "sample_questions": [],
            "instructions": "",
        },
    }
    tool = llm_pb.Tool(
        name="query_genie",
        description="asks",
        parameters_json_schema=json.dumps(
            {
                "type": "object",
                "properties": {"question": {"type": "string"}},
                "required": ["question"],
            }
        ),
    )
    async with (
        running_llm(read_settings(environ=told)) as server,
        grpc.aio.insecure_channel(server.target) as channel,
    ):
        stub = LlmServiceStub(channel)
        spec = llm_pb.CompletionSpec(
            prompt=llm_pb.PromptCall(
                name="intent_analysis",
                variables={"max_questions": "2"},
                data_json=json.dumps(payload),
            ),
            tools=[tool],
            request_id="plan-1",
        )
        first = await stub.GenerateCompletion(llm_pb.GenerateCompletionRequest(spec=spec))
        again = await stub.GenerateCompletion(llm_pb.GenerateCompletionRequest(spec=spec))
    calls = first.completion.tool_calls
    assert 1 <= len(calls) <= 2
    assert all("delay" in json.loads(call.arguments_json)["question"] for call in calls)
    assert not first.completion.replayed
    assert again.completion.replayed
    assert again.completion.tool_calls == calls
