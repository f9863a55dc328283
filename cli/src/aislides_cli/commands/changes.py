"""`aislides refresh`, `revise` and `diff`: a deck made earlier, changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Annotated

import typer
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_client import AsyncClient, Deck

from aislides_cli import outcome
from aislides_cli.commands.decks import Config, Target, Tenant
from aislides_cli.progress import JsonLines, Progress, progress_for
from aislides_cli.serving import client

DeckId = Annotated[str, typer.Argument(help="Id, as `aislides list` shows it.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Where to leave the deck (default: out/TITLE.html)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print events as JSON lines.")]


def refresh(
    deck_id: DeckId,
    output: Output = None,
    target: Target = "",
    tenant: Tenant = "",
    config: Config = None,
    json: AsJson = False,
) -> None:
    """Bring an earlier deck to today's data: its queries run again, every claim is checked.

    Example: `aislides refresh 4c2179f86fcb449392611c224f1f5595 -o out/today.html`
    """

    async def change(decks: AsyncClient, progress: Progress) -> Deck:
        return await decks.refresh(deck_id, on_event=progress.show)

    _changed(deck_id, change, output, client(target, config, tenant=tenant), json=json)


def revise(
    deck_id: DeckId,
    instruction: Annotated[str, typer.Argument(help="What to change, in plain words.")],
    output: Output = None,
    target: Target = "",
    tenant: Tenant = "",
    config: Config = None,
    json: AsJson = False,
) -> None:
    """Change an earlier deck in words; its data stay as they are.

    Example: `aislides revise 4c2179f86fcb449392611c224f1f5595 "Remove slide 3"`
    """

    async def change(decks: AsyncClient, progress: Progress) -> Deck:
        return await decks.revise(deck_id, instruction, on_event=progress.show)

    _changed(deck_id, change, output, client(target, config, tenant=tenant), json=json)


def diff(
    deck_id: DeckId,
    from_revision: Annotated[
        int, typer.Option("--from", help="Older revision (default: the one before).")
    ] = 0,
    to_revision: Annotated[int, typer.Option("--to", help="Newer one (default: current).")] = 0,
    target: Target = "",
    tenant: Tenant = "",
    config: Config = None,
) -> None:
    """Show what changed between two revisions of a deck: slides, words, figures, claims.

    Examples: `aislides diff 4c2179f86fcb449392611c224f1f5595` · `aislides diff 4c21... --from 1`
    """

    async def main() -> int:
        async with client(target, config, tenant=tenant) as decks:
            newer = to_revision or (await decks.get(deck_id)).revision
            older = from_revision or max(1, newer - 1)
            changes = await decks.diff(deck_id, older, newer)
        noun = "change" if len(changes) == 1 else "changes"
        print(f"Revision {older} to {newer}: {len(changes) or 'no'} {noun}")
        for change in changes:
            print(_line(change))
        return 0

    outcome.run(main)


def _changed(
    deck_id: str,
    change: Callable[[AsyncClient, Progress], Awaitable[Deck]],
    output: Path | None,
    connecting: AbstractAsyncContextManager[AsyncClient],
    *,
    json: bool,
) -> None:
    async def main() -> int:
        with progress_for(json=json) as progress:
            async with connecting as decks:
                deck = await change(decks, progress)
            where = deck.save(output or Path("out") / deck.file.name)
            progress.note("")
        if isinstance(progress, JsonLines):
            progress.end(where, deck_id)
        else:
            print(f"Deck: {where.resolve()} (revision {deck.info.revision})")
        return 0

    (outcome.run_as_json if json else outcome.run)(main)


def _line(change: pb.Change) -> str:
    kind = pb.ChangeKind.Name(change.kind).removeprefix("CHANGE_KIND_").lower().replace("_", " ")
    place = " ".join(part for part in (change.slide_id, change.field) if part)
    if change.summary:
        return f"  {place:<14} {change.summary}"
    said = " -> ".join(part for part in (change.before, change.after) if part)
    return f"  {place:<14} {kind}: {said}"
