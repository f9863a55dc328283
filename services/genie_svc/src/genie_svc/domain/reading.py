"""Reads untyped JSON of which any part may be missing, null or of another type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

Json = Mapping[str, object]

_MILLISECONDS_ABOVE = 1e11


def text(raw: Json, key: str) -> str:
    """The string at `key`; lists of strings are joined, all else is empty."""
    value = raw.get(key)
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def group(raw: Json, key: str) -> Json:
    """The object at `key`, or an empty one."""
    value = raw.get(key)
    return value if isinstance(value, Mapping) else {}


def groups(raw: Json, key: str) -> Sequence[Json]:
    """The objects of the list at `key`; anything else in it is left out."""
    value = raw.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def texts(raw: Json, key: str) -> tuple[str, ...]:
    """The non-empty strings of the list at `key`."""
    value = raw.get(key)
    if not isinstance(value, list):
        return ()
    return tuple(item for item in value if isinstance(item, str) and item)


def whole(raw: Json, key: str, default: int) -> int:
    """The whole number at `key`, also when written as text."""
    value = raw.get(key)
    if isinstance(value, bool):
        return default
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return default


def moment(raw: Json, key: str) -> datetime | None:
    """The epoch at `key`, in seconds or milliseconds; None when absent or absurd."""
    value = whole(raw, key, 0)
    if value <= 0:
        return None
    seconds = value / 1000 if value > _MILLISECONDS_ABOVE else float(value)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
