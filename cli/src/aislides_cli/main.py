"""The commands, in the order of their help."""

from __future__ import annotations

import typer

from aislides_cli.commands import ask, changes, data, decks, doctor, generate, spaces, up

app = typer.Typer(
    name="aislides",
    help="Turn a question about company data into a slide deck whose every number can be traced.",
    epilog=(
        'Try: aislides generate "How did departure delays develop in 2013?"   '
        "Exit codes: 0 done, 1 failed, 2 wrong call or settings, 3 the question needs an answer, "
        "4 a service cannot be reached, 130 interrupted."
    ),
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command()(generate.generate)
app.command()(up.up)
app.command()(ask.ask)
app.add_typer(data.app, name="data")
app.command()(spaces.spaces)
app.command("list")(decks.list_decks)
app.command()(decks.export)
app.command()(changes.refresh)
app.command()(changes.revise)
app.command()(changes.diff)
app.command()(doctor.doctor)
