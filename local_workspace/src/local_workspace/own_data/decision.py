"""What a text column was decided to be."""

from __future__ import annotations

from dataclasses import dataclass, field

CELL = "__cell__"
"""Stands for the filled cell in SQL that is written before its column is known."""


@dataclass(slots=True)
class Guess:
    """The type of a column and the SQL that turns a filled cell (`CELL`) into it.

    `misfits` cells are why it stayed text although most cells look like `almost`.
    """

    type: str = "VARCHAR"
    sql: str = CELL
    read_as: str = "text"
    unit: str | None = None
    almost: str = ""
    almost_sql: str = ""
    check: list[str] = field(default_factory=list)
