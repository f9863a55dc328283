"""Which numbers of a row add up although their name alone may be that of a level.

A price that was paid is money of the row, and the weight of a harvest is part of all that was
harvested; a list price and the weight of a patient are levels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import singular, spoken

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo
    from local_workspace.spaces.model import Aggregate

_PAID = frozenset({"paid", "charged", "billed", "collected", "invoiced", "received", "settled"})
_PRICES = frozenset({"price", "fee", "fare", "cost"})
_COUNTS = frozenset({"quantity", "qty", "units", "unit", "pieces", "items", "cases"})
_BULK = frozenset({"weight", "tonnage", "mass"})
_HANDLED = frozenset(
    {"shipment", "delivery", "harvest", "collection", "consignment", "round", "haul", "catch"}
    | {"pickup", "dispatch", "export", "import", "purchase", "sale", "order", "production", "yield"}
    | {"landing", "disposal", "freight", "cargo", "batch", "transport", "donation", "crop"}
)
"""Rows of goods that are moved or made; of them there is so much in all."""
_LEVELS = frozenset({"average", "avg", "mean", "max", "min", "limit", "per", "target", "unit"})


def adds_up(column: ColumnInfo, table: TableInfo) -> Aggregate | None:
    """ "sum" for a price paid per row and for goods handled; None where the name alone decides."""
    words = set(in_english(spoken(column.name)).split())
    if column.role != "measure" or table.time is None or words & _LEVELS:
        return None
    if words & _PRICES and words & _PAID:
        return None if _counted(table) else "sum"
    rows = {singular(word) for word in in_english(table.row).split()}
    return "sum" if words & _BULK and rows & _HANDLED else None


def _counted(table: TableInfo) -> bool:
    """Whether rows say how many were bought, so that their price may be one of each."""
    labels = (c.label.lower().split() for c in table.columns.values() if c.role == "measure")
    return any(_COUNTS & set(words) for words in labels)
