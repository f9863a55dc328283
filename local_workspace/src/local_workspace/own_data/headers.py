"""Column names that are unique and that every later stage can carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from local_workspace.own_data.report import ColumnReport

LONGEST = 120
# Dots part table from column in a space file; quotes, backticks and braces mean something in SQL.
TROUBLE = re.compile(r"[.\"`{}\x00-\x1f\x7f]+")


def named_columns(headers: Sequence[str]) -> list[ColumnReport]:
    """A column for each header; what had to be changed stands in its `check`."""
    columns: list[ColumnReport] = []
    taken: set[str] = set()
    for number, header in enumerate(headers, start=1):
        plain = plain_name(header)
        name = unique(plain or f"column_{number}", taken)
        taken.add(name.casefold())
        column = ColumnReport(header=header.strip(), name=name)
        if not plain:
            column.check.append(f"column {number} has no header; it is called “{name}”")
        elif name.casefold() != plain.casefold():
            column.check.append(
                f"column {number} repeats the header “{plain}”; it is called “{name}”"
            )
        elif plain != " ".join(header.split()):
            column.check.append(f"the header “{header.strip()[:60]}” became “{name}”")
        columns.append(column)
    return columns


def plain_name(header: str) -> str:
    """The header without characters that cannot be part of a name; other scripts stay."""
    return " ".join(TROUBLE.sub(" ", header).split())[:LONGEST].strip()


def unique(name: str, taken: set[str]) -> str:
    """The name, with a number behind it when `taken` (casefolded) has it already."""
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name}_{number}", number + 1
    return found


def said(name: str) -> str | None:
    """Words for a name that has no letters: “😀” is a “grinning face”. None when it has some."""
    if any(letter.isalnum() for letter in name):
        return None
    words = [unicodedata.name(sign, "").lower() for sign in name if not sign.isspace()]
    return " ".join(word for word in words if word and "selector" not in word) or None
