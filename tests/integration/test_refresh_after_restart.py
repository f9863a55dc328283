"""A deck's queries run again after Genie forgot the conversation: from their stored SQL."""

from __future__ import annotations

from contextlib import asynccontextmanager

from aislides_cli.environment import for_embedded
from aislides_runtime.channels import open_channel
from genie_svc.bootstrap import running_genie
from genie_svc.settings import load_genie_settings
from local_workspace.server import running_workspace
from local_workspace.settings import LocalWorkspaceSettings
from orchestrator_svc.adapters.genie import GenieOverGrpc
from orchestrator_svc.ports import Rows


async def test_the_stored_sql_runs_where_the_conversation_is_gone(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")

    @asynccontextmanager
    async def genie(database):
        settings = LocalWorkspaceSettings(
            port=0, data_directory=tmp_path / "workspace", demo_spaces=("flights",)
        )
        async with running_workspace(settings) as workspace:
            told = for_embedded(
                {
                    "AISLIDES_GENIE__LISTEN": "127.0.0.1:0",
                    "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{tmp_path}/{database}.db",
                },
                workspace.host,
                workspace.token,
            )
            async with (
                running_genie(load_genie_settings(environ=told)) as server,
                open_channel(server.target) as channel,
            ):
                yield GenieOverGrpc(channel, target=server.target, ask_timeout_seconds=60)

    async def report(_progress):
        pass

    async with genie("before") as before:
        answer = await before.ask(
            question="average departure delay by month in 2013",
            space=await before.space(""),
            result_id="r1",
            request_id="deck/1/ask/1",
            tenant="",
            max_rows=100,
            report=report,
        )
    assert isinstance(answer, Rows)
    async with genie("after") as after:
        again = await after.run_again(answer.result, max_rows=100)
    assert len(again.rows) == 12
    assert again.content_hash == answer.result.content_hash
