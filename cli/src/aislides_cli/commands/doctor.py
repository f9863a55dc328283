"""`aislides doctor`: checks everything a deck needs, and says what to fix."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import grpc.aio
import typer
from aislides.genie.v1 import genie_service_pb2 as genie_pb
from aislides.genie.v1.genie_service_pb2_grpc import GenieServiceStub
from aislides.llm.v1 import llm_service_pb2 as llm_pb
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.errors import ServiceError
from aislides_runtime.logs import configure_logging
from aislides_runtime.settings import SettingsError
from aislides_runtime.status import error_from_rpc

from aislides_cli import outcome
from aislides_cli.environment import config_path, for_embedded, merged, names_a_workspace

SECONDS = 30.0


def doctor(
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: config/config.yaml).")
    ] = None,
) -> None:
    """Check settings, workspace, Genie space, model endpoint and database; say what to fix.

    Exits 0 when a deck can be made, else 1. Examples: `aislides doctor` ·
    `aislides doctor --config config/production.yaml`
    """
    configure_logging("ERROR", "console", "aislides", stream=sys.stderr)
    outcome.run(lambda: _examine(config_path(config)))


async def _examine(config: Path | None) -> int:
    report = _Report()
    report.good("settings file", str(config) if config else "none; using defaults")
    environ = merged()
    async with _workspace(config, environ, report) as told:
        if told is None:
            return 1
        await report.check("Genie space", lambda: _genie(config, told))
        await report.check("model endpoint", lambda: _model(config, told))
        await report.check("deck database", lambda: _database(config, told))
        await report.check("theme and brand", lambda: _look(config, told))
    print("All is well." if report.healthy else "Fix the lines marked with ✗, then run it again.")
    return 0 if report.healthy else 1


class _Report:
    def __init__(self) -> None:
        self.healthy = True

    def good(self, what: str, told: str) -> None:
        print(f"  ✓ {what:<16} {told}", flush=True)

    def bad(self, what: str, told: str) -> None:
        self.healthy = False
        first, *others = told.splitlines() or [""]
        print(f"  ✗ {what:<16} {first}", flush=True)
        for line in others:
            print(f"    {'':<16} {line}", flush=True)

    async def check(self, what: str, examine: Callable[[], Awaitable[str]]) -> None:
        try:
            self.good(what, await examine())
        except SettingsError as error:
            self.bad(what, str(error))
        except ServiceError as error:
            self.bad(what, f"{error.message} [{error.reason}]")
        except grpc.aio.AioRpcError as rpc:
            found = error_from_rpc(rpc)
            self.bad(what, f"{found.message} [{found.reason}]")


@asynccontextmanager
async def _workspace(
    config: Path | None, environ: dict[str, str], report: _Report
) -> AsyncIterator[dict[str, str] | None]:
    """The environment with a workspace in it: the one that is named, or the embedded one."""
    if names_a_workspace(environ):
        report.good("workspace", environ["DATABRICKS_HOST"])
        yield environ
        return
    from local_workspace.server import running_workspace  # noqa: PLC0415

    from aislides_cli.stack import workspace_settings  # noqa: PLC0415

    try:
        settings = workspace_settings(config, environ | {"AISLIDES_LOCAL_WORKSPACE__PORT": "0"})
    except SettingsError as error:
        report.bad("workspace", str(error))
        yield None
        return
    async with running_workspace(settings.local_workspace) as workspace:
        report.good("workspace", "embedded (set DATABRICKS_HOST for your own)")
        yield for_embedded(environ, workspace.host, workspace.token)


async def _genie(config: Path | None, environ: dict[str, str]) -> str:
    from genie_svc.bootstrap import running_genie  # noqa: PLC0415
    from genie_svc.settings import load_genie_settings  # noqa: PLC0415

    settings = load_genie_settings(
        config, environ=environ | {"AISLIDES_GENIE__LISTEN": "127.0.0.1:0"}
    )
    async with running_genie(settings) as server, open_channel(server.target) as channel:
        stub = GenieServiceStub(channel)
        if not settings.genie.space_id:
            listed = await stub.ListSpaces(genie_pb.ListSpacesRequest(), timeout=SECONDS)
            names = ", ".join(f"{space.title} ({space.space_id})" for space in listed.spaces[:5])
            raise ServiceError(
                "genie.space_id is not set: set it in config/config.yaml, or pass --space. "
                f"You may use: {names or 'no space yet'}"
            )
        got = await stub.GetSpace(genie_pb.GetSpaceRequest(), timeout=SECONDS)
        return f"{got.space.title}, {len(got.space.tables)} tables"


async def _model(config: Path | None, environ: dict[str, str]) -> str:
    from llm_svc.bootstrap import running_llm  # noqa: PLC0415
    from llm_svc.settings import read_settings  # noqa: PLC0415

    settings = read_settings(config, environ=environ | {"AISLIDES_LLM__LISTEN": "127.0.0.1:0"})
    if settings.llm.mode == "offline":
        return "none (llm.mode is offline): decks are written from templates"
    async with running_llm(settings) as server, open_channel(server.target) as channel:
        hello = llm_pb.ChatMessage(role=llm_pb.ROLE_USER, content="Answer with the word: ready")
        answer = await LlmServiceStub(channel).GenerateCompletion(
            llm_pb.GenerateCompletionRequest(
                spec=llm_pb.CompletionSpec(
                    messages=llm_pb.MessageList(messages=[hello]),
                    purpose="doctor",
                    max_output_tokens=64,
                )
            ),
            timeout=SECONDS,
        )
        return f"{answer.completion.model} answers"


async def _database(config: Path | None, environ: dict[str, str]) -> str:
    from orchestrator_svc.settings import read_settings  # noqa: PLC0415
    from orchestrator_svc.store.database import open_database  # noqa: PLC0415

    url = read_settings(config, environ=environ).orchestrator.database_url
    async with open_database(url):
        return url.split("@")[-1]


async def _look(config: Path | None, environ: dict[str, str]) -> str:
    from orchestrator_svc.brand_file import read_brand  # noqa: PLC0415
    from orchestrator_svc.render.themes import load_theme  # noqa: PLC0415
    from orchestrator_svc.settings import read_settings  # noqa: PLC0415

    output = read_settings(config, environ=environ).output
    if output.brand is None:
        return output.theme
    brand = read_brand(output.brand, output.theme)
    moved = brand.corrections(load_theme(output.theme))
    return "\n".join([f"{output.theme}, {brand.file.name}", *(str(move) for move in moved)])
