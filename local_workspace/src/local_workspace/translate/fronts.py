"""First words of names: "hammer" where the only hammer is the hammer price."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from local_workspace.translate.everyday import PERSONS, WORKERS
from local_workspace.translate.forms import is_participle
from local_workspace.translate.heads import stemmed
from local_workspace.translate.senses import Sense
from local_workspace.translate.thesaurus import nouns_like

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_QUALIFYING = """
average avg mean median max min maximum minimum net gross total new old first last list unit
base actual planned target estimated scheduled current previous other final initial annual
monthly weekly daily hourly yearly high low highest lowest full half extra own per local work
number no not all is has with without of in out on at up to from by date time day days hour
hours minute minutes month year week quarter amount value count
"""
_QUALIFIERS = frozenset(_QUALIFYING.split())
"""Words that tell one such number from another and say nothing alone."""
_COUNTS = ("how many", "number of", "count of", "no of", "how much")
_SORTS = frozenset(
    {"type", "kind", "class", "category", "group", "method", "status", "reason", "mode"}
)


@lru_cache(maxsize=64)
def fronts_of(catalog: Catalog) -> dict[str, frozenset[Sense]]:
    """First word to the measures and sorts whose names begin with it, where no row is called so."""
    found: dict[str, set[Sense]] = defaultdict(set)
    rows = {stemmed(w) for t in catalog.tables.values() for n in (t.row, *t.synonyms)
            for w in n.split()}  # fmt: skip
    for table in catalog.tables.values():
        for column in table.columns.values():
            words = [stemmed(word) for word in column.label.lower().split()]
            whole = column.role != "measure" and words[-1] not in _SORTS
            if column.role != "hidden":
                for word in words if whole else words[:-1]:
                    found[word].add(Sense("column", table.name, column.name))
    return {
        word: frozenset(senses)
        for word, senses in found.items()
        if word not in rows | _QUALIFIERS | PERSONS | WORKERS
        and len(word) > 2
        and not (is_participle(word) or nouns_like(word))
    }


def by_fronts(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks with an unknown first word of one name read as that: "by treatment" of a type.

    Things that are counted ("how many seats" of a seat price) are none of it.
    """
    fronts = fronts_of(catalog) if any(chunk.kind == "unknown" for chunk in found) else {}
    return [
        replace(chunk, kind="sense", senses=tuple(told)) if told else chunk
        for at, chunk in enumerate(found)
        for told in [_meant(found, at, fronts, catalog)]
    ]


def _meant(
    found: list[Chunk], at: int, fronts: dict[str, frozenset[Sense]], catalog: Catalog
) -> frozenset[Sense]:
    chunk = found[at]
    word = (chunk.value or chunk.text).lower()
    told = fronts.get(stemmed(word), frozenset()) if chunk.kind == "unknown" else frozenset()
    if len(told) != 1 or stemmed(word) != word:
        return frozenset()
    before = found[at - 1] if at else None
    roles = {catalog.column(s.table, s.name).role for s in told}
    if roles == {"dimension"}:
        return told if before is not None and before.key("by") else frozenset()
    counted = before is not None and before.text.lower() in _COUNTS
    return told if roles == {"measure"} and not counted else frozenset()
