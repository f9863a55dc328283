"""Decodes raw rows into exact cells, within limits, and says what could not be kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from genie_svc.domain.cells import Cell, RawText, decoder
from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.statement import RawRow

Row = tuple[Cell, ...]

_MOST_WARNINGS: Final = 50
_MOST_ROW_CHARACTERS: Final = 240 * 1024


@dataclass(frozen=True, slots=True)
class CellLimits:
    """Columns kept of a result, and characters kept of one cell."""

    columns: int = 1_000
    cell_characters: int = 32_768


class RowDecoder:
    """Decodes the rows of one result in order and gathers warnings.

    A cell that does not fit its type stays as the text that came; nothing is dropped in silence.
    `characters` counts the text of all cells kept so far.
    """

    def __init__(self, columns: Sequence[Column], limits: CellLimits | None = None) -> None:
        self._limits = limits or CellLimits()
        self.columns = tuple(columns[: self._limits.columns])
        self.warnings: list[str] = []
        self.characters = 0
        self._unsaid = 0
        self._position = 0
        self._plans = [(index, decoder(c.type), c) for index, c in enumerate(self.columns)]
        self._cell_characters = min(
            self._limits.cell_characters, max(16, _MOST_ROW_CHARACTERS // max(1, len(self.columns)))
        )
        if len(columns) > len(self.columns):
            self._warn(f"only the first {len(self.columns):,} of {len(columns):,} columns are kept")

    def decode(self, rows: Iterable[RawRow]) -> list[Row]:
        """The rows, decoded; the first call's first row is row 0 in warnings."""
        return [self._row(raw) for raw in rows]

    def _row(self, raw: RawRow) -> Row:
        cells: list[Cell] = []
        given = len(raw)
        most = self._cell_characters
        for index, decode, column in self._plans:
            value = raw[index] if index < given else None
            if value is None:
                cells.append(None)
                continue
            if type(value) is not str:
                value = _as_text(value)
            size = len(value)
            self.characters += size if size <= most else most
            if size > most:
                cells.append(self._cut(value, column))
                continue
            try:
                cells.append(decode(value))
            except ValueError:
                self._warn_cell(column, f"{_shown(value)} is no {column.type_text or 'such value'}")
                cells.append(RawText(value))
        if given < len(self._plans):
            self._warn(f"row {self._position}: {len(self._plans) - given} cells are missing")
        self._position += 1
        return tuple(cells)

    def _cut(self, value: str, column: Column) -> Cell:
        kept = value[: self._cell_characters]
        self._warn_cell(column, f"cut to {len(kept):,} of {len(value):,} characters")
        return kept if column.type in (ColumnType.TEXT, ColumnType.UNKNOWN) else RawText(kept)

    def _warn_cell(self, column: Column, what: str) -> None:
        self._warn(f"column {_shown(column.name)}, row {self._position}: {what}")

    def _warn(self, warning: str) -> None:
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(warning)
            return
        if self._unsaid:
            self.warnings.pop()
        self._unsaid += 1
        self.warnings.append(f"and {self._unsaid:,} more")


def _as_text(value: object) -> str:
    """The cell's text where a server sends JSON numbers or booleans instead of text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return json.dumps(value)


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:39] + "…")
