"""Rates of two sums that columns name: "scrap rate" of scrapped and produced units.

Only where exactly one pair of columns fits; "overtime rate" of planned and worked hours is asked
back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.forms import family
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo
    from local_workspace.translate.chunks import Chunk

_RATE = frozenset({"rate", "ratio", "percentage", "pct"})
_MADE = frozenset({"produced", "made", "manufactured", "output", "delivered", "received", "loaded",
                   "shipped", "handled", "inspected", "picked", "served"})  # fmt: skip
_MEANT = frozenset({"planned", "scheduled", "ordered", "expected", "target", "stops"})
_ROOM = frozenset({"seats", "capacity", "places", "available", "spaces", "ordered", "offered"})
_TAKEN = frozenset({"sold", "filled", "occupied", "booked", "taken", "tickets", "passengers",
                    "delivered", "attended"})  # fmt: skip
_PAIRS: tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...] = (
    (frozenset({"scrap", "scrappage", "waste", "wastage", "reject", "rejection", "damage", "defect",
                "breakage", "spoilage", "loss", "return"}),
     frozenset({"scrapped", "scrap", "wasted", "waste", "rejected", "rejects", "damaged", "broken",
                "defective", "defects", "spoiled", "lost", "returned"}), _MADE),
    (frozenset({"missed", "miss"}), frozenset({"missed"}), _MEANT),
    (frozenset({"fill", "occupancy", "load"}), _TAKEN, _ROOM),
    (frozenset({"collection"}), frozenset({"paid", "collected", "received"}),
     frozenset({"due", "billed", "charged", "invoiced"})),
    (frozenset({"attendance"}), frozenset({"attended", "present", "worked"}),
     frozenset({"scheduled", "planned", "enrolled", "expected", "rostered"})),
    (frozenset({"completion", "fulfilment", "fulfillment"}),
     frozenset({"completed", "finished", "done", "fulfilled"}),
     frozenset({"planned", "scheduled", "started", "assigned", "ordered"})),
)  # fmt: skip
"""What a rate is called, and words of the column above and of that below the line."""
_ALONE = ("occupancy",)


def as_ratios(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the two columns of such a rate in its place, one per the other."""
    for at, chunk in enumerate(found):
        word = singular(chunk.text.lower())
        led = chunk.kind == "unknown" or (
            chunk.kind == "sense" and all(s.kind == "column" for s in chunk.senses)
        )
        rated = found[at + 1 : at + 2] and _says_rate(found[at + 1])
        if not led or not (rated or (word in _ALONE and chunk.kind == "unknown")):
            continue
        pair = _pair(word, chunk, catalog)
        if pair is None:
            continue
        above, below = pair
        text = f"{chunk.text} {found[at + 1].text}" if rated else chunk.text
        per = keyword("by", "per")
        per.repaired, per.value = text, f"{above.label} per {below.label}"
        end = at + 1 + bool(rated)
        return [*found[:at], _column(chunk, above), per, _column(chunk, below), *found[end:]]
    return found


def _says_rate(chunk: Chunk) -> bool:
    plain = chunk.kind == "unknown" or chunk.key("share")
    return plain and singular(chunk.text.lower()) in _RATE


def _column(chunk: Chunk, column: ColumnInfo) -> Chunk:
    senses = (Sense("column", column.table, column.name),)
    return replace(chunk, kind="sense", text=column.label, senses=senses, repaired=None)


def _pair(word: str, chunk: Chunk, catalog: Catalog) -> tuple[ColumnInfo, ColumnInfo] | None:
    """The one pair of columns of a table that makes the rate.

    Not where one has gaps that the other lacks: an order that has not arrived may be unfilled or
    not yet known.
    """
    named = {(s.table, s.name) for s in chunk.senses}
    forms = {word, *family(word)}
    found = [
        (above, below)
        for names, tops, bottoms in _PAIRS
        if forms & names
        for table in catalog.tables.values()
        for above in _sums(table.columns)
        for below in _sums(table.columns)
        if above != below
        and _says(above, _alike(tops, forms) or tops)
        and _says(below, bottoms)
        and (above.unit, above.nulls) == (below.unit, below.nulls)
        and (not named or (above.table, above.name) in named)
    ]
    return found[0] if len(found) == 1 else None


def _alike(words: frozenset[str], forms: set[str]) -> frozenset[str]:
    """ "wasted" of "wastage": the words that begin as the rate's own name does."""
    return frozenset(w for w in words if any(w[:4] == form[:4] for form in forms))


def _sums(columns: dict[str, ColumnInfo]) -> list[ColumnInfo]:
    return [c for c in columns.values() if c.role == "measure" and c.aggregate == "sum"]


def _says(column: ColumnInfo, words: frozenset[str]) -> bool:
    return bool(words & set(column.label.lower().split()))
