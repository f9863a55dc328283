"""Nouns of what a status says of rows: "cancellations", "no-shows", "wins"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.codes import code_words
from local_workspace.translate.forms import family, is_participle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_FEW = 12
_TAILS = ("tion", "sion", "al", "ment", "ure", "loss")
_SHORT = frozenset({"win", "return", "refund", "transfer", "withdrawal", "dropout"})

_LEVELS = frozenset({"churn", "attrition", "retention", "occupancy", "absenteeism"}) | frozenset(
    {"utilisation", "utilization"}
)


def state_nouns(value: str, column: ColumnInfo, table: TableInfo) -> Iterator[str]:
    """Plural nouns that count the rows of a happening that have this status; none elsewhere."""
    if table.time is None or column.distinct > _FEW:
        return
    rows = {table.row, *table.synonyms}
    for word in said_of(value, column):
        if word == "no show":
            yield "no shows"
        if is_participle(word):
            for form in family(word):
                if (form.endswith(_TAILS) or form in _SHORT) and form not in rows:
                    yield plural(form)


def level_words(measure: str) -> tuple[str, ...]:
    """The level alone that a rate measures and nobody counts: "churn" of "churn rate"."""
    level = measure.lower().removesuffix(" rate")
    return (level,) if level in _LEVELS else ()


def said_of(value: str, column: ColumnInfo) -> tuple[str, ...]:
    """What people call the value: itself, what its code is short for, the words of a space file."""
    given = map(str.lower, column.value_words.get(value, ()))
    known = code_words(value, column.label, column.values)
    return tuple(dict.fromkeys((value.lower(), *known, *given)))
