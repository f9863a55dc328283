"""Adjectives that only one kind of measure tells: "heaviest", "how long", "most expensive"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.computed import span
from local_workspace.spaces.conversions import SMALL_MONEY
from local_workspace.spaces.names import CURRENCY_CODES
from local_workspace.translate.elapsed_words import lasting

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
    from local_workspace.translate.senses import Sense

_TIME = frozenset({"duration", "length", "wait", "stay", "transit", "elapsed", "lead", "travel",
                   "turnaround", "response", "processing", "resolution", "resolve", "tenure"}
)  # fmt: skip
_TIME_UNITS = frozenset(
    {"nights", "minutes", "hours", "days", "seconds", "ms", "min", "mins", "sec", "secs", "hrs"}
)
MONEY = frozenset({"price", "cost", "fee", "fare", "charge", "amount", "revenue", "rent", "mrr",
                    "sales", "total", "premium", "turnover", "spend", "bill", "value"}
)  # fmt: skip
_WORDS = {
    "time": _TIME | _TIME_UNITS, "weight": frozenset({"weight", "kg", "lbs", "tonnage"}),
    "distance": frozenset({"distance", "km", "miles", "mileage"}), "price": MONEY,
    "age": frozenset({"age"}), "temperature": frozenset({"temperature", "temp"}),
    "wind": frozenset({"wind"}), "rain": frozenset({"precipitation", "rain", "rainfall"}),
    "size": MONEY | {"quantity", "units", "size", "area", "population"},
    "reach": _TIME | _TIME_UNITS | {"distance", "km", "miles"},
    "pay": frozenset({"salary", "wage", "pay", "compensation"}),
    "liking": frozenset({"rating", "score", "satisfaction", "stars"}),
}  # fmt: skip
_ADJECTIVES = {
    "time": ("slowest", "fastest", "quickest", "how long"),
    "weight": ("heaviest", "lightest", "how heavy"),
    "distance": ("farthest", "furthest", "nearest", "closest", "how far"),
    "price": ("most expensive", "priciest", "costliest", "cheapest", "least expensive", "dearest",
              "how expensive"),
    "age": ("oldest", "youngest", "how old"),
    "temperature": ("hottest", "warmest", "coldest", "coolest", "how hot", "how warm", "how cold"),
    "wind": ("windiest",), "rain": ("wettest",),
    "size": ("largest", "biggest", "smallest", "greatest"),
    "reach": ("longest", "shortest"),
    "pay": ("best paid", "highest paid", "lowest paid", "worst paid"),
    "liking": ("best rated", "highest rated", "top rated", "lowest rated", "worst rated"),
}  # fmt: skip
_QUALITY = {word: quality for quality, words in _ADJECTIVES.items() for word in words}


def quality(word: str) -> str | None:
    """The quality an adjective is about; None when a count may tell it too."""
    return _QUALITY.get(word.lower())


def measured_in(unit: str) -> str:
    """What a unit measures: money, a distance, a weight, a time; empty for other units."""
    return next((kind for kind, units in _UNITS.items() if unit.lower() in units), "")


_UNITS = {
    "price": ("usd", "eur", "gbp", "chf", "cents", "pence"),
    "distance": ("miles", "km", "metres"), "weight": ("kg", "g", "tonnes", "lbs"),
    "time": ("minutes", "hours", "days", "seconds", "nights", "weeks", "ms"),
    "temperature": ("celsius", "degrees celsius", "degrees fahrenheit"),
}  # fmt: skip


CURRENCIES = (frozenset(_UNITS["price"]) - {"cents", "pence"}) | CURRENCY_CODES


def dated_state(template: str) -> tuple[str, bool] | None:
    """The date that a filter such as `cancelled_on IS NULL` is about, and whether it is filled."""
    match = _DATED.fullmatch(template)
    return (match.group(2), bool(match.group(1) or match.group(3))) if match else None


_DATED = re.compile(r"(NOT )?\{t\}`?(\w+)`? IS (NOT )?NULL", re.IGNORECASE)


def is_money(column: ColumnInfo) -> bool:
    """Whether the name says that the column holds money, or its small coins do."""
    coins = (column.unit or "").lower() in SMALL_MONEY
    return coins or bool(set(column.label.lower().split()) & MONEY)


def measures_of(wanted: str, catalog: Catalog, tables: frozenset[str]) -> list[tuple[str, str]]:
    """The measure columns, as (table, column), that tell a quality; of `tables` if any does.

    A single measure of a size may be called anything: the one total of invoices is their size.
    """
    found = [
        (table.name, column.name)
        for table in catalog.tables.values()
        for column in table.columns.values()
        if column.role == "measure"
        and _tells(wanted, column)
        and not (wanted in ("size", "price") and is_aside(column, table.row))
    ]
    if wanted in ("time", "reach"):
        found += [pair for table in catalog.tables.values() for pair in _lasting(table)]
    return [pair for pair in found if pair[0] in tables] or ([] if tables else found)


def _lasting(table: TableInfo) -> list[tuple[str, str]]:
    """The time from a row's first date to its last, where no column holds it."""
    pair = lasting(table)
    return [(table.name, span(pair.start, pair.end, pair.unit))] if pair else []


def _tells(wanted: str, column: ColumnInfo) -> bool:
    words = set(column.label.lower().split()) | {(column.unit or "").lower()}
    if wanted in ("size", "price"):
        words.discard("per")
        if column.aggregate != "sum" and wanted == "size":
            return False
    if wanted in ("time", "reach") and words & {"price", "cost", "rate", "per"}:
        return False
    return bool(words & _WORDS[wanted])


def is_aside(column: ColumnInfo, row: str) -> bool:
    """ "shipping cost" of orders: money beside what a row is worth."""
    return bool((_ASIDE & set(column.label.lower().split())) - set(row.split()))


_ASIDE = frozenset(
    {"shipping", "freight", "postage", "delivery", "tax", "vat", "discount", "tip"}
) | (frozenset({"toll", "surcharge", "refund", "insurance", "commission", "deposit"}))


def is_part(column: ColumnInfo, word: str) -> bool:
    """Whether the time is only one part of how long rows take: the wait before a call."""
    return quality(word) in ("time", "reach") and bool(set(column.label.lower().split()) & _PARTS)


_PARTS = frozenset({"wait", "waiting", "queue", "lead", "response", "hold", "handover", "ring"})


def mentioned(senses: tuple[Sense, ...]) -> frozenset[str]:
    """The tables that the words name as rows."""
    return frozenset(s.table for s in senses if s.kind == "table")
