"""One result as a table: columns decoded once, with what code needs to know about each."""

from __future__ import annotations

import re
from functools import cached_property

from aislides.deck.v1.fact_pb2 import Format, TimeGrain
from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.table_pb2 import Column, ColumnType

from orchestrator_svc.deck.conditions import conditions
from orchestrator_svc.deck.periods import TimeAxis, time_axis
from orchestrator_svc.deck.values import PythonValue, number_of, to_python

_LIMIT = re.compile(r"\blimit\s+(\d{1,9})\s*\)?\s*;?\s*$", re.IGNORECASE)
_NUMERIC = {
    ColumnType.COLUMN_TYPE_INTEGER,
    ColumnType.COLUMN_TYPE_NUMBER,
    ColumnType.COLUMN_TYPE_DECIMAL,
}


class Table:
    """The columns of a result by name.

    Where a result has the same name twice, the name means the first such column, and `names` lists
    it once. Methods that take a name raise KeyError, listing the names there are.
    """

    def __init__(self, result: Result) -> None:
        self.result = result
        self.id: str = result.id
        self._index: dict[str, int] = {}
        for position, column in enumerate(result.columns):
            self._index.setdefault(column.name, position)
        self._columns: dict[str, list[PythonValue]] = {}
        self._numbers: dict[str, list[float | None]] = {}
        self._axes: dict[str, TimeAxis | None] = {}
        self.formats: dict[str, Format] = {}
        """What `format_for_column` found, by column."""

    @property
    def names(self) -> list[str]:
        """Column names in order, each once."""
        return list(self._index)

    def __contains__(self, name: object) -> bool:
        return name in self._index

    @property
    def row_count(self) -> int:
        """Rows that the query produced; more than `len(rows)` when truncated."""
        return max(self.result.row_count, len(self.result.rows))

    @property
    def truncated(self) -> bool:
        """Whether rows are missing. Then nothing may be totalled."""
        return self.result.truncated or self.result.row_count > len(self.result.rows)

    @cached_property
    def complete(self) -> bool:
        """Whether every row that the question is about is here.

        False for truncated results and for queries that keep the first n by a LIMIT, or rows by
        what they came to: then nothing may be totalled, and the last row is not the lowest there
        is.
        """
        sql = self.result.source.sql
        limit = _LIMIT.search(sql)
        cut = bool(limit and len(self) >= int(limit[1]))
        return not self.truncated and not cut and not conditions(sql).selective

    @cached_property
    def rows(self) -> list[tuple[PythonValue, ...]]:
        """The rows that are here, cells in the order of `names`."""
        columns = [self.column(name) for name in self.names]
        return list(zip(*columns, strict=True))

    def __len__(self) -> int:
        return len(self.result.rows)

    def spec(self, name: str) -> Column:
        """The column's declaration: type, unit, description."""
        return self.result.columns[self._position(name)]

    def column(self, name: str) -> list[PythonValue]:
        """The cells of a column, None for NULL. Do not change the list."""
        if name not in self._columns:
            position = self._position(name)
            self._columns[name] = [
                to_python(row.values[position]) if position < len(row.values) else None
                for row in self.result.rows
            ]
        return self._columns[name]

    def numbers(self, name: str) -> list[float | None]:
        """The cells of a column as finite floats; None for NULL, NaN, infinities and text."""
        if name not in self._numbers:
            self._numbers[name] = [number_of(value) for value in self.column(name)]
        return self._numbers[name]

    def is_numeric(self, name: str) -> bool:
        """Whether the column holds numbers by its declared type."""
        return self.spec(name).type in _NUMERIC

    def is_time(self, name: str) -> bool:
        """Whether the column is a time axis: dates, periods, years, months, hours."""
        return self.axis(name) is not None

    def axis(self, name: str) -> TimeAxis | None:
        """The time axis of the column: grain, order and whether it is cyclic; None for no time."""
        if name not in self._axes:
            self._axes[name] = time_axis(name, self.column(name))
        return self._axes[name]

    def grain(self, name: str) -> TimeGrain.ValueType:
        """The length of one period of a time column; UNSPECIFIED for other columns."""
        axis = self.axis(name)
        return axis.grain if axis else TimeGrain.TIME_GRAIN_UNSPECIFIED

    def unit(self, name: str) -> str:
        """The declared unit of a column, as the query reported it; empty when unknown."""
        return self.spec(name).unit

    def _position(self, name: str) -> int:
        if name not in self._index:
            known = ", ".join(self._index) or "none"
            raise KeyError(f"result {self.id} has no column {name!r}; it has: {known}")
        return self._index[name]
