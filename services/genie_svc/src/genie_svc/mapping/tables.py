"""Columns and rows into `aislides.deck.v1`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aislides.deck.v1 import table_pb2 as table
from aislides.genie.v1 import genie_service_pb2 as pb

from genie_svc.domain.cells import Cell, RawText
from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.rows import Row

MOST_CHUNK_BYTES: Final = 1024 * 1024

_KINDS: Final = {
    ColumnType.UNKNOWN: (table.COLUMN_TYPE_UNSPECIFIED, "text"),
    ColumnType.BOOLEAN: (table.COLUMN_TYPE_BOOLEAN, "boolean"),
    ColumnType.INTEGER: (table.COLUMN_TYPE_INTEGER, "integer"),
    ColumnType.NUMBER: (table.COLUMN_TYPE_NUMBER, "number"),
    ColumnType.DECIMAL: (table.COLUMN_TYPE_DECIMAL, "decimal"),
    ColumnType.TEXT: (table.COLUMN_TYPE_TEXT, "text"),
    ColumnType.DATE: (table.COLUMN_TYPE_DATE, "date"),
    ColumnType.TIMESTAMP: (table.COLUMN_TYPE_TIMESTAMP, "timestamp"),
    ColumnType.LOCAL_TIMESTAMP: (table.COLUMN_TYPE_LOCAL_TIMESTAMP, "local_timestamp"),
    ColumnType.JSON: (table.COLUMN_TYPE_JSON, "json"),
    ColumnType.BINARY: (table.COLUMN_TYPE_BINARY, "binary"),
}
"""The wire's type of a column, and the field of `Value` that holds its cells."""

_CELL_OVERHEAD: Final = 16
"""Bytes that tags, lengths and numbers of one cell take at most."""


def column_to(column: Column) -> table.Column:
    """A column."""
    return table.Column(
        name=column.name,
        type=_KINDS[column.type][0],
        type_text=column.type_text,
        precision=column.precision,
        scale=column.scale,
        unit=column.unit,
        description=column.description,
    )


class RowMapper:
    """Turns the rows of one result into chunks of at most 1 MiB."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._fields = [_KINDS[column.type][1] for column in columns]
        self._row_overhead = _CELL_OVERHEAD * (len(columns) + 1)
        self._chunk = pb.RowChunk()
        self._bytes = 0

    def chunks(self, rows: Iterable[Row]) -> Iterator[pb.RowChunk]:
        """The chunks that these rows complete."""
        for row in rows:
            size = self._row_overhead + sum(map(_most_bytes, row))
            if self._bytes + size > MOST_CHUNK_BYTES and self._bytes:
                yield self._take()
            self._bytes += size
            # Values made in their place: three times faster than made apart and copied in.
            add = self._chunk.rows.add().values.add
            for cell, field in zip(row, self._fields, strict=True):
                value = add()
                if cell is not None:
                    setattr(value, field if type(cell) is not RawText else "text", cell)

    def last(self) -> pb.RowChunk:
        """The chunk with what is left; it may be empty."""
        chunk = self._take()
        chunk.last = True
        return chunk

    def _take(self) -> pb.RowChunk:
        chunk = self._chunk
        self._chunk = pb.RowChunk(offset=chunk.offset + len(chunk.rows))
        self._bytes = 0
        return chunk


def _most_bytes(cell: Cell) -> int:
    """Bytes that the text of a cell takes in UTF-8, at most."""
    if isinstance(cell, str):
        return len(cell) if cell.isascii() else 4 * len(cell)
    return len(cell) if isinstance(cell, bytes) else 0
