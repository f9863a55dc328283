"""Readings of a question whose words name two things: "guests" as people and as a column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular, spoken

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.senses import Sense


def homonym(chunks: list[Chunk], catalog: Catalog) -> Chunk | None:
    """The first word that is the name of a table and of a measure alike."""
    return next((chunk for chunk in chunks if _both(chunk, catalog)), None)


def readings(chunks: list[Chunk], word: Chunk) -> tuple[list[Chunk], list[Chunk]]:
    """The question with the word meaning rows, and with it meaning the measure."""
    rows = tuple(s for s in word.senses if s.kind != "column")
    column = tuple(s for s in word.senses if s.kind == "column")
    return _meaning(chunks, word, rows), _meaning(chunks, word, column)


def is_amount(chunks: list[Chunk], word: Chunk) -> bool:
    """Whether the words beside it ask for a number: "3 guests", "average guests", "guests per"."""
    at = chunks.index(word)
    before, after = chunks[max(at - 1, 0)], chunks[min(at + 1, len(chunks) - 1)]
    return before.kind == "number" or before.key("agg") or after.text.lower() == "per"


def _meaning(chunks: list[Chunk], word: Chunk, senses: tuple[Sense, ...]) -> list[Chunk]:
    said = word.text.lower()
    return [
        replace(c, senses=senses) if c.senses == word.senses and c.text.lower() == said else c
        for c in chunks
    ]


def _both(chunk: Chunk, catalog: Catalog) -> bool:
    tables = {
        singular(name.lower())
        for s in chunk.senses
        if s.kind == "table"
        for name in (catalog.tables[s.table].row, spoken(s.table))
    }
    return any(
        s.kind == "column"
        and catalog.column(s.table, s.name).role == "measure"
        and singular(catalog.column(s.table, s.name).label.lower()) in tables
        for s in chunk.senses
    )
