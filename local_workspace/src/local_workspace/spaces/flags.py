"""Columns that say yes or no, as booleans, as 0 and 1, or as Y and N."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted, singular

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo

_PAIRS = (("y", "n"), ("yes", "no"), ("t", "f"), ("true", "false"), ("j", "n"), ("ja", "nein"),
          ("oui", "non"), ("o", "n"), ("x", ""), ("1", "0"))  # fmt: skip


def is_counted_flag(column: ColumnInfo) -> bool:
    """Whether yes and no are written as 1 and 0, which only looks like a number to add up."""
    return column.family == "integer" and (column.low, column.high) == (0, 1)


def is_flag(column: ColumnInfo) -> bool:
    """Whether the column is a yes or no, however it is written."""
    return column.family == "bool" or is_counted_flag(column)


def yes_condition(column: ColumnInfo) -> str | None:
    """SQL that is true where the column says yes; None for one that is hidden or says more."""
    if column.role == "hidden":
        return None
    name = quoted(column.name)
    if column.family == "bool":
        return name
    if is_counted_flag(column):
        return f"{name} = 1"
    if column.family == "text" and column.values:
        held = {value.lower(): value for value in column.values}
        for yes, no in _PAIRS:
            if yes in held and set(held) <= {yes, no} and len(held) == len(column.values):
                return f"{name} = '{held[yes]}'"
    return None


def yes_word(column: ColumnInfo) -> str:
    """ "is_active", "active flag" and "active" are all "active"."""
    word = re.sub(r"^(is|has|was) ", "", column.label.lower())
    return re.sub(r" (flag|flg|ind|indicator|yn|y n|ok|allowed|possible)$", "", word)


def said_of_rows(phrase: str, nouns: tuple[str, ...]) -> str:
    """What a flag says of rows that have one of these names: "business" of "business customer"."""
    first, _, last = phrase.rpartition(" ")
    return first if first and singular(last) in nouns else phrase
