"""The geometry table: every named box of every layout, in px on a canvas of 1280 x 720.

HTML takes its positions from here; other formats will too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1280
HEIGHT: Final = 720
MARGIN: Final = 64


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the canvas."""

    left: float
    top: float
    width: float
    height: float


FRAME: Final[dict[str, Box]] = {
    "kicker": Box(64, 44, 1152, 18),
    "headline": Box(64, 68, 1090, 72),
    "rule": Box(64, 665, 1152, 1),
    "source": Box(64, 675, 1060, 34),
    "number": Box(1136, 675, 80, 17),
}
"""Boxes of all layouts but the cover."""

BODY_TOP: Final = (130, 166)
"""Top of the body below a headline of one line, and of two."""
BODY_BOTTOM: Final = 650

BOXES: Final[dict[str, dict[str, Box]]] = {
    "cover": {
        "band": Box(0, 0, 20, 720),
        "brand": Box(64, 56, 800, 30),
        "kicker": Box(64, 262, 1060, 24),
        "headline": Box(64, 300, 1060, 190),
        "subtitle": Box(64, 0, 1060, 70),
    },
    "summary": {
        "cards": Box(64, 130, 1152, 213),
        "statements": Box(64, 372, 1152, 278),
    },
    "finding": {
        "exhibit": Box(64, 130, 760, 520),
        "readings": Box(868, 130, 348, 520),
    },
    "full": {"exhibit": Box(64, 130, 1152, 520)},
    "text": {"statements": Box(64, 130, 1152, 520)},
    "appendix": {"queries": Box(64, 130, 1152, 520)},
}
"""Boxes of the body by layout, for a headline of one line."""

CARD_GAP: Final = 20
CHART_WIDE: Final = (760, 462)
CHART_FULL: Final = (1152, 462)
CHART_NARROW: Final = (350, 380)
CAPTION_HEIGHT: Final = 32


def shifted(box: Box, lines: int) -> Box:
    """A body box below a headline of so many lines; its bottom stays."""
    down = BODY_TOP[1] - BODY_TOP[0] if lines > 1 else 0
    return Box(box.left, box.top + down, box.width, box.height - down)
