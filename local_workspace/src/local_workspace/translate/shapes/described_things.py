"""Things with an adjective before them: "which Kent practice", "the busiest German shop".

The plain rules read what is asked for first and what narrows it after: "which practice (in) Kent".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.shapes.reading import keyword
from local_workspace.translate.things import things

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_MANY = frozenset({"most", "fewest", "least", "more", "highest", "lowest"})
"""Before them rows are counted: "the most active members"."""
_DOING = frozenset({"did", "do", "does"})
"""After "what" they ask for a number: "what did German customers spend"."""


def noun_first(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with each such adjective behind its noun."""
    words = list(found)
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _adjective(words[end]):
            end += 1
        if at < end < len(words) and _thing(words[end], words[at:end], catalog):
            lead = _lead(words, at, end)
            if lead is not None:
                words = [*words[:at], *lead, words[end], *words[at:end], *words[end + 1 :]]
        at = end + 1
    return words


def _lead(words: list[Chunk], at: int, noun: int) -> list[Chunk] | None:
    """What has to stand before the noun; None where the adjective may stay in its place."""
    after = words[noun + 1 : noun + 3]
    if at == 0:
        ranked = len(after) == 2 and after[0].key("with") and after[1].key("super")
        return [keyword("which", "which")] if ranked and not words[noun].plural else None
    before = words[at - 1]
    if _DOING & set(words[at].skipped):
        return None
    if before.key("which") and before.text.lower() in ("which", "what", "which of the"):
        return []
    if before.key("super") and before.text.lower() not in _MANY and not words[noun].plural:
        return []
    return [] if before.key("by") and not words[noun].plural else None


def _adjective(chunk: Chunk) -> bool:
    return bool(chunk.senses) and all(s.kind in ("value", "filter") for s in chunk.senses)


def _thing(chunk: Chunk, adjectives: list[Chunk], catalog: Catalog) -> bool:
    """Whether the word names things with names of their own that the adjectives are said of."""
    named = {
        s.table
        for s in chunk.senses
        if s.kind == "table" and s.table in things(catalog) and catalog.tables[s.table].label
    }
    return bool(named) and all(named & {s.table for s in a.senses} for a in adjectives)
