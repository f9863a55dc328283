"""Where most of the rows are: "where do most of our students come from?" asks for their city."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.phrases import ENDS, STARTS
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_PLACES = frozenset(
    {"city", "town", "village", "country", "region", "area", "district", "county", "state", "zone",
     "port", "station", "location", "place", "suburb", "postcode", "borough", "ward", "province",
     "airport", "neighbourhood", "neighborhood", "destination", "origin"}
)  # fmt: skip
_FROM = frozenset({"leave", "depart", "start", "begin", "originate", "sail", "set", "off", "go"})
_TO = frozenset({"go", "end", "arrive", "finish", "head", "travel", "fly", "up", "sail"})
_MOVES = _FROM | _TO


def whereabouts(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the column that "where" asks for, and the most of the rows counted."""
    most = next((n for n, chunk in enumerate(found) if _is_most(chunk)), 0)
    if not most or found[0].text.lower() not in _ASKED:
        return found
    start = most + 1 + (most + 1 < len(found) and found[most + 1].text.lower() == "of")
    after = start
    while after < len(found) and any(s.kind in ("value", "filter") for s in found[after].senses):
        after += 1
    rows = found[start : after + 1]
    rest = found[after + 1 :]
    if after >= len(found) or not rows[-1].plural or not all(_moves(chunk) for chunk in rest):
        return found
    tables = {s.table for s in rows[-1].senses if s.kind == "table"}
    asked = _asked(found[:most], tables, rest, catalog) if len(tables) == 1 else []
    if not asked:
        return found
    which = Chunk("key", "which", -1, -1, name="which", value="which")
    has = Chunk("key", "has", -1, -1, name="with", value="with")
    return [which, *asked, has, found[most], *rows]


def _asked(lead: list[Chunk], tables: set[str], rest: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """What is asked for: the named thing, or the place that "where" can only mean."""
    verbs = any(chunk.kind == "unknown" for chunk in rest)
    end = "from" if any(chunk.key("from") for chunk in rest) else ""
    end = end or ("to" if any(chunk.key("to") for chunk in rest) else "")
    (table,) = tables
    if lead[0].text.lower() != "where":
        named = lead[1:]
        if verbs and len(named) == 1:
            return _told_end(named[0], end, catalog)
        known = len(named) in (1, 2) and all(c.senses or c.kind == "grain" for c in named)
        return named if known and not verbs else []
    place = _place(table, end, moved=verbs, catalog=catalog) if len(lead) == 1 else None
    if place is None:
        return []
    sense = Sense("column", place.table, place.name)
    return [Chunk("sense", place.label, -1, -1, senses=(sense,))]


def _told_end(chunk: Chunk, end: str, catalog: Catalog) -> list[Chunk]:
    """ "which port do most sailings leave from": the one at that end."""
    wanted = {"from": STARTS, "to": ENDS}.get(end, frozenset())
    fitting = tuple(
        s
        for s in chunk.senses
        if s.kind == "column"
        and set(catalog.column(s.table, s.name).label.lower().split()) & wanted
    )
    return [replace(chunk, senses=fitting)] if len(fitting) == 1 else []


_ASKED = ("where", "which", "what", "in which", "from which")


def _is_most(chunk: Chunk) -> bool:
    return chunk.key("super") and chunk.text.lower() in ("most", "most of")


def _moves(chunk: Chunk) -> bool:
    return chunk.key("from", "to", "in", "by") or (
        chunk.kind == "unknown" and chunk.text.lower() in _MOVES
    )


def _place(table: str, end: str, *, moved: bool, catalog: Catalog) -> ColumnInfo | None:
    """The one column of places of the rows, or of what they point to; None where several are."""
    wanted = {"from": STARTS, "to": ENDS}.get(end, frozenset())
    for name in [table, *(join.one for join in catalog.joins if join.many == table)]:
        places = [
            column
            for column in catalog.tables[name].columns.values()
            if column.role == "dimension" and _is_place(column)
        ]
        ended = [c for c in places if set(c.label.lower().split()) & wanted]
        lived = end == "from" and not moved and len(places) == 1
        if ended or places:
            return (
                ended[0] if len(ended) == 1 else places[0] if lived or _only(places, end) else None
            )
    return None


def _only(places: list[ColumnInfo], end: str) -> bool:
    return len(places) == 1 and not end


def _is_place(column: ColumnInfo) -> bool:
    words = column.label.lower().split()
    return words[-1] in _PLACES and (len(words) == 1 or words[-1] != "state")
