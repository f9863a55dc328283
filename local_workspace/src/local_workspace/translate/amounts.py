"""What stands beside a measure: what was done to it, whose rows it is of, a unit it is told in."""

from __future__ import annotations

import re

from local_workspace.spaces.conversions import measures_something
from local_workspace.translate.conditions import Conditions
from local_workspace.translate.draft import MetricWish, Wish
from local_workspace.translate.forms import is_participle
from local_workspace.translate.senses import Sense


class Amounts(Conditions):
    """Looking at the words beside a measure."""

    def _stands_before_measure(self, at: int, columns: tuple[Sense, ...]) -> bool:
        """ "harvested weight": two measures side by side, of which one only says what was done."""
        following = self.peek(at + 1)
        others = tuple(s for s in following.senses if self.is_measure_column(s))
        beside = following.start == self.peek(at).end and others
        return (
            bool(beside) and not self.senses(at + 1, "measure") and not set(others) & set(columns)
        )

    def _done_amount(self, at: int) -> tuple[MetricWish, int]:
        """The whole of what was done: "harvested weight" adds up, though a weight is an average."""
        verbs = self.senses(at, "verb")
        others = tuple(s for s in self.peek(at + 1).senses if self.is_measure_column(s))
        kept = tuple(s for s in others if s.table in {verb.table for verb in verbs})
        text = f"{self.peek(at).text} {self.peek(at + 1).text}"
        wish = MetricWish(text, at, kept or others, aggregation="sum")
        done = is_participle(self.peek(at).text.lower()) and self._is_bulk(kept)
        if not done:
            self.draft.unclear = self.draft.unclear or f"what “{text}” measures is not clear"
        return wish, at + 2

    def _is_bulk(self, senses: tuple[Sense, ...]) -> bool:
        labels = {w for s in senses for w in self.catalog.column(s.table, s.name).label.split()}
        return bool(labels & _BULK)

    def _was_done(self, at: int) -> bool:
        """ "shipped weight": what was done to all of it is a total."""
        before = self.peek(at - 1)
        beside = before.end == self.peek(at).start and is_participle(before.text.lower())
        return beside and bool(self.senses(at - 1, "verb") or self.happened(at - 1))

    def _as_unit(self, at: int) -> bool:
        """ "order value in units": one measure cannot be told in terms of another."""
        before = self.peek(at - 1)
        said = before.key("in") and before.text.lower() in ("in", "as", "using")
        return said and bool(self.draft.metrics) and self.starts_metric(at - 2)

    def with_some(self, at: int) -> int | None:
        """ "orders with a rush fee": those that have any of it."""
        chunk, after = self.peek(at + 1), self.peek(at + 2)
        said = self.peek(at).key("with") and self.peek(at).text.lower() in _WITH
        columns = tuple(s for s in chunk.senses if self.is_measure_column(s))
        alone = len(columns) == 1 and not self.senses(at + 1, "measure", "filter", "table", "value")
        ended = not after.text or after.key("by", "comma", "in", "and", "paren", "compare", "from")
        if not (said and alone and at and _SOME & set(chunk.skipped)):
            return None
        if not (ended or after.kind == "date") or after.text.lower() == "of":
            return None
        column = self.catalog.column(columns[0].table, columns[0].name)
        if column.low == 0:
            self.unit = ""
            return self._add_number(at + 1, columns, ">", 0.0, None, at + 2)
        if column.nulls:
            self.draft.wishes.append(Wish("known", chunk.text, at + 1, (columns,)))
            return at + 2
        return None

    def _unit_named(self, at: int) -> bool:
        """ "total catch in tonnes": a unit by itself, which may also be a word for the catch."""
        unit = measures_something(self.peek(at).text) and self.peek(at).kind in ("unknown", "sense")
        return unit and self.peek(at - 1).text.lower() == "in" and bool(self.draft.metrics)

    def _rate_of_state(self, at: int) -> bool:
        """ "no-show rate" where "rate" is the price of a room: a rate, or a price? Ask."""
        bare = self.peek(at).text.lower() in ("rate", "rates", "share", "percentage")
        return bare and bool(self.senses(at - 1, "value", "filter"))

    def _is_where(self, at: int) -> bool:
        """ "treated at scene" by a code for treated: the minutes at the scene are not asked for."""
        codes = self.senses(at - 2, "value")
        return self.peek(at - 1).text.lower() == "at" and any(s.weak for s in codes)

    def _of_rows(self, at: int) -> bool:
        """ "average distance of cancelled flights": the rows that the number before is of."""
        before = self.peek(at - 1)
        said = before.key("in", "from") and before.text.lower() in _WHOSE
        return said and self.starts_metric(at - 2) and not self.draft.metrics[-1].count

    def _led_to(self, at: int) -> bool:
        """ "share of bookings that go to covered car parks": rows that the counted ones lead to."""
        before = self.peek(at - 1)
        ones = {s.table for s in self.senses(at, "measure")}
        many = {s.table for s in self.draft.metrics[-1].senses}
        joined = any(j.many in many and j.one in ones for j in self.catalog.joins)
        return before.key("in", "from", "to", "with") and joined and not ones & many

    def _as_filter(self, at: int, measures: tuple[Sense, ...]) -> int | None:
        """The condition that a count such as "cancelled flights" counts; None when it has none."""
        for sense in measures:
            counted = _COUNT_IF.fullmatch(self.catalog.measure(sense.name).template)
            for item in self.catalog.filters if counted else ():
                if item.table == sense.table and counted and item.template == counted.group(1):
                    found = Sense("filter", item.table, item.name)
                    wish = Wish("filter", self.chunks[at].text, at, ((found,),))
                    self.draft.wishes.append(wish)
                    return at + 1
        return None

    def _share_of_rows(self, at: int, measures: tuple[Sense, ...]) -> bool:
        """ "online share of orders" where the space's online share is one of revenue."""
        after = self.peek(at + 1)
        if not (after.key("in") and after.text.lower() == "of" and self.is_table(at + 2)):
            return False
        named = [self.catalog.measure(sense.name) for sense in measures]
        return any(m.format == "percent" and "SUM(" in m.template.upper() for m in named)

    def _rows_with(self, at: int, columns: tuple[Sense, ...]) -> bool:
        """ "bookings with extras": those that have some, and not how much it is of all of them."""
        after, rows = self.peek(at + 1), {s.table for s in self.senses(at - 2, "table")}
        said = self.peek(at - 1).key("with") and self.peek(at - 1).text.lower() == "with"
        ended = not after.text or after.key("by", "comma", "in", "and", "paren", "from")
        named = self.senses(at, "measure")
        if (
            not said
            or not rows
            or named
            or len(columns) != 1
            or not (ended or after.kind == "date")
        ):
            return False
        column = self.catalog.column(columns[0].table, columns[0].name)
        own = rows == {columns[0].table}
        each = self.catalog.tables[columns[0].table].label is not None
        one = {"a", "an", "any"} & set(self.peek(at).skipped)
        if not own or (each and not one):
            return False
        if column.low == 0:
            self._add_number(at, columns, ">", 0, None, at + 1)
        elif column.nulls:
            text = self.peek(at).text
            self.draft.wishes.append(Wish("known", text, at, (columns,)))
        return bool(column.low == 0 or column.nulls)

    def _has_before(self, at: int, columns: tuple[Sense, ...]) -> bool:
        """ "flights that have a dep_delay": the column is filled."""
        after = self.peek(at + 1)
        ended = not after.text or after.key("comma", "and", "paren", "in") or after.kind == "date"
        got = {"got", "gets", "get", "received"} & set(self.peek(at).skipped)
        told = got and bool(self.draft.metrics) and self.draft.metrics[-1].share
        had = self.peek(at - 1).text.lower() in ("have", "has", "had", "having")
        if not (had or told) or not ended:
            return False
        self.draft.wishes.append(Wish("known", self.peek(at).text, at, (columns,)))
        return True


_COUNT_IF = re.compile(r"COUNT_IF\((.*)\)\{f\}", re.IGNORECASE)
_BULK = frozenset({"weight", "volume", "tonnage", "quantity", "units", "kg", "area", "distance"})
_WITH = ("with", "having", "have", "had", "has", "that had", "which had")
_SOME = frozenset({"a", "an", "any", "some"})
_WHOSE = ("of", "for", "on", "in", "during", "from", "at")
