"""A clean copy of a text file: UTF-8, commas, one row a line, rows equally wide, cells trimmed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from local_workspace.own_data.errors import DataError, at
from local_workspace.own_data.layout import Layout
from local_workspace.own_data.steps import ROWS_BETWEEN, OnStep, Step, untold

if TYPE_CHECKING:
    from _csv import Reader

MOST_COLUMNS = 2_000
LONGEST_CELL = 1 << 20
TOTALS = (
    "total", "totals", "grand total", "sum", "overall", "summe", "gesamt", "gesamtsumme",
    "gesamtergebnis", "insgesamt", "total général", "totale", "totaal", "suma",
)  # fmt: skip
SHOWN = 5


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """The headers of the file and what became of its rows. `mended` are padded or cut rows,
    `titles` what stands above the headers, `total` a last row that adds up the others."""

    headers: list[str]
    rows: int
    mended: int
    first_mended: int = 0
    titles: tuple[str, ...] = ()
    blank: int = 0
    total: str = ""


def write_clean_copy(
    path: Path, layout: Layout, target: Path, *, lenient: bool, on_step: OnStep = untold
) -> CleanCopy:
    """Copies row by row, in constant memory; the copy has no header.

    Ragged rows raise DataError with their lines, or are padded and cut when `lenient`.
    """
    csv.field_size_limit(LONGEST_CELL)
    size = path.stat().st_size
    with (
        path.open("rb") as file,
        TextIOWrapper(file, encoding=layout.encoding, newline="") as source,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        reader = csv.reader(source, delimiter=layout.delimiter, strict=not lenient)
        rows = _numbered(path, reader)
        titles = [" ".join(" ".join(row).split()) for _, row in islice(rows, layout.skip)]
        start, first = next(rows, (0, []))
        if not first:
            raise DataError(f"{path}: the file is empty; it needs a line of headers and rows")
        width = len(first)
        if width > MOST_COLUMNS:
            raise at(
                path,
                start,
                f"{width:,} columns; at most {MOST_COLUMNS:,} can be read. Keep those you ask "
                "about, or turn columns into rows",
            )
        writer = csv.writer(copy, lineterminator="\n")
        count = mended = first_mended = blank = 0
        if not layout.header:
            writer.writerow(_whole(first))
            count = 1
        ragged: list[str] = []
        total = ""
        for line, row, last in _marked_last(rows):
            if _blank(row):
                blank += 1
                continue
            if last and layout.header and (word := _total(row)):
                total = f"line {line:,} (“{word}”)"
                continue
            if len(row) != width:
                mended, first_mended = mended + 1, first_mended or line
                if not lenient and len(ragged) < SHOWN:
                    ragged.append(f"{path}:{line}: {len(row)} cells, the first line has {width}")
            writer.writerow(_whole((row + [""] * width)[:width] if len(row) != width else row))
            count += 1
            if not count % ROWS_BETWEEN:
                read = file.tell() / size
                on_step(Step(str(path), "reading rows", count, read))
    if ragged:
        more = f"\n... and {mended - SHOWN:,} more lines" if mended > SHOWN else ""
        raise DataError(
            "\n".join(ragged) + more + "\nMend these lines (a delimiter inside a text needs "
            'quotes: "a, b"), or use --lenient to pad short rows and cut long ones'
        )
    if not count:
        raise at(path, start, "headers but no rows; the file needs at least one row")
    headers = first if layout.header else [""] * width
    told = tuple(filter(None, titles))
    return CleanCopy(headers, count, mended, first_mended, told, blank, total)


def _marked_last(
    rows: Iterator[tuple[int, list[str]]],
) -> Iterator[tuple[int, list[str], bool]]:
    """Each row with whether it is the last one that says anything."""
    held: tuple[int, list[str]] | None = None
    for line, row in rows:
        if _blank(row):
            yield line, row, False
            continue
        if held is not None:
            yield (*held, False)
        held = line, row
    if held is not None:
        yield (*held, True)


def _blank(row: list[str]) -> bool:
    return len(row) > 1 and not any(map(str.strip, row))


def _total(row: list[str]) -> str:
    """The word by which a row says that it adds up those above it."""
    word = next((cell.strip() for cell in row if cell.strip()), "")
    return word if word.strip(": ").casefold() in TOTALS and len(row) > 1 else ""


def _whole(row: list[str]) -> list[str]:
    # One empty cell alone would be a blank line, which readers skip.
    return [cell.strip() for cell in row] if len(row) > 1 else [row[0].strip() or "NULL"]


def _numbered(path: Path, reader: Reader) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they start in; blank lines are left out."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise at(path, line, _explained(error)) from None
        if row:
            yield line, row


def _explained(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a cell of more than 1 MiB; a quote is opened here or before and never closed"
    if "end of data" in str(error):
        return "a quote is opened here and never closed"
    return f"{error}; double a quote inside a quoted text, or use --lenient"
