"""Which guessed phrases may stand: those that lead to one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from local_workspace.translate.forms import family

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.senses import Sense

QUALIFIERS = frozenset({"net", "gross", "netto", "brutto", "total", "amount", "local"})
"""Last words that only qualify: "revenue net" may be called "revenue"."""
NO_HEAD = frozenset(
    {
        "id",
        "key",
        "code",
        "number",
        "no",
        "name",
        "date",
        "time",
        "at",
        "on",
        "day",
        "month",
        "year",
    }
    | {"day", "month", "year", "flag", "value", "total", "amount", "count", "group", "level"}
    | {"rate", "share", "percent"}
)
"""Last words that say nothing alone: "order date" is not called "date" by its table's neighbour."""


def is_dimension(sense: Sense, catalog: Catalog) -> bool:
    """Whether the sense is a column that people break numbers down by."""
    return sense.kind == "column" and catalog.column(sense.table, sense.name).role == "dimension"


def told_apart(found: dict[str, list[Sense]], catalog: Catalog) -> Iterator[tuple[str, Sense]]:
    """Guesses that lead to one table, or to breakdowns that the rows asked about tell apart.

    Any other phrase with two tables is nobody's.
    """
    for phrase, guessed in found.items():
        senses = _by_their_names(phrase, guessed, catalog)
        alone = len({sense.table for sense in senses}) == 1
        if alone or all(is_dimension(sense, catalog) for sense in senses):
            for sense in senses:
                yield phrase, sense


def gathered(pairs: Iterator[tuple[str, Sense]]) -> dict[str, list[Sense]]:
    """Senses by phrase."""
    found: dict[str, list[Sense]] = defaultdict(list)
    for phrase, sense in pairs:
        if sense not in found[phrase]:
            found[phrase].append(sense)
    return found


def _by_their_names(phrase: str, senses: list[Sense], catalog: Catalog) -> list[Sense]:
    """Numbers whose own names hold the words, if any do: a charge is no fee beside a charge."""
    if len(senses) == 1 or not all(s.kind == "column" for s in senses):
        return senses
    words = set(phrase.split()) - QUALIFIERS - {"value", "of"}
    forms = words.union(*map(family, words))
    columns = {s: catalog.column(s.table, s.name) for s in senses}
    own = [s for s, column in columns.items() if forms & set(column.label.lower().split())]
    return own if own and all(c.role == "measure" for c in columns.values()) else senses
