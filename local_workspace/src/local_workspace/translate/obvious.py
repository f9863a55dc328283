"""By which number "the top 3 products" are chosen when the question names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.money import SUMS_OF_MONEY, money_column
from local_workspace.spaces.names import plural
from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import Metric, Ref
from local_workspace.translate.qualities import is_money, measured_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
    from local_workspace.translate.plan import Group

SELLING = frozenset({"best selling", "bestselling", "top selling", "worst selling"})
TOPS = frozenset({"top", "bottom"}) | SELLING
UNITS = frozenset({"quantity", "units", "pieces", "items", "sold", "tickets", "qty", "cases"})
_EACH = frozenset({"unit", "each", "per", "list", "rate", "percent", "percentage", "salary"})
_SPENT = frozenset({"cost", "costs", "expense", "expenses", "tax", "discount", "insurance"})


def word_of_top(text: str) -> str:
    """The superlative if it names no measure: "top", "best-selling"; else nothing."""
    word = text.lower().replace(" - ", " ").replace("-", " ")
    return word if word in TOPS else ""


def obvious(word: str, table: TableInfo, groups: Sequence[Group], catalog: Catalog) -> Metric:
    """The one number that ranks the things of a table's rows; raises Unbound without one.

    That is the money or the units of rows that are sums of money, such as orders or gifts. A visit
    with a fee could be ranked by both, and the top classes of a gym by more than their number.
    """
    own = any(g.ref and not g.ref.path and g.ref.column in (table.label, table.key) for g in groups)
    if own or not table.time or any(join.one == table.name for join in catalog.joins):
        raise Unbound("say by which measure to rank")
    worth = [c for c in table.columns.values() if c.role == "measure" and _is_worth(c)]
    sums = bool(set(table.row.lower().split()) & SUMS_OF_MONEY)
    money = money_column(table)
    paid = sums and all(c == money or set(c.label.lower().split()) & UNITS for c in worth)
    if paid and len(worth) == 1 and worth[0].aggregate == "sum":
        return Metric("sum", Ref((), table.name, worth[0].name))
    named = [column.label for column in worth]
    if not paid and (worth or word not in SELLING):
        named.append(f"number of {plural(table.row)}")
    told = f", e.g. {' or '.join(named)}" if named else ""
    raise Unbound(f"say by which measure to rank{told}", ambiguous=True)


def _is_worth(column: ColumnInfo) -> bool:
    words = set(column.label.lower().split())
    each = words & _EACH or column.label.startswith("average")
    money = is_money(column) or measured_in(column.unit or "") == "price"
    return bool(money or words & UNITS) and not words & _SPENT and not each
