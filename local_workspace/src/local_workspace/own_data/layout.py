"""Where cells end in a text file, where its table begins, and whether its first row names them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from local_workspace.own_data.encoding import detect_encoding

SAMPLE_CHARACTERS = 256 * 1024
SAMPLE_ROWS = 200
MOST_TITLES = 30
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
DATA = re.compile(r"[$€£]?\s*[-+]?[\d.,'\s]*\d\s*[%€$£]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
YEAR = re.compile(r"(19|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file is written. `header` tells whether its first row names the columns; `skip`
    rows above it are titles."""

    encoding: str
    delimiter: str
    header: bool = True
    skip: int = 0

    def __str__(self) -> str:
        cells = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        return f"{self.encoding}, cells parted by {cells}"


def detect_layout(path: Path, *, header: bool | None = None) -> Layout:
    """The layout of a text file; `header` overrules the guesses. Raises DataError."""
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE_CHARACTERS)
        whole = not file.read(1)
    hint = _hint(sample)
    delimiter = hint or _delimiter(path, sample, whole=whole)
    rows = _rows(sample, delimiter, whole=whole)
    skip = 1 if hint else 0
    if header is None:
        skip += _titles(rows[skip:])
        header = _has_header(rows[skip:])
    return Layout(encoding, delimiter, header, skip)


def _hint(sample: str) -> str | None:
    """The delimiter that Excel's own first line `sep=;` names."""
    first = sample.lstrip("\r\n").split("\n", 1)[0].strip("\r")
    return first[4] if re.fullmatch(r"(?i)sep=.", first) else None


def _titles(rows: list[list[str]]) -> int:
    """How many rows stand above the headers: mostly empty ones, then one of words alone."""
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    for place, row in enumerate(rows[:MOST_TITLES]):
        filled = [cell.strip() for cell in row if cell.strip()]
        if usual > 1 and len(row) == usual and len(filled) >= 0.8 * usual:
            words = all(YEAR.fullmatch(cell) or not DATA.fullmatch(cell) for cell in filled)
            return place if words and _has_header(rows[place:]) else 0
        if len(filled) > usual / 2:
            return 0
    return 0


def _delimiter(path: Path, sample: str, *, whole: bool) -> str:
    """The one that cuts most rows into equally many cells, and into several."""
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
