""" "The price range by city": the lowest and the highest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk


def low_to_high(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with a minimum and a maximum in place of the range of a number."""
    for at, chunk in enumerate(found):
        if chunk.text.lower() not in ("range", "ranges", "range of") or chunk.senses:
            continue
        before, after = found[max(at - 1, 0)], found[at + 1 : at + 2]
        if at and _is_number(before, catalog):
            lead, number, rest = found[: at - 1], before, found[at + 1 :]
        elif after and after[0].key("in") and found[at + 2 : at + 3]:
            lead, number, rest = found[:at], found[at + 2], found[at + 3 :]
        else:
            continue
        if not _is_number(number, catalog) or any(c.key("agg", "super") for c in found):
            return found
        least, most = keyword("agg", "minimum", "min"), keyword("agg", "maximum", "max")
        lead = [c for c in lead if not c.key("which")]
        return [*lead, least, number, keyword("and", "and"), most, number, *rest]
    return found


def _is_number(chunk: Chunk, catalog: Catalog) -> bool:
    columns = [s for s in chunk.senses if s.kind == "column"]
    return len(columns) == 1 and catalog.column(columns[0].table, columns[0].name).role == "measure"
