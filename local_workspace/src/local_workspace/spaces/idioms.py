"""What business data is usually called: words and measures for tables nobody has described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.flags import yes_condition, yes_word
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.model import Measure, NamedFilter
from local_workspace.spaces.money import INCOME, is_earned, money_column
from local_workspace.spaces.names import plural, quoted, singular_phrase, spoken
from local_workspace.spaces.parts_of import orders_of
from local_workspace.spaces.state_words import needed, others_of, same_as
from local_workspace.spaces.stock_levels import stock_synonyms
from local_workspace.spaces.takings import takings
from local_workspace.spaces.two_ways import two_ways
from local_workspace.spaces.year_columns import words_of_year

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_FAMILIES = (
    ("revenue", "sales", "turnover", "money", "sales amount", "income", "takings", "sales revenue"),
    ("quantity", "units", "units sold", "items sold", "pieces", "unit", "quantity sold"),
    ("cost", "costs", "cost of goods", "cogs", "expense"),
    ("profit", "gross profit", "earnings"),
    ("discount", "discount rate", "markdown", "rebate"),
    ("unit price", "price", "selling price"),
    ("salary", "pay", "wage", "wages", "salaries"),
    ("duration", "length of time"),
    ("amount", "spend", "spending", "amount spent"),
    ("percent complete", "completion percentage", "percentage complete", "completion"),
    ("miles per gallon", "mpg", "fuel efficiency"),
    ("delay", "lateness"),
    ("temperature", "temp"),
    ("headcount", "number of employees"),
    ("precipitation", "rain", "rainfall"),
)
_NOUNS = (
    ("category", "product category", "product group"),
    ("country", "nation"),
    ("city", "town"),
    ("region", "territory", "area"),
    ("channel", "sales channel"),
    ("segment", "customer segment"),
    ("gender", "sex"),
    ("payment method", "payment type", "paid with", "paid by"),
    ("manufacturer", "maker"),
    ("department", "dept"),
)
_ENDS = (
    (frozenset({"cancelled", "canceled", "cancellation", "ended", "end", "terminated",
                "termination", "left", "leaving", "churned", "churn",
                "cancel", "cancelation", "terminate", "leave", "exit", "deactivated",
                "deactivation"}),
     ("active", "current", "live", "running", "ongoing")),
    (frozenset({"closed", "closing", "resolved", "resolution", "completed", "completion",
                "finished", "settled", "settlement", "solved", "fixed"}),
     ("open", "unresolved", "pending", "unfinished", "unsettled")),
    (frozenset({"discharged", "discharge"}), ("not discharged", "undischarged", "still admitted")),
    (frozenset({"returned", "return"}), ("not returned", "unreturned")),
    (frozenset({"delivered", "delivery"}), ("undelivered", "not delivered", "outstanding")),
    (frozenset({"shipped", "dispatched"}), ("unshipped", "not shipped", "outstanding")),
    (frozenset({"paid", "payment"}), ("unpaid", "not paid", "outstanding")),
)  # fmt: skip
"""Words of an end, and what rows are called before it."""
_ENTITIES = (
    ("customer", "client", "buyer"),
    ("product", "article"),
    ("store", "shop", "branch", "outlet"),
    ("employee", "staff member", "worker"),
    ("airline", "carrier"),
    ("franchise", "shop", "outlet"),
    ("plane", "aircraft", "airplane"),
    ("order", "purchase"),
)


_GIVEN = ("income", "donations", "donated", "money raised", "raised", "amount given", "giving")


def column_synonyms(column: ColumnInfo, table: TableInfo) -> list[str]:
    """Other usual words for a column, without those another column of the table owns."""
    label = in_english(column.label.lower())
    taken = {spoken(c.name) for c in table.columns.values() if c.name != column.name}
    found: list[str] = []
    ways = two_ways(table)
    if ways is not None and ways.amount.name == column.name:
        return [label] if label != column.label else []
    if column.role == "measure":
        money = money_column(table)
        families: list[tuple[str, ...]] = [f for f in _FAMILIES if label in f]
        if money and money.name == column.name:
            earned = _earned(column, table)
            families.append(earned)
            families.append(tuple(f"{label} {word}" for word in INCOME if word in earned))
        found = [word for family in families for word in family]
    elif label.startswith("year ") and column.family == "integer":
        found = [label.removeprefix("year ")]
    elif column.role == "time":
        found = _time_words(label, table)
    elif column.role == "dimension":
        found = [word for family in _NOUNS if label in family for word in family]
    found += [*stock_synonyms(column, table), *words_of_year(column, table), label]
    return [word for word in dict.fromkeys(found) if word not in taken and word != column.label]


def _earned(column: ColumnInfo, table: TableInfo) -> tuple[str, ...]:
    """What the money of these rows is called by those whom they belong to."""
    if not is_earned(column, table):
        return ("amount", "money", "spending")
    return _GIVEN if {"gift", "donation", "pledge"} & set(table.row.split(" ")) else _FAMILIES[0]


def _time_words(label: str, table: TableInfo) -> list[str]:
    """ "hire date" is asked as "hired", "opened at" as "opened"."""
    words = label.split()
    if len(words) != 2 or words[1] not in ("date", "at", "on", "time", "day"):
        return []
    verb = words[0]
    if verb in table.row.split() or verb == "order" or verb.endswith(("tion", "sion", "ment")):
        return []
    if verb == "signup":
        return ["signed up", "sign up", "signup"]
    past = verb if verb.endswith("ed") else verb + ("d" if verb.endswith("e") else "ed")
    return [past, *([verb] if past != verb else [])]


def row_synonyms(table: TableInfo) -> list[str]:
    """Words for one row: usual synonyms, and the noun of the table's own unique id."""
    found: list[str] = []
    for column in table.columns.values():
        words = in_english(spoken(column.name)).split()
        unique = table.rows and column.distinct >= table.rows * 0.97 and not column.nulls
        if unique and len(words) > 1 and words[-1] in ("id", "key", "number", "no", "nr", "ref"):
            noun = " ".join(words[:-1])
            if noun not in table.row.split(" ")[-1:]:
                found.append(noun)
            break
    row = singular_phrase(in_english(table.row))
    last = row.split(" ")[-1]
    found += [word for word in (row, last) if word != table.row and word not in _GRAINS]
    for family in _ENTITIES:
        if table.row in family or last in family or set(found) & set(family):
            found += family
    if (money_column(table) or takings(table)) and {"sale", "order", "transaction", "purchase"} & {
        table.row,
        *found,
    }:
        found += ["sold", "sell", "bought", "purchased", "ordered"]
    return [word for word in dict.fromkeys(found) if word != table.row]


def measures(table: TableInfo) -> list[Measure]:
    """Profit and margin where revenue and cost are columns; a share for every yes/no column."""
    found: list[Measure] = []
    names = {in_english(c.label.lower()): c for c in table.columns.values()}
    money, cost = (
        money_column(table),
        next(
            (names[word] for word in ("cost", "costs", "spend", "total cost") if word in names),
            None,
        ),
    )
    if money:
        found += _profits(table, money, cost, names)
    row = table.row.split(" ")[-1]
    nouns_known = {row, *row_synonyms(table)}
    key = next((n for n in ("order", "transaction", "purchase") if n in nouns_known), row)
    orders = orders_of(table)
    if money:
        key = orders[0] if orders else key
        counted = f"count(DISTINCT {quoted(orders[1].name)})" if orders else "count(*)"
        bought = key in ("order", "transaction", "purchase", "sale")
        nouns = dict.fromkeys((key, row, *(("order", "basket") if bought else ())))
        found.append(
            Measure(name=f"average {key} value", table=table.name, additive=False,
                    sql=f"sum({quoted(money.name)}) / nullif({counted}, 0)", unit=money.unit,
                    synonyms=[f"average {noun} {t}" for noun in nouns
                              for t in ("value", "size", "amount")],
                    description=f"{money.label} over the number of {plural(key)}")
        )  # fmt: skip
    for column in table.columns.values():
        if holds := yes_condition(column):
            found += _yes_no(column, table, holds)
    return found


def _profits(
    table: TableInfo, money: ColumnInfo, cost: ColumnInfo | None, names: dict[str, ColumnInfo]
) -> list[Measure]:
    """Profit and margin of rows that know their money and their cost, or their profit itself."""
    found, total = list[Measure](), f"sum({quoted(money.name)})"
    profit = next((names[word] for word in ("profit", "gross profit") if word in names), None)
    if profit is not None and profit.role == "measure":
        earned = f"sum({quoted(profit.name)})"
    elif cost is not None and cost.role == "measure" and profit is None:
        earned = f"sum({quoted(money.name)} - {quoted(cost.name)})"
        found.append(
            Measure(name="profit", table=table.name, sql=earned, synonyms=["gross profit"],
                    description=f"{money.label} minus {cost.label}")
        )  # fmt: skip
    else:
        return []
    if not {"margin", "profit margin"} & set(names):
        found.append(
            Measure(name="margin", table=table.name, format="percent", additive=False,
                    sql=f"{earned} / nullif({total}, 0)",
                    synonyms=["profit margin", "gross margin"],
                    description=f"profit over {money.label}")
        )  # fmt: skip
    return found


def _yes_no(column: ColumnInfo, table: TableInfo, holds: str) -> list[Measure]:
    word, name = yes_word(column), quoted(column.name)
    rows, nouns = plural(table.row), _noun_forms(word)
    rates = [
        f"{noun} {tail}" for noun in (word, *nouns) for tail in ("rate", "share", "percentage")
    ]
    counts = [f"{rows} {word}", *(plural(noun) for noun in nouns)]
    return [
        Measure(name=f"{word} share of {rows}", table=table.name, format="percent",
                additive=False, sql=f"count_if({holds}) / nullif(count({name}), 0)",
                synonyms=rates, description=f"share of {rows} that are {word}"),
        Measure(name=f"{word} {rows}", table=table.name, sql=f"count_if({holds})",
                synonyms=counts, description=f"{rows} that are {word}"),
    ]  # fmt: skip


_GRAINS = frozenset({"day", "week", "month", "quarter", "year", "hour", "date", "time"})
"""Rows of usage by month are no months."""
_BASES = {"fell": "fall", "broke": "break", "took": "take", "ran": "run", "dropped": "drop",
          "opted": "opt", "signed": "sign", "called": "call", "paid": "pay", "cut": "cut",
          "showed": "show", "sold": "sell", "went": "go", "came": "come", "turned": "turn",
          }  # fmt: skip


def _noun_forms(word: str) -> list[str]:
    """The noun of a participle: cancelled - cancellation, fell through - fall through."""
    first, _, rest = word.partition(" ")
    if rest and first in _BASES:
        return [f"{_BASES[first]} {rest}"]
    if word.endswith("ated"):
        return [word[:-3] + "ion", word[:-2] + "ion"]
    if word.endswith("lled"):
        return [word[:-2] + "ation", word[:-3] + "ation"]
    return [word[:-2]] if word.endswith("ed") and len(word) > 5 else []


def filters(table: TableInfo) -> list[NamedFilter]:
    """A named filter for every yes/no column, with its other spellings."""
    found = []
    discount = next((c for c in table.columns.values() if c.label == "discount"), None)
    if discount is not None and discount.role == "measure":
        found.append(
            NamedFilter(name="discounted", table=table.name, sql=f"{quoted(discount.name)} > 0",
                        synonyms=["on discount", "with a discount", "with discount",
                                  "had a discount", "with discounts"],
                        opposites=["undiscounted", "without discount", "without discounts",
                                   "without a discount", "full price", "at full price"],
                        description="sold at a discount")
        )  # fmt: skip
    found += _unfinished(table)
    known = {value.lower() for c in table.columns.values() for value in c.values}
    known |= {c.label.lower() for c in table.columns.values()}
    for column in table.columns.values():
        holds = yes_condition(column)
        if holds is None:
            continue
        word = yes_word(column)
        spellings = [word.replace("lled", "led")] if word.endswith("lled") else []
        spellings += [other for other in same_as(word) if other not in known]
        spellings += needed(word)
        opposites = [f"not {word}", f"un{word}"]
        opposites += [other for other in others_of(word) if other not in known]
        if "opt in" in word:
            spellings += ["opted in", "opt in"]
            opposites += ["opted out", "opt out", "not opted in"]
        found.append(
            NamedFilter(name=f"{table.name} {word}", table=table.name, sql=holds,
                        synonyms=[word, *spellings], opposites=opposites,
                        description=f"{plural(table.row)} that are {word}")
        )  # fmt: skip
    return found


def _unfinished(table: TableInfo) -> list[NamedFilter]:
    """Rows whose date is still empty: active subscriptions, open tickets, unthanked gifts."""
    found: list[NamedFilter] = []
    taken: set[str] = set()
    held = {value.lower() for c in table.columns.values() for value in c.values}
    labels = {c.label for c in table.columns.values()}
    for column in table.columns.values():
        words = set(column.label.lower().split())
        if column.role != "time" or not column.nulls or column.nulls >= table.rows:
            continue
        known = [name for ends, names in _ENDS if words & ends for name in names]
        told = [f"un{word}" for word in words if word.endswith("ed") and len(word) > 4]
        free = [n for n in dict.fromkeys((*known, *told)) if n not in held | labels | taken]
        if not free or (found and not told):
            continue
        taken |= set(free)
        done = [word for word in words if word.endswith("ed") and len(word) > 4]
        free += [f"{no} {word}" for word in done for no in ("not yet", "still not")]
        found.append(
            NamedFilter(name=f"{free[0]} {plural(table.row)}", table=table.name,
                        sql=f"{quoted(column.name)} IS NULL", synonyms=free,
                        description=f"{column.label} is empty")
        )  # fmt: skip
    return found
