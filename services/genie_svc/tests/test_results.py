"""All rows of a result, exactly, wherever the workspace keeps them."""

from __future__ import annotations

import copy
import json

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import details, kinds, reason
from genie_http import Reply, error
from genie_script import SPACE, Script, column, query, table

NUMBERS = [column("n", "BIGINT", "LONG")]


def numbers(count: int, **more):
    return table(NUMBERS, [[str(n)] for n in range(count)], **more)


async def values(client, **request):
    events = await client.ask(**request)
    assert kinds(events).count("rows_ready") == 1, events[-1]
    ready = next(event for kind, event in events if kind == "rows_ready")
    chunks = [event for kind, event in events if kind == "rows"]
    assert [chunk.last for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    got = [row.values[0].integer for chunk in chunks for row in chunk.rows]
    offsets = [chunk.offset for chunk in chunks]
    assert offsets == sorted(offsets) and offsets[0] == 0
    return ready, got


async def test_every_chunk_is_read_in_order(genie, serve):
    result = genie.statements["st-1"] = numbers(2500, chunk_rows=400)
    genie.default = Script(results=[result])
    async with serve() as client:
        ready, got = await values(client)
    assert got == list(range(2500)) and ready.row_count == 2500 and not ready.truncated


async def test_statement_that_still_runs_is_awaited(genie, serve):
    running = {"statement_id": "st-1", "status": {"state": "RUNNING"}}
    unknown = {"statement_id": "st-1", "status": {"state": "WARMING"}}
    genie.default = Script(results=[running, unknown, numbers(3)])
    async with serve() as client:
        assert (await values(client))[1] == [0, 1, 2]


async def test_rows_beyond_genies_cap_come_from_the_statement(genie, serve):
    genie.statements["st-1"] = numbers(7000, chunk_rows=3000)
    capped = copy.deepcopy(numbers(5000))
    capped["manifest"]["truncated"] = True
    genie.default = Script(results=[capped])
    async with serve() as client:
        ready, got = await values(client, max_rows=10_000)
        assert got == list(range(7000)) and ready.row_count == 7000 and not ready.truncated
        ready, got = await values(client, max_rows=4000)
        assert len(got) == 4000 and ready.truncated


async def test_cap_that_cannot_be_passed_is_said(genie, serve):
    genie.statements.clear()
    attachment = query(
        statement_id="st-1", query_result_metadata={"row_count": 12_000, "is_truncated": True}
    )
    genie.default = Script(attachments=[attachment], results=[numbers(5000)])
    async with serve() as client:
        ready, got = await values(client, max_rows=20_000)
    assert len(got) == 5000 and ready.truncated and ready.row_count == 12_000
    assert "at most 5,000 rows" in ready.warnings[0]


async def test_rows_beyond_the_cap_come_by_download_where_the_statement_is_closed(genie, serve):
    genie.statements.clear()
    genie.files["all"] = ("n\r\n" + "".join(f"{n}\r\n" for n in range(6000))).encode()
    done = numbers(6000, format="CSV", statement_id="st-d")
    done["result"] = {"external_links": [{"external_link": f"{genie.server.host}/files/all"}]}
    replies = [{"statement_id": "st-d", "status": {"state": "RUNNING"}}, done]

    def downloads(call):
        if call.path.endswith("/downloads"):
            return Reply(body={"download_id": "d1", "download_id_signature": "s+/="})
        if call.path.endswith("/downloads/d1"):
            assert call.query["download_id_signature"] == "s+/="
            return Reply(body={"statement_response": replies.pop(0)})
        return None

    genie.extra = downloads
    genie.default = Script(results=[numbers(5000)])
    async with serve() as client:
        ready, got = await values(client, max_rows=10_000)
    assert got == list(range(6000)) and not ready.truncated and not replies


async def test_limit_of_rows_is_kept_and_said(genie, serve):
    genie.default = Script(results=[numbers(50)])
    async with serve(max_rows=20) as client:
        ready, got = await values(client)
        assert len(got) == 20 and ready.truncated and ready.row_count == 50
        assert len((await values(client, max_rows=7))[1]) == 7
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(max_rows=-1)
    assert details(caught.value)[2].field_violations[0].field == "max_rows"


async def test_expired_result_runs_again_and_is_read(genie, serve):
    gone = error(404, "RESOURCE_DOES_NOT_EXIST", "result expired")
    pending = {"statement_id": "st-new", "status": {"state": "PENDING"}}
    genie.scripts["gone"] = Script(results=[gone, pending, numbers(2)])
    genie.default = Script(final="QUERY_RESULT_EXPIRED", results=[pending, numbers(2)])
    async with serve() as client:
        assert (await values(client))[1] == [0, 1]
        assert (await values(client, question="gone"))[1] == [0, 1]
    assert genie.reexecuted == 2


async def test_closed_result_runs_again_once(genie, serve):
    closed = {"statement_id": "st-1", "status": {"state": "CLOSED"}}
    genie.default = Script(results=[closed])
    async with serve() as client:
        events = await client.ask()
    assert events[-1][1].reason == "GENIE_SQL_FAILED" and genie.reexecuted == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            {"state": "FAILED", "error": {"error_code": "BAD_REQUEST", "message": "no table x"}},
            "no table x",
        ),
        ({"state": "CANCELED"}, "cancelled"),
    ],
)
async def test_sql_failure_is_an_outcome_with_its_reason(genie, serve, status, words):
    genie.default = Script(results=[{"statement_id": "st-1", "status": status}])
    async with serve() as client:
        kind, event = (await client.ask())[-1]
    assert kind == "failed" and event.reason == "GENIE_SQL_FAILED" and words in event.text


async def test_sql_that_may_work_later_is_marked_so(genie, serve):
    status = {"state": "FAILED", "error": {"error_code": "TEMPORARILY_UNAVAILABLE"}}
    genie.default = Script(results=[{"statement_id": "st-1", "status": status}])
    async with serve() as client:
        assert (await client.ask())[-1][1].retryable


@pytest.mark.parametrize("file_format", ["JSON_ARRAY", "CSV"])
async def test_external_links_are_read_without_our_credentials(genie, serve, file_format):
    rows = [[str(n)] for n in range(30)]
    as_csv = "n\r\n" + "".join(f"{n}\r\n" for n in range(30))
    genie.files["f1"] = (
        json.dumps(rows).encode() if file_format == "JSON_ARRAY" else as_csv.encode()
    )
    result = numbers(30, format=file_format)
    link = {"external_link": f"{genie.server.host}/files/f1", "http_headers": {"x-key": "k"}}
    result["chunks"] = [{"chunk_index": 0, "external_links": [link]}]
    genie.default = Script(results=[result])
    async with serve() as client:
        assert (await values(client))[1] == list(range(30))
    fetched = genie.server.made("GET", "/files/f1")
    assert fetched[0].headers["x-key"] == "k" and "authorization" not in fetched[0].headers


async def test_external_chunks_follow_each_other(genie, serve):
    result = genie.statements["st-1"] = numbers(4)
    for index in (0, 1):
        genie.files[f"f{index}"] = json.dumps([[str(2 * index)], [str(2 * index + 1)]]).encode()
    result["chunks"] = [
        {
            "external_links": [
                {"external_link": f"{genie.server.host}/files/f0", "next_chunk_index": 1}
            ]
        },
        {"external_links": [{"external_link": f"{genie.server.host}/files/f1"}]},
    ]
    genie.default = Script(results=[result])
    async with serve() as client:
        assert (await values(client))[1] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("link", "file_format", "expected"),
    [
        ("ftp://127.0.0.1/f", "JSON_ARRAY", "GENIE_UNSUPPORTED_RESULT"),
        ("{host}/files/arrow", "ARROW_STREAM", "GENIE_UNSUPPORTED_RESULT"),
        ("{host}/files/broken", "JSON_ARRAY", "GENIE_BAD_REPLY"),
    ],
)
async def test_unusable_link_is_a_typed_error(genie, serve, link, file_format, expected):
    genie.files["broken"] = b'[["1"], ["2'
    result = numbers(2, format=file_format)
    url = link.format(host=genie.server.host)
    result["chunks"] = [{"external_links": [{"external_link": url}]}]
    genie.default = Script(results=[result])
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask()
    assert reason(caught.value) == expected and genie.server.host not in str(caught.value)


async def test_expired_link_is_renewed_once(genie, serve):
    genie.files["fresh"] = b'[["7"]]'
    result = genie.statements["st-1"] = numbers(1)
    links = [{"external_link": f"{genie.server.host}/files/old", "chunk_index": 0}]
    fresh = [{"external_link": f"{genie.server.host}/files/fresh", "chunk_index": 0}]
    genie.server.fault("GET", "/files/old", error(403, "Forbidden"))
    first = {**result, "chunks": [{"external_links": links}]}
    result["chunks"] = [{"external_links": fresh}]
    genie.default = Script(results=[first])
    async with serve() as client:
        assert (await values(client))[1] == [7]


async def test_missing_later_chunk_is_said(genie, serve):
    genie.statements.clear()
    genie.default = Script(results=[numbers(30, chunk_rows=10)])
    async with serve() as client:
        ready, got = await values(client)
    assert got == list(range(10)) and ready.truncated and "chunk 1" in ready.warnings[0]


async def test_chunks_that_point_in_a_circle_end(genie, serve):
    result = genie.statements["st-1"] = numbers(20, chunk_rows=10)
    result["chunks"][1]["next_chunk_index"] = 0
    genie.default = Script(results=[result])
    async with serve() as client:
        assert (await values(client))[1] == list(range(20))


async def test_chosen_attachment_is_read_and_unknown_one_refused(genie, serve):
    genie.default = Script(attachments=[query("a1", "SELECT old"), query("a2", "SELECT new")])
    async with serve() as client:
        accepted = (await client.ask())[0][1]
        ids = {"conversation_id": accepted.conversation_id, "message_id": accepted.message_id}
        async for _ in client.stub.GetQueryResults(
            pb.GetQueryResultsRequest(**ids, attachment_id="a1")
        ):
            pass
        assert genie.server.made("GET", "attachments/a1/query-result")
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            async for _ in client.stub.GetQueryResults(
                pb.GetQueryResultsRequest(**ids, attachment_id="a9")
            ):
                pass
    assert reason(caught.value) == "GENIE_NO_QUERY"


async def test_query_runs_again_on_request(genie, serve):
    async with serve() as client:
        accepted = (await client.ask())[0][1]
        ids = {"conversation_id": accepted.conversation_id, "message_id": accepted.message_id}
        reply = await client.stub.ReexecuteQuery(pb.ReexecuteQueryRequest(**ids))
    assert reply.statement_id == "st-new" and genie.reexecuted == 1


async def test_columns_carry_what_the_space_says_of_them(genie, serve):
    tables = [
        {
            "identifier": "main.sales.orders",
            "column_configs": [
                {"column_name": "revenue", "description": ["Net amount. Unit: USD."]},
                {"column_name": "secret", "exclude": True},
            ],
        }
    ]
    genie.space["serialized_space"] = json.dumps({"data_sources": {"tables": tables}})
    async with serve() as client:
        ready = next(e for k, e in await client.ask() if k == "rows_ready")
        space = (await client.stub.GetSpace(pb.GetSpaceRequest(space_id=SPACE))).space
    assert ready.columns[1].unit == "USD" and ready.columns[1].description.startswith("Net")
    assert [c.name for c in space.tables[0].columns] == ["revenue"]


async def test_reply_that_stalls_ends_with_a_typed_error(genie, serve):
    genie.default = Script(results=[Reply(act="hang")])
    async with serve(http_timeout_seconds=0.2) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(timeout=20)
    assert reason(caught.value) == "GENIE_WORKSPACE_UNREACHABLE"


async def test_catalog_completes_what_the_space_says_of_its_tables(genie, serve):
    configs = [
        {"column_name": "revenue", "description": ["Net amount."]},
        {"column_name": "secret", "exclude": True},
    ]
    tables = [{"identifier": f"main.sales.{name}", "column_configs": configs} for name in "ab"]
    genie.space["serialized_space"] = json.dumps({"data_sources": {"tables": tables}})
    columns = [
        {"name": "region", "type_text": "string", "comment": "Where."},
        {"name": "revenue", "type_text": "decimal(18,2)", "comment": "not this"},
        {"name": "secret", "type_text": "string"},
    ]

    def catalog(call):
        if "unity-catalog/tables/main.sales.a" in call.path:
            return Reply(body={"columns": columns})
        return error(403, "PERMISSION_DENIED") if "unity-catalog" in call.path else None

    genie.extra = catalog
    async with serve() as client:
        space = (await client.stub.GetSpace(pb.GetSpaceRequest())).space
    first, second = space.tables
    assert [(c.name, c.type_text, c.description) for c in first.columns] == [
        ("region", "STRING", "Where."),
        ("revenue", "DECIMAL(18,2)", "Net amount."),
    ]
    assert [c.name for c in second.columns] == ["revenue"]
