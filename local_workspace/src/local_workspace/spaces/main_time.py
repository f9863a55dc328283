"""Which date of a row is meant when a question names none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import singular, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_workspace.spaces.catalog import ColumnInfo

_OVER = re.compile(r"\b(?:end|ended|ends|due|expir\w*|closed?|left|cancel\w*|updated|modified)\b")
"""Words for the date on which something is over: it is not when the row happened."""
_BIRTH = re.compile(r"\b(?:birth|born|birthday|birthdate|dob)\b")
"""When somebody was born is no date of what they did."""


def is_birth(column: ColumnInfo) -> bool:
    """Whether the date is that of a birth."""
    return column.role == "time" and bool(_BIRTH.search(in_english(spoken(column.name))))


def main_time(times: Sequence[str], columns: dict[str, ColumnInfo], row: str) -> str | None:
    """The date that is called like the rows, as the appointment of appointments; else the first."""
    last = row.rsplit(" ", maxsplit=1)[-1]
    for name in times:
        words = columns[name].label.lower()
        if last in map(singular, words.split()) and not _OVER.search(words):
            return name
    happened = [name for name in times if not is_birth(columns[name])]
    return next(iter(happened or times), None)
