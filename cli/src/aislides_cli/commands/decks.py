"""`aislides list` and `aislides export`: decks made earlier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from google.protobuf.json_format import MessageToJson

from aislides_cli import outcome
from aislides_cli.serving import client

Target = Annotated[str, typer.Option(help="Orchestrator at HOST:PORT.")]
Tenant = Annotated[str, typer.Option(help="Whose decks; `*` for all (default: `default`).")]
Config = Annotated[Path | None, typer.Option(help="Settings file (default: config/config.yaml).")]


def list_decks(
    text: Annotated[str, typer.Argument(help="Only decks whose question or title has this.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most decks to list.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    target: Target = "",
    tenant: Tenant = "",
    config: Config = None,
) -> None:
    """List earlier decks, newest first.

    Examples: `aislides list` · `aislides list delay --limit 5` · `aislides list --json`
    """

    async def main() -> int:
        async with client(target, config, tenant=tenant) as decks:
            for deck in await decks.list_decks(text, limit):
                if json:
                    print(MessageToJson(deck, preserving_proto_field_name=True, indent=None))
                    continue
                state = pb.State.Name(deck.state).removeprefix("STATE_").lower()
                made = deck.created_at.ToDatetime().strftime("%Y-%m-%d %H:%M")
                whose = f"{deck.tenant:<16}  " if deck.tenant else ""
                print(f"{deck.deck_id}  {made}  {state:<10}  {whose}{deck.title or deck.question}")
        return 0

    (outcome.run_as_json if json else outcome.run)(main)


def export(
    deck_id: Annotated[str, typer.Argument(help="Id, as `aislides list` shows it.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to leave the file (default: out/NAME)."),
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", help="html, json; pdf, pptx, md, png where installed.")
    ] = "html",
    target: Target = "",
    tenant: Tenant = "",
    config: Config = None,
) -> None:
    """Write an earlier deck to a file.

    Example: `aislides export 41ce78c2177debce91957e756116f5f3 --format json -o deck.json`
    """

    async def main() -> int:
        async with client(target, config, tenant=tenant) as decks:
            file = await decks.export(deck_id, format)
            print(file.save(output or Path("out") / file.name).resolve())
        return 0

    outcome.run(main)
