"""Rates of what marks rows: "damage rate" of damaged parcels, "cancellation rate" of a status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.guesses import NO_HEAD
from local_workspace.translate.senses import Sense
from local_workspace.translate.states import said_of
from local_workspace.translate.thesaurus import states_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import Catalog, TableInfo

_RATES = ("rate", "share", "percentage", "ratio")


def rates_of_marks(catalog: Catalog) -> Iterator[tuple[str, Sense]]:
    """ "damage rate": the share of rows that a yes-or-no column or a named filter marks."""
    for table in catalog.tables.values():
        for column in table.columns.values():
            if column.family == "bool" and column.role != "hidden":
                word = re.sub(r"^(is|has|was) ", "", column.label.lower())
                for other in (word, *states_like(word)):
                    yield from _rate(
                        other, Sense("rate", table.name, column.name, "column", weak=True)
                    )
            for value in column.values if column.distinct <= 12 else ():
                told = Sense("rate", table.name, column.name, f"={value}", weak=True)
                for word in said_of(value.replace("-", " "), column):
                    if is_participle(word) or (word == "no show" and not _has_rates(table)):
                        yield from _rate(word, told)
    for item in catalog.filters:
        last = item.name.lower().split(" ")[-1]
        marked = item.name.lower().removeprefix(f"{item.table} ")
        for word in (marked, *map(str.lower, item.synonyms)):
            plain = word == marked and " " not in marked and marked not in NO_HEAD
            if plain or is_participle(word):
                yield from _rate(word, Sense("rate", item.table, item.name, "filter", weak=True))
        if marked.count(" ") == 1 and marked.split()[-1] == last and is_participle(last):
            first, _, second = marked.partition(" ")
            yield f"{second} {first}", Sense("filter", item.table, item.name, weak=True)
        if is_participle(last):
            negated = Sense("filter", item.table, item.name, negated=True, weak=True)
            yield f"un{last}", negated
            yield f"non {last}", negated


def _has_rates(table: TableInfo) -> bool:
    """Whether a rate is a price there, as of a room, so that a no-show rate may be one too."""
    return any(c.label.lower().split()[-1] == "rate" for c in table.columns.values())


def _rate(word: str, sense: Sense) -> Iterator[tuple[str, Sense]]:
    forms = {word, *(family(word) if " " not in word else ())}
    forms |= {f"{form}ment" for form in forms if f"{form}ed" == word}
    for form in forms:
        for tail in _RATES:
            yield f"{singular(form)} {tail}", sense
