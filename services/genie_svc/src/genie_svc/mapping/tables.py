"""Columns and rows into `aislides.deck.v1`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from aislides.deck.v1 import table_pb2 as table
from aislides.genie.v1 import genie_service_pb2 as pb

from genie_svc.domain.cells import RawText
from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.rows import Row

MOST_CHUNK_BYTES: Final = 1024 * 1024

_Value = table.Value

_KINDS: Final[dict[ColumnType, tuple[table.ColumnType.ValueType, Callable[[Any], _Value]]]] = {
    ColumnType.UNKNOWN: (table.COLUMN_TYPE_UNSPECIFIED, lambda cell: _Value(text=cell)),
    ColumnType.BOOLEAN: (table.COLUMN_TYPE_BOOLEAN, lambda cell: _Value(boolean=cell)),
    ColumnType.INTEGER: (table.COLUMN_TYPE_INTEGER, lambda cell: _Value(integer=cell)),
    ColumnType.NUMBER: (table.COLUMN_TYPE_NUMBER, lambda cell: _Value(number=cell)),
    ColumnType.DECIMAL: (table.COLUMN_TYPE_DECIMAL, lambda cell: _Value(decimal=cell)),
    ColumnType.TEXT: (table.COLUMN_TYPE_TEXT, lambda cell: _Value(text=cell)),
    ColumnType.DATE: (table.COLUMN_TYPE_DATE, lambda cell: _Value(date=cell)),
    ColumnType.TIMESTAMP: (table.COLUMN_TYPE_TIMESTAMP, lambda cell: _Value(timestamp=cell)),
    ColumnType.LOCAL_TIMESTAMP: (
        table.COLUMN_TYPE_LOCAL_TIMESTAMP,
        lambda cell: _Value(local_timestamp=cell),
    ),
    ColumnType.JSON: (table.COLUMN_TYPE_JSON, lambda cell: _Value(json=cell)),
    ColumnType.BINARY: (table.COLUMN_TYPE_BINARY, lambda cell: _Value(binary=cell)),
}

_NULL: Final = _Value()


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
        self._makers = [_KINDS[column.type][1] for column in columns]
        self._offset = 0
        self._held: list[table.Row] = []
        self._bytes = 0

    def chunks(self, rows: Iterable[Row]) -> Iterator[pb.RowChunk]:
        """The chunks that these rows complete."""
        for row in rows:
            made = self._row(row)
            size = made.ByteSize() + 8
            if self._bytes + size > MOST_CHUNK_BYTES and self._held:
                yield self._chunk(last=False)
            self._held.append(made)
            self._bytes += size

    def last(self) -> pb.RowChunk:
        """The chunk with what is left; it may be empty."""
        return self._chunk(last=True)

    def _row(self, row: Row) -> table.Row:
        return table.Row(
            values=[
                _NULL
                if cell is None
                else (_Value(text=cell) if type(cell) is RawText else make(cell))
                for make, cell in zip(self._makers, row, strict=True)
            ]
        )

    def _chunk(self, *, last: bool) -> pb.RowChunk:
        chunk = pb.RowChunk(offset=self._offset, rows=self._held, last=last)
        self._offset += len(self._held)
        self._held = []
        self._bytes = 0
        return chunk
