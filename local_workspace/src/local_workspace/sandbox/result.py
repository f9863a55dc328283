"""The rows of one statement, as the parent holds them: written cells, cut into chunks."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from local_workspace.sandbox.cells import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a result; precision and scale for DECIMAL only."""

    name: str
    type_name: str
    type_text: str
    precision: int | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Immutable. `truncated` names the limit that cut the rows, and is empty when all are here.

    Chunks stay JSON text until someone asks for them: most are never read twice.
    """

    columns: tuple[Column, ...]
    chunks: tuple[str, ...]
    chunk_rows: int
    row_count: int
    truncated: Literal["", "rows", "bytes"] = ""

    @classmethod
    def of(cls, message: dict[str, Any], chunk_rows: int) -> "Result":
        """The result in a child's answer."""
        return cls(
            columns=tuple(Column(**column) for column in message["columns"]),
            chunks=tuple(message["chunks"]),
            chunk_rows=chunk_rows,
            row_count=message["row_count"],
            truncated=message["truncated"],
        )

    @property
    def size(self) -> int:
        """About how many bytes the rows take."""
        return sum(len(chunk) for chunk in self.chunks)

    def chunk(self, index: int) -> list[list[Cell]]:
        """The rows of one chunk. Raises IndexError."""
        rows: list[list[Cell]] = json.loads(self.chunks[index])
        return rows

    def rows(self) -> list[list[Cell]]:
        """All rows."""
        return [row for index in range(len(self.chunks)) for row in self.chunk(index)]

    def first(self, rows: int) -> "Result":
        """The same result with at most so many rows."""
        if self.row_count <= rows:
            return self
        kept = self.rows()[:rows]
        parts = [kept[at : at + self.chunk_rows] for at in range(0, rows, self.chunk_rows)]
        chunks = tuple(json.dumps(part, ensure_ascii=False) for part in parts)
        return Result(self.columns, chunks, self.chunk_rows, len(kept), "rows")
