"""The geometry table: every named box of every kind of slide, in px on a canvas of 1280 x 720.

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

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


FRAME: Final[dict[str, Box]] = {
    "kicker": Box(64, 44, 1152, 18),
    "headline": Box(64, 68, 1090, 72),
    "rule": Box(64, 665, 1152, 1),
    "source": Box(64, 675, 1060, 34),
    "number": Box(1136, 675, 80, 17),
}
"""Boxes of all slides but the cover."""

BODY_TOP: Final = (130, 166)
"""Top of the body below a headline of one line, and of two."""
BODY_BOTTOM: Final = 650

_BODY: Final = Box(64, 130, 1152, 520)
_SPLIT: Final = {"exhibit": Box(64, 130, 760, 520), "readings": Box(868, 130, 348, 520)}
_STRIP: Final = Box(64, 524, 1152, 126)
_ABOVE_STRIP: Final = Box(64, 130, 1152, 380)

BOXES: Final[dict[str, dict[str, Box]]] = {
    "cover": {
        "band": Box(0, 0, 20, 720),
        "brand": Box(64, 56, 800, 30),
        "kicker": Box(64, 262, 1060, 24),
        "headline": Box(64, 300, 1060, 190),
        "subtitle": Box(64, 0, 1060, 70),
    },
    "summary": {"cards": Box(64, 130, 1152, 213), "statements": Box(64, 372, 1152, 278)},
    "finding": _SPLIT,
    "table": _SPLIT,
    "bridge": _SPLIT,
    "full-width": {"exhibit": _ABOVE_STRIP, "strip": _STRIP},
    "small-multiples": {"exhibit": _ABOVE_STRIP, "strip": _STRIP},
    "comparison": {
        "left": Box(64, 130, 554, 380),
        "right": Box(662, 130, 554, 380),
        "strip": _STRIP,
    },
    "recommendation": {"actions": _BODY},
    "limits": {"statements": Box(64, 130, 1152, 310), "basis": Box(64, 454, 1152, 196)},
    "no-data": {"asked": Box(64, 130, 1152, 92), "statements": Box(64, 240, 1152, 410)},
    "appendix": {"queries": _BODY},
    "words": {"statements": _BODY},
}
"""Boxes of the body by kind of slide, below a headline of one line. `words` is what a slide's
points go on to when they do not fit."""

ANCHORED: Final = frozenset({"strip", "basis"})
"""Boxes at the foot of the body: a second line of the headline does not move them."""

MOVING: Final = frozenset({"cards", "asked"})
"""Boxes at the head of the body, which keep their height when they move down."""

CARD_GAP: Final = 20
CHART_NARROW: Final = (350, 380)
CAPTION_HEIGHT: Final = 32
CAPTION_STEP: Final = 20
"""What a caption's second line adds."""
DATA_BUTTON: Final = 96
"""Width at the end of a caption's line that "View data" takes."""
NOTE_HEIGHT: Final = 26
"""Room below a chart for what it leaves out."""


def box(kind: str, name: str, *, lines: int = 1, bare: bool = False) -> Box:
    """A box below a headline of so many lines; `bare` lets it take the room of an absent strip."""
    found = BOXES[kind][name]
    if name in ANCHORED:
        return found
    down = BODY_TOP[1] - BODY_TOP[0] if lines > 1 else 0
    bottom = BODY_BOTTOM if bare else found.bottom
    if name in MOVING:
        bottom += down
    return Box(found.left, found.top + down, found.width, bottom - found.top - down)


def chart_size(place: Box) -> tuple[float, float]:
    """The chart inside an exhibit's box, below its caption."""
    return place.width, place.height - CAPTION_HEIGHT - NOTE_HEIGHT
