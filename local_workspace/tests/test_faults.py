"""Faults: HTTP exchanges that go wrong, questions that end badly, and rules that count."""

import asyncio
import json
import random
import time
from typing import Any

import httpx
import pytest
from databricks.sdk.errors import DatabricksError, InternalError, NotFound, PermissionDenied
from local_workspace.faults.book import FaultBook
from local_workspace.faults.operations import operation_of
from local_workspace.faults.rules import FaultRule
from local_workspace.pace import Delay
from pydantic import ValidationError

from .conftest import ORDERS_SQL, settled

ME = "/api/2.0/preview/scim/v2/Me"


def me_fault(**fault: Any) -> dict[str, Any]:
    return {"faults": ({"operation": "me", "http": fault},)}


def genie_fault(**fault: Any) -> dict[str, Any]:
    return {"faults": ({"operation": "start_conversation", "genie": fault},)}


@pytest.mark.parametrize(
    ("fault", "status", "body", "retry_after"),
    [
        ({"status": 429}, 429, "REQUEST_LIMIT_EXCEEDED", None),
        ({"status": 429, "retry_after": "12"}, 429, "REQUEST_LIMIT_EXCEEDED", "12"),
        ({"status": 503, "message": "warming up"}, 503, "warming up", None),
        ({"status": 500}, 500, "INTERNAL_ERROR", None),
        ({"status": 403, "error_code": 403, "message": "IP"}, 403, '"error_code": 403', None),
        ({"html": True}, 502, "<title>Bad Gateway</title>", None),
    ],
)
async def test_http_error(
    start: Any, http: Any, fault: Any, status: int, body: str, retry_after: Any
) -> None:
    client = await http(await start(**me_fault(**fault)))
    answer = await client.get(ME)
    assert answer.status_code == status
    assert body in answer.text
    assert answer.headers.get("retry-after") == retry_after
    assert (await client.get("/api/2.0/genie/spaces")).status_code == 200


@pytest.mark.parametrize("fault", [{"reset": True}, {"lost_reply": True}, {"cut_after_bytes": 5}])
async def test_broken_connection(start: Any, http: Any, fault: Any) -> None:
    client = await http(await start(**me_fault(**fault)))
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await client.get(ME)


async def test_lost_reply_has_asked_all_the_same(start: Any, http: Any, sdk: Any) -> None:
    rule = {"operation": "start_conversation", "times": 1, "http": {"lost_reply": True}}
    running = await start(ORDERS_SQL, faults=(rule,))
    plain = await http(running)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await plain.post("/api/2.0/genie/spaces/shop/start-conversation", json={"content": "q"})
    client = await sdk(running)
    listed = await asyncio.to_thread(client.genie.list_conversations, "shop")
    assert [c.title for c in listed.conversations] == ["q"]
    async with asyncio.timeout(10):
        while running.workspace.background._tasks:
            await asyncio.sleep(0.01)


async def test_stuck_call_ends_with_the_clients_patience(start: Any, http: Any) -> None:
    client = await http(await start(**me_fault(stuck=True)))
    with pytest.raises(httpx.ReadTimeout):
        await client.get(ME, timeout=httpx.Timeout(20, read=0.1))


async def test_latency_and_dripping_take_their_time(start: Any, http: Any) -> None:
    client = await http(await start(**me_fault(latency={"median": 0.1}, drip_bytes_a_second=1_000)))
    started = time.monotonic()
    answer = await client.get(ME)
    assert answer.json()["userName"] == "local@example.com"
    assert time.monotonic() - started > 0.3


async def test_header_strikes_its_own_call_only(start: Any, http: Any) -> None:
    client = await http(await start())
    header = {"X-Aislides-Fault": json.dumps({"http": {"status": 503}})}
    assert (await client.get(ME, headers=header)).status_code == 503
    assert (await client.get(ME)).status_code == 200
    bad = await client.get(ME, headers={"X-Aislides-Fault": '{"htp": 1}'})
    assert (bad.status_code, bad.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


async def test_rules_can_be_set_and_removed_while_it_runs(start: Any, http: Any) -> None:
    client = await http(await start())
    rules = {"rules": [{"operation": "me", "http": {"status": 500}}], "questions_a_minute": 5}
    assert (await client.put("/local/faults", json=rules)).status_code == 200
    assert (await client.get(ME)).status_code == 500
    shown = (await client.get("/local/faults")).json()
    assert shown["rules"][0]["http"]["status"] == 500
    assert shown["questions_a_minute"] == 5
    await client.delete("/local/faults")
    assert (await client.get(ME)).status_code == 200


async def test_fault_rules_need_a_token(start: Any, http: Any) -> None:
    anonymous = await http(await start(), None)
    assert (await anonymous.put("/local/faults", json={"rules": []})).status_code == 401


async def test_sdk_sees_its_own_exceptions(start: Any, sdk: Any) -> None:
    rules = tuple(
        {"operation": "me", "times": 1, "http": fault}
        for fault in (
            {"status": 500},
            {"status": 403, "error_code": 403, "message": "Invalid access token."},
            {"status": 404},
            {"html": True},
        )
    )
    client = await sdk(await start(faults=rules))
    for expected in (InternalError, PermissionDenied, NotFound, DatabricksError):
        with pytest.raises(expected):
            await asyncio.to_thread(client.current_user.me)
    await asyncio.to_thread(client.current_user.me)


async def outcome(running: Any, sdk: Any) -> Any:
    client = await sdk(running)
    waiter = await asyncio.to_thread(client.genie.start_conversation, "shop", "q")
    message = await settled(client.genie, "shop", waiter)
    raw = await asyncio.to_thread(
        client.api_client.do,
        "GET",
        f"/api/2.0/genie/spaces/shop/conversations/{waiter.conversation_id}"
        f"/messages/{waiter.message_id}",
    )
    return client, waiter, message, raw


async def test_question_fails_with_the_chosen_type(start: Any, sdk: Any) -> None:
    fault = genie_fault(error_type="RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION", error="Slow down.")
    _, _, message, raw = await outcome(await start(**fault), sdk)
    assert message.status.value == "FAILED"
    assert raw["error"] == {"error": "Slow down.", "type": "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION"}


async def test_question_is_cancelled(start: Any, sdk: Any) -> None:
    _, _, message, raw = await outcome(await start(**genie_fault(final="CANCELLED")), sdk)
    assert message.status.value == "CANCELLED"
    assert raw["attachments"] == []


async def test_rows_are_expired_from_the_start(start: Any, sdk: Any) -> None:
    running = await start(ORDERS_SQL, **genie_fault(final="QUERY_RESULT_EXPIRED"))
    _, _, message, _ = await outcome(running, sdk)
    assert message.status.value == "QUERY_RESULT_EXPIRED"
    assert message.attachments[0].query.query_result_metadata.row_count == 3


@pytest.mark.parametrize("attachments", ["null", "missing", "empty", "text_only"])
async def test_completed_without_a_query(start: Any, sdk: Any, attachments: Any) -> None:
    running = await start(ORDERS_SQL, **genie_fault(attachments=attachments))
    _, _, message, raw = await outcome(running, sdk)
    assert message.status.value == "COMPLETED"
    expected = {"null": None, "empty": []}
    if attachments == "missing":
        assert "attachments" not in raw
    elif attachments == "text_only":
        assert [list(item) for item in raw["attachments"]] == [["attachment_id", "text"]]
    else:
        assert raw["attachments"] == expected[attachments]


async def test_two_queries_and_the_last_one_is_the_answer(start: Any, sdk: Any) -> None:
    running = await start(ORDERS_SQL, **genie_fault(attachments="two_queries"))
    _, _, message, _ = await outcome(running, sdk)
    kinds = ["query" if a.query else "text" for a in message.attachments]
    assert kinds == ["query", "text", "query", "text"]
    counts = [a.query.query_result_metadata.row_count for a in message.attachments if a.query]
    assert counts == [1, 3]


async def test_clarification_on_demand(start: Any, sdk: Any) -> None:
    running = await start(**genie_fault(clarification="Which year?"))
    _, _, message, _ = await outcome(running, sdk)
    assert message.attachments[0].text.purpose.value == "FOLLOW_UP_QUESTION"


async def test_unknown_status_and_stuck_question(start: Any, http: Any) -> None:
    running = await start(**genie_fault(statuses=["ASKING_AI", "IN_PROGRESS"], stuck=True))
    client = await http(running)
    base = "/api/2.0/genie/spaces/shop"
    begun = (await client.post(f"{base}/start-conversation", json={"content": "q"})).json()
    path = f"{base}/conversations/{begun['conversation_id']}/messages/{begun['message_id']}"
    async with asyncio.timeout(10):
        while (await client.get(path)).json()["status"] != "IN_PROGRESS":
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert (await client.get(path)).json()["status"] == "IN_PROGRESS"


async def test_status_sequence_may_end_it(start: Any, sdk: Any) -> None:
    statuses = ["EXECUTING_QUERY", "ASKING_AI", "CANCELLED"]
    _, _, message, _ = await outcome(await start(**genie_fault(statuses=statuses)), sdk)
    assert message.status.value == "CANCELLED"


async def test_statement_still_runs_when_the_message_is_complete(
    start: Any, sdk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, over = [], asyncio.Event()

    async def wait(seconds: float) -> None:
        waits.append(seconds)
        await over.wait()

    monkeypatch.setattr("local_workspace.statements.store.wait", wait)
    running = await start(ORDERS_SQL, **genie_fault(statement_pending_seconds=0.3))
    client, waiter, message, _ = await outcome(running, sdk)
    assert message.status.value == "COMPLETED"
    ids = ("shop", waiter.conversation_id, waiter.message_id, message.attachments[0].attachment_id)
    states = set()
    async with asyncio.timeout(10):
        while "SUCCEEDED" not in states:
            reply = await asyncio.to_thread(client.genie.get_message_attachment_query_result, *ids)
            states.add(reply.statement_response.status.state.value)
            over.set()
    assert "PENDING" in states
    assert waits == [0.3]


async def test_row_cap_on_demand(start: Any, sdk: Any) -> None:
    running = await start("SELECT order_id FROM orders", **genie_fault(rows=2))
    _, _, message, _ = await outcome(running, sdk)
    metadata = message.attachments[0].query.query_result_metadata
    assert (metadata.row_count, metadata.is_truncated) == (4, True)


def struck(book: FaultBook, calls: int, **details: Any) -> list[bool]:
    return [book.strike("me", details).http.status == 500 for _ in range(calls)]


def test_rules_count_skip_and_times() -> None:
    rule = FaultRule.model_validate(
        {"operation": "me", "skip": 1, "times": 2, "http": {"status": 500}}
    )
    assert struck(FaultBook([rule], 0), 5) == [False, True, True, False, False]


def test_probability_is_seeded() -> None:
    rule = FaultRule.model_validate({"probability": 0.5, "http": {"status": 500}})
    one, two = struck(FaultBook([rule], 1), 40), struck(FaultBook([rule], 1), 40)
    assert one == two
    assert 5 < sum(one) < 35


def test_rule_for_a_user_or_a_space() -> None:
    rule = FaultRule.model_validate({"user": "a", "space": "s", "http": {"status": 500}})
    book = FaultBook([rule], 0)
    assert struck(book, 1, user="a", space="s") == [True]
    assert struck(book, 1, user="b", space="s") == [False]
    assert struck(book, 1, user="a") == [False]


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("POST", "/api/2.0/genie/spaces/s/conversations/c/messages", "create_message"),
        ("GET", "/api/2.0/genie/spaces/s/conversations/c/messages", ""),
        ("GET", "/api/2.0/genie/spaces/s/conversations/c/messages/m", "get_message"),
        ("POST", "/serving-endpoints/x/invocations", "chat"),
        ("GET", "/api/2.0/sql/statements/x/result/chunks/0", "statements"),
        ("GET", "/local/faults", ""),
    ],
)
def test_endpoints_have_names(method: str, path: str, operation: str) -> None:
    assert operation_of(method, path)[0] == operation


def test_delay_is_fixed_or_lognormal() -> None:
    dice = random.Random(3)
    assert Delay(median=2).draw(dice) == 2
    drawn = sorted(Delay(median=8, p99=30).draw(dice) for _ in range(4_000))
    assert 7.5 < drawn[2_000] < 8.5
    assert 26 < drawn[3_960] < 35
    with pytest.raises(ValidationError, match="p99"):
        Delay(median=8, p99=2)
