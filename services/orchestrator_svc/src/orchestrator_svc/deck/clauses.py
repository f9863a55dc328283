# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""What one condition of a WHERE says: which names, which period, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlglot import exp

from orchestrator_svc.deck.parts import CODE, Names, Period

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def conjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    """The parts of a condition that must all hold."""
    node = node.unnest()
    if isinstance(node, exp.And):
        yield from conjuncts(node.left)
        yield from conjuncts(node.right)
    else:
        yield node


def only_present(node: exp.Expr) -> bool:
    """`x IS NOT NULL`: says nothing of which part is looked at."""
    inner = node.this.unnest() if isinstance(node, exp.Not) else None
    return isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)


def names_of(node: exp.Expr) -> Names | None:
    """`x = 'a'`, `x IN ('a', 'b')`, `lower(x) LIKE '%a%'`, and their negations."""
    if isinstance(node, exp.Or):
        return _all_but(node)
    if isinstance(node, exp.Not):
        inner = names_of(node.this.unnest())
        return Names(inner.column, inner.names, not inner.negated) if inner else None
    column = _column(node.this) if isinstance(node.this, exp.Expr) else None
    if column is None:
        return None
    if isinstance(node, exp.In) and node.expressions:
        texts = [_text(value) for value in node.expressions]
        return Names(column, tuple(sorted(filter(None, texts)))) if all(texts) else None
    if isinstance(node, exp.EQ | exp.NEQ | exp.Like | exp.ILike):
        loose = isinstance(node, exp.Like | exp.ILike)
        text = _text(node.expression)
        text = text.strip("%") if loose else text
        if not text or (loose and set(text) & set("%_")):
            return None
        if text.islower() and (loose or isinstance(node.this, exp.Lower)):
            text = text.upper() if len(text) <= CODE else text.title()
        return Names(column, (text,), isinstance(node, exp.NEQ))
    return None


def _all_but(node: exp.Or) -> Names | None:
    """`x <> 'a' OR x IS NULL`: all but a, the rows without a name included."""
    sides = [node.left.unnest(), node.right.unnest()]
    empty = [
        one for one in sides if isinstance(one, exp.Is) and isinstance(one.expression, exp.Null)
    ]
    named = [found for one in sides if one not in empty and (found := names_of(one))]
    same = len(empty) == len(named) == 1 and _column(empty[0].this) == named[0].column
    return named[0] if same and named[0].negated else None


def _column(node: exp.Expr) -> str | None:
    """The column's name, looked for through `lower(...)`, `trim(...)` and casts."""
    while isinstance(node, exp.Lower | exp.Upper | exp.Trim | exp.Cast | exp.Paren):
        node = node.this
    return node.name if isinstance(node, exp.Column) else None


def _text(node: exp.Expr) -> str:
    return node.name.strip() if isinstance(node, exp.Literal) and node.is_string else ""


def period_of(node: exp.Expr) -> Period | None:
    """What a condition on a date says of the period; None when it is no such condition."""
    if isinstance(node, exp.Between):
        low, high = _date(node.args["low"]), _date(node.args["high"])
        return Period(low, high) if low and high else None
    if isinstance(node, exp.Or):
        return _periods_apart(node)
    if isinstance(node, exp.EQ):
        return _one_period(node)
    if not isinstance(node, exp.GTE | exp.GT | exp.LT | exp.LTE):
        return None
    if _column(node.this) is None and not _is_year(node.this):
        return None
    if _is_year(node.this):
        return _bound_by_year(node)
    at = _date(node.expression)
    if at is None:
        return None
    if isinstance(node, exp.GTE | exp.GT):
        return Period(at + timedelta(days=isinstance(node, exp.GT)), None)
    return Period(None, at - timedelta(days=isinstance(node, exp.LT)))


def _periods_apart(node: exp.Or) -> Period | None:
    """`(d >= a AND d < b) OR (d >= c AND d < e)`: several periods side by side."""
    found: list[Period] = []
    for side in (node.left.unnest(), node.right.unnest()):
        parts = [period_of(one) for one in conjuncts(side)]
        known = [one for one in parts if one is not None]
        if len(known) < len(parts):
            return None
        one = known[0]
        for more in known[1:]:
            one = Period(one.first or more.first, one.last or more.last)
        found += [replace(one, others=()), *one.others]
    found.sort(key=lambda period: period.first or date.min)
    return replace(found[0], others=tuple(found[1:]))


def _one_period(node: exp.EQ) -> Period | None:
    """`year(d) = 2013`, `date_trunc('MONTH', d) = '2013-07-01'`, `d = '2013-07-05'`."""
    if _is_year(node.this):
        year = node.expression.name
        whole = year.isdigit() and len(year) == len("2013")
        return Period(date(int(year), 1, 1), date(int(year), 12, 31)) if whole else None
    at = _date(node.expression)
    if at is not None and isinstance(node.this, exp.DateTrunc | exp.TimestampTrunc):
        months = _MONTHS.get(str(node.this.args["unit"]).strip("'").lower())
        return _months_from(at, months) if months else None
    return Period(at, at) if at is not None and _column(node.this) else None


def _is_year(node: exp.Expr) -> bool:
    """`year(d)`, or a column that holds years."""
    return isinstance(node, exp.Year) or (_column(node) or "").lower() == "year"


def _bound_by_year(node: exp.GTE | exp.GT | exp.LT | exp.LTE) -> Period | None:
    """`year >= 2021`, `year(d) < 2023`: from the first, until the last day of a year."""
    written = node.expression.name
    if not (written.isdigit() and len(written) == len("2013")):
        return None
    year = int(written) + isinstance(node, exp.GT) - isinstance(node, exp.LT)
    if not date.min.year <= year <= date.max.year:
        return None
    if isinstance(node, exp.GTE | exp.GT):
        return Period(date(year, 1, 1), None)
    return Period(None, date(year, 12, 31))


def _months_from(first: date, count: int) -> Period:
    months = first.year * 12 + first.month - 1 + count
    return Period(first, date(months // 12, months % 12 + 1, 1) - timedelta(days=1))


def _date(node: exp.Expr) -> date | None:
    """The date of `DATE '2013-07-01'`, a cast or call of one, or the bare text."""
    text = node.this if isinstance(node, exp.Cast | exp.TsOrDsToDate | exp.Date) else node
    written = _text(text) if isinstance(text, exp.Expr) else ""
    try:
        return date.fromisoformat(written[:10]) if len(written) >= len("2013-07-01") else None
    except ValueError:
        return None
