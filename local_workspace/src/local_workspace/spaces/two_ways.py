"""Money that goes both ways in one column: debits and credits, expenses and income.

What was spent and what came in are parts of it; their total alone means nothing to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure
from local_workspace.spaces.names import quoted, singular

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_PAIRS = (
    ("debit", "credit"), ("expense", "income"), ("withdrawal", "deposit"), ("outflow", "inflow"),
    ("outgoing", "incoming"), ("expense", "revenue"), ("payment", "receipt"), ("dr", "cr"),
    ("d", "c"), ("spend", "income"), ("expenses", "income"),
)  # fmt: skip
_AMOUNTS = ("amount", "value", "transaction amount", "sum", "total", "total amount")
_ROWS = frozenset({"transaction", "entry", "statement", "movement", "payment", "cash flow",
                   "expense", "cashflow", "ledger", "account"})  # fmt: skip
_SPENT = ("spend", "spent", "spending", "expenses", "expense", "expenditure",
          "amount spent", "money spent", "outgoings", "money out")  # fmt: skip
_CAME = ("income", "money in", "money received", "earnings")
_NET = ("net", "net cash flow", "cash flow", "net flow", "net total", "savings")


@dataclass(frozen=True, slots=True)
class TwoWays:
    """The column of amounts, and the conditions under which they went out and came in."""

    amount: ColumnInfo
    out: str
    came: str
    signed: bool


def two_ways(table: TableInfo) -> TwoWays | None:
    """How the money of these rows goes both ways; None where it goes one."""
    by_name = {in_english(c.label.lower()): c for c in table.columns.values()}
    amount = next((by_name[n] for n in _AMOUNTS if n in by_name), None)
    if amount is None or amount.role != "measure":
        return None
    for column in table.columns.values():
        held = {singular(value.lower()): value for value in column.values}
        for out, came in _PAIRS if len(held) == len(column.values) <= _FEW else ():
            if {singular(out), came} <= set(held):
                name = quoted(column.name)
                return TwoWays(amount, f"{name} = '{_sql(held[singular(out)])}'",
                               f"{name} = '{_sql(held[came])}'", signed=_below(amount))  # fmt: skip
    rows = {singular(word) for word in table.row.lower().split()}
    if _below(amount) and (amount.high or 0) > 0 and rows & _ROWS:
        name = quoted(amount.name)
        return TwoWays(amount, f"{name} < 0", f"{name} > 0", signed=True)
    return None


_FEW = 4


def two_way_measures(table: TableInfo) -> list[Measure]:
    """What was spent, what came in, and the one less the other."""
    ways = two_ways(table)
    if ways is None:
        return []
    taken = {c.label.lower() for c in table.columns.values()}
    taken |= {value.lower() for c in table.columns.values() for value in c.values}
    name, unit = quoted(ways.amount.name), ways.amount.unit
    size = f"abs({name})" if ways.signed else name
    told = (
        ("spending", f"sum(CASE WHEN {ways.out} THEN {size} ELSE 0 END)", _SPENT, ways.out),
        ("income", f"sum(CASE WHEN {ways.came} THEN {size} ELSE 0 END)", _CAME, ways.came),
        ("net amount", f"sum(CASE WHEN {ways.came} THEN {size} WHEN {ways.out} THEN -{size} "
                       "ELSE 0 END)", _NET, "what came in less what was spent"),
    )  # fmt: skip
    return [
        Measure(name=named, table=table.name, sql=sql, unit=unit,
                synonyms=[w for w in words if w not in taken and w != named],
                description=f"{ways.amount.label} where {where}" if where in sql else where)
        for named, sql, words, where in told
        if named not in taken
    ]  # fmt: skip


def _below(column: ColumnInfo) -> bool:
    return (column.low or 0) < 0


def _sql(value: str) -> str:
    return value.replace("'", "''")
