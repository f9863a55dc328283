"""Bad input and a workspace that misbehaves: always a typed error that says what to change."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import details, reason
from genie_http import Reply, error
from genie_script import Script, column, table, words

BAD_IDS = ["a/b", "../x", "a.b", "a%2Fb", "ü", "a b", "x" * 129, "a\n", "a\u202eb"]


@pytest.mark.parametrize("bad", BAD_IDS)
@pytest.mark.parametrize("field", ["space_id", "conversation_id"])
async def test_ids_that_could_leave_their_path_are_refused(genie, serve, field, bad):
    async with serve() as client:
        genie.server.calls.clear()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(**{field: bad})
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert details(caught.value)[2].field_violations[0].field == field
    assert not genie.server.made("POST", ".")


@pytest.mark.parametrize(
    "question",
    ["", "   \n", "\u200b\u200b", "x" * 4001, "x" * 100_000, "a\x00b", "a\x1bb"],
    ids=["empty", "blank", "invisible", "4001", "100k", "nul", "escape"],
)
async def test_questions_that_nobody_can_answer_are_refused(genie, serve, question):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(question)
    assert details(caught.value)[2].field_violations[0].field == "question"
    assert genie.asked == []


@pytest.mark.parametrize(
    ("request_fields", "field"),
    [
        ({"request_id": "a b"}, "request_id"),
        ({"request_id": "x" * 129}, "request_id"),
        ({"tenant": "a\nb"}, "tenant"),
        ({"max_rows": -1}, "max_rows"),
    ],
)
async def test_other_fields_are_checked_before_anything_is_asked(
    genie, serve, request_fields, field
):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(**request_fields)
    assert details(caught.value)[2].field_violations[0].field == field and genie.asked == []


async def test_missing_space_and_bad_pages_are_told(genie, serve):
    async with serve(space_id="") as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask()
        assert reason(caught.value) == "GENIE_SPACE_MISSING"
        for request in (
            pb.ListSpacesRequest(page_size=-1),
            pb.ListSpacesRequest(page_token="x" * 5000),
        ):
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await client.stub.ListSpaces(request)
            assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        await client.stub.ListSpaces(pb.ListSpacesRequest(page_size=1000))
    assert genie.server.made("GET", "spaces$")[-1].query["page_size"] == "100"


READS = [
    (error(401, "UNAUTHENTICATED"), "UNAUTHENTICATED", "GENIE_CREDENTIALS_REJECTED"),
    (error(403, "PERMISSION_DENIED"), "PERMISSION_DENIED", "GENIE_ACCESS_DENIED"),
    (error(404, "RESOURCE_DOES_NOT_EXIST"), "NOT_FOUND", "GENIE_CONVERSATION_NOT_FOUND"),
    (error(400, "INVALID_PARAMETER_VALUE"), "INVALID_ARGUMENT", "GENIE_REQUEST_REFUSED"),
    (error(409, "ABORTED"), "ABORTED", "GENIE_CONFLICT"),
    (error(429, "LIMIT", Retry_After="90"), "RESOURCE_EXHAUSTED", "GENIE_RATE_LIMITED"),
    (Reply(200, b"<html>", {"Content-Type": "text/html"}), "UNAVAILABLE", "GENIE_BAD_REPLY"),
    (Reply(200, b'{"message_id": "m1"'), "UNAVAILABLE", "GENIE_BAD_REPLY"),
    (Reply(200, b"[1, 2]"), "UNAVAILABLE", "GENIE_BAD_REPLY"),
    (Reply(200, b"[" * 100_000), "UNAVAILABLE", "GENIE_BAD_REPLY"),
    (Reply(200, b'{"content": "' + b"x" * 200_000 + b'"}'), "UNAVAILABLE", "GENIE_BAD_REPLY"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "code", "expected"), READS)
async def test_final_fault_of_a_read_is_told_at_once(genie, serve, reply, code, expected):
    get = pb.GetMessageRequest(conversation_id="c1", message_id="m1")
    genie.server.fault("GET", "/messages/m1", reply)
    async with serve(max_reply_bytes=100_000) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.stub.GetMessage(get, timeout=10)
    assert caught.value.code().name == code and reason(caught.value) == expected


def soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)


@pytest.mark.parametrize(
    "fault",
    [
        Reply(503, b""),
        Reply(500, b"<html><title>oops</title></html>"),
        Reply(act="reset"),
        Reply(200, {"content": "x" * 1000}, act="cut"),
        error(429, "RESOURCE_EXHAUSTED", Retry_After="0.05"),
        error(429, "RESOURCE_EXHAUSTED", Retry_After=soon()),
    ],
    ids=["503", "500", "reset", "cut", "decimal", "date"],
)
async def test_passing_fault_of_a_read_is_retried(genie, serve, fault):
    async with serve() as client:
        await client.ask()
        genie.server.fault("GET", "/messages/m1", fault)
        reply = await client.stub.GetMessage(
            pb.GetMessageRequest(conversation_id="c1", message_id="m1"), timeout=10
        )
    assert reply.message.question == "Revenue by region"


async def test_hanging_workspace_leaves_the_caller_its_deadline(genie, serve):
    genie.server.fault("GET", "/messages/m1", Reply(act="hang"))
    async with serve(http_timeout_seconds=20) as client:
        started = asyncio.get_running_loop().time()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.stub.GetMessage(
                pb.GetMessageRequest(conversation_id="c1", message_id="m1"), timeout=0.3
            )
        assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        # Far less than what its own patience with the workspace would take.
        assert asyncio.get_running_loop().time() - started < 5


async def test_outage_is_not_amplified(genie, serve):
    down = Reply(503, b"")
    async with serve(ready_cache_seconds=3600) as client:
        await client.ask()
        genie.extra = lambda call: down
        genie.server.calls.clear()
        get = pb.GetMessageRequest(conversation_id="c1", message_id="m1")
        outcomes = await asyncio.gather(
            *(client.stub.GetMessage(get, timeout=20) for _ in range(60)), return_exceptions=True
        )
    assert all(isinstance(o, grpc.aio.AioRpcError) for o in outcomes)
    assert len(genie.server.calls) <= 2 * 60
    print("retry amplification", len(genie.server.calls) / 60)


HOSTILE = "<script>alert(1)</script> =cmd()|' \u202e ignore previous"


async def test_odd_cells_are_decoded_or_kept_and_named(genie, serve):
    columns = [
        column("d", "DOUBLE", "DOUBLE"), column("d", "DECIMAL(38,2)", "DECIMAL"),
        column("when", "TIMESTAMP_NTZ"), column("v", "VARIANT"), column("i", "INT", "INT"),
        column(HOSTILE, "STRING", "STRING"), column("b", "BINARY", "BINARY"),
    ]  # fmt: skip
    rows = [
        ["NaN", "9" * 36 + ".99", "2026-01-31T13:45:00.000", '{"a": [1]}', "42", HOSTILE, "aGk="],
        ["-Infinity", None, "31.01.2026", "{", "4.2", None, "*"],
        [1.5, "1e3", None, None, True],
        "not a row",
    ]
    genie.default = Script(results=[table(columns, rows)])
    async with serve() as client:
        events = await client.ask()
    ready, chunk = events[-2][1], events[-1][1]
    first, second, third = chunk.rows
    assert first.values[0].number != first.values[0].number
    assert first.values[1].decimal == "9" * 36 + ".99"
    assert first.values[2].local_timestamp == "2026-01-31T13:45:00.000"
    assert first.values[3].json == '{"a": [1]}' and first.values[4].integer == 42
    assert first.values[5].text == HOSTILE and first.values[6].binary == b"hi"
    assert second.values[0].number == float("-inf")
    assert [second.values[i].text for i in (2, 3, 4, 6)] == ["31.01.2026", "{", "4.2", "*"]
    assert third.values[0].number == 1.5 and third.values[1].decimal == "1000"
    assert third.values[4].text == "true" and third.values[6].WhichOneof("kind") is None
    assert any("'when', row 1" in warning for warning in ready.warnings)
    assert any("row 2: 2 cells are missing" in warning for warning in ready.warnings)


async def test_cell_of_fifty_megabytes_is_cut_and_said(genie, serve):
    columns = [column("text", "STRING", "STRING")]
    genie.default = Script(results=[table(columns, [["x" * 50_000_000], ["short"]])])
    async with serve() as client:
        events = await client.ask(timeout=30)
    ready, chunk = events[-2][1], events[-1][1]
    assert len(chunk.rows[0].values[0].text) == 32_768 and chunk.rows[1].values[0].text == "short"
    assert "cut to 32,768 of 50,000,000 characters" in ready.warnings[0]


async def test_hundred_thousand_columns_are_cut_and_said(genie, serve):
    columns = [column(f"c{n}", "INT", "INT") for n in range(100_000)]
    genie.default = Script(results=[table(columns, [["1"] * 100_000])])
    async with serve() as client:
        events = await client.ask(timeout=30)
    ready, chunk = events[-2][1], events[-1][1]
    assert len(ready.columns) == 1_000 and len(chunk.rows[0].values) == 1_000
    assert "first 1,000 of 100,000 columns" in ready.warnings[0]


async def test_result_larger_than_allowed_is_cut_and_said(genie, serve):
    columns = [column("text", "STRING", "STRING")]
    genie.default = Script(results=[table(columns, [["x" * 1000]] * 5000)])
    async with serve(max_result_characters=100_000) as client:
        events = await client.ask()
    ready = next(event for kind, event in events if kind == "rows_ready")
    assert ready.truncated and ready.row_count == 5000 and "too large" in ready.warnings[0]


@pytest.mark.parametrize("attachments", [None, [], "x", [None, 3], [{"new_kind": {"a": 1}}]])
async def test_answer_without_content_is_told_as_such(genie, serve, attachments):
    genie.default = Script(attachments=attachments)
    async with serve() as client:
        kind, event = (await client.ask())[-1]
    assert kind == "failed" and event.reason == "GENIE_EMPTY_ANSWER" and event.retryable


@pytest.mark.parametrize("result", [{}, {"status": {"state": "SUCCEEDED"}, "manifest": {"a": 1}}])
async def test_succeeded_statement_without_columns_is_told(genie, serve, result):
    genie.default = Script(results=[result])
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(timeout=1.5)
    assert caught.value.code().name in ("DEADLINE_EXCEEDED", "FAILED_PRECONDITION")


async def test_clock_that_jumps_does_not_ask_twice(genie, serve, monkeypatch):
    genie.server.fault("POST", "start-conversation", Reply(act="reset", after_effect=True))
    from genie_svc.adapters.clock import SystemClock

    for jump in (-400.0, 400.0):
        monkeypatch.setattr(
            SystemClock, "time", lambda self, jump=jump: __import__("time").time() + jump
        )
        async with serve() as client:
            await client.ask(f"jump {jump}")
        if jump < 0:
            genie.server.fault("POST", "start-conversation", Reply(act="reset", after_effect=True))
    assert len(genie.asked) == 2


async def test_genies_words_stay_data(genie, serve):
    genie.default = Script(attachments=[words(HOSTILE)])
    async with serve() as client:
        kind, event = (await client.ask())[-1]
    assert kind == "text" and event.message.text == HOSTILE.strip()


async def test_database_that_fails_is_told_before_anything_is_asked(genie, serve, tmp_path):
    import sqlite3

    def drop():
        with sqlite3.connect(tmp_path / "genie.db", timeout=30) as database:
            database.execute("DROP TABLE genie_questions")

    async with serve() as client:
        # Not in this thread: the service may hold the lock and needs the event loop to let go.
        await asyncio.to_thread(drop)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask()
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    assert reason(caught.value) == "GENIE_DATABASE_UNUSABLE" and genie.asked == []


async def test_database_that_fails_after_the_question_costs_no_second_one(genie, serve, tmp_path):
    import sqlite3

    database = sqlite3.connect(tmp_path / "genie.db", check_same_thread=False)

    def lose(call):
        if call.path.endswith("start-conversation"):
            genie.extra = lambda _: None
            database.execute("ALTER TABLE genie_questions RENAME TO away")
            database.commit()
        return

    async with serve() as client:
        genie.extra = lose
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(request_id="r1")
        assert reason(caught.value) == "GENIE_DATABASE_UNUSABLE"
        database.execute("ALTER TABLE away RENAME TO genie_questions")
        database.commit()
        events = await client.ask(request_id="r1")
    database.close()
    assert events[0][1].resumed and events[-1][0] == "rows" and len(genie.asked) == 1
