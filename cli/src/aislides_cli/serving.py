"""An orchestrator for one command: the one that runs, or one for as long as the command."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aislides_client import AsyncClient
from aislides_runtime.logs import configure_logging
from orchestrator_svc.settings import read_settings

from aislides_cli.environment import config_path, merged
from aislides_cli.ours import ours


@asynccontextmanager
async def client(
    target: str, config: Path | None, *, tenant: str = ""
) -> AsyncIterator[AsyncClient]:
    """A client of that orchestrator, for the decks of a tenant."""
    async with (
        orchestrator(target, config) as address,
        AsyncClient(address, tenant=tenant) as decks,
    ):
        yield decks


@asynccontextmanager
async def orchestrator(target: str, config: Path | None) -> AsyncIterator[str]:
    """Where an orchestrator answers: `target` when given, else the configured address if one of
    this folder runs there, else one that this process runs until the block ends."""
    if target:
        yield target
        return
    configure_logging("ERROR", "console", "aislides", stream=sys.stderr)
    environ, path = merged(), config_path(config)
    listen = read_settings(path, environ=environ).orchestrator.listen
    if await ours(listen):
        sys.stderr.write(f"aislides: using the services that run at {listen}\n")
        yield listen
        return
    # Importing all services takes a second that the other cases need not spend.
    from aislides_cli.stack import running_stack  # noqa: PLC0415

    async with running_stack(path, environ, with_gateway=False, free_ports=True) as stack:
        yield stack.orchestrator
