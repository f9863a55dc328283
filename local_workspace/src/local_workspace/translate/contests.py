"""Which of two has more: "which of Dover and Hull …", "is revenue higher in the east or the west".

The answer shows the number of both, side by side, so the question is read as "… of A vs B".
"More than" is read in `shapes/which_more.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_ASKS = frozenset({"is", "are", "was", "were", "do", "does", "did", "has", "have"})
_MORE = frozenset(
    {"more", "fewer", "less", "higher", "lower", "bigger", "larger", "smaller", "longer", "shorter",
     "greater", "faster", "slower", "busier", "quieter", "better", "worse", "most", "highest",
     "lowest", "fewest", "least", "best", "worst"}
)  # fmt: skip
_WHICH = ("which", "which of", "who", "which of the")
_COUNTED = ("more", "fewer", "most", "fewest")


def which_of_two(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the two that are compared side by side; others as they are."""
    if not _asks(found):
        return found
    more = [n for n, chunk in enumerate(found) if _is_more(chunk)]
    sides = [n for n, chunk in enumerate(found) if _columns(chunk)]
    if len(more) != 1 or len(sides) != 2 or any(c.key("by", "compare") for c in found):
        return found
    one, other = sides
    if not _columns(found[one]) & _columns(found[other]):
        return found
    joined = found[one + 1 : other]
    signs = [c for c in joined if c.key("or", "and", "comma")]
    either = len(signs) == 1 and all(c in signs or _rows(c) or c.key("in") for c in joined)
    if not either or any(c.kind in ("number", "date") for c in joined):
        return found
    rest: list[Chunk] = []
    for at, chunk in enumerate(found):
        dropped = at in (*more, one, other) or chunk in signs or _ones(found, at)
        dropped = dropped or (at == 0 and chunk.key("which"))
        dropped = dropped or (at == 1 and found[0].key("which") and chunk.key("with"))
        dropped = dropped or (chunk.key("in", "from", "to", "with") and at + 1 in (one, other))
        dropped = dropped or _names_again(found, at, sides, rest)
        if not dropped:
            rest.append(chunk)
    if not any(_told(chunk, catalog) for chunk in rest):
        things = more[0] + 1 == one and found[one].plural and found[other].plural
        if found[more[0]].text.lower() not in _COUNTED or not things:
            return found
        (column,) = list(_columns(found[one]) & _columns(found[other]))[:1]
        rows = (Sense("table", column[0]),)
        noun = plural(catalog.tables[column[0]].row)
        rest = [Chunk("sense", noun, -1, -1, senses=rows, plural=True), *rest]
    versus = Chunk("key", "vs", -1, -1, name="compare", value="compare")
    return [*rest, found[one], versus, found[other]]


def _rows(chunk: Chunk) -> bool:
    return any(s.kind == "table" for s in chunk.senses)


def _ones(found: list[Chunk], at: int) -> bool:
    """ "or offline ones": what was named before."""
    ones = found[at].kind == "unknown" and found[at].text.lower() in ("ones", "one")
    return ones and bool(_columns(found[at - 1]))


def _asks(found: list[Chunk]) -> bool:
    if not found:
        return False
    which = found[0].key("which") and found[0].text.lower() in _WHICH
    return which or bool(set(found[0].skipped[:1]) & _ASKS)


def _is_more(chunk: Chunk) -> bool:
    words = chunk.text.lower().split()
    if chunk.key("cmp"):  # "climb more than": of each, or of all of them?
        return len(words) == 2 and words[1] == "than" and words[0] not in ("more", "less")
    return words[0] in _MORE and (chunk.kind == "unknown" or chunk.key("super")) and len(words) == 1


def _columns(chunk: Chunk) -> set[tuple[str, str]]:
    if any(s.kind in ("table", "measure") for s in chunk.senses):
        return set()
    return {(s.table, s.name) for s in chunk.senses if s.kind == "value" and s.value != "true"}


def _names_again(found: list[Chunk], at: int, sides: list[int], rest: list[Chunk]) -> bool:
    """ "evening students … than morning students": the things are named once."""
    chunk = found[at]
    if at - 1 not in sides and at - 2 not in sides:
        return False
    again = any(c.text.lower() == chunk.text.lower() for c in rest)
    return again and bool(chunk.senses)


def _told(chunk: Chunk, catalog: Catalog) -> bool:
    """Whether the chunk says what is compared."""
    return chunk.key("count", "agg") or any(
        s.kind in ("measure", "rate")
        or (s.kind == "table" and chunk.plural)
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )
