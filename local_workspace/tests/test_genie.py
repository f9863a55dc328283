"""Genie over HTTP, asked with the real databricks-sdk."""

import asyncio
import json
from typing import Any

import pytest
from aislides_runtime.settings import Secret
from databricks.sdk.errors import (
    InvalidParameterValue,
    NotFound,
    PermissionDenied,
    Unauthenticated,
)
from databricks.sdk.service.dashboards import GenieFeedbackRating
from local_workspace.settings import UserSettings
from local_workspace.translate.plan import Answer, Clarification, Plan

from .conftest import ORDERS_SQL, Clock, asked, query_of, settled

SHOP_ID = "14caa0e5ae5b8b9e5bd1ea3a0c8a7b36"


async def test_spaces_are_listed_with_ids_as_genie_gives_them(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    (space,) = (await asyncio.to_thread(client.genie.list_spaces)).spaces
    assert (space.title, space.description) == ("Shop", "Four orders.")
    assert len(space.space_id) == 32
    assert int(space.space_id, 16)
    by_name = await asyncio.to_thread(client.genie.get_space, "shop")
    assert by_name.space_id == space.space_id
    assert by_name.serialized_space is None


async def test_serialized_space_is_json_text(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    space = await asyncio.to_thread(
        lambda: client.genie.get_space("shop", include_serialized_space=True)
    )
    serialized = json.loads(space.serialized_space)
    assert serialized["version"] == 2
    tables = serialized["data_sources"]["tables"]
    assert [table["identifier"] for table in tables] == ["local.shop.orders"]


async def test_unknown_space_is_not_found(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    with pytest.raises(NotFound, match="'nope' does not exist"):
        await asyncio.to_thread(client.genie.get_space, "nope")
    with pytest.raises(NotFound):
        await asyncio.to_thread(client.genie.start_conversation, "nope", "q")


async def test_question_becomes_sql_rows_and_text(start: Any, sdk: Any) -> None:
    client = await sdk(await start(ORDERS_SQL))
    waiter, message = await asked(client)
    assert waiter.response.message.status.value == "SUBMITTED"
    assert waiter.response.conversation.title == "Revenue by region"
    assert message.status.value == "COMPLETED"
    assert message.content == "Revenue by region"
    query = query_of(message)
    assert query.query.query == ORDERS_SQL.replace("orders", "local.shop.orders")
    assert [thought.content for thought in query.query.thoughts] == [
        "Sum of amount.",
        "SQL written by rules.",
    ]
    assert query.query.query_result_metadata.row_count == 3
    assert query.query.query_result_metadata.is_truncated is False
    text = next(a.text for a in message.attachments if a.text)
    assert text.content == "Sum of amount. The query returned 3 rows."
    assert text.purpose.value == "TEXT_ATTACHMENT_PURPOSE_ANSWER"
    reply = await asyncio.to_thread(
        client.genie.get_message_attachment_query_result,
        "shop",
        waiter.conversation_id,
        waiter.message_id,
        query.attachment_id,
    )
    response = reply.statement_response
    assert response.statement_id == query.query.statement_id
    assert response.result.data_array == [[None, "1.00"], ["North", "12.75"], ["South", "7.00"]]
    assert [column.type_text for column in response.manifest.schema.columns] == [
        "STRING",
        "DECIMAL(38,2)",
    ]


async def test_same_identity_may_read_the_statement_itself(start: Any, sdk: Any) -> None:
    running = await start(
        ORDERS_SQL,
        token=None,
        users=(
            UserSettings(user_name="ann@example.com", token=Secret("ann")),
            UserSettings(user_name="bob@example.com", token=Secret("bob")),
        ),
    )
    ann, bob = await sdk(running, "ann"), await sdk(running, "bob")
    waiter, message = await asked(ann)
    statement_id = query_of(message).query.statement_id
    statement = await asyncio.to_thread(ann.statement_execution.get_statement, statement_id)
    assert statement.status.state.value == "SUCCEEDED"
    with pytest.raises(NotFound):
        await asyncio.to_thread(bob.statement_execution.get_statement, statement_id)
    with pytest.raises(NotFound):
        await asyncio.to_thread(
            bob.genie.get_message, "shop", waiter.conversation_id, waiter.message_id
        )


async def test_statuses_advance_in_time(start: Any, sdk: Any) -> None:
    running = await start(ORDERS_SQL, pace={"genie": {"median": 0.5}})
    client = await sdk(running)
    waiter = await asyncio.to_thread(client.genie.start_conversation, "shop", "q")
    seen: list[str] = []
    with_sql: list[str] = []
    while not seen or seen[-1] != "COMPLETED":
        message = await asyncio.to_thread(
            client.genie.get_message, "shop", waiter.conversation_id, waiter.message_id
        )
        if not seen or seen[-1] != message.status.value:
            seen.append(message.status.value)
        if any(a.query for a in message.attachments or []):
            with_sql.append(message.status.value)
    order = [
        "SUBMITTED",
        "FETCHING_METADATA",
        "FILTERING_CONTEXT",
        "ASKING_AI",
        "PENDING_WAREHOUSE",
        "EXECUTING_QUERY",
        "COMPLETED",
    ]
    assert seen == [status for status in order if status in seen]
    assert {"ASKING_AI", "EXECUTING_QUERY", "COMPLETED"} <= set(seen)
    assert "ASKING_AI" not in with_sql


async def test_clarification_asks_back_without_a_query(start: Any, sdk: Any) -> None:
    back = Clarification("Which measure do you mean?", ("Revenue by region",))
    _, message = await asked(await sdk(await start(back)))
    assert message.status.value == "COMPLETED"
    assert not any(a.query for a in message.attachments)
    text, suggested = message.attachments
    assert text.text.content == "Which measure do you mean?"
    assert text.text.purpose.value == "FOLLOW_UP_QUESTION"
    assert suggested.suggested_questions.questions == ["Revenue by region"]


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("SELECT nope FROM orders", "UNRESOLVED_COLUMN"),
        ("SELECT amount / 0 FROM orders", "DIVIDE_BY_ZERO"),
        ("SELECT * FROM read_csv('/etc/passwd')", "UNSUPPORTED_FEATURE"),
        ("DROP TABLE orders", "UNSUPPORTED_STATEMENT"),
    ],
)
async def test_failing_sql_fails_the_message(start: Any, sdk: Any, sql: str, text: str) -> None:
    _, message = await asked(await sdk(await start(sql)))
    assert message.status.value == "FAILED"
    assert message.error.type.value == "SQL_EXECUTION_EXCEPTION"
    assert text in message.error.error


async def test_broken_translator_fails_the_message_and_keeps_its_secrets(
    start: Any, sdk: Any
) -> None:
    class Broken:
        def __call__(self, question: str, catalog: Any, previous: Any = None) -> Any:
            raise RuntimeError("/secret/path")

    running = await start()
    running.workspace.genie._answering._translate = Broken()
    _, message = await asked(await sdk(running))
    assert message.status.value == "FAILED"
    assert message.error.type.value == "UNEXPECTED_REPLY_PROCESS_EXCEPTION"
    assert "secret" not in message.error.error


async def test_follow_up_gets_the_plan_before_it(start: Any, sdk: Any) -> None:
    plan = Plan(table="orders")
    first = Answer(ORDERS_SQL, "Revenue", "Sum.", plan)
    running = await start(first, Clarification("What?"), ORDERS_SQL)
    client = await sdk(running)
    waiter, _ = await asked(client)
    translator = running.workspace.genie._answering._translate
    for question in ("and by month?", "and online?"):
        message = await asyncio.to_thread(
            client.genie.create_message, "shop", waiter.conversation_id, question
        )
        await settled(client.genie, "shop", message)
    assert translator.asked == [
        ("Revenue by region", None),
        ("and by month?", plan),
        ("and online?", plan),
    ]


@pytest.mark.parametrize("content", ["", "   ", "x" * 10_001])
async def test_bad_question_is_refused(start: Any, sdk: Any, content: str) -> None:
    client = await sdk(await start())
    with pytest.raises(InvalidParameterValue, match="content"):
        await asyncio.to_thread(client.genie.start_conversation, "shop", content)


async def test_conversations_and_messages_are_listed_by_page(start: Any, sdk: Any) -> None:
    client = await sdk(await start(*[ORDERS_SQL] * 4))
    for number in range(3):
        waiter, _ = await asked(client, f"question {number}")
    second = await asyncio.to_thread(
        client.genie.create_message, "shop", waiter.conversation_id, "more"
    )
    await settled(client.genie, "shop", second)

    def conversations(**page: Any) -> Any:
        return client.genie.list_conversations("shop", **page)

    page = await asyncio.to_thread(lambda: conversations(page_size=2))
    assert [c.title for c in page.conversations] == ["question 2", "question 1"]
    rest = await asyncio.to_thread(lambda: conversations(page_token=page.next_page_token))
    assert [c.title for c in rest.conversations] == ["question 0"]
    assert not rest.next_page_token
    messages = await asyncio.to_thread(
        client.genie.list_conversation_messages, "shop", waiter.conversation_id
    )
    assert [m.content for m in messages.messages] == ["question 2", "more"]


async def test_deleted_things_are_gone(start: Any, sdk: Any) -> None:
    client = await sdk(await start(ORDERS_SQL, ORDERS_SQL))
    waiter, _ = await asked(client)
    second = await asyncio.to_thread(
        client.genie.create_message, "shop", waiter.conversation_id, "more"
    )
    await settled(client.genie, "shop", second)
    ids = ("shop", waiter.conversation_id)
    await asyncio.to_thread(client.genie.delete_conversation_message, *ids, second.message_id)
    with pytest.raises(NotFound):
        await asyncio.to_thread(client.genie.get_message, *ids, second.message_id)
    await asyncio.to_thread(client.genie.delete_conversation, *ids)
    with pytest.raises(NotFound):
        await asyncio.to_thread(client.genie.get_message, *ids, waiter.message_id)


async def test_deleting_a_running_question_stops_it(start: Any, sdk: Any) -> None:
    running = await start(pace={"genie": {"median": 60}})
    client = await sdk(running)
    waiter = await asyncio.to_thread(client.genie.start_conversation, "shop", "q")
    await asyncio.to_thread(client.genie.delete_conversation, "shop", waiter.conversation_id)
    async with asyncio.timeout(10):
        while running.workspace.background._tasks:
            await asyncio.sleep(0.01)


async def test_feedback_is_kept(start: Any, sdk: Any) -> None:
    client = await sdk(await start(ORDERS_SQL))
    waiter, _ = await asked(client)
    ids = ("shop", waiter.conversation_id, waiter.message_id)
    await asyncio.to_thread(
        lambda: client.genie.send_message_feedback(
            *ids, GenieFeedbackRating.NEGATIVE, comment="wrong region"
        )
    )
    message = await asyncio.to_thread(client.genie.get_message, *ids)
    assert message.feedback.rating is GenieFeedbackRating.NEGATIVE
    assert message.feedback.comment == "wrong region"


async def test_budget_counts_asking_posts_only(start: Any, sdk: Any, http: Any) -> None:
    clock = Clock()
    running = await start(*[ORDERS_SQL] * 3, questions_a_minute=2, now=clock)
    client = await sdk(running)
    for _ in range(2):
        await asked(client)
    clock.time += 20
    # The SDK would sleep as long as Retry-After says, whatever its own budget.
    plain = await http(running)
    path = "/api/2.0/genie/spaces/shop/start-conversation"
    answer = await plain.post(path, json={"content": "q"})
    assert (answer.status_code, answer.json()["error_code"]) == (429, "RESOURCE_EXHAUSTED")
    assert answer.headers["retry-after"] == "40"
    clock.time += 41
    await asked(client)


async def test_spaces_can_be_kept_from_users(start: Any, sdk: Any) -> None:
    running = await start(
        token=None,
        users=(UserSettings(user_name="eve@example.com", token=Secret("eve"), spaces=()),),
    )
    client = await sdk(running, "eve")
    assert (await asyncio.to_thread(client.genie.list_spaces)).spaces == []
    with pytest.raises(PermissionDenied, match="Can Run"):
        await asyncio.to_thread(client.genie.start_conversation, "shop", "q")


async def test_row_filters_and_masks_follow_the_user(start: Any, sdk: Any) -> None:
    restricted = {
        "shop": {"orders": {"row_filter": "region = 'North'", "masks": {"amount": "amount * 0"}}}
    }
    running = await start(
        ORDERS_SQL,
        token=None,
        users=(
            UserSettings(user_name="n@example.com", token=Secret("north"), restrictions=restricted),
        ),
    )
    client = await sdk(running, "north")
    waiter, message = await asked(client)
    reply = await asyncio.to_thread(
        client.genie.get_message_attachment_query_result,
        "shop",
        waiter.conversation_id,
        waiter.message_id,
        query_of(message).attachment_id,
    )
    assert [row[0] for row in reply.statement_response.result.data_array] == ["North"]
    assert float(reply.statement_response.result.data_array[0][1]) == 0


async def test_without_or_with_a_wrong_token_nothing_is_told(
    start: Any, sdk: Any, http: Any
) -> None:
    running = await start()
    with pytest.raises(PermissionDenied, match="Invalid access token"):
        await asyncio.to_thread((await sdk(running, "wrong")).genie.list_spaces)
    answer = await (await http(running, None)).get("/api/2.0/genie/spaces")
    assert answer.status_code == 401
    assert answer.json()["error_code"] == "UNAUTHENTICATED"
    assert issubclass(Unauthenticated, Exception)
