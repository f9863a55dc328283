"""Small query results for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from aislides.deck.v1 import result_pb2, table_pb2

Cell = None | bool | int | float | Decimal | str | date


def value(cell: Any) -> table_pb2.Value:
    """The cell as it travels."""
    match cell:
        case None:
            return table_pb2.Value()
        case bool():
            return table_pb2.Value(boolean=cell)
        case int():
            return table_pb2.Value(integer=cell)
        case float():
            return table_pb2.Value(number=cell)
        case Decimal():
            return table_pb2.Value(decimal=str(cell))
        case date():
            return table_pb2.Value(date=cell.isoformat())
        case _:
            return table_pb2.Value(text=str(cell))


_TYPES = {
    bool: table_pb2.COLUMN_TYPE_BOOLEAN,
    int: table_pb2.COLUMN_TYPE_INTEGER,
    float: table_pb2.COLUMN_TYPE_NUMBER,
    Decimal: table_pb2.COLUMN_TYPE_DECIMAL,
    date: table_pb2.COLUMN_TYPE_DATE,
    str: table_pb2.COLUMN_TYPE_TEXT,
}


def result(
    result_id: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], **extra: Any
) -> result_pb2.Result:
    """A result whose column types follow from its first non-null cells."""
    described = []
    for position, name in enumerate(columns):
        cells = [row[position] for row in rows if row[position] is not None]
        kind = _TYPES[type(cells[0])] if cells else table_pb2.COLUMN_TYPE_TEXT
        described.append(table_pb2.Column(name=name, type=kind))
    return result_pb2.Result(
        id=result_id,
        question=extra.pop("question", f"question of {result_id}"),
        columns=described,
        rows=[table_pb2.Row(values=[value(cell) for cell in row]) for row in rows],
        row_count=extra.pop("row_count", len(rows)),
        source=result_pb2.Source(space_title="Test space", sql=f"SELECT {', '.join(columns)}"),
        **extra,
    )


def monthly_delays(result_id: str = "r1") -> result_pb2.Result:
    """Average departure delay by month of 2013: the true figures of the flight data."""
    delays = [10.04, 10.82, 13.23, 13.94, 12.99, 20.85, 21.73, 12.61, 6.72, 6.24, 5.44, 16.58]
    flights = [27004, 24951, 28834, 28330, 28796, 28243, 29425, 29327, 27574, 28889, 27268, 28135]
    rows = [
        [date(2013, month, 1), delay, count]
        for month, (delay, count) in enumerate(zip(delays, flights, strict=True), start=1)
    ]
    return result(
        result_id,
        ["month", "avg_departure_delay_minutes", "flights"],
        rows,
        question="average departure delay and number of flights by month in 2013",
    )


def delays_by_origin(result_id: str = "r2") -> result_pb2.Result:
    """Average departure delay by origin airport."""
    rows: list[list[Cell]] = [
        ["EWR", 15.11, 120835],
        ["JFK", 12.11, 111279],
        ["LGA", 10.35, 104662],
    ]
    return result(
        result_id,
        ["origin", "avg_departure_delay_minutes", "flights"],
        rows,
        question="average departure delay by origin airport in 2013",
    )


def delays_by_carrier(result_id: str = "r3") -> result_pb2.Result:
    """Average departure delay and flights by airline."""
    rows: list[list[Cell]] = [
        ["Frontier", 20.22, 682],
        ["ExpressJet", 19.96, 51356],
        ["AirTran", 18.73, 3175],
        ["Southwest", 17.71, 12083],
        ["Endeavor", 16.73, 17416],
        ["JetBlue", 13.02, 54169],
        ["United", 12.11, 57979],
        ["American", 8.59, 32093],
        ["US Airways", 3.78, 19873],
    ]
    return result(
        result_id,
        ["airline", "avg_departure_delay_minutes", "flights"],
        rows,
        question="average departure delay and number of flights by airline in 2013",
    )


def cancellations_by_month(result_id: str = "r4") -> result_pb2.Result:
    """Cancelled flights by month and origin airport; made up."""
    cancelled = {
        "EWR": [181, 422, 291, 236, 224, 425, 373, 192, 193, 116, 94, 428],
        "JFK": [88, 266, 168, 112, 149, 273, 287, 131, 123, 42, 53, 171],
        "LGA": [252, 573, 402, 320, 190, 311, 280, 163, 136, 78, 86, 426],
    }
    rows = [
        [date(2013, month, 1), origin, count]
        for origin, counts in cancelled.items()
        for month, count in enumerate(counts, start=1)
    ]
    return result(
        result_id,
        ["month", "origin", "cancelled_flights"],
        rows,
        question="number of cancelled flights by month and origin airport in 2013",
    )
