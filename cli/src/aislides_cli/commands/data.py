"""`aislides data`: own CSV and Parquet files as a space of the local workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from aislides_runtime.settings import load_settings
from local_workspace.own_data.checking import Checked, check_space, write_sample_questions
from local_workspace.own_data.importing import SPACE_FILE
from local_workspace.own_data.in_child import ImportLimits
from local_workspace.own_data.report import FileReport
from local_workspace.own_data.shelf import OwnSpace, Shelf
from local_workspace.own_data.steps import Step
from local_workspace.own_data.text_file import Choices
from local_workspace.settings import OTHER_SECTIONS, Settings
from local_workspace.spaces import SpaceFileError

from aislides_cli import outcome
from aislides_cli.environment import config_path, merged, names_a_workspace
from aislides_cli.import_progress import ImportProgress

MEBIBYTE = 2**20
SHOWN_COLUMNS = 40
app = typer.Typer(
    help="Own CSV, TSV and Parquet files as a space that decks can be made from.",
    no_args_is_help=True,
)
Config = Annotated[Path | None, typer.Option(help="Settings file (default: config/config.yaml).")]
Named = Annotated[str, typer.Argument(help="Name or title of the space.")]
Name = Annotated[str, typer.Option("--name", "--space", help="The same, as an option.")]


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="CSV, TSV or Parquet; one table each.")],
    name: Annotated[str, typer.Option("--name", help="What the space is called, e.g. Sales.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the data in the place of a space of that name.")
    ] = False,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Pad short rows and cut long ones; say how many.")
    ] = False,
    dates: Annotated[
        str, typer.Option(help="day-first or month-first, where 03/04/2024 could be both.")
    ] = "",
    header: Annotated[
        bool | None, typer.Option("--header/--no-header", help="Whether line 1 names the columns.")
    ] = None,
    memory: Annotated[int, typer.Option(min=256, help="Megabytes the import may use.")] = 512,
    config: Config = None,
) -> None:
    """Turn files into a space, and say what was guessed.

    Example: `aislides data add sales.csv stores.parquet --name "Sales"`
    """
    if dates not in {"", "day-first", "month-first"}:
        raise typer.BadParameter("use day-first or month-first", param_hint="--dates")
    day_first = dates == "day-first" if dates else None
    choices = Choices(lenient=lenient, day_first=day_first, header=header)

    async def main() -> int:
        directory = data_directory(config)
        size = sum(path.stat().st_size for path in files if path.exists()) / 1e6
        noun = "file" if len(files) == 1 else "files"
        sys.stderr.write(f"Reading {len(files)} {noun}, {size:,.1f} MB ...\n")
        with ImportProgress() as progress:
            space, reports = Shelf(directory).add(
                name,
                files,
                choices,
                replacing=replace,
                limits=ImportLimits(memory * MEBIBYTE),
                on_step=progress.show,
            )
        for report in reports:
            _tell_file(report)
        with ImportProgress() as progress:
            progress.show(Step("", "trying questions"))
            checked = await check_space(space, directory)
        answered = [one.question for one in checked.likely if one.rows]
        write_sample_questions(space.folder / SPACE_FILE, answered[:8])
        _tell_added(space, answered)
        return 0

    _run(main)


@app.command()
def check(space: Named = "", name: Name = "", config: Config = None) -> None:
    """Check a space file after an edit, and list questions that get an answer."""

    async def main() -> int:
        directory = data_directory(config)
        found = Shelf(directory).find(_one_name(space, name))
        checked = await check_space(found, directory)
        print(f"{found.folder / SPACE_FILE}: no faults.")
        _tell_tables(checked)
        _tell_questions(checked)
        return outcome.FAILED if any(one.why_not for one in checked.own) else 0

    _run(main)


@app.command("list")
def list_spaces(config: Config = None) -> None:
    """List your own spaces."""

    async def main() -> int:
        spaces = Shelf(data_directory(config)).list()
        for one in spaces:
            tables = ", ".join(one.tables)
            print(f"{one.name}  {one.title}  {len(one.tables)} tables ({tables})  {_size(one)}")
            if one.fault:
                print(f"    cannot be used: {one.fault}")
        if not spaces:
            print("None yet. Try: aislides data add sales.csv --name Sales")
        return 0

    _run(main)


@app.command()
def remove(
    space: Named = "",
    name: Name = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    config: Config = None,
) -> None:
    """Remove one of your spaces: its tables and its space file, not your files."""

    async def main() -> int:
        shelf = Shelf(data_directory(config))
        found = shelf.find(_one_name(space, name))
        if not yes and not typer.confirm(f"Remove “{found.title}” ({found.folder})?"):
            return outcome.FAILED
        shelf.remove(found.name)
        print(f"Removed {found.title}.")
        return 0

    _run(main)


def data_directory(config: Path | None) -> Path:
    """Where the local workspace keeps its data. Raises SettingsError."""
    settings = load_settings(
        Settings, other_sections=OTHER_SECTIONS, path=config_path(config), environ=merged()
    )
    return settings.local_workspace.data_directory


def _run(main: Callable[[], Coroutine[Any, Any, int]]) -> None:
    async def told() -> int:
        try:
            return await main()
        except SpaceFileError as error:
            for fault in error.faults:
                sys.stderr.write(f"{fault}\n")
            return outcome.FAILED

    outcome.run(told)


def _one_name(argument: str, option: str) -> str:
    if bool(argument) == bool(option):
        raise typer.BadParameter("name one space, such as: aislides data check Sales")
    return argument or option


def _tell_file(report: FileReport) -> None:
    print(f"\n{report.file} -> table {report.table}: {report.rows:,} rows, {report.format}")
    for doubt in report.check:
        print(f"  ! {doubt}")
    wide = max((len(column.name) for column in report.columns[:SHOWN_COLUMNS]), default=0)
    for column in report.columns[:SHOWN_COLUMNS]:
        empty = f", {column.empty:,} empty" if column.empty else ""
        print(f"    {column.name:<{min(wide, 40)}}  {column.read_as}{empty}")
    rest = report.columns[SHOWN_COLUMNS:]
    if rest:
        print(f"    ... and {len(rest):,} more columns")
    for column in report.columns:
        for doubt in column.check:
            print(f"  ! {column.name}: {doubt}")


def _tell_added(space: OwnSpace, answered: list[str]) -> None:
    print(f"\n“{space.title}” is ready. Its words, joins and units were guessed; edit them in")
    print(f"  {space.folder / SPACE_FILE}")
    if names_a_workspace(merged()):
        print("  ! DATABRICKS_HOST is set; unset it, for only the local workspace has this space")
    if answered:
        print("It answers, for example:")
        for question in answered[:6]:
            print(f"  {question}")
    question = answered[0] if answered else "..."
    story = answered[min(1, len(answered) - 1)] if answered else "..."
    print("Then try:")
    print(f'  {outcome.command()} ask "{question}" --space "{space.title}"')
    print(f'  {outcome.command()} generate "{story}" --space "{space.title}"')
    print(f'  {outcome.command()} data check "{space.title}"     after an edit')


def _tell_tables(checked: Checked) -> None:
    for table in checked.catalog.tables.values():
        roles: dict[str, list[str]] = {}
        for column in table.columns.values():
            roles.setdefault(column.role, []).append(column.label)
        print(f"  {table.name}: {table.rows:,} rows, one {table.row} each")
        for role, labels in roles.items():
            shown = ", ".join(labels[:12]) + (" ..." if len(labels) > 12 else "")
            print(f"    {role:<10} {shown}")
    for join in checked.catalog.joins:
        print(
            f"  join {join.name}: {join.many}.{join.many_column} -> {join.one}.{join.one_column}, "
            f"{join.matched:.0%} of the rows find theirs"
        )


def _tell_questions(checked: Checked) -> None:
    print("Questions that get an answer:")
    for one in (*checked.own, *checked.likely):
        if one.rows:
            print(f"  ✓ {one.question}  ({one.rows:,} {'row' if one.rows == 1 else 'rows'})")
    for one in checked.own:
        if one.why_not:
            print(f"  ✗ {one.question}: {one.why_not}")


def _size(space: OwnSpace) -> str:
    return f"{space.bytes / 1e6:,.1f} MB"
