"""Where the settings say that the five services listen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path

from aislides_runtime.errors import Kind, ServiceError
from gateway.settings import read_settings as read_gateway
from genie_svc.settings import load_genie_settings
from llm_svc.settings import read_settings as read_llm
from orchestrator_svc.settings import read_settings as read_orchestrator

from aislides_cli.addresses import Addresses
from aislides_cli.environment import for_embedded, names_a_workspace
from aislides_cli.stack import workspace_settings


class PortMissing(ServiceError):
    """A service of several processes listens on any free port, so that nobody could find it."""

    kind = Kind.INVALID_ARGUMENT
    reason = "PORT_MISSING"


def configured_addresses(config: Path | None, environ: Mapping[str, str]) -> Addresses:
    """The addresses that the settings name. Raises SettingsError, and PortMissing for port 0."""
    workspace = workspace_settings(config, environ).local_workspace
    told = environ
    if not names_a_workspace(environ):
        # Services want to know a workspace; where this one will be is not known yet.
        told = for_embedded(environ, f"http://{workspace.host}:{workspace.port}", "not-yet")
    api = read_gateway(config, environ=told).api
    at = Addresses(
        workspace=f"{workspace.host}:{workspace.port}",
        genie=load_genie_settings(config, environ=told).genie.listen,
        llm=read_llm(config, environ=told).llm.listen,
        orchestrator=read_orchestrator(config, environ=told).orchestrator.listen,
        gateway=f"{api.host}:{api.port}",
    )
    if any(address.endswith(":0") for address in astuple(at)):
        raise PortMissing("--processes needs a port for each service; 0 is for one process")
    return at
