"""Limits on how late: "left more than an hour late", "delayed by over 30 minutes on arrival"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.elapsed_words import delays
from local_workspace.translate.forms import family, regular
from local_workspace.translate.limit_words import LimitWords
from local_workspace.translate.qualities import is_money
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo

_LATE = {
    "late": 1, "delayed": 1, "overdue": 1, "behind schedule": 1, "early": -1,
    "ahead of schedule": -1,
}  # fmt: skip
"""Whether the number is a delay, or the opposite of one."""
_DELAYS = frozenset({"delay", "lateness", "late"})
_MOVES = {"leave": "depart", "land": "arrive", "start": "depart"}
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_TIME = r"(?:minutes?|mins?|hours?|days?)"


class Lateness(LimitWords):
    """Limits on how late something was, told by the one delay that the words point to."""

    def late_limit(self, at: int) -> tuple[list[Chunk], int] | None:
        """The chunks to put in place of those from `at`, and the chunk after them."""
        return self._delayed_by(at) or self._so_late(at) or self._done_late(at)

    def _done_late(self, at: int) -> tuple[list[Chunk], int] | None:
        """ "orders shipped late": after the date that was agreed, where two dates tell it."""
        word = self.peek(at + 1)
        if word.kind not in ("unknown", "sense") or self.word(at + 1) not in ("late", "early"):
            return None
        others = {sense.table for sense in word.senses}
        columns = self._delays(self.word(at)) if at else []
        columns = [c for c in columns if c.made_of and c.table not in others]
        if len(columns) != 1 or self.peek(at - 1).key("not", "count"):
            return None
        sign = ">" if self.word(at + 1) == "late" else "<"
        told = replace(word, kind="key", text="over" if sign == ">" else "under", name="cmp")
        nothing = replace(word, kind="number", text="0", number=0.0)
        column = replace(self.column(at, columns), name="row")
        return [column, replace(told, value=sign), nothing], at + 2

    def _delayed_by(self, at: int) -> tuple[list[Chunk], int] | None:
        word, place = self.word(at), at + 1
        late = next((w for w in _LATE if word == w or word.endswith(f" {w}")), "")
        while self.peek(place).key("by", "in"):
            place += 1
        limit = self.limit(place) if late and place > at + 1 else None
        if limit is None or not limit[1]:
            return None
        columns = self._of_rows(at, self._delays(""), self._all())
        said = self.found[place : limit[0]]
        if not columns:
            return None
        column = self.column(at, columns)
        rows = self._rows_of_measure(at)
        return [*rows, replace(column, name="row") if rows else column, *_told(said, late)], limit[
            0
        ]

    def _so_late(self, at: int) -> tuple[list[Chunk], int] | None:
        if not (self.limit(at) or self.limit(at + 1)):
            return None
        verb = self.word(at) if self._moves(self.word(at)) else ""
        place = at + bool(verb)
        limit = self.limit(place)
        if limit is None:
            return None
        end, unit = limit
        said = self.word(end)
        late = next((w for w in _LATE if said == w or re.fullmatch(rf"{_TIME} {w}", said)), "")
        if not late or not (unit or said != late):
            return None
        after = end + 1
        while self.peek(after).key("in"):
            after += 1
        told_after = after > end + 1 and self._moves(self.word(after))
        columns = self._delays(self.word(after) if told_after else verb)
        if not columns:
            return None
        words = self.found[place:end]
        if not unit:
            word = said.split(" ")[0]
            words = [*words, replace(self.found[end], kind="unit", text=word, value=word)]
        limit_told = [self.column(at, columns), *_told(words, late)]
        return limit_told, after + 1 if told_after else end + 1

    def _rows_of_measure(self, at: int) -> list[Chunk]:
        """ "share of flights delayed" where that is one phrase: what it counts is named too."""
        chunk = self.found[at]
        named = [self.catalog.measure(s.name) for s in chunk.senses if s.kind == "measure"]
        if len(named) != 1 or " " not in chunk.text:
            return []
        senses = (Sense("table", named[0].table),)
        text = self.catalog.tables[named[0].table].row
        rows = replace(chunk, text=text, senses=senses, plural=True)
        share = replace(chunk, kind="key", text="share of", name="share", value="share", senses=())
        return [share, rows] if named[0].format == "percent" else [rows]

    def _moves(self, word: str) -> bool:
        """Whether the word tells which of several delays is meant: "departed", "on arrival"."""
        return bool(word) and any(_names(column, word) for column in self._all())

    def _all(self) -> list[ColumnInfo]:
        held = [
            column
            for table in self.catalog.tables.values()
            for column in table.columns.values()
            if column.role == "measure"
            and set(column.label.lower().split()) & _DELAYS
            and not is_money(column)
        ]
        return held or [
            self.catalog.column(table.name, delay.name)
            for table in self.catalog.tables.values()
            for delay in delays(table)
        ]

    def _of_rows(
        self, at: int, columns: list[ColumnInfo], every: list[ColumnInfo]
    ) -> list[ColumnInfo]:
        """Of several delays, the one of the rows that are named last before."""
        for place in range(at - 1, -1, -1):
            named = {s.table for s in self.peek(place).senses if s.kind == "table"}
            if near := [column for column in columns or every if column.table in named]:
                return near if len(near) == 1 else columns
        return columns

    def _delays(self, move: str) -> list[ColumnInfo]:
        """The delays of that move; of several, those that are called nothing but a delay."""
        columns = self._all()
        if move:
            return [column for column in columns if _names(column, move)]
        if len(columns) > 1:
            return [c for c in columns if {"delay", "lateness"} & {c.label.lower(), *c.synonyms}]
        return columns


def _told(limit: list[Chunk], late: str) -> list[Chunk]:
    return [_mirrored(chunk) for chunk in limit] if _LATE[late] < 0 else limit


def _mirrored(chunk: Chunk) -> Chunk:
    """An hour early is a delay of less than minus an hour."""
    if chunk.kind == "number":
        return replace(chunk, number=-chunk.number)
    turned = chunk.key("cmp", "after") and chunk.value in _TURNED
    return replace(chunk, value=_TURNED[chunk.value]) if turned else chunk


def _names(column: ColumnInfo, word: str) -> bool:
    """ "left" of departure delay, "on arrival" of arrival delay."""
    forms = {word, *family(word), *regular(word)}
    forms |= {_MOVES[base] for base in forms & set(_MOVES)}
    forms |= {form for known in forms for form in family(known)}
    return bool(forms & set(column.label.lower().split()) - _DELAYS - {column.unit})
