"""Both states of a flag: "with and without a pool", "billable vs non-billable hours"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog


def with_and_without(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with a breakdown by the flag in place of its two states."""
    for at in range(1, len(found) - 1):
        said = _states(found, at)
        flags = [
            s
            for s in (said[0].senses if said else ())
            if s.kind == "column" and catalog.column(s.table, s.name).family == "bool"
        ]
        if said is None or len(flags) != 1:
            continue
        marked, start, end = said
        rest = found[end:]
        while rest and rest[0].key("comma"):
            rest = rest[1:]
        first = next((n for n, chunk in enumerate(rest) if not chunk.senses), len(rest))
        things, rest = rest[:first], rest[first:]
        if rest and rest[0].key("by"):
            rest = [keyword("and", "and"), *rest[1:]]
        flag = Chunk("sense", marked.text, -1, -1, senses=tuple(flags))
        return [*found[:start], *things, keyword("by", "by"), flag, *rest]
    return found


def _states(found: list[Chunk], at: int) -> tuple[Chunk, int, int] | None:
    """The flag whose two states stand on both sides of `at`, and where that begins and ends."""
    before, joined, after = found[at - 1 : at + 2]
    if not joined.key("compare", "and", "or") or not _denies(after):
        return None
    if before.key("with") and before.text.lower() == "with":
        return (found[at + 2], at - 1, at + 3) if at + 2 < len(found) else None
    again = found[at + 2 : at + 3]
    if again and again[0].senses == before.senses:
        return before, at - 1, at + 3
    led = at > 1 and found[at - 2].key("with")
    return (before, at - 1 - led, at + 2) if _ends(found, at + 2) else None


def _denies(chunk: Chunk) -> bool:
    return chunk.key("not") and chunk.text.lower() in ("without", "not", "no", "non")


def _ends(found: list[Chunk], at: int) -> bool:
    """Whether nothing follows that a denial could be of."""
    return at >= len(found) or found[at].key("comma", "by", "in") or found[at].kind == "date"
