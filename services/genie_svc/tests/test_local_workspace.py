"""Against the local workspace: real SQL, and a Genie that forgets when it restarts."""

from __future__ import annotations

import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides_runtime.settings import Secret
from genie_client import GenieClient, kinds
from genie_svc.bootstrap import running_genie
from genie_svc.settings import DatabricksSection, GenieSection, GenieSettings
from local_workspace.server import running_workspace
from local_workspace.settings import LocalWorkspaceSettings

TOKEN = "local-token-of-this-test"
QUESTION = "Average departure delay by carrier"


@pytest.fixture(scope="module")
def workspace_at(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")

    def make(port=0):
        settings = LocalWorkspaceSettings(
            data_directory=folder, demo_spaces=("flights",), port=port, token=Secret(TOKEN)
        )
        return running_workspace(settings)

    return make


def genie_at(host, tmp_path):
    genie = {
        "listen": "127.0.0.1:0",
        "space_id": "flights",
        "questions_per_minute": 0,
        "poll_first_seconds": 0.01,
        "poll_most_seconds": 0.1,
        "database_url": f"sqlite:///{tmp_path}/genie.db",
    }
    return running_genie(
        GenieSettings(
            genie=GenieSection.model_validate(genie),
            databricks=DatabricksSection(host=host, token=Secret(TOKEN)),
        )
    )


async def test_stored_sql_gives_the_same_rows_after_genie_forgot(workspace_at, tmp_path):
    async with workspace_at() as workspace:
        port = int(workspace.host.rsplit(":", 1)[1])
        host = workspace.host
        async with genie_at(host, tmp_path) as server, GenieClient(server.target) as client:
            events = await client.ask(QUESTION)
    assert kinds(events)[-2:] == ["rows_ready", "rows"]
    ready, asked = events[-2][1], events[-1][1].rows
    message = ready.message
    ids = {"conversation_id": message.conversation_id, "message_id": message.message_id}
    async with (
        workspace_at(port),
        genie_at(host, tmp_path) as server,
        GenieClient(server.target) as client,
    ):
        listed = await client.stub.ListConversations(pb.ListConversationsRequest())
        assert not listed.conversations
        again = await client.stub.ReexecuteQuery(
            pb.ReexecuteQueryRequest(**ids, stored_sql=message.query.sql), timeout=30
        )
        request = pb.GetQueryResultsRequest(statement_id=again.statement_id)
        parts = [part async for part in client.stub.GetQueryResults(request, timeout=30)]
    assert len(asked) == 16 and list(parts[1].rows.rows) == list(asked)
    assert list(parts[0].header.columns) == list(ready.columns)
    assert parts[0].header.row_count == ready.row_count and not parts[0].header.truncated


async def test_space_tells_types_and_meanings_of_its_columns(workspace_at, tmp_path):
    async with (
        workspace_at() as workspace,
        genie_at(workspace.host, tmp_path) as server,
        GenieClient(server.target) as client,
    ):
        space = (await client.stub.GetSpace(pb.GetSpaceRequest(), timeout=30)).space
    assert len(space.tables) == 5
    assert all(column.type_text for table in space.tables for column in table.columns)
    flights = next(table for table in space.tables if table.name == "local.flights.flights")
    delay = next(column for column in flights.columns if column.name == "dep_delay")
    assert delay.type_text and "Unit: minutes." in delay.description and delay.synonyms
