"""Files become a folder with Parquet, a space file and a report. Runs in a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from local_workspace.own_data.errors import DataError
from local_workspace.own_data.frugal import frugal, identifier
from local_workspace.own_data.headers import unique
from local_workspace.own_data.parquet_file import import_parquet, is_parquet
from local_workspace.own_data.report import FileReport
from local_workspace.own_data.shapes import text
from local_workspace.own_data.space_text import space_text
from local_workspace.own_data.steps import OnStep, Step, untold
from local_workspace.own_data.text_file import Choices, import_text
from local_workspace.spaces import Space, infer_space
from local_workspace.spaces.names import snake

MOST_FILES = 30
SPACE_FILE = "space.yaml"


def import_files(
    title: str,
    name: str,
    files: Sequence[Path],
    folder: Path,
    choices: Choices,
    memory_bytes: int,
    on_step: OnStep = untold,
) -> list[FileReport]:
    """Fills `folder`; raises DataError and then leaves it to the caller to throw away."""
    if not files or len(files) > MOST_FILES:
        raise DataError(f"A space has 1 to {MOST_FILES} files, one table each; got {len(files)}")
    reports: list[FileReport] = []
    taken: set[str] = set()
    for path in files:
        table = unique(table_name(path), taken)
        taken.add(table)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            on_step(Step(str(path), "looking at the file"))
            reports.append(_import(path, table, folder, Path(work), choices, memory_bytes, on_step))
    on_step(Step("", "guessing names, joins and units"))
    space = _inferred(title, name, [report.table for report in reports], folder, memory_bytes)
    (folder / SPACE_FILE).write_text(space_text(space, reports), encoding="utf-8")
    return reports


def table_name(path: Path) -> str:
    """The file's name as a table: `Sales 2024.csv` is `sales_2024`, `2024.csv` is `t_2024`."""
    name = snake(path.name.split(".")[0])[:60]
    return f"t{name}" if name.startswith("_") else name


def _import(
    path: Path,
    table: str,
    folder: Path,
    work: Path,
    choices: Choices,
    memory_bytes: int,
    on_step: OnStep,
) -> FileReport:
    target = folder / f"{table}.parquet"
    try:
        if not path.is_file():
            raise DataError(f"{path}: there is no such file")
        if path.stat().st_size == 0:
            raise DataError(f"{path}: the file is empty; it needs a line of headers and rows")
        if is_parquet(path):
            on_step(Step(str(path), "copying the table"))
            with frugal(work / "parquet.duckdb", memory_bytes) as connection:
                return import_parquet(path, table, target, connection)
        return import_text(path, table, target, work, choices, memory_bytes, on_step)
    except OSError as error:
        raise DataError(f"{error.filename or path}: {error.strerror}") from None


def _inferred(
    title: str, name: str, tables: Sequence[str], folder: Path, memory_bytes: int
) -> Space:
    with (
        tempfile.TemporaryDirectory(dir=folder) as work,
        frugal(Path(work) / "infer.duckdb", memory_bytes) as connection,
    ):
        for table in tables:
            source = text(str(folder / f"{table}.parquet"))
            connection.execute(
                f"CREATE VIEW {identifier(table)} AS SELECT * FROM read_parquet({source})"  # noqa: S608
            )
        space = infer_space(title, tables, connection)
    return space.model_copy(update={"name": name, "title": title})
