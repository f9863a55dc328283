"""Widths of text in the embedded fonts, in px, and where its lines break."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

_TABLE: Final[dict[str, dict[str, int]]] = json.loads(
    files("orchestrator_svc.render").joinpath("fonts/widths.json").read_text("utf-8")
)
_WIDE: Final = 1050
_OTHER: Final = 700
"""Thousandths for characters that the embedded fonts lack: full width, and anything else."""
REGULAR: Final = 400
_KEPT: Final = 120
BOLD: Final = 600


@lru_cache(maxsize=65_536)
def _advance(character: str, weight: int) -> int:
    known = _TABLE[str(weight)].get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn"}:
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER


def width(text: str, size: float, weight: int = REGULAR, *, tracking: float = 0.0) -> float:
    """Width in px at a font size in px; `tracking` is letter spacing in em."""
    # Labels are measured again and again; a text of thousands of characters is not worth keeping.
    units = _units(text, weight) if len(text) <= _KEPT else _sum(text, weight)
    return (units / 1000 + tracking * len(text)) * size


@lru_cache(maxsize=8192)
def _units(text: str, weight: int) -> int:
    return _sum(text, weight)


def _sum(text: str, weight: int) -> int:
    return sum(_advance(character, weight) for character in text)


def wrap(
    text: str, room: float, size: float, weight: int = REGULAR, *, tracking: float = 0.0
) -> list[str]:
    """Lines no wider than `room` px; a word wider than that is broken."""
    lines: list[str] = []
    line, taken = "", 0.0
    space = width(" ", size, weight, tracking=tracking)
    for word in text.split():
        needed = width(word, size, weight, tracking=tracking)
        if line and taken + space + needed <= room:
            line, taken = f"{line} {word}", taken + space + needed
            continue
        if line:
            lines.append(line)
        if needed > room:
            lines += _broken(word, room, size, weight, tracking)
            line = lines.pop()
            taken = width(line, size, weight, tracking=tracking)
        else:
            line, taken = word, needed
    return [*lines, line] if line or not lines else lines


def _broken(word: str, room: float, size: float, weight: int, tracking: float) -> list[str]:
    """A word in pieces that fit, each of at least one character."""
    pieces: list[str] = []
    start, used = 0, 0.0
    for position, character in enumerate(word):
        advance = (_advance(character, weight) / 1000 + tracking) * size
        if used + advance > room and position > start:
            pieces.append(word[start:position])
            start, used = position, 0.0
        used += advance
    return [*pieces, word[start:]]


def shorten(text: str, room: float, size: float, weight: int = REGULAR) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    # A room that was measured for this very text must hold it in spite of rounding.
    if width(text, size, weight) <= room + 1e-6:
        return text
    cut = _fitting(text, max(0.0, room - width("…", size, weight)), size, weight, 0.0)
    return text[:cut].rstrip(" -–,.") + "…"


def _fitting(text: str, room: float, size: float, weight: int, tracking: float) -> int:
    """Characters that fit, at least 1."""
    used = 0.0
    for position, character in enumerate(text):
        used += (_advance(character, weight) / 1000 + tracking) * size
        if used > room:
            return max(1, position)
    return len(text)
