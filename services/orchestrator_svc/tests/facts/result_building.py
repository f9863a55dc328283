"""Results for tests, from plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.table_pb2 import ColumnType
from orchestrator_svc.deck.values import PythonValue, from_python

TYPES = (
    (bool, ColumnType.COLUMN_TYPE_BOOLEAN),
    (int, ColumnType.COLUMN_TYPE_INTEGER),
    (float, ColumnType.COLUMN_TYPE_NUMBER),
    (Decimal, ColumnType.COLUMN_TYPE_DECIMAL),
    (datetime, ColumnType.COLUMN_TYPE_LOCAL_TIMESTAMP),
    (date, ColumnType.COLUMN_TYPE_DATE),
    (str, ColumnType.COLUMN_TYPE_TEXT),
)


def result(
    names: str | Sequence[str],
    rows: Sequence[Sequence[PythonValue]],
    *,
    id: str = "r1",  # noqa: A002
    sql: str = "",
    units: dict[str, str] | None = None,
    truncated: bool = False,
) -> Result:
    """A result whose column types follow the first cell that is not NULL."""
    columns = names.split() if isinstance(names, str) else list(names)
    made = Result(id=id, row_count=len(rows), truncated=truncated, question=f"question of {id}")
    made.source.sql = sql
    for position, name in enumerate(columns):
        cells = [row[position] for row in rows if row[position] is not None]
        made.columns.add(name=name, type=_type(cells), unit=(units or {}).get(name, ""))
    for row in rows:
        made.rows.add(values=[from_python(cell) for cell in row])
    return made


def _type(cells: Sequence[PythonValue]) -> ColumnType.ValueType:
    if any(isinstance(cell, float) for cell in cells):
        return ColumnType.COLUMN_TYPE_NUMBER
    for kind, column_type in TYPES:
        if cells and isinstance(cells[0], kind):
            return column_type
    return ColumnType.COLUMN_TYPE_TEXT
