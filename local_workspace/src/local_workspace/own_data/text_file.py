# ruff: noqa: S608 - names are ours (`raw`, `c0`, ...) or quoted, texts are quoted
"""One text file becomes one Parquet file, through a clean copy and a staged table of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from local_workspace.own_data import shapes
from local_workspace.own_data.clean_copy import write_clean_copy
from local_workspace.own_data.counts import Counts, cell, count
from local_workspace.own_data.decision import Guess
from local_workspace.own_data.guess import evidence, guess
from local_workspace.own_data.headers import named_columns
from local_workspace.own_data.layout import detect_layout
from local_workspace.own_data.frugal import frugal, identifier
from local_workspace.own_data.report import ColumnReport, FileReport

WIDE = 300
# In a column of words these may be words too; in one of numbers they mean "no number".
KEPT_IN_TEXT = ("na", "none", "missing", "nil")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided. None: guess it. `lenient` pads and cuts ragged rows."""

    lenient: bool = False
    day_first: bool | None = None
    header: bool | None = None


def import_text(
    path: Path, table: str, target: Path, work: Path, choices: Choices, memory_bytes: int
) -> FileReport:
    """Writes `target` and tells what was guessed. Raises DataError; needs disk, not memory."""
    layout = detect_layout(path, header=choices.header)
    clean = work / "clean.csv"
    copied = write_clean_copy(path, layout, clean, lenient=choices.lenient)
    report = FileReport(str(path), table, copied.rows, str(layout), named_columns(copied.headers))
    if not layout.header and choices.header is None:
        report.check.append(
            "the first line looks like data, not like headers; columns are called column_1, "
            "column_2, ... (--header says otherwise)"
        )
    if copied.mended:
        report.check.append(
            f"{copied.mended:,} ragged rows were padded or cut, the first at line "
            f"{copied.first_mended:,}"
        )
    columns = [f"c{number}" for number in range(len(report.columns))]
    with staged(clean, columns, work, memory_bytes) as connection:
        clean.unlink()
        counts = count(connection, columns, copied.rows)
        told = evidence(counts, layout.delimiter, choices.day_first)
        guesses = [guess(one, told) for one in counts]
        _verify(connection, counts, guesses)
        for column, one, guessed in zip(report.columns, counts, guesses, strict=True):
            _tell(column, one, guessed, connection)
        _write(connection, report.columns, counts, guesses, target)
    return report


def staged(
    clean: Path, columns: Sequence[str], work: Path, memory_bytes: int
) -> duckdb.DuckDBPyConnection:
    """A connection with the table `raw`: every cell as text, on disk."""
    connection = frugal(work / "staged.duckdb", memory_bytes)
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
    connection.execute(
        f"CREATE TABLE raw AS SELECT * FROM read_csv(?, columns={{{types}}}, header=false, "
        "auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='\x02', "
        "max_line_size=67108864)",
        [str(clean)],
    )
    return connection


def _verify(
    connection: duckdb.DuckDBPyConnection, counts: Sequence[Counts], guesses: list[Guess]
) -> None:
    """A guess holds only when it reads every cell; else the column stays text."""
    for one, guessed in zip(counts, guesses, strict=True):
        if guessed.type == "VARCHAR":
            continue
        row = connection.execute(
            f"SELECT count(*) FROM (SELECT {cell(one.column)} AS v FROM raw) "
            f"WHERE v IS NOT NULL AND ({guessed.sql}) IS NULL"
        ).fetchone()
        if row and row[0]:
            guessed.almost = guessed.read_as
            guessed.almost_sql = f"({guessed.sql}) IS NOT NULL"
            guessed.type, guessed.sql, guessed.unit = "VARCHAR", "v", None
            guessed.read_as = f"text: not all cells are {guessed.almost}"


def _tell(
    column: ColumnReport, counts: Counts, guessed: Guess, connection: duckdb.DuckDBPyConnection
) -> None:
    column.type, column.read_as, column.unit = guessed.type, guessed.read_as, guessed.unit
    column.empty = counts.empty
    column.check += guessed.check
    if not guessed.almost_sql:
        return
    source = f"(SELECT rowid + 1 AS n, {cell(counts.column)} AS v FROM raw)"
    row = connection.execute(
        f"SELECT count(*), min(n), arg_min(v, n) FROM {source} "
        f"WHERE v IS NOT NULL AND NOT ({guessed.almost_sql})"
    ).fetchone()
    assert row is not None
    column.check.append(
        f"{row[0]:,} of {counts.filled:,} cells are no {guessed.almost}, the first “"
        f"{str(row[2])[:40]}” in row {row[1]:,}. The column stays text; mend these cells to "
        "compute with it"
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    columns: Sequence[ColumnReport],
    counts: Sequence[Counts],
    guesses: Sequence[Guess],
    target: Path,
) -> None:
    made = ", ".join(
        f"{_typed(one, guessed)} AS {identifier(column.name)}"
        for column, one, guessed in zip(columns, counts, guesses, strict=True)
    )
    rows = 2_048 if len(columns) > WIDE else 122_880
    connection.execute(
        f"COPY (SELECT {made} FROM raw) TO {shapes.text(str(target))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})"
    )


def _typed(counts: Counts, guessed: Guess) -> str:
    if guessed.type != "VARCHAR":
        value = f"CASE WHEN v IS NOT NULL THEN {guessed.sql} END"
        return f"list_transform([{cell(counts.column)}], lambda v: {value})[1]"
    bare = counts.column
    kept = ", ".join(map(shapes.text, _kept(counts)))
    return f"CASE WHEN NOT {shapes.is_empty(bare)} OR lower({bare}) IN ({kept}) THEN {bare} END"


def _kept(counts: Counts) -> tuple[str, ...]:
    """Words for "empty" that are values here: “NA” only among codes such as “EU” and “US”."""
    if counts.na and not counts.short_codes:
        return KEPT_IN_TEXT[1:]
    return KEPT_IN_TEXT
