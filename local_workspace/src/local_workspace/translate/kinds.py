"""The last word of a breakdown's name: "incidents by type" are told by the incident type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.heads import stemmed
from local_workspace.translate.paths import paths
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo
    from local_workspace.translate.chunks import Chunk

_LED = ("by", "and", "comma")
_ABOUT = ("table", "measure", "column", "filter")


def by_kinds(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks with an unknown word after "by" read as the one column whose name ends with it.

    The rows that the question is about come first: with their own noun in the name, then any of
    theirs where nothing that they lead to ends so too. Where two are left the word stays unknown.
    """
    return [
        replace(chunk, kind="sense", senses=senses)
        if chunk.kind == "unknown"
        and at
        and found[at - 1].key(*_LED)
        and any(c.key("by") for c in found[:at])
        and (senses := _meant(chunk, found[:at], catalog))
        else chunk
        for at, chunk in enumerate(found)
    ]


def _meant(chunk: Chunk, before: list[Chunk], catalog: Catalog) -> tuple[Sense, ...]:
    about = {s.table for c in before for s in c.senses if s.kind in _ABOUT}
    roots = [name for name in about if about <= set(paths(catalog, name))]
    if len(roots) != 1:
        return ()
    word, root = stemmed(chunk.text.lower()), roots[0]
    reached = [
        column
        for name in paths(catalog, root)
        for column in catalog.tables[name].columns.values()
        if column.role == "dimension" and _ends(column, word)
    ]
    row = stemmed(catalog.tables[root].row.split(" ")[-1])
    own = [c for c in reached if c.table == root and row in map(stemmed, c.label.lower().split())]
    told = own or reached
    if len(told) != 1:
        return ()
    return (Sense("column", told[0].table, told[0].name, weak=True),)


def _ends(column: ColumnInfo, word: str) -> bool:
    words = column.label.lower().split()
    return len(words) > 1 and stemmed(words[-1]) == word
