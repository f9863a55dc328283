"""By which number "the biggest order" or "the longest call" is told, where rows hold several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.money import money_column
from local_workspace.translate.forms import family
from local_workspace.translate.lexicon import lexicon_of
from local_workspace.translate.qualities import is_aside, measures_of, quality

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_WORTH = frozenset({"revenue", "amount", "total", "value", "sales", "turnover"})
"""What people mean by a large order where its costs and units are known too."""
_WAITING = frozenset({"wait", "waiting", "delay", "late", "queue", "hold"})
"""Time that passes before a row's own: no part of how long a call is."""


def is_single(chunk: Chunk) -> bool:
    """ "the biggest single order": one row is meant, not what many add up to."""
    return chunk.kind == "unknown" and chunk.text.lower() in ("single", "individual", "one-off")


def of_one_row(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "the largest single gift", also where the space calls some gifts single ones."""
    for at, chunk in enumerate(found[1:], 1):
        first, _, rest = chunk.text.lower().partition(" ")
        named = lexicon_of(catalog).find(rest.split(), 0) if rest else None
        if first != "single" or not found[at - 1].key("super") or not named:
            continue
        rows = tuple(s for s in named[1] if s.kind == "table")
        if rows and named[0] == len(rest.split()):
            return [*found[:at], replace(chunk, text=rest, senses=rows), *found[at + 1 :]]
    return found


def row_columns(word: str, table: str, said: set[str], catalog: Catalog) -> list[str]:
    """The columns that may tell such an extreme of the table's rows; one where it is clear.

    `said`: the words of the question, which may name one of them.
    """
    wanted = quality(word)
    if wanted in (None, "size"):
        columns = _totals(table, catalog)
    else:
        pairs = measures_of(wanted, catalog, frozenset({table}))
        columns = {name for owner, name in pairs if owner == table}
    words = {name: set(catalog.column(table, name).label.lower().split()) for name in columns}
    kept = columns
    if wanted == "price":
        kept = {name for name in columns if _WORTH & words[name]}
    elif wanted in ("time", "reach"):
        kept = {name for name in columns if not _WAITING & words[name]}
    columns = kept if len(kept) == 1 else columns
    return sorted(_named(columns, table, said, catalog))


def _totals(table: str, catalog: Catalog) -> set[str]:
    """The money of the rows, or else their numbers that add up."""
    info = catalog.tables[table]
    money = money_column(info)
    if money is not None and not is_aside(money, info.row):
        return {money.name}
    sums = [c for c in info.columns.values() if c.role == "measure" and c.aggregate == "sum"]
    return {c.name for c in sums if not is_aside(c, info.row)}


def _named(columns: set[str], table: str, said: set[str], catalog: Catalog) -> set[str]:
    """The one of several that the question names, or that is called as its rows are.

    The biggest delivery is that of most cases delivered, not of most cases ordered.
    """
    words = {name: set(catalog.column(table, name).label.lower().split()) for name in columns}
    shared = set.intersection(*words.values()) if words else set()
    told = {name for name in columns if (words[name] - shared) & said}
    row = catalog.tables[table].row.lower().split()[-1]
    forms = {row, *family(row)}
    own = {
        name
        for name in columns
        if any(word in forms or row in family(word) for word in words[name] - shared)
    }
    for some in (told, own):
        if some:
            return some
    return columns
