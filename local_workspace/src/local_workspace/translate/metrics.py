# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Rules that read numbers: counts, named measures."""

from __future__ import annotations

from local_workspace.spaces.conversions import plain_unit
from local_workspace.translate.amounts import Amounts
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.draft import HavingWish, MetricWish, Noun, Wish
from local_workspace.translate.forms import is_participle
from local_workspace.translate.qualities import CURRENCIES
from local_workspace.translate.senses import Sense
from local_workspace.translate.where import counts_some


class Metrics(Amounts):
    """Rules for numbers."""

    def metric_at(self, at: int) -> tuple[MetricWish, int] | None:
        """The number named at `at` and the chunk after it."""
        place = at
        while self.peek(place).key("in"):
            place += 1
        chunk = self.peek(place)
        if chunk.key("share"):
            return self.share_wish(place)
        if chunk.key("count"):
            return self._count(place)
        if chunk.key("agg"):
            return self.aggregate_wish(place)
        if chunk.key("howmuch"):
            place += 1
        return self._plain(place)

    def _plain(self, at: int, *, rows: bool = False) -> tuple[MetricWish, int] | None:
        """A measure, a measure column, or the rows of a table, with adjectives before it."""
        wishes: list[Wish] = []
        place = at
        while True:
            chunk = self.peek(place)
            begun = self.new_rows(place)
            if begun:
                place = begun
                continue
            made = self.rate_wish(place) or self._event_noun(place)
            if made:
                made.where += wishes
                return made, place + 1
            measures = self.senses(place, "measure")
            columns = tuple(s for s in chunk.senses if self.is_measure_column(s))
            counted = rows and self.senses(place, "table")
            if columns and not measures and self._stands_before_measure(place, columns):
                wish, after = self._done_amount(place)
                wish.where = wishes
                return wish, after
            if (measures or columns) and not counted:
                found = measures or columns
                wish = MetricWish(chunk.text, place, found, where=wishes)
                return wish, place + 1
            if self.senses(place, "table"):
                senses = self.senses(place, "table")
                wish = MetricWish(chunk.text, place, senses, count=True, where=wishes)
                return wish, place + 1
            if place > at - 1 and chunk.kind == "date" and self.senses(place + 1, "table"):
                self.draft.wishes.append(Wish("date", chunk.text, place, spans=(chunk.span,)))  # type: ignore[arg-type]
                place += 1
                continue
            adjective = self._adjective(place)
            if adjective is None:
                return None
            wishes.append(adjective)
            if self.states_rows(place) and not self._names_rows(place + 1):
                tables = tuple(Sense("table", s.table) for s in adjective.senses[0])
                return MetricWish(chunk.text, place, tables, count=True, where=wishes), place + 1
            place += 1

    def adjective_metric(self, at: int) -> tuple[MetricWish, int] | None:
        """ "clients with more than 100 billable hours": the number is of those so called."""
        groups = self.draft.target or self.draft.mentions or self.draft.bare
        if not groups or not self._adjective(at) or not self.starts_metric(at + 1):
            return None
        return self._plain(at)

    def new_rows(self, _at: int) -> int | None:
        """The chunk after a "new" that rows follow."""
        return None

    def _names_rows(self, at: int) -> bool:
        after = self.peek(at)
        return bool(self.senses(at, "table", "measure", "column", "value", "filter")) or (
            after.kind == "date"
        )

    def _event_noun(self, at: int) -> MetricWish | None:
        return None if is_participle(self.peek(at).text.lower()) else self.event_metric(at)

    def event_metric(self, _at: int) -> MetricWish | None:
        """The number of rows that an event noun counts."""
        return None

    def rate_wish(self, _at: int) -> MetricWish | None:
        """The share that a rate names."""
        return None

    def share_wish(self, _at: int) -> tuple[MetricWish, int] | None:
        """The share that is asked for, and the chunk after it."""
        return None

    def aggregate_wish(self, _at: int) -> tuple[MetricWish, int] | None:
        """The number that is aggregated, and the chunk after it."""
        return None

    def _ratio_to(self, _at: int) -> int | None:
        """ "cost as a share of revenue": the chunk after the ratio."""
        return None

    def _adjective(self, at: int) -> Wish | None:
        chunk = self.peek(at)
        filters, values = self.senses(at, "filter"), self.senses(at, "value")
        if filters:
            return Wish("filter", chunk.text, at, (filters,))
        if values:
            return Wish("value", chunk.text, at, (values,))
        return None

    def _count(self, at: int) -> tuple[MetricWish, int]:
        place = at + 1
        distinct = False
        while self.peek(place).key("in", "distinct", "agg"):
            distinct = distinct or self.peek(place).key("distinct")
            place += 1
        start = self.chunks[at].text
        amount = self._amount_of(at, place)
        if amount:
            return amount
        plain = self._plain(place, rows=True)
        if plain and not distinct and (plain[0].count or not self._average_only(plain[0])):
            plain[0].text = f"{start} {plain[0].text}"
            plain[0].at = at
            return plain
        if plain and not distinct and self.peek(place).plural and self.compare_after(place + 1):
            rows = tuple(Sense("table", s.table) for s in plain[0].senses if s.kind == "column")
            if rows:
                return MetricWish(start, at, rows, count=True), place
        noun = self.noun(place)
        if noun:
            wish = MetricWish(noun[0].text, at, noun[0].senses, count=True, distinct=True)
            wish.per = None
            moments = all(self._is_moment(s) for s in noun[0].senses)
            if moments and noun[0].senses and not distinct and not noun[0].grain:
                self.draft.unexplained.append(self.chunks[place])
            if noun[0].grain:
                wish.per = noun[0]
                self._check_days(at, place + noun[1])
            return wish, place + noun[1]
        following = self.peek(at + 1)
        counts_rows = start.lower() in ("how many", "how often") and (
            not following.text or following.kind in ("date", "key")
            or bool(self.senses(at + 1, "filter", "value", "toward"))
        )  # fmt: skip
        counts_rows = counts_rows or (
            start.lower() == "number of"
            and following.plural
            and all(s.kind in ("value", "filter") for s in following.senses)
        )
        if not counts_rows:
            self.draft.unexplained.append(self.chunks[at])
        return MetricWish(start, at, count=True, bare=True), at + 1

    def _is_moment(self, sense: Sense) -> bool:
        """A column of dates: nobody counts them as "how many viewers"."""
        if sense.kind != "column":
            return False
        return self.catalog.column(sense.table, sense.name).role == "time"

    def _amount_of(self, at: int, place: int) -> tuple[MetricWish, int] | None:
        """ "total amount of invoices" where invoices have an amount: that, and not how many."""
        tables = {s.table for s in self.senses(place, "table")}
        if self.peek(at).text.lower() != "amount of":
            return None
        amounts = tuple(
            Sense("column", name, column.name)
            for name in sorted(tables)
            for column in self.catalog.tables[name].columns.values()
            if column.role == "measure" and "amount" in column.label.lower().split()
        )
        if amounts and (len(amounts) > 1 or not self.peek(at - 1).key("agg")):
            rows = self.peek(place).text
            self.draft.unclear = f"how many {rows}, or the total of an amount that the {rows} hold?"
        return (MetricWish("amount", place, amounts), place + 1) if amounts else None

    def _check_days(self, at: int, after: int) -> None:
        """ "how many days are complaints open": days that have one, or how long it is? Ask."""
        before, follows = self.peek(at - 1), self.peek(after)
        said = before.key("in") or follows.key("with", "not", "cmp", "in", "by") or not follows.text
        if not said and self.peek(after - 1).value == "day":
            self.draft.unclear = (
                "days on which it happened, or how long it took? Say “on how many days …” or "
                "“average days from … to …”"
            )

    def _average_only(self, metric: MetricWish) -> bool:
        """Whether the column cannot be counted: an average, or a sum of fractions."""
        columns = [s for s in metric.senses if self.is_measure_column(s)]
        counted = [
            self.catalog.column(s.table, s.name).family == "integer" or self._in_units(metric, s)
            for s in columns
        ]
        whole = not all(self.unit_of(s) in CURRENCIES for s in columns) and all(counted)
        return bool(columns) and not (whole and self.is_additive(metric))

    def _in_units(self, metric: MetricWish, sense: Sense) -> bool:
        """ "how many hours did they work": hours are what the column is told in."""
        unit = self.unit_of(sense)
        return bool(unit) and unit in map(plain_unit, metric.text.lower().split())

    def count_metric(self, at: int) -> int | None:
        """ "number of flights", "how many different destinations"."""
        if not self.chunks[at].key("count"):
            return None
        if self._count_of_before(at):
            return at + 1
        wish, after = self._count(at)
        self.draft.metrics.append(wish)
        return after

    def _count_of_before(self, at: int) -> bool:
        """ "flight count", "paid invoices: count and total amount": the rows named before."""
        if self.chunks[at].text.lower() not in ("count", "counts", "number", "numbers", "tally"):
            return False
        before = self.draft.mentions[-1] if self.draft.mentions else None
        follows = self.peek(at + 1)
        ended = not follows.text or follows.key(
            "and", "comma", "by", "in", "paren", "with", "which"
        )
        if before is None or not (ended or follows.kind == "date") or self.draft.metrics:
            return False
        rows = tuple(s for s in before.senses if s.kind == "table")
        self.draft.metrics.append(MetricWish(before.text, at, rows, count=True))
        return True

    def some_of(self, at: int) -> int | None:
        """ "bookings with children": rows that have any of what a column counts."""
        led = self.chunks[at].key("with") and self.chunks[at].text.lower() in _HAVING
        rows = {s.table for s in self.senses(at - 1, "table")} if at else set()
        columns = tuple(s for s in self.peek(at + 1).senses if self.is_measure_column(s))
        if not led or len(rows) != 1 or not self.peek(at - 1).plural:
            return None
        after = self.peek(at + 2)
        ended = not after.key("cmp", "between", "after", "super", "known", "empty", "not", "minus")
        ended = not after.text or (ended and after.kind not in ("number", "unknown"))
        own = len(columns) == 1 and columns[0].table in rows and ended
        if not own or not counts_some(self.catalog.column(columns[0].table, columns[0].name)):
            return None
        if len(columns) != len(self.peek(at + 1).senses):
            return None
        noun = Noun(self.peek(at - 1).text, at - 1, self.senses(at - 1, "table"), plural=True)
        if not (self.draft.mentions or self.draft.metrics):
            self.draft.mentions.append(noun)
        return self._add_number(at + 1, columns, ">", 0, None, at + 2)

    def measure_metric(self, at: int) -> int | None:
        """A measure named without an aggregate, or rows that nothing else counts."""
        chunk = self.chunks[at]
        measures = self.senses(at, "measure")
        columns = tuple(s for s in chunk.senses if self.is_measure_column(s))
        if columns and not measures and self._stands_before_measure(at, columns):
            wish, after = self._done_amount(at)
            self.draft.metrics.append(wish)
            return after
        clause = self.peek(at - 1).key("with") and self.peek(at - 1).text.lower() in _CLAUSES
        if clause and self.peek(at - 1).text.lower() == "that":
            return None
        if (not measures and not columns) or (
            clause and self.compare_after(at + 1) is None and at > 2
        ):
            return None
        if self._as_unit(at) or self._rate_of_state(at) or self._is_where(at):
            return None
        if not measures and self._names_things(at, columns):
            return None
        self._check_theirs(chunk)
        self._list_owners(at)
        if measures and self.draft.metrics and (self._of_rows(at) or self._led_to(at)):
            return self._as_filter(at, measures)
        if measures and self._share_of_rows(at, measures):
            return None
        rows = self.senses(at, "table")
        if rows and self.draft.metrics and self.peek(at - 1).key("in", "from"):
            self.draft.mentions.append(Noun(chunk.text, at, rows, plural=chunk.plural))
            return at + 1
        wish = MetricWish(chunk.text, at, measures or columns)
        if self._was_done(at) and self._is_bulk(columns):
            wish.aggregation = "sum"
        if columns and (self._has_before(at, columns) or self._rows_with(at, columns)):
            return at + 1
        having = self.compare_after(at + 1)
        if having and self.unit and not self.unit_may_be(wish, self.unit):
            return None
        if having and (measures or self.draft.target or self.draft.groups):
            operator, low, high, end = having
            self.having(wish, operator, low, high)
            return end
        self.draft.metrics.append(wish)
        return at + 1

    def _check_theirs(self, chunk: Chunk) -> None:
        """ "remote employees and their average salary": of the remote ones, or of all? Ask."""
        counted = self.draft.metrics[-1].senses if self.draft.metrics else ()
        for sense in counted if {"their", "its"} & set(chunk.skipped) else ():
            if sense.kind == "measure" and "COUNT_IF" in self.catalog.measure(sense.name).template:
                self.draft.unclear = (
                    f"ask for the {self.draft.metrics[-1].text} and for their numbers apart"
                )

    def _list_owners(self, at: int) -> None:
        """ "paused campaigns and their budgets": a row for each of them."""
        draft, owners = self.draft, at - 2
        told = {"their", "its"} & set(self.chunks[at].skipped) and self.peek(at - 1).key("and")
        if (
            told
            and self.peek(owners).plural
            and not (draft.metrics or draft.groups or draft.target)
        ):
            tables = self.senses(owners, "table")
            draft.groups += [Noun(self.peek(owners).text, owners, tables)] if tables else []
            draft.mentions = [noun for noun in draft.mentions if noun.at != owners or not tables]

    def _names_things(self, at: int, columns: tuple[Sense, ...]) -> bool:
        """ "machines installed in 2015": things, and not the hours that they ran."""
        told = [self.catalog.column(s.table, s.name).label.split() for s in columns if s.weak]
        lengths = len(told) == len(columns) and all(words[-1] in _LENGTHS for words in told)
        return self.peek(at).plural and lengths

    def having(self, metric: MetricWish, operator: str, low: float, high: float | None) -> None:
        """Keep only groups whose metric compares so."""
        told = None if metric.count else self.in_own_unit(metric.senses, low, high, metric.text)
        low, high = told or (low, high)
        self.draft.having.append(HavingWish(metric, operator, low, high))  # type: ignore[arg-type]


_LENGTHS = ("hours", "minutes", "days", "seconds", "min", "sec")
_HAVING = ("with", "having", "had", "have", "has")
_CLAUSES = ("when", "if", "that", "whose")
