"""`aislides spaces`: what can be asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from google.protobuf.json_format import MessageToJson

from aislides_cli import outcome
from aislides_cli.serving import client


def spaces(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    target: Annotated[str, typer.Option(help="Orchestrator at HOST:PORT.")] = "",
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: config/config.yaml).")
    ] = None,
) -> None:
    """List the Genie spaces that decks can be made from, with questions to start with.

    Examples: `aislides spaces` · `aislides spaces --json`
    """

    async def main() -> int:
        async with client(target, config) as decks:
            for space in await decks.spaces():
                if json:
                    print(MessageToJson(space, preserving_proto_field_name=True, indent=None))
                    continue
                print(f"{space.space_id}  {space.title}")
                if space.description:
                    print(f"    {space.description}")
                for question in space.sample_questions[:3]:
                    print(f"    - {question}")
        return 0

    (outcome.run_as_json if json else outcome.run)(main)
