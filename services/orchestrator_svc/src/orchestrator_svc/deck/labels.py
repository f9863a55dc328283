"""Names of columns for people: `avg_departure_delay_minutes` is `average departure delay`."""

from __future__ import annotations

import re

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.units import words_without_unit

_LONG = {
    "avg": "average",
    "num": "number of",
    "cnt": "count of",
    "nr": "number of",
    "qty": "quantity",
    "amt": "amount",
    "pct": "share",
    "yr": "year",
    "mth": "month",
    "dept": "department",
    "cust": "customer",
    "dow": "day of week",
}
_LEADING = {"min": "minimum", "max": "maximum", "n": "number of", "no": "number of"}
_CALL = re.compile(r"\s*(\w+)\s*\((.*)\)\s*", re.DOTALL)
COUNT_ALONE = frozenset({"count", "cnt", "n", "num", "rows", "number", "records"})
"""Column names that say that rows are counted, but not of what."""


def label_for_column(table: Table, name: str) -> str:
    """A few lower-case words for people, without the unit; at most 60 characters.

    Raises KeyError when the table has no such column.
    """
    if table.is_time(name):
        return " ".join(name_tokens(name))[:60] or "period"
    return label_for_name(name)


def label_for_name(name: str) -> str:
    """The same for a bare column name."""
    call = _CALL.fullmatch(name)
    if call and call[2].strip() in {"", "*", "1"}:
        return "number of rows"
    if call:
        name = f"{call[1]}_{call[2]}"
    words = list(words_without_unit(name))
    if not words:
        return name.strip()[:60] or "value"
    if len(words) == 1 and words[0] in COUNT_ALONE:
        return "number of rows"
    shared = words[0] == "no" and bool({"share", "rate"} & set(words))
    if shared:
        # The share of no-shows is none of a number of shows.
        words = [f"no-{words[1]}", *words[2:]]
    if len(words) > 1 and words[0] in _LEADING:
        words[0] = _LEADING[words[0]]
    if len(words) > 1 and words[-1] in {"count", "cnt"}:
        words = ["number of", *words[:-1]]
        words[-1] = plural(words[-1])
    if len(words) > 2 and words[-1] == "share" and words[0] == plural(words[0]):
        words = ["share of", *words[:-1]]
    if not shared and "of" in words[2:] and words[words.index("of") - 1] == "share":
        of = words.index("of")
        words = ["share of", *words[of + 1 :], *words[: of - 1]]
    spelled = [_LONG.get(word, word) for word in words]
    if spelled[:2] in (["average", "average"], ["total", "total"]):
        # A mean of a column of means is called `avg_avg_delay`.
        spelled = spelled[1:]
    label = " ".join(spelled)
    return label[:60].replace("number of of", "number of").strip()


def things_counted(name: str) -> str:
    """The plural noun that a counting column counts, such as `flights`; empty when unknown."""
    words = [] if _CALL.fullmatch(name) else name_tokens(name)
    words = words[: words.index("with")] if "with" in words[1:] else words
    while words and words[0] in {"num", "number", "of", "n", "total", "count", "distinct", "cnt"}:
        words = words[1:]
    if words and words[-1] in {"count", "cnt", "num"}:
        words = [*words[:-2], plural(words[-2])] if len(words) > 1 else []
    return " ".join(words)


def plural(word: str) -> str:
    """The English plural of a noun, by the usual endings."""
    if word.endswith("s") and not word.endswith("ss"):
        return word
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")


def singular(phrase: str) -> str:
    """The singular of a plural noun phrase, by the usual endings of its last word."""
    if phrase.endswith("ies") and len(phrase) > 4:
        return phrase[:-3] + "y"
    if re.search(r"(?:s|x|z|ch|sh)es$", phrase):
        return phrase[:-2]
    return phrase[:-1] if phrase.endswith("s") and not phrase.endswith("ss") else phrase
