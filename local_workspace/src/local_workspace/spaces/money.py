"""Which column holds the money of a table's rows, and whether it was earned or spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.flows import adds_up
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import singular
from local_workspace.spaces.two_ways import two_ways

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo

_NAMES = (
    "revenue", "sales", "sales amount", "total price", "total amount", "line total", "amount",
    "net sales", "turnover", "order total", "total", "sales revenue", "order amount", "total sales",
    "net amount", "gross sales", "order value", "sale amount", "extended price", "net revenue",
    "net value", "line value", "net total", "net", "gross",
)  # fmt: skip
_BILLED = ("invoice amount", "invoiced amount", "invoice total", "invoice value", "billed amount",
           "bill amount", "invoiced", "billed", "invoice")  # fmt: skip
INCOME = ("revenue", "sales", "turnover", "income", "takings", "sales revenue")
"""What money that came in is called."""
_EARNED = frozenset({"revenue", "sale", "turnover"})
_FEES = frozenset({"fare", "fee", "price", "charge", "toll", "rent"})
_PAID = frozenset({"paid", "charged"})
"""What one row brings in, where nothing is called an amount or revenue."""
_HEADS = _EARNED | {"amount", "total"}
_TELLING_LITTLE = frozenset({"net", "gross", "total", "amount", "value", "price", "line"})
_SPENDING = frozenset(
    {"grant", "expense", "cost", "refund", "payout", "payroll", "salary", "wage", "budget", "claim"}
    | {"loan", "bill", "repair", "fine", "tax", "expenditure", "disbursement", "reimbursement"}
    | {"payslip", "withdrawal", "spend", "ad", "campaign", "maintenance", "defect", "damage"}
)
"""Rows whose money goes out; nobody calls their amount income."""
_COINS = frozenset({"gbp", "usd", "eur", "chf"})
_OUTGOING = frozenset({"pay", "spent", "discount", "vat", "fee", "wages", "overtime", "price"})
_HALF = len(INCOME) // 2
SUMS_OF_MONEY = frozenset(
    {"gift", "donation", "payment", "invoice", "grant", "refund", "fine", "bill", "pledge", "order"}
    | {"sale", "purchase", "transaction", "loan", "transfer", "basket", "contribution"}
)
"""Rows that are an amount of money each, so that it is what they are compared by."""


def money_column(table: TableInfo) -> ColumnInfo | None:
    """The column that holds the money of a row, by the usual names; None when none or two do."""
    numbers = [column for column in table.columns.values() if column.role == "measure"]
    by_name = {in_english(column.label.lower()): column for column in numbers}
    for name in _NAMES:
        if name in by_name:
            return by_name[name]
    rows = {singular(word) for word in table.row.lower().split()}
    summed = [c for c in numbers if c.aggregate == "sum" or adds_up(c, table) == "sum"]
    for heads in (_HEADS, _FEES):
        found = [column for column in summed if _says(column, rows, heads)]
        if found:
            return found[0] if len(found) == 1 else None
    return next((by_name[name] for name in _BILLED if name in by_name), None)


def other_money(column: ColumnInfo, table: TableInfo, catalog: Catalog) -> str:
    """Where other rows hold money that nobody named: with them "takings" may mean two things.

    The rows' name, or nothing where the column's owner has said what it is called.
    """
    guessed = len(set(INCOME) & set(column.synonyms)) > _HALF
    for other in catalog.tables.values() if guessed else ():
        rows = {singular(word) for word in other.row.lower().split()}
        if other.name == table.name or not other.time or rows & _SPENDING or other.label:
            continue
        for told in other.columns.values():
            words = _words(told)
            summed = told.role == "measure" and told.aggregate == "sum"
            coins = (told.unit or "").lower() in _COINS or bool(words & _COINS)
            if summed and coins and not words & (_SPENDING | _OUTGOING):
                return other.row
    return ""


def is_earned(column: ColumnInfo, table: TableInfo) -> bool:
    """Whether the money came in; what is called an amount did, unless the rows are of spending."""
    words = _words(column)
    rows = {singular(word) for word in table.row.lower().split()}
    return bool(words & _EARNED) or (not rows & _SPENDING and two_ways(table) is None)


def _words(column: ColumnInfo) -> set[str]:
    return {singular(word) for word in in_english(column.label.lower()).split()}


def _says(column: ColumnInfo, rows: set[str], heads: frozenset[str]) -> bool:
    """ "net amount of the rental", but neither "insurance amount" nor "tax amount"."""
    words = _words(column)
    return bool(words & heads) and words <= heads | _TELLING_LITTLE | rows | (
        _PAID if heads is _FEES else frozenset()
    )
