"""What is wrong with somebody's data, said so that they can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aislides_runtime.errors import Kind, ServiceError


class DataError(ServiceError):
    """Files or a space of one's own cannot be used; the message says what to change, and where."""

    kind = Kind.INVALID_ARGUMENT
    reason = "OWN_DATA_UNUSABLE"


class SpaceExists(DataError):
    """The name is taken."""

    kind = Kind.ALREADY_EXISTS
    reason = "SPACE_EXISTS"


class SpaceMissing(DataError):
    """There is no space of one's own with this name."""

    kind = Kind.NOT_FOUND
    reason = "SPACE_NOT_FOUND"


def at(path: Path, line: int, message: str) -> DataError:
    """A fault at a line of a file, counted from 1."""
    return DataError(f"{path}:{line}: {message}")


def named(names: Sequence[str], most: int = 5) -> str:
    """A few names in quotes and how many more there are."""
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")
