"""Rules for days and hours that are no breakdown, and for the date that a state is told by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.draft import MetricWish
from local_workspace.translate.everyday import WORKERS
from local_workspace.translate.forms import is_participle
from local_workspace.translate.grouping import Grouping
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_COMING = frozenset({"arrival", "arriving", "arrive", "check", "appointment", "start", "visit"})
_NO_SHOW = ("no show", "no shows", "no - show", "no - shows", "no-show", "no-shows")


class Lengths(Grouping):
    """Rules for units of time and for dates of states."""

    def _days_so_spent(self, at: int) -> bool:
        """ "sick days by team": rows, where each is a day of one person; else ask which days."""
        chunk, told = self.chunks[at], self.senses(at - 1, "value", "filter")
        beside = self.peek(at - 1).end == chunk.start and chunk.value == "day" and chunk.plural
        draft, after = self.draft, self.peek(at + 1)
        ended = not after.text or after.key("by", "in", "comma") or after.kind == "date"
        if not (told and beside and ended) or draft.metrics or draft.target or draft.direction:
            return False
        days = [s for s in told if _days_of_people(s.table, self.catalog)]
        if days:
            rows = tuple(Sense("table", s.table) for s in days)
            draft.metrics.append(MetricWish(chunk.text, at, rows, count=True))
        said = f"{self.peek(at - 1).text} {chunk.text}".lower()
        draft.unclear = (
            draft.unclear or ""
            if days
            else (
                f"“{said}” could be dates on which there was one, or a number of rows; say “on how "
                "many days …” or name the rows"
            )
        )
        return True

    def _unit_of_time(self, at: int) -> bool:
        """ "delay by area in hours": the unit to show it in, which is not a breakdown by hour."""
        chunk, before = self.peek(at), self.peek(at - 1)
        if self._length_told(at):
            return True
        said = before.key("in") and before.text.lower() == "in" and chunk.kind == "grain"
        told = bool(self.draft.metrics) and not self.peek(at + 1).key("with", "which")
        return said and chunk.plural and told

    def _length_of(self, at: int) -> bool:
        """ "hours watched by device" of minutes watched: a unit, and not a breakdown by hour."""
        chunk, after = self.peek(at), self.peek(at + 1)
        amount = any(self.is_measure_column(s) for s in after.senses)
        done = amount and is_participle(after.text.lower().split()[0])
        return done and chunk.plural and chunk.kind == "grain" and chunk.end == after.start

    def _length_told(self, at: int) -> bool:
        """ "talk hours" of talk seconds: what was measured beside a unit of time, no breakdown."""
        chunk, before = self.peek(at), self.peek(at - 1)
        last = self.draft.metrics[-1] if self.draft.metrics else None
        columns = [s for s in last.senses if s.kind == "column"] if last else []
        told = {self.unit_of(s) for s in columns}
        beside = before.end == chunk.start and self.starts_metric(at - 1)
        named = chunk.kind == "grain" and chunk.plural and chunk.value in ("hour", "day")
        return named and beside and bool(told & {"seconds", "minutes", "hours"})

    def _tell_no_shows(self) -> None:
        """ "no-shows by month": by when they should have come, where that is another date."""
        for chunk in self.chunks:
            if self.draft.event or not chunk.text.lower().startswith(_NO_SHOW):
                continue
            for name in {s.table for s in chunk.senses if s.kind in ("value", "filter", "rate")}:
                table = self.catalog.tables[name]
                dates = [c for c in table.columns.values() if c.role == "time" and not c.nulls]
                coming = [c for c in dates if _COMING & set(c.label.lower().split())]
                if len(coming) == 1 and coming[0].name != table.time:
                    self.draft.event = (Sense("column", table.name, coming[0].name),)


def _days_of_people(name: str, catalog: Catalog) -> bool:
    """Whether each row is a day of one person, as in a table of shifts."""
    table = catalog.tables[name]
    time = table.columns.get(table.time or "")
    if time is None or time.family != "date":
        return False
    people = [
        table.columns[join.many_column].distinct
        for join in catalog.joins
        if join.many == name and {catalog.tables[join.one].row} & WORKERS
    ]
    return len(people) == 1 and time.distinct < table.rows <= time.distinct * people[0]
