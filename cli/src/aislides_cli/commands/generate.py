"""`aislides generate`: a question becomes a deck, with what happens shown live."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aislides_cli import outcome
from aislides_cli.progress import JsonLines, Progress, progress_for
from aislides_cli.serving import client
from aislides_cli.space_names import space_id


def generate(
    question: Annotated[str, typer.Argument(help="The question, in plain words.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to leave the deck (default: out/TITLE.html)."),
    ] = None,
    space: Annotated[str, typer.Option(help="Genie space; see `aislides spaces`.")] = "",
    max_slides: Annotated[
        int | None, typer.Option(help="Most slides, 3 to 40, cover and appendix included.")
    ] = None,
    theme: Annotated[str, typer.Option(help="Theme: professional, ibcs, dark or warm.")] = "",
    depth: Annotated[str, typer.Option(help="quick, standard or deep.")] = "",
    target: Annotated[
        str, typer.Option(help="Orchestrator at HOST:PORT (default: one that runs, or its own).")
    ] = "",
    tenant: Annotated[str, typer.Option(help="Whose deck it will be (default: `default`).")] = "",
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: config/config.yaml).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print events as JSON lines.")] = False,
) -> None:
    """Make a deck from a question.

    Examples:

    - `aislides generate "Which airlines are late?"`

    - `aislides generate "Sales by region" --space Sales --max-slides 6 -o out/sales.html`

    - `aislides generate "Sales by region" --json | jq -r '.slide_ready.headline // empty'`
    """

    async def main() -> int:
        with progress_for(json=json) as progress:
            progress.note("Starting")
            async with client(target, config, tenant=tenant) as decks:
                deck = await decks.generate(
                    question,
                    max_slides=max_slides,
                    space=await space_id(space, decks.spaces),
                    theme=theme,
                    depth=depth,
                    on_event=progress.show,
                )
                where = deck.save(output or Path("out") / deck.file.name)
            _tell_end(progress, where, deck.deck_id, example=not space)
        return 0

    (outcome.run_as_json if json else outcome.run)(main)


def _tell_end(progress: Progress, where: Path, deck_id: str, *, example: bool) -> None:
    """Says where the deck is and what to do next; `example` asks about the space of the demo."""
    if isinstance(progress, JsonLines):
        progress.end(where, deck_id)
        return
    progress.note("")
    aislides = outcome.command()
    lines = [
        f"Deck: {where.resolve()}",
        "",
        "Open it in a browser; click any figure to see its SQL, rows and formula. Then try:",
        *([f'  {aislides} generate "Which airlines cancel most flights?"'] if example else []),
        f"  {aislides} up             the page and the REST API",
        f"  {aislides} spaces         what can be asked about",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
