"""Things in stock, one row each: what they are worth, which run low, which are out of stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure, NamedFilter
from local_workspace.spaces.names import quoted

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

STOCK = ("stock on hand", "stock", "on hand", "quantity on hand", "stock level", "stock quantity",
         "quantity in stock", "units in stock", "in stock", "current stock", "inventory",
         "inventory level", "on hand quantity", "stock count")  # fmt: skip
_FLOORS = ("reorder level", "reorder point", "reorder threshold", "minimum stock", "min stock",
           "safety stock", "minimum stock level", "min stock level")  # fmt: skip
_COSTS = ("unit cost", "cost price", "purchase price", "cost", "cost per unit")
_PRICES = ("unit price", "price", "selling price", "retail price", "list price")


def stock_of(table: TableInfo) -> ColumnInfo | None:
    """The column of how much is there of each thing; None where rows are no things in stock."""
    if table.key is None:
        return None
    return _called(table, STOCK)


def stock_synonyms(column: ColumnInfo, table: TableInfo) -> list[str]:
    """Other words for how much is there."""
    own = stock_of(table)
    return [*STOCK, "current inventory"] if own is not None and own.name == column.name else []


def stock_measures(table: TableInfo) -> list[Measure]:
    """What the stock is worth, at cost or else at its price."""
    stock = stock_of(table)
    each = _called(table, _COSTS) or _called(table, _PRICES)
    if stock is None or each is None:
        return []
    return [
        Measure(name="stock value", table=table.name, unit=each.unit,
                sql=f"sum({quoted(stock.name)} * {quoted(each.name)})",
                synonyms=["value of stock", "inventory value", "value of inventory",
                          "total stock value", "total inventory value", "stock worth",
                          "inventory worth", "value of the stock"],
                description=f"{stock.label} times {each.label}")
    ]  # fmt: skip


def stock_filters(table: TableInfo) -> list[NamedFilter]:
    """Things that are out of stock, and those below the level at which they are ordered again."""
    stock = stock_of(table)
    if stock is None:
        return []
    name = quoted(stock.name)
    found = [
        NamedFilter(name="out of stock", table=table.name, sql=f"{name} <= 0",
                    synonyms=["sold out", "zero stock", "no stock", "without stock",
                              "not in stock", "with zero stock", "with no stock"],
                    description=f"{stock.label} is 0")
    ]  # fmt: skip
    floor = _called(table, _FLOORS)
    if floor is not None:
        label, few = floor.label, f"{name} < {quoted(floor.name)}"
        found.append(
            NamedFilter(name=f"below {label}", table=table.name, sql=few,
                        synonyms=[f"below the {label}", f"under {label}", f"below their {label}",
                                  f"under the {label}", "low on stock", "low stock", "running low",
                                  "understocked", "low in stock", "to reorder", "to be reordered",
                                  "need reordering", "need to be reordered", "below minimum"],
                        opposites=[f"above {label}", f"above the {label}", f"above their {label}"],
                        description=f"{stock.label} is less than {label}")
        )  # fmt: skip
    return found


def _called(table: TableInfo, names: tuple[str, ...]) -> ColumnInfo | None:
    by_name = {in_english(c.label.lower()): c for c in table.columns.values() if _is_number(c)}
    return next((by_name[name] for name in names if name in by_name), None)


def _is_number(column: ColumnInfo) -> bool:
    return column.role == "measure" and column.family in ("integer", "number")
