# ruff: noqa: S608 - names are quoted, texts too
"""One Parquet file becomes ours: names that can be carried, types that can be shown."""

from __future__ import annotations

from pathlib import Path

import duckdb

from local_workspace.own_data import shapes
from local_workspace.own_data.clean_copy import MOST_COLUMNS
from local_workspace.own_data.errors import DataError
from local_workspace.own_data.frugal import identifier
from local_workspace.own_data.headers import named_columns
from local_workspace.own_data.report import ColumnReport, FileReport

MAGIC = b"PAR1"


def is_parquet(path: Path) -> bool:
    """Whether the file says that it is Parquet, by its first bytes."""
    with path.open("rb") as file:
        return file.read(4) == MAGIC


def import_parquet(
    path: Path, table: str, target: Path, connection: duckdb.DuckDBPyConnection
) -> FileReport:
    """Writes `target` and tells what was changed. Raises DataError."""
    source = f"read_parquet({shapes.text(str(path))})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        counted = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
    except duckdb.Error:
        raise DataError(
            f"{path}: the Parquet file is damaged or not complete; write it again"
        ) from None
    rows = int(counted[0]) if counted else 0
    if not rows:
        raise DataError(f"{path}: the file is empty; it needs at least one row")
    if len(described) > MOST_COLUMNS:
        raise DataError(f"{path}: {len(described):,} columns; at most {MOST_COLUMNS:,} can be read")
    report = FileReport(str(path), table, rows, "Parquet")
    made: list[str] = []
    for column, (name, kind, *_) in zip(
        named_columns([row[0] for row in described]), described, strict=True
    ):
        sql = _carried(identifier(name), str(kind).upper(), column)
        if sql is None:
            report.check.append(f"column “{name}” ({kind}) holds binary data and was left out")
            continue
        report.columns.append(column)
        made.append(f"{sql} AS {identifier(column.name)}")
    if not made:
        raise DataError(f"{path}: no column can be used; all hold binary data")
    try:
        connection.execute(
            f"COPY (SELECT {', '.join(made)} FROM {source}) TO {shapes.text(str(target))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    except duckdb.Error as error:
        first = str(error).splitlines()[0][:200]
        raise DataError(f"{path}: the Parquet file cannot be read to its end: {first}") from None
    return report


def _carried(name: str, kind: str, column: ColumnReport) -> str | None:
    """SQL of the column in a type that every later stage knows; None for bytes."""
    column.type = kind
    column.read_as = f"{kind} of the file"
    if kind == "BLOB":
        return None
    if kind == "TIMESTAMP WITH TIME ZONE":
        column.type = "TIMESTAMP"
        column.check.append("times with a zone are stored as UTC without one")
        return f"CAST({name} AT TIME ZONE 'UTC' AS TIMESTAMP)"
    if kind.startswith("TIMESTAMP_"):
        column.type = "TIMESTAMP"
        return f"CAST({name} AS TIMESTAMP)"
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        column.type = "VARCHAR"
        column.check.append("nested values are stored as JSON text")
        return f"CAST(to_json({name}) AS VARCHAR)"
    return name
