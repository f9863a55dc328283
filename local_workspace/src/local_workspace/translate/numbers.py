# ruff: noqa: PLR0911, PLR0912, SIM102 - a rule returns as soon as it knows
"""Rules that read comparisons with numbers, and whether a value is known."""

from __future__ import annotations

from local_workspace.spaces.conversions import factor, measures_something, plain_unit
from local_workspace.translate.draft import HavingWish, MetricWish, Wish
from local_workspace.translate.forms import is_participle
from local_workspace.translate.qualities import is_money
from local_workspace.translate.senses import Sense
from local_workspace.translate.unit_limits import UnitLimits
from local_workspace.translate.years import year_limit

_SKIP = ("in", "with")
_LOCAL = ("counting only", "only counting", "including only", "only including", "only")
_TURNED = {"=": "!=", "!=": "=", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}


class Numbers(UnitLimits):
    """Rules for numbers in conditions."""

    def number_condition(self, at: int) -> int | None:
        """ "distance over 2000 miles", "more than 10000 flights", "4 engines"."""
        chunk = self.chunks[at]
        numeric = self._numeric(at)
        verb = self.peek(at - 1).text.lower() == "that"
        if verb and any(self.is_measure_column(s) for s in numeric):
            return None
        columns = self.senses(at, "column")
        if columns:
            known = self._known_after(at, columns)
            if known:
                return known
        if numeric:
            if not any(self.is_measure_column(s) for s in numeric) or not self._grouped():
                plain = not any(self.is_measure_column(s) for s in numeric)
                found = self.compare_after(at + 1, years=plain)
                if found and not self.senses(at, "measure"):
                    operator, low, high, end = found
                    return self._add_number(at, numeric, operator, low, high, end)
        if chunk.key("empty", "known"):
            return self._known_before(at)
        if chunk.key("cmp", "between") or (chunk.kind == "number" and self._trails(at)):
            return self._leading(at)
        if chunk.key("positive", "negative"):
            following = self._numeric(at + 1)
            if following:
                operator = ">" if chunk.key("positive") else "<"
                return self._add_number(at, following, operator, 0.0, None, at + 2)
        if chunk.kind == "number":
            following = tuple(
                s
                for s in self._numeric(at + 1)
                if not self.is_measure_column(s) or self.is_coarse(s, chunk.number)
            )
            if following:
                return self._add_number(at, following, "=", chunk.number, None, at + 2)
        return None

    def _known_before(self, at: int) -> int | None:
        """ "unknown tail number"."""
        place = at + 1
        while self.peek(place).key("in"):
            place += 1
        columns = self.senses(place, "column")
        if not columns:
            return None
        wish = Wish("known", f"{self.chunks[at].text} {self.peek(place).text}", at, (columns,))
        wish.negated = self.chunks[at].key("empty") != self.negated
        self.negated = False
        self.draft.wishes.append(wish)
        return place + 1

    def _grouped(self) -> bool:
        return False

    def _trails(self, at: int) -> bool:
        place = at + 1
        while self.peek(place).kind == "unit":
            place += 1
        return self.peek(place).key("after")

    def _numeric(self, at: int) -> tuple[Sense, ...]:
        return tuple(
            s
            for s in self.senses(at, "column")
            if self.catalog.column(s.table, s.name).family in ("integer", "number")
        )

    def _known_after(self, at: int, senses: tuple[Sense, ...]) -> int | None:
        place = at + 1
        negated = self.negated
        while self.peek(place).key("in", "with", "not"):
            negated = negated or self.peek(place).key("not")
            place += 1
        chunk = self.peek(place)
        if not chunk.key("known", "empty"):
            return None
        wish = Wish("known", f"{self.chunks[at].text} {chunk.text}", at, (senses,))
        wish.negated = chunk.key("empty") != negated
        self.negated = False
        self.draft.wishes.append(wish)
        return place + 1

    def compare_after(
        self, at: int, *, years: bool = False
    ) -> tuple[str, float, float | None, int] | None:
        """(operator, low, high, next chunk) of a comparison that starts at `at`."""
        place, self.unit = at, ""
        while self.peek(place).key(*_SKIP) or self.peek(place).kind == "unit":
            place += 1
        if self.peek(place - 1).key("with") and place > at and self._own_number(place):
            return None
        chunk = self.peek(place)
        if chunk.key("cmp"):
            number = self._amount(place + 1)
            if number and chunk.text.lower() == "over" and self._is_year(place + 1, number[1]):
                return None
            if number:
                operator, end = chunk.value, number[1]
                if self.peek(end).key("after"):
                    operator, end = self.peek(end).value, end + 1
                return operator, number[0], None, end
            return None
        if chunk.key("between"):
            low = self._amount(place + 1)
            if low and self.peek(low[1]).key("and", "to"):
                high = self._amount(low[1] + 1)
                if high:
                    return "between", low[0], high[0], high[1]
            return None
        told = year_limit(chunk.span) if years and chunk.span else None
        if told and (told[0] not in ("=", "between") or self._was_in(at, place)):
            return *told, place + 1
        number = self._amount(place)
        if number and self.peek(number[1]).key("after"):
            return self.peek(number[1]).value, number[0], None, number[1] + 1
        if number and place > at and self.peek(at).text.lower() in ("of", "is"):
            return "=", number[0], None, number[1]
        if number and chunk.kind == "number" and place == at:
            return "=", number[0], None, number[1]
        return None

    def _was_in(self, at: int, place: int) -> bool:
        """ "born in 1985", but not "birth year in 1985", which may be when something else was."""
        return place == at or is_participle(self.peek(at - 1).text.lower())

    def _own_number(self, at: int) -> bool:
        """ "guests with more than 10 reservations": the number counts what comes after it."""
        found = self._amount(at + 1) if self.peek(at).key("cmp") else self._amount(at)
        if found is None:
            return False
        return bool(self.senses(found[1], "table", "measure", "column"))

    def _amount(self, at: int) -> tuple[float, int] | None:
        place = at
        while self.peek(place).key("in"):
            place += 1
        chunk = self.peek(place)
        if chunk.kind == "number":
            value = chunk.number
        elif chunk.kind == "date" and chunk.span and chunk.span.plain_number is not None:
            value = chunk.span.plain_number
        else:
            return None
        place += 1
        after = self.peek(place)
        if after.kind == "unit" or (
            measures_something(after.text)
            and (after.kind in ("grain", "unknown") or all(s.weak for s in after.senses))
            and not after.key()
        ):
            self.unit = self.peek(place).text.lower()
            place += 1
        return value, place

    def _is_year(self, at: int, end: int) -> bool:
        """ "revenue over 2024": a year that the data holds, with no unit behind it."""
        span = self.peek(at).span
        if span is None or span.start is None or end > at + 1 or self.peek(end).kind == "unit":
            return False
        return any(
            column.first
            and column.last
            and column.first.year <= span.start.year <= column.last.year
            for table in self.catalog.tables.values()
            for column in table.columns.values()
        )

    def _leading(self, at: int) -> int | None:
        """A comparison before its noun: "more than 10000 flights", "over 2000 miles"."""
        self.unit = ""
        found = self.compare_after(at)
        if found is None:
            return None
        operator, low, high, end = found
        unit = self.unit
        place = end
        while self.peek(place).key("in"):
            place += 1
        columns = self._numeric(place)
        if columns and self.peek(place).text.lower().startswith(
            ("hours of", "hours in", "hours at")
        ):
            return None
        if columns and not unit:
            return self._add_number(at, columns, operator, low, high, place + 1)
        if not unit and (self.is_table(place) or self.senses(place, "measure")):
            chunk = self.peek(place)
            measures = self.senses(place, "measure")
            metric = MetricWish(
                chunk.text, place, measures or self.senses(place, "table"), count=not measures
            )
            self.draft.having.append(HavingWish(metric, operator, low, high))  # type: ignore[arg-type]
            return place + 1
        sort = "filter" if self.senses(place, "filter") else "value"
        if not unit and (held := self.senses(place, sort)) and self.is_table(place + 1):
            metric = MetricWish(
                self.peek(place).text, place, self.senses(place + 1, "table"), count=True
            )
            metric.where = [Wish(sort, self.peek(place).text, place, (held,))]  # type: ignore[arg-type]
            self.draft.having.append(HavingWish(metric, operator, low, high))  # type: ignore[arg-type]
            return place + 2
        if not unit and self.peek(place).key("distinct") and (told := self.noun(place + 1)):
            metric = MetricWish(told[0].text, place + 1, told[0].senses, count=True, distinct=True)
            self.draft.having.append(HavingWish(metric, operator, low, high))  # type: ignore[arg-type]
            return place + 1 + told[1]
        kept = None if unit else self.adjective_metric(place)
        if kept and operator != "between":
            self.draft.having.append(HavingWish(kept[0], operator, low, high))  # type: ignore[arg-type]
            return kept[1]
        happened = None if unit else self._happened_rows(place)
        if happened:
            self.draft.having.append(HavingWish(happened, operator, low, high))  # type: ignore[arg-type]
            return place + 1
        if unit:
            return self._by_unit(at, unit, (operator, low, high), end)
        if self.peek(place).text.lower() == "times" and operator != "between":
            counted = MetricWish("times", place, count=True, bare=True)
            self.draft.having.append(HavingWish(counted, operator, low, high))  # type: ignore[arg-type]
            return place + 1
        alone = not self.peek(place).text or self.peek(place).key("comma")
        if alone and self.draft.groups and len(self.draft.metrics) == 1:
            only = self.draft.metrics[0]
            self.draft.having.append(HavingWish(only, operator, low, high))  # type: ignore[arg-type]
            return place
        return None

    def adjective_metric(self, _at: int) -> tuple[MetricWish, int] | None:
        """The number that adjectives narrow, and the chunk after it."""
        return None

    def _happened_rows(self, _at: int) -> MetricWish | None:
        """The number of rows that a noun such as "cancellations" counts."""
        return None

    def _by_unit(
        self, at: int, unit: str, compared: tuple[str, float, float | None], end: int
    ) -> int | None:
        """ "over 2000 miles" means the one column with that unit, or the one just named."""
        operator, low, high = compared
        place = end
        while self.peek(place).key("in"):
            place += 1
        columns = tuple(
            s
            for s in self._numeric(place)
            if self.unit_of(s) == plain_unit(unit) or factor(unit, self.unit_of(s))
        )
        if columns:
            return self._add_number(at, columns, operator, low, high, place + 1)
        owners = tuple(
            Sense("column", table.name, column.name)
            for table in self.catalog.tables.values()
            for column in table.columns.values()
            if column.unit and plain_unit(column.unit) == plain_unit(unit)
        ) or self._convertible(unit)
        totals = tuple(s for s in owners if self._is_total(s))
        per_table = [s.table for s in owners]
        if len(set(per_table)) < len(per_table) and len({s.table for s in totals}) == len(totals):
            owners, per_table = totals, [s.table for s in totals]
        if not owners and self.peek(at).text.lower() != "within":
            owners = self.likely_in(unit)
            per_table = [s.table for s in owners]
            if owners and not any(map(self.unit_of, owners)):
                label = self.catalog.column(owners[0].table, owners[0].name).label
                self.draft.notes.append(f"{label} is taken to be in {unit}")
        if len({self.unit_of(s) for s in owners}) > 1:
            owners = self._nearest(at, owners)
            per_table = [s.table for s in owners]
        if owners and len(set(per_table)) == len(per_table) and self._may_be_old(at, owners):
            return self._add_number(at, owners, operator, low, high, end)
        return None

    def _nearest(self, at: int, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """Those of the rows that are named last before the limit."""
        for place in range(at - 1, -1, -1):
            named = {s.table for s in self.senses(place, "table")}
            if near := tuple(s for s in senses if s.table in named):
                return near
        return senses

    def _may_be_old(self, at: int, owners: tuple[Sense, ...]) -> bool:
        """ "older than 90 days" is an age, and not how long something took."""
        if self.peek(at).text.lower() not in ("older than", "younger than"):
            return True
        labels = [self.catalog.column(s.table, s.name).label.lower() for s in owners]
        return all({"age", "old"} & set(label.split()) for label in labels)

    def _add_number(
        self,
        at: int,
        senses: tuple[Sense, ...],
        operator: str,
        low: float,
        high: float | None,
        end: int,
    ) -> int:
        text = " ".join(chunk.text for chunk in self.chunks[at:end])
        said = self.in_own_unit(senses, low, high, text)
        columns = [self.catalog.column(s.table, s.name) for s in senses]
        some = text.lower().startswith("fewer ") and all(map(is_money, columns))
        if said is None or some:
            self.draft.unexplained.append(self.chunks[end - 1])
            return end
        low, high = said
        if self._of_groups(at, senses):
            metric = MetricWish(text, at, senses)
            self.draft.having.append(HavingWish(metric, operator, low, high))  # type: ignore[arg-type]
            return end
        if self.negated:
            operator = _TURNED.get(operator, operator)
            self.negated = False
        wish = Wish("number", text, at, (senses,), low=low, high=high)
        wish.operator = operator  # type: ignore[assignment]
        wish.local = self.peek(at - 1).text.lower() in _LOCAL
        wish.single = self._one_row(at - 1)
        self.draft.wishes.append(wish)
        return end

    def _of_groups(self, at: int, senses: tuple[Sense, ...]) -> bool:
        """ "products with revenue over 500": a property of the group, not of a single row."""
        before = self.peek(at - 1)
        last = self.draft.metrics[-1] if self.draft.metrics else None
        part = before.key("with") and self.peek(at - 2).key("share") and last is not None
        if (part and last and last.share) or before.text.lower() in _LOCAL:
            return False
        if self._one_row(at - 1) or self.peek(at).name == "row":
            return False
        noun = self.subject
        if self.is_table(at - 1) and self.draft.target is not None:
            noun = self.draft.target
        target = self.draft.target
        if noun is None and target is not None and before.key("with") and target.at == at - 2:
            noun = target
        if noun is None:
            return False
        ones = {join.one for join in self.catalog.joins}
        entity = noun in self.draft.mentions and all(s.table in ones for s in noun.senses)
        if noun is not self.draft.target and noun not in self.draft.bare and not entity:
            return False
        measured = all(self.is_measure_column(s) for s in senses)
        return measured and not {s.table for s in senses} & {
            s.table for s in noun.senses if s.kind == "table"
        }

    def _one_row(self, at: int) -> bool:
        """ "a reading above 900": the limit is one of single rows."""
        chunk = self.peek(at)
        article = chunk.start > self.peek(at - 1).end
        return self.is_table(at) and self._is_root_noun(at) and not chunk.plural and article

    def _is_condition(self, at: int, taken: int) -> bool:
        """Whether the noun at `at` is the subject of a comparison."""
        senses = self._numeric(at)
        if not senses:
            return False
        plain = not any(self.is_measure_column(s) for s in senses)
        return self.compare_after(at + taken, years=plain) is not None
