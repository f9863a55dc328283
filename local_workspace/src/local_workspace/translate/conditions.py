# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Rules that read conditions: values, named filters, negation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.flags import yes_condition
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.draft import Noun, Wish
from local_workspace.translate.lexicon import stem
from local_workspace.translate.qualities import dated_state, measured_in
from local_workspace.translate.senses import Sense
from local_workspace.translate.spoken_periods import SpokenPeriods
from local_workspace.translate.things import happens, things
from local_workspace.translate.where import counts_some

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo


class Conditions(SpokenPeriods):
    """Rules for what narrows the rows."""

    def negation(self, at: int) -> int | None:
        """ "not", "excluding": the next condition is turned round."""
        chunk = self.chunks[at]
        if not chunk.key("not"):
            return None
        place = at + 1
        while self.peek(place).key("in", "from", "to", "with", "the"):
            place += 1
        nexts = self.peek(place)
        narrows = (
            self.senses(place, "value", "filter")
            or nexts.kind == "date"
            or nexts.key("known", "empty")
            or self.is_toward(place)
            or self.happened(place)
            or self._adjective_pair(place)
            or (
                (self.noun(place) or self.senses(place, "column"))
                and self.peek(place + 1).key("known", "empty")
            )
        )
        if not narrows:
            return self._without_column(place)
        self.negated = True
        return place

    def _without_column(self, at: int) -> int | None:
        """ "without a review score": the column is empty; "without downtime": it is 0."""
        columns = tuple(
            s
            for s in self.senses(at, "column")
            if self._may_lack(self.catalog.column(s.table, s.name)) and not self.senses(at, "table")
        )
        found = [self.catalog.column(s.table, s.name) for s in columns]
        amounts = [c for c in found if self._may_be_none(c)]
        after = self.peek(at + 1)
        said = after.key("by", "comma", "in", "and") or after.text.lower() in ("given", "at all")
        if not columns or not (said or not after.text):
            return None
        if amounts:
            if len(found) > 1 or amounts[0].low:
                return None
            return self._add_number(at, columns, "=", 0, None, at + 1)
        self.draft.wishes.append(Wish("known", self.peek(at).text, at, (columns,), negated=True))
        return at + 1

    def _may_lack(self, column: ColumnInfo) -> bool:
        return bool(column.nulls) or counts_some(column)

    def _may_be_none(self, column: ColumnInfo) -> bool:
        """Whether there may be none of it, unlike a score, which is given or not."""
        opinion = column.aggregate != "sum" and not (
            measured_in(column.unit or "") or _span(column)
        )
        none = column.low is not None and column.low <= 0
        return column.role == "measure" and none and (counts_some(column) or not opinion)

    def happened(self, _at: int) -> tuple[Sense, ...]:
        """The time columns that the word is the verb of."""
        return ()

    def _adjective_pair(self, at: int) -> bool:
        return self.is_table(at) and bool(self.senses(at + 1, "value", "filter", "toward"))

    def direction_word(self, at: int) -> int | None:
        """ "to", "departing from": the role of the next value or noun."""
        if not self.is_toward(at):
            return None
        after = self.peek(at + 1)
        follows = (
            self.senses(at + 1, "value", "table", "column", "role")
            or after.key("by", "not", "code")
            or self.is_toward(at + 1)
        )
        roles = self.toward(at)
        if follows:
            if self.is_toward(at + 1):
                return at + 1
            self.role = roles
            return at + 1
        if not after.text and self._dangling(roles):
            return at + 1
        said_to = self.chunks[at].text.lower() == "to"
        if after.key("count", "share") or (after.key("agg") and said_to):
            return None
        prepositions = {"from", "to", "at", "in", "into", "out of", "towards", "toward"}
        if self.chunks[at].text.lower() in prepositions and after.kind not in ("date", "number"):
            joined = after.key("in", "comma", "and") or not after.text
            if joined or after.kind == "unknown":
                return None if not after.key("in") else at + 1
        defaults = any(self.catalog.join(role).default for role in roles)
        return at + 1 if defaults or after.kind in ("date", "key") else None

    def _dangling(self, roles: tuple[str, ...]) -> bool:
        """ "how many airports do we fly to": the role belongs to the noun asked for."""
        ones = {self.catalog.join(role).one for role in roles}
        target = self.draft.target
        if target is not None and any(s.table in ones for s in target.senses):
            target.role = target.role or roles
            return True
        for metric in self.draft.metrics:
            if metric.count and any(s.table in ones for s in metric.senses):
                metric.role = roles
                return True
        return False

    def value(self, at: int) -> int | None:
        """One value, or several of one column joined by commas, and, or, versus."""
        senses = self._of_noun(at, self.directed(at, self._value_senses(at)))
        if not senses:
            return None
        chunk, role, negated = self.chunks[at], self.role, self.negated
        self.role, self.negated = (), False
        found, texts, joined = [senses], [chunk.text], ""
        place = at + 1
        columns = {(s.table, s.name) for s in senses}
        while True:
            after, word = self._own_noun(found, place), ""
            while self.peek(after).key(
                "and", "or", "comma", "compare", "not", "in", "to", "from", *self._with()
            ) or (self.is_toward(after) and set(self.toward(after)) & set(role)):
                word = self.peek(after).name or word
                if self.peek(after).key("compare"):
                    self.draft.compare = True
                if self.peek(after).key("not") and not negated:
                    break
                after += 1
            if after == place or self.peek(after).key("not"):
                break
            if not any(
                self.peek(p).key("and", "or", "comma", "compare")
                or (self.draft.compare and self.peek(p).key("to", "with"))
                for p in range(place, after)
            ):
                break
            more = tuple(s for s in self._value_senses(after) if (s.table, s.name) in columns)
            if not more or (self.is_table(after + 1) and self._counts_next(after)):
                break
            found.append(more)
            columns &= {(s.table, s.name) for s in more}
            texts.append(self.peek(after).text)
            joined = word if word in ("or", "compare") else joined or "and"
            place = after + 1
        place = self._own_noun(found, place)
        owner = self.peek(place - 1)
        if not self.draft.metrics and owner.plural and self.peek(place).key("by"):
            rows = self.senses(place - 1, "table")
            self.draft.mentions += [Noun(owner.text, place - 1, rows, plural=True)] if rows else []
        wish = Wish("value", ", ".join(texts), at, tuple(found), negated=negated, role=role)
        wish.joined = joined
        wish.clause, wish.led = self._introduced(at)
        self.draft.wishes.append(wish)
        return place

    def _of_noun(self, at: int, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """ "Japanese customers", "shops in Japan": of two countries, that of the noun beside it."""
        before = at - 1
        while self.peek(before).key("in", "from"):
            before -= 1
        for place in (at + 1, before if before < at - 1 else -1):
            tables = {s.table for s in self.senses(place, "table")}
            own = tuple(s for s in senses if s.table in tables)
            if own:
                return own
        return senses

    def _introduced(self, at: int) -> tuple[bool, bool]:
        """Whether "that" or "which" leads to a value, and whether a preposition does."""
        place = at - 1
        while self.peek(place).key("in", "from", "to", "not") or self.is_toward(place):
            place -= 1
        came = self.peek(place).key("by") and self.peek(place - 1).key("with", "which")
        place -= came and self.peek(place).text.lower() == "by"
        clause = self.peek(place).key("with", "which") and self.peek(place).text.lower() in (
            "that", "which", "who", "that are", "that were", "that was", "is",
        )  # fmt: skip
        share = self.draft.metrics[-1].share if self.draft.metrics else False
        near = place == at - 1 or (place == at - 2 and self.peek(at - 1).key("not"))
        postposed = share and near and bool(self.senses(place, "table"))
        return clause or postposed, place < at - 1

    def _with(self) -> tuple[str, ...]:
        """ "compare JetBlue with Delta"."""
        return ("with",) if self.draft.compare else ()

    def _counts_next(self, _at: int) -> bool:
        return False

    def _value_senses(self, at: int) -> tuple[Sense, ...]:
        return self.senses(at, "value")

    def _own_noun(self, found: list[tuple[Sense, ...]], place: int) -> int:
        """ "Camping products", "Newark airport", "Online channel" are one thing."""
        tables = {s.table for senses in found for s in senses}
        columns = {(s.table, s.name) for senses in found for s in senses}
        following = self.peek(place).senses
        if self._restates(self.peek(place), columns):
            return place + 1
        reached = {j.one for j in self.catalog.joins if (j.many, j.many_column) in columns}
        reached |= tables
        ones = {name for name in things(self.catalog) if not happens(name, self.catalog)}
        for sense in following:
            same_column = sense.kind == "column" and (sense.table, sense.name) in columns
            own_table = sense.kind == "table" and sense.table in reached and sense.table in ones
            label = (
                sense.kind == "column"
                and sense.table in tables
                and self.catalog.tables[sense.table].label == sense.name
                and not self.is_measure_column(sense)
            )
            if same_column or own_table or label:
                return place + 1
        return place

    def _restates(self, chunk: Chunk, columns: set[tuple[str, str]]) -> bool:
        """ "electric bikes" of a bike type, "camping gear": the noun adds nothing."""
        if chunk.kind != "unknown":
            return False
        word = stem(chunk.text.lower())
        labels = {
            w for table, name in columns for w in self.catalog.column(table, name).label.split()
        }
        return word in labels or word in _THINGS

    def filter_condition(self, at: int) -> int | None:
        """A named filter such as "cancelled"."""
        senses = self.senses(at, "filter")
        if not senses:
            return None
        wish = Wish("filter", self.chunks[at].text, at, (senses,), negated=self.negated)
        both = self._against_opposite(at, senses)
        if both:
            return both
        threshold = self._threshold(at, senses)
        if threshold:
            return threshold
        self.negated_before, self.negated = self.negated, False
        wish.role, self.role = self._role_of(senses), ()
        self._date_of_state(at, senses)
        self.draft.wishes.append(wish)
        return at + 1 + self._is_their_noun(at + 1, senses)

    def _is_their_noun(self, at: int, senses: tuple[Sense, ...]) -> bool:
        """ "premium sites: takings by month": the role only says what the filter is told of."""
        owners, named = {s.table for s in senses}, self.peek(at).senses
        roles = [s for s in named if s.kind == "role"]
        told = bool(roles) and all(self.catalog.join(s.name).one in owners for s in roles)
        return told and not self.senses(at, "table", "measure", "value") and bool(self._rest(at))

    def _rest(self, at: int) -> bool:
        """Whether something to compute follows, so that the noun itself is not asked for."""
        return any(self.starts_metric(place) for place in range(at + 1, len(self.chunks)))

    def _role_of(self, senses: tuple[Sense, ...]) -> tuple[str, ...]:
        """The role that a preposition gave, where it leads to the table the filter is of."""
        owners = {s.table for s in senses}
        return tuple(name for name in self.role if self.catalog.join(name).one in owners)

    def _date_of_state(self, at: int, senses: tuple[Sense, ...]) -> None:
        """ "accounts that churned in 2023": the date is the one that says that it happened."""
        place = at + 1
        while self.peek(place).key("in"):
            place += 1
        dated = dated_state(self.catalog.named_filter(senses[0].name).template)
        if self.peek(place).kind != "date" or dated is None or place == at + 1:
            return
        if dated[1] == (self.negated_before != senses[0].negated):
            self.draft.unclear = (
                f"who was {self.chunks[at].text} at some time cannot be told, only who is now; say "
                "from when to when things began or ended"
            )
        self.time_of = (Sense("column", senses[0].table, dated[0]),)

    def _against_opposite(self, at: int, senses: tuple[Sense, ...]) -> int | None:
        """ "damaged vs undamaged": both sides, told apart by the column that marks them."""
        place, negated = at + 1, False
        while self.peek(place).key("compare", "and", "or", "not", "with", "to"):
            negated = negated != self.peek(place).key("not")
            place += 1
        other = self.senses(place, "filter")
        if place == at + 1 or self.negated or not other or other[0].name != senses[0].name:
            return None
        item = self.catalog.named_filter(senses[0].name)
        marked = _MARKED.fullmatch(item.template)
        if marked and marked.group(2):
            flag = yes_condition(self.catalog.column(item.table, marked.group(1)))
            marked = marked if flag == item.template.replace("{t}", "") else None
        if marked is None or (other[0].negated != negated) == senses[0].negated:
            return None
        column = Sense("column", senses[0].table, marked.group(1))
        self.draft.bare.append(Noun(self.chunks[at].text, at, (column,)))
        return place + 1

    def _threshold(self, at: int, senses: tuple[Sense, ...]) -> int | None:
        """ "delayed by more than 30 minutes": the number replaces the filter's own limit."""
        place = at + 1
        while self.peek(place).key("by", "in"):
            place += 1
        if not self.peek(place).key("cmp") and not self._trails(place):
            return None
        found = self.compare_after(place)
        item = self.catalog.named_filter(senses[0].name)
        simple = _SIMPLE.fullmatch(item.template)
        if found is None or simple is None or len(senses) > 1 or self.negated:
            return None
        operator, low, high, end = found
        column = Sense("column", item.table, simple.group(1))
        if self.is_table(end) or self.noun(end):
            return None
        return self._add_number(at, (column,), operator, low, high, end)

    negated_before = False


def _span(column: ColumnInfo) -> bool:
    return bool({"delay", "wait", "late", "downtime"} & set(column.label.lower().split()))


_THINGS = frozenset({"gear", "good", "stuff", "item", "thing"})
_MARKED = re.compile(r"\{t\}`?(\w+)`?( = .+)?")
_SIMPLE = re.compile(r"\{t\}(\w+) (?:>=|>) \d+")
