"""Looking at comparisons in the chunks of a question, before any rule reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.conversions import measures_something
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_CLAUSE = frozenset({"that", "which", "who", "that are", "that were", "that was", "where"})


class LimitWords:
    """The chunks of one question and what they say of limits."""

    def __init__(self, found: list[Chunk], catalog: Catalog) -> None:
        self.found = found
        self.catalog = catalog

    def peek(self, at: int) -> Chunk:
        """The chunk at `at`, or an empty one outside of the question."""
        return self.found[at] if 0 <= at < len(self.found) else _NOTHING

    def word(self, at: int) -> str:
        """What was said at `at`, in lower case."""
        return self.peek(at).text.lower()

    def limit(self, at: int) -> tuple[int, str] | None:
        """The chunk after a comparison that starts at `at`, and the unit it is told in."""
        chunk = self.peek(at)
        if chunk.key("cmp"):
            return self._amount(at + 1)
        if chunk.key("between"):
            low = self._amount(at + 1)
            if low is None or not self.peek(low[0]).key("and", "to"):
                return None
            high = self._amount(low[0] + 1)
            return (high[0], high[1] or low[1]) if high else None
        amount = self._amount(at)
        return (amount[0] + 1, amount[1]) if amount and self.peek(amount[0]).key("after") else None

    def _amount(self, at: int) -> tuple[int, str] | None:
        if self.peek(at).kind != "number":
            return None
        unit = self.peek(at + 1)
        told = unit.kind in ("unit", "grain") or measures_something(unit.text)
        if told and not unit.text.lower().endswith("ly"):
            return at + 2, unit.text.lower()
        return at + 1, ""

    def is_measure(self, sense: Sense) -> bool:
        """Whether the sense is a number of rows that people aggregate."""
        if sense.kind == "column":
            return self.catalog.column(sense.table, sense.name).role == "measure"
        return sense.kind == "measure"

    def clause(self, at: int) -> bool:
        """Whether "that" or "which" only leads on to what is said of the rows before it."""
        return at > 0 and self.word(at) in _CLAUSE

    def _rows_before(self, at: int) -> set[str]:
        """The rows that the words at `at` are said of: "flights (to Boston that) left"."""
        place = at - 1 - self.clause(at - 1)
        while self.peek(place).key("to", "from", "in", "or") or (
            self.peek(place).senses
            and all(s.kind in ("value", "toward") for s in self.peek(place).senses)
        ):
            place -= 1
        return {s.table for s in self.peek(place).senses if s.kind == "table"}

    def column(self, at: int, columns: list[ColumnInfo]) -> Chunk:
        """The column in place of the words at `at`; named `row` where its rows stand before it."""
        chunk = self.found[at]
        senses = tuple(Sense("column", c.table, c.name) for c in columns)
        rows = self._rows_before(at)
        name = "row" if rows & {c.table for c in columns} else ""
        return replace(
            chunk, kind="sense", name=name, value="", senses=senses, span=None, plural=False
        )


_NOTHING = Chunk("unknown", "", -1, -1)
