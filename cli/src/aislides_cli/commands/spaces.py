"""`aislides spaces`: what can be asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from aislides_client import AsyncClient

from aislides_cli import outcome
from aislides_cli.serving import orchestrator


def spaces(
    target: Annotated[str, typer.Option(help="Orchestrator at HOST:PORT.")] = "",
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: config/config.yaml).")
    ] = None,
) -> None:
    """List the Genie spaces that decks can be made from."""

    async def main() -> int:
        async with orchestrator(target, config) as address, AsyncClient(address) as decks:
            for space in await decks.spaces():
                print(f"{space.space_id}  {space.title}")
                if space.description:
                    print(f"    {space.description}")
                for question in space.sample_questions[:3]:
                    print(f"    - {question}")
        return 0

    outcome.run(main)
