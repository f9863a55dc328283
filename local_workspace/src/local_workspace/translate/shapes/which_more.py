# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Two sides of one comparison: "do members wait longer than guests", "more in June than in May".

The plain rules read them side by side: "wait by members vs guests", "… in June vs May".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk

_MORE = frozenset(
    {"more", "fewer", "less", "higher", "lower", "longer", "shorter", "larger", "bigger", "smaller"}
    | {"greater", "better", "worse"}
)
_MUCH = frozenset({"more than", "less than"})
"""After a verb alone they may be about each one or about all: "do women spend more than men"."""
_ASKING = frozenset({"do", "does", "did", "is", "are", "was", "were", "have", "has"})
_ALREADY = ("compare", "share", "change", "not", "by", "which", "or")


def side_by_side(found: list[Chunk]) -> list[Chunk]:
    """The question with both sides next to each other; as it is where no two are compared."""
    if not found or not _ASKING & set(found[0].skipped):
        return found
    if any(chunk.key(*_ALREADY) or (chunk.key("super") and not _more(chunk)) for chunk in found):
        return found
    than = next((n for n, chunk in enumerate(found) if _than(chunk)), None)
    if than is None:
        return found
    left, right = found[:than], found[than:]
    if right[0].key("cmp"):
        right = right[1:]
    mores = [c for c in left if _more(c)]
    if len(mores) != (0 if found[than].key("cmp") else 1):
        return found
    if found[than].key("cmp") and found[than].text.lower() in _MUCH and right[0].kind != "date":
        return found
    left = _counted(left)
    while right and right[0].key("in", "from"):
        right = right[1:]
    side = next(
        (n for n in range(len(left) - 1, -1, -1) if right and _alike(left[n], right[0])), None
    )
    if side is None:
        return found
    sorts = all(_sort(c) for c in left if c.senses)
    things = right[1:] if sorts and all(map(_rows, right[1:])) else []
    if not things and not _plain_rest(right[1:], left):
        return found
    told, after = replace(right[0], skipped=()), side + 1
    return [*left[:after], keyword("compare", "vs"), told, *left[after:], *things]


def _more(chunk: Chunk) -> bool:
    return (chunk.kind == "unknown" or chunk.key("super")) and chunk.text.lower() in _MORE


def _counted(left: list[Chunk]) -> list[Chunk]:
    """Without "more", which counts the rows or states that it stands before."""
    words: list[Chunk] = []
    for at, chunk in enumerate(left):
        if not _more(chunk):
            words.append(chunk)
            continue
        counted = left[at + 1].senses if at + 1 < len(left) and left[at + 1].plural else ()
        if counted and all(s.kind in ("value", "filter", "table") for s in counted):
            words.append(keyword("count", "number of"))
    return words


def _than(chunk: Chunk) -> bool:
    """ "longer than", or a filler "than" before the other side."""
    said = chunk.key("cmp") and chunk.text.lower().endswith(" than")
    return (said and chunk.text.lower().split(" ")[0] in _MORE) or "than" in chunk.skipped


def _rows(chunk: Chunk) -> bool:
    return any(sense.kind == "table" for sense in chunk.senses)


def _sort(chunk: Chunk) -> bool:
    """A value alone: in "more app than phone sessions" the things come at the end."""
    return all(sense.kind == "value" for sense in chunk.senses)


def _alike(one: Chunk, other: Chunk) -> bool:
    if one.kind == other.kind == "date":
        return True
    held = [{(s.table, s.name) for s in c.senses if s.kind == "value"} for c in (one, other)]
    return bool(held[0] & held[1])


def _plain_rest(rest: list[Chunk], left: list[Chunk]) -> bool:
    """Whether what follows the other side only repeats the noun: "… than NHS patients"."""
    named = [c.senses for c in left if c.senses]
    return all(c.senses in named or c.text.lower() in ("one", "ones") for c in rest)
