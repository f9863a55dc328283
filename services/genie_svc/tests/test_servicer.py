"""A bare gRPC client against the whole service, over the real SDK."""

from __future__ import annotations

import grpc.aio
import pytest
from aislides.deck.v1 import table_pb2
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import kinds, reason
from genie_script import Script, query, words


async def test_question_becomes_typed_rows_with_sql(genie, serve):
    genie.default = Script(polls=["FETCHING_METADATA", "ASKING_AI", "EXECUTING_QUERY"])
    async with serve() as client:
        events = await client.ask()
    assert kinds(events) == [
        "accepted", "status_changed", "status_changed", "status_changed", "sql", "status_changed",
        "rows_ready", "rows",
    ]  # fmt: skip
    ready, chunk = events[-2][1], events[-1][1]
    assert [c.name for c in ready.columns] == ["region", "revenue"]
    assert ready.columns[1].type == table_pb2.COLUMN_TYPE_DECIMAL
    assert (ready.columns[1].precision, ready.columns[1].scale) == (18, 2)
    assert ready.message.query.sql == "SELECT 1"
    assert ready.row_count == 2 and not ready.truncated and ready.space_title == "Sales"
    assert chunk.last and chunk.rows[0].values[1].decimal == "12400310.50"
    assert chunk.rows[1].values[1].WhichOneof("kind") is None
    assert genie.asked == ["Revenue by region"]


async def test_spaces_are_listed_page_by_page(genie, serve):
    async with serve() as client:
        first = await client.stub.ListSpaces(pb.ListSpacesRequest())
        second = await client.stub.ListSpaces(
            pb.ListSpacesRequest(page_token=first.next_page_token)
        )
    assert [s.title for s in first.spaces] == ["Sales"]
    assert [s.title for s in second.spaces] == ["Ads"] and not second.next_page_token


async def test_space_comes_without_tables_where_they_are_hidden(genie, serve):
    async with serve() as client:
        reply = await client.stub.GetSpace(pb.GetSpaceRequest())
    assert reply.space.title == "Sales" and not reply.space.tables


async def test_unknown_space_is_told_apart(genie, serve):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(space_id="nowhere")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    assert reason(caught.value) == "GENIE_SPACE_NOT_FOUND"


async def test_rows_can_be_read_again_later(genie, serve):
    async with serve() as client:
        accepted = (await client.ask())[0][1]
        parts = [
            part
            async for part in client.stub.GetQueryResults(
                pb.GetQueryResultsRequest(
                    conversation_id=accepted.conversation_id, message_id=accepted.message_id
                )
            )
        ]
    assert parts[0].header.row_count == 2
    assert parts[1].rows.last and len(parts[1].rows.rows) == 2


async def test_words_and_clarification_are_outcomes_of_their_own(genie, serve):
    genie.scripts["hello"] = Script(attachments=[words("Good day.")])
    genie.scripts["numbers"] = Script(
        attachments=[
            words("Which measure?", "FOLLOW_UP_QUESTION"),
            {"attachment_id": "s", "suggested_questions": {"questions": ["Revenue?"]}},
        ]
    )
    async with serve() as client:
        assert (await client.ask("hello"))[-1][1].message.text == "Good day."
        kind, event = (await client.ask("numbers"))[-1]
    assert kind == "clarification" and event.message.clarification == "Which measure?"
    assert list(event.message.suggested_questions) == ["Revenue?"]


async def test_failed_question_tells_reason_type_and_text(genie, serve):
    genie.default = Script(
        final="FAILED",
        attachments=None,
        error={"type": "SQL_EXECUTION_EXCEPTION", "error": "[UNRESOLVED_COLUMN] `planet`"},
    )
    async with serve() as client:
        kind, event = (await client.ask())[-1]
    assert kind == "failed" and event.reason == "GENIE_SQL_FAILED" and not event.retryable
    assert "planet" in event.text and event.message.error.type == "SQL_EXECUTION_EXCEPTION"


async def test_last_query_wins_and_others_are_kept(genie, serve):
    genie.default = Script(
        attachments=[query("a1", "SELECT old"), words("draft"), query("a2", "SELECT new")]
    )
    async with serve() as client:
        events = await client.ask()
    message = events[-2][1].message
    assert message.query.sql == "SELECT new" and message.text == ""
    assert [q.sql for q in message.superseded_queries] == ["SELECT old"]
