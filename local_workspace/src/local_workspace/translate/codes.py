"""Short codes that columns hold for common words, and what people call them.

A code of a letter or two says something only under a name that tells what it is a code of.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.spaces.shortening import PLAIN, shortens
from local_workspace.translate.forms import is_participle
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_CODE = re.compile(r"[A-Z]{2,5}")
_MOST = 30

_CODES: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (frozenset({"status", "state", "outcome", "result", "stage"}),
     {"canc": "cancelled", "cncl": "cancelled", "cxl": "cancelled", "cxld": "cancelled",
      "cancel": "cancelled", "clsd": "closed", "opn": "open", "nosh": "no-show",
      "noshow": "no-show", "no_show": "no-show", "ns": "no-show",
      "pend": "pending", "pndg": "pending", "appr": "approved", "rej": "rejected",
      "rejd": "rejected", "cmpl": "completed", "compl": "completed", "comp": "completed",
      "inact": "inactive", "susp": "suspended", "dlvd": "delivered", "delv": "delivered",
      "shpd": "shipped", "rtd": "returned", "rtnd": "returned", "rfnd": "refunded",
      "refd": "refunded", "resv": "reserved", "conf": "confirmed", "cnf": "confirmed",
      "expd": "expired", "fin": "finished", "prog": "in progress", "wip": "in progress"}),
    (frozenset({"priority", "urgency", "severity", "risk"}),
     {"e": "emergency", "u": "urgent", "r": "routine", "h": "high", "m": "medium", "l": "low",
      "n": "normal", "c": "critical", "hi": "high", "med": "medium", "lo": "low"}),
    (frozenset({"payment", "pay", "paid", "method", "tender"}),
     {"dd": "direct debit", "cc": "credit card", "dc": "debit card", "chq": "cheque",
      "chk": "cheque", "bt": "bank transfer", "pp": "paypal", "cod": "cash on delivery",
      "inv": "invoice", "xfer": "transfer", "so": "standing order", "bacs": "bank transfer"}),
    (frozenset({"frequency", "interval", "cadence", "cycle", "period", "billing", "schedule"}),
     {"d": "daily", "w": "weekly", "wk": "weekly", "f": "fortnightly", "bw": "biweekly",
      "m": "monthly", "mth": "monthly", "q": "quarterly", "y": "yearly", "a": "annual"}),
    (frozenset({"type", "contract", "employment", "basis"}),
     {"perm": "permanent", "temp": "temporary", "ft": "full-time", "pt": "part-time",
      "ctr": "contract", "frl": "freelance", "int": "internal", "ext": "external"}),
    (frozenset({"customer", "client", "buyer", "account", "segment"}),
     {"b2b": "business", "b2c": "consumer", "corp": "corporate", "priv": "private",
      "ent": "enterprise", "smb": "small business", "b": "business", "p": "private",
      "i": "individual"}),
    (frozenset({"plan", "rate", "tier", "tariff", "class", "cabin", "ticket", "fare", "service",
                "level", "priority", "type", "grade"}),
     {"sr": "senior", "jr": "junior",
      "std": "standard", "prem": "premium", "corp": "corporate", "wknd": "weekend",
      "promo": "promotion", "eco": "economy", "econ": "economy", "bus": "business",
      "exp": "express", "dlx": "deluxe", "lux": "luxury", "cmp": "compact", "cmpct": "compact",
      "int": "international", "intl": "international", "dom": "domestic", "med": "medium"}),
)  # fmt: skip
_SPELLINGS = {
    "no-show": ("no show", "noshow"), "full-time": ("full time",), "part-time": ("part time",),
    "cheque": ("check",), "promotion": ("promotional", "promo"), "annual": ("yearly",),
    "yearly": ("annual",), "fortnightly": ("every two weeks",), "cancelled": ("canceled",),
}  # fmt: skip


def code_words(value: str, label: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """What the code means under that label; nothing where another value has that name itself."""
    told = set(label.lower().split())
    found = [
        codes[value.lower()] for names, codes in _CODES if names & told and value.lower() in codes
    ]
    numbered = re.fullmatch(r"([a-z])(\d{1,2})", value.lower())
    for word in told if numbered else ():
        if numbered and word.startswith(numbered.group(1)) and len(word) > 3:
            found += [f"{word} {numbered.group(2)}", f"{word[:3]} {numbered.group(2)}"]
    words = [w for word in found for w in (word, *_SPELLINGS.get(word, ()))]
    # Most values are no codes: only of those that are, all others are looked at.
    held = {v.lower() for v in values} if words else set()
    return tuple(dict.fromkeys(w for w in words if w not in held))


def coded(word: str, catalog: Catalog) -> tuple[Sense, ...]:
    """The one code of the data that is short for a word that nothing else explains."""
    if len(word) < 4 or not word.isalpha():
        return ()
    found = [
        (column, code)
        for column in _code_columns(catalog)
        for code in column.values
        if len(code) > 2 and any(_means(code.lower(), form) for form in (word, singular(word)))
    ]
    if len({(column.label, code) for column, code in found}) != 1:
        return ()
    return tuple(Sense("value", c.table, c.name, code, weak=True) for c, code in found)


def _means(code: str, word: str) -> bool:
    """Whether the code is short for the word; "carried" is no CAR, though cardiac may be CARD."""
    return shortens(code, word) and not (code in PLAIN and is_participle(word))


@lru_cache(maxsize=64)
def _code_columns(catalog: Catalog) -> tuple[ColumnInfo, ...]:
    """Columns of short codes that no table spells out."""
    joined = {(j.many, j.many_column) for j in catalog.joins}
    joined |= {(j.one, j.one_column) for j in catalog.joins}
    return tuple(
        column
        for table in catalog.tables.values()
        for column in table.columns.values()
        if column.role == "dimension"
        and (table.name, column.name) not in joined
        and 1 < len(column.values) <= _MOST
        and all(map(_CODE.fullmatch, column.values))
        and not any(column.value_words.values())
    )
