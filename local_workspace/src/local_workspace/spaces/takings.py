"""Revenue where no column holds it: the price of each ticket sold, or quantity times unit price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure
from local_workspace.spaces.money import INCOME, money_column
from local_workspace.spaces.names import quoted, singular
from local_workspace.spaces.parts_of import orders_of

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_QUANTITIES = frozenset(
    {"quantity", "units", "units sold", "quantity sold", "pieces", "quantity ordered"}
    | {"order quantity", "items sold"}
)
_EACH = frozenset(
    {"unit price", "price", "price each", "price per unit", "selling price", "sale price"}
    | {"sales price", "item price"}
)
_SOLD = frozenset({"sold", "sale", "purchased", "bought", "ordered", "order", "paid", "purchase"})
_ORDERS = frozenset({"order", "sale", "transaction", "purchase", "invoice", "basket"})
_LOWERED = frozenset({"discount", "rebate", "markdown", "refund", "refunded"})
_MONEY = frozenset({"amount", "revenue", "cost", "fee", "spend", "total", "fare", "charge"})


def takings(table: TableInfo) -> list[Measure]:
    """The revenue of sold rows that have a price, or a price and a quantity; else nothing."""
    numbers = [c for c in table.columns.values() if c.role == "measure"]
    prices = [c for c in numbers if _label(c) in _EACH or _label(c) == f"{_row(table)} price"]
    lowered = [c for c in table.columns.values() if _LOWERED & set(_label(c).split())]
    if money_column(table) or table.time is None or len(prices) != 1:
        return []
    price, amounts = prices[0], [c for c in numbers if _label(c) in _QUANTITIES]
    if len(amounts) == 1:
        return _of_pieces(table, amounts[0], price, lowered)
    if amounts or lowered or not _is_sold(table) or _counts(numbers):
        return []
    alone = not any(_MONEY & set(_label(c).split()) for c in numbers)
    told = f"{price.label} of all {_row(table)}s"
    return [_revenue(table, f"sum({quoted(price.name)})", told, price, alone=alone)]


def _of_pieces(
    table: TableInfo, amount: ColumnInfo, price: ColumnInfo, lowered: list[ColumnInfo]
) -> list[Measure]:
    """Quantity times price, less the discount where its values say what it is a part of."""
    worth = f"{quoted(amount.name)} * {quoted(price.name)}"
    told = f"{amount.label} times {price.label}"
    if lowered:
        part = _part_kept(lowered[0]) if len(lowered) == 1 else None
        if part is None:
            return []
        worth, told = f"{worth} * {part}", f"{told}, less {lowered[0].label}"
    revenue = _revenue(table, f"sum({worth})", told, price, alone=True)
    orders = orders_of(table)
    row = orders[0] if orders else _row(table)
    counted = f"count(DISTINCT {quoted(orders[1].name)})" if orders else "count(*)"
    if row not in _ORDERS:
        return [revenue]
    average = Measure(
        name=f"average {row} value", table=table.name, additive=False, unit=price.unit,
        sql=f"sum({worth}) / nullif({counted}, 0)",
        synonyms=[f"average {noun} {tail}" for noun in (row, "order", "basket")
                  for tail in ("value", "size", "amount") if (noun, tail) != (row, "value")],
        description=f"{told}, over the number of {row}s",
    )  # fmt: skip
    return [revenue, average]


def _part_kept(discount: ColumnInfo) -> str | None:
    """What is left of the price: `1 - discount`; None for a discount that may be in money."""
    if discount.role != "measure" or discount.low is None or discount.low < 0:
        return None
    name = f"coalesce({quoted(discount.name)}, 0)"
    words = set(_label(discount).split())
    if discount.high is not None and discount.high <= 1:
        return f"(1 - {name})"
    percent = discount.unit == "%" or words & {"percent", "percentage", "rate"}
    return f"(1 - {name} / 100)" if percent and (discount.high or 0) <= 100 else None


def _revenue(table: TableInfo, sql: str, told: str, price: ColumnInfo, *, alone: bool) -> Measure:
    """`alone`: no other money is in the rows, so that "revenue" can mean nothing else."""
    row = _row(table)
    words = [f"{row} {word}" for word in INCOME]
    return Measure(name=f"{row} revenue", table=table.name, sql=sql, unit=price.unit,
                   synonyms=[*words, *(INCOME if alone else ())], description=told)  # fmt: skip


def _is_sold(table: TableInfo) -> bool:
    """Whether rows are things sold: tickets with a day of sale, orders, purchases."""
    times = [c for c in table.columns.values() if c.role == "time"]
    words = {word for c in times for word in _label(c).split()}
    return bool(_SOLD & (words | set(_row(table).split())))


def _counts(numbers: list[ColumnInfo]) -> bool:
    """Whether something is counted per row, which the price may be one of."""
    return any(c.family == "integer" and c.aggregate == "sum" and not c.unit for c in numbers)


def _label(column: ColumnInfo) -> str:
    return in_english(column.label.lower())


def _row(table: TableInfo) -> str:
    return singular(in_english(table.row).split(" ")[-1])
