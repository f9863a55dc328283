"""Sorts that stand for their rows: "which dentist", "the busiest van", "the most no-shows".

A clinician whose role is dentist is a dentist; the noun of the rows is put behind it, so that the
plain rules read "dentist clinicians".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.doers import is_of_people
from local_workspace.translate.senses import Sense
from local_workspace.translate.things import things

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_JOBS = frozenset({"role", "job", "title", "position", "profession", "occupation", "trade", "post"})
_KINDS = frozenset({"type", "kind", "class", "species", "model"})
_STATES = frozenset({"status", "state", "outcome", "result", "type", "kind"})
_MANY = frozenset({"most", "fewest", "least"})


def with_their_rows(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the rows named behind each such sort."""
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        words.append(chunk)
        table = _table(chunk, catalog)
        if (
            table
            and not _named(found[at + 1 : at + 2], table)
            and _counted(found, at, table, catalog)
        ):
            row = catalog.tables[table].row
            noun = plural(row) if chunk.plural else row
            rows = (Sense("table", table),)
            words.append(Chunk("sense", noun, -1, -1, senses=rows, plural=chunk.plural))
    return words


def _table(chunk: Chunk, catalog: Catalog) -> str:
    """The table whose rows are of that sort, where the word says nothing else."""
    if not chunk.senses or any(s.kind != "value" for s in chunk.senses):
        return ""
    columns = {(s.table, s.name) for s in chunk.senses}
    return chunk.senses[0].table if len(columns) == 1 else ""


def _named(after: list[Chunk], table: str) -> bool:
    return bool(after) and any(s.table == table for s in after[0].senses)


def _counted(found: list[Chunk], at: int, table: str, catalog: Catalog) -> bool:
    """Whether the sort is asked for or counted, and is one that rows are called by."""
    chunk = found[at]
    label = catalog.column(table, chunk.senses[0].name).label.lower().split()
    before = found[at - 1] if at else None
    most = before is not None and before.key("super") and before.text.lower() in _MANY
    if table in things(catalog) and catalog.tables[table].label:
        jobs = bool(_JOBS & set(label)) and is_of_people(catalog.tables[table])
        if before is None or before.key("count"):
            return chunk.plural and (jobs or bool(_KINDS & set(label)))
        if most:
            return chunk.plural and jobs
        top = before.kind == "number" and at > 1 and found[at - 2].key("super")
        asked = before.key("super", "which") or (before.key("by") and not chunk.plural) or top
        return asked and (jobs or bool(_KINDS & set(label)))
    limited = before is not None and before.kind == "number" and found[at - 2].key("cmp")
    counted = most or limited or (before is not None and before.key("count"))
    return counted and chunk.plural and bool(_STATES & set(label))
