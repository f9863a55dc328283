"""A genie_svc for one command: the one that runs, or one for as long as the command."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from aislides_runtime.logs import configure_logging
from genie_svc.settings import load_genie_settings

from aislides_cli.environment import config_path, for_embedded, merged, names_a_workspace
from aislides_cli.ours import ours


@asynccontextmanager
async def genie(target: str, config: Path | None) -> AsyncIterator[str]:
    """Where a genie_svc answers: `target` when given, else the configured address if one of this
    folder runs there, else one that this process runs, over the embedded workspace where no other
    is named."""
    if target:
        yield target
        return
    configure_logging("ERROR", "console", "aislides", stream=sys.stderr)
    environ, path = merged(), config_path(config)
    listen = environ.get("AISLIDES_GENIE__LISTEN", "127.0.0.1:50051")
    if await ours(listen):
        yield listen
        return
    # Importing the services takes a second that the other cases need not spend.
    from genie_svc.bootstrap import running_genie  # noqa: PLC0415
    from local_workspace.server import running_workspace  # noqa: PLC0415

    from aislides_cli.stack import workspace_settings  # noqa: PLC0415

    told = dict(environ)
    async with AsyncExitStack() as services:
        if not names_a_workspace(environ):
            told["AISLIDES_LOCAL_WORKSPACE__PORT"] = "0"
            workspace = await services.enter_async_context(
                running_workspace(workspace_settings(path, told).local_workspace)
            )
            told = for_embedded(told, workspace.host, workspace.token)
        # databricks-sdk and requests look for proxies in the process's own environment.
        os.environ.setdefault("NO_PROXY", told.get("NO_PROXY", "127.0.0.1,localhost"))
        settings = load_genie_settings(
            path, environ=told | {"AISLIDES_GENIE__LISTEN": "127.0.0.1:0"}
        )
        server = await services.enter_async_context(running_genie(settings))
        yield server.target
