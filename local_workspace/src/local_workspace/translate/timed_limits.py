"""Limits on how long rows took: "resolved within 24 hours", "took over 3 days to approve"."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.computed import span
from local_workspace.spaces.conversions import factor
from local_workspace.spaces.elapsed import Elapsed
from local_workspace.translate.elapsed_words import begun_by, ended_by, names_date
from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.lexicon import lexicon_of
from local_workspace.translate.short_limits import ShortLimits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import ColumnInfo, TableInfo
    from local_workspace.translate.chunks import Chunk

_BEFORE = ("ahead", "advance", "beforehand", "earlier", "before")
_SINCE = ("of", "after", "from", "since")
_WAITED = ("waited", "waiting", "wait", "waits")
_SPEEDY = frozenset({"reached", "answered", "responded", "attended", "replied"})


class TimedLimits(ShortLimits):
    """Limits that are told by two dates of a row."""

    def timed_limit(self, at: int) -> tuple[list[Chunk], int] | None:
        """The chunks to put in place of those from `at`, and the chunk after them."""
        told = self._timed(at)
        if told and self.peek(at - 1).key("not"):
            # What is not done yet is not done within the time either: which rows are meant?
            return [replace(self.peek(at), kind="unknown", senses=())], at + 1
        return told

    def _timed(self, at: int) -> tuple[list[Chunk], int] | None:
        return self._done_within(at) or self._taken_to(at) or self._waited(at)

    def _done_within(self, at: int) -> tuple[list[Chunk], int] | None:
        """ "resolved within 24 hours (of opening)", "booked more than 3 days ahead"."""
        place = at + 1
        while self.peek(place).key("in", "comma") or self.word(place) == "after":
            place += 1
        limit = self.limit(place) if self.peek(place).key("cmp") else None
        if limit is None or not _of_time(limit[1]) or self.peek(at).kind == "key":
            return None
        end, near = limit[0], "of" in self.peek(limit[0]).skipped
        after = end + (not near and (self.peek(end).key("in") or self.word(end) in _SINCE))
        found = list(self._named(at))
        if self.word(after) in _BEFORE:
            found, end = self._named(at, ahead=True), after + 1
        elif (near or self.word(end) in _SINCE) and self._is_date(after):
            found = self._since(at, after, any_order=self.word(end) == "after")
            if len(found) != 1:
                return [replace(self.peek(at), kind="unknown", senses=())], at + 1
            end = after + 1 + (self.word(after + 1) == "date")
        if len(found) > 1 or self.word(end).endswith(("late", "early")):
            return None
        column = self._told(*found[0]) if found else self._held(at)
        return ([self.column(at, [column]), *self.found[place : limit[0]]], end) if column else None

    def _since(self, at: int, start: int, *, any_order: bool) -> list[tuple[TableInfo, Elapsed]]:
        """The times from the date named at `start` to what was done; or, asked so, before it."""
        return [
            (table, pair)
            for table, pair in self._any_pairs()
            if self._names(start, table, pair.start)
            and self._names(at, table, pair.end)
            and (any_order or (pair.start, pair.end) in {(p.start, p.end) for p in table.elapsed})
        ]

    def _is_date(self, at: int) -> bool:
        told = [s for s in self.peek(at).senses if s.kind == "column"]
        return any(self.catalog.column(s.table, s.name).role == "time" for s in told) or any(
            self._names(at, table, pair.start) for table, pair in self._any_pairs()
        )

    def _held(self, at: int) -> ColumnInfo | None:
        """ "calls answered within 2 minutes" of a column for the response time."""
        word = self.word(at)
        if not is_participle(word):
            return None
        names = [[form, "time"] for form in (word, *family(word))]
        names += [["response", "time"]] if word in _SPEEDY else []
        found = [known for name in names if (known := self._time_column(name))]
        return found[0] if len(set(map(id, found))) == 1 else None

    def _time_column(self, name: list[str]) -> ColumnInfo | None:
        known = lexicon_of(self.catalog).find(name, 0)
        senses = known[1] if known and known[0] == len(name) else ()
        told = [s for s in senses if self.is_measure(s) and s.kind == "column"]
        return self.catalog.column(told[0].table, told[0].name) if len(told) == 1 else None

    def _taken_to(self, at: int) -> tuple[list[Chunk], int] | None:
        """ "(took) longer than 3 days to resolve"."""
        limit = self.limit(at) if self.peek(at).key("cmp") else None
        if limit is None or not _of_time(limit[1]) or self.word(limit[0]) != "to":
            return None
        found = list(self._named(limit[0] + 1))
        if len(found) != 1:
            return None
        return [self.column(at, [self._told(*found[0])]), *self.found[at : limit[0]]], limit[0] + 2

    def _waited(self, at: int) -> tuple[list[Chunk], int] | None:
        """ "patients who waited over 30 minutes"."""
        limit = self.limit(at + 1) if self.word(at) in _WAITED else None
        column = self._time_column(["waiting", "time"])
        if limit is None or not _of_time(limit[1]) or column is None:
            return None
        return [self.column(at, [column]), *self.found[at + 1 : limit[0]]], limit[0]

    def _any_pairs(self) -> Iterator[tuple[TableInfo, Elapsed]]:
        """All times between dates of a row, in whatever order they came."""
        for table in self.catalog.tables.values():
            times = [
                c for c in table.columns.values() if c.role == "time" and c.family != "integer"
            ]
            for one, other in itertools.permutations(times, 2):
                if one.family == other.family:
                    unit = "hours" if one.family == "timestamp" else "days"
                    yield table, Elapsed(one.name, other.name, unit)

    def _named(self, at: int, *, ahead: bool = False) -> list[tuple[TableInfo, Elapsed]]:
        """The times that end with what the word says was done; or begin with it."""
        return (begun_by if ahead else ended_by)(self.peek(at), self.catalog)

    def _names(self, at: int, table: TableInfo, name: str) -> bool:
        return names_date(self.peek(at), table, name)

    def _told(self, table: TableInfo, pair: Elapsed) -> ColumnInfo:
        return self.catalog.column(table.name, span(pair.start, pair.end, pair.unit))


def _of_time(unit: str) -> bool:
    return factor(unit, "hours") is not None
