"""The money of rows: which number tells it, and whether it came in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.money import INCOME, is_earned, money_column
from local_workspace.translate.qualities import measured_in
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, TableInfo

_SUM = re.compile(r"SUM\(\{t\}`?(\w+)`?\)\{f\}(?: / 100(?:\.0)?)?", re.IGNORECASE)
_COSTS = frozenset(
    {"cost", "costs", "expense", "expenses", "budget", "salary", "insurance", "tax", "vat"}
    | {"disc", "discount", "discounts", "rebate", "rebates", "refund", "refunds", "refunded"}
)


def money_of(table: TableInfo, catalog: Catalog) -> Sense | None:
    """What tells the money of the rows: a named total of the column, or the column itself."""
    column = money_column(table)
    if column is None:
        columns = [
            c
            for c in table.columns.values()
            if c.role == "measure" and c.aggregate == "sum" and _holds_money(c.label, c.unit)
        ]
        column = columns[0] if len(columns) == 1 else None
    if column is None or not table.time:
        return None
    for measure in catalog.measures:
        summed = _SUM.fullmatch(measure.template)
        if measure.table == table.name and summed and summed.group(1) == column.name:
            return Sense("measure", table.name, measure.name)
    return Sense("column", table.name, column.name)


def earned_by(table: TableInfo, catalog: Catalog) -> Sense | None:
    """The money that the rows brought in; None where theirs is spent."""
    named = _named_income(table, catalog)
    if named is not None:
        return named
    sense = money_of(table, catalog)
    if sense is None:
        return None
    column = money_column(table)
    label = sense.name if sense.kind == "measure" else table.columns[sense.name].label
    spent = set(label.lower().split()) & _COSTS
    return None if spent or (column and not is_earned(column, table)) else sense


def _named_income(table: TableInfo, catalog: Catalog) -> Sense | None:
    """The one total that the space itself calls revenue, takings or the like."""
    told = [
        m
        for m in catalog.measures
        if m.table == table.name
        and m.additive
        and (measured_in(m.unit or "") == "price" or m.name.lower().split()[-1] == "revenue")
        and {m.name.lower(), *map(str.lower, m.synonyms)} & set(INCOME)
    ]
    return Sense("measure", table.name, told[0].name) if len(told) == 1 else None


def _holds_money(label: str, unit: str | None) -> bool:
    words = set(label.lower().split())
    told = (unit or "").lower() in ("pence", "cents") or measured_in(unit or "") == "price"
    return (told or is_money_word(words)) and not words & {"per", "rate"}


def is_money_word(words: set[str]) -> bool:
    """Whether one of the words names money."""
    return bool(words & _MONEY)


_MONEY = frozenset({"amount", "revenue", "price", "fee", "fees", "fare", "cost", "value", "mrr"})
