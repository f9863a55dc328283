"""The less used calls of a Genie client, through the real SDK: feedback, comments, lists, ends."""

import asyncio
from typing import Any

import pytest
from databricks.sdk.errors import InvalidParameterValue, NotFound, PermissionDenied
from databricks.sdk.service.dashboards import GenieFeedbackRating
from local_workspace.translate import Answer

from .conftest import asked, query_of

ORDERS = Answer(
    sql="SELECT region, amount FROM local.shop.orders", title="t", description="d", plan=None
)


async def genie_of(start: Any, sdk: Any) -> tuple[Any, tuple[str, str, str], Any]:
    client = await sdk(await start(ORDERS))
    waiter, message = await asked(client)
    return client, ("shop", waiter.conversation_id, waiter.message_id), message


async def test_comments_stay_with_their_message_and_conversation(start: Any, sdk: Any) -> None:
    client, place, _ = await genie_of(start, sdk)
    genie = client.genie
    first = await asyncio.to_thread(genie.create_message_comment, *place, "is this net?")
    await asyncio.to_thread(genie.create_message_comment, *place, "yes")
    assert (first.content, first.message_id) == ("is this net?", place[2])
    page = await asyncio.to_thread(genie.list_message_comments, *place, page_size=1)
    rest = await asyncio.to_thread(
        genie.list_message_comments, *place, page_token=page.next_page_token
    )
    assert [one.content for one in (*page.comments, *rest.comments)] == ["is this net?", "yes"]
    everything = await asyncio.to_thread(genie.list_conversation_comments, *place[:2])
    assert len(everything.comments) == 2
    with pytest.raises(InvalidParameterValue):
        await asyncio.to_thread(genie.create_message_comment, *place, "")


async def test_feedback_is_kept_and_told(start: Any, sdk: Any) -> None:
    client, place, _ = await genie_of(start, sdk)
    rate = client.genie.send_message_feedback
    await asyncio.to_thread(rate, *place, GenieFeedbackRating.NEGATIVE, comment="gross, not net")
    seen = (await asyncio.to_thread(client.genie.get_message, *place)).feedback
    assert (seen.rating, seen.comment) == (GenieFeedbackRating.NEGATIVE, "gross, not net")


async def test_older_calls_give_the_rows_of_the_last_query(start: Any, sdk: Any) -> None:
    client, place, message = await genie_of(start, sdk)
    genie = client.genie
    newer = await asyncio.to_thread(
        genie.get_message_attachment_query_result, *place, query_of(message).attachment_id
    )
    for call, more in (
        (genie.get_message_query_result, ()),
        (genie.get_message_query_result_by_attachment, (query_of(message).attachment_id,)),
    ):
        older = await asyncio.to_thread(call, *place, *more)
        rows = older.statement_response.result.data_array
        assert rows == newer.statement_response.result.data_array
        assert rows
    again = await asyncio.to_thread(genie.execute_message_query, *place)
    assert again.statement_response.statement_id != newer.statement_response.statement_id


async def test_deleted_messages_and_conversations_are_gone(start: Any, sdk: Any) -> None:
    client, place, _ = await genie_of(start, sdk)
    await asyncio.to_thread(client.genie.delete_conversation_message, *place)
    with pytest.raises(NotFound, match="Message"):
        await asyncio.to_thread(client.genie.get_message, *place)
    await asyncio.to_thread(client.genie.delete_conversation, *place[:2])
    with pytest.raises(NotFound, match="Conversation"):
        await asyncio.to_thread(client.genie.list_conversation_messages, *place[:2])
    listed = await asyncio.to_thread(client.genie.list_conversations, "shop")
    assert not listed.conversations


async def test_spaces_are_not_written_over_http_and_the_refusal_says_how(
    start: Any, sdk: Any
) -> None:
    genie = (await sdk(await start())).genie
    with pytest.raises(PermissionDenied, match="aislides data add"):
        await asyncio.to_thread(genie.create_space, "w", "{}")
    with pytest.raises(PermissionDenied, match="edit the space file of 'shop'"):
        await asyncio.to_thread(genie.update_space, "shop", title="Other")
    with pytest.raises(PermissionDenied, match="aislides data remove shop"):
        await asyncio.to_thread(genie.trash_space, "shop")


async def test_tables_of_a_schema_are_listed(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    tables = await asyncio.to_thread(lambda: list(client.tables.list("local", "shop")))
    assert "orders" in [table.name for table in tables]
    assert all(table.columns for table in tables)
    bare = await asyncio.to_thread(
        lambda: list(client.tables.list("local", "shop", omit_columns=True))
    )
    assert not any(table.columns for table in bare)
    assert not await asyncio.to_thread(lambda: list(client.tables.list("local", "nowhere")))
