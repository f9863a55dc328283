"""Rows of Genie's answers over HTTP: how long they are there, and how many."""

import asyncio
from typing import Any

import pytest
from databricks.sdk.errors import (
    NotFound,
)

from .conftest import ORDERS_SQL, Clock, asked, query_of


async def test_rows_expire_and_come_back_when_run_again(start: Any, sdk: Any) -> None:
    clock = Clock()
    client = await sdk(await start(ORDERS_SQL, now=clock))
    waiter, message = await asked(client)
    ids = ("shop", waiter.conversation_id, waiter.message_id)
    attachment = query_of(message).attachment_id
    clock.time += 3_601
    message = await asyncio.to_thread(client.genie.get_message, *ids)
    assert message.status.value == "QUERY_RESULT_EXPIRED"
    with pytest.raises(NotFound, match="expired"):
        await asyncio.to_thread(client.genie.get_message_attachment_query_result, *ids, attachment)
    again = await asyncio.to_thread(client.genie.execute_message_attachment_query, *ids, attachment)
    assert again.statement_response.status.state.value in {"PENDING", "RUNNING", "SUCCEEDED"}
    async with asyncio.timeout(10):
        while True:
            reply = await asyncio.to_thread(
                client.genie.get_message_attachment_query_result, *ids, attachment
            )
            if reply.statement_response.status.state.value == "SUCCEEDED":
                break
            assert reply.statement_response.manifest is None
    assert reply.statement_response.statement_id == again.statement_response.statement_id
    assert reply.statement_response.manifest.total_row_count == 3
    message = await asyncio.to_thread(client.genie.get_message, *ids)
    assert message.status.value == "COMPLETED"


async def test_genie_shows_the_first_rows_and_the_statement_all(start: Any, sdk: Any) -> None:
    client = await sdk(await start("SELECT order_id FROM orders ORDER BY 1", genie_rows=3))
    waiter, message = await asked(client)
    query = query_of(message)
    assert query.query.query_result_metadata.is_truncated is True
    assert query.query.query_result_metadata.row_count == 4
    reply = await asyncio.to_thread(
        client.genie.get_message_attachment_query_result,
        "shop",
        waiter.conversation_id,
        waiter.message_id,
        query.attachment_id,
    )
    assert reply.statement_response.manifest.truncated is True
    assert reply.statement_response.result.data_array == [["1"], ["2"], ["3"]]
    whole = await asyncio.to_thread(
        client.statement_execution.get_statement, query.query.statement_id
    )
    assert whole.result.row_count == 4


async def test_full_result_is_downloaded_as_csv(start: Any, sdk: Any, http: Any) -> None:
    running = await start(ORDERS_SQL)
    client = await sdk(running)
    waiter, message = await asked(client)
    ids = ("shop", waiter.conversation_id, waiter.message_id, query_of(message).attachment_id)
    begun = await asyncio.to_thread(client.genie.generate_download_full_query_result, *ids)
    async with asyncio.timeout(10):
        while True:
            reply = await asyncio.to_thread(
                client.genie.get_download_full_query_result,
                *ids,
                begun.download_id,
                begun.download_id_signature,
            )
            if reply.statement_response.status.state.value == "SUCCEEDED":
                break
    link = reply.statement_response.result.external_links[0].external_link
    text = (await (await http(running, None)).get(link)).text
    assert text == "region,revenue\n,1.00\nNorth,12.75\nSouth,7.00\n"
    with pytest.raises(NotFound):
        await asyncio.to_thread(
            client.genie.get_download_full_query_result, *ids, begun.download_id, "wrong"
        )


async def test_result_of_an_unfinished_message_is_refused(start: Any, http: Any) -> None:
    running = await start("DROP TABLE orders")
    client = await http(running)
    base = "/api/2.0/genie/spaces/shop"
    begun = (await client.post(f"{base}/start-conversation", json={"content": "q"})).json()
    message = f"{base}/conversations/{begun['conversation_id']}/messages/{begun['message_id']}"
    while (body := (await client.get(message)).json())["status"] != "FAILED":
        await asyncio.sleep(0.01)
    attachment = body["attachments"][0]["attachment_id"]
    answer = await client.get(f"{message}/attachments/{attachment}/query-result")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    answer = await client.get(f"{message}/attachments/nope/query-result")
    assert answer.status_code == 404
