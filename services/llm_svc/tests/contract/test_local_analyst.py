"""The whole service in front of `local-analyst`, as `make demo` runs it."""

import json
from pathlib import Path

import pytest
from aislides.llm.v1 import llm_service_pb2 as pb
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
from aislides_runtime.channels import open_channel
from calling import events, generate
from llm_contract_servers import server_of
from llm_svc.bootstrap import running_llm
from llm_svc.settings import DatabricksSection, LlmSection, Settings

PROMPTS = Path(__file__).parents[4] / "config" / "prompts.yaml"
COLUMNS = [
    {"name": "flight_date", "type": "DATE", "description": "day of departure"},
    {"name": "origin", "type": "STRING", "description": "airport"},
    {"name": "carrier", "type": "STRING", "description": "airline"},
    {"name": "dep_delay", "type": "DOUBLE", "description": "minutes late"},
]
SPACE = {
    "title": "Flights",
    "description": "Departures from New York in 2013",
    "tables": [{"name": "flights", "description": "one row per flight", "columns": COLUMNS}],
    "sample_questions": ["Average departure delay by month"],
    "instructions": "",
}


def fact(number, name, value, text):
    return {
        "id": f"f{number}",
        "kind": "leader_gap",
        "says": text,
        "values": {name: {"v": value, "unit": "min", "display": f"{value} min"}},
        "sentence": f"{text}: {{f{number}.{name}}}.",
        "headline": f"{text} is {{f{number}.{name}}}.",
        "lead": text[:20],
        "result": "r1",
        "measure": "avg_dep_delay",
        "by": "origin",
        "score": 0.9 - number / 10,
    }


WRITE = {
    "task": "write",
    "question": "Which airports drive departure delays?",
    "max_slides": 6,
    "results": {
        "r1": {
            "question": "average departure delay by origin",
            "columns": [
                {"name": "origin", "type": "STRING", "unit": ""},
                {"name": "avg_dep_delay", "type": "DOUBLE", "unit": "min"},
            ],
            "row_count": 3,
            "truncated": False,
            "rows": [["EWR", 15.1], ["JFK", 12.1], ["LGA", 10.3]],
        }
    },
    "facts": [
        fact(1, "mean", 12.6, "The mean delay"),
        fact(2, "gap", 4.8, "The gap of EWR to LGA"),
        fact(3, "first", 15.1, "The delay at EWR"),
    ],
}
SLIDES = {
    "type": "object",
    "required": ["title", "slides"],
    "additionalProperties": True,
    "properties": {
        "title": {"type": "string"},
        "slides": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["layout", "headline"],
                "additionalProperties": True,
                "properties": {"layout": {"type": "string"}, "headline": {"type": "string"}},
            },
        },
    },
}


@pytest.fixture
async def stub(tmp_path):
    async with server_of("local-analyst", tmp_path) as server:
        settings = Settings(
            llm=LlmSection(
                listen="127.0.0.1:0",
                prompts_file=PROMPTS,
                database=f"sqlite+aiosqlite:///{tmp_path}/llm.db",
            ),
            databricks=DatabricksSection(
                host=server.base_url.removesuffix("/serving-endpoints"), token=server.key
            ),
        )
        async with running_llm(settings) as running, open_channel(running.target) as channel:
            yield LlmServiceStub(channel)


async def test_it_plans_with_tool_calls(stub):
    data = {"task": "plan", "question": WRITE["question"], "max_questions": 3, "space": SPACE}
    prompt = pb.PromptCall(
        name="intent_analysis", variables={"max_questions": "3"}, data_json=json.dumps(data)
    )
    done = await generate(stub, pb.CompletionSpec(prompt=prompt, purpose="plan"))
    questions = [json.loads(call.arguments_json)["question"] for call in done.tool_calls]
    assert 1 <= len(questions) <= 3 and all(len(question) > 5 for question in questions)
    assert done.model == "local-analyst" and done.usage.input_tokens > 0


async def test_it_writes_slides_that_stream_as_elements(stub):
    prompt = pb.PromptCall(
        name="html_generation", variables={"max_slides": "6"}, data_json=json.dumps(WRITE)
    )
    shape = pb.StructuredOutput(json_schema=json.dumps(SLIDES), name="deck", element_path="slides")
    spec = pb.CompletionSpec(prompt=prompt, purpose="write", structured=shape)
    seen = await events(stub, spec)
    slides = [json.loads(event.element.json) for event in seen if event.HasField("element")]
    assert slides == json.loads(seen[-1].completed.text)["slides"]
    assert len(slides) >= 2 and slides[0]["layout"] == "cover"
    assert seen[-1].completed.repairs == 0
