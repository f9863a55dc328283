"""All services in one process: the same services over the same contracts, on loopback."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aislides_runtime.settings import load_settings
from genie_svc.bootstrap import running_genie
from genie_svc.settings import load_genie_settings
from llm_svc.bootstrap import running_llm
from llm_svc.settings import read_settings as read_llm
from local_workspace.server import running_workspace
from local_workspace.settings import OTHER_SECTIONS as WORKSPACE_OTHERS
from local_workspace.settings import Settings as WorkspaceSettings
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.settings import read_settings as read_orchestrator

from aislides_cli.environment import for_embedded, names_a_workspace


@dataclass(frozen=True, slots=True)
class Stack:
    """Where the services answer. `gateway_url` and `workspace_url` are empty without one."""

    orchestrator: str
    gateway_url: str = ""
    workspace_url: str = ""


@asynccontextmanager
async def running_stack(
    config: Path | None,
    environ: Mapping[str, str],
    *,
    with_gateway: bool,
    free_ports: bool = False,
) -> AsyncIterator[Stack]:
    """All services, taking calls; leaving the block drains them, callers first.

    Without DATABRICKS_HOST in `environ` the local workspace runs too. `free_ports` takes any free
    ports, for a stack that lives as long as one command. Raises SettingsError and PortInUse.
    """
    told = dict(environ)
    async with AsyncExitStack() as services:
        workspace_url = ""
        if not names_a_workspace(environ):
            if free_ports:
                told["AISLIDES_LOCAL_WORKSPACE__PORT"] = "0"
            workspace = await services.enter_async_context(
                running_workspace(workspace_settings(config, told).local_workspace)
            )
            workspace_url = workspace.host
            told = for_embedded(told, workspace.host, workspace.token)
        # databricks-sdk and requests look for proxies in the process's own environment.
        os.environ.setdefault("NO_PROXY", told.get("NO_PROXY", "127.0.0.1,localhost"))
        if free_ports:
            told["AISLIDES_GENIE__LISTEN"] = "127.0.0.1:0"
            told["AISLIDES_LLM__LISTEN"] = "127.0.0.1:0"
            told["AISLIDES_ORCHESTRATOR__LISTEN"] = "127.0.0.1:0"
        genie = await services.enter_async_context(
            running_genie(load_genie_settings(config, environ=told))
        )
        llm = await services.enter_async_context(running_llm(read_llm(config, environ=told)))
        told["AISLIDES_ORCHESTRATOR__GENIE_TARGET"] = genie.target
        told["AISLIDES_ORCHESTRATOR__LLM_TARGET"] = llm.target
        orchestrator = await services.enter_async_context(
            running_orchestrator(read_orchestrator(config, environ=told))
        )
        gateway_url = ""
        if with_gateway:
            # A command that makes one deck needs no web server, nor the time to import one.
            from gateway.server import running_gateway  # noqa: PLC0415
            from gateway.settings import read_settings as read_gateway  # noqa: PLC0415

            told["AISLIDES_API__ORCHESTRATOR_TARGET"] = orchestrator.target
            gateway = await services.enter_async_context(
                running_gateway(read_gateway(config, environ=told))
            )
            gateway_url = gateway.url
        yield Stack(orchestrator.target, gateway_url, workspace_url)


def workspace_settings(config: Path | None, environ: Mapping[str, str]) -> WorkspaceSettings:
    """The settings of the embedded workspace. Raises SettingsError."""
    return load_settings(
        WorkspaceSettings, other_sections=WORKSPACE_OTHERS, path=config, environ=environ
    )
