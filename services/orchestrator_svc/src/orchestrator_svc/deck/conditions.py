"""What part of the data a query looks at, read from its SQL: `airline = 'JetBlue'`, July 2013.

A query that keeps part of the rows answers for that part only; what is said of its result must name
it. Conditions that are no plain choice of names or periods are kept as SQL, for people to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import exp

from orchestrator_svc.deck.clauses import conjuncts, names_of, only_present, period_of
from orchestrator_svc.deck.parts import Names, Period

DIALECT: Final = "databricks"
MAX_SQL: Final = 20_000
_FILTERS: Final = (exp.Where, exp.Having)


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
    selects = [
        one
        for one in tree.find_all(exp.Select)
        if not one.find_ancestor(*_FILTERS) and not _is_a_value(one)
    ]
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


def _is_a_value(select: exp.Select) -> bool:
    """Whether the select is one number in the list of another: the whole it is a part of."""
    return isinstance(select.find_ancestor(exp.From, exp.Join, exp.CTE, exp.Select), exp.Select)


def _cuts_rows(tree: exp.Expr) -> bool:
    """Whether rows are left out for what they came to. The outermost LIMIT is not looked at: how
    many rows came back tells whether it cut any."""
    cuts = (exp.Having, exp.Qualify, exp.TableSample, exp.Offset)
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
    apart: Period | None = None
    filters = [part.this for key in ("where", "having") if (part := select.args.get(key))]
    for condition in [*(one for part in filters for one in conjuncts(part)), *_of_joins(select)]:
        bounds = period_of(condition)
        if bounds is not None and bounds.others:
            apart = bounds
        elif bounds is not None:
            first = max(filter(None, (first, bounds.first)), default=None)
            last = min(filter(None, (last, bounds.last)), default=None)
        elif (chosen := names_of(condition)) is not None:
            names.add(chosen)
        elif not only_present(condition):
            rest.add(condition.sql(dialect=DIALECT))
    period = Period(first, last) if first or last else apart
    return Conditions(frozenset(names), period, frozenset(rest))


def _of_joins(select: exp.Select) -> Iterator[exp.Expr]:
    """What inner joins keep by name or period: `JOIN stores ON s = id AND region = 'East'`."""
    for join in select.args.get("joins") or ():
        on = join.args.get("on")
        if on is not None and not join.side:
            for condition in conjuncts(on):
                if names_of(condition) or period_of(condition):
                    yield condition
