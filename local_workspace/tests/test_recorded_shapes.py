"""Exchanges written down from the API reference: the local workspace answers in the same shapes.

`recorded.json` holds the worked examples of `databricks-api.md` section 14: written by us from what
is documented, not captured from a workspace. Each field there must be here, with the same kind of
value; ids and texts differ.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from databricks.sdk.service.dashboards import GenieMessage, GenieStartConversationResponse
from databricks.sdk.service.sql import ResultData, StatementResponse
from local_workspace.settings import StatementSettings
from local_workspace.translate.plan import Clarification

from .conftest import ORDERS_SQL

RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))
BASE = "/api/2.0/genie/spaces/shop"


def lacking(recorded: Any, local: Any, path: str = "$") -> list[str]:
    """Where the local reply lacks a field of the recorded one or has another kind of value."""
    if isinstance(recorded, dict):
        if not isinstance(local, dict):
            return [f"{path}: {local!r}"]
        missing = [f"{path}.{key}" for key in recorded if key not in local]
        return missing + [
            place
            for key in recorded
            if key in local
            for place in lacking(recorded[key], local[key], f"{path}.{key}")
        ]
    if isinstance(recorded, list):
        if not isinstance(local, list):
            return [f"{path}: {local!r}"]
        if not recorded or not local:
            return [f"{path}: empty"] if recorded and not local else []
        return lacking(recorded[0], local[0], f"{path}[0]")
    if recorded is None or local is None:
        return []
    return [] if type(recorded) is type(local) else [f"{path}: {local!r}"]


async def completed(client: Any, question: str = "q") -> tuple[Any, Any, str]:
    begun = (await client.post(f"{BASE}/start-conversation", json={"content": question})).json()
    path = f"{BASE}/conversations/{begun['conversation_id']}/messages/{begun['message_id']}"
    async with asyncio.timeout(20):
        while True:
            message = (await client.get(path)).json()
            if message["status"] in {"COMPLETED", "FAILED", "CANCELLED"}:
                return begun, message, path
            await asyncio.sleep(0.01)


async def test_start_and_completed_message(start: Any, http: Any) -> None:
    client = await http(await start(ORDERS_SQL))
    begun, message, _ = await completed(client)
    assert lacking(RECORDED["start_conversation"], begun) == []
    wanted = RECORDED["completed"]
    assert lacking({**wanted, "attachments": []}, message) == []
    kinds = {next(k for k in a if k != "attachment_id"): a for a in message["attachments"]}
    for recorded in wanted["attachments"]:
        kind = next(key for key in recorded if key != "attachment_id")
        if kind != "suggested_questions":
            assert lacking(recorded, kinds[kind]) == []
    for sample in (RECORDED["start_conversation"], begun):
        assert GenieStartConversationResponse.from_dict(sample).message.status is not None
    for sample in (wanted, message):
        assert GenieMessage.from_dict(sample).attachments[0].query.statement_id


async def test_clarification_failure_and_cancellation(start: Any, http: Any) -> None:
    cancelled = {"operation": "start_conversation", "skip": 2, "genie": {"final": "CANCELLED"}}
    client = await http(
        await start(Clarification("Which?"), "SELECT nope FROM orders", faults=(cancelled,))
    )
    for name in ("clarification", "failed", "cancelled"):
        _, message, _ = await completed(client)
        assert lacking(RECORDED[name], message) == [], name
        assert message["status"] == RECORDED[name]["status"]


async def test_query_result_and_chunks(start: Any, http: Any) -> None:
    client = await http(
        await start(
            "SELECT region, order_id, amount, paid_at, online FROM orders ORDER BY order_id",
            statements=StatementSettings(chunk_rows=2),
        )
    )
    _, message, path = await completed(client)
    attachment = message["attachments"][0]["attachment_id"]
    reply = (await client.get(f"{path}/attachments/{attachment}/query-result")).json()
    assert lacking(RECORDED["query_result"], reply) == []
    link = reply["statement_response"]["result"]["next_chunk_internal_link"]
    chunk = (await client.get(link)).json()
    assert lacking(RECORDED["chunk"], chunk) == []
    for sample in (RECORDED["query_result"], reply):
        response = StatementResponse.from_dict(sample["statement_response"])
        assert [c.type_name.value for c in response.manifest.schema.columns][2:] == [
            "DECIMAL",
            "TIMESTAMP",
            "BOOLEAN",
        ]
        assert all(c is None or isinstance(c, str) for r in response.result.data_array for c in r)
    for sample in (RECORDED["chunk"], chunk):
        assert ResultData.from_dict(sample).next_chunk_index is None


async def test_statement_failure_and_external_link(start: Any, http: Any) -> None:
    client = await http(await start())
    path = "/api/2.0/sql/statements"
    body = {"statement": "SELECT * FROM main.sales.nope", "warehouse_id": "w"}
    failed = (await client.post(path, json=body)).json()
    assert lacking(RECORDED["statement_failed"], failed) == []
    body = {
        "statement": "SELECT * FROM orders",
        "warehouse_id": "w",
        "disposition": "EXTERNAL_LINKS",
        "format": "CSV",
    }
    external = (await client.post(path, json=body)).json()
    assert lacking(RECORDED["external"], external) == []


async def test_chat_completion_stream_and_me(start: Any, http: Any) -> None:
    client = await http(await start())
    body = {"model": "local-analyst", "messages": [{"role": "user", "content": "hello"}]}
    path = "/serving-endpoints/chat/completions"
    assert lacking(RECORDED["chat"], (await client.post(path, json=body)).json()) == []
    options = {"stream": True, "stream_options": {"include_usage": True}}
    text = (await client.post(path, json={**body, **options})).text
    lines = [line.removeprefix("data: ") for line in text.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    assert lacking(RECORDED["stream_first"], json.loads(lines[0])) == []
    assert lacking(RECORDED["stream_usage"], json.loads(lines[-2])) == []
    me = (await client.get("/api/2.0/preview/scim/v2/Me")).json()
    assert lacking(RECORDED["me"], me) == []


async def test_errors(start: Any, http: Any) -> None:
    client = await http(await start(questions_a_minute=1, faults=()))
    running = await client.post(f"{BASE}/start-conversation", json={"content": " "})
    assert lacking(RECORDED["error"], running.json()) == []


@pytest.mark.parametrize(
    ("recorded", "local", "expected"),
    [
        ({"a": 1}, {"a": 2, "b": 3}, []),
        ({"a": 1}, {}, ["$.a"]),
        ({"a": "1"}, {"a": 1}, ["$.a: 1"]),
        ([{"a": 1}], [{}], ["$[0].a"]),
        ([1], [], ["$: empty"]),
    ],
)
def test_comparison_finds_what_is_lacking(recorded: Any, local: Any, expected: list[str]) -> None:
    assert lacking(recorded, local) == expected
