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
_OPENING = re.compile(r"(?<!\w)select\s+(?:distinct\s+)?", re.IGNORECASE)
_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_GROUPS = re.compile(r"\bgroup\s+by\b", re.IGNORECASE)
_COLUMN = re.compile(r"[\w.`\"]+")
_DIVIDED = re.compile(r"\)\s*/\s*(.+)$", re.DOTALL)
_TRY_DIVIDE = re.compile(r"\btry_divide\s*\(.+,\s*([^,]+)\)\s*$", re.IGNORECASE | re.DOTALL)
_GUARDED = re.compile(r"nullif\s*\((.+),\s*0(?:\.0*)?\s*\)", re.IGNORECASE | re.DOTALL)
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


def expressions(sql: str) -> dict[str, str]:
    """The expression behind each alias, the last one where an alias is used twice."""
    text = sql[:MAX_SQL]
    return {
        alias[1].strip('`"'): _expression_before(text, alias.start()).strip()
        for alias in _ALIAS.finditer(text)
    }


def split_by(sql: str) -> frozenset[str]:
    """Aliases of columns that a plain grouping query splits its rows by, as they stand."""
    text = sql[:MAX_SQL]
    if len(_SELECT.findall(text)) != 1 or not _GROUPS.search(text):
        return frozenset()
    return frozenset(name for name, made in expressions(text).items() if _COLUMN.fullmatch(made))


def denominator(expression: str) -> str:
    """What a ratio divides by, without its guard against zero; empty for no ratio."""
    divided = _DIVIDED.search(expression) or _TRY_DIVIDE.search(expression)
    if not divided:
        return ""
    text = divided[1].strip()
    guarded = _GUARDED.match(text)
    return squeezed(guarded[1] if guarded else text)


def squeezed(expression: str) -> str:
    """An expression without case and spaces, to compare with others."""
    return re.sub(r"\s+", "", expression).lower()


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
        elif depth == 0 and letter == ",":
            return text[position + 1 : end]
        elif depth == 0 and (opening := _OPENING.match(text, position)):
            return text[opening.end() : end]
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
