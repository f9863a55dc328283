"""Limits that name no column: "gifts over £1,000", "trips lasting an hour or more", "an hour late".

A verb, a comparative or the rows themselves say which column is meant. It is put before the limit,
so that plain rules read the rest: "gifts over 1,000" as "gifts, amount over 1,000".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.computed import unit_of
from local_workspace.spaces.conversions import SMALL_MONEY, plain_unit
from local_workspace.spaces.money import money_column
from local_workspace.spaces.names import singular
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.forms import family
from local_workspace.translate.qualities import is_aside, is_money, measured_in, measures_of
from local_workspace.translate.short_limits import numbers_of
from local_workspace.translate.timed_limits import TimedLimits

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo

_NUMBERS = ("integer", "number")
_VERBS = {
    "weight": ("weigh", "weighs", "weighed", "weighing"),
    "time": ("last", "lasts", "lasted", "lasting", "stayed", "staying"),
    "price": ("costing", "costs", "cost", "worth", "priced at", "priced", "valued at", "valued"),
    "pay": ("earning", "earn", "earns"),
    "age": ("aged",),
    "liking": ("scoring", "rated", "rating"),
    "distance": ("travelling", "traveling", "travelled", "traveled"),
}
_KIND = {word: kind for kind, words in _VERBS.items() for word in words}
_COMPARATIVES = {
    "older than": "age", "younger than": "age", "heavier than": "weight",
    "cheaper than": "price", "farther than": "distance", "further than": "distance",
}  # fmt: skip
_TOTAL = re.compile(r"SUM\(\{t\}`?(\w+)`?\)(?:\{f\})?(?: / (\d+))?", re.IGNORECASE)
_SECOND = {"and under": "<", "and below": "<", "and over": ">", "and above": ">"}
_PARTS = frozenset({"percentage", "percent", "pct", "rate", "share", "ratio"})
_EACH = ("per", "for each", "for every")
_ENDS = ("by", "comma", "in", "with", "from", "to", "and", "which", "compare", "not", "paren")


def named_limits(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks with the column before each limit that left it to be understood."""
    return _Limits(found, catalog).named()


class _Limits(TimedLimits):
    def named(self) -> list[Chunk]:
        result: list[Chunk] = []
        at = 0
        while at < len(self.found):
            taken = self.late_limit(at) or self.short_limit(at) or self.timed_limit(at)
            taken = taken or self._said_by_verb(at) or self._of_row(at)
            if taken is None:
                result.append(self.found[at])
                at += 1
                continue
            if self.clause(at - 1) and result:
                result.pop()
            if result and taken[0][0].name == "row":
                result[-1] = _only_rows(result[-1])
            chunks, at = taken
            result += chunks
        return result

    def _said_by_verb(self, at: int) -> tuple[list[Chunk], int] | None:
        """ "weighed over 2,000 kg", "costing less than 20", "older than 65"."""
        word, chunk = self.word(at), self.peek(at)
        kind, place = _KIND.get(word, ""), at + 1
        if kind and at > 0 and not any(map(self.is_measure, chunk.senses)):
            while self.peek(place).key("in"):
                place += 1
            return self._with_column(at, place, kind)
        kind = _COMPARATIVES.get(word, "") if chunk.key("cmp") else ""
        said = any(map(self.is_measure, self.peek(at - 1).senses))
        return self._with_column(at, at, kind) if kind and not said else None

    def _with_column(self, at: int, start: int, kind: str) -> tuple[list[Chunk], int] | None:
        limit = self.limit(start)
        if limit is None:
            return None
        end, unit = limit
        measured = measured_in(plain_unit(unit)) if unit else ""
        if measured and measured != kind and not (kind == "age" and unit.startswith("year")):
            return None
        named = self._named_after(end)
        if named:
            taken = self._before(at, named, start, end)
            return (taken[0], end + 2) if taken else None
        near = self._tables_near(at)
        if self.peek(end).key("agg") and self.peek(end).value == "avg":
            near += [self._facts_of(near[0])]
        for tables in near:
            columns = [c for t in tables for c in [self._of_kind(t, kind, unit)] if c is not None]
            if columns:
                if len(columns) > 1:
                    return None
                taken = self._before(at, columns[0], start, end)
                return self._averaged(*taken) if taken else None
        return None

    def _averaged(self, told: list[Chunk], end: int) -> tuple[list[Chunk], int]:
        """ "films scoring below 4 on average": the average is limited, not each score."""
        after = self.peek(end)
        if not (after.key("agg") and after.value == "avg"):
            return told, end
        return [after, replace(told[0], name=""), *told[1:]], end + 1

    def _before(
        self, at: int, column: ColumnInfo, start: int, end: int
    ) -> tuple[list[Chunk], int] | None:
        """The column and its limit, told in the column's own unit."""
        limit, factor = self.found[start:end], self._factor(column)
        if factor != 1:
            limit = [
                replace(c, number=c.number * factor) if c.kind == "number" else c
                for c in limit
                if c.kind != "unit"
            ]
        elif "age" in column.label.lower().split():
            limit = [c for c in limit if c.kind not in ("unit", "grain")]
        after = [s for s in self.peek(end).senses if self.is_measure(s)]
        if after and not any((s.table, s.name) == (column.table, column.name) for s in after):
            return None
        told = self.column(at, [column])
        beside = self._second(end, told) if factor == 1 else []
        return [told, *limit, *beside], end + bool(after) + (2 if beside else 0)

    def _second(self, at: int, column: Chunk) -> list[Chunk]:
        """ "over 500 and under 1000": the second limit is one of the same column."""
        word, number = self.peek(at), self.peek(at + 1)
        turned = _SECOND.get(self.word(at)) if word.key("after") else None
        if turned is None or number.kind != "number":
            return []
        both = Chunk("key", "and", -1, -1, name="and", value="and")
        return [both, column, replace(word, name="cmp", value=turned), number]

    def _tables_near(self, at: int) -> list[list[TableInfo]]:
        """The rows that the limit may be one of, nearest first: named ones, what they lead to."""
        place = at - 1
        while place >= 0 and not self.peek(place).key("by", "comma"):
            named = [s.table for s in self.peek(place).senses if s.kind == "table"]
            if named:
                parents = [j.one for j in self.catalog.joins if j.many in named]
                return [
                    [self.catalog.tables[name] for name in dict.fromkeys(names)]
                    for names in (named, parents)
                ]
            place -= 1
        return [list(self.catalog.tables.values())]

    def _named_after(self, at: int) -> ColumnInfo | None:
        """ "worth more than 10,000 in fees": what is worth so much is said at the end."""
        told = [s for s in self.peek(at + 1).senses if s.kind == "column" and self.is_measure(s)]
        if self.word(at) != "in" or len(told) != 1:
            return None
        return self.catalog.column(told[0].table, told[0].name)

    def _facts_of(self, tables: list[TableInfo]) -> list[TableInfo]:
        """The tables whose rows are of those things: the screenings of films."""
        names = {table.name for table in tables}
        many = dict.fromkeys(join.many for join in self.catalog.joins if join.one in names)
        return [self.catalog.tables[name] for name in many]

    def _of_kind(self, table: TableInfo, kind: str, unit: str) -> ColumnInfo | None:
        if kind == "age":
            return _age(table)
        names = measures_of(kind, self.catalog, frozenset({table.name}))
        columns = [self.catalog.column(*pair) for pair in names if pair[0] == table.name]
        columns = [column for column in columns if not _is_part(column, table.row)]
        if unit and len(columns) > 1:
            columns = [c for c in columns if plain_unit(c.unit or "") == plain_unit(unit)]
        if kind == "price" and len(columns) != 1:
            return self._money(table)
        return columns[0] if len(columns) == 1 else None

    def _of_row(self, at: int) -> tuple[list[Chunk], int] | None:
        """ "claims over 10,000", "gifts of £500 or more", "patients over 65": their amount."""
        start = at + (self.peek(at).key("in") and self.word(at) == "of")
        limit, before = self.limit(start), self.peek(at - 1)
        if limit is None or self.peek(at - 2).key("with", "cmp", "number"):
            return None
        if self.word(at - 2) in _EACH:
            return None  # "revenue per ticket over 12" limits the average, not each ticket
        named = [s.table for s in before.senses if s.kind == "table"]
        sums = [s for s in before.senses if self.is_measure(s)]
        if len(named) != 1 or (sums and not self._names_rows(before, named[0])):
            return None
        (end, unit), after = limit, self.peek(limit[0])
        money, years = measured_in(plain_unit(unit)) == "price", unit in ("year", "years")
        ended = (
            self.word(end) in _SECOND or not after.text or after.key(*_ENDS) or after.kind == "date"
        )
        if (unit and not money and not years) or not ended:
            return None
        table = self.catalog.tables[named[0]]
        column = None if money else _age(table)
        column = column or (None if years else self._money(table, said=money))
        return self._before(at, column, start, end) if column else None

    def _names_rows(self, chunk: Chunk, table: str) -> bool:
        """ "donations over 100" limits each one, "sales over 500" may limit what they add up to."""
        row = self.catalog.tables[table].row.split(" ")[-1]
        return chunk.plural and singular(chunk.text.lower()) == row != "sale"

    def _money(self, table: TableInfo, *, said: bool = True) -> ColumnInfo | None:
        """The money of a row; without a word of money the only amount that a row has will do."""
        numbers = [
            c
            for c in table.columns.values()
            if c.role == "measure" and c.family in _NUMBERS and not _is_part(c, table.row)
        ]
        totals = self._totals(table)
        told = [c for c in numbers if c.name in totals] or [c for c in numbers if is_money(c)]
        row = table.row.split(" ")[-1]
        done = {row, f"{row}d", f"{row}ed", *family(row)}
        own = [c for c in told if done & set(c.label.lower().split())]
        if len(own) == 1:
            return own[0]
        if column := money_column(table):
            return column
        alone = len([c for c in numbers if c.aggregate == "sum"]) == 1
        return told[0] if len(told) == 1 and (said or alone) else None

    def _totals(self, table: TableInfo) -> dict[str, float]:
        """The columns that measures of money add up, and what they divide them by."""
        found = {}
        for measure in self.catalog.measures:
            match = _TOTAL.fullmatch(measure.template)
            if match and measure.table == table.name and measured_in(measure.unit or "") == "price":
                found[match.group(1)] = float(match.group(2) or 1)
        return found

    def _factor(self, column: ColumnInfo) -> float:
        """What pounds are told in where the column holds pence and its unit does not say so."""
        if unit_of(column) in SMALL_MONEY:
            return 1.0
        return self._totals(self.catalog.tables[column.table]).get(column.name, 1.0)


def _only_rows(chunk: Chunk) -> Chunk:
    """The word as one of rows alone, where it names their amount too."""
    tables = tuple(s for s in chunk.senses if s.kind == "table")
    return replace(chunk, senses=tables) if tables else chunk


def _is_part(column: ColumnInfo, row: str) -> bool:
    """ "fee percentage" is no money, and "shipping cost" is not what an order is worth."""
    percent = plain_unit(column.unit or "") == "percent"
    words = set(column.label.lower().split())
    return percent or bool(_PARTS & words) or is_aside(column, row)


def _age(table: TableInfo) -> ColumnInfo | None:
    ages = numbers_of(table, frozenset({"age"}))
    return ages[0] if len(ages) == 1 else None
