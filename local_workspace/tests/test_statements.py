"""SQL statement execution, driven with the real databricks-sdk."""

import asyncio
from typing import Any

import pytest
from aislides_runtime.settings import Secret
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service.sql import (
    Disposition,
    ExecuteStatementRequestOnWaitTimeout,
    Format,
    StatementParameterListItem,
)
from local_workspace.registry import WAREHOUSE_ID
from local_workspace.settings import StatementSettings, UserSettings

ALL = "SELECT order_id, region, amount, order_date, paid_at, online FROM orders ORDER BY order_id"


async def execute(client: Any, statement: str, **more: Any) -> Any:
    return await asyncio.to_thread(
        lambda: client.statement_execution.execute_statement(
            statement=statement, warehouse_id=WAREHOUSE_ID, **more
        )
    )


async def test_cells_types_and_counts(start: Any, sdk: Any) -> None:
    reply = await execute(await sdk(await start()), ALL)
    assert reply.status.state.value == "SUCCEEDED"
    assert [(c.name, c.type_name.value, c.type_text) for c in reply.manifest.schema.columns] == [
        ("order_id", "INT", "INT"),
        ("region", "STRING", "STRING"),
        ("amount", "DECIMAL", "DECIMAL(10,2)"),
        ("order_date", "DATE", "DATE"),
        ("paid_at", "TIMESTAMP", "TIMESTAMP"),
        ("online", "BOOLEAN", "BOOLEAN"),
    ]
    amount = reply.manifest.schema.columns[2]
    assert (amount.type_precision, amount.type_scale, amount.position) == (10, 2, 2)
    assert (reply.manifest.total_row_count, reply.manifest.truncated) == (4, False)
    assert reply.result.data_array == [
        ["1", "North", "10.50", "2024-01-05", "2024-01-05T10:00:00.000Z", "true"],
        ["2", "North", "2.25", "2024-01-06", "2024-01-06T11:30:00.000Z", "false"],
        ["3", "South", "7.00", "2024-02-01", None, "true"],
        ["4", None, "1.00", None, "2024-03-01T00:00:00.125Z", None],
    ]


async def test_chunks_follow_each_other(start: Any, sdk: Any) -> None:
    client = await sdk(await start(statements=StatementSettings(chunk_rows=3)))
    reply = await execute(client, ALL)
    assert reply.manifest.total_chunk_count == 2
    assert [(c.row_offset, c.row_count) for c in reply.manifest.chunks] == [(0, 3), (3, 1)]
    assert reply.result.next_chunk_index == 1
    second = await asyncio.to_thread(
        client.statement_execution.get_statement_result_chunk_n, reply.statement_id, 1
    )
    assert [row[0] for row in second.data_array] == ["4"]
    assert (second.row_offset, second.next_chunk_index) == (3, None)
    with pytest.raises(BadRequest, match="chunk_index 2"):
        await asyncio.to_thread(
            client.statement_execution.get_statement_result_chunk_n, reply.statement_id, 2
        )


async def test_empty_result_has_columns_and_no_rows(start: Any, sdk: Any) -> None:
    reply = await execute(await sdk(await start()), "SELECT * FROM orders WHERE false")
    assert reply.manifest.total_row_count == 0
    assert reply.manifest.schema.column_count == 6
    assert not reply.result.data_array


async def test_sql_failure_is_http_200_with_state_failed(start: Any, sdk: Any) -> None:
    reply = await execute(await sdk(await start()), "SELECT * FROM nope")
    assert reply.status.state.value == "FAILED"
    assert reply.status.error.error_code.value == "BAD_REQUEST"
    assert "[TABLE_OR_VIEW_NOT_FOUND]" in reply.status.error.message
    assert reply.manifest is None


async def test_parameters_catalog_schema_and_row_limit(start: Any, sdk: Any) -> None:
    reply = await execute(
        await sdk(await start()),
        "SELECT order_id FROM orders WHERE region = :region AND amount > :least ORDER BY 1",
        parameters=[
            StatementParameterListItem(name="region", value="North"),
            StatementParameterListItem(name="least", value="1.00", type="DECIMAL(10,2)"),
        ],
        catalog="local",
        schema="shop",
        row_limit=1,
    )
    assert reply.result.data_array == [["1"]]
    assert reply.manifest.truncated is True


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"wait_timeout": "3s"}, "wait_timeout must be 0s or between"),
        ({"wait_timeout": "soon"}, "wait_timeout"),
        ({"format": Format.CSV}, "needs the disposition EXTERNAL_LINKS"),
        (
            {"format": Format.ARROW_STREAM, "disposition": Disposition.EXTERNAL_LINKS},
            "ARROW_STREAM",
        ),
        ({"row_limit": 0}, "row_limit must be at least 1"),
        (
            {"parameters": [StatementParameterListItem(name="x", value="1", type="GEOMETRY")]},
            "unknown type",
        ),
        ({"parameters": [StatementParameterListItem(name="", value="1")]}, "needs a name"),
    ],
)
async def test_bad_request_says_what_to_change(
    start: Any, sdk: Any, more: dict[str, Any], text: str
) -> None:
    with pytest.raises(BadRequest, match=text):
        await execute(await sdk(await start()), "SELECT 1", **more)


async def test_statement_runs_on_after_the_wait_and_is_polled(start: Any, sdk: Any) -> None:
    client = await sdk(await start(pace={"statement": {"median": 0.1}}))
    reply = await execute(client, "SELECT 1", wait_timeout="0s")
    assert reply.status.state.value in {"PENDING", "RUNNING"}
    assert reply.manifest is None
    async with asyncio.timeout(10):
        while reply.status.state.value in {"PENDING", "RUNNING"}:
            reply = await asyncio.to_thread(
                client.statement_execution.get_statement, reply.statement_id
            )
    assert reply.result.data_array == [["1"]]


async def test_cancelled_statement_says_canceled(start: Any, sdk: Any) -> None:
    client = await sdk(await start(pace={"statement": {"median": 60}}))
    reply = await execute(client, "SELECT 1", wait_timeout="0s")
    await asyncio.to_thread(client.statement_execution.cancel_execution, reply.statement_id)
    reply = await asyncio.to_thread(client.statement_execution.get_statement, reply.statement_id)
    assert reply.status.state.value == "CANCELED"
    await asyncio.to_thread(client.statement_execution.cancel_execution, reply.statement_id)


async def test_wait_timeout_can_cancel(start: Any, sdk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("local_workspace.routes.statements.SHORTEST_WAIT", 1)
    client = await sdk(await start(pace={"statement": {"median": 60}}))
    reply = await execute(
        client,
        "SELECT 1",
        wait_timeout="1s",
        on_wait_timeout=ExecuteStatementRequestOnWaitTimeout.CANCEL,
    )
    assert reply.status.state.value == "CANCELED"


async def test_statement_over_time_fails(start: Any, sdk: Any) -> None:
    client = await sdk(await start(statements=StatementSettings(seconds=0.3)))
    cross = ", ".join(f"orders o{n}" for n in range(20))
    reply = await execute(client, f"SELECT count(*) FROM {cross} WHERE o1.amount < o2.amount")
    assert reply.status.state.value == "FAILED"
    assert reply.status.error.error_code.value == "DEADLINE_EXCEEDED"


async def test_inline_result_beyond_the_limit_fails_and_says_how(start: Any, sdk: Any) -> None:
    client = await sdk(await start(statements=StatementSettings(inline_bytes=1_000, chunk_rows=10)))
    many = "SELECT a.order_id, b.region FROM orders a, orders b, orders c, orders d"
    reply = await execute(client, many)
    assert reply.status.state.value == "FAILED"
    assert "EXTERNAL_LINKS" in reply.status.error.message


async def test_external_links_need_no_token_and_refuse_one(start: Any, sdk: Any, http: Any) -> None:
    running = await start(statements=StatementSettings(chunk_rows=3))
    client = await sdk(running)
    statement = "SELECT order_id, region FROM orders ORDER BY 1"
    reply = await execute(
        client, statement, disposition=Disposition.EXTERNAL_LINKS, format=Format.CSV
    )
    assert reply.manifest.format is Format.CSV
    link = reply.result.external_links[0]
    anonymous = await http(running, None)
    first = await anonymous.get(link.external_link)
    assert first.text == "order_id,region\n1,North\n2,North\n3,South\n"
    assert (await (await http(running)).get(link.external_link)).status_code == 400
    second = await asyncio.to_thread(
        client.statement_execution.get_statement_result_chunk_n, reply.statement_id, 1
    )
    assert (await anonymous.get(second.external_links[0].external_link)).text == "4,\n"
    assert (await anonymous.get("/external/nope")).status_code == 404


async def test_external_json_and_expired_link(start: Any, sdk: Any, http: Any) -> None:
    now = [1_700_000_000.0]
    running = await start(now=lambda: now[0])
    reply = await execute(
        await sdk(running), "SELECT order_id FROM orders", disposition=Disposition.EXTERNAL_LINKS
    )
    link = reply.result.external_links[0].external_link
    anonymous = await http(running, None)
    assert (await anonymous.get(link)).json() == [["1"], ["2"], ["3"], ["4"]]
    now[0] += 901
    assert (await anonymous.get(link)).status_code == 403


async def test_result_closes_when_it_expires(start: Any, sdk: Any) -> None:
    now = [1_700_000_000.0]
    client = await sdk(await start(now=lambda: now[0]))
    reply = await execute(client, "SELECT 1")
    now[0] += 3_601
    later = await asyncio.to_thread(client.statement_execution.get_statement, reply.statement_id)
    assert later.status.state.value == "CLOSED"
    with pytest.raises(NotFound):
        await asyncio.to_thread(
            client.statement_execution.get_statement_result_chunk_n, reply.statement_id, 0
        )


async def test_oldest_results_go_when_memory_is_used_up(start: Any, sdk: Any) -> None:
    limits = StatementSettings(kept_bytes=1_000, chunk_rows=100)
    client = await sdk(await start(statements=limits))
    wide = "SELECT a.order_id, b.order_id, c.order_id FROM orders a, orders b, orders c"
    replies = [await execute(client, wide) for _ in range(2)]
    states = [
        (await asyncio.to_thread(client.statement_execution.get_statement, r.statement_id)).status
        for r in replies
    ]
    assert [status.state.value for status in states] == ["CLOSED", "SUCCEEDED"]


async def test_statement_needs_a_space_that_the_user_may_ask(start: Any, sdk: Any) -> None:
    user = UserSettings(user_name="eve@example.com", token=Secret("eve"), spaces=())
    reply = await execute(await sdk(await start(token=None, users=(user,)), "eve"), "SELECT 1")
    assert reply.status.state.value == "FAILED"
    assert "shared" in reply.status.error.message


async def test_warehouse_is_running(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    assert [w.id for w in await asyncio.to_thread(lambda: list(client.warehouses.list()))] == [
        WAREHOUSE_ID
    ]
    warehouse = await asyncio.to_thread(client.warehouses.get, WAREHOUSE_ID)
    assert warehouse.state.value == "RUNNING"
    with pytest.raises(NotFound):
        await asyncio.to_thread(client.warehouses.get, "nope")
