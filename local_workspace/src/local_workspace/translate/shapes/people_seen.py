"""People that were seen or served: "how many patients did we see in May" asks for those who came.

When they registered is another date; who came is told by the rows that point to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.doers import is_of_people
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_DID = frozenset({"did", "do", "does", "have", "has", "were", "was", "been", "we"})
_SEEN = frozenset({"see", "saw", "seen", "serve", "served", "serves"})


def with_visits(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the rows named by which people are seen."""
    for at, chunk in enumerate(found):
        people = [s.table for s in chunk.senses if s.kind == "table"]
        if len(people) != 1 or not is_of_people(catalog.tables[people[0]]):
            continue
        spoken = [c.skipped for c in found[max(at - 1, 0) : at + 2]]
        after = found[at + 1].skipped[:1] if at + 1 < len(found) else ()
        done = after in (("seen",), ("served",))
        if not done and not any(_DID & set(words) and _SEEN & set(words) for words in spoken):
            continue
        if not catalog.tables[people[0]].time or any(_rows(c, people[0], catalog) for c in found):
            continue
        facts = {j.many for j in catalog.joins if j.one == people[0]}
        facts = {name for name in facts if catalog.tables[name].time}
        told = [_said(facts.pop(), catalog)] if len(facts) == 1 else [_unclear("seen")]
        return [*found[: at + 1], keyword("with", "with"), *told, *found[at + 1 :]]
    return found


def _rows(chunk: Chunk, people: str, catalog: Catalog) -> bool:
    """Whether the word is already about rows that point to the people."""
    facts = {j.many for j in catalog.joins if j.one == people}
    return any(s.table in facts for s in chunk.senses)


def _said(table: str, catalog: Catalog) -> Chunk:
    noun = plural(catalog.tables[table].row)
    return Chunk("sense", noun, -1, -1, senses=(Sense("table", table),), plural=True)


def _unclear(word: str) -> Chunk:
    return Chunk("unknown", word, -1, -1)
