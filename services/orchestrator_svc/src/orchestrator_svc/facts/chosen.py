"""Rows that a query picked one by one, and periods that it named: what they have no totals of."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import exp

from orchestrator_svc.deck.conditions import DIALECT, MAX_SQL

_RANKS: Final = (exp.RowNumber, exp.Rank, exp.DenseRank)


def picked(sql: str, rows: int) -> bool:
    """Whether the rows are some of many, picked for their place: nothing holds of them together.

    The ten largest orders say nothing of their stores, and the second places of all categories
    have no first. The top of a ranking of groups is not meant: there the first is the first.
    """
    select = _select(sql)
    if select is None or not rows:
        return False
    single = not select.args.get("group") and not select.args.get("distinct")
    single = single and not any(one.find(exp.AggFunc) for one in select.expressions)
    if single and 0 < _limit(select) <= rows:
        return True
    return rows > 1 and (select.args.get("offset") is not None or _later_place(select))


def named_periods(sql: str) -> bool:
    """Whether the rows are periods by name (`CASE WHEN day >= DATE'2024-01-01' ...`).

    They are compared with each other; their sum is no total that anybody asked for.
    """
    select = _select(sql)
    cases = (one.unalias() for one in select.expressions) if select is not None else ()
    return any(
        isinstance(case, exp.Case) and all(_dated(branch) for branch in case.args["ifs"])
        for case in cases
    )


@lru_cache(maxsize=256)
def _select(sql: str) -> exp.Select | None:
    """The outermost SELECT; None where the SQL cannot be read."""
    if not sql or len(sql) > MAX_SQL:
        return None
    try:
        tree = sqlglot.parse_one(sql, dialect=DIALECT)
    except (sqlglot.errors.SqlglotError, RecursionError):
        return None
    return tree if isinstance(tree, exp.Select) else None


def _limit(select: exp.Select) -> int:
    limit = select.args.get("limit")
    number = limit.expression if isinstance(limit, exp.Limit) else None
    whole = isinstance(number, exp.Literal) and number.name.isdigit()
    return int(number.name) if whole and number is not None else 0


def _later_place(select: exp.Select) -> bool:
    """`QUALIFY row_number() OVER (...) = 2`."""
    qualify = select.args.get("qualify")
    if qualify is None:
        return False
    return any(
        equal.find(*_RANKS) is not None and equal.expression.name not in ("", "1")
        for equal in qualify.find_all(exp.EQ)
    )


def _dated(branch: exp.Expr) -> bool:
    """Whether the branch asks for a range of days."""
    asked = branch.this
    return all(
        isinstance(one.expression, exp.Cast) and one.expression.to.is_type("date")
        for one in asked.find_all(exp.GTE, exp.LT, exp.EQ)
    ) and isinstance(asked.find(exp.GTE, exp.LT, exp.EQ), exp.Expr)
