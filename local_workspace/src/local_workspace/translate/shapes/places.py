"""Which end of a row is meant: "ended at each station", "by return hub", "from Kiel to Brest".

Where two columns of a table point to one list of places, words for going and coming tell them
apart. What the space itself calls an end is left as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.ends import ends
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, JoinInfo
    from local_workspace.translate.chunks import Chunk

_STARTS = frozenset({"pick up", "pick", "pickup", "start", "starting", "origin", "departure",
                     "source", "collection", "sending", "outgoing"})  # fmt: skip
_ENDS = frozenset({"drop off", "dropoff", "end", "ending", "destination", "arrival", "return",
                   "target", "receiving"})  # fmt: skip
_LEFT = frozenset({"departing", "leaving", "starting", "started", "departed", "picked"})
_CAME = frozenset({"returned", "returning", "ending", "ended", "arriving", "arrived", "dropped"})
_AFTER = ("by", "and", "comma", "or", "compare")


def by_ends(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the end that its words point to named by its column."""
    found = _owned(found)
    named = {s.table for chunk in found for s in chunk.senses if s.kind == "table"}
    pairs = [p for t in catalog.tables.values() if (p := _joined(t.name, catalog))]
    if len(pairs) > 1:
        pairs = [pair for pair in pairs if pair[0].many in named]
    if len(pairs) != 1:
        return found
    return _told(found, pairs[0])


def _joined(table: str, catalog: Catalog) -> tuple[JoinInfo, JoinInfo] | None:
    """The joins of the two ends to one and the same list of places."""
    told = ends(catalog.tables[table])
    if told is None:
        return None
    joins = [
        next((j for j in catalog.joins if (j.many, j.many_column) == (table, c.name)), None)
        for c in told
    ]
    first, second = joins
    return (first, second) if first and second and first.one == second.one else None


def _told(found: list[Chunk], pair: tuple[JoinInfo, JoinInfo]) -> list[Chunk]:
    for at, chunk in enumerate(found):
        place = any(s.kind == "table" and s.table == pair[0].one for s in chunk.senses)
        value = any(s.kind == "value" and s.table == pair[0].one for s in chunk.senses)
        if value and not place and at and found[at - 1].key("from", "to"):
            found = _toward(found, at - 1, pair[found[at - 1].key("to")])
        if not place or value or any(s.table == pair[0].many for s in chunk.senses):
            continue
        for read in (_trailing, _before, _verb):
            told = read(found, at, pair)
            if told is not None:
                return told
    return found


def _toward(found: list[Chunk], at: int, join: JoinInfo) -> list[Chunk]:
    """ "from Kiel": the preposition says which end holds the value."""
    senses = (Sense("toward", join.many, join.name),)
    return [*found[:at], replace(found[at], kind="sense", name="", senses=senses), *found[at + 1 :]]


def _end(chunk: Chunk, join: JoinInfo, text: str) -> Chunk:
    return replace(chunk, text=text, senses=(Sense("column", join.many, join.many_column),))


def _trailing(found: list[Chunk], at: int, pair: tuple[JoinInfo, JoinInfo]) -> list[Chunk] | None:
    """ "by station in", where nothing follows that could be in something."""
    after = found[at + 1 : at + 3]
    if not after or after[0].text.lower() not in ("in", "out") or not found[at - 1].key("by"):
        return None
    if len(after) == 2 and not after[1].key(*_AFTER, "in"):
        return None
    said = after[0].text.lower()
    join = next((j for j in pair if j.many_column.lower().split("_")[-1] == said), None)
    if join is None:
        return None
    return [*found[:at], _end(found[at], join, f"{found[at].text} {said}"), *found[at + 2 :]]


def _before(found: list[Chunk], at: int, pair: tuple[JoinInfo, JoinInfo]) -> list[Chunk] | None:
    """ "return station", "pick-up station"."""
    for width in (3, 2, 1):
        words = found[max(at - width, 0) : at]
        plain = words and all(c.kind == "unknown" or c.key("minus", "from", "to") for c in words)
        said = " ".join(c.text.lower() for c in words if not c.key("minus"))
        if plain and said in _STARTS | _ENDS:
            join = pair[said in _ENDS]
            after = found[at + 1 : at + 2]
            if after and any(s.table == join.one for s in after[0].senses if s.kind == "column"):
                words = [*found[: at - len(words)], replace(words[0], kind="sense", text=said)]
                return [*_toward(words, len(words) - 1, join), *found[at:]]
            return [*found[: at - len(words)], _end(found[at], join, f"{said} {found[at].text}"),
                    *found[at + 1 :]]  # fmt: skip
    return None


def _verb(found: list[Chunk], at: int, pair: tuple[JoinInfo, JoinInfo]) -> list[Chunk] | None:
    """ "ended at each station", "returned to each station"."""
    by = at - 1
    text = found[by].text.lower()
    if by < 1 or not found[by].key("by") or not text.endswith(("each", "every")):
        return None
    side = {"from": 0, "to": 1}.get(text.split(" ")[0])
    verb = found[by - 1]
    word = verb.text.lower().split(" ")[0]
    going = verb.key("from", "to") or verb.kind == "unknown"
    going = going or any(s.kind == "toward" for s in verb.senses)
    moved = going and (verb.key("from", "to") or word in _LEFT | _CAME)
    if not moved and side is None:
        return None
    join = pair[verb.key("to") or word in _CAME if moved else side or 0]
    grouped = replace(found[by], text="by")
    return [*found[: by - moved], grouped, _end(found[at], join, found[at].text), *found[at + 1 :]]


def _owned(found: list[Chunk]) -> list[Chunk]:
    """ "by country of the customer": the thing says whose country it is."""
    for at in range(len(found) - 1):
        chunk, owner = found[at], found[at + 1]
        tables = {s.table for s in owner.senses if s.kind == "table"}
        own = tuple(s for s in chunk.senses if s.kind == "column" and s.table in tables)
        several = len({s.table for s in chunk.senses if s.kind == "column"}) > 1
        gap = 0 <= chunk.end < owner.start and not owner.plural
        if several and own and gap and singular(chunk.text.lower()) != owner.text.lower():
            return [*found[:at], replace(chunk, senses=own), *found[at + 2 :]]
    return found
