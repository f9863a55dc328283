"""Turning identifiers into words, words into identifiers, and plurals into singulars."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from local_workspace.spaces.abbreviations import in_full
from local_workspace.spaces.shortening import explained

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESERVED = frozenset(
    [
        "all",
        "and",
        "anti",
        "any",
        "as",
        "asc",
        "between",
        "both",
        "by",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "cross",
        "current_date",
        "current_time",
        "current_timestamp",
        "current_user",
        "day",
        "default",
        "desc",
        "distinct",
        "drop",
        "else",
        "end",
        "escape",
        "except",
        "exists",
        "false",
        "fetch",
        "filter",
        "for",
        "foreign",
        "from",
        "full",
        "grant",
        "group",
        "having",
        "in",
        "inner",
        "intersect",
        "interval",
        "into",
        "is",
        "join",
        "lateral",
        "leading",
        "left",
        "like",
        "limit",
        "minus",
        "month",
        "natural",
        "not",
        "null",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "outer",
        "overlaps",
        "primary",
        "qualify",
        "references",
        "right",
        "row",
        "rows",
        "select",
        "semi",
        "session_user",
        "set",
        "some",
        "start",
        "table",
        "then",
        "time",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "unknown",
        "update",
        "user",
        "using",
        "values",
        "view",
        "when",
        "where",
        "window",
        "with",
        "year",
    ]
)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
# Units such as kWh and MWh stay whole.
_CAMEL = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])(?!Wh?(?![a-z]))|(?<=[A-Z])(?=[A-Z][a-z])(?!Wh(?![a-z]))"
)
_BRACKETS = re.compile(r"^(.*\w)\W*[(\[]\s*([^()\[\]]{1,12}?)\s*[)\]]$")
_SCALE = re.compile(r"\d+(?:\s*(?:-|–|to)\s*\d+)?")
_CURRENCIES = """
eur usd gbp chf nok sek dkk pln czk huf ron jpy cny rmb inr aud cad nzd zar brl mxn sgd hkd aed
sar thb krw ngn kes isk
"""
CURRENCY_CODES = frozenset(_CURRENCIES.split())
_UNIT_WORDS = {code: code.upper() for code in CURRENCY_CODES} | {
    "kg": "kg", "lbs": "lbs", "km": "km", "gsm": "gsm", "mm": "mm", "cm": "cm", "ml": "ml",
    "hl": "hl", "kw": "kW", "mw": "MW", "gb": "GB", "mb": "MB", "tb": "TB", "rpm": "rpm",
    "kwh": "kWh", "mph": "mph", "kmh": "km/h", "celsius": "degrees Celsius", "ms": "ms",
    "seconds": "seconds", "secs": "seconds", "sec": "seconds", "mins": "minutes", "hrs": "hours",
    "cents": "cents", "pence": "pence", "grams": "g", "tonnes": "tonnes", "metres": "metres",
    "meters": "metres", "litres": "litres", "liters": "litres",
}  # fmt: skip
_LETTERS = {"g": "g", "t": "tonnes", "m": "metres", "l": "litres", "s": "seconds", "h": "hours"}
"""Units of one letter, after words for what they measure."""
_NO_UNIT_AFTER = ("per", "square", "cubic", "sq")
_LETTERED = {
    "g": {"weight", "mass", "dose", "net", "gross"},
    "t": {"weight", "tonnage", "mass", "load", "payload", "net", "gross"},
    "m": {"distance", "length", "height", "depth", "width", "altitude", "elevation"},
    "l": {"volume", "fuel", "water", "milk", "diesel", "capacity", "consumption"},
    "s": {"duration", "time", "wait", "elapsed", "response", "handle", "talk", "hold"},
    "h": {"duration", "time", "elapsed", "labour", "labor", "flight", "run"},
}
UNIT_WORDS = frozenset(_UNIT_WORDS)
"""Last words of a name that say what is counted in."""
_IN_BRACKETS = {"minutes": "minutes", "mins": "minutes", "min": "minutes", "hours": "hours",
                "hrs": "hours", "h": "hours", "days": "days", "seconds": "seconds",
                "secs": "seconds", "sec": "seconds", "kg": "kg", "km": "km",
                "miles": "miles"}  # fmt: skip
_CENTS = {"ct": "cents", "cts": "cents", "cents": "cents", "pence": "pence"}
_PRICED = frozenset({"amount", "price", "fee", "cost", "budget", "total", "fare", "value"})
_BOUNDED = """
temperature temp price age quantity order salary bid stock amount size value level rate speed
score wage pay rent bet humidity pressure height weight depth width length bound limit
"""
_HIGH_AND_LOW = frozenset(_BOUNDED.split())
"""After these, "min" is a minimum; after anything else it is a unit."""
_IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "statuses": "status",
    "branches": "branch",
    "analyses": "analysis",
    "series": "series",
    "species": "species",
    "sales": "sale",
    "bus": "bus",
    "gas": "gas",
    "less": "less",
    "plus": "plus",
    "was": "was",
    "has": "has",
    "is": "is",
    "this": "this",
    "its": "its",
    "us": "us",
    "as": "as",
    "yes": "yes",
    "does": "does",
    "minus": "minus",
    "versus": "versus",
    "vs": "vs",
    "businesses": "business",
    "addresses": "address",
    "classes": "class",
    "movies": "movie",
    "cookies": "cookie",
    "pies": "pie",
    "ties": "tie",
    "campuses": "campus",
    "warehouses": "warehouse",
    "expenses": "expense",
    "purchases": "purchase",
    "houses": "house",
    "cases": "case",
    "responses": "response",
    "courses": "course",
    "prices": "price",
    "sizes": "size",
    "shoes": "shoe",
    "ups": "up",
    "ins": "in",
}


def quoted(name: str) -> str:
    """`name` as a Databricks identifier, in backticks only where it needs them."""
    if _PLAIN.match(name) and name.lower() not in _RESERVED:
        return name
    return "`" + name.replace("`", "``") + "`"


def bare_words(name: str) -> list[str]:
    """The lower-case words of an identifier as they stand."""
    return [w.lower() for w in re.split(r"[\W_]+", _CAMEL.sub(" ", name)) if w]


def spoken(name: str, told: Mapping[str, str] | None = None) -> str:
    """An identifier as lower-case words: `dep_delay` is "departure delay".

    `told` are the short forms that the space explains itself.
    """
    words = bare_words(name)
    return in_full(words, explained(words, told) if told else None) or name


def label_and_unit(  # noqa: PLR0911 - one for each spelling
    name: str, told: Mapping[str, str] | None = None
) -> tuple[str, str | None]:
    """Words and unit of a column name: "Amount (EUR)" and `amount_eur` are an amount in EUR."""
    match = _BRACKETS.match(name)
    if match:
        unit = _IN_BRACKETS.get(match.group(2).strip().lower(), match.group(2).strip())
        # "Rating (1-5)" has a scale, which is no unit.
        return spoken(match.group(1), told), None if _SCALE.fullmatch(unit) else unit
    if name.rstrip().endswith("%") and name.strip("% "):
        return spoken(name.rstrip("% "), told), "%"
    words = spoken(name, told).split()
    if len(words) > 1 and words[-1] == "min" and words[-2] not in _HIGH_AND_LOW:
        return " ".join(words[:-1]), "minutes"
    if len(words) > 1 and words[-1] in ("c", "f") and words[-2] == "temperature":
        return " ".join(words[:-1]), "degrees Celsius" if words[-1] == "c" else "degrees Fahrenheit"
    if len(words) > 1 and words[-1] in _CENTS and words[-2] in _PRICED:
        return " ".join(words[:-1]), _CENTS[words[-1]]
    if words[-2:] == ["square", "metres"]:
        return " ".join(words), "sqm"
    if len(words) > 1 and words[-1] == "g" and len(words[-2]) > 3:
        return " ".join(words[:-1]), "g"
    if len(words) > 1 and words[-2] in _LETTERED.get(words[-1], ()):
        return " ".join(words[:-1]), _LETTERS[words[-1]]
    if len(words) > 1 and words[-1] in _UNIT_WORDS and words[-2] not in _NO_UNIT_AFTER:
        kept = words[:-2] if len(words) > 2 and words[-2] == "in" else words[:-1]
        return " ".join(kept), _UNIT_WORDS[words[-1]]
    return spoken(name, told), None


def snake(text: str) -> str:
    """Words as a plain identifier; letters of other scripts survive in ASCII where they can."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", ascii_text.lower()).strip("_")
    if not slug:
        return "value"
    return f"_{slug}" if slug[0].isdigit() else slug


def singular(word: str) -> str:
    """The singular of an English noun, or the word itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "zes", "sses")):
        return word[:-2]
    return word[:-1]


def plural(phrase: str) -> str:
    """The plural of an English noun phrase: "sales order" is "sales orders"."""
    if not phrase or phrase.endswith(("s", "data")):
        return phrase
    if phrase.endswith("person"):
        return phrase[:-6] + "people"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("sh", "ch", "x", "z")) else "s")


def singular_phrase(phrase: str) -> str:
    """The phrase with its last word in the singular."""
    *head, last = phrase.split(" ")
    return " ".join([*head, singular(last)])
