"""What dates of a row say together: late or on time, and how often an end came at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.model import Measure, NamedFilter
from local_workspace.spaces.names import plural, quoted

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_DUE = frozenset({"promised", "due", "required", "deadline", "expected", "agreed", "target"})
_DONE = frozenset(
    {"delivered", "delivery", "arrived", "arrival", "completed", "completion", "finished", "paid"}
    | {"returned", "return", "shipped", "closed", "resolved", "received", "submitted", "done"}
    | {"ship", "shipping", "dispatched", "dispatch"}
)
_ENDS = {
    "cancelled": ("cancellation", "cancel"), "canceled": ("cancellation", "cancel"),
    "dropped": ("dropout", "drop", "drop-out"), "churned": ("churn",), "returned": ("return",),
    "refunded": ("refund",), "withdrawn": ("withdrawal",), "terminated": ("termination",),
    "renewed": ("renewal",), "converted": ("conversion",), "completed": ("completion",),
    "rejected": ("rejection", "reject"), "opened": ("open",), "clicked": ("click",),
    "unsubscribed": ("unsubscribe",), "bounced": ("bounce",), "readmitted": ("readmission",),
}  # fmt: skip
_LEAVING = ("cancelled", "canceled", "churned", "ended", "left", "terminated", "unsubscribed")
_MEMBERS = ("subscription", "account", "customer", "member", "membership", "contract", "policy")


def due_and_done(table: TableInfo) -> tuple[ColumnInfo, ColumnInfo] | None:
    """The date that was promised and the one it happened; None when a row has not one of each."""
    times = [c for c in table.columns.values() if c.role == "time"]
    due = [c for c in times if _words(c) & _DUE]
    done = [c for c in times if _words(c) & _DONE and c not in due]
    if len(due) != 1 or len(done) != 1 or due[0].family != done[0].family:
        return None
    return due[0], done[0]


def timely_filters(table: TableInfo) -> list[NamedFilter]:
    """ "late" where a row has a promised and an actual date, and nothing else is called so."""
    found = due_and_done(table)
    taken = {value.lower() for c in table.columns.values() for value in c.values}
    taken |= {c.label.lower() for c in table.columns.values()}
    if found is None or taken & {"late", "on time", "delayed"}:
        return []
    due, done = (quoted(column.name) for column in found)
    rows = plural(table.row)
    return [
        NamedFilter(name=f"late {rows}", table=table.name, sql=f"{done} > {due}",
                    synonyms=["late", "delayed", "behind schedule"],
                    opposites=["on time", "punctual", "in time", "not late"],
                    description=f"{found[1].label} after {found[0].label}")
    ]  # fmt: skip


def timely_measures(table: TableInfo) -> list[Measure]:
    """On-time and late rates, and the rate of each end that only some rows have."""
    found: list[Measure] = []
    rows = plural(table.row)
    if timely_filters(table) and (dates := due_and_done(table)):
        due, done = (quoted(column.name) for column in dates)
        known = f"nullif(count({done}), 0)"
        nouns = ("delivery", "arrival", "payment", table.row)
        found += [
            Measure(name=f"on-time rate of {rows}", table=table.name, format="percent",
                    additive=False, sql=f"count_if({done} <= {due}) / {known}",
                    synonyms=["on time rate", "on time share", "on time performance",
                              "on time percentage", "punctuality",
                              *(f"on time {noun} rate" for noun in nouns),
                              *(f"on time {noun}" for noun in nouns)],
                    description=f"share of {rows} with {dates[1].label} by {dates[0].label}"),
            Measure(name=f"late rate of {rows}", table=table.name, format="percent",
                    additive=False, sql=f"count_if({done} > {due}) / {known}",
                    synonyms=["late rate", "lateness rate", "delay rate"],
                    description=f"share of {rows} with {dates[1].label} after {dates[0].label}"),
        ]  # fmt: skip
    for column in table.columns.values():
        ends = _words(column) & set(_ENDS)
        if column.role == "time" and column.nulls and len(ends) == 1:
            found.append(_rate_of(column, ends.pop(), table))
    return found


def _rate_of(column: ColumnInfo, word: str, table: TableInfo) -> Measure:
    """ "cancellation rate": how many rows have the date of the end."""
    nouns = [word, *_ENDS[word]]
    if word in _LEAVING and set(table.row.split()) & set(_MEMBERS):
        nouns += ["churn", "attrition"]
    return Measure(
        name=f"{word} rate of {plural(table.row)}", table=table.name, format="percent",
        additive=False, sql=f"count({quoted(column.name)}) / nullif(count(*), 0)",
        synonyms=[f"{noun} {tail}" for noun in nouns for tail in ("rate", "percentage")],
        description=f"share of all {plural(table.row)} that have a {column.label} date",
    )  # fmt: skip


def _words(column: ColumnInfo) -> set[str]:
    return set(column.label.lower().split())
