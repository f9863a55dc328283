"""Limits in one word: "the over 80s", "5 star reviews"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.lateness import Lateness

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_NUMBERS = ("integer", "number")
_LIKED = frozenset({"star", "stars", "rating", "score"})
_AGE = frozenset({"age"})


class ShortLimits(Lateness):
    """Limits that a plural number or a word of stars tells."""

    def short_limit(self, at: int) -> tuple[list[Chunk], int] | None:
        """The chunks to put in place of those from `at`, and the chunk after them."""
        return self._aged(at) or self._starred(at)

    def _aged(self, at: int) -> tuple[list[Chunk], int] | None:
        years = re.fullmatch(r"(\d\d)s", self.word(at + 1))
        said = self.peek(at).key("cmp") and self.word(at) in ("over", "under", "above", "below")
        columns = self._numbers(_AGE) if years and said else []
        if not years or len(columns) != 1:
            return None
        number = replace(self.peek(at + 1), kind="number", number=float(years.group(1)))
        return [self.column(at, columns), self.peek(at), number], at + 2

    def _starred(self, at: int) -> tuple[list[Chunk], int] | None:
        place = at + 1 + self.peek(at + 1).key("minus")
        star = self.peek(place).kind == "unknown" and self.word(place) in ("star", "stars")
        if self.peek(at).kind != "number" or not star:
            return None
        tables = {s.table for s in self.peek(place + 1).senses if s.kind == "table"}
        columns = self._numbers(_LIKED)
        columns = [c for c in columns if c.table in tables] or columns
        if len(columns) != 1 or not (columns[0].low or 0) <= self.peek(at).number <= 5:
            return None
        equal = Chunk("key", "exactly", -1, -1, name="cmp", value="=")
        column = replace(self.column(place, columns), name="row")
        return [column, equal, self.peek(at)], place + 1

    def _numbers(self, words: frozenset[str]) -> list[ColumnInfo]:
        return [c for table in self.catalog.tables.values() for c in numbers_of(table, words)]


def numbers_of(table: TableInfo, words: frozenset[str]) -> list[ColumnInfo]:
    """The numbers of a table whose name has one of the words."""
    return [
        c
        for c in table.columns.values()
        if c.family in _NUMBERS and c.role != "hidden" and words & set(c.label.lower().split())
    ]
