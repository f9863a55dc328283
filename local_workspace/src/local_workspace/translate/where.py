# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Resolving conditions: which column, which dates, as seen from one fact table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate import periods
from local_workspace.translate.binding import Binder, Unbound
from local_workspace.translate.plan import (
    Compared,
    Condition,
    During,
    Known,
    Named,
    OneOf,
    PartIs,
    Ref,
)
from local_workspace.translate.senses import Sense
from local_workspace.translate.spans import month_span

if TYPE_CHECKING:
    from datetime import date

    from local_workspace.spaces.catalog import Catalog, ColumnInfo
    from local_workspace.translate.draft import Draft, Wish
    from local_workspace.translate.spans import Span


_OPINIONS = frozenset({"stars", "points", "marks", "scores", "ratings", "grades", "levels"})
_MONTH_AND_NUMBER = re.compile(r"[a-z]+ (\d\d)")
_MARKED = re.compile(r"\{t\}`?(\w+)`?")


class Where:
    """Conditions of one draft as seen from the binder's table."""

    def __init__(self, draft: Draft, catalog: Catalog, binder: Binder) -> None:
        self.draft = draft
        self.catalog = catalog
        self.binder = binder
        self.root = binder.root

    def condition(self, wish: Wish) -> Condition:
        """The condition of a wish as seen from this table; raises Unbound."""
        if wish.kind == "date":
            return self._date(wish)
        if wish.kind == "value":
            ref, values = self.binder.values(wish.senses, wish.role, wish.text)
            return OneOf(ref, values, wish.negated)
        if wish.kind == "filter":
            for sense in wish.senses[0]:
                if sense.table == self.root:
                    return Named(sense.name, wish.negated != sense.negated)
            for sense in wish.senses[0]:
                marked = _MARKED.fullmatch(self.catalog.named_filter(sense.name).template)
                if marked and sense.table in self.binder.paths:
                    ref = self._column((Sense("column", sense.table, marked.group(1)),), wish.text)
                    return OneOf(ref, (wish.negated == sense.negated,))
            return self._filter_elsewhere(wish)
        ref = self._column(wish.senses[0], wish.text)
        if wish.kind in ("known", "happened"):
            column = self.catalog.column(ref.table, ref.column)
            if counts_some(column) and not column.nulls:
                return Compared(ref, "=" if wish.negated else ">", 0.0)
            if column.nulls == 0 and not ref.path:
                raise Unbound(f"every row has a {column.label}; name a limit", ambiguous=True)
            return Known(ref, wish.negated)
        return Compared(ref, wish.operator, wish.low, wish.high)

    def _filter_elsewhere(self, wish: Wish) -> Named:
        """A named filter of a table that rows lead to: "airport stations" of rentals."""
        for sense in wish.senses[0]:
            ways = [
                (path, Ref(path, sense.table, ""))
                for path in self.binder.paths.get(sense.table, ())
                if self.binder.role_fits(Ref(path, sense.table, ""), wish.role)
            ]
            first = [path for path, ref in ways if not self.binder.default_cost(ref)]
            paths = first if len(first) == 1 else [path for path, _ in ways]
            if len(paths) > 1:
                raise Unbound(f"“{wish.text}” could be told of several", ambiguous=True)
            if paths:
                self.binder.cost += len(paths[0])
                return Named(sense.name, wish.negated != sense.negated, paths[0])
        raise Unbound(f"“{wish.text}” does not belong to {self.root}")

    def certain(self, wish: Wish) -> bool:
        """Whether the wish holds for every row: all that is shipped has a shipping date."""
        if wish.kind != "happened" or wish.negated:
            return False
        ref = self._column(wish.senses[0], wish.text)
        return not ref.path and self.catalog.column(ref.table, ref.column).nulls == 0

    def _column(self, senses: tuple[Sense, ...], text: str) -> Ref:
        options = [
            (len(ref.path) + (0.5 if s.weak else 0.0), ref)
            for s in senses
            if s.kind == "column"
            for ref in self.binder.column_refs(s)
        ]
        if not options:
            raise Unbound(f"“{text}” does not belong to {self.root}")
        best = min(cost for cost, _ in options)
        refs = {ref for cost, ref in options if cost == best}
        if len(refs) > 1:
            raise Unbound(f"“{text}” could mean several columns", ambiguous=True)
        self.binder.cost += best
        return refs.pop()

    def _range(self, ref: Ref) -> tuple[date, date]:
        column = self.catalog.column(ref.table, ref.column)
        if column.first is None or column.last is None:
            raise Unbound(f"{self.root} data has no dates")
        return column.first, periods.covered_until(column.first, column.last, column.distinct)

    def _month_of_year(self, span: Span, first: date, last: date) -> Span:
        """ "Dec 24 by day" is December 2024; without days, a day of December may be meant too."""
        said = _MONTH_AND_NUMBER.fullmatch(span.words)
        year = 2000 + int(said.group(1)) if said and span.kind == "day" else 0
        if not first.year <= year <= last.year:
            return span
        if any(noun.grain in ("day", "week", "weekday") for noun in self.draft.groups):
            return month_span(year, span.numbers[0], f"{span.words.split()[0]} {year}")
        raise Unbound(
            f"“{span.words}” could be a day or the month of {year}; write it out", ambiguous=True
        )

    def _check_last_hour(self, ref: Ref, words: str) -> None:
        """ "between 6 and 9 am" of whole hours: the times after nine may be meant too."""
        if self.catalog.column(ref.table, ref.column).family == "integer":
            raise Unbound(
                f"the data know whole hours only, so which are meant by “{words}” is not clear; "
                "say “after … and before …”",
                ambiguous=True,
            )

    def _date(self, wish: Wish) -> Condition:
        ref = self._column(wish.senses[0], wish.text) if wish.senses else self.binder.time()
        first, last = self._range(ref)
        spans = [self._month_of_year(span, first, last) for span in wish.spans]
        found = [periods.resolve(span, first, last) for span in spans]
        parts = {r.part for r in found}
        words = " and ".join(r.words for r in found)
        if parts == {None}:
            ranges = tuple(pair for r in found for pair in r.ranges)
            for start, end in ranges or ((None, None),):
                outside = not ranges or (start and start > last) or (end and end <= first)
                if outside:
                    raise Unbound(
                        f"{wish.text} is outside the data, which covers {first.isoformat()} to "
                        f"{last.isoformat()}",
                        ambiguous=True,
                    )
            whole = self.catalog.column(ref.table, ref.column).family == "integer"
            edges = [day for pair in ranges for day in pair if day is not None]
            if whole and any((day.month, day.day) != (1, 1) for day in edges):
                raise Unbound(f"the data knows years only, not {wish.text}", ambiguous=True)
            return During(ref, ranges, words, wish.negated)
        if len(parts) > 1 or None in parts:
            raise Unbound(f"“{wish.text}” mixes kinds of time")
        part = found[0].part
        values = tuple(value for r in found for value in r.values)
        where = self.binder.hour() if part == "hour" else ref
        assert part is not None
        if part == "hour" and any(r.unit == "clock" for r in found):
            self._check_last_hour(where, words)
        return PartIs(where, part, values, words, wish.negated)


def counts_some(column: ColumnInfo) -> bool:
    """Whether the column counts things that a row may have none of: "bookings with children"."""
    whole = column.role == "measure" and column.family == "integer" and not column.unit
    last = column.label.lower().split(" ")[-1]
    counted = column.aggregate == "sum" or (last not in _OPINIONS and plural(last) == last)
    return whole and column.low == 0 and counted
