"""Stored SQL through statement execution, over the real SDK; faults included."""

from __future__ import annotations

import asyncio

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import details, reason
from genie_http import Reply, error
from genie_script import REGIONS, SPACE, Script, column, table

SQL = "SELECT region, revenue FROM main.sales.regions"
RUNS = r"/sql/statements$"
POLLS = r"/sql/statements/st-run$"
GONE = {"conversation_id": "c-gone", "message_id": "m-gone"}


@pytest.fixture
def genie(genie):
    genie.space["warehouse_id"] = "w1"
    genie.statements["st-run"] = REGIONS
    return genie


async def again(client, sql=SQL, *, timeout=20, token="", **ids):
    request = pb.ReexecuteQueryRequest(stored_sql=sql, **ids)
    metadata = (("x-databricks-token", token),) if token else ()
    reply = await client.stub.ReexecuteQuery(request, timeout=timeout, metadata=metadata)
    return reply.statement_id


async def rows(client, statement_id, **more):
    request = pb.GetQueryResultsRequest(statement_id=statement_id, **more)
    parts = [part async for part in client.stub.GetQueryResults(request, timeout=20)]
    return parts[0].header, [row for part in parts[1:] for row in part.rows.rows]


def failed(text="[TABLE_OR_VIEW_NOT_FOUND] main.sales.regions", code="BAD_REQUEST"):
    status = {"state": "FAILED", "error": {"error_code": code, "message": text}}
    return {"statement_id": "st-run", "status": status}


async def test_stored_sql_runs_on_the_warehouse_of_the_space_and_gives_typed_rows(genie, serve):
    genie.running = 2
    async with serve() as client:
        statement_id = await again(client)
        header, got = await rows(client, statement_id)
    assert statement_id == "st-run" and not genie.asked
    (sent,) = genie.sql
    assert (sent["statement"], sent["warehouse_id"], sent["wait_timeout"]) == (SQL, "w1", "0s")
    assert [c.name for c in header.columns] == ["region", "revenue"] and header.row_count == 2
    assert header.message.query.statement_id == "st-run"
    assert got[0].values[1].decimal == "12400310.50"
    assert got[1].values[1].WhichOneof("kind") is None


async def test_answer_that_genie_still_has_is_run_by_genie(genie, serve):
    async with serve() as client:
        accepted = (await client.ask())[0][1]
        ids = {"conversation_id": accepted.conversation_id, "message_id": accepted.message_id}
        assert await again(client, **ids) == "st-new"
    assert genie.reexecuted == 1 and not genie.sql


async def test_answer_that_genie_lost_is_run_as_stored(genie, serve):
    async with serve() as client:
        assert await again(client, **GONE) == "st-run"
        genie.extra = lambda call: (
            error(403, "PERMISSION_DENIED") if "/messages/m-gone" in call.path else None
        )
        assert await again(client, **GONE) == "st-run"
    assert len(genie.sql) == 2


async def test_answer_whose_result_genie_cannot_run_any_more_is_run_as_stored(genie, serve):
    genie.server.fault("POST", "execute-query$", error(404, "NOT_FOUND"))
    async with serve() as client:
        accepted = (await client.ask())[0][1]
        ids = {"conversation_id": accepted.conversation_id, "message_id": accepted.message_id}
        assert await again(client, **ids) == "st-run"
        assert await again(client, **ids, attachment_id="a-gone") == "st-run"


async def test_without_stored_sql_a_lost_answer_is_an_error(genie, serve):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client, "", **GONE)
        assert reason(caught.value) == "GENIE_CONVERSATION_NOT_FOUND"
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client, "")
    assert details(caught.value)[2].field_violations[0].field == "conversation_id"
    assert not genie.sql


async def test_workspace_that_is_away_is_no_reason_to_run_stored_sql(genie, serve):
    genie.server.fault("GET", "/messages/m-gone", error(503, "TEMPORARILY_UNAVAILABLE"), times=3)
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client, **GONE)
    assert reason(caught.value) == "GENIE_WORKSPACE_UNREACHABLE" and not genie.sql


@pytest.mark.parametrize("sql", ["DROP TABLE t", "SELECT 1; SELECT 2", "x" * (1 << 20)])
async def test_sql_that_is_no_single_select_is_refused_before_any_call(genie, serve, sql):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client, sql)
    assert details(caught.value)[2].field_violations[0].field == "stored_sql"
    assert not genie.sql


async def test_failed_sql_tells_what_the_engine_said(genie, serve):
    genie.statements["st-run"] = failed()
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client)
        with pytest.raises(grpc.aio.AioRpcError) as read:
            await rows(client, "st-run")
    for error_ in (caught.value, read.value):
        assert reason(error_) == "GENIE_SQL_FAILED"
        assert "TABLE_OR_VIEW_NOT_FOUND" in error_.details()
        assert details(error_)[0].metadata["error_code"] == "BAD_REQUEST"
    assert len(genie.sql) == 1 and not genie.cancelled


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (error(400, "INVALID_PARAMETER_VALUE", "w1 is not a valid endpoint"), "REQUEST_REFUSED"),
        (error(403, "PERMISSION_DENIED"), "ACCESS_DENIED"),
        (error(404, "RESOURCE_DOES_NOT_EXIST", "no warehouse w1"), "NO_WAREHOUSE"),
        (error(429, "REQUEST_LIMIT_EXCEEDED"), "RATE_LIMITED"),
        (error(503, "TEMPORARILY_UNAVAILABLE"), "RUN_LOST"),
        (Reply(act="reset", after_effect=True), "RUN_LOST"),
        (Reply(act="hang", after_effect=True), "RUN_LOST"),
        (Reply(body=b"<html>", after_effect=True), "RUN_LOST"),
    ],
)
async def test_run_is_sent_once_whatever_comes_of_it(genie, serve, reply, expected):
    genie.server.fault("POST", RUNS, reply)
    async with serve(http_timeout_seconds=0.3) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client)
    assert reason(caught.value) == f"GENIE_{expected}"
    assert len(genie.server.made("POST", RUNS)) == 1


async def test_lost_polls_are_repeated_and_the_run_is_not(genie, serve):
    genie.server.fault("GET", POLLS, Reply(act="reset"))
    genie.server.fault("GET", POLLS, error(503, "TEMPORARILY_UNAVAILABLE"))
    async with serve() as client:
        assert await again(client) == "st-run"
    assert len(genie.sql) == 1


async def test_caller_who_leaves_has_the_sql_cancelled(genie, serve):
    genie.running = 1_000_000
    async with serve() as client:
        call = asyncio.create_task(again(client))
        await seen(genie, "GET", POLLS)
        call.cancel()
        await seen(genie, "POST", r"/st-run/cancel$")
    assert genie.cancelled == ["st-run"]


async def test_caller_who_leaves_before_the_reply_has_the_sql_cancelled_too(genie, serve):
    genie.running = 1_000_000
    genie.server.fault(
        "POST",
        RUNS,
        Reply(body={"statement_id": "st-run", "status": {"state": "PENDING"}}, delay=0.3),
    )
    async with serve() as client:
        call = asyncio.create_task(again(client))
        await seen(genie, "POST", RUNS)
        call.cancel()
        await seen(genie, "POST", r"/st-run/cancel$")


async def test_deadline_cancels_the_sql_as_well(genie, serve):
    genie.running = 1_000_000
    async with serve() as client:
        # So that the time goes to the SQL and not to the first call of a client.
        await client.stub.ListSpaces(pb.ListSpacesRequest())
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client, timeout=1.5)
        await seen(genie, "POST", r"/st-run/cancel$")
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


async def seen(genie, method, path):
    async with asyncio.timeout(10):
        while not genie.server.made(method, path):
            await asyncio.sleep(0.01)


async def test_space_without_warehouse_is_told(genie, serve):
    del genie.space["warehouse_id"]
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client)
    assert reason(caught.value) == "GENIE_NO_WAREHOUSE"


async def test_run_and_rows_belong_to_the_identity_of_the_call(genie, serve):
    genie.users |= {"token-ann": "ann"}
    async with serve(trust_user_token=True) as client:
        await again(client, token="token-ann")
    for call in [*genie.server.made("POST", RUNS), *genie.server.made("GET", POLLS)]:
        assert call.headers["authorization"] == "Bearer token-ann"


async def test_statement_that_still_runs_is_waited_for_and_all_chunks_are_read(genie, serve):
    numbers = [[str(n)] for n in range(25)]
    genie.statements["st-run"] = table(
        [column("n", "INT", "INT")], numbers, chunk_rows=10, statement_id="st-run"
    )
    genie.running = 2
    async with serve() as client:
        header, got = await rows(client, "st-run")
        assert [row.values[0].integer for row in got] == list(range(25))
        assert header.row_count == 25 and not header.truncated and header.space_title == "Sales"
        header, got = await rows(client, "st-run", max_rows=12)
    assert len(got) == 12 and header.row_count == 25 and header.truncated


async def test_statement_that_is_gone_is_read_through_its_answer_where_one_is_named(genie, serve):
    genie.default = Script(results=[REGIONS])
    async with serve() as client:
        accepted = (await client.ask())[0][1]
        ids = {"conversation_id": accepted.conversation_id, "message_id": accepted.message_id}
        header, got = await rows(client, "st-gone", **ids)
        assert len(got) == 2 and header.message.message_id == accepted.message_id
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await rows(client, "st-gone")
    assert reason(caught.value) == "GENIE_CONVERSATION_NOT_FOUND"


@pytest.mark.parametrize("statement_id", ["a/b", "../x", "ü", "x" * 200])
async def test_odd_statement_ids_are_refused(genie, serve, statement_id):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await rows(client, statement_id)
    assert details(caught.value)[2].field_violations[0].field == "statement_id"


async def test_statement_can_be_read_where_no_space_is_known(genie, serve):
    async with serve(space_id="") as client:
        header, got = await rows(client, "st-run")
        assert len(got) == 2 and header.space_title == ""
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await again(client)
        assert reason(caught.value) == "GENIE_SPACE_MISSING"
        assert await again(client, space_id=SPACE) == "st-run"
