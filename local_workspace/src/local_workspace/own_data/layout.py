"""Where cells end in a text file, and whether its first line names them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from local_workspace.own_data.encoding import detect_encoding
from local_workspace.own_data.errors import DataError

SAMPLE_CHARACTERS = 256 * 1024
SAMPLE_ROWS = 200
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
DATA = re.compile(r"[$€£]?\s*[-+]?[\d.,'\s]*\d\s*[%€$£]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
YEAR = re.compile(r"(19|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file is written. `header` tells whether its first row names the columns."""

    encoding: str
    delimiter: str
    header: bool = True

    def __str__(self) -> str:
        cells = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        return f"{self.encoding}, cells parted by {cells}"


def detect_layout(path: Path, *, header: bool | None = None) -> Layout:
    """The layout of a text file; `header` overrules the guess. Raises DataError."""
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE_CHARACTERS)
        whole = not file.read(1)
    delimiter = _delimiter(path, sample, whole=whole)
    rows = _rows(sample, delimiter, whole=whole)
    return Layout(encoding, delimiter, _has_header(rows) if header is None else header)


def _delimiter(path: Path, sample: str, *, whole: bool) -> str:
    """The one that cuts most rows into equally many cells, and into several."""
    first = sample.lstrip("\r\n").split("\n", 1)[0].strip().lower()
    if match := re.fullmatch(r"sep=(.)", first):  # Excel's own hint
        raise DataError(
            f"{path}:1: the line “{first}” is for Excel only; delete it (cells are parted by "
            f"{DELIMITERS.get(match.group(1), match.group(1))})"
        )
    if path.suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    scored: list[tuple[float, int, str]] = []
    for preference, delimiter in enumerate(DELIMITERS):
        widths = [len(row) for row in _rows(sample, delimiter, whole=whole)]
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual > 1:
            score = widths.count(usual) / len(widths) + (0.5 if widths[0] == usual else 0)
            scored.append((score, -preference, delimiter))
    return max(scored)[2] if scored else ","


def _rows(sample: str, delimiter: str, *, whole: bool) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                return rows[:SAMPLE_ROWS]
    except csv.Error:  # told with its line when the file is read
        return rows
    return rows if whole else rows[:-1]


def _has_header(rows: list[list[str]]) -> bool:
    """A first row made like the others, with a number where they have numbers, is no header."""
    if len(rows) < 2:
        return True
    first = [cell.strip() for cell in rows[0]]
    below = rows[1:]
    alike = 0
    for place, cell in enumerate(first):
        if cell and DATA.fullmatch(cell) and not YEAR.fullmatch(cell):
            cells = [row[place] for row in below if place < len(row)]
            alike += sum(bool(DATA.fullmatch(one.strip())) for one in cells) > 0.8 * len(cells)
    return not alike
