"""How a query's SQL computed each column: read from its select list, as a hint and no more."""

from __future__ import annotations

import re
from enum import Enum


class Aggregate(Enum):
    """How a column was made, as far as the SQL tells."""

    SUM = "sum"
    COUNT = "count"
    AVERAGE = "average"
    OTHER = "other"
    UNKNOWN = "unknown"


_ALIAS = re.compile(r"\bAS\s+(`[^`]+`|\"[^\"]+\"|\w+)", re.IGNORECASE)
_OUTER = re.compile(r"\s*(\w+)\s*\(")
_ADDITIVE = {"sum": Aggregate.SUM, "count": Aggregate.COUNT, "count_if": Aggregate.COUNT}
_AVERAGES = {"avg", "mean", "median", "percentile", "percentile_approx", "min", "max", "try_divide"}
_WRAPPERS = {"round", "coalesce", "cast", "try_cast", "ceil", "floor", "nullif", "ifnull"}
MAX_SQL = 20_000


def aggregates(sql: str) -> dict[str, Aggregate]:
    """The aggregate behind each alias of the SQL; aliases that are no calls are absent.

    Where an alias is used twice (in a CTE and outside), the last clear one counts.
    """
    found: dict[str, Aggregate] = {}
    text = sql[:MAX_SQL]
    for alias in _ALIAS.finditer(text):
        name = alias[1].strip('`"')
        kind = _classify(_expression_before(text, alias.start()))
        if kind is not Aggregate.UNKNOWN:
            found[name] = kind
    return found


def _expression_before(text: str, end: int) -> str:
    """The text back to the comma, keyword or parenthesis that starts the expression."""
    depth = 0
    for position in range(end - 1, -1, -1):
        letter = text[position]
        if letter == ")":
            depth += 1
        elif letter == "(":
            depth -= 1
            if depth < 0:
                return text[position + 1 : end]
        elif depth == 0 and (letter == "," or text[position : position + 7].lower() == "select "):
            start = position + (1 if letter == "," else 7)
            return text[start:end]
    return text[:end]


def _classify(expression: str) -> Aggregate:
    text = expression.strip()
    while True:
        outer = _OUTER.match(text)
        if not outer:
            return Aggregate.UNKNOWN
        name = outer[1].lower()
        inner, rest = _inside(text, outer.end())
        if rest.strip():
            return Aggregate.OTHER if "/" in rest else Aggregate.UNKNOWN
        if name in _ADDITIVE:
            distinct = inner.strip().lower().startswith("distinct")
            return Aggregate.OTHER if distinct else _ADDITIVE[name]
        if name in _AVERAGES:
            return Aggregate.AVERAGE
        if name not in _WRAPPERS:
            return Aggregate.UNKNOWN
        text = re.sub(r"(,\s*-?\d+\s*|\s+AS\s+\w+(\(.*\))?\s*)$", "", inner, flags=re.IGNORECASE)


def _inside(text: str, start: int) -> tuple[str, str]:
    """The text inside the parenthesis that opens before `start`, and what follows it."""
    depth = 1
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return text[start:position], text[position + 1 :]
    return text[start:], ""
