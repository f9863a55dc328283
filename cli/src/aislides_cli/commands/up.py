"""`aislides up`: all services, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from aislides_runtime.logs import LoggingSection, configure_logging
from aislides_runtime.serve import stop_signal
from aislides_runtime.settings import Section, load_settings

from aislides_cli import outcome
from aislides_cli.environment import config_path, merged
from aislides_cli.processes import Processes

if TYPE_CHECKING:
    from aislides_cli.stack import Stack

ALL_SECTIONS = frozenset({"llm", "genie", "orchestrator", "api", "output", "local_workspace"})


class _Logging(Section):
    logging: LoggingSection = LoggingSection()


def up(
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: config/config.yaml).")
    ] = None,
    processes: Annotated[
        bool, typer.Option("--processes", help="Run the services as five processes.")
    ] = False,
    free_ports: Annotated[
        bool, typer.Option("--free-ports", help="Take any free ports; not with --processes.")
    ] = False,
) -> None:
    """Run all services until Ctrl-C.

    Without DATABRICKS_HOST the embedded workspace runs too, with the demo spaces.

    Examples: `aislides up` · `API_PORT=9000 aislides up` · `aislides up --free-ports` ·
    `aislides up --processes`
    """
    if processes and free_ports:
        raise typer.BadParameter("--free-ports is for services in one process")
    outcome.run(
        lambda: _processes(config) if processes else _one_process(config, free_ports=free_ports)
    )


async def _one_process(config: Path | None, *, free_ports: bool) -> None:
    environ = merged() | ({"AISLIDES_API__PORT": "0"} if free_ports else {})
    path = config_path(config)
    logging = load_settings(
        _Logging,
        other_sections=ALL_SECTIONS,
        path=path,
        environ=environ,
        aliases={"LOG_LEVEL": "logging.level"},
    ).logging
    readable = sys.stdout.isatty() and logging.format == "json"
    configure_logging(logging.level, "console" if readable else logging.format, "aislides")
    stop = stop_signal()
    # Importing the services takes seconds that other commands need not spend.
    from aislides_cli.stack import running_stack  # noqa: PLC0415

    async with running_stack(path, environ, with_gateway=True, free_ports=free_ports) as stack:
        print(_banner(stack), flush=True)
        await stop.wait()
        print("Stopping: finishing what is at work ...", flush=True)
    print("Stopped.", flush=True)


async def _processes(config: Path | None) -> int:
    from aislides_cli.configured import configured_addresses  # noqa: PLC0415
    from aislides_cli.stack import Stack  # noqa: PLC0415

    environ = merged()
    path = config_path(config)
    at = configured_addresses(path, environ)
    stop = stop_signal()
    services = Processes(path, environ, at)
    starting = asyncio.create_task(services.start())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            return outcome.INTERRUPTED
        await starting
        print(_banner(Stack(at.orchestrator, f"http://{at.gateway}")), flush=True)
        for name, process in services.running.items():
            print(f"    {name:<18} pid {process.pid}", flush=True)
        ended = asyncio.create_task(services.first_to_end())
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            return outcome.tell(f"{ended.result()} ended by itself; stopping the others", 1)
        ended.cancel()
        print("Stopping: finishing what is at work ...", flush=True)
        return 0
    finally:
        stopping.cancel()
        await services.stop()


def _banner(stack: Stack) -> str:
    lines = [
        "AI Slide Generator is up.",
        f"  page           {stack.gateway_url}",
        f"  REST           {stack.gateway_url}/docs",
        f"  gRPC           {stack.orchestrator}",
    ]
    if stack.workspace_url:
        lines.append(f"  workspace      {stack.workspace_url} (local, demo data)")
    return "\n".join([*lines, "  Ctrl-C stops it."])
