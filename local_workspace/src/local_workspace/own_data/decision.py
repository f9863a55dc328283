"""What a text column was decided to be."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Guess:
    """The type of a column and the SQL that turns a filled, trimmed cell `v` into it.

    `misfits` cells are why it stayed text although most cells look like `almost`.
    """

    type: str = "VARCHAR"
    sql: str = "v"
    read_as: str = "text"
    unit: str | None = None
    almost: str = ""
    almost_sql: str = ""
    check: list[str] = field(default_factory=list)
