"""What part of the data a query looks at, read from its SQL: `airline = 'JetBlue'`, July 2013.

A query that keeps part of the rows answers for that part only; what is said of its result must name
it. Conditions that are no plain choice of names or periods are kept as SQL, for people to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import exp

from orchestrator_svc.deck.periods import name_tokens

DIALECT: Final = "databricks"
MAX_SQL: Final = 20_000
MAX_NAMES: Final = 3
"""Names that are listed; a longer choice is counted."""
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_CODE: Final = 3
"""A name of fewer letters means little without its column."""
_FILTERS: Final = (exp.Where, exp.Having)


@dataclass(frozen=True, slots=True)
class Names:
    """A column that must be, or with `negated` must not be, one of some names."""

    column: str
    names: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        label = " ".join(name_tokens(self.column))
        if len(self.names) > MAX_NAMES:
            listed = f"{len(self.names)} values of {label}"
        else:
            listed = _listed(self.names)
            if any(len(name) < _CODE or name.isdigit() for name in self.names):
                listed = f"{label} {listed}"
        return f"all but {listed}" if self.negated else listed


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None where a side is open."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return f"until {_day(self.last)}" if self.last else f"from {_day(self.first)} on"
        return _span(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a query. All empty: it looks at everything."""

    names: frozenset[Names] = frozenset()
    period: Period | None = None
    rest: frozenset[str] = frozenset()
    """Conditions that are neither names nor periods, as SQL."""
    selective: bool = False
    """Whether rows are left out for what they came to: by HAVING, QUALIFY, a rank, an inner LIMIT
    or a sample. Then the rest of the rows has no total, and its last is not the lowest there is."""

    def without(self, other: Conditions) -> Conditions:
        """These conditions less those that the other has too."""
        return Conditions(
            self.names - other.names,
            None if self.period == other.period else self.period,
            self.rest - other.rest,
            self.selective,
        )

    def shared_with(self, other: Conditions) -> Conditions:
        """The conditions that both have."""
        return Conditions(
            self.names & other.names,
            self.period if self.period == other.period else None,
            self.rest & other.rest,
            self.selective or other.selective,
        )

    @property
    def part(self) -> str:
        """The chosen names in words, such as `Apparel, East`; empty when all are looked at."""
        return ", ".join(sorted(map(str, self.names)))


@lru_cache(maxsize=512)
def conditions(sql: str) -> Conditions:
    """The conditions under which the SQL reads its rows. SQL that cannot be read has none."""
    if len(sql) > MAX_SQL:
        return Conditions()
    try:
        tree = sqlglot.parse_one(sql, dialect=DIALECT)
    except (sqlglot.errors.SqlglotError, RecursionError):
        return Conditions()
    made = {cte.alias_or_name for cte in tree.find_all(exp.CTE)}
    selects = [one for one in tree.find_all(exp.Select) if not one.find_ancestor(*_FILTERS)]
    read = [_of_select(select) for select in selects if _reads_a_table(select, made)]
    if not read:
        return Conditions()
    # Parts of a query that look at different rows share what all of them are limited to.
    shared = common(read)
    selective = _cuts_rows(tree)
    if not isinstance(tree, exp.Select) or _reads_a_table(tree, made):
        return replace(shared, selective=selective)
    outer = _of_select(tree)
    return Conditions(
        shared.names | outer.names,
        outer.period or shared.period,
        shared.rest | outer.rest,
        # What an outer query still compares was computed by an inner one.
        selective or bool(outer.rest),
    )


def _cuts_rows(tree: exp.Expr) -> bool:
    """Whether rows are left out for what they came to. The outermost LIMIT is not looked at: how
    many rows came back tells whether it cut any."""
    cuts = (exp.Having, exp.Qualify, exp.TableSample)
    inner = (one for one in tree.find_all(exp.Limit, exp.Fetch) if one.parent is not tree)
    return tree.find(*cuts) is not None or next(inner, None) is not None


def common(found: Sequence[Conditions]) -> Conditions:
    """The conditions that all have; none for no results."""
    if not found:
        return Conditions()
    shared = found[0]
    for one in found[1:]:
        shared = shared.shared_with(one)
    return shared


def _reads_a_table(select: exp.Select, made: set[str]) -> bool:
    """Whether a select reads the data itself, not only what other selects of the query made."""
    source = select.args.get("from_") or select.args.get("from")
    table = source.this if source is not None else None
    return isinstance(table, exp.Table) and table.name not in made


def _of_select(select: exp.Select) -> Conditions:
    names: set[Names] = set()
    rest: set[str] = set()
    first: date | None = None
    last: date | None = None
    filters = [part.this for key in ("where", "having") if (part := select.args.get(key))]
    for condition in (one for part in filters for one in _conjuncts(part)):
        bounds = _bounds(condition)
        if bounds is not None:
            first = max(filter(None, (first, bounds.first)), default=None)
            last = min(filter(None, (last, bounds.last)), default=None)
        elif (chosen := _names(condition)) is not None:
            names.add(chosen)
        elif not _only_present(condition):
            rest.add(condition.sql(dialect=DIALECT))
    period = Period(first, last) if first or last else None
    return Conditions(frozenset(names), period, frozenset(rest))


def _conjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    node = node.unnest()
    if isinstance(node, exp.And):
        yield from _conjuncts(node.left)
        yield from _conjuncts(node.right)
    else:
        yield node


def _only_present(node: exp.Expr) -> bool:
    """`x IS NOT NULL`: says nothing of which part is looked at."""
    inner = node.this.unnest() if isinstance(node, exp.Not) else None
    return isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)


def _names(node: exp.Expr) -> Names | None:
    """`x = 'a'`, `x IN ('a', 'b')`, `lower(x) LIKE '%a%'`, and their negations."""
    if isinstance(node, exp.Not):
        inner = _names(node.this.unnest())
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
            text = text.upper() if len(text) <= _CODE else text.title()
        return Names(column, (text,), isinstance(node, exp.NEQ))
    return None


def _column(node: exp.Expr) -> str | None:
    """The column's name, looked for through `lower(...)`, `trim(...)` and casts."""
    while isinstance(node, exp.Lower | exp.Upper | exp.Trim | exp.Cast | exp.Paren):
        node = node.this
    return node.name if isinstance(node, exp.Column) else None


def _text(node: exp.Expr) -> str:
    return node.name.strip() if isinstance(node, exp.Literal) and node.is_string else ""


def _bounds(node: exp.Expr) -> Period | None:
    """What a condition on a date says of the period; None when it is no such condition."""
    if isinstance(node, exp.Between):
        low, high = _date(node.args["low"]), _date(node.args["high"])
        return Period(low, high) if low and high else None
    if isinstance(node, exp.EQ):
        return _one_period(node)
    if not isinstance(node, exp.GTE | exp.GT | exp.LT | exp.LTE) or _column(node.this) is None:
        return None
    at = _date(node.expression)
    if at is None:
        return None
    if isinstance(node, exp.GTE | exp.GT):
        return Period(at + timedelta(days=isinstance(node, exp.GT)), None)
    return Period(None, at - timedelta(days=isinstance(node, exp.LT)))


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


def _span(first: date, last: date) -> str:
    """A period by the largest calendar unit that fits: `2013`, `Q3 2013`, `Jul 2013`, days."""
    next_day = last + timedelta(days=1)
    if first.day == next_day.day == 1:
        months = (next_day.year - first.year) * 12 + next_day.month - first.month
        if months % 12 == 0 and first.month == 1:
            years = (first.year, last.year)
            return str(first.year) if months == 12 else f"{years[0]} to {years[1]}"
        if months == 3 and first.month % 3 == 1:
            return f"Q{first.month // 3 + 1} {first.year}"
        if months == 1:
            return f"{first:%b %Y}"
        return f"{first:%b %Y} to {last:%b %Y}"
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""


def _listed(items: tuple[str, ...] | list[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
