# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Looking at the chunks of a question without consuming them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.flags import is_flag
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.draft import Noun
from local_workspace.translate.forms import is_participle, says_done
from local_workspace.translate.things import things

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.draft import Draft, MetricWish
    from local_workspace.translate.senses import Sense

STARTS = frozenset({"origin", "start", "from", "source", "departure", "pickup", "sender", "begin"})
ENDS = frozenset({"destination", "end", "to", "target", "arrival", "dropoff", "receiver", "dest"})
_NOUNS = ("table", "column", "role", "dimension", "band")


class Phrases:
    """Looking at chunks without consuming them."""

    catalog: Catalog
    chunks: list[Chunk]
    draft: Draft
    negated: bool
    role: tuple[str, ...]
    subject: Noun | None

    def peek(self, at: int) -> Chunk:
        """The chunk at `at`, or an empty one after the end."""
        return self.chunks[at] if 0 <= at < len(self.chunks) else _NOTHING

    def senses(self, at: int, *kinds: str) -> tuple[Sense, ...]:
        """The senses of these kinds at `at`."""
        return tuple(s for s in self.peek(at).senses if s.kind in kinds)

    def is_measure_column(self, sense: Sense) -> bool:
        """Whether the sense is a column people aggregate."""
        return (
            sense.kind == "column"
            and self.catalog.column(sense.table, sense.name).role == "measure"
        )

    def is_coarse(self, sense: Sense, value: float | None = None) -> bool:
        """Whether a whole-number column has so few values that people group by it."""
        if sense.kind != "column":
            return False
        column = self.catalog.column(sense.table, sense.name)
        few = column.family == "integer" and 1 < column.distinct <= 25
        if value is None or column.low is None or column.high is None:
            return few
        return few and column.low <= value <= column.high

    def is_toward(self, at: int) -> bool:
        """Whether the chunk only points to a role, such as "to" or "departing from"."""
        chunk = self.peek(at)
        if not chunk.senses:
            return False
        return all(s.kind == "toward" for s in chunk.senses) or self._leads(at)

    def _leads(self, at: int) -> bool:
        """ "pick-up city": before a column of the place it leads to, a role is no thing itself."""
        ones = {self.catalog.join(name).one for name in self.toward(at)}
        follows = self.peek(at + 1).start == self.peek(at).end
        return follows and any(s.table in ones for s in self.senses(at + 1, "column", "table"))

    def toward(self, at: int) -> tuple[str, ...]:
        """The joins the chunk points to."""
        return tuple(s.name for s in self.peek(at).senses if s.kind == "toward")

    def directed(self, at: int, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """The senses that fit "from" or "to" before them: an origin, or a destination.

        Nothing fits when the preposition points the other way: "to Hamburg" where Hamburg only
        sends.
        """
        place = at - 1
        while self.peek(place).key("in", "not") and self.peek(place).text.lower() != "of":
            place -= 1
        wanted = {"from": STARTS, "to": ENDS}.get(self.peek(place).name)
        if wanted is None or not self.peek(place).key("from", "to"):
            return senses
        other = ENDS if wanted is STARTS else STARTS
        told = [
            (s, set(self.catalog.column(s.table, s.name).label.lower().split())) for s in senses
        ]
        fitting = tuple(s for s, words in told if words & wanted)
        return fitting or tuple(s for s, words in told if not words & other)

    def is_table(self, at: int) -> bool:
        """Whether the chunk can name a table's rows."""
        return bool(self.senses(at, "table")) and not self.senses(at, "measure")

    def noun(self, at: int) -> tuple[Noun, int] | None:
        """A thing to group by at `at` and how many chunks it takes."""
        chunk = self.peek(at)
        if chunk.kind == "grain":
            return self._grain_noun(at)
        senses = tuple(s for s in self.senses(at, *_NOUNS) if not self.is_measure_column(s))
        if not senses or self.senses(at, "measure"):
            return None
        taken = 1
        follower = self.peek(at + 1)
        if follower.kind == "grain" and follower.value != "hour":
            times = tuple(
                s
                for s in senses
                if s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
            )
            if times:
                self.role = ()
                grain = follower.value
                taken = 2 + self._owner(times, at + 2)
                return Noun(f"{chunk.text} {follower.text}", at, times, grain=grain), taken
        if self._only_says_done(chunk):
            return None
        narrowed = () if self._is_limited(at + 1) else self._entity_and_column(senses, at + 1)
        roled = self._entity_of_role(senses, at + 1)
        if roled:
            return Noun(chunk.text, at, roled[0], plural=chunk.plural), roled[1] - at
        if narrowed:
            senses, taken = narrowed, 2
            dated = all(
                s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
                for s in narrowed
            )
            if dated and self.peek(at + 2).kind == "grain":
                self.role, grain = (), self.peek(at + 2).value
                return Noun(f"{chunk.text} {grain}", at, narrowed, grain=grain), 3
            if self.peek(at + 2).senses and self.peek(at + 1).key("in"):
                taken = 2
        elif follower.key("code"):
            raw = tuple(_raw(s) for s in senses if s.kind in ("column", "role", "table"))
            senses, taken = raw, 2
        elif follower.key("which") and follower.text.lower() == "name":
            taken = 2
        plural = chunk.plural or (taken == 2 and follower.plural)
        owners = self._owners(at + taken)
        owned = tuple(s for s in senses if s.kind == "column" and s.table in owners)
        if owned:
            senses, taken = owned, taken + 2
        role, self.role = self.role, ()
        return Noun(chunk.text, at, senses, role=role, plural=plural), taken

    def _is_limited(self, at: int) -> bool:
        """ "depots opened after 2012": the year is limited there, and no breakdown."""
        place = at + 1
        while self.peek(place).key("in"):
            place += 1
        return is_participle(self.peek(at).text.lower()) and self.peek(place).kind == "date"

    def _only_says_done(self, chunk: Chunk) -> bool:
        """ "who booked": a verb that a time column is named after is no breakdown by it."""
        times = all(
            s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
            for s in chunk.senses
        )
        return times and says_done(chunk.text)

    def _owner(self, senses: tuple[Sense, ...], at: int) -> int:
        """ "signup year of the customer": how many chunks only say whose column it is."""
        return 2 if {s.table for s in senses} & self._owners(at) else 0

    def _owners(self, at: int) -> set[str]:
        """The tables that "of the customer" names at `at`."""
        said = self.peek(at).key("in") and self.peek(at).text.lower() == "of"
        return {s.table for s in self.senses(at + 1, "table")} if said else set()

    def _grain_noun(self, at: int) -> tuple[Noun, int] | None:
        """A grain, with the time column it may name; "day of stay" is a measure, not a grain."""
        chunk = self.peek(at)
        taken = 1
        place = at + 1
        if self.peek(place).key("in") and self.peek(place).text.lower() == "of":
            place += 1
        times = tuple(
            s
            for s in self.senses(place, "column")
            if self.catalog.column(s.table, s.name).role == "time"
        )
        if times and self.peek(place).kind == "sense":
            taken = place - at + 1
        elif place > at + 1 and self.senses(place, "table", "column", "measure"):
            return None
        return Noun(chunk.text, at, times, grain=chunk.value, plural=chunk.plural), taken

    def _entity_and_column(self, senses: tuple[Sense, ...], at: int) -> tuple[Sense, ...] | None:
        """ "store cities": the entity only says whose column it is.

        "pens stocked before June" is none: that says what was done to the pens.
        """
        if self._only_says_done(self.peek(at)) and self.peek(at + 1).kind != "grain":
            return None
        columns = tuple(
            s for s in self.senses(at, "column", "role") if not self.is_measure_column(s)
        )
        tables = {s.table for s in senses if s.kind == "table"}
        owned = tuple(s for s in columns if s.table in tables and s.kind == "column")
        if owned:
            return owned
        roles = {s.name for s in senses if s.kind == "role"}
        if roles and self.senses(at, "table"):
            ones = {self.catalog.join(r).one for r in roles}
            if any(s.table in ones for s in self.senses(at, "table")):
                return tuple(s for s in senses if s.kind == "role")
        return None

    def _entity_of_role(
        self, senses: tuple[Sense, ...], at: int
    ) -> tuple[tuple[Sense, ...], int] | None:
        """ "airport of origin": the role says which airport is meant."""
        if not (self.peek(at).key("in") and self.peek(at).text.lower() == "of"):
            return None
        tables = {s.table for s in senses if s.kind == "table"}
        keys = {(j.many, j.many_column) for j in self.catalog.joins if j.one in tables}
        roles = tuple(
            s
            for s in self.senses(at + 1, "column", "role")
            if (s.kind == "column" and (s.table, s.name) in keys)
            or (s.kind == "role" and self.catalog.join(s.name).one in tables)
        )
        return (roles, at + 2) if roles else None

    def starts_metric(self, at: int, *, table_counts: bool = False) -> bool:
        """Whether a number is named at `at`."""
        chunk = self.peek(at)
        if chunk.key("count", "agg", "share", "howmuch"):
            return True
        if self.senses(at, "measure", "rate"):
            return True
        if any(self.is_measure_column(s) for s in chunk.senses):
            return True
        if table_counts and self.is_table(at):
            return True
        if self.senses(at, "filter") and (self.is_table(at + 1) or self.senses(at + 1, "measure")):
            return True
        return self.is_table(at) and self._is_root_noun(at)

    def states_rows(self, at: int) -> bool:
        """ "no-shows": a plural of what a yes-or-no column says of rows counts them."""
        chunk = self.peek(at)
        marks = self.senses(at, "filter") or self.senses(at, "value")
        noun = any(s.raw for s in self.senses(at, "value"))
        states = all(
            s.kind == "filter"
            or (s.kind == "value" and noun)
            or (s.kind in ("value", "column") and is_flag(self.catalog.column(s.table, s.name)))
            for s in chunk.senses
        )
        return chunk.plural and bool(marks) and states

    def _is_root_noun(self, at: int) -> bool:
        """Whether the table's rows are facts: nothing joins many rows to one of them."""
        return all(s.table not in things(self.catalog) for s in self.senses(at, "table"))

    def is_additive(self, metric: MetricWish) -> bool:
        """Whether the metric adds up over groups."""
        for sense in metric.senses:
            if sense.kind == "measure":
                return self.catalog.measure(sense.name).additive
            if sense.kind == "column":
                return self.catalog.column(sense.table, sense.name).aggregate == "sum"
        return True


def _raw(sense: Sense) -> Sense:
    return replace(sense, raw=True)


_NOTHING = Chunk("unknown", "", -1, -1)
