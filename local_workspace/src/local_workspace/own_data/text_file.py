# ruff: noqa: S608 - names are ours (`raw`, `c0`, ...) or quoted, texts are quoted
"""One text file becomes one Parquet file, through a clean copy and a staged table of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from local_workspace.own_data import shapes
from local_workspace.own_data.clean_copy import CleanCopy, write_clean_copy
from local_workspace.own_data.counts import Counts, cell, count
from local_workspace.own_data.decision import CELL, Guess
from local_workspace.own_data.frugal import frugal, identifier
from local_workspace.own_data.guess import evidence, guess
from local_workspace.own_data.headers import named_columns
from local_workspace.own_data.layout import detect_layout
from local_workspace.own_data.report import ColumnReport, FileReport
from local_workspace.own_data.steps import OnStep, Step, untold

AT_ONCE = 10
# In a column of words these may be words too; in one of numbers they mean "no number".
KEPT_IN_TEXT = ("na", "none", "missing", "nil")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided. None: guess it. `lenient` pads and cuts ragged rows."""

    lenient: bool = False
    day_first: bool | None = None
    header: bool | None = None


def import_text(
    path: Path,
    table: str,
    target: Path,
    work: Path,
    choices: Choices,
    memory_bytes: int,
    on_step: OnStep = untold,
) -> FileReport:
    """Writes `target` and tells what was guessed. Raises DataError; needs disk, not memory."""
    layout = detect_layout(path, header=choices.header)
    clean = work / "clean.csv"
    copied = write_clean_copy(path, layout, clean, lenient=choices.lenient, on_step=on_step)
    report = FileReport(str(path), table, copied.rows, str(layout), named_columns(copied.headers))
    if not layout.header and choices.header is None:
        report.check.append(
            "the first line looks like data, not like headers; columns are called column_1, "
            "column_2, ... (--header says otherwise)"
        )
    report.check += _left_out(copied)
    if copied.mended:
        report.check.append(
            f"{copied.mended:,} ragged rows were padded or cut, the first at line "
            f"{copied.first_mended:,}"
        )
    columns = [f"c{number}" for number in range(len(report.columns))]
    on_step(Step(str(path), "sorting cells into columns", copied.rows, 1.0))
    with staged(clean, columns, work, memory_bytes) as connection:
        clean.unlink()
        on_step(Step(str(path), "looking at what the cells are", copied.rows, 1.0))
        counts = count(connection, columns, copied.rows)
        told = evidence(counts, layout.delimiter, choices.day_first)
        guesses = [guess(one, told) for one in counts]
        on_step(Step(str(path), "checking the guesses against every cell", copied.rows, 1.0))
        _verify(connection, counts, guesses)
        for column, one, guessed in zip(report.columns, counts, guesses, strict=True):
            _tell(column, one, guessed, connection)
        on_step(Step(str(path), "writing the table", copied.rows, 1.0))
        _write(connection, report.columns, counts, guesses, target)
    return report


def _left_out(copied: CleanCopy) -> list[str]:
    told: list[str] = []
    titles = [title for title in copied.titles if not title.lower().startswith("sep=")]
    if titles:
        named = ", ".join(f"“{title[:60]}”" for title in titles)
        told.append(f"above the headers stood {named}; left out (--header: line 1 has the headers)")
    if copied.blank:
        told.append(f"{copied.blank:,} rows without any value were left out")
    if copied.total:
        told.append(f"{copied.total} adds up the rows above it; left out, or sums would double")
    return told


def staged(
    clean: Path, columns: Sequence[str], work: Path, memory_bytes: int
) -> duckdb.DuckDBPyConnection:
    """A connection with the table `raw`: every cell as text, on disk."""
    connection = frugal(work / "staged.duckdb", memory_bytes)
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
    connection.execute(
        f"CREATE TABLE raw AS SELECT * FROM read_csv(?, columns={{{types}}}, header=false, "
        "auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='\x02', "
        "max_line_size=16777216, buffer_size=33554432)",
        [str(clean)],
    )
    return connection


def _verify(
    connection: duckdb.DuckDBPyConnection, counts: Sequence[Counts], guesses: list[Guess]
) -> None:
    """A guess holds only when it reads every cell; else the column stays text."""
    typed = [(one, g) for one, g in zip(counts, guesses, strict=True) if g.type != "VARCHAR"]
    for start in range(0, len(typed), AT_ONCE):
        part = typed[start : start + AT_ONCE]
        asked = ", ".join(
            f"count(*) FILTER ({one.column} IS NOT NULL AND ({_of(guessed.sql, one)}) IS NULL)"
            for one, guessed in part
        )
        row = connection.execute(f"SELECT {asked} FROM {_cells(part)}").fetchone() or ()
        for (_, guessed), unread in zip(part, row, strict=True):
            if unread:
                guessed.almost = guessed.read_as
                guessed.almost_sql = f"({guessed.sql}) IS NOT NULL"
                guessed.type, guessed.sql, guessed.unit = "VARCHAR", CELL, None
                guessed.read_as = f"text: not all cells are {guessed.almost}"


def _of(sql: str, counts: Counts) -> str:
    return sql.replace(CELL, counts.column)


def _cells(part: Sequence[tuple[Counts, Guess]]) -> str:
    """The columns with what each counts as empty taken out."""
    cells = ", ".join(f"{_cell(one, guessed)} AS {one.column}" for one, guessed in part)
    return f"(SELECT {cells} FROM raw)"


def _cell(counts: Counts, guessed: Guess) -> str:
    if guessed.type != "VARCHAR":
        return cell(counts.column)
    bare = counts.column
    kept = ", ".join(map(shapes.text, _kept(counts)))
    return f"CASE WHEN NOT {shapes.is_empty(bare)} OR lower({bare}) IN ({kept}) THEN {bare} END"


def _tell(
    column: ColumnReport, counts: Counts, guessed: Guess, connection: duckdb.DuckDBPyConnection
) -> None:
    column.type, column.read_as, column.unit = guessed.type, guessed.read_as, guessed.unit
    column.empty = counts.empty
    column.check += guessed.check
    if not guessed.almost_sql:
        return
    source = f"(SELECT rowid + 1 AS n, {cell(counts.column)} AS {counts.column} FROM raw)"
    row = connection.execute(
        f"SELECT count(*), min(n), arg_min({counts.column}, n) FROM {source} "
        f"WHERE {counts.column} IS NOT NULL AND NOT ({_of(guessed.almost_sql, counts)})"
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
    parts: list[str] = []
    for start in range(0, len(columns), AT_ONCE):
        stop = start + AT_ONCE
        pairs = list(zip(counts[start:stop], guesses[start:stop], strict=True))
        made = ", ".join(
            f"{_of(guessed.sql, one)} AS {identifier(column.name)}"
            for column, (one, guessed) in zip(columns[start:stop], pairs, strict=True)
        )
        parts.append(f"(SELECT {made} FROM {_cells(pairs)})")
    if len(parts) > 1:  # all expressions of a wide file at once would not fit in memory
        for number, part in enumerate(parts):
            connection.execute(f"CREATE TABLE part{number} AS SELECT * FROM {part}")
        parts = [f"part{number}" for number in range(len(parts))]
    rows = 2_048 if len(parts) > 1 else 122_880
    connection.execute(
        f"COPY (SELECT * FROM {' POSITIONAL JOIN '.join(parts)}) TO {shapes.text(str(target))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})"
    )


def _kept(counts: Counts) -> tuple[str, ...]:
    """Words for "empty" that are values here: “NA” only among codes such as “EU” and “US”."""
    if counts.na and not counts.short_codes:
        return KEPT_IN_TEXT[1:]
    return KEPT_IN_TEXT
