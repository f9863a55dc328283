"""Clients that we did not write: the SDK's own Genie helpers against the real rules and flights."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aislides_runtime.settings import Secret
from databricks.sdk.errors import OperationFailed
from local_workspace.server import running_workspace
from local_workspace.settings import LocalWorkspaceSettings

from .conftest import TOKEN


@pytest.fixture(scope="module")
def demo_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def settings(demo_directory: Path) -> dict[str, Any]:
    return {"port": 0, "data_directory": demo_directory, "token": Secret(TOKEN)}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


async def test_start_conversation_and_wait_answers_over_the_flights(
    settings: Any, sdk: Any
) -> None:
    async with running_workspace(LocalWorkspaceSettings(**settings)) as running:
        client = await sdk(running)
        spaces = (await asyncio.to_thread(client.genie.list_spaces)).spaces
        flights = next(space for space in spaces if "flights" in space.title)
        assert len(spaces) == 3
        message = await asyncio.to_thread(
            client.genie.start_conversation_and_wait,
            flights.space_id,
            "How many flights were there in 2013?",
        )
        (query,) = [a for a in message.attachments if a.query]
        ids = (flights.space_id, message.conversation_id, message.message_id, query.attachment_id)
        reply = await asyncio.to_thread(client.genie.get_message_attachment_query_result, *ids)
        assert reply.statement_response.result.data_array == [["336776"]]
        follow_up = await asyncio.to_thread(
            client.genie.create_message_and_wait,
            flights.space_id,
            message.conversation_id,
            "and by origin?",
        )
        (query,) = [a for a in follow_up.attachments if a.query]
        assert query.query.query_result_metadata.row_count == 3


async def test_sql_of_an_answer_runs_by_itself(settings: Any, sdk: Any) -> None:
    async with running_workspace(LocalWorkspaceSettings(**settings)) as running:
        client = await sdk(running)
        message = await asyncio.to_thread(
            client.genie.start_conversation_and_wait, "flights", "Average arrival delay by airline"
        )
        (query,) = [a.query for a in message.attachments if a.query]
        assert "local.flights.flights" in query.query
        again = await asyncio.to_thread(
            lambda: client.statement_execution.execute_statement(
                statement=query.query, warehouse_id=spaces_warehouse(client)
            )
        )
        assert again.status.state.value == "SUCCEEDED"
        assert again.manifest.total_row_count == query.query_result_metadata.row_count
        assert ["ExpressJet Airlines Inc."] in [row[:1] for row in again.result.data_array]


def spaces_warehouse(client: Any) -> str:
    return str(client.genie.get_space("flights").warehouse_id)


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("retail", "Revenue by region"),
        ("bakehouse", "Revenue by product"),
    ],
)
async def test_other_demo_spaces_answer(settings: Any, sdk: Any, space: str, question: str) -> None:
    async with running_workspace(LocalWorkspaceSettings(**settings)) as running:
        client = await sdk(running)
        message = await asyncio.to_thread(client.genie.start_conversation_and_wait, space, question)
        (query,) = [a.query for a in message.attachments if a.query]
        assert query.query_result_metadata.row_count in {4, 6}


async def test_the_sdks_waiter_reports_a_failed_question(settings: Any, sdk: Any) -> None:
    rule = {"operation": "start_conversation", "genie": {"error_type": "SQL_EXECUTION_EXCEPTION"}}
    async with running_workspace(LocalWorkspaceSettings(**settings, faults=(rule,))) as running:
        client = await sdk(running)
        with pytest.raises(OperationFailed, match="FAILED"):
            await asyncio.to_thread(client.genie.start_conversation_and_wait, "flights", "x")


async def test_fifty_callers_at_once_all_get_their_own_answer(settings: Any, http: Any) -> None:
    async with running_workspace(LocalWorkspaceSettings(**settings)) as running:
        client = await http(running)
        base = "/api/2.0/genie/spaces/flights"
        months = ["January", "February", "March", "April", "May", "June", "July", "August"]

        async def ask(month: str) -> str:
            question = {"content": f"How many flights were there in {month} 2013?"}
            begun = (await client.post(f"{base}/start-conversation", json=question)).json()
            path = f"{base}/conversations/{begun['conversation_id']}/messages/{begun['message_id']}"
            while (message := (await client.get(path)).json())["status"] != "COMPLETED":
                assert message["status"] != "FAILED", message
                await asyncio.sleep(0.1)
            attachment = message["attachments"][0]["attachment_id"]
            result = (await client.get(f"{path}/attachments/{attachment}/query-result")).json()
            return str(result["statement_response"]["result"]["data_array"][0][0])

        answers = await asyncio.gather(*(ask(months[n % 8]) for n in range(50)))
        assert answers[0] == "27004"
        assert answers[:8] * 6 == answers[:48]
        assert len(set(answers)) == 8
