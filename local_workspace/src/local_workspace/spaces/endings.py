"""Those who ended what a row is: cancelled subscriptions, churned customers, staff who left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.model import Measure, NamedFilter
from local_workspace.spaces.names import plural, quoted, singular

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_ENDED = frozenset({"cancelled", "canceled", "cancellation", "cancelation", "cancel", "terminated",
                    "termination", "terminate", "churned", "churn", "left", "leaving", "leave",
                    "exit", "exited", "resignation", "separation", "deactivated"})  # fmt: skip
_CLIENTS = frozenset({"customer", "client", "subscriber", "member", "user", "account",
                      "subscription", "membership", "contract"})  # fmt: skip
_STAFF = frozenset({"employee", "staff member", "worker", "staff", "person"})
_FEES = ("monthly fee", "monthly price", "monthly amount", "monthly charge", "monthly charges",
         "mrr", "monthly recurring revenue", "price per month", "fee per month",
         "monthly revenue")  # fmt: skip


def end_of(table: TableInfo) -> ColumnInfo | None:
    """The date on which the rows that are over have ended; None where no row says so."""
    for column in table.columns.values():
        told = bool(set(column.label.lower().split()) & _ENDED)
        if column.role == "time" and told and 0 < column.nulls < table.rows:
            return column
    return None


def ended_filters(table: TableInfo) -> list[NamedFilter]:
    """Customers who churned, staff who left; nothing for rows that are neither."""
    column = end_of(table)
    rows = _rows(table)
    if column is None or not rows & (_CLIENTS | _STAFF):
        return []
    client = bool(rows & _CLIENTS)
    word = "churned" if client else "attrited"
    held = {value.lower() for c in table.columns.values() for value in c.values}
    if {word, "former"} & (held | {c.label.lower() for c in table.columns.values()}):
        return []
    return [
        NamedFilter(name=f"{table.name} {word}", table=table.name,
                    sql=f"{quoted(column.name)} IS NOT NULL", synonyms=["former"],
                    description=f"{plural(table.row)} whose {column.label} is filled")
    ]  # fmt: skip


def left_words(table: TableInfo) -> tuple[str, ...]:
    """What those are called who ended it, besides the words of the date itself."""
    rows = _rows(table)
    if rows & _CLIENTS:
        return ("churned", "churn", "lost", "left", "quit")
    return ("left", "leaver", "quit", "departed", "resigned") if rows & _STAFF else ()


def _rows(table: TableInfo) -> set[str]:
    return {table.row, *table.synonyms, singular(table.row.split(" ")[-1])}


def recurring_measures(table: TableInfo) -> list[Measure]:
    """The monthly fees of those that have not ended."""
    column = end_of(table)
    by_name = {c.label.lower(): c for c in table.columns.values() if c.role == "measure"}
    fee = next((by_name[name] for name in _FEES if name in by_name), None)
    if column is None or fee is None or fee.label == "mrr":
        return []
    sql = f"sum(CASE WHEN {quoted(column.name)} IS NULL THEN {quoted(fee.name)} ELSE 0 END)"
    rows = plural(table.row)
    return [
        Measure(name="monthly recurring revenue", table=table.name, sql=sql, unit=fee.unit,
                synonyms=["mrr", "recurring revenue"],
                description=f"{fee.label} of the {rows} whose {column.label} is empty")
    ]  # fmt: skip
