"""What was spent beside what was planned or what it brought: budgets, return on investment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure, NamedFilter
from local_workspace.spaces.money import money_column
from local_workspace.spaces.names import plural, quoted

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_SPENT = ("spend", "amount spent", "spent", "actual cost", "actual spend", "actual", "ad spend",
          "cost", "total cost", "expenses", "spending")  # fmt: skip
_PLANNED = ("budget", "planned cost", "planned budget", "budgeted cost", "allocated budget")
_MARKETING = frozenset({"campaign", "ad", "advert", "promotion"})


def spend_measures(table: TableInfo) -> list[Measure]:
    """What is left of the budget; what marketing brought in for what was spent on it."""
    spent, planned = _called(table, _SPENT), _called(table, _PLANNED)
    money = money_column(table)
    found: list[Measure] = []
    taken = {c.label.lower() for c in table.columns.values()}
    if spent and planned:
        found.append(
            Measure(name="remaining budget", table=table.name, unit=planned.unit,
                    sql=f"sum({quoted(planned.name)} - {quoted(spent.name)})",
                    synonyms=["budget left", "left of the budget", "unspent budget",
                              "budget remaining", "budget variance"],
                    description=f"{planned.label} less {spent.label}")
        )  # fmt: skip
    rows = {*table.row.split(" "), *table.synonyms}
    if spent and money and money.name != spent.name and rows & _MARKETING:
        cost, gained = f"sum({quoted(spent.name)})", f"sum({quoted(money.name)})"
        for name, words, sql, told in (
            ("roi", ["return on investment"], f"({gained} - {cost}) / nullif({cost}, 0)",
             f"{money.label} less {spent.label}, over {spent.label}"),
            ("roas", ["return on ad spend", "return on advertising spend"],
             f"{gained} / nullif({cost}, 0)", f"{money.label} over {spent.label}"),
        ):  # fmt: skip
            if name not in taken:
                found.append(Measure(name=name, table=table.name, sql=sql, synonyms=words,
                                     additive=False, description=told))  # fmt: skip
    return found


def budget_filters(table: TableInfo) -> list[NamedFilter]:
    """Rows that cost more than was planned."""
    spent, planned = _called(table, _SPENT), _called(table, _PLANNED)
    if spent is None or planned is None:
        return []
    rows = plural(table.row)
    return [
        NamedFilter(name="over budget", table=table.name,
                    sql=f"{quoted(spent.name)} > {quoted(planned.name)}",
                    synonyms=["went over budget", "overspent", "over the budget", "above budget",
                              "over their budget", "exceeded budget", "exceeded their budget",
                              "exceeded the budget", "beyond budget", "exceed their budget"],
                    opposites=["under budget", "within budget", "below budget", "on budget",
                               "under their budget", "within their budget"],
                    description=f"{rows} whose {spent.label} is more than their {planned.label}")
    ]  # fmt: skip


def _called(table: TableInfo, names: tuple[str, ...]) -> ColumnInfo | None:
    numbers = [c for c in table.columns.values() if c.role == "measure"]
    by_name = {in_english(c.label.lower()): c for c in numbers}
    return next((by_name[name] for name in names if name in by_name), None)
