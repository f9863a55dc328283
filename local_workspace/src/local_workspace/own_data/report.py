"""What an import found, guessed and changed; plain data that crosses a process boundary."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class ColumnReport:
    """One column: its header in the file, its name and type in the table, how it was read.

    `check` holds guesses a person should confirm, each a sentence.
    """

    header: str
    name: str
    type: str = "text"
    read_as: str = "text"
    unit: str | None = None
    empty: int = 0
    check: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FileReport:
    """One file and the table it became. `check` is about the file as a whole."""

    file: str
    table: str
    rows: int = 0
    format: str = ""
    columns: list[ColumnReport] = field(default_factory=list)
    check: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> FileReport:
        """The report in plain values."""
        columns = [ColumnReport(**column) for column in data["columns"]]
        return cls(**{**data, "columns": columns})
